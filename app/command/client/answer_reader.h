// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace drover::app {

/// Reads one HTTP/1 answer as its bytes come: head, then a body of known length, in chunks, or up to the end of the
/// connection. Pure; for answers of our own status endpoint.
class AnswerReader {
public:
    enum class State { Head, Body, Whole, Broken };

    /// More bytes. Heads above 64 KiB break it.
    void feed(std::string_view bytes);

    /// The connection has ended.
    void finish();

    State state() const { return m_state; }
    int status() const { return m_status; }

    /// What has come of the body since the last call.
    std::string takeBody();

private:
    enum class Framing { Length, Chunked, UntilClose };
    bool readHead();
    bool readBody();
    bool readChunk();

    State m_state = State::Head;
    Framing m_framing = Framing::UntilClose;
    int m_status = 0;
    std::uint64_t m_left = 0; ///< of the body or the chunk
    bool m_insideChunk = false;
    std::string m_unread = {};
    std::string m_body = {};
};

} // namespace drover::app
