// SPDX-License-Identifier: MIT
#include "core/protocol/http_head.h"

#include <algorithm>

namespace drover {
namespace {

constexpr std::size_t usualBytes = 400; ///< names and values of a model client's request
constexpr std::size_t usualFields = 12;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos)
        return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

} // namespace

bool equalsIgnoringCase(std::string_view a, std::string_view b)
{
    return a.size() == b.size()
        && std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

void HeaderFields::add(std::string_view name, std::string_view value)
{
    if (m_fields.empty()) { // at once what most heads need, instead of growing step by step
        m_text.reserve(usualBytes);
        m_fields.reserve(usualFields);
    }
    const auto start = static_cast<std::uint32_t>(m_text.size());
    m_text.append(name).append(value);
    const auto nameSize = static_cast<std::uint32_t>(name.size());
    m_fields.push_back({start, nameSize, start + nameSize, static_cast<std::uint32_t>(value.size())});
}

void HeaderFields::clear()
{
    m_text.clear();
    m_fields.clear();
}

HeaderFields::Field HeaderFields::at(std::size_t index) const
{
    const Place& place = m_fields[index];
    const std::string_view text = m_text;
    return {text.substr(place.name, place.nameSize), text.substr(place.value, place.valueSize)};
}

std::string_view HeaderFields::get(std::string_view name) const
{
    for (std::size_t i = 0; i < m_fields.size(); ++i) {
        if (m_fields[i].nameSize == name.size() && equalsIgnoringCase(at(i).name, name))
            return at(i).value;
    }
    return {};
}

std::string HeaderFields::list(std::string_view name) const
{
    std::string all;
    for (std::size_t i = 0; i < size(); ++i) {
        const Field field = at(i);
        if (equalsIgnoringCase(field.name, name))
            all.append(all.empty() ? "" : ",").append(field.value);
    }
    return all;
}

bool HeaderFields::has(std::string_view name) const
{
    return count(name) > 0;
}

std::size_t HeaderFields::count(std::string_view name) const
{
    std::size_t found = 0;
    for (std::size_t i = 0; i < m_fields.size(); ++i)
        found += m_fields[i].nameSize == name.size() && equalsIgnoringCase(at(i).name, name);
    return found;
}

// Both keep the memory of their text for the next message.
void RequestHead::clear()
{
    RequestHead fresh;
    std::swap(fresh.method, method);
    std::swap(fresh.target, target);
    std::swap(fresh.fields, fields);
    fresh.method.clear();
    fresh.target.clear();
    fresh.fields.clear();
    *this = std::move(fresh);
}

void AnswerHead::clear()
{
    AnswerHead fresh;
    std::swap(fresh.reason, reason);
    std::swap(fresh.fields, fields);
    fresh.reason.clear();
    fresh.fields.clear();
    *this = std::move(fresh);
}

namespace {

/// Fields that concern one connection always; told apart by their size first, since all fields of all messages are
/// asked about.
bool isAlwaysHopByHop(std::string_view name)
{
    switch (name.size()) {
    case 2:
        return equalsIgnoringCase(name, "TE");
    case 7:
        return equalsIgnoringCase(name, "Upgrade") || equalsIgnoringCase(name, "Trailer");
    case 10:
        return equalsIgnoringCase(name, "Connection") || equalsIgnoringCase(name, "Keep-Alive");
    case 16:
        return equalsIgnoringCase(name, "Proxy-Connection");
    case 17:
        return equalsIgnoringCase(name, "Transfer-Encoding");
    case 18:
        return equalsIgnoringCase(name, "Proxy-Authenticate");
    case 19:
        return equalsIgnoringCase(name, "Proxy-Authorization");
    default:
        return false;
    }
}

} // namespace

bool isHopByHop(std::string_view name, std::string_view connection)
{
    if (isAlwaysHopByHop(name))
        return true;
    while (!connection.empty()) {
        const auto comma = connection.find(',');
        if (equalsIgnoringCase(trimmed(connection.substr(0, comma)), name))
            return true;
        if (comma == std::string_view::npos)
            break;
        connection.remove_prefix(comma + 1);
    }
    return false;
}

} // namespace drover
