// SPDX-License-Identifier: MIT
#include "core/protocol/request_inspector.h"

#include "core/protocol/request_scanner.h"

#include <boost/json/basic_parser_impl.hpp>

#include <algorithm>
#include <limits>

namespace json = boost::json;

namespace drover {

struct RequestInspector::State {
    json::basic_parser<RequestScanner> parser{options()};
    std::uint64_t consumed = 0; ///< bytes written so far
    bool blank = true; ///< nothing but blanks came
    Error error = {};
    bool failed = false;

    static json::parse_options options()
    {
        json::parse_options wanted;
        wanted.max_depth = depthMax;
        wanted.allow_invalid_utf8 = true; // Ollama's reader replaces it; the bytes pass as they are
        return wanted;
    }

    Result<> feed(std::string_view bytes, bool more);
    std::string problem(const json::error_code& code, std::uint64_t offset) const;
};

std::string RequestInspector::State::problem(const json::error_code& code, std::uint64_t offset) const
{
    const std::string_view found = parser.handler().problem();
    if (!found.empty())
        return std::string(found);
    if (code == json::error::incomplete)
        return blank ? "missing request body" : "unexpected EOF";
    if (code == json::error::too_deep)
        return "the JSON is nested more than " + std::to_string(depthMax) + " levels deep";
    return "invalid JSON at byte " + std::to_string(offset) + ": " + code.message();
}

Result<> RequestInspector::State::feed(std::string_view bytes, bool more)
{
    if (failed)
        return error;
    if (blank)
        blank = bytes.find_first_not_of(" \t\r\n") == std::string_view::npos;
    json::error_code code;
    const std::size_t used = parser.write_some(more, bytes.data(), bytes.size(), code);
    if (!code && used < bytes.size())
        code = json::make_error_code(json::error::extra_data);
    consumed += code ? used : bytes.size();
    if (!code)
        return {};
    failed = true;
    error = fail(Errc::BadRequest, problem(code, consumed));
    return error;
}

RequestInspector::RequestInspector()
    : m_state(std::make_unique<State>())
{
}

RequestInspector::~RequestInspector() = default;

Result<> RequestInspector::write(std::string_view bytes)
{
    return bytes.empty() ? Result<>() : m_state->feed(bytes, true);
}

Result<RequestFacts> RequestInspector::finish()
{
    const Result<> ended = m_state->feed({}, false);
    if (!ended)
        return ended.error();
    return m_state->parser.handler().takeFacts();
}

Result<RequestFacts> RequestInspector::inspect(std::string_view body)
{
    reset();
    const Result<> ended = m_state->feed(body, false);
    if (!ended)
        return ended.error();
    return m_state->parser.handler().takeFacts();
}

void RequestInspector::reset()
{
    m_state->parser.reset();
    m_state->parser.handler().reset();
    m_state->consumed = 0;
    m_state->blank = true;
    m_state->failed = false;
}

std::uint32_t RequestFacts::promptTokens() const
{
    constexpr std::uint64_t bytesPerToken = 4;
    const std::uint64_t tokens =
        std::max<std::uint64_t>(1, textBytes / bytesPerToken) + std::uint64_t{images} * tokensPerImage;
    return static_cast<std::uint32_t>(std::min<std::uint64_t>(tokens, std::numeric_limits<std::uint32_t>::max()));
}

} // namespace drover
