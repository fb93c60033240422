// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace drover {

/// The text of a UUID, without an end of its own.
using RequestId = std::array<char, 36>;

/// Makes ids that nobody can foresee (SipHash-2-4 of a counter, under a key of chance), each of which says in which
/// place its request is kept. One per connection; not thread-safe.
class RequestIds {
public:
    RequestIds(); ///< asks the system for a key

    RequestId make(std::uint32_t place);

    /// Where a request of that id would be kept; nothing when it has not the form.
    static std::optional<std::uint32_t> placeIn(std::string_view id);

private:
    std::uint64_t hash(std::uint64_t number) const;

    std::array<std::uint64_t, 2> m_key{};
    std::uint64_t m_count = 0;
};

} // namespace drover
