// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/relay.h"
#include "core/net/signal.h"
#include "core/protocol/http_head.h"

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drover {

/// An answer whose parts are told as they come, on its way to a client: what the relay is for an answer that is read.
/// Core thread.
///
/// Who tells never waits. What the client's socket takes goes out at once; the rest is kept, up to a limit, beyond
/// which the client is cut off. The head goes out with the first bytes of the body. The body is framed anew, its bytes
/// are those that were told.
class PushedAnswer {
public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    /// Memory of answers that wait for their clients, of all together.
    struct Unread {
        std::size_t bytesMax = 8u << 20; ///< of one
        std::size_t bytesOfAllMax = 512u << 20;
        std::size_t bytesOfAll = 0;
    };

    /// `wake` is called when `run` has to go on; it must call `goOn` soon, and not from within. All outlive this.
    PushedAnswer(Exchange& exchange, const RelayOrder& order, Unread& unread, std::function<void()> wake);
    ~PushedAnswer();
    PushedAnswer(const PushedAnswer&) = delete;
    PushedAnswer& operator=(const PushedAnswer&) = delete;

    // ---- told by its source; nothing counts after `end` ----

    void head(int status, Fields fields, TimePoint now);
    void piece(std::string_view bytes, TimePoint now);
    void end(std::optional<Error> error); ///< without one it is whole

    TimePoint lastHeard() const { return m_lastHeard; }
    bool ended() const { return m_ended; }
    /// Its client takes too little: the source need not go on.
    bool overflown() const { return m_overflown; }
    /// The client has all of it, though its source has not said that this was the end.
    bool isDelivered() const;
    std::size_t unreadBytes() const { return m_unsent.size() - m_sent; }

    void goOn() { m_news.set(); }

    /// Until the answer has reached the client, or is over in another way. Like `relayAnswer`.
    Task<RelayEnd> run();

    static constexpr std::size_t writtenAtOnceMax = 256u << 10;

private:
    enum class Framing { Length, Chunked, UntilClose };

    void send(std::string_view bytes);
    void keep(std::string_view bytes);
    void release();
    void frame(std::string_view bytes, std::string& out) const;
    void beginAnswer(std::string& out);
    Task<> finish();
    Task<> breakOff(Error error);
    void sumUp();
    RelayEnd delivered();
    bool isToldInStream() const;
    bool lacksLastPiece() const;
    std::string_view contentType() const;

    Exchange& m_exchange;
    const RelayOrder& m_order;
    Unread& m_unread;
    std::function<void()> m_wake;
    Signal m_news;
    PieceCounter m_counter;
    Fields m_fields;
    std::string m_unsent; ///< framed, from `m_sent` on
    std::size_t m_sent = 0;
    std::string m_frame; ///< of one piece, kept for its memory
    RelayEnd m_end;
    std::optional<Error> m_error;
    std::optional<std::uint64_t> m_length; ///< as the head says
    TimePoint m_lastHeard{};
    Framing m_framing = Framing::Chunked;
    int m_status = 0;
    const bool m_begun; ///< the client has a status line already, from the wait
    bool m_started = false; ///< something of this answer was given to the client, or is kept for it
    bool m_ended = false;
    bool m_overflown = false;
    bool m_clientGone = false;
};

} // namespace drover
