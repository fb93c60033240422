// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QAbstractTableModel>

#include <unordered_map>
#include <vector>

namespace drover::app {

/// The jobs of a snapshot as a table, in their turn: those that run, then those that wait.
///
/// Each new snapshot is compared with the last by job id, so that rows come, go, move and change and the view keeps
/// its selection, its current cell and its place. Cells change only when their text does.
class JobsModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column { State, User, Model, Time, Position, Tokens, Rate, Backend, columnsMax };

    /// Besides Qt's own roles.
    enum Role {
        SortRole = Qt::UserRole, ///< a value that sorts as people expect, such as milliseconds for a duration
        JobIdRole, ///< quint64
        RequestIdRole,
        WaitingRole ///< bool
    };

    using QAbstractTableModel::QAbstractTableModel;

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

    void show(const drover::Snapshot& snapshot);

    const std::vector<drover::JobView>& jobs() const { return m_jobs; }

private:
    using Jobs = std::vector<drover::JobView>;
    using Places = std::unordered_map<drover::JobId, std::size_t>;

    void removeMissing(const Places& wanted);
    void insertNew(const Jobs& wanted);
    void arrange(const Jobs& wanted, const Places& places);
    void arrangeAtOnce(const Places& places);
    void moveUp(int from, int to);
    void update(const Jobs& wanted);
    void tellChanged(int first, int last);

    QString text(const drover::JobView& job, int column) const;
    static QVariant sortValue(const drover::JobView& job, std::size_t row, int column);
    static QString spoken(const drover::JobView& job);

    Jobs m_jobs;
};

} // namespace drover::app
