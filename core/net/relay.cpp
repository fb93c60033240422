// SPDX-License-Identifier: MIT
#include "core/net/relay.h"

#include "core/protocol/answer_shapes.h"
#include "core/protocol/head_parser.h"

#include <charconv>
#include <cstring>

namespace drover {
namespace {

constexpr std::string_view lastChunk = "0\r\n\r\n";
constexpr std::size_t errorBodyBytesMax = 64 * 1024; ///< kept of a backend's error for a stream already begun

std::string asChunk(std::string_view piece)
{
    char size[20];
    std::string chunk(size, std::to_chars(size, size + sizeof size, piece.size(), 16).ptr);
    return chunk.append("\r\n").append(piece).append("\r\n");
}

/// One answer on its way; its members are what the steps share.
class Relay : private BodySink {
public:
    Relay(BackendConnection& backend, Exchange& exchange, const RelayOrder& order)
        : m_backend(backend)
        , m_exchange(exchange)
        , m_order(order)
        , m_parser(*this)
        , m_counter(order.form ? pieceKind(*order.form) : PieceKind::Plain)
        , m_begun(exchange.answerBegun())
    {
        m_parser.reset(order.answersHead);
    }

    Task<RelayEnd> run();

private:
    enum class Way {
        Raw, ///< the backend's framing goes through
        Reframed ///< the body alone is taken out and framed by the Exchange
    };

    /// What one read brought.
    struct Fed {
        std::string_view unparsed; ///< left over: the parser needs more to use it
        std::string_view toSend; ///< of the body, with its framing
        bool headNow = false; ///< the head is whole with this read
        std::optional<Error> error = {};
    };

    void body(std::string_view bytes) override;
    Task<std::string_view> read(std::size_t kept);
    Fed feed(std::string_view all, std::size_t kept);
    Task<> deliver(const Fed& fed);
    std::string answerHead();
    std::string_view passNow(std::string_view bytes);
    Task<> passOn(std::string_view bytes);
    void ended();
    void waitForBackendSince(TimePoint since);
    Task<> finish(std::string_view lastBytes);
    Task<> breakOff(Error error);
    bool lacksLastPiece();
    RelayEnd end();

    BackendConnection& m_backend;
    Exchange& m_exchange;
    const RelayOrder& m_order;
    AnswerParser m_parser;
    PieceCounter m_counter;
    Way m_way = Way::Raw;
    bool m_begun; ///< the client has a status line already, from the wait
    bool m_started = false; ///< the backend's head is through
    bool m_cleanEdge = false; ///< what the client has ends at the edge of a chunk
    bool m_over = false; ///< nothing more is to be read
    std::string m_piece; ///< body bytes of one read, Reframed only
    RelayEnd m_end;
};

void Relay::body(std::string_view bytes)
{
    m_end.bytes += bytes.size();
    if (m_order.form)
        m_counter.feed(bytes);
    const bool errorToTell = m_begun && m_end.status >= 400;
    if (m_way == Way::Reframed && !(errorToTell && m_piece.size() > errorBodyBytesMax))
        m_piece.append(bytes);
}

/// The backend's head as the client gets it: its fields but the hop-by-hop ones, and ours.
std::string Relay::answerHead()
{
    const AnswerHead& head = m_parser.head();
    const bool bodiless = m_order.answersHead || head.status == 204 || head.status == 304;
    if (m_way == Way::Reframed || !(head.chunked || head.hasLength || bodiless))
        m_exchange.closeAfter();
    const std::string connection = head.fields.list("Connection");
    std::string lines = "HTTP/1.1 ";
    lines.reserve(1024);
    char status[8];
    lines.append(status, std::to_chars(status, status + sizeof status, head.status).ptr);
    lines.append(" ").append(head.reason).append("\r\n");
    for (std::size_t i = 0; i < head.fields.size(); ++i) {
        const auto [name, value] = head.fields.at(i);
        const bool framing = m_way == Way::Raw && head.chunked && equalsIgnoringCase(name, "Transfer-Encoding");
        if (framing || !isHopByHop(name, connection))
            lines.append(name).append(": ").append(value).append("\r\n");
    }
    if (m_order.ourLines)
        lines.append(m_order.ourLines());
    lines.append(m_exchange.connectionLine()).append("\r\n");
    return lines;
}

Task<RelayEnd> Relay::run()
{
    std::size_t kept = 0; // bytes at the buffer's start that the parser could not use yet; the client has them
    while (!m_over) {
        const std::string_view all = co_await read(kept);
        if (m_over)
            break;
        Fed fed = feed(all, kept);
        if (!fed.error && fed.unparsed.size() == BackendConnection::bufferBytes)
            fed.error = fail(Errc::BackendFailed, "the backend's header fields are too large");
        if (fed.error) {
            co_await breakOff(std::move(*fed.error));
            break;
        }
        kept = fed.unparsed.size();
        co_await deliver(fed);
        std::memmove(m_backend.buffer(), fed.unparsed.data(), kept);
    }
    co_return end();
}

/// Everything in the buffer after one more read; ends the relay when the backend is at its end.
Task<std::string_view> Relay::read(std::size_t kept)
{
    char* const buffer = m_backend.buffer();
    const TimePoint now = Clock::now();
    m_backend.deadline = m_order.silenceMax.count() > 0 ? now + m_order.silenceMax : TimePoint::max();
    waitForBackendSince(now);
    const auto [error, size] = co_await m_backend.readSome(buffer + kept, BackendConnection::bufferBytes - kept);
    if (!error)
        co_return std::string_view(buffer, kept + size);
    std::optional<Error> broken;
    if (m_backend.timedOut)
        broken = fail(Errc::BackendTimeout, "silent for " + std::to_string(m_order.silenceMax.count() / 1000) + " s");
    else if (!BackendConnection::isEnd(error))
        broken = fail(Errc::BackendFailed, error.message());
    if (m_order.cancelled && *m_order.cancelled)
        broken = fail(Errc::Cancelled);
    if (!broken) {
        if (const auto closed = m_parser.close(); !closed)
            broken = closed.error();
    }
    if (broken) {
        m_cleanEdge =
            m_parser.betweenChunks() && (kept == 0 ? m_end.bytes == 0 : std::string_view(buffer, kept) == "\r\n");
        co_await breakOff(std::move(*broken));
    } else {
        co_await finish({});
    }
    co_return std::string_view();
}

void Relay::waitForBackendSince(TimePoint since)
{
    if (m_order.silentSince)
        *m_order.silentSince = since;
}

/// Gives the parser all it can use.
Relay::Fed Relay::feed(std::string_view all, std::size_t kept)
{
    Fed fed{all, all.substr(kept)};
    while (!fed.unparsed.empty() && !m_parser.done()) {
        const bool hadHead = m_parser.headDone();
        const auto used = m_parser.feed(fed.unparsed);
        if (!used) {
            fed.error = used.error();
            return fed;
        }
        fed.unparsed.remove_prefix(*used);
        if (!hadHead && m_parser.headDone()) {
            m_end.status = m_parser.head().status;
            m_way = m_begun || (m_exchange.head().version < 11 && m_parser.head().chunked) ? Way::Reframed : Way::Raw;
            fed.headNow = true;
            fed.toSend = fed.unparsed;
        } else if (*used == 0) {
            break;
        }
    }
    if (m_parser.done()) // what follows belongs to nobody
        fed.toSend.remove_suffix(std::min(fed.unparsed.size(), fed.toSend.size()));
    return fed;
}

/// Tells the client what one read brought.
Task<> Relay::deliver(const Fed& fed)
{
    if (!m_parser.headDone())
        co_return;
    m_started = true;
    std::string lead;
    std::string_view bytes = fed.toSend;
    if (m_way == Way::Reframed)
        bytes =
            m_begun && m_end.status >= 400 ? std::string_view() : std::string_view(m_piece); // errors are told whole
    if (fed.headNow && !m_begun) {
        lead = answerHead();
        lead.append(bytes);
        bytes = lead;
    }
    if (m_parser.done()) {
        const bool plain = !m_begun && !lacksLastPiece();
        if (plain)
            bytes = passNow(bytes);
        if (plain && bytes.empty())
            ended();
        else
            co_await finish(bytes);
        m_end.reusable = m_end.reusable && fed.unparsed.empty();
        co_return;
    }
    if (bytes = passNow(bytes); !bytes.empty())
        co_await passOn(bytes);
    if (m_order.progressed && m_end.status == 200)
        m_order.progressed(m_counter.pieces());
}

/// Gives the client what its socket takes at once, which is a way around a coroutine for nearly every piece. Returns
/// what is left for `passOn`.
std::string_view Relay::passNow(std::string_view bytes)
{
    if (bytes.empty() || (m_way == Way::Reframed && m_begun))
        return bytes;
    const std::string_view left = m_exchange.tryRaw(bytes);
    if (left.empty() && m_way == Way::Reframed)
        m_piece.clear();
    return left;
}

Task<> Relay::passOn(std::string_view bytes)
{
    m_backend.deadline = TimePoint::max(); // the client is the slow one, if any
    waitForBackendSince(TimePoint::max());
    if (m_way == Way::Reframed && m_begun)
        co_await m_exchange.piece(bytes);
    else
        co_await m_exchange.raw(bytes);
    if (m_way == Way::Reframed)
        m_piece.clear();
}

/// A stream must end with its dialect's last piece. Ollama's own NDJSON may end without (protocols/ollama.md section
/// 3).
bool Relay::lacksLastPiece()
{
    return m_order.form && pieceKind(*m_order.form) == PieceKind::Sse && m_end.status == 200
        && m_parser.head().fields.get("Content-Type").starts_with("text/event-stream")
        && !readUsage(*m_order.form, m_counter.tail()).complete;
}

/// The backend's answer is whole; `lastBytes` are those the client does not have yet.
Task<> Relay::finish(std::string_view lastBytes)
{
    m_over = true;
    m_backend.deadline = TimePoint::max();
    waitForBackendSince(TimePoint::max());
    if (lacksLastPiece()) {
        if (m_way == Way::Raw && lastBytes.ends_with(lastChunk)) {
            lastBytes.remove_suffix(lastChunk.size());
            m_cleanEdge = true;
        }
        if (!lastBytes.empty())
            co_await passOn(lastBytes);
        co_await breakOff(fail(Errc::BackendFailed, "it ended its stream early"));
        co_return;
    }
    if (!lastBytes.empty())
        co_await passOn(lastBytes);
    if (m_begun) {
        if (m_end.status >= 400) {
            const AnswerForm form = m_order.form.value_or(AnswerForm{});
            m_piece.resize(std::min(m_piece.size(), errorBodyBytesMax));
            const std::string piece =
                form.streamed ? errorAsStreamPiece(form, m_end.status, m_piece, m_order.requestId) : m_piece;
            co_await m_exchange.piece(piece);
        }
        co_await m_exchange.end();
    }
    ended();
}

/// The client has the whole answer.
void Relay::ended()
{
    m_over = true;
    m_backend.deadline = TimePoint::max();
    if (!m_begun)
        m_exchange.rawEnd();
    m_end.whole = true;
    m_end.reusable = m_parser.head().keepAlive && !m_backend.closed();
}

/// The answer cannot become whole. Before its head the caller may still answer; after it the client is told in the
/// stream.
Task<> Relay::breakOff(Error error)
{
    m_over = true;
    m_end.error = std::move(error);
    m_backend.close();
    if (!m_started) {
        m_end.status = 0;
        co_return;
    }
    const AnswerHead& head = m_parser.head();
    if (m_order.form && m_order.form->streamed && m_end.status == 200) {
        std::string message(describe(m_end.error->code));
        if (!m_end.error->detail.empty())
            message += " (" + m_end.error->detail + ")";
        const std::string piece =
            streamErrorPiece(*m_order.form, {message, m_order.requestId, 502, m_counter.lastByte()});
        if (m_way == Way::Reframed && m_begun)
            co_await m_exchange.piece(piece);
        else if (m_way == Way::Reframed || !(head.chunked || head.hasLength))
            co_await m_exchange.raw(piece);
        else if (m_cleanEdge)
            co_await m_exchange.raw(asChunk(piece));
    }
    m_exchange.cut();
}

RelayEnd Relay::end()
{
    m_end.pieces = m_counter.pieces();
    if (m_order.form && m_end.status >= 400)
        m_end.errorText = errorMessageIn(m_counter.tail());
    if (m_order.form && m_end.status == 200) {
        m_end.usage = readUsage(*m_order.form, m_counter.tail());
        m_end.incomplete = m_end.whole && !m_end.usage.complete;
    }
    return std::move(m_end);
}

} // namespace

Task<RelayEnd> relayAnswer(BackendConnection& backend, Exchange& exchange, const RelayOrder& order)
{
    Relay relay(backend, exchange, order);
    co_return co_await relay.run();
}

} // namespace drover
