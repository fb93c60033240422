// SPDX-License-Identifier: MIT
#pragma once

#include "core/protocol/answer_shapes.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace drover {

/// How an answer's body is cut into pieces.
enum class PieceKind {
    Ndjson, ///< one a line
    Sse, ///< one an event: lines up to an empty one; comments alone are none
    Plain ///< not at all
};

PieceKind pieceKind(AnswerForm form);

/// Counts the pieces of a streamed answer as its bytes pass, and keeps its end for `readUsage`. How the bytes are split
/// makes no difference. Costs a memchr per line; memory is `tailBytesMax` twice at most.
class PieceCounter {
public:
    explicit PieceCounter(PieceKind kind);

    void feed(std::string_view body);

    std::uint64_t pieces() const { return m_pieces; } ///< whole ones; 0 for Plain
    std::uint64_t bytes() const { return m_bytes; }
    char lastByte() const { return m_lastByte; } ///< 0 before the first
    std::string_view tail() const; ///< the last bytes, at most `tailBytesMax`; valid until `feed`

    static constexpr std::size_t tailBytesMax = 8192;

private:
    void countLines(std::string_view body);
    void endLine();
    void keepTail(std::string_view body);

    PieceKind m_kind;
    char m_lastByte = 0;
    bool m_lineBegun = false; ///< a byte of the line that is not ended was seen
    bool m_lineIsComment = false; ///< ... and it was a colon
    bool m_eventBegun = false; ///< the event that is not ended has a line that is no comment
    std::uint64_t m_pieces = 0;
    std::uint64_t m_bytes = 0;
    std::string m_tail;
};

} // namespace drover
