// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"

#include <QAbstractTableModel>

#include <memory>
#include <vector>

namespace drover::app {

class HistorySource;

/// Finished jobs as a table, read page by page from a HistorySource. GUI thread.
///
/// Views fetch more as they scroll. What ends meanwhile is inserted where it belongs, so that a view keeps its place
/// and its selection. Answers to questions that no longer matter (another filter, another order) are dropped.
class HistoryModel : public QAbstractTableModel {
    Q_OBJECT

public:
    enum Column {
        Time,
        User,
        Model,
        Result,
        Waited,
        ToFirstToken,
        Ran,
        Tokens,
        Rate,
        Backend,
        Path,
        Lane,
        Status,
        RequestId,
        columnsMax
    };
    static constexpr int pageRows = 256;
    static constexpr std::size_t newRowsMax = 500; ///< more at once, and everything is read again
    static constexpr std::size_t insertsMax = 64; ///< the same for rows that belong to many places

    enum class State {
        Loading, ///< the first page is on its way
        Shown, ///< there may be no row, though
        Nothing, ///< no history was ever kept
        Failed
    };

    /// `source` is borrowed and lives longer.
    explicit HistoryModel(HistorySource& source, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    bool canFetchMore(const QModelIndex& parent) const override;
    void fetchMore(const QModelIndex& parent) override;

    /// Columns that the history cannot be ordered by change nothing.
    void sort(int column, Qt::SortOrder order = Qt::AscendingOrder) override;

    void setFilter(const drover::HistoryFilter& filter);
    void reload();

    /// Inserts what ended since the newest row that is known. Cheap when nothing did.
    void takeNew();

    State state() const { return m_state; }
    const drover::Error& trouble() const { return m_trouble; } ///< of State::Failed
    const drover::HistoryQuery& query() const { return m_query; }
    const drover::HistoryRow& row(int row) const { return *m_rows[static_cast<std::size_t>(row)]; }

    std::int64_t newest() const { return m_newest; } ///< greatest number seen, shown or not

    /// "Zed, llama3.2, done, 2 minutes ..." for who cannot see the table.
    QString spoken(const drover::HistoryRow& row) const;

    static QString outcomeText(drover::Outcome outcome);
    static QString laneText(drover::Lane lane);
    static QString timeText(std::int64_t millisecondsSince1970); ///< local; with the date unless it is today

Q_SIGNALS:
    void stateChanged();

private:
    using Rows = std::vector<drover::HistoryRow>;

    void takeFirst(const drover::Result<Rows>& answer);
    void takeMore(const drover::Result<Rows>& answer);
    void insertNew(const drover::Result<Rows>& answer);
    void insertOnTop(const Rows& rows);
    void insertEach(const Rows& rows);
    void setState(State state);
    void fail(const drover::Error& error);
    bool isBefore(const drover::HistoryRow& a, const drover::HistoryRow& b) const;
    QString text(const drover::HistoryRow& row, int column) const;

    HistorySource& m_source;
    drover::HistoryQuery m_query;
    State m_state = State::Loading;
    drover::Error m_trouble{drover::Errc::Io};
    std::vector<std::unique_ptr<const drover::HistoryRow>> m_rows; ///< pointers, so that inserting moves little
    std::int64_t m_newest = 0;
    bool m_mayHaveMore = false;
    bool m_fetching = false; ///< a page is on its way
    bool m_lookingForNew = false;
    std::uint64_t m_turn = 0; ///< of questions; grows with each new filter or order
};

} // namespace drover::app
