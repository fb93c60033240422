// SPDX-License-Identifier: MIT
#include "core/net/connection.h"

#include <algorithm>

namespace drover {

Connection::Connection(ClientSocket socket, std::uint64_t id, const Limits& limits, std::size_t& bodiesHeld,
    std::shared_ptr<OpenWebSockets> webSockets)
    : m_socket(std::move(socket))
    , m_id(id)
    , m_limits(limits)
    , m_bodiesHeld(bodiesHeld)
    , m_webSockets(std::move(webSockets))
    , m_parser(limits.headerBytesMax, *this)
{
    error_code ignored;
    Socket& plain = m_socket.socket();
    plain.non_blocking(true, ignored);
    plain.set_option(Tcp::no_delay(true), ignored);
    m_client = plain.remote_endpoint(ignored);
    m_local = plain.local_endpoint(ignored);
}

Connection::~Connection() = default;

void Connection::setDeadline(std::chrono::milliseconds fromNow)
{
    m_deadline = fromNow.count() > 0 ? Clock::now() + fromNow : TimePoint::max();
}

void Connection::expireIfDue(TimePoint now)
{
    if (now < m_deadline)
        return;
    m_deadline = TimePoint::max();
    m_expired = true;
    if (m_phase == Phase::Answering || m_writing)
        close();
    else
        m_readable.set();
}

void Connection::setIdleClose(bool closeWhenIdle)
{
    m_closeWhenIdle = closeWhenIdle;
    if (closeWhenIdle && m_phase == Phase::Idle)
        m_readable.set();
}

// ---- reading ----

void Connection::watch()
{
    if (m_watching || m_left || m_phase == Phase::Closed)
        return;
    m_watching = true;
    Socket& plain = m_socket.socket();
    if (m_socket.holdsInput())
        asio::post(plain.get_executor(), [self = shared_from_this()] { self->readable({}); });
    else
        plain.async_wait(m_socket.readWait(), [self = shared_from_this()](error_code error) { self->readable(error); });
}

/// The socket has bytes, or its end. While nobody reads, what comes is kept up to a limit.
void Connection::readable(error_code error)
{
    m_watching = false;
    const bool reading = m_phase == Phase::Idle || m_phase == Phase::Head || m_phase == Phase::Body;
    if (error) {
        leave();
    } else if (!reading && m_phase != Phase::Closed) {
        if (m_input.size() < pipelinedBytesMax && readSome())
            watch();
    }
    m_readable.set();
}

/// Reads what is there; false when the client left.
bool Connection::readSome()
{
    static thread_local char buffer[64 * 1024];
    error_code error;
    const std::size_t size = m_socket.readSome(buffer, m_phase == Phase::Body ? sizeof buffer : readBytes, error);
    if (error && !wouldBlock(error)) {
        leave();
        return false;
    }
    m_input.append(buffer, size);
    return true;
}

void Connection::leave()
{
    if (m_left)
        return;
    m_left = true;
    if (auto left = std::exchange(m_onLeave, nullptr))
        left();
}

/// More input, when there is some; false when the client left or was too slow.
Task<bool> Connection::more()
{
    for (;;) {
        if (m_left || m_expired || m_phase == Phase::Closed || (m_phase == Phase::Idle && m_closeWhenIdle))
            co_return false;
        const std::size_t before = m_input.size();
        if (!m_watching) {
            if (!readSome())
                co_return false;
            if (m_input.size() > before)
                co_return true;
            watch();
        }
        co_await m_readable.wait();
    }
}

Task<Result<>> Connection::secure()
{
    if (!m_socket.secure())
        co_return Result<>{};
    m_phase = Phase::Head;
    setDeadline(m_limits.headerTimeMax);
    for (;;) {
        const TlsSession::Step step = m_socket.handshake();
        if (step == TlsSession::Step::Done)
            co_return Result<>{};
        if (step == TlsSession::Step::SpeaksPlain) {
            m_socket.giveUpTls();
            m_keep = false;
            m_phase = Phase::Handling;
            co_return fail(Errc::BadRequest, "this port speaks https");
        }
        if (step == TlsSession::Step::Waits) {
            watch();
            co_await m_readable.wait();
        }
        if (step == TlsSession::Step::Failed || m_left || m_expired || m_phase == Phase::Closed)
            co_return fail(Errc::Cancelled, "no TLS with this client");
    }
}

Task<Result<>> Connection::nextHead()
{
    m_phase = Phase::Idle;
    m_keep = true;
    m_saidContinue = false;
    m_chunked = false;
    m_expired = false;
    m_onLeave = nullptr;
    m_parser.reset(m_limits.headerBytesMax);
    setDeadline(m_limits.idleTimeMax);
    if (m_input.empty() && m_input.capacity() > 4 * readBytes)
        std::string().swap(m_input);
    for (;;) {
        if (!m_input.empty()) {
            if (m_phase == Phase::Idle) {
                m_phase = Phase::Head;
                setDeadline(m_limits.headerTimeMax);
            }
            const auto used = m_parser.feed(m_input);
            if (!used) {
                m_keep = false;
                m_phase = Phase::Handling;
                co_return used.error();
            }
            m_input.erase(0, *used);
            if (m_parser.headDone())
                break;
        }
        if (!co_await more()) {
            m_keep = false;
            if (m_expired && m_phase == Phase::Head && !m_left) {
                m_phase = Phase::Handling;
                m_expired = false;
                co_return fail(Errc::BackendTimeout, "the request's head came too slowly");
            }
            co_return fail(Errc::Cancelled);
        }
    }
    m_keep = m_parser.head().keepAlive;
    m_phase = Phase::Handling;
    m_deadline = TimePoint::max();
    co_return Result<>{};
}

void Connection::body(std::string_view bytes)
{
    m_body.append(bytes);
}

void Connection::sayContinue()
{
    if (!m_saidContinue && m_parser.head().expectsContinue && m_parser.head().version >= 11 && m_input.empty())
        tryRaw("HTTP/1.1 100 Continue\r\n\r\n");
    m_saidContinue = true;
}

/// Parses what is there, or waits for more of the body.
Task<Result<>> Connection::feedBody()
{
    if (m_input.empty()) {
        if (!co_await more()) {
            m_keep = false;
            if (!m_left && m_expired)
                co_return fail(Errc::BackendTimeout, "the request's body came too slowly");
            co_return fail(Errc::Cancelled, "the client left");
        }
    }
    const auto used = m_parser.feed(m_input);
    if (!used) {
        m_keep = false;
        co_return used.error();
    }
    if (*used == 0 && m_input.size() > m_limits.headerBytesMax + sizeof(void*)) {
        m_keep = false;
        co_return fail(Errc::BadRequest, "malformed HTTP chunk");
    }
    m_input.erase(0, *used);
    if (*used == 0 && !co_await more()) {
        m_keep = false;
        co_return fail(Errc::Cancelled, "the client left");
    }
    co_return Result<>{};
}

Task<Result<std::string>> Connection::body(std::size_t bytesMax)
{
    const RequestHead& request = m_parser.head();
    if (request.hasLength && request.contentLength > bytesMax) {
        m_keep = false;
        co_return fail(Errc::TooLarge);
    }
    if (!m_parser.done()) {
        m_phase = Phase::Body;
        setDeadline(m_limits.bodyTimeMax);
        sayContinue();
        m_body.reserve(std::min<std::uint64_t>(request.contentLength, 1u << 20));
    }
    struct Held { // given up when this function ends, however it ends
        std::size_t& inAll;
        std::size_t mine = 0;
        ~Held() { inAll -= mine; }
    } held{m_bodiesHeld};
    while (!m_parser.done()) {
        if (auto fed = co_await feedBody(); !fed) {
            m_phase = Phase::Handling;
            co_return fed.error();
        }
        held.inAll += m_body.size() - held.mine;
        held.mine = m_body.size();
        const bool tooMuchInAll = held.inAll > m_limits.queueBytesMax && held.inAll > held.mine;
        if (m_body.size() > bytesMax || tooMuchInAll) {
            m_phase = Phase::Handling;
            m_keep = false;
            std::string().swap(m_body);
            co_return fail(tooMuchInAll ? Errc::QueueFull : Errc::TooLarge);
        }
    }
    m_phase = Phase::Handling;
    m_deadline = TimePoint::max();
    if (m_input.empty())
        std::string().swap(m_input);
    watch();
    co_return std::exchange(m_body, {});
}

Task<Result<std::string>> Connection::bodyPiece()
{
    while (m_body.empty() && !m_parser.done()) {
        m_phase = Phase::Body;
        setDeadline(m_limits.bodyTimeMax);
        sayContinue();
        if (auto fed = co_await feedBody(); !fed) {
            m_phase = Phase::Handling;
            co_return fed.error();
        }
    }
    m_deadline = TimePoint::max();
    m_phase = Phase::Handling;
    watch();
    co_return std::exchange(m_body, {});
}

void Connection::onLeave(std::function<void()> left)
{
    m_onLeave = std::move(left);
    if (m_onLeave)
        watch();
}

// ---- ending ----

bool Connection::finishedWhole()
{
    m_onLeave = nullptr;
    return m_phase == Phase::Answered && !m_left && m_keep && m_parser.done() && !m_closeWhenIdle;
}

Task<bool> Connection::finishExchange()
{
    m_onLeave = nullptr;
    if (m_phase != Phase::Answered || m_left)
        co_return false;
    std::size_t skipped = 0;
    while (m_keep && !m_parser.done() && skipped < skippedBodyBytesMax) {
        m_phase = Phase::Body;
        m_saidContinue = true;
        setDeadline(lingerTimeMax);
        if (!co_await feedBody())
            co_return false;
        skipped += std::exchange(m_body, {}).size();
    }
    if (!m_parser.done())
        m_keep = false;
    if (!m_keep && !m_parser.done())
        co_await linger();
    co_return m_keep && !m_closeWhenIdle;
}

Task<> Connection::linger()
{
    m_socket.endWriting();
    m_phase = Phase::Body;
    m_expired = false;
    setDeadline(lingerTimeMax);
    for (std::size_t taken = 0; taken < lingerBytesMax;) {
        taken += std::exchange(m_input, {}).size();
        if (!co_await more())
            break;
    }
}

void Connection::cut()
{
    error_code ignored;
    m_socket.socket().shutdown(Socket::shutdown_send, ignored); // without TLS's word that this is the end
    m_keep = false;
    m_onLeave = nullptr;
    close();
}

void Connection::close()
{
    if (m_phase == Phase::Closed)
        return;
    if (m_socket.secure() && m_phase != Phase::Answering && !m_left)
        m_socket.endWriting();
    m_phase = Phase::Closed;
    m_socket.close();
    leave();
    m_readable.set();
}

} // namespace drover
