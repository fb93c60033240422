// SPDX-License-Identifier: MIT
#include "app/window/jobs_model.h"

#include "app/window/style.h"
#include "app/window/wording.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <tuple>

namespace drover::app {

namespace {

/// More rows than this that change their place are told as one new arrangement, which views take in one go.
constexpr int movesMax = 8;

std::chrono::milliseconds timeOf(const drover::JobView& job)
{
    return job.state == drover::JobState::Running ? job.ran : job.waited;
}

/// Whether no cell of the job looks different.
bool looksSame(const drover::JobView& a, const drover::JobView& b)
{
    const auto shown = [](const drover::JobView& job) {
        return std::tuple(job.state, job.lane, std::chrono::floor<std::chrono::seconds>(timeOf(job)), job.position,
            job.promptTokens, job.outputTokens, qRound(job.tokensPerSecond * 10));
    };
    return shown(a) == shown(b) && a.user == b.user && a.model == b.model && a.backend == b.backend;
}

} // namespace

int JobsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_jobs.size());
}

int JobsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnsMax;
}

QVariant JobsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto row = static_cast<std::size_t>(index.row());
    const auto& job = m_jobs[row];
    switch (role) {
    case Qt::DisplayRole:
        return text(job, index.column());
    case Qt::ToolTipRole:
        return index.column() == State ? spoken(job) : QVariant();
    case Qt::AccessibleTextRole:
        return index.column() == State ? spoken(job) : text(job, index.column());
    case Qt::TextAlignmentRole: {
        const bool isNumber = index.column() >= Time && index.column() <= Rate;
        return cellAlignment(isNumber);
    }
    case SortRole:
        return sortValue(job, row, index.column());
    case JobIdRole:
        return QVariant::fromValue<quint64>(job.id);
    case RequestIdRole:
        return wording::text(job.requestId);
    case WaitingRole:
        return job.state == drover::JobState::Waiting;
    default:
        return {};
    }
}

QVariant JobsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole) {
        const bool isNumber = section >= Time && section <= Rate;
        return cellAlignment(isNumber);
    }
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case User:
        return tr("App");
    case Model:
        return tr("Model");
    case Time:
        return tr("For");
    case Position:
        return tr("Place");
    case Tokens:
        return tr("Tokens");
    case Rate:
        return tr("Speed");
    case Backend:
        return tr("Where");
    default:
        return {};
    }
}

void JobsModel::show(const drover::Snapshot& snapshot)
{
    Places places;
    places.reserve(snapshot.jobs.size());
    for (std::size_t row = 0; row < snapshot.jobs.size(); ++row)
        places.emplace(snapshot.jobs[row].id, row);

    removeMissing(places);
    arrange(snapshot.jobs, places);
    insertNew(snapshot.jobs);
    update(snapshot.jobs);
}

void JobsModel::removeMissing(const Places& wanted)
{
    for (auto last = static_cast<int>(m_jobs.size()) - 1; last >= 0; --last) {
        if (wanted.contains(m_jobs[static_cast<std::size_t>(last)].id))
            continue;
        int first = last;
        while (first > 0 && !wanted.contains(m_jobs[static_cast<std::size_t>(first) - 1].id))
            --first;
        beginRemoveRows({}, first, last);
        m_jobs.erase(m_jobs.begin() + first, m_jobs.begin() + last + 1);
        endRemoveRows();
        last = first;
    }
}

void JobsModel::arrange(const Jobs& wanted, const Places& places)
{
    // Only the jobs that are here already: their order among themselves becomes that of `wanted`.
    const auto before = [&places](const drover::JobView& a, const drover::JobView& b) {
        return places.at(a.id) < places.at(b.id);
    };
    int moves = 0;
    auto sortedUntil = m_jobs.begin();
    while ((sortedUntil = std::is_sorted_until(m_jobs.begin(), m_jobs.end(), before)) != m_jobs.end()) {
        if (++moves > movesMax)
            return arrangeAtOnce(places);
        const auto to = std::upper_bound(m_jobs.begin(), sortedUntil, *sortedUntil, before);
        moveUp(static_cast<int>(sortedUntil - m_jobs.begin()), static_cast<int>(to - m_jobs.begin()));
    }
    Q_ASSERT(m_jobs.size() <= wanted.size());
}

void JobsModel::moveUp(int from, int to)
{
    beginMoveRows({}, from, from, {}, to);
    std::rotate(m_jobs.begin() + to, m_jobs.begin() + from, m_jobs.begin() + from + 1);
    endMoveRows();
}

void JobsModel::arrangeAtOnce(const Places& places)
{
    Q_EMIT layoutAboutToBeChanged({}, VerticalSortHint);
    std::vector<drover::JobId> idsBefore;
    idsBefore.reserve(m_jobs.size());
    for (const auto& job : m_jobs)
        idsBefore.push_back(job.id);
    std::sort(m_jobs.begin(), m_jobs.end(),
        [&places](const auto& a, const auto& b) { return places.at(a.id) < places.at(b.id); });

    std::unordered_map<drover::JobId, int> rows;
    for (std::size_t row = 0; row < m_jobs.size(); ++row)
        rows.emplace(m_jobs[row].id, static_cast<int>(row));
    const auto kept = persistentIndexList();
    QModelIndexList moved;
    moved.reserve(kept.size());
    for (const auto& old : kept)
        moved << index(rows.at(idsBefore[static_cast<std::size_t>(old.row())]), old.column());
    changePersistentIndexList(kept, moved);
    Q_EMIT layoutChanged({}, VerticalSortHint);
}

void JobsModel::insertNew(const Jobs& wanted)
{
    for (std::size_t row = 0; row < wanted.size(); ++row) {
        if (row < m_jobs.size() && m_jobs[row].id == wanted[row].id)
            continue;
        // Up to the next job that is here already.
        auto end = row + 1;
        while (end < wanted.size() && (row >= m_jobs.size() || wanted[end].id != m_jobs[row].id))
            ++end;
        beginInsertRows({}, static_cast<int>(row), static_cast<int>(end) - 1);
        const auto at = [](const auto& jobs, std::size_t place) {
            return jobs.begin() + static_cast<std::ptrdiff_t>(place);
        };
        m_jobs.insert(at(m_jobs, row), at(wanted, row), at(wanted, end));
        endInsertRows();
        row = end - 1;
    }
}

void JobsModel::update(const Jobs& wanted)
{
    int first = -1;
    for (std::size_t row = 0; row < wanted.size(); ++row) {
        const bool same = looksSame(m_jobs[row], wanted[row]);
        m_jobs[row] = wanted[row];
        if (!same && first < 0)
            first = static_cast<int>(row);
        if (same && first >= 0) {
            tellChanged(first, static_cast<int>(row) - 1);
            first = -1;
        }
    }
    if (first >= 0)
        tellChanged(first, static_cast<int>(wanted.size()) - 1);
}

void JobsModel::tellChanged(int first, int last)
{
    Q_EMIT dataChanged(index(first, 0), index(last, columnsMax - 1));
}

QString JobsModel::text(const drover::JobView& job, int column) const
{
    const bool runs = job.state == drover::JobState::Running;
    switch (column) {
    case State:
        return !runs && job.lane == drover::Lane::Batch ? tr("Batch") : wording::state(job.state);
    case User:
        return wording::text(job.user);
    case Model:
        return wording::text(job.model);
    case Time:
        return wording::duration(std::chrono::floor<std::chrono::seconds>(timeOf(job)));
    case Position:
        return runs ? QString() : wording::count(job.position);
    case Tokens:
        return runs ? tr("%1 + %2").arg(wording::count(job.promptTokens), wording::count(job.outputTokens))
                    : wording::count(job.promptTokens);
    case Rate:
        return runs && job.tokensPerSecond > 0 ? wording::rate(job.tokensPerSecond) : QString();
    case Backend:
        return wording::text(job.backend);
    default:
        return {};
    }
}

QVariant JobsModel::sortValue(const drover::JobView& job, std::size_t row, int column)
{
    switch (column) {
    case State:
    case Position:
        return QVariant::fromValue<quint64>(row);
    case User:
        return wording::text(job.user);
    case Model:
        return wording::text(job.model);
    case Time:
        return QVariant::fromValue<qint64>(timeOf(job).count());
    case Tokens:
        return QVariant::fromValue<quint64>(job.promptTokens + job.outputTokens);
    case Rate:
        return job.tokensPerSecond;
    case Backend:
        return wording::text(job.backend);
    default:
        return {};
    }
}

QString JobsModel::spoken(const drover::JobView& job)
{
    if (job.state == drover::JobState::Running)
        return tr("%1, running %2 for %3")
            .arg(wording::text(job.user), wording::text(job.model), wording::duration(timeOf(job)));
    const auto place = job.lane == drover::Lane::Batch
        ? tr("place %1 in the queue, batch: others go first").arg(wording::count(job.position))
        : tr("place %1 in the queue").arg(wording::count(job.position));
    return tr("%1, waiting for %2, %3").arg(wording::text(job.user), wording::text(job.model), place);
}

} // namespace drover::app
