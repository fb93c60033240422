// SPDX-License-Identifier: MIT
#include "core/api/error.h"

#include "core/api/reason.h"

namespace drover {

std::string_view describe(Errc code)
{
    const Reason* row = findReason(codeName(code));
    return row == nullptr ? "Something went wrong." : row->sentence;
}

std::string_view codeName(Errc code)
{
    switch (code) {
    case Errc::BadRequest:
        return "bad_request";
    case Errc::Unauthorized:
        return "unauthorized";
    case Errc::Forbidden:
        return "forbidden";
    case Errc::NotFound:
        return "not_found";
    case Errc::TooLarge:
        return "too_large";
    case Errc::QueueFull:
        return "queue_full";
    case Errc::UserQueueFull:
        return "user_queue_full";
    case Errc::WaitedTooLong:
        return "waited_too_long";
    case Errc::NoBackend:
        return "no_backend";
    case Errc::BackendUnreachable:
        return "backend_unreachable";
    case Errc::BackendFailed:
        return "backend_failed";
    case Errc::BackendTimeout:
        return "backend_timeout";
    case Errc::Cancelled:
        return "cancelled";
    case Errc::ShuttingDown:
        return "shutting_down";
    case Errc::PortTaken:
        return "port_taken";
    case Errc::BadConfig:
        return "bad_config";
    case Errc::Io:
        return "io";
    case Errc::UserBlocked:
        return "user_blocked";
    case Errc::ModelNotAllowed:
        return "model_not_allowed";
    case Errc::DailyTokensUsed:
        return "daily_tokens_used";
    case Errc::RateLimited:
        return "rate_limited";
    }
    return "unknown";
}

} // namespace drover
