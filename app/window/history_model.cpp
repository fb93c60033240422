// SPDX-License-Identifier: MIT
#include "app/window/history_model.h"

#include "app/window/history_source.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>
#include <iterator>
#include <optional>

namespace drover::app {

namespace {

std::optional<drover::HistoryOrder> orderOf(int column)
{
    using enum drover::HistoryOrder;
    switch (column) {
    case HistoryModel::Time:
        return Time;
    case HistoryModel::User:
        return User;
    case HistoryModel::Model:
        return Model;
    case HistoryModel::Result:
        return Outcome;
    case HistoryModel::Waited:
        return Waited;
    case HistoryModel::ToFirstToken:
        return ToFirstToken;
    case HistoryModel::Ran:
        return Ran;
    case HistoryModel::Tokens:
        return Tokens;
    case HistoryModel::Rate:
        return Rate;
    case HistoryModel::Backend:
        return Backend;
    default:
        return {};
    }
}

bool isNumber(int column)
{
    return (column >= HistoryModel::Waited && column <= HistoryModel::Rate) || column == HistoryModel::Status;
}

/// As SQLite's NOCASE compares: ASCII letters without their case.
int compareNames(const std::string& a, const std::string& b)
{
    const auto small = [](char letter) {
        return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter + 32) : letter;
    };
    const auto less = [&](char x, char y) {
        return static_cast<unsigned char>(small(x)) < static_cast<unsigned char>(small(y));
    };
    if (std::ranges::lexicographical_compare(a, b, less))
        return -1;
    return std::ranges::lexicographical_compare(b, a, less) ? 1 : 0;
}

template <class Value> int compareValues(const Value& a, const Value& b)
{
    return a < b ? -1 : b < a ? 1 : 0;
}

int compareRows(const drover::HistoryRow& a, const drover::HistoryRow& b, drover::HistoryOrder order)
{
    const drover::JobView& left = a.finished.job;
    const drover::JobView& right = b.finished.job;
    switch (order) {
    case drover::HistoryOrder::Time:
        return 0;
    case drover::HistoryOrder::User:
        return compareNames(left.user, right.user);
    case drover::HistoryOrder::Model:
        return compareNames(left.model, right.model);
    case drover::HistoryOrder::Backend:
        return compareNames(left.backend, right.backend);
    case drover::HistoryOrder::Outcome:
        return compareValues(drover::name(a.finished.outcome), drover::name(b.finished.outcome));
    case drover::HistoryOrder::Waited:
        return compareValues(left.waited, right.waited);
    case drover::HistoryOrder::ToFirstToken:
        return compareValues(a.toFirstToken, b.toFirstToken);
    case drover::HistoryOrder::Ran:
        return compareValues(left.ran, right.ran);
    case drover::HistoryOrder::Tokens:
        return compareValues(left.promptTokens + left.outputTokens, right.promptTokens + right.outputTokens);
    case drover::HistoryOrder::Rate:
        return compareValues(left.tokensPerSecond, right.tokensPerSecond);
    }
    return 0;
}

} // namespace

HistoryModel::HistoryModel(HistorySource& source, QObject* parent)
    : QAbstractTableModel(parent)
    , m_source(source)
{
    m_query.limit = pageRows;
}

int HistoryModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnsMax;
}

QVariant HistoryModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& of = row(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return text(of, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == Time ? spoken(of) : text(of, index.column());
    case Qt::ToolTipRole:
        return index.column() == Result ? wording::told(of.finished.reason) : QVariant();
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(index.column()));
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumber(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case User:
        return tr("App");
    case Model:
        return tr("Model");
    case Result:
        return tr("Result");
    case Waited:
        return tr("Waited");
    case ToFirstToken:
        return tr("First token");
    case Ran:
        return tr("Took");
    case Tokens:
        return tr("Tokens");
    case Rate:
        return tr("Speed");
    case Backend:
        return tr("Where");
    case Path:
        return tr("Path");
    case Lane:
        return tr("Lane");
    case Status:
        return tr("Status");
    case RequestId:
        return tr("Request id");
    default:
        return {};
    }
}

bool HistoryModel::canFetchMore(const QModelIndex& parent) const
{
    return !parent.isValid() && m_mayHaveMore && !m_fetching;
}

void HistoryModel::fetchMore(const QModelIndex& parent)
{
    if (!canFetchMore(parent))
        return;
    m_fetching = true;
    auto query = m_query;
    query.after = *m_rows.back();
    m_source.ask<Rows>(
        this, [query](drover::HistoryReader& reader) { return reader.rows(query); },
        [this, turn = m_turn](const drover::Result<Rows>& answer) {
            if (turn == m_turn)
                takeMore(answer);
        });
}

void HistoryModel::sort(int column, Qt::SortOrder order)
{
    const auto by = orderOf(column);
    const bool descending = order == Qt::DescendingOrder;
    if (!by || (m_query.order == *by && m_query.descending == descending))
        return;
    m_query.order = *by;
    m_query.descending = descending;
    reload();
}

void HistoryModel::setFilter(const drover::HistoryFilter& filter)
{
    if (m_query.filter == filter)
        return;
    m_query.filter = filter;
    reload();
}

/// What is shown stays until the first page is there.
void HistoryModel::reload()
{
    const auto turn = ++m_turn;
    m_fetching = true;
    m_lookingForNew = false;
    if (m_rows.empty())
        setState(State::Loading);
    m_source.ask<Rows>(
        this, [query = m_query](drover::HistoryReader& reader) { return reader.rows(query); },
        [this, turn](const drover::Result<Rows>& answer) {
            if (turn == m_turn)
                takeFirst(answer);
        });
}

void HistoryModel::takeFirst(const drover::Result<Rows>& answer)
{
    beginResetModel();
    m_rows.clear();
    for (const auto& each : answer ? *answer : Rows{}) {
        m_rows.push_back(std::make_unique<const drover::HistoryRow>(each));
        m_newest = std::max(m_newest, each.number);
    }
    m_mayHaveMore = m_rows.size() == m_query.limit;
    m_fetching = false;
    endResetModel();
    if (!answer)
        return fail(answer.error());
    setState(State::Shown);
}

void HistoryModel::takeMore(const drover::Result<Rows>& answer)
{
    if (!answer || answer->empty()) {
        m_fetching = m_mayHaveMore = false;
        return answer ? void() : fail(answer.error());
    }
    m_mayHaveMore = answer->size() == m_query.limit;
    const auto first = static_cast<int>(m_rows.size());
    beginInsertRows({}, first, first + static_cast<int>(answer->size()) - 1);
    for (const auto& each : *answer)
        m_rows.push_back(std::make_unique<const drover::HistoryRow>(each));
    m_fetching = false; // not before: a view that is told of the rows may ask for those behind them at once
    endInsertRows();
}

void HistoryModel::takeNew()
{
    if (m_state == State::Nothing || m_state == State::Failed)
        return reload();
    if (m_lookingForNew || m_state == State::Loading)
        return;
    m_lookingForNew = true;
    auto query = m_query;
    query.order = drover::HistoryOrder::Time;
    query.descending = true;
    query.newerThan = m_newest;
    query.limit = newRowsMax;
    m_source.ask<Rows>(
        this, [query](drover::HistoryReader& reader) { return reader.rows(query); },
        [this, turn = m_turn](const drover::Result<Rows>& answer) {
            if (turn == m_turn)
                insertNew(answer);
        });
}

void HistoryModel::insertNew(const drover::Result<Rows>& answer)
{
    m_lookingForNew = false;
    if (!answer)
        return fail(answer.error());
    if (answer->empty())
        return;
    m_newest = std::max(m_newest, answer->front().number);
    const bool isOnTop = m_query.order == drover::HistoryOrder::Time && m_query.descending;
    if (answer->size() >= (isOnTop ? newRowsMax : insertsMax))
        return reload();
    if (isOnTop)
        insertOnTop(*answer);
    else
        insertEach(*answer);
}

void HistoryModel::insertOnTop(const Rows& rows)
{
    // A page may have brought some of them already.
    const auto newest = m_rows.empty() ? 0 : m_rows.front()->number;
    const auto end = std::ranges::find_if(rows, [newest](const auto& each) { return each.number <= newest; });
    if (end == rows.begin())
        return;
    std::vector<std::unique_ptr<const drover::HistoryRow>> made;
    for (auto each = rows.begin(); each != end; ++each)
        made.push_back(std::make_unique<const drover::HistoryRow>(*each));
    beginInsertRows({}, 0, static_cast<int>(made.size()) - 1);
    m_rows.insert(m_rows.begin(), std::make_move_iterator(made.begin()), std::make_move_iterator(made.end()));
    endInsertRows();
}

void HistoryModel::insertEach(const Rows& rows)
{
    const auto before = [this](const auto& a, const auto& b) { return isBefore(*a, *b); };
    for (auto each = rows.rbegin(); each != rows.rend(); ++each) {
        auto made = std::make_unique<const drover::HistoryRow>(*each);
        const auto place = std::upper_bound(m_rows.begin(), m_rows.end(), made, before);
        const bool isThere = place != m_rows.begin() && (*std::prev(place))->number == each->number;
        if (isThere || (place == m_rows.end() && m_mayHaveMore)) // else it comes with a later page
            continue;
        const auto at = static_cast<int>(place - m_rows.begin());
        beginInsertRows({}, at, at);
        m_rows.insert(place, std::move(made));
        endInsertRows();
    }
}

bool HistoryModel::isBefore(const drover::HistoryRow& a, const drover::HistoryRow& b) const
{
    const int compared = compareRows(a, b, m_query.order);
    const int all = compared != 0 ? compared : compareValues(a.number, b.number);
    return m_query.descending ? all > 0 : all < 0;
}

void HistoryModel::fail(const drover::Error& error)
{
    if (error.code == drover::Errc::Cancelled)
        return; // we are ending
    m_mayHaveMore = false;
    m_trouble = error;
    setState(error.code == drover::Errc::NotFound ? State::Nothing : State::Failed);
}

void HistoryModel::setState(State state)
{
    m_state = state;
    Q_EMIT stateChanged();
}

QString HistoryModel::outcomeText(drover::Outcome outcome)
{
    switch (outcome) {
    case drover::Outcome::Done:
        return tr("Done");
    case drover::Outcome::Failed:
        return tr("Failed");
    case drover::Outcome::Refused:
        return tr("Refused");
    case drover::Outcome::Cancelled:
        return tr("Cancelled");
    case drover::Outcome::Incomplete:
        return tr("Incomplete");
    }
    return {};
}

QString HistoryModel::timeText(std::int64_t millisecondsSince1970)
{
    const auto time = QDateTime::fromMSecsSinceEpoch(millisecondsSince1970);
    const QLocale locale;
    const auto clock = locale.toString(time.time(), QStringLiteral("HH:mm:ss"));
    if (time.date() == QDate::currentDate())
        return clock;
    return tr("%1 %2", "date, time").arg(locale.toString(time.date(), QLocale::ShortFormat), clock);
}

QString HistoryModel::text(const drover::HistoryRow& of, int column) const
{
    const auto& finished = of.finished;
    const auto& job = finished.job;
    const bool ran = job.state == drover::JobState::Running;
    switch (column) {
    case Time:
        return timeText(finished.finishedAt);
    case User:
        return wording::text(job.user);
    case Model:
        return wording::text(job.model);
    case Result:
        return outcomeText(finished.outcome);
    case Waited:
        return wording::duration(job.waited);
    case ToFirstToken:
        return of.toFirstToken.count() < 0 ? QString() : wording::duration(of.toFirstToken);
    case Ran:
        return ran ? wording::duration(job.ran) : QString();
    case Tokens:
        return ran ? tr("%1 + %2").arg(wording::count(job.promptTokens), wording::count(job.outputTokens)) : QString();
    case Rate:
        return job.tokensPerSecond > 0 ? wording::rate(job.tokensPerSecond) : QString();
    case Backend:
        return wording::text(job.backend);
    case Path:
        return wording::text(job.path);
    case Lane:
        return laneText(job.lane);
    case Status:
        return finished.status > 0 ? QString::number(finished.status) : QString();
    case RequestId:
        return wording::text(job.requestId);
    default:
        return {};
    }
}

QString HistoryModel::laneText(drover::Lane lane)
{
    switch (lane) {
    case drover::Lane::Interactive:
        return tr("Interactive");
    case drover::Lane::Normal:
        return tr("Normal");
    case drover::Lane::Batch:
        return tr("Batch");
    case drover::Lane::Pool:
        return tr("Pool");
    }
    return {};
}

QString HistoryModel::spoken(const drover::HistoryRow& of) const
{
    const auto& finished = of.finished;
    const auto& job = finished.job;
    const auto begin = tr("%1: %2 with %3, %4")
                           .arg(timeText(finished.finishedAt), wording::text(job.user), wording::text(job.model),
                               outcomeText(finished.outcome));
    if (!finished.reason.empty())
        return tr("%1. %2", "a sentence, then why").arg(begin, wording::told(finished.reason));
    return tr("%1, waited %2, took %3").arg(begin, wording::duration(job.waited), wording::duration(job.ran));
}

} // namespace drover::app
