// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QAbstractTableModel>

#include <functional>
#include <vector>

namespace drover::app {

/// The models of every backend as a table, in the order of the snapshot.
///
/// Each new snapshot is compared with the last by backend and name, so that rows come, go and change and the view keeps
/// its selection and its place. Cells change only when their text does.
class ModelsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Name, Size, Quantization, Context, Memory, Unloads, UsedBy, Machine, columnsMax };

    /// Besides Qt's own roles.
    enum Role {
        SortRole = Qt::UserRole, ///< a value that sorts as people expect, such as bytes for a size
        NameRole, ///< QString
        BackendRole, ///< QString
        LoadedRole ///< bool
    };

    /// What is done to a model at this moment, as a word such as "loading"; empty when nothing is.
    using Work = std::function<QString(const std::string& backend, const std::string& model)>;

    explicit ModelsModel(Work work, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// `now` is in milliseconds since 1970, for how long a model stays loaded.
    void show(const drover::Snapshot& snapshot, std::int64_t now);

private:
    struct Row {
        std::string backend;
        drover::ModelView model;
        QString work;
        QString users;
        QString unloads;
        bool operator==(const Row&) const = default;
        bool isSame(const Row& other) const { return backend == other.backend && model.name == other.model.name; }
    };

    std::vector<Row> rowsOf(const drover::Snapshot& snapshot, std::int64_t now) const;
    static QString text(const Row& row, int column);
    static QVariant sortValue(const Row& row, int column);
    static QString spoken(const Row& row);

    Work m_work;
    std::vector<Row> m_rows;
};

} // namespace drover::app
