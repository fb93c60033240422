// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <cstddef>
#include <vector>

namespace drover::app {

/// The figures behind a TimeChart: one value a second, the oldest first. Pure.
namespace chart {

/// The least and the greatest of some neighbouring values.
struct Extent {
    float least = 0;
    float greatest = 0;
    bool operator==(const Extent&) const = default;
};

/// `values` in at most `columns` groups of neighbours, so that no peak is lost however narrow the chart is.
std::vector<Extent> decimated(const std::vector<float>& values, std::size_t columns);

/// A round number, at least `greatest` and `least`, for the top of the axis: 1, 2 or 5 times a power of ten.
double niceTop(double greatest, double least);

/// A minute of the series, for the table.
struct Minute {
    int minutesAgo = 0; ///< of its newest second; 0 is the last minute
    double average = 0;
    double peak = 0;
    bool operator==(const Minute&) const = default;
};

/// The newest minute first; the oldest may be short.
std::vector<Minute> minutes(const std::vector<float>& values);

} // namespace chart

} // namespace drover::app
