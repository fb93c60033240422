// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"
#include "core/protocol/metrics_text.h"

#include <array>
#include <chrono>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace drover {

/// The values that a label has had, numbered. After `labelValuesMax` of them every other one is "other", so that no
/// stream of made-up names can fill a memory, here or in Prometheus.
class LabelValues {
public:
    static constexpr std::size_t labelValuesMax = 50;
    static constexpr std::size_t other = 0;

    LabelValues();
    std::size_t number(std::string_view value); ///< `other`, or 1 to labelValuesMax
    std::size_t size() const { return m_names.size(); }
    const std::string& name(std::size_t number) const { return m_names[number]; }

private:
    struct Hash : std::hash<std::string_view> {
        using is_transparent = void;
    };
    std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_numbers;
    std::vector<std::string> m_names;
};

/// Everything Drover counts for Prometheus, and where a pool is joined the series of llamapool's workers for it. Models
/// are no label, since clients can make up as many as they like.
///
/// Core thread. Bounded: at most `LabelValues::labelValuesMax` values of each label.
class MetricsRegistry {
public:
    MetricsRegistry();

    /// Call once for each job that ends, however it ends. `toFirstPiece` is the time from the request's arrival to the
    /// first piece of its answer; negative when there was none. Costs well under a microsecond.
    void jobFinished(const FinishedJob& finished, std::chrono::nanoseconds toFirstPiece);

    /// What `GET /metrics` answers, of type `MetricsText::contentType`: the counts, and the snapshot as gauges.
    std::string text(const Snapshot& snapshot);

private:
    static constexpr std::size_t dialects = 3;
    static constexpr std::size_t outcomes = 5;

    struct UserCounts {
        std::array<std::array<std::uint64_t, outcomes>, dialects> requests = {};
        std::uint64_t promptTokens = 0;
        std::uint64_t outputTokens = 0;
    };

    void writeCounters(MetricsText& text) const;
    void writeHistograms(MetricsText& text) const;
    void writeWorker(MetricsText& text, const Snapshot& snapshot) const;
    void writeQueue(MetricsText& text, const Snapshot& snapshot);

    LabelValues m_users;
    std::vector<UserCounts> m_userCounts; ///< by number of the user
    LabelValues m_reasons;
    std::vector<std::uint64_t> m_refusals; ///< by number of the reason
    Histogram m_queueWait;
    Histogram m_toFirstPiece;
    Histogram m_perOutputToken;
    Histogram m_duration;
    Histogram m_pooled; ///< time that jobs of pools ran
};

} // namespace drover
