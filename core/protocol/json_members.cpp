// SPDX-License-Identifier: MIT
#include "core/protocol/json_members.h"

#include <cstdint>

namespace drover {

namespace {

constexpr auto nowhere = std::string_view::npos;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

int hexDigit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/// Takes the first character of an escaped text; -1 for one that is not ASCII.
int takeCharacter(std::string_view& text)
{
    const char first = text[0];
    text.remove_prefix(1);
    if (first != '\\')
        return static_cast<unsigned char>(first) < 128 ? first : -1;
    if (text.empty())
        return -1;
    const char escape = text[0];
    text.remove_prefix(1);
    switch (escape) {
    case 'b':
        return '\b';
    case 'f':
        return '\f';
    case 'n':
        return '\n';
    case 'r':
        return '\r';
    case 't':
        return '\t';
    case 'u':
        break;
    default:
        return escape;
    }
    if (text.size() < 4)
        return -1;
    int code = 0;
    for (int i = 0; i < 4; ++i)
        code = code * 16 + hexDigit(text[static_cast<std::size_t>(i)]);
    text.remove_prefix(4);
    return code < 128 ? code : -1;
}

template <class Change> bool means(std::string_view escaped, std::string_view plain, Change change)
{
    for (const char c : plain) {
        if (escaped.empty() || change(takeCharacter(escaped)) != c)
            return false;
    }
    return escaped.empty();
}

} // namespace

bool JsonMember::isNamed(std::string_view plain) const
{
    if (name.find('\\') == name.npos)
        return name == plain;
    return means(name, plain, [](int character) { return character; });
}

bool JsonMember::isNamedIgnoringCase(std::string_view lower) const
{
    return means(name, lower,
        [](int character) { return character >= 'A' && character <= 'Z' ? character - 'A' + 'a' : character; });
}

JsonMembers::JsonMembers(std::string_view object)
    : m_text(object)
{
    skipBlanks();
    m_over = !skip('{');
}

void JsonMembers::skipBlanks()
{
    while (m_at < m_text.size() && isBlank(m_text[m_at]))
        ++m_at;
}

bool JsonMembers::skip(char c)
{
    if (m_at >= m_text.size() || m_text[m_at] != c)
        return false;
    ++m_at;
    return true;
}

/// After the quote that closes the text whose opening quote is here.
std::size_t JsonMembers::endOfText() const
{
    for (std::size_t at = m_text.find('"', m_at + 1); at != nowhere; at = m_text.find('"', at + 1)) {
        std::size_t escapes = at;
        while (m_text[escapes - 1] == '\\')
            --escapes;
        if ((at - escapes) % 2 == 0)
            return at + 1;
    }
    return nowhere;
}

std::size_t JsonMembers::endOfValue() const
{
    if (m_at >= m_text.size())
        return nowhere;
    if (m_text[m_at] == '"')
        return endOfText();
    const bool nested = m_text[m_at] == '{' || m_text[m_at] == '[';
    std::size_t depth = 0;
    JsonMembers inner = *this;
    for (std::size_t& at = inner.m_at; at < m_text.size();) {
        const char c = m_text[at];
        if (c == '"') {
            at = inner.endOfText();
            continue;
        }
        if (!nested && (c == ',' || c == '}' || isBlank(c)))
            return at;
        if (c == '{' || c == '[')
            ++depth;
        if ((c == '}' || c == ']') && --depth == 0)
            return at + 1;
        ++at;
    }
    return nowhere;
}

std::optional<JsonMember> JsonMembers::next()
{
    if (m_over)
        return {};
    m_over = true; // unless all of this is a member
    skipBlanks();
    if (m_at >= m_text.size() || m_text[m_at] != '"')
        return {};
    JsonMember member;
    const std::size_t nameEnd = endOfText();
    if (nameEnd == nowhere)
        return {};
    member.name = m_text.substr(m_at + 1, nameEnd - m_at - 2);
    m_at = nameEnd;
    skipBlanks();
    if (!skip(':'))
        return {};
    skipBlanks();
    const std::size_t valueEnd = endOfValue();
    if (valueEnd == nowhere || valueEnd == m_at)
        return {};
    member.value = m_text.substr(m_at, valueEnd - m_at);
    m_at = valueEnd;
    skipBlanks();
    m_over = !skip(',');
    return member;
}

std::optional<std::string_view> memberText(std::string_view object, std::string_view name)
{
    std::optional<std::string_view> found;
    JsonMembers members(object);
    while (const auto member = members.next()) {
        if (member->isNamed(name))
            found = member->value;
    }
    return found;
}

} // namespace drover
