// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drover {

/// Header fields as they came: order and case kept, values without surrounding blanks.
class HeaderFields {
public:
    struct Field {
        std::string_view name;
        std::string_view value;
    };

    void add(std::string_view name, std::string_view value);
    void clear();
    std::size_t size() const { return m_fields.size(); }
    Field at(std::size_t index) const;

    /// The value of the first field of that name, whatever its case; empty when there is none.
    std::string_view get(std::string_view name) const;
    /// The values of all fields of that name, with commas between them: they mean one list (RFC 9110 section 5.3).
    std::string list(std::string_view name) const;
    bool has(std::string_view name) const;
    std::size_t count(std::string_view name) const;

private:
    struct Place {
        std::uint32_t name;
        std::uint32_t nameSize;
        std::uint32_t value;
        std::uint32_t valueSize;
    };
    std::string m_text; ///< all names and values, one after the other
    std::vector<Place> m_fields;
};

/// The head of a request: line and fields. Owns its text.
struct RequestHead {
    std::string method = {};
    std::string target = {}; ///< as sent, with its query
    unsigned version = 11; ///< 10 or 11
    HeaderFields fields = {};
    bool chunked = false;
    bool hasLength = false;
    std::uint64_t contentLength = 0;
    bool keepAlive = true;
    bool expectsContinue = false;

    std::string_view path() const { return std::string_view(target).substr(0, target.find('?')); }
    void clear();
};

/// The head of an answer.
struct AnswerHead {
    int status = 0;
    std::string reason = {};
    unsigned version = 11;
    HeaderFields fields = {};
    bool chunked = false;
    bool hasLength = false;
    std::uint64_t contentLength = 0;
    bool keepAlive = true;
    void clear();
};

/// True for fields that concern one connection only (RFC 9110 section 7.6.1) and are never forwarded. `connection` is
/// the value of the Connection field, whose tokens name more of them.
bool isHopByHop(std::string_view name, std::string_view connection);

bool equalsIgnoringCase(std::string_view a, std::string_view b);

} // namespace drover
