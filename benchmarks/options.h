// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace drover::benchmark {

/// The `--name value` pairs of a command line.
class Options {
public:
    /// Throws std::invalid_argument when the arguments are not such pairs or a name is not among `fallbacks`.
    Options(int count, char** arguments, std::map<std::string, std::string> fallbacks);

    const std::string& text(const std::string& name) const { return m_values.at(name); }

    /// Throws std::invalid_argument when it is not a whole number.
    std::int64_t number(const std::string& name) const { return std::stoll(m_values.at(name)); }

private:
    std::map<std::string, std::string> m_values;
};

} // namespace drover::benchmark
