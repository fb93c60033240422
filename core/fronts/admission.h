// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/rate_allowance.h"
#include "core/fronts/job_runner.h"
#include "core/net/exchange.h"

#include <chrono>
#include <optional>
#include <string>

namespace drover {

/// Why a job may not be queued, as its client is told.
struct GateRefusal {
    Errc code = Errc::QueueFull;
    std::string text = {};
    std::chrono::milliseconds retryAfter{0};
};

/// What a front that knows its client has to say about one job of it. Core thread; lives until the job has ended.
class Gate {
public:
    virtual ~Gate() = default;

    /// Asked once, when the job is about to be queued.
    virtual std::optional<GateRefusal> admit(const LiveJob& job) = 0;
    /// What is left of the limits per minute, at any time after that.
    virtual MinuteAllowance allowance() const = 0;
    /// Told once about each job that was counted, refused ones too.
    virtual void ended(const LiveJob& job, const JobEnd& end) = 0;
};

/// A client that a front has let in itself, so that nobody asks again who it is.
struct Admission {
    std::string user = {}; ///< who its jobs count for
    IdentitySource source = IdentitySource::Key;
    Gate& gate;
};

} // namespace drover
