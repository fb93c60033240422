// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace drover::app {

/// Every app that asked, and every app that has a rule, as a table.
///
/// Each new snapshot is compared with the last by name: rows come at the end, go, and change where they are, so that
/// the view keeps its selection and its place. Cells change only when their text does.
class AppsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { App, KnownBy, Seen, Share, Now, Today, Requests, Rule, columnsMax };

    /// Besides Qt's own roles.
    enum Role {
        SortRole = Qt::UserRole, ///< a value that sorts as people expect
        NameRole, ///< QString
        ShareRole ///< 0..1
    };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    void show(const drover::Snapshot& snapshot);

    const std::vector<drover::UserView>& apps() const { return m_apps; }

    /// Null when there is none of this name.
    const drover::UserView* find(const std::string& name) const;

    static QString knownBy(drover::IdentitySource source);
    static QString api(drover::Dialect dialect);
    static QString seen(const drover::UserView& app);
    static bool isNumber(int column);

private:
    static QString text(const drover::UserView& app, int column);
    static QVariant sortValue(const drover::UserView& app, int column);
    static QString spoken(const drover::UserView& app);
    static bool looksSame(const drover::UserView& a, const drover::UserView& b);

    std::vector<drover::UserView> m_apps;
};

} // namespace drover::app
