// SPDX-License-Identifier: MIT
#include "app/ollama/output_ring.h"

namespace drover::app {

QStringList OutputRing::add(const QByteArray& bytes)
{
    QStringList ended;
    for (const char letter : bytes) {
        if (letter == '\n') {
            endLine();
            ended << m_lines.back();
        } else if (letter != '\r' && m_open.size() < lineBytesMax)
            m_open += letter;
    }
    return ended;
}

QStringList OutputRing::lines() const
{
    QStringList all = m_lines;
    if (!m_open.isEmpty())
        all << QString::fromUtf8(m_open);
    return all;
}

QString OutputRing::lastError() const
{
    constexpr int shownMax = 200;
    const QStringList all = lines();
    for (auto line = all.crbegin(); line != all.crend(); ++line) {
        if (line->contains(QLatin1String("error"), Qt::CaseInsensitive))
            return line->trimmed().left(shownMax);
    }
    return {};
}

void OutputRing::clear()
{
    m_lines.clear();
    m_open.clear();
}

void OutputRing::endLine()
{
    m_lines << QString::fromUtf8(m_open);
    m_open.clear();
    if (m_lines.size() > linesMax)
        m_lines.removeFirst();
}

} // namespace drover::app
