// SPDX-License-Identifier: MIT
#include "app/window/host_model.h"

#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/wording.h"

#include <QStringList>

#include <algorithm>

namespace drover::app {

namespace {

Symbol symbolOf(drover::WorkerState state)
{
    switch (state) {
    case drover::WorkerState::Working:
        return Symbol::Running;
    case drover::WorkerState::Idle:
        return Symbol::Waiting;
    case drover::WorkerState::NotReady:
        return Symbol::Pause;
    case drover::WorkerState::Draining:
        return Symbol::Next;
    case drover::WorkerState::Gone:
        break;
    }
    return Symbol::Cancel;
}

QColor colorOf(drover::WorkerState state)
{
    const auto& colors = currentTheme();
    switch (state) {
    case drover::WorkerState::Working:
    case drover::WorkerState::Idle:
        return colors.accent;
    case drover::WorkerState::NotReady:
        return colors.warning;
    case drover::WorkerState::Draining:
    case drover::WorkerState::Gone:
        break;
    }
    return colors.quietText;
}

QString modelsOf(const drover::WorkerView& worker)
{
    QStringList models;
    for (const std::string& each : worker.models)
        models << wording::text(each);
    return models.join(QStringLiteral(", "));
}

} // namespace

HostModel::HostModel(QObject* parent)
    : QAbstractTableModel(parent)
{
}

int HostModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_workers.size());
}

int HostModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnsMax;
}

const drover::WorkerView* HostModel::at(int row) const
{
    return row < 0 || row >= rowCount() ? nullptr : &m_workers[static_cast<std::size_t>(row)];
}

bool HostModel::isNumber(int column)
{
    return column >= Slots && column <= Failed;
}

QVariant HostModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const drover::WorkerView& worker = m_workers[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(worker, index.column());
    case Qt::DecorationRole:
        return index.column() == State ? QVariant(symbolIcon(symbolOf(worker.state), colorOf(worker.state)))
                                       : QVariant();
    case Qt::ToolTipRole:
        return index.column() == State && !worker.lastError.empty() ? wording::text(worker.lastError)
                                                                    : text(worker, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == State ? spoken(worker) : text(worker, index.column());
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(index.column()));
    case SortRole:
        return sortValue(worker, index.column());
    case NumberRole:
        return static_cast<uint>(worker.number);
    default:
        return {};
    }
}

QVariant HostModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumber(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case Name:
        return tr("Machine");
    case Models:
        return tr("Models");
    case Slots:
        return tr("Running");
    case Rate:
        return tr("Speed");
    case Requests:
        return tr("Requests");
    case Failed:
        return tr("Failed");
    case Version:
        return tr("Version");
    case Address:
        return tr("Address");
    case LastSeen:
        return tr("Last seen");
    default:
        return {};
    }
}

void HostModel::show(const std::vector<drover::WorkerView>& workers)
{
    for (int at = rowCount() - 1; at >= 0; --at) {
        const auto number = m_workers[static_cast<std::size_t>(at)].number;
        if (std::ranges::find(workers, number, &drover::WorkerView::number) != workers.end())
            continue;
        beginRemoveRows({}, at, at);
        m_workers.erase(m_workers.begin() + at);
        endRemoveRows();
    }
    for (std::size_t at = 0; at < workers.size(); ++at) {
        const int row = static_cast<int>(at);
        const auto from = m_workers.begin() + row;
        const auto known = std::ranges::find(from, m_workers.end(), workers[at].number, &drover::WorkerView::number);
        if (known == m_workers.end()) {
            beginInsertRows({}, row, row);
            m_workers.insert(from, workers[at]);
            endInsertRows();
            continue;
        }
        if (known != from) {
            const int place = static_cast<int>(known - m_workers.begin());
            beginMoveRows({}, place, place, {}, row);
            std::rotate(from, known, known + 1);
            endMoveRows();
        }
        if (m_workers[at] != workers[at]) {
            m_workers[at] = workers[at];
            Q_EMIT dataChanged(index(row, 0), index(row, columnsMax - 1));
        }
    }
}

QString HostModel::stateText(const drover::WorkerView& worker)
{
    switch (worker.state) {
    case drover::WorkerState::Idle:
        return tr("ready");
    case drover::WorkerState::Working:
        return tr("working");
    case drover::WorkerState::NotReady:
        return tr("not ready");
    case drover::WorkerState::Draining:
        return worker.running > 0 ? tr("finishing") : tr("resting");
    case drover::WorkerState::Gone:
        return tr("gone");
    }
    return {};
}

QString HostModel::text(const drover::WorkerView& worker, int column)
{
    switch (column) {
    case State:
        return stateText(worker);
    case Name:
        return wording::text(worker.name.empty() ? worker.id : worker.name);
    case Models:
        return modelsOf(worker);
    case Slots:
        return tr("%1 of %2", "requests that run, at once at most").arg(worker.running).arg(worker.slots);
    case Rate:
        return worker.tokensPerSecond > 0 ? wording::rate(worker.tokensPerSecond) : QString();
    case Requests:
        return wording::count(worker.processed);
    case Failed:
        return worker.failed > 0 ? wording::count(worker.failed) : QString();
    case Version:
        return wording::text(worker.version);
    case Address:
        return wording::text(worker.address);
    case LastSeen:
        return worker.lastHeartbeat > 0 ? wording::clock(worker.lastHeartbeat) : QString();
    default:
        return {};
    }
}

QVariant HostModel::sortValue(const drover::WorkerView& worker, int column)
{
    switch (column) {
    case State:
        return static_cast<int>(worker.state);
    case Models:
        return static_cast<qulonglong>(worker.models.size());
    case Slots:
        return worker.running;
    case Rate:
        return worker.tokensPerSecond;
    case Requests:
        return static_cast<qulonglong>(worker.processed);
    case Failed:
        return static_cast<qulonglong>(worker.failed);
    case LastSeen:
        return static_cast<qlonglong>(worker.lastHeartbeat);
    default:
        return text(worker, column);
    }
}

QString HostModel::spoken(const drover::WorkerView& worker)
{
    return tr("%1: %2, %3 running, %4 requests so far")
        .arg(text(worker, Name), stateText(worker), text(worker, Slots), text(worker, Requests));
}

} // namespace drover::app
