// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/dispatch/job.h"
#include "core/net/client_socket.h"
#include "core/net/exchange.h"
#include "core/net/open_web_sockets.h"
#include "core/net/signal.h"
#include "core/protocol/head_parser.h"

#include <cstdint>
#include <memory>
#include <string>

namespace drover {

/// A client's connection: reads requests one after the other, is the Exchange of each. Core thread.
///
/// One wait for readability is under way all the time, also while an answer is written: so it learns at once that the
/// client has gone. All time limits are one point in time, `deadline`, that the server's sweep compares with the clock.
class Connection final : public Exchange, private BodySink, public std::enable_shared_from_this<Connection> {
public:
    /// `bodiesHeld` counts the bytes of bodies that are being read, over all connections of the server; `webSockets`
    /// are what others of them have become.
    Connection(ClientSocket socket, std::uint64_t id, const Limits& limits, std::size_t& bodiesHeld,
        std::shared_ptr<OpenWebSockets> webSockets);
    ~Connection() override;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    /// TLS's handshake, where it is spoken. Fails with BadRequest when the client speaks plain HTTP instead (which can
    /// still be answered), Cancelled when there is nobody to answer.
    Task<Result<>> secure();

    /// The next request's head. Fails with Cancelled when there is none and the connection is over, TooLarge or
    /// BadRequest when it is not one, BackendTimeout when it came too slowly.
    Task<Result<>> nextHead();

    /// Ends what the handler left undone. False when the connection cannot be used again.
    Task<bool> finishExchange();

    /// Nothing was left undone and the connection goes on: `finishExchange` is not needed.
    bool finishedWhole();

    /// Reads on for a moment, so that an answer given before the request was read is not destroyed by a reset.
    Task<> linger();

    void close();
    bool dueBy(TimePoint now) const { return now >= m_deadline; }
    void expireIfDue(TimePoint now);
    void setIdleClose(bool closeWhenIdle);
    bool idle() const { return m_phase == Phase::Idle; }

    const RequestHead& head() const override { return m_parser.head(); }
    const Tcp::endpoint& client() const override { return m_client; }
    const Tcp::endpoint& local() const override { return m_local; }
    std::uint64_t connectionId() const override { return m_id; }
    std::optional<std::string>& callerName() override { return m_callerName; }
    Task<Result<std::string>> body(std::size_t bytesMax) override;
    Task<Result<std::string>> bodyPiece() override;
    Task<> answer(int status, std::string_view contentType, std::string_view body, HeaderLines more) override;
    Task<> begin(int status, std::string_view contentType, HeaderLines more) override;
    Task<> piece(std::string_view bytes) override;
    Task<> end() override;
    Task<> raw(std::string_view bytes) override;
    std::string_view tryRaw(std::string_view bytes) override;
    void rawEnd() override;
    std::string_view connectionLine() const override;
    void closeAfter() override { m_keep = false; }
    void cut() override;
    bool answerBegun() const override { return m_phase == Phase::Answering || m_phase == Phase::Answered; }
    Task<Result<std::unique_ptr<WebSocket>>> upgrade(std::size_t messageBytesMax) override;
    void onLeave(std::function<void()> left) override;
    bool clientLeft() const override { return m_left; }

    static constexpr std::size_t readBytes = 16 * 1024;
    static constexpr std::size_t pipelinedBytesMax = 64 * 1024;
    static constexpr std::size_t lingerBytesMax = 512u << 20;
    static constexpr std::size_t skippedBodyBytesMax = 256 * 1024;
    static constexpr std::chrono::milliseconds lingerTimeMax{5'000};

private:
    enum class Phase { Idle, Head, Body, Handling, Answering, Answered, Closed };

    void body(std::string_view bytes) override;
    void watch();
    void readable(error_code error);
    bool readSome();
    Task<bool> more();
    Task<Result<>> feedBody();
    void sayContinue();
    void leave();
    void setDeadline(std::chrono::milliseconds fromNow);

    ClientSocket m_socket;
    std::uint64_t m_id;
    const Limits& m_limits; ///< the server's, always the newest
    std::size_t& m_bodiesHeld;
    std::shared_ptr<OpenWebSockets> m_webSockets;
    Tcp::endpoint m_client;
    Tcp::endpoint m_local;
    RequestParser m_parser;
    std::string m_input; ///< read, not yet parsed
    std::string m_body; ///< parsed, not yet taken
    Signal m_readable;
    std::optional<std::string> m_callerName;
    std::function<void()> m_onLeave;
    TimePoint m_deadline = TimePoint::max();
    Phase m_phase = Phase::Idle;
    bool m_watching = false; ///< a wait for readability is under way
    bool m_writing = false; ///< a wait for writability is under way
    bool m_left = false; ///< the client closed, or the socket failed
    bool m_expired = false; ///< the deadline passed
    bool m_keep = true; ///< the connection goes on after this answer
    bool m_chunked = false; ///< the begun answer's framing
    bool m_closeWhenIdle = false;
    bool m_saidContinue = false;
};

} // namespace drover
