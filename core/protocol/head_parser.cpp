// SPDX-License-Identifier: MIT
#include "core/protocol/head_parser.h"

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include <algorithm>
#include <optional>

namespace drover {
namespace {

namespace http = boost::beast::http;
using boost::system::error_code;
using view = boost::beast::string_view;

std::string_view std_view(view text)
{
    return {text.data(), text.size()};
}

error_code refuse()
{
    return http::error::bad_value;
}

/// What both directions share: collecting fields, passing on the body, watching for the end.
template <bool isRequest, class Head> class Reader : public http::basic_parser<isRequest> {
public:
    Reader(Head& head, BodySink& sink, std::size_t headerBytesMax)
        : m_head(head)
        , m_sink(sink)
    {
        this->body_limit(boost::none);
        this->header_limit(static_cast<std::uint32_t>(headerBytesMax));
    }

    bool chunkWhole() const { return m_chunkLeft == 0; }
    bool awaitsChunk() const { return this->is_header_done() && this->chunked() && chunkWhole(); }

protected:
    void on_request_impl(http::verb, view method, view target, int version, error_code&) override
    {
        if constexpr (isRequest) {
            m_head.method = std_view(method);
            m_head.target = std_view(target);
            m_head.version = static_cast<unsigned>(version);
        }
    }
    void on_response_impl(int status, view reason, int version, error_code&) override
    {
        if constexpr (!isRequest) {
            m_head.status = status;
            m_head.reason = std_view(reason);
            m_head.version = static_cast<unsigned>(version);
        }
    }
    void on_field_impl(http::field field, view name, view value, error_code& error) override
    {
        m_head.fields.add(std_view(name), std_view(value));
        if (field == http::field::transfer_encoding && isRequest) {
            if (m_codings++ > 0 || !equalsIgnoringCase(std_view(value), "chunked"))
                error = refuse();
        } else if constexpr (isRequest) {
            if (field == http::field::expect)
                m_head.expectsContinue = equalsIgnoringCase(std_view(value), "100-continue");
            else if (field == http::field::host)
                ++m_hosts;
        }
    }
    void on_header_impl(error_code& error) override
    {
        m_head.chunked = this->chunked();
        if (const auto length = this->content_length()) {
            m_head.hasLength = true;
            m_head.contentLength = *length;
        }
        m_head.keepAlive = this->keep_alive();
        if constexpr (isRequest) {
            const bool old = m_head.version < 11;
            if (m_hosts > 1 || (m_hosts == 0 && !old) || (m_codings > 0 && old))
                error = refuse();
        }
    }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, error_code&) override { }
    std::size_t on_body_impl(view bytes, error_code&) override
    {
        m_sink.body(std_view(bytes));
        return bytes.size();
    }
    void on_chunk_header_impl(std::uint64_t size, view, error_code&) override { m_chunkLeft = size; }
    std::size_t on_chunk_body_impl(std::uint64_t, view bytes, error_code&) override
    {
        m_sink.body(std_view(bytes));
        m_chunkLeft -= std::min<std::uint64_t>(m_chunkLeft, bytes.size());
        return bytes.size();
    }
    void on_finish_impl(error_code&) override { }

private:
    std::uint64_t m_chunkLeft = 0;
    Head& m_head;
    BodySink& m_sink;
    int m_codings = 0;
    int m_hosts = 0;
};

class RequestReader : public Reader<true, RequestHead> {
public:
    using Reader::Reader;
};

class AnswerReader : public Reader<false, AnswerHead> {
public:
    using Reader::Reader;
};

/// Of the shortest last chunk, "0", and two line ends: Beast asserts that it never sees fewer again after a part of it.
constexpr std::size_t lastChunkBytes = 5;

/// Feeds until the head is done, once; then through the body. Returns bytes used.
template <class Parser> std::size_t put(Parser& parser, std::string_view bytes, error_code& error)
{
    std::size_t used = 0;
    const bool hadHead = parser.is_header_done();
    while (!parser.is_done() && used < bytes.size()) {
        if (parser.awaitsChunk() && bytes.size() - used < lastChunkBytes)
            break;
        used += parser.put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), error);
        if (error || parser.is_header_done() != hadHead)
            break;
    }
    if (error == http::error::need_more)
        error = {};
    return used;
}

} // namespace

struct RequestParser::State {
    BodySink& sink;
    RequestHead head;
    std::optional<RequestReader> reader;
};

RequestParser::RequestParser(std::size_t headerBytesMax, BodySink& sink)
    : m_state(new State{sink, {}, {}})
{
    reset(headerBytesMax);
}

RequestParser::~RequestParser() = default;

void RequestParser::reset(std::size_t headerBytesMax)
{
    m_state->head.clear();
    m_state->reader.emplace(m_state->head, m_state->sink, headerBytesMax);
}

Result<std::size_t> RequestParser::feed(std::string_view bytes)
{
    error_code error;
    const std::size_t used = put(*m_state->reader, bytes, error);
    if (error == http::error::header_limit)
        return fail(Errc::TooLarge, "the header fields are larger than Drover takes");
    if (error)
        return fail(Errc::BadRequest, "malformed HTTP request: " + error.message());
    m_state->reader->eager(m_state->reader->is_header_done());
    return used;
}

bool RequestParser::headDone() const
{
    return m_state->reader->is_header_done();
}

bool RequestParser::done() const
{
    return m_state->reader->is_done();
}

const RequestHead& RequestParser::head() const
{
    return m_state->head;
}

struct AnswerParser::State {
    BodySink& sink;
    AnswerHead head;
    std::optional<AnswerReader> reader;
    bool answersHead = false;

    void restart()
    {
        head.clear();
        reader.emplace(head, sink, headerBytesMax);
        reader->skip(answersHead);
    }
};

AnswerParser::AnswerParser(BodySink& sink)
    : m_state(new State{sink, {}, {}})
{
    reset(false);
}

AnswerParser::~AnswerParser() = default;

void AnswerParser::reset(bool answersHead)
{
    m_state->answersHead = answersHead;
    m_state->restart();
}

Result<std::size_t> AnswerParser::feed(std::string_view bytes)
{
    std::size_t used = 0;
    for (;;) {
        error_code error;
        const bool hadHead = m_state->reader->is_header_done();
        used += put(*m_state->reader, bytes.substr(used), error);
        if (error)
            return fail(Errc::BackendFailed, "malformed HTTP answer: " + error.message());
        const int status = m_state->head.status;
        if (!hadHead && m_state->reader->is_header_done() && status >= 100 && status < 200 && status != 101) {
            m_state->restart();
            continue;
        }
        m_state->reader->eager(m_state->reader->is_header_done());
        return used;
    }
}

Result<> AnswerParser::close()
{
    if (m_state->reader->is_done())
        return {};
    error_code error;
    if (m_state->reader->is_header_done() && m_state->reader->need_eof())
        m_state->reader->put_eof(error);
    if (error || !m_state->reader->is_done())
        return fail(Errc::BackendFailed, "the backend closed the connection before its answer was whole");
    return {};
}

bool AnswerParser::headDone() const
{
    return m_state->reader->is_header_done();
}

bool AnswerParser::done() const
{
    return m_state->reader->is_done();
}

bool AnswerParser::betweenChunks() const
{
    return m_state->reader->chunkWhole();
}

const AnswerHead& AnswerParser::head() const
{
    return m_state->head;
}

} // namespace drover
