// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

struct MetricLabel {
    std::string_view name;
    std::string_view value;
};

using MetricLabels = std::initializer_list<MetricLabel>;

/// How often a duration fell below each of some bounds. Costs a binary search and two additions.
class Histogram {
public:
    /// `bounds` ascend; what is above the last is counted too.
    explicit Histogram(std::vector<std::chrono::nanoseconds> bounds);

    void observe(std::chrono::nanoseconds duration);

    const std::vector<std::chrono::nanoseconds>& bounds() const { return m_bounds; }
    std::uint64_t count(std::size_t index) const
    {
        return m_counts[index];
    } ///< of that bucket alone; one more than bounds
    std::chrono::nanoseconds sum() const { return m_sum; }

private:
    std::vector<std::chrono::nanoseconds> m_bounds;
    std::vector<std::uint64_t> m_counts;
    std::chrono::nanoseconds m_sum{0};
};

/// Writes the Prometheus text exposition format, version 0.0.4: a family, then its samples, then the next family.
class MetricsText {
public:
    static constexpr std::string_view contentType = "text/plain; version=0.0.4; charset=utf-8";

    enum class Kind { Counter, Gauge, Histogram };
    void family(std::string_view name, Kind kind, std::string_view help);

    void sample(MetricLabels labels, std::uint64_t value);
    void sample(MetricLabels labels, std::chrono::nanoseconds value); ///< in seconds
    void histogram(const Histogram& histogram, MetricLabels labels = {});

    std::string take() { return std::move(m_text); }

private:
    void series(std::string_view suffix, MetricLabels labels, std::string_view bound = {});
    void natural(std::uint64_t value);

    std::string m_family;
    std::string m_text;
};

} // namespace drover
