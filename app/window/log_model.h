// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/log.h"
#include "core/api/snapshot.h"

#include <QAbstractTableModel>
#include <QSortFilterProxyModel>

#include <deque>
#include <optional>
#include <vector>

namespace drover::app {

/// The latest lines of the log, oldest first. Holds at most `linesMax`; what comes then pushes the oldest out, a
/// thousand at a time, so that views move seldom.
class LogModel : public QAbstractTableModel {
    Q_OBJECT

public:
    static constexpr int linesMax = 10'000;
    static constexpr int linesDroppedAtOnce = 1'000;

    enum Column { Time, Level, Source, Text, columnsMax };

    using QAbstractTableModel::QAbstractTableModel;

    static QString levelText(drover::LogLevel level);

    void add(const std::vector<drover::LogLine>& lines);

    const drover::LogLine& line(int row) const { return m_lines[static_cast<std::size_t>(row)]; }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    std::deque<drover::LogLine> m_lines;
};

/// The lines that a person wants to see.
class LogFilter : public QSortFilterProxyModel {
    Q_OBJECT

public:
    struct Wanted {
        drover::LogLevel least = drover::LogLevel::Debug;
        std::optional<drover::LogSource> source = {};
        QString text = {}; ///< somewhere in the line, in letters of any case
        bool operator==(const Wanted&) const = default;
    };

    explicit LogFilter(LogModel& model, QObject* parent = nullptr);

    void show(Wanted wanted);
    const Wanted& wanted() const { return m_wanted; }

    /// As the drover command writes it.
    QString lineText(int row) const;

protected:
    bool filterAcceptsRow(int row, const QModelIndex& parent) const override;

private:
    LogModel& m_model;
    Wanted m_wanted = {};
};

} // namespace drover::app
