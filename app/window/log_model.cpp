// SPDX-License-Identifier: MIT
#include "app/window/log_model.h"

#include "app/window/style.h"

#include <QDateTime>
#include <QFontDatabase>
#include <QLocale>

#include <algorithm>

namespace drover::app {

namespace {

QString sourceText(drover::LogSource source)
{
    return source == drover::LogSource::Ollama ? QStringLiteral("Ollama") : QStringLiteral("Drover");
}

QDateTime timeOf(const drover::LogLine& line)
{
    return QDateTime::fromMSecsSinceEpoch(
        std::chrono::duration_cast<std::chrono::milliseconds>(line.when.time_since_epoch()).count());
}

QVariant colorOf(drover::LogLevel level)
{
    const Theme& colors = currentTheme();
    if (level == drover::LogLevel::Error)
        return colors.danger;
    if (level == drover::LogLevel::Warning)
        return colors.warning;
    return level == drover::LogLevel::Debug ? QVariant(colors.quietText) : QVariant();
}

} // namespace

QString LogModel::levelText(drover::LogLevel level)
{
    switch (level) {
    case drover::LogLevel::Debug:
        return tr("Debug");
    case drover::LogLevel::Info:
        return tr("Info");
    case drover::LogLevel::Warning:
        return tr("Warning");
    case drover::LogLevel::Error:
        return tr("Error");
    case drover::LogLevel::Off:
        break;
    }
    return {};
}

void LogModel::add(const std::vector<drover::LogLine>& lines)
{
    const std::size_t taken = std::min<std::size_t>(lines.size(), linesMax);
    const std::size_t after = m_lines.size() + taken;
    if (after > linesMax) {
        const auto gone =
            std::min(m_lines.size(), std::max(after - linesMax, static_cast<std::size_t>(linesDroppedAtOnce)));
        beginRemoveRows({}, 0, static_cast<int>(gone) - 1);
        m_lines.erase(m_lines.begin(), m_lines.begin() + static_cast<std::ptrdiff_t>(gone));
        endRemoveRows();
    }
    if (taken == 0)
        return;
    const int first = static_cast<int>(m_lines.size());
    beginInsertRows({}, first, first + static_cast<int>(taken) - 1);
    m_lines.insert(m_lines.end(), lines.end() - static_cast<std::ptrdiff_t>(taken), lines.end());
    endInsertRows();
}

int LogModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_lines.size());
}

int LogModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : columnsMax;
}

QVariant LogModel::data(const QModelIndex& index, int role) const
{
    const drover::LogLine& line = m_lines[static_cast<std::size_t>(index.row())];
    if (role == Qt::ForegroundRole)
        return index.column() == Text ? QVariant() : colorOf(line.level);
    if (role == Qt::ToolTipRole && index.column() == Text)
        return QString::fromStdString(line.text).toHtmlEscaped();
    if (role == Qt::AccessibleTextRole && index.column() == Time) // a screen reader reads the row from here
        return tr("%1, %2, %3: %4")
            .arg(QLocale().toString(timeOf(line).time(), QLocale::ShortFormat), levelText(line.level),
                sourceText(line.source), QString::fromStdString(line.text));
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case Time:
        return timeOf(line).toString(QStringLiteral("HH:mm:ss.zzz"));
    case Level:
        return levelText(line.level);
    case Source:
        return sourceText(line.source);
    case Text:
        return QString::fromStdString(line.text);
    }
    return {};
}

QVariant LogModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case Time:
        return tr("Time");
    case Level:
        return tr("Level");
    case Source:
        return tr("From");
    case Text:
        return tr("Line");
    }
    return {};
}

LogFilter::LogFilter(LogModel& model, QObject* parent)
    : QSortFilterProxyModel(parent)
    , m_model(model)
{
    setSourceModel(&model);
}

void LogFilter::show(Wanted wanted)
{
    if (wanted == m_wanted)
        return;
    m_wanted = std::move(wanted);
    invalidateFilter();
}

QString LogFilter::lineText(int row) const
{
    return QString::fromStdString(drover::logText(m_model.line(mapToSource(index(row, 0)).row())));
}

bool LogFilter::filterAcceptsRow(int row, const QModelIndex&) const
{
    const drover::LogLine& line = m_model.line(row);
    if (line.level < m_wanted.least || (m_wanted.source && line.source != *m_wanted.source))
        return false;
    return m_wanted.text.isEmpty() || QString::fromStdString(line.text).contains(m_wanted.text, Qt::CaseInsensitive);
}

} // namespace drover::app
