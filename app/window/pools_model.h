// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"
#include "core/api/snapshot.h"

#include <QAbstractTableModel>

#include <string>
#include <vector>

namespace drover::app {

/// The pools that this machine works for as a table, in the order of the snapshot; behind them those whose key is not
/// there yet. Rows come, go and change in place.
class PoolsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { State, Name, Latency, Offers, JobsToday, TokensToday, TokensInAll, columnsMax };

    explicit PoolsModel(QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    /// `joined`: names of all pools in the settings.
    void show(const drover::Snapshot& snapshot, const std::vector<std::string>& joined);

    struct Row {
        drover::PoolView pool = {};
        bool waitsForKey = false;
        bool operator==(const Row&) const = default;
    };
    const Row* at(int row) const; ///< nothing where there is no such row

    /// "connected", "connecting, again in 8 s", "waits for its key".
    static QString stateText(const Row& row);

private:
    static QString text(const Row& row, int column);
    static QString spoken(const Row& row);

    std::vector<Row> m_rows;
};

/// What pools were given per day, the latest day first.
class LedgerModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { Day, Pool, Jobs, Failed, Prompt, Output, Time, columnsMax };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    void show(std::vector<drover::LedgerRow> rows);
    const std::vector<drover::LedgerRow>& rows() const { return m_rows; }

private:
    std::vector<drover::LedgerRow> m_rows;
};

} // namespace drover::app
