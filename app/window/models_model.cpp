// SPDX-License-Identifier: MIT
#include "app/window/models_model.h"

#include "app/ollama/byte_text.h"
#include "app/ollama/model_listing.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <algorithm>
#include <utility>

namespace drover::app {

namespace {

bool isNumber(int column)
{
    return column == ModelsModel::Size || column == ModelsModel::Context || column == ModelsModel::Memory;
}

/// "5.2 GB (GPU)", "5.2 GB (60 % GPU)", "5.2 GB (CPU)"; empty for what is only on the disk.
QString memoryOf(const drover::ModelView& model)
{
    if (!model.loaded)
        return {};
    if (model.memoryBytes == 0)
        return ModelsModel::tr("loaded");
    const auto size = byteText(model.memoryBytes);
    if (model.gpuBytes >= model.memoryBytes)
        return ModelsModel::tr("%1 (GPU)").arg(size);
    if (model.gpuBytes == 0)
        return ModelsModel::tr("%1 (CPU)").arg(size);
    const double share = 100.0 * static_cast<double>(model.gpuBytes) / static_cast<double>(model.memoryBytes);
    return ModelsModel::tr("%1 (%2 % GPU)").arg(size).arg(qRound(share));
}

/// "4k", "128k", as models are told apart; small ones exactly.
QString contextOf(const drover::ModelView& model)
{
    constexpr std::uint32_t kilo = 1024;
    if (model.contextTokens == 0)
        return {};
    return model.contextTokens < kilo
        ? wording::count(model.contextTokens)
        : ModelsModel::tr("%1k", "tokens, in units of 1024").arg(model.contextTokens / kilo);
}

QString expiryOf(const drover::ModelView& model, std::int64_t now)
{
    if (!model.loaded || model.expiresAt == 0)
        return {};
    if (model.expiresAt == drover::ModelView::expiresNever)
        return ModelsModel::tr("never");
    const auto seconds = (model.expiresAt - now) / 1000;
    if (seconds <= 0) // the time is not renewed while a job runs
        return ModelsModel::tr("after its jobs");
    if (seconds < 60)
        return ModelsModel::tr("within a minute");
    if (seconds < 3600)
        return ModelsModel::tr("in %n min", nullptr, static_cast<int>((seconds + 30) / 60));
    return ModelsModel::tr(
        "in %n h", nullptr, static_cast<int>(std::min<std::int64_t>((seconds + 1800) / 3600, 99'999)));
}

/// Whose jobs use the model: those that run or wait first, then those that were finished lately.
QString usersOf(const drover::Snapshot& snapshot, const std::string& model)
{
    constexpr int namesMax = 2;
    QStringList names;
    const auto add = [&](const drover::JobView& job) {
        const auto name = wording::text(job.user);
        if (isSameModel(job.model, model) && !names.contains(name))
            names << name;
    };
    for (const auto& job : snapshot.jobs)
        add(job);
    for (const auto& finished : snapshot.finished)
        add(finished.job);
    const auto more = static_cast<int>(names.size()) - namesMax;
    if (more <= 0)
        return names.join(QStringLiteral(", "));
    return ModelsModel::tr("%1 and %n more", nullptr, more).arg(names.mid(0, namesMax).join(QStringLiteral(", ")));
}

} // namespace

ModelsModel::ModelsModel(Work work, QObject* parent)
    : QAbstractTableModel(parent)
    , m_work(std::move(work))
{
}

int ModelsModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int ModelsModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnsMax;
}

QVariant ModelsModel::data(const QModelIndex& index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid | CheckIndexOption::ParentIsInvalid))
        return {};
    const auto& row = m_rows[static_cast<std::size_t>(index.row())];
    switch (role) {
    case Qt::DisplayRole:
        return text(row, index.column());
    case Qt::ToolTipRole:
        return index.column() == Name ? spoken(row) : text(row, index.column());
    case Qt::AccessibleTextRole:
        return index.column() == Name ? spoken(row) : text(row, index.column());
    case Qt::TextAlignmentRole:
        return cellAlignment(isNumber(index.column()));
    case SortRole:
        return sortValue(row, index.column());
    case NameRole:
        return wording::text(row.model.name);
    case BackendRole:
        return wording::text(row.backend);
    case LoadedRole:
        return row.model.loaded;
    default:
        return {};
    }
}

QVariant ModelsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return cellAlignment(isNumber(section));
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Name:
        return tr("Model");
    case Size:
        return tr("Size");
    case Quantization:
        return tr("Kind");
    case Context:
        return tr("Context");
    case Memory:
        return tr("In memory");
    case Unloads:
        return tr("Unloads");
    case UsedBy:
        return tr("Used by");
    case Machine:
        return tr("Machine");
    default:
        return {};
    }
}

std::vector<ModelsModel::Row> ModelsModel::rowsOf(const drover::Snapshot& snapshot, std::int64_t now) const
{
    std::vector<Row> rows;
    for (const auto& backend : snapshot.backends) {
        for (const auto& model : backend.models)
            rows.push_back({backend.name, model, m_work ? m_work(backend.name, model.name) : QString(),
                usersOf(snapshot, model.name), expiryOf(model, now)});
    }
    return rows;
}

void ModelsModel::show(const drover::Snapshot& snapshot, std::int64_t now)
{
    auto wanted = rowsOf(snapshot, now);
    for (int at = static_cast<int>(m_rows.size()) - 1; at >= 0; --at) {
        const auto place = static_cast<std::size_t>(at);
        const bool stays =
            std::any_of(wanted.begin(), wanted.end(), [&](const Row& row) { return row.isSame(m_rows[place]); });
        if (stays)
            continue;
        beginRemoveRows({}, at, at);
        m_rows.erase(m_rows.begin() + at);
        endRemoveRows();
    }
    for (std::size_t at = 0; at < wanted.size(); ++at) {
        const int row = static_cast<int>(at);
        if (at < m_rows.size() && wanted[at].isSame(m_rows[at])) {
            if (wanted[at] == m_rows[at])
                continue;
            m_rows[at] = std::move(wanted[at]);
            Q_EMIT dataChanged(index(row, 0), index(row, columnsMax - 1));
            continue;
        }
        const auto known = std::find_if(m_rows.begin() + static_cast<std::ptrdiff_t>(std::min(at, m_rows.size())),
            m_rows.end(), [&](const Row& other) { return other.isSame(wanted[at]); });
        if (known != m_rows.end()) { // it was elsewhere: it comes up to its place
            const int from = static_cast<int>(known - m_rows.begin());
            beginMoveRows({}, from, from, {}, row);
            std::rotate(m_rows.begin() + row, known, known + 1);
            endMoveRows();
            m_rows[at] = std::move(wanted[at]);
            Q_EMIT dataChanged(index(row, 0), index(row, columnsMax - 1));
            continue;
        }
        beginInsertRows({}, row, row);
        m_rows.insert(m_rows.begin() + row, std::move(wanted[at]));
        endInsertRows();
    }
}

QString ModelsModel::text(const Row& row, int column)
{
    const auto& model = row.model;
    switch (column) {
    case Name:
        return wording::text(model.name);
    case Size:
        return model.bytes == 0 ? QString() : byteText(model.bytes);
    case Quantization: {
        QStringList parts{wording::text(model.parameterSize), wording::text(model.quantization)};
        parts.removeAll(QString());
        return parts.join(QLatin1Char(' '));
    }
    case Context:
        return contextOf(model);
    case Memory:
        return row.work.isEmpty() ? memoryOf(model) : row.work;
    case Unloads:
        return row.unloads;
    case UsedBy:
        return row.users;
    case Machine:
        return wording::text(row.backend);
    default:
        return {};
    }
}

QVariant ModelsModel::sortValue(const Row& row, int column)
{
    switch (column) {
    case Size:
        return QVariant::fromValue<qulonglong>(row.model.bytes);
    case Context:
        return QVariant::fromValue<uint>(row.model.contextTokens);
    case Memory:
        return QVariant::fromValue<qulonglong>(
            row.model.loaded ? std::max<std::uint64_t>(row.model.memoryBytes, 1) : 0);
    case Unloads:
        return QVariant::fromValue<qlonglong>(row.model.expiresAt);
    default:
        return text(row, column);
    }
}

QString ModelsModel::spoken(const Row& row)
{
    QStringList parts;
    for (int column = 0; column < columnsMax; ++column) {
        const auto part = text(row, column);
        if (!part.isEmpty() && column != Unloads)
            parts << part;
    }
    if (!row.unloads.isEmpty())
        parts << tr("unloads: %1").arg(row.unloads);
    return parts.join(QStringLiteral(", "));
}

} // namespace drover::app
