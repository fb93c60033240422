// SPDX-License-Identifier: MIT
#include "app/window/pools_model.h"

#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/wording.h"

#include <QDate>
#include <QLocale>

#include <algorithm>

namespace drover::app {

namespace {

Symbol symbolOf(const PoolsModel::Row& row)
{
    switch (row.pool.state) {
    case drover::PoolState::Connected:
        return Symbol::Running;
    case drover::PoolState::Connecting:
        return Symbol::Waiting;
    case drover::PoolState::Unready:
        return Symbol::Pause;
    case drover::PoolState::Draining:
        return Symbol::Next;
    case drover::PoolState::Refused:
        return Symbol::Cancel;
    case drover::PoolState::Off:
        break;
    }
    return Symbol::Waiting;
}

QColor colorOf(const PoolsModel::Row& row)
{
    const auto& colors = currentTheme();
    switch (row.pool.state) {
    case drover::PoolState::Connected:
        return colors.accent;
    case drover::PoolState::Refused:
        return colors.danger;
    case drover::PoolState::Connecting:
        return row.pool.reason.empty() ? colors.quietText : colors.warning;
    default:
        return colors.quietText;
    }
}

QString tokens(const drover::GivenSum& given)
{
    return wording::count(given.promptTokens + given.outputTokens);
}

QDate dateOf(int day)
{
    return {day / 10000, day / 100 % 100, day % 100};
}

} // namespace

PoolsModel::PoolsModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

int PoolsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int PoolsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnsMax;
}

const PoolsModel::Row* PoolsModel::at(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_rows[static_cast<std::size_t>(row)];
}

QVariant PoolsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const Row& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::DecorationRole:
        return index.column() == State ? QVariant(symbolIcon(symbolOf(row), colorOf(row))) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == State ? wording::text(row.pool.reason) : text(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == State ? spoken(row) : text(row, index.column());
    case Qt::TextAlignmentRole:
        return cellAlignment(index.column() >= Latency && index.column() != Offers);
    default:
        return {};
    }
}

QVariant PoolsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section >= Latency && section != Offers);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Name:
        return tr("Pool");
    case Latency:
        return tr("Latency");
    case Offers:
        return tr("Offered");
    case JobsToday:
        return tr("Jobs today");
    case TokensToday:
        return tr("Tokens today");
    case TokensInAll:
        return tr("Tokens in all");
    default:
        return {};
    }
}

void PoolsModel::show(const drover::Snapshot& snapshot, const std::vector<std::string>& joined)
{
    std::vector<Row> wanted;
    for (const drover::PoolView& pool : snapshot.pools)
        wanted.push_back({.pool = pool});
    for (const std::string& name : joined) {
        if (std::ranges::none_of(snapshot.pools, [&](const auto& pool) { return pool.name == name; }))
            wanted.push_back({.pool = {.name = name}, .waitsForKey = true});
    }
    for (int at = static_cast<int>(m_rows.size()) - 1; at >= 0; --at) {
        const std::string name = m_rows[static_cast<std::size_t>(at)].pool.name;
        if (std::ranges::any_of(wanted, [&](const Row& row) { return row.pool.name == name; }))
            continue;
        beginRemoveRows({}, at, at);
        m_rows.erase(m_rows.begin() + at);
        endRemoveRows();
    }
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        const int row = static_cast<int>(at);
        const auto from = m_rows.begin() + row;
        const auto known =
            std::find_if(from, m_rows.end(), [&](const Row& other) { return other.pool.name == wanted[at].pool.name; });
        if (known == m_rows.end()) {
            beginInsertRows({}, row, row);
            m_rows.insert(from, std::move(wanted[at]));
            endInsertRows();
            continue;
        }
        if (known != from) {
            const int place = static_cast<int>(known - m_rows.begin());
            beginMoveRows({}, place, place, {}, row);
            std::rotate(from, known, known + 1);
            endMoveRows();
        }
        if (m_rows[at] != wanted[at]) {
            m_rows[at] = std::move(wanted[at]);
            Q_EMIT dataChanged(index(row, 0), index(row, columnsMax - 1));
        }
    }
}

QString PoolsModel::stateText(const Row& row)
{
    if (row.waitsForKey)
        return tr("waits for its key");
    switch (row.pool.state) {
    case drover::PoolState::Off:
        return tr("off");
    case drover::PoolState::Connecting:
        return row.pool.retryIn.count() > 0 ? tr("connecting, again in %1").arg(wording::duration(row.pool.retryIn))
                                            : tr("connecting");
    case drover::PoolState::Connected:
        return row.pool.running > 0 ? tr("connected, %n running", nullptr, static_cast<int>(row.pool.running))
                                    : tr("connected");
    case drover::PoolState::Unready:
        return tr("nothing offered");
    case drover::PoolState::Draining:
        return tr("finishing");
    case drover::PoolState::Refused:
        return tr("refused");
    }
    return {};
}

QString PoolsModel::text(const Row& row, int column)
{
    const drover::PoolView& pool = row.pool;
    switch (column) {
    case State:
        return stateText(row);
    case Name:
        return wording::text(pool.name);
    case Latency:
        return pool.state == drover::PoolState::Connected && pool.latency.count() > 0
            ? tr("%1 ms").arg(pool.latency.count())
            : QString();
    case Offers:
        return row.waitsForKey ? QString()
                               : tr("%1, %2", "models, jobs")
                                     .arg(tr("%n model(s)", nullptr, static_cast<int>(pool.models.size())),
                                         tr("%n at once", nullptr, pool.slots));
    case JobsToday:
        return wording::count(pool.today.jobs);
    case TokensToday:
        return tokens(pool.today);
    case TokensInAll:
        return tokens(pool.total);
    default:
        return {};
    }
}

QString PoolsModel::spoken(const Row& row)
{
    return tr("%1: %2, %3 jobs and %4 tokens today")
        .arg(text(row, Name), text(row, State), text(row, JobsToday), text(row, TokensToday));
}

int LedgerModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int LedgerModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnsMax;
}

QVariant LedgerModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(index.column() >= Jobs);
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole)
        return {};
    const drover::LedgerRow& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (index.column()) {
    case Day:
        return QLocale().toString(dateOf(row.date), QLocale::ShortFormat);
    case Pool:
        return wording::text(row.pool);
    case Jobs:
        return wording::count(row.given.jobs);
    case Failed:
        return wording::count(row.given.failed);
    case Prompt:
        return wording::count(row.given.promptTokens);
    case Output:
        return wording::count(row.given.outputTokens);
    case Time:
        return wording::duration(row.given.ran);
    default:
        return {};
    }
}

QVariant LedgerModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(section >= Jobs);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Day:
        return tr("Day");
    case Pool:
        return tr("Pool");
    case Jobs:
        return tr("Jobs");
    case Failed:
        return tr("Failed");
    case Prompt:
        return tr("Prompt");
    case Output:
        return tr("Answer");
    case Time:
        return tr("Time");
    default:
        return {};
    }
}

void LedgerModel::show(std::vector<drover::LedgerRow> rows)
{
    if (rows == m_rows)
        return;
    const bool sameRows = std::ranges::equal(rows, m_rows,
        [](const auto& one, const auto& other) { return one.date == other.date && one.pool == other.pool; });
    if (sameRows) {
        m_rows = std::move(rows);
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, columnsMax - 1));
        return;
    }
    beginResetModel(); // at most once a day and at each joining
    m_rows = std::move(rows);
    endResetModel();
}

} // namespace drover::app
