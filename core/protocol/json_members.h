// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace drover {

/// A member of a JSON object where it stands in its text.
struct JsonMember {
    std::string_view name = {}; ///< between its quotes, escapes kept
    std::string_view value = {}; ///< without the blanks around it

    bool isNamed(std::string_view plain) const; ///< compares what `name` means; `plain` is ASCII
    bool isNamedIgnoringCase(std::string_view lower) const; ///< `lower` is ASCII without capitals
};

/// Walks over the top-level members of an object's text in their order; reads nothing of their values. The text must be
/// valid JSON to be understood; in any other the walk just ends somewhere. Allocates nothing.
class JsonMembers {
public:
    explicit JsonMembers(std::string_view object);

    std::optional<JsonMember> next();

private:
    void skipBlanks();
    bool skip(char c);
    std::size_t endOfText() const;
    std::size_t endOfValue() const;

    std::string_view m_text;
    std::size_t m_at = 0;
    bool m_over = false;
};

/// The text of the last top-level member of that name, which is the one that counts; nothing when there is none.
std::optional<std::string_view> memberText(std::string_view object, std::string_view name);

} // namespace drover
