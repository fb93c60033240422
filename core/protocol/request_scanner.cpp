// SPDX-License-Identifier: MIT
#include "core/protocol/request_scanner.h"

#include "core/protocol/helper_calls.h"

#include <algorithm>

namespace drover {

namespace {

constexpr std::size_t messageDepth = 3; // { "messages": [ { here
constexpr std::size_t partDepth = 5; // { "messages": [ { "content": [ { here
constexpr std::uint64_t bytesOfToken = 4; // a prompt may be a list of token numbers

void appendUpTo(std::string& out, std::string_view text, std::size_t bytesMax)
{
    out += text.substr(0, bytesMax - std::min(bytesMax, out.size()));
}

template <std::size_t size> void appendTo(std::array<char, size>& out, std::size_t& used, std::string_view text)
{
    if (used < size)
        std::copy_n(text.data(), std::min(size - used, text.size()), out.data() + used);
    used += text.size();
}

template <std::size_t size> std::string_view kept(const std::array<char, size>& out, std::size_t used)
{
    return {out.data(), std::min(used, size)};
}

} // namespace

RequestScanner::Member RequestScanner::memberOf(std::string_view key)
{
    std::array<char, 32> lower{};
    if (key.size() > lower.size())
        return Member::Other;
    // Go's reader, which is Ollama's, takes "MODEL" for "model".
    std::transform(key.begin(), key.end(), lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    const std::string_view name(lower.data(), key.size());
    struct Row {
        std::string_view name;
        Member member;
    };
    static constexpr std::array rows{Row{"model", Member::Model}, Row{"messages", Member::Messages},
        Row{"stream", Member::Stream}, Row{"prompt", Member::Prompt}, Row{"input", Member::Input},
        Row{"user", Member::User}, Row{"metadata", Member::Metadata}, Row{"system", Member::Text},
        Row{"suffix", Member::Text}, Row{"instructions", Member::Text}, Row{"template", Member::Text},
        Row{"tools", Member::Tools}, Row{"images", Member::Images}, Row{"options", Member::Options},
        Row{"max_tokens", Member::MaxTokens}, Row{"max_completion_tokens", Member::MaxTokens},
        Row{"max_output_tokens", Member::MaxTokens}};
    for (const Row& row : rows) {
        if (row.name == name)
            return row.member;
    }
    return Member::Other;
}

RequestScanner::Inner RequestScanner::innerOf(std::string_view key)
{
    if (key == "content")
        return Inner::Content;
    if (key == "role")
        return Inner::Role;
    if (key == "text")
        return Inner::Text;
    if (key == "images")
        return Inner::Images;
    // OpenAI's parts, and the `source` of Anthropic's image blocks.
    if (key == "image_url" || key == "source" || key == "input_audio" || key == "file_data")
        return Inner::Picture;
    return Inner::Other;
}

void RequestScanner::reset()
{
    *this = RequestScanner();
}

RequestFacts RequestScanner::takeFacts()
{
    if (m_facts.user.empty())
        m_facts.user = std::move(m_metadataUser);
    return std::move(m_facts);
}

bool RequestScanner::holdsText() const
{
    return m_member == Member::Prompt || m_member == Member::Messages || m_member == Member::Input
        || m_member == Member::Text || m_member == Member::Tools;
}

bool RequestScanner::refuse(Code& code, std::string problem)
{
    m_problem = std::move(problem);
    code = boost::json::make_error_code(boost::json::error::syntax);
    return false;
}

/// Every value but a string passes here; `kind` is its word in a sentence.
bool RequestScanner::beginValue(std::string_view kind, Code& code)
{
    if (m_depth == 0) {
        if (kind == "object")
            return true;
        return refuse(code, "the request body must be a JSON object, not of type " + std::string(kind));
    }
    if (m_depth > 1 || kind == "null")
        return true;
    if (m_member == Member::Model)
        return refuse(code, "cannot read a value of type " + std::string(kind) + " as `model`, which is a string");
    if (m_member == Member::Stream && kind != "bool")
        return refuse(code, "cannot read a value of type " + std::string(kind) + " as `stream`, which is a bool");
    return true;
}

bool RequestScanner::on_object_begin(Code& code)
{
    if (!beginValue("object", code))
        return false;
    ++m_depth;
    if (m_depth == messageDepth && holdsMessages()) {
        m_facts.emptyPrompt = false;
        m_messageKey = Inner::Other;
        m_headSize = 0;
        m_roleSize = 0;
        m_roleIsUser = false;
    }
    return true;
}

bool RequestScanner::on_array_begin(Code& code)
{
    if (!beginValue("array", code))
        return false;
    ++m_depth;
    return true;
}

bool RequestScanner::on_object_end(std::size_t, Code&)
{
    if (m_depth == messageDepth && holdsMessages())
        endMessage();
    leave();
    return true;
}

bool RequestScanner::on_array_end(std::size_t, Code&)
{
    leave();
    return true;
}

void RequestScanner::leave()
{
    --m_depth;
    if (m_depth < m_pictureDepth)
        m_pictureDepth = 0;
    if (m_depth <= 1)
        m_wantedKey = false;
}

void RequestScanner::endMessage()
{
    if (m_roleIsUser)
        m_facts.helperCall = isHelperPrompt(kept(m_head, m_headSize));
}

bool RequestScanner::on_key_part(Text text, std::size_t, Code&)
{
    appendTo(m_key, m_keySize, {text.data(), text.size()});
    return true;
}

bool RequestScanner::on_key(Text text, std::size_t size, Code&)
{
    if (m_member == Member::Tools && m_depth > 1)
        m_facts.textBytes += size;
    if (m_keySize == 0) {
        key({text.data(), text.size()});
        return true;
    }
    appendTo(m_key, m_keySize, {text.data(), text.size()});
    key(m_keySize <= m_key.size() ? kept(m_key, m_keySize) : std::string_view());
    m_keySize = 0;
    return true;
}

void RequestScanner::key(std::string_view name)
{
    if (m_depth == 1) {
        m_member = memberOf(name);
        return;
    }
    if (m_pictureDepth != 0 && m_depth <= m_pictureDepth)
        m_pictureDepth = 0;
    if (m_member == Member::Options && m_depth == 2)
        m_wantedKey = name == "num_predict";
    else if (m_member == Member::Metadata && m_depth == 2)
        m_wantedKey = name == "user_id";
    if (!holdsMessages() || m_depth < messageDepth || m_pictureDepth != 0)
        return;
    const Inner inner = innerOf(name);
    if (m_depth == messageDepth)
        m_messageKey = inner;
    else if (m_depth == partDepth)
        m_partKey = inner;
    if (inner == Inner::Picture || inner == Inner::Images) {
        m_pictureDepth = m_depth;
        m_pictureList = inner == Inner::Images;
        m_facts.images += inner == Inner::Picture ? 1 : 0;
    }
}

RequestScanner::Sink RequestScanner::sinkForString() const
{
    if (m_depth == 1) {
        if (m_member == Member::Model)
            return Sink::Model;
        if (m_member == Member::User)
            return Sink::User;
    }
    if (m_member == Member::Metadata)
        return m_depth == 2 && m_wantedKey ? Sink::MetadataUser : Sink::None;
    if (m_member == Member::Images)
        return Sink::Picture;
    if (!holdsText())
        return Sink::None;
    if (holdsMessages())
        return sinkInMessage();
    return m_member == Member::Prompt ? Sink::CountAndHead : Sink::Count;
}

RequestScanner::Sink RequestScanner::sinkInMessage() const
{
    if (m_pictureDepth != 0)
        return m_pictureList ? Sink::Picture : Sink::None;
    if (m_depth == messageDepth && m_messageKey == Inner::Role)
        return Sink::Role;
    const bool plain = m_depth < messageDepth; // "input": "text" or a list of texts
    const bool content = m_messageKey == Inner::Content
        && (m_depth == messageDepth || (m_depth == partDepth && m_partKey == Inner::Text));
    return plain || content ? Sink::CountAndHead : Sink::Count;
}

bool RequestScanner::on_string_part(Text text, std::size_t, Code& code)
{
    return string({text.data(), text.size()}, code);
}

bool RequestScanner::on_string(Text text, std::size_t, Code& code)
{
    return string({text.data(), text.size()}, code) && stringEnds();
}

bool RequestScanner::string(std::string_view text, Code& code)
{
    if (!m_inString) {
        if (m_depth == 0 || (m_depth == 1 && m_member == Member::Stream))
            return beginValue("string", code);
        m_inString = true;
        m_sink = sinkForString();
        if (m_sink == Sink::Model)
            m_facts.model.clear();
        else if (m_sink == Sink::User)
            m_facts.user.clear();
        else if (m_sink == Sink::MetadataUser)
            m_metadataUser.clear();
        else if (m_sink == Sink::Role)
            m_roleSize = 0;
    }
    switch (m_sink) {
    case Sink::None:
    case Sink::Picture:
        break;
    case Sink::CountAndHead:
        appendTo(m_head, m_headSize, text);
        [[fallthrough]];
    case Sink::Count:
        m_facts.textBytes += text.size();
        m_facts.emptyPrompt = m_facts.emptyPrompt && (m_sink == Sink::Count || text.empty());
        break;
    case Sink::Model:
        if (m_facts.model.size() + text.size() > RequestInspector::nameBytesMax)
            return refuse(code,
                "the name of the model is longer than " + std::to_string(RequestInspector::nameBytesMax) + " bytes");
        m_facts.model += text;
        break;
    case Sink::User:
        appendUpTo(m_facts.user, text, RequestInspector::nameBytesMax);
        break;
    case Sink::MetadataUser:
        appendUpTo(m_metadataUser, text, RequestInspector::nameBytesMax);
        break;
    case Sink::Role:
        appendTo(m_role, m_roleSize, text);
        break;
    }
    return true;
}

bool RequestScanner::stringEnds()
{
    m_inString = false;
    if (m_sink == Sink::Model)
        m_facts.hasModel = true;
    else if (m_sink == Sink::Picture)
        ++m_facts.images;
    else if (m_sink == Sink::Role)
        m_roleIsUser = m_roleSize == 4 && kept(m_role, m_roleSize) == "user";
    else if (m_sink == Sink::CountAndHead && m_depth < messageDepth)
        m_facts.helperCall = isHelperPrompt(kept(m_head, m_headSize));
    return true;
}

bool RequestScanner::on_int64(std::int64_t value, Text, Code& code)
{
    if (!beginValue("number", code))
        return false;
    number(value < 0 ? 0 : static_cast<std::uint64_t>(value));
    return true;
}

bool RequestScanner::on_uint64(std::uint64_t value, Text, Code& code)
{
    if (!beginValue("number", code))
        return false;
    number(value);
    return true;
}

bool RequestScanner::on_double(double value, Text, Code& code)
{
    if (!beginValue("number", code))
        return false;
    number(value > 0 && value < 4e9 ? static_cast<std::uint64_t>(value) : 0);
    return true;
}

void RequestScanner::number(std::uint64_t value)
{
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    if ((m_member == Member::MaxTokens && m_depth == 1)
        || (m_member == Member::Options && m_depth == 2 && m_wantedKey)) {
        m_facts.maxTokens = static_cast<std::uint32_t>(std::min(value, most));
    } else if ((m_member == Member::Prompt || m_member == Member::Input) && m_depth > 1) {
        m_facts.textBytes += bytesOfToken;
        m_facts.emptyPrompt = false;
    }
}

bool RequestScanner::on_bool(bool value, Code& code)
{
    if (!beginValue("bool", code))
        return false;
    if (m_depth == 1 && m_member == Member::Stream)
        m_facts.stream = value;
    return true;
}

bool RequestScanner::on_null(Code& code)
{
    return beginValue("null", code);
}

} // namespace drover
