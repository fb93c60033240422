// SPDX-License-Identifier: MIT
#pragma once

#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>

namespace drover {

/// Writes JSON (RFC 8259) into a string, front to back, without building a tree first. Commas come by themselves; the
/// caller closes what it opens. Not thread-safe.
class JsonWriter {
public:
    void open(char bracket); ///< '{' or '['
    void close(char bracket); ///< '}' or ']'
    void key(std::string_view name); ///< plain ASCII without quotes or backslashes
    void textKey(std::string_view name); ///< any text, written as `value` would

    void value(std::string_view text); ///< bytes that are not UTF-8 become U+FFFD
    void value(const char* text) { value(std::string_view(text)); }
    void value(std::same_as<bool> auto truth) { word(truth ? "true" : "false"); }
    void value(std::signed_integral auto number) { integer(number); }
    void value(std::unsigned_integral auto number) requires(!std::same_as<decltype(number), bool>) { natural(number); }
    void value(std::floating_point auto number) { fraction(number); }

    /// `key` and `value` in one.
    template <class T> void field(std::string_view name, const T& content)
    {
        key(name);
        value(content);
    }

    void reserve(std::size_t bytes) { m_text.reserve(bytes); }
    std::string take() { return std::move(m_text); }

private:
    void comma();
    void word(std::string_view word);
    void integer(std::int64_t number);
    void natural(std::uint64_t number);
    void fraction(double number); ///< four places; 0 when it is not a number JSON has

    std::string m_text;
};

} // namespace drover
