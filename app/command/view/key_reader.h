// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

/// A key, as far as `drover top` knows keys.
struct KeyPress {
    enum class Key { Letter, Up, Down, PageUp, PageDown, Home, End, Tab, Enter, Escape };
    Key key = Key::Letter;
    char letter = 0; ///< with Letter: a printable ASCII letter, case kept
    bool operator==(const KeyPress&) const = default;
};

/// Makes keys of the bytes that a terminal sends (ECMA-48 and xterm's "PC-Style Function Keys"). What it does not know
/// is skipped whole. Ctrl+C is the letter q.
class KeyReader {
public:
    /// A sequence may come in pieces; what is unfinished waits for more.
    std::vector<KeyPress> feed(std::string_view bytes);

    /// Nothing more has come for a while: an ESC that waits was the Escape key.
    std::vector<KeyPress> finish();

    bool waits() const { return !m_unread.empty(); }

private:
    std::string m_unread = {};
};

} // namespace drover::app
