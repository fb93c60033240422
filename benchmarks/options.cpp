// SPDX-License-Identifier: MIT
#include "benchmarks/options.h"

#include <stdexcept>
#include <utility>

namespace drover::benchmark {

Options::Options(int count, char** arguments, std::map<std::string, std::string> fallbacks)
    : m_values(std::move(fallbacks))
{
    for (int at = 1; at < count; at += 2) {
        const std::string flag = arguments[at];
        const auto known = flag.size() > 2 ? m_values.find(flag.substr(2)) : m_values.end();
        if (flag.substr(0, 2) != "--" || known == m_values.end())
            throw std::invalid_argument("unknown argument " + flag);
        if (at + 1 == count)
            throw std::invalid_argument(flag + " needs a value");
        known->second = arguments[at + 1];
    }
}

} // namespace drover::benchmark
