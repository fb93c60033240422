// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"
#include "core/api/key_file.h"
#include "core/dispatch/key_limits.h"
#include "core/fronts/admission.h"

#include <functional>
#include <optional>

namespace drover {

/// What became of the requests of the pool's clients; each counts once in `accepted` and, when it is over, in one of
/// the others.
struct HostBooks {
    std::uint64_t accepted = 0;
    std::uint64_t answered = 0;
    std::uint64_t refused = 0;
    std::uint64_t failed = 0;
    std::uint64_t cancelled = 0;
    void count(Outcome outcome);
};

/// The gate of one request of a pool's client: the limits of its key, and the books. Core thread.
class HostGate final : public Gate {
public:
    /// Told about each job that was counted.
    using Ended = std::function<void(const LiveJob& job, const JobEnd& end)>;

    /// `key`: nothing for clients without a key of their own. All outlive this.
    HostGate(HostBooks& books, KeyLimits& limits, const std::optional<KeyRecord>& key, Ended told);
    /// What was never told to be over was refused before it became a job, or its client left.
    ~HostGate() override;

    /// The client went away before its request was understood.
    void clientLeft() { m_clientLeft = true; }

    std::optional<GateRefusal> admit(const LiveJob& job) override;
    MinuteAllowance allowance() const override;
    void ended(const LiveJob& job, const JobEnd& end) override;

private:
    KeyLimits::Rates rates() const;

    HostBooks& m_books;
    KeyLimits& m_limits;
    const std::optional<KeyRecord>& m_key;
    Ended m_told;
    std::uint64_t m_estimated = 0;
    bool m_admitted = false; ///< its tokens were taken
    bool m_over = false;
    bool m_clientLeft = false;
};

} // namespace drover
