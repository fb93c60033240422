// SPDX-License-Identifier: MIT
#include "app/command/client/answer_reader.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <utility>

namespace drover::app {

namespace {

constexpr std::size_t headBytesMax = 64 << 10;
constexpr std::size_t chunkLineBytesMax = 1 << 10;

std::string lower(std::string_view text)
{
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](unsigned char letter) { return std::tolower(letter); });
    return result;
}

/// The value of a field in a head of lower-case lines; empty when there is none.
std::string_view fieldOf(std::string_view head, const std::string& name)
{
    const std::size_t at = head.find("\r\n" + name + ":");
    if (at == head.npos)
        return {};
    std::string_view value = head.substr(at + name.size() + 3);
    value = value.substr(0, value.find("\r\n"));
    while (value.starts_with(' '))
        value.remove_prefix(1);
    return value;
}

} // namespace

void AnswerReader::feed(std::string_view bytes)
{
    m_unread += bytes;
    bool further = true;
    while (further) {
        if (m_state == State::Head)
            further = readHead();
        else if (m_state == State::Body)
            further = m_framing == Framing::Chunked ? readChunk() : readBody();
        else
            further = false;
    }
}

void AnswerReader::finish()
{
    if (m_state == State::Body && m_framing == Framing::UntilClose)
        m_state = State::Whole;
    else if (m_state != State::Whole)
        m_state = State::Broken;
}

std::string AnswerReader::takeBody()
{
    return std::exchange(m_body, {});
}

bool AnswerReader::readHead()
{
    const std::size_t end = m_unread.find("\r\n\r\n");
    if (end == m_unread.npos) {
        if (m_unread.size() > headBytesMax)
            m_state = State::Broken;
        return false;
    }
    const std::string head = lower(std::string_view(m_unread).substr(0, end + 2));
    m_unread.erase(0, end + 4);
    constexpr std::size_t statusAt = 9; // "http/1.1 200"
    if (!head.starts_with("http/1.") || head.size() < statusAt + 3
        || std::from_chars(head.data() + statusAt, head.data() + statusAt + 3, m_status).ec != std::errc{}) {
        m_state = State::Broken;
        return false;
    }
    m_state = State::Body;
    const std::string_view length = fieldOf(head, "content-length");
    if (fieldOf(head, "transfer-encoding").find("chunked") != std::string_view::npos)
        m_framing = Framing::Chunked;
    else if (!length.empty()) {
        m_framing = Framing::Length;
        if (std::from_chars(length.data(), length.data() + length.size(), m_left).ec != std::errc{})
            m_state = State::Broken;
    } else if (m_status == 204 || m_status == 304)
        m_framing = Framing::Length;
    if (m_state == State::Body && m_framing == Framing::Length && m_left == 0)
        m_state = State::Whole;
    return m_state == State::Body;
}

bool AnswerReader::readBody()
{
    if (m_framing == Framing::UntilClose) {
        m_body += std::exchange(m_unread, {});
        return false;
    }
    const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, m_unread.size()));
    m_body += m_unread.substr(0, taken);
    m_unread.erase(0, taken);
    m_left -= taken;
    if (m_left == 0)
        m_state = State::Whole;
    return false;
}

bool AnswerReader::readChunk()
{
    if (!m_insideChunk) {
        const std::size_t end = m_unread.find("\r\n");
        if (end == m_unread.npos) {
            if (m_unread.size() > chunkLineBytesMax)
                m_state = State::Broken;
            return false;
        }
        if (end == 0) { // the end of the chunk before
            m_unread.erase(0, 2);
            return true;
        }
        const auto parsed = std::from_chars(m_unread.data(), m_unread.data() + end, m_left, 16);
        m_unread.erase(0, end + 2);
        if (parsed.ec != std::errc{}) {
            m_state = State::Broken;
            return false;
        }
        m_insideChunk = m_left > 0;
        if (!m_insideChunk)
            m_state = State::Whole; // fields after the last chunk do not concern us
        return m_insideChunk;
    }
    const std::size_t taken = static_cast<std::size_t>(std::min<std::uint64_t>(m_left, m_unread.size()));
    m_body += m_unread.substr(0, taken);
    m_unread.erase(0, taken);
    m_left -= taken;
    m_insideChunk = m_left > 0;
    return taken > 0;
}

} // namespace drover::app
