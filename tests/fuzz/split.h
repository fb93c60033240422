// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

namespace drover::fuzz {

/// Ends the run with a message; libFuzzer keeps the input.
inline void require(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "not so: %s\n", what);
    std::abort();
}

/// Input whose first bytes say how the rest is split. The same bytes give the same pieces.
class SplitInput {
public:
    SplitInput(const std::uint8_t* bytes, std::size_t size)
    {
        const std::string_view all(reinterpret_cast<const char*>(bytes), size);
        m_plan = all.substr(0, std::min<std::size_t>(planBytes, size));
        m_text = all.substr(m_plan.size());
    }

    /// A number that the input chooses.
    std::uint8_t choice() const { return m_plan.empty() ? 0 : static_cast<std::uint8_t>(m_plan[0]); }
    std::string_view text() const { return m_text; }

    /// The text in pieces of the sizes that the plan says, none empty, over and over.
    std::vector<std::string_view> pieces() const
    {
        std::vector<std::string_view> result;
        std::string_view rest = m_text;
        for (std::size_t turn = 0; !rest.empty(); ++turn) {
            const std::size_t wanted = m_plan.empty() ? 1 : static_cast<std::uint8_t>(m_plan[turn % m_plan.size()]);
            const std::size_t size = std::min(rest.size(), std::max<std::size_t>(1, wanted % 64));
            result.push_back(rest.substr(0, size));
            rest.remove_prefix(size);
        }
        return result;
    }

private:
    static constexpr std::size_t planBytes = 4;
    std::string_view m_plan;
    std::string_view m_text;
};

} // namespace drover::fuzz
