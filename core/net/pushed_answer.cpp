// SPDX-License-Identifier: MIT
#include "core/net/pushed_answer.h"

#include "core/protocol/answer_shapes.h"

#include <charconv>

namespace drover {
namespace {

const boost::system::system_error clientGone{boost::asio::error::make_error_code(boost::asio::error::connection_reset)};

/// Of an answer's fields those that the framing decides.
bool isFraming(std::string_view name)
{
    return equalsIgnoringCase(name, "Content-Length") || isHopByHop(name, {});
}

void appendNumber(std::string& text, std::uint64_t number, int base)
{
    char digits[24];
    text.append(digits, std::to_chars(digits, digits + sizeof digits, number, base).ptr);
}

} // namespace

PushedAnswer::PushedAnswer(Exchange& exchange, const RelayOrder& order, Unread& unread, std::function<void()> wake)
    : m_exchange(exchange)
    , m_order(order)
    , m_unread(unread)
    , m_wake(std::move(wake))
    , m_counter(order.form ? pieceKind(*order.form) : PieceKind::Plain)
    , m_lastHeard(Clock::now())
    , m_begun(exchange.answerBegun())
{
    if (m_order.silentSince)
        *m_order.silentSince = m_lastHeard;
}

PushedAnswer::~PushedAnswer()
{
    release();
}

void PushedAnswer::release()
{
    m_unread.bytesOfAll -= unreadBytes();
    m_unsent.clear();
    m_sent = 0;
}

std::string_view PushedAnswer::contentType() const
{
    for (const auto& [name, value] : m_fields)
        if (equalsIgnoringCase(name, "Content-Type"))
            return value;
    return {};
}

/// An error for a stream that was begun with status 200: its words become a piece of the stream, at the end.
bool PushedAnswer::isToldInStream() const
{
    return m_begun && m_status >= 400 && m_order.form && m_order.form->streamed;
}

// ---- told ----

void PushedAnswer::head(int status, Fields fields, TimePoint now)
{
    if (m_ended || m_status != 0)
        return;
    m_lastHeard = now;
    m_status = status;
    m_fields = std::move(fields);
    for (const auto& [name, value] : m_fields) {
        if (!equalsIgnoringCase(name, "Content-Length"))
            continue;
        std::uint64_t length = 0;
        const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), length);
        if (error == std::errc{} && end == value.data() + value.size())
            m_length = length;
    }
}

void PushedAnswer::piece(std::string_view bytes, TimePoint now)
{
    if (m_ended || m_status == 0 || bytes.empty() || m_overflown || m_clientGone)
        return;
    m_lastHeard = now;
    m_end.bytes += bytes.size();
    if (m_order.form)
        m_counter.feed(bytes);
    if (isToldInStream())
        return;
    send(bytes);
    if (m_order.progressed && m_status == 200)
        m_order.progressed(m_counter.pieces());
}

void PushedAnswer::end(std::optional<Error> error)
{
    if (std::exchange(m_ended, true))
        return;
    m_error = std::move(error);
    if (m_started && unreadBytes() > 0 && m_order.backendDone)
        m_order.backendDone();
    m_wake();
}

// ---- to the client ----

/// The head as the client gets it: the fields of the answer but those of its connection, and ours.
void PushedAnswer::beginAnswer(std::string& out)
{
    const bool modern = m_exchange.head().version >= 11;
    m_framing = m_length ? Framing::Length : modern ? Framing::Chunked : Framing::UntilClose;
    if (m_framing == Framing::UntilClose)
        m_exchange.closeAfter();
    out.reserve(512 + out.size());
    out.append("HTTP/1.1 ");
    if (const std::string_view words = statusWords(m_status); !words.empty())
        out.append(words);
    else
        appendNumber(out, static_cast<std::uint64_t>(m_status), 10);
    out.append("\r\n");
    for (const auto& [name, value] : m_fields)
        if (!isFraming(name))
            out.append(name).append(": ").append(value).append("\r\n");
    if (m_framing == Framing::Chunked) {
        out.append("Transfer-Encoding: chunked\r\n");
    } else if (m_framing == Framing::Length) {
        out.append("Content-Length: ");
        appendNumber(out, *m_length, 10);
        out.append("\r\n");
    }
    if (m_order.ourLines)
        out.append(m_order.ourLines());
    out.append(m_exchange.connectionLine()).append("\r\n");
}

void PushedAnswer::frame(std::string_view bytes, std::string& out) const
{
    if (m_framing != Framing::Chunked) {
        out.append(bytes);
        return;
    }
    appendNumber(out, bytes.size(), 16);
    out.append("\r\n").append(bytes).append("\r\n");
}

void PushedAnswer::send(std::string_view bytes)
{
    m_frame.clear();
    if (!std::exchange(m_started, true)) {
        if (m_begun)
            m_framing = m_exchange.head().version >= 11 ? Framing::Chunked : Framing::UntilClose;
        else
            beginAnswer(m_frame);
    }
    frame(bytes, m_frame);
    if (unreadBytes() > 0) {
        keep(m_frame);
        return;
    }
    try {
        const std::string_view left = m_exchange.tryRaw(m_frame);
        if (!left.empty())
            keep(left);
        if (m_order.silentSince)
            *m_order.silentSince = left.empty() ? m_lastHeard : TimePoint::max();
    } catch (const boost::system::system_error&) {
        m_clientGone = true;
        m_wake();
    }
}

void PushedAnswer::keep(std::string_view bytes)
{
    const bool fits = unreadBytes() + bytes.size() <= m_unread.bytesMax
        && m_unread.bytesOfAll + bytes.size() <= m_unread.bytesOfAllMax;
    if (!fits) {
        m_overflown = true;
        m_exchange.cut(); // ends the wait for its socket, too
    } else {
        m_unsent.append(bytes);
        m_unread.bytesOfAll += bytes.size();
    }
    m_wake();
}

Task<RelayEnd> PushedAnswer::run()
{
    for (;;) {
        while (!m_clientGone && !m_overflown && unreadBytes() > 0) {
            const std::string part = m_unsent.substr(m_sent, writtenAtOnceMax);
            co_await m_exchange.raw(part);
            m_sent += part.size();
            m_unread.bytesOfAll -= part.size();
            if (m_sent == m_unsent.size()) {
                m_unsent.clear();
                m_sent = 0;
            } else if (m_sent > m_unread.bytesMax / 2) {
                m_unsent.erase(0, std::exchange(m_sent, 0));
            }
        }
        if (m_overflown || m_clientGone)
            throw clientGone;
        if (m_ended)
            break;
        if (m_order.silentSince)
            *m_order.silentSince = m_lastHeard;
        co_await m_news.wait();
    }
    if (m_order.silentSince)
        *m_order.silentSince = TimePoint::max();
    if (m_order.cancelled && *m_order.cancelled) {
        if (isDelivered())
            co_return delivered();
        m_error = fail(Errc::Cancelled);
    }
    if (!m_error && m_status == 0)
        m_error = fail(Errc::BackendFailed, "it ended its answer before it began");
    if (!m_error && m_length && m_end.bytes != *m_length)
        m_error = fail(Errc::BackendFailed, "its answer is shorter or longer than it said");
    if (!m_error && lacksLastPiece())
        m_error = fail(Errc::BackendFailed, "it ended its stream early");
    if (m_error)
        co_await breakOff(std::move(*m_error));
    else
        co_await finish();
    sumUp();
    co_return std::move(m_end);
}

void PushedAnswer::sumUp()
{
    m_end.pieces = m_counter.pieces();
    if (m_order.form && m_end.status >= 400)
        m_end.errorText = errorMessageIn(m_counter.tail());
    if (m_order.form && m_end.status == 200) {
        m_end.usage = readUsage(*m_order.form, m_counter.tail());
        m_end.incomplete = m_end.whole && !m_end.usage.complete;
    }
}

/// The client has all of it, though the worker has not said that this was the end. Clients go as soon as they do.
bool PushedAnswer::isDelivered() const
{
    if (!m_started || m_status == 0 || unreadBytes() > 0)
        return false;
    if (m_length)
        return m_end.bytes == *m_length;
    return m_order.form && m_order.form->streamed && m_status == 200
        && readUsage(*m_order.form, m_counter.tail()).complete;
}

RelayEnd PushedAnswer::delivered()
{
    m_end.status = m_status;
    m_end.whole = true;
    m_exchange.cut();
    sumUp();
    return std::move(m_end);
}

/// A stream must end with its dialect's last piece, see the relay.
bool PushedAnswer::lacksLastPiece() const
{
    return m_order.form && pieceKind(*m_order.form) == PieceKind::Sse && m_status == 200
        && contentType().starts_with("text/event-stream") && !readUsage(*m_order.form, m_counter.tail()).complete;
}

Task<> PushedAnswer::finish()
{
    m_end.status = m_status;
    if (isToldInStream()) {
        const std::string piece = errorAsStreamPiece(*m_order.form, m_status, m_counter.tail(), m_order.requestId);
        co_await m_exchange.piece(piece);
        co_await m_exchange.end();
        m_end.whole = true;
        co_return;
    }
    std::string last;
    if (!m_started) {
        m_started = true;
        if (m_begun)
            m_framing = m_exchange.head().version >= 11 ? Framing::Chunked : Framing::UntilClose;
        else
            beginAnswer(last);
    }
    if (m_framing == Framing::Chunked)
        last.append("0\r\n\r\n");
    const std::string_view left = last.empty() ? std::string_view() : m_exchange.tryRaw(last);
    if (!left.empty())
        co_await m_exchange.raw(left);
    m_exchange.rawEnd();
    m_end.whole = true;
}

/// The answer cannot become whole. Before its first byte the caller may still answer; after it the client is told in
/// the stream.
Task<> PushedAnswer::breakOff(Error error)
{
    m_end.error = std::move(error);
    if (!m_started) {
        m_end.status = 0;
        co_return;
    }
    m_end.status = m_status;
    if (m_order.form && m_order.form->streamed && m_status == 200 && m_framing != Framing::Length) {
        std::string message(describe(m_end.error->code));
        if (!m_end.error->detail.empty())
            message += " (" + m_end.error->detail + ")";
        std::string piece;
        frame(streamErrorPiece(*m_order.form, {message, m_order.requestId, 502, m_counter.lastByte()}), piece);
        co_await m_exchange.raw(piece);
    }
    m_exchange.cut();
}

} // namespace drover
