// SPDX-License-Identifier: MIT
#include "app/window/chart_series.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace drover::app {

std::vector<chart::Extent> chart::decimated(const std::vector<float>& values, std::size_t columns)
{
    std::vector<Extent> extents;
    const auto groups = std::min(columns, values.size());
    extents.reserve(groups);
    for (std::size_t group = 0; group < groups; ++group) {
        const auto begin = values.begin() + static_cast<std::ptrdiff_t>(group * values.size() / groups);
        const auto end = values.begin() + static_cast<std::ptrdiff_t>((group + 1) * values.size() / groups);
        const auto [least, greatest] = std::minmax_element(begin, end);
        extents.push_back({.least = *least, .greatest = *greatest});
    }
    return extents;
}

double chart::niceTop(double greatest, double least)
{
    const auto wanted = std::isfinite(greatest) ? std::max(greatest, least) : least;
    if (wanted <= 0)
        return 1;
    const auto power = std::pow(10, std::floor(std::log10(wanted)));
    for (const double factor : {1.0, 2.0, 5.0})
        if (factor * power >= wanted)
            return factor * power;
    return 10 * power;
}

std::vector<chart::Minute> chart::minutes(const std::vector<float>& values)
{
    constexpr std::ptrdiff_t secondsPerMinute = 60;
    std::vector<Minute> rows;
    for (auto end = values.end(); end != values.begin();) {
        const auto begin = end - std::min(secondsPerMinute, end - values.begin());
        rows.push_back({.minutesAgo = static_cast<int>(rows.size()),
            .average = std::accumulate(begin, end, 0.0) / static_cast<double>(end - begin),
            .peak = *std::max_element(begin, end)});
        end = begin;
    }
    return rows;
}

} // namespace drover::app
