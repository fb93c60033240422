// SPDX-License-Identifier: MIT
#include "app/command/view/key_reader.h"

#include <array>
#include <optional>
#include <utility>

namespace drover::app {

namespace {

using Key = KeyPress::Key;

constexpr char escape = '\x1b';
constexpr std::size_t sequenceBytesMax = 32;

std::optional<KeyPress> singleKey(char byte)
{
    constexpr char controlC = 3;
    if (byte == '\r' || byte == '\n')
        return KeyPress{Key::Enter};
    if (byte == '\t')
        return KeyPress{Key::Tab};
    if (byte == controlC)
        return KeyPress{Key::Letter, 'q'};
    if (byte > ' ' && byte < 127)
        return KeyPress{Key::Letter, byte};
    return {};
}

/// The key of what stands between "ESC [" or "ESC O" and the end of the sequence.
std::optional<KeyPress> sequenceKey(std::string_view sequence)
{
    static constexpr std::pair<std::string_view, Key> keys[] = {{"A", Key::Up}, {"B", Key::Down}, {"H", Key::Home},
        {"F", Key::End}, {"1~", Key::Home}, {"7~", Key::Home}, {"4~", Key::End}, {"8~", Key::End}, {"5~", Key::PageUp},
        {"6~", Key::PageDown}, {"Z", Key::Tab}, {"M", Key::Enter}};
    for (const auto& [text, key] : keys) {
        if (text == sequence)
            return KeyPress{key};
    }
    return {};
}

} // namespace

std::vector<KeyPress> KeyReader::feed(std::string_view bytes)
{
    m_unread += bytes;
    std::vector<KeyPress> keys;
    const auto take = [&](const std::optional<KeyPress>& key) {
        if (key)
            keys.push_back(*key);
    };
    while (!m_unread.empty()) {
        if (m_unread.front() != escape) {
            take(singleKey(m_unread.front()));
            m_unread.erase(0, 1);
            continue;
        }
        if (m_unread.size() == 1)
            break;
        if (m_unread[1] != '[' && m_unread[1] != 'O') { // Escape, then another key
            keys.push_back({Key::Escape});
            m_unread.erase(0, 1);
            continue;
        }
        std::size_t end = 2; // of parameters; then one letter or ~
        while (end < m_unread.size() && (m_unread[end] < '@' || m_unread[end] > '~'))
            ++end;
        if (end >= m_unread.size()) {
            if (m_unread.size() > sequenceBytesMax)
                m_unread.clear();
            break;
        }
        take(sequenceKey(std::string_view(m_unread).substr(2, end - 1)));
        m_unread.erase(0, end + 1);
    }
    return keys;
}

std::vector<KeyPress> KeyReader::finish()
{
    const bool pressed = std::exchange(m_unread, {}) == std::string(1, escape);
    return pressed ? std::vector<KeyPress>{{Key::Escape}} : std::vector<KeyPress>();
}

} // namespace drover::app
