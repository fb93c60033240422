// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <cstddef>

namespace drover::app {

/// The last lines that a program wrote, with a limit on their number and their length.
class OutputRing {
public:
    static constexpr int linesMax = 500;
    static constexpr int lineBytesMax = 2'000; ///< the rest of a longer line is dropped

    /// Bytes as they come, in pieces of any size. Gives the lines that end with them.
    QStringList add(const QByteArray& bytes);

    /// Whole lines, oldest first, and then the one that is not ended yet.
    QStringList lines() const;

    /// The last line that speaks of an error, at most 200 characters of it; empty when there is none.
    QString lastError() const;

    void clear();

private:
    void endLine();

    QStringList m_lines;
    QByteArray m_open; ///< the line that is not ended yet
};

} // namespace drover::app
