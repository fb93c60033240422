// SPDX-License-Identifier: MIT
#include "core/fronts/link_exchange.h"

#include <array>

namespace drover {

namespace {

/// The rest is about our backend and our queue.
constexpr std::array<std::string_view, 4> fieldsTold{"Content-Type", "Content-Length", "Cache-Control", "Retry-After"};

[[noreturn]] void throwGone()
{
    throw boost::system::system_error(asio::error::make_error_code(asio::error::connection_reset));
}

} // namespace

LinkExchange::LinkExchange(std::shared_ptr<PoolLink> link, PoolWork work)
    : m_link(std::move(link))
    , m_number(work.number)
    , m_body(std::move(work.body))
    , m_parser(*this)
{
    m_parser.reset(false);
    m_head.method = "POST";
    m_head.target = work.path;
    m_head.version = 10;
    m_head.hasLength = true;
    m_head.contentLength = m_body.size();
    for (const auto& [name, value] : work.headers)
        m_head.fields.add(name, value);
    if (!m_head.fields.has("X-Request-ID"))
        m_head.fields.add("X-Request-ID", work.id);
}

void LinkExchange::leave()
{
    if (std::exchange(m_left, true))
        return;
    if (const auto left = std::exchange(m_onLeave, nullptr))
        left();
}

void LinkExchange::handBack(const std::string& reason)
{
    if (m_left)
        return;
    m_handedBack = true;
    m_link->handBack(m_number, reason);
    leave();
}

std::string_view LinkExchange::whyLeft() const
{
    return m_handedBack ? "It was handed back to the pool." : "The pool, or the connection to it, went away.";
}

std::optional<PoolFault> LinkExchange::fault() const
{
    if (m_left)
        return PoolFault{"cancelled", "cancelled by the pool"};
    if (m_cut || !m_whole)
        return PoolFault{"upstream_error", "The answer broke off before its end."};
    return {};
}

Task<Result<std::string>> LinkExchange::body(std::size_t bytesMax)
{
    if (m_body.size() > bytesMax)
        co_return fail(Errc::TooLarge);
    co_return std::exchange(m_body, {});
}

Task<Result<std::string>> LinkExchange::bodyPiece()
{
    co_return std::exchange(m_body, {});
}

void LinkExchange::tellHead(int status, const HeaderFields& fields)
{
    if (std::exchange(m_headTold, true))
        return;
    std::vector<std::pair<std::string, std::string>> told;
    for (const std::string_view name : fieldsTold) {
        if (const std::string_view value = fields.get(name); !value.empty())
            told.emplace_back(name, value);
    }
    m_link->answerHead(m_number, status, told);
}

Task<> LinkExchange::answer(int status, std::string_view contentType, std::string_view body, HeaderLines more)
{
    m_begun = true;
    HeaderFields fields;
    fields.add("Content-Type", contentType);
    fields.add("Content-Length", std::to_string(body.size()));
    constexpr std::string_view retry = "Retry-After: ";
    if (const std::size_t at = more.find(retry); at != more.npos)
        fields.add(
            "Retry-After", std::string_view(more).substr(at + retry.size(), more.find('\r', at) - at - retry.size()));
    co_await room();
    tellHead(status, fields);
    m_link->answerPiece(m_number, body);
    m_whole = true;
}

Task<> LinkExchange::begin(int status, std::string_view contentType, HeaderLines)
{
    m_begun = true;
    HeaderFields fields;
    fields.add("Content-Type", contentType);
    co_await room();
    tellHead(status, fields);
}

Task<> LinkExchange::piece(std::string_view bytes)
{
    co_await room();
    m_link->answerPiece(m_number, bytes);
}

Task<> LinkExchange::end()
{
    m_whole = true;
    co_return;
}

/// Until the link has room; throws when nobody waits for the answer any more.
Task<> LinkExchange::room()
{
    while (!m_left && !m_link->hasRoom()) {
        const bool inTime = co_await m_link->waitForRoom();
        if (!inTime)
            leave();
    }
    if (m_left)
        throwGone();
}

Task<> LinkExchange::raw(std::string_view bytes)
{
    co_await room();
    takeRaw(bytes);
}

std::string_view LinkExchange::tryRaw(std::string_view bytes)
{
    if (m_left)
        throwGone();
    constexpr std::size_t signOfLifeBytesMax = 2048; // must not cut an answer because the link is busy
    if (!m_link->hasRoom() && (bytes.size() > signOfLifeBytesMax || !m_link->hasSomeRoom()))
        return bytes;
    takeRaw(bytes);
    return {};
}

/// A head as a relay writes it, then the bytes of its body; or these alone when the answer was begun before.
void LinkExchange::takeRaw(std::string_view bytes)
{
    if (m_headTold) {
        m_link->answerPiece(m_number, bytes);
        return;
    }
    m_begun = true;
    while (!bytes.empty()) {
        const bool hadHead = m_parser.headDone();
        const auto used = m_parser.feed(bytes);
        if (!used || (*used == 0 && !hadHead && !m_parser.headDone()))
            return cut();
        bytes.remove_prefix(*used);
        if (m_parser.headDone())
            break;
    }
    if (!m_parser.headDone())
        return;
    tellHead(m_parser.head().status, m_parser.head().fields);
    m_link->answerPiece(m_number, bytes);
}

void LinkExchange::body(std::string_view) { }

} // namespace drover
