// SPDX-License-Identifier: MIT
#include "app/ollama/pull_progress.h"

#include <QCoreApplication>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <iterator>

namespace drover::app {

namespace {

/// Gives the texts of this file their context.
struct Pulling {
    Q_DECLARE_TR_FUNCTIONS(Pulling)
};

/// A size of JSON: what is negative, too large or no number counts as 0.
std::uint64_t sizeOf(const QJsonValue& value)
{
    constexpr double most = 1e15; // a petabyte
    const double number = value.toDouble();
    return number > 0 && number < most ? static_cast<std::uint64_t>(number) : 0;
}

PullProgress::Phase phaseOf(const QString& status)
{
    using enum PullProgress::Phase;
    if (status == QLatin1String("success"))
        return Done;
    if (status.startsWith(QLatin1String("verifying")))
        return Checking;
    if (status.startsWith(QLatin1String("writing")) || status.startsWith(QLatin1String("removing")))
        return Writing;
    return status.startsWith(QLatin1String("pulling")) && status != QLatin1String("pulling manifest") ? Downloading
                                                                                                      : Asking;
}

} // namespace

std::optional<int> PullProgress::percent() const
{
    if (phase == Phase::Done)
        return 100;
    if (total == 0)
        return {};
    const double share = static_cast<double>(std::min(completed, total)) / static_cast<double>(total);
    return static_cast<int>(share * 100);
}

bool PullReader::add(const QByteArray& bytes)
{
    qsizetype from = 0;
    while (m_error.isEmpty()) {
        const qsizetype end = bytes.indexOf('\n', from);
        const qsizetype size = (end < 0 ? bytes.size() : end) - from;
        if (m_open.size() + size > lineBytesMax) {
            m_error = Pulling::tr("What answers sends lines that are too long for Ollama's.");
            break;
        }
        m_open.append(bytes.constData() + from, size);
        if (end < 0)
            break;
        if (!m_open.trimmed().isEmpty())
            addLine(m_open);
        m_open.clear();
        from = end + 1;
    }
    return m_error.isEmpty();
}

bool PullReader::addLine(const QByteArray& line)
{
    const QJsonDocument json = QJsonDocument::fromJson(line);
    if (!json.isObject()) {
        m_error = Pulling::tr("What answers does not answer as Ollama does.");
        return false;
    }
    const QString trouble = json[QLatin1String("error")].toString();
    if (!trouble.isEmpty()) {
        constexpr int shownMax = 300;
        m_error = trouble.left(shownMax);
        return false;
    }
    m_progress.phase = phaseOf(json[QLatin1String("status")].toString());
    const QString digest = json[QLatin1String("digest")].toString();
    if (!digest.isEmpty())
        countPart(digest, {sizeOf(json[QLatin1String("total")]), sizeOf(json[QLatin1String("completed")])});
    if (m_progress.phase == PullProgress::Phase::Checking || m_progress.phase == PullProgress::Phase::Done)
        m_progress.completed = m_progress.total; // the last line of a part is mostly below its total
    return true;
}

void PullReader::countPart(const QString& digest, Part part)
{
    if (m_parts.size() >= partsMax && !m_parts.contains(digest))
        return;
    part.completed = std::min(part.completed, part.total);
    m_parts[digest] = part;
    m_progress.total = 0;
    m_progress.completed = 0;
    for (const auto& [other, known] : m_parts) {
        m_progress.total += known.total;
        m_progress.completed += known.completed;
    }
}

void PullSpeed::note(std::uint64_t completed, TimePoint now)
{
    if (!m_grewAt || completed != m_last)
        m_grewAt = now;
    m_last = completed;
    if (!m_notes.empty() && std::prev(m_notes.end())->second > completed)
        m_notes.clear(); // it went back: what was measured is worth nothing
    m_notes[now] = completed;
    while (m_notes.size() > 2 && now - m_notes.begin()->first > window)
        m_notes.erase(m_notes.begin());
}

double PullSpeed::bytesPerSecond(TimePoint now) const
{
    if (m_notes.size() < 2)
        return 0;
    const auto& [since, before] = *m_notes.begin();
    const double seconds = std::chrono::duration<double>(now - since).count();
    return seconds < 0.5 ? 0 : static_cast<double>(m_last - before) / seconds;
}

std::optional<std::chrono::seconds> PullSpeed::left(std::uint64_t missing, TimePoint now) const
{
    const double speed = bytesPerSecond(now);
    if (speed < 1)
        return {};
    constexpr double most = 30.0 * 86'400;
    const double seconds = static_cast<double>(missing) / speed;
    if (seconds > most)
        return {};
    return std::chrono::seconds(static_cast<std::int64_t>(seconds));
}

std::chrono::milliseconds PullSpeed::silence(TimePoint now) const
{
    if (!m_grewAt)
        return std::chrono::milliseconds(0);
    return std::chrono::duration_cast<std::chrono::milliseconds>(now - *m_grewAt);
}

} // namespace drover::app
