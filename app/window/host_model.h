// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"

#include <QAbstractTableModel>

#include <vector>

namespace drover::app {

/// The machines that joined the hosted pool as a table, in the order of the snapshot. Rows come, go, move and change in
/// place, by the number of the machine's connection.
class HostModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { State, Name, Models, Slots, Rate, Requests, Failed, Version, Address, LastSeen, columnsMax };

    /// Besides Qt's own roles.
    enum Role {
        SortRole = Qt::UserRole, ///< a value that sorts as people expect
        NumberRole ///< of the worker, as uint
    };

    explicit HostModel(QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    void show(const std::vector<drover::WorkerView>& workers);

    const drover::WorkerView* at(int row) const; ///< nothing where there is no such row

    /// "working", "finishing", "left at 15:40".
    static QString stateText(const drover::WorkerView& worker);

    static bool isNumber(int column);

private:
    static QString text(const drover::WorkerView& worker, int column);
    static QVariant sortValue(const drover::WorkerView& worker, int column);
    static QString spoken(const drover::WorkerView& worker);

    std::vector<drover::WorkerView> m_workers;
};

} // namespace drover::app
