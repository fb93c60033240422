// SPDX-License-Identifier: MIT
#include "core/protocol/piece_counter.h"

#include <cstring>

namespace drover {

namespace {

/// Where the line that `text` begins in ends; npos when it goes on after it.
std::size_t lineEnd(std::string_view text)
{
    const void* found = text.empty() ? nullptr : std::memchr(text.data(), '\n', text.size());
    return found == nullptr ? std::string_view::npos
                            : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

} // namespace

PieceKind pieceKind(AnswerForm form)
{
    if (!form.streamed)
        return PieceKind::Plain;
    return dialectOf(form.endpoint) == Dialect::Ollama ? PieceKind::Ndjson : PieceKind::Sse;
}

PieceCounter::PieceCounter(PieceKind kind)
    : m_kind(kind)
{
}

void PieceCounter::feed(std::string_view body)
{
    if (body.empty())
        return;
    if (m_kind != PieceKind::Plain)
        countLines(body);
    m_bytes += body.size();
    m_lastByte = body.back();
    keepTail(body);
}

std::string_view PieceCounter::tail() const
{
    const std::string_view kept = m_tail;
    return kept.size() > tailBytesMax ? kept.substr(kept.size() - tailBytesMax) : kept;
}

void PieceCounter::countLines(std::string_view body)
{
    while (!body.empty()) {
        const std::size_t end = lineEnd(body);
        std::string_view line = body.substr(0, end);
        if (!m_lineBegun) {
            while (line.starts_with('\r'))
                line.remove_prefix(1);
            m_lineBegun = !line.empty();
            m_lineIsComment = line.starts_with(':');
        }
        if (end == std::string_view::npos)
            return;
        endLine();
        body.remove_prefix(end + 1);
    }
}

void PieceCounter::endLine()
{
    const bool empty = !m_lineBegun;
    m_lineBegun = false;
    if (m_kind == PieceKind::Ndjson) {
        m_pieces += empty ? 0 : 1;
    } else if (!empty) {
        m_eventBegun = m_eventBegun || !m_lineIsComment;
    } else if (m_eventBegun) {
        m_eventBegun = false;
        ++m_pieces;
    }
}

void PieceCounter::keepTail(std::string_view body)
{
    if (body.size() >= tailBytesMax) {
        m_tail.assign(body.substr(body.size() - tailBytesMax));
        return;
    }
    if (m_tail.size() + body.size() > 2 * tailBytesMax)
        m_tail.erase(0, m_tail.size() - tailBytesMax);
    m_tail += body;
}

} // namespace drover
