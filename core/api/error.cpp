// SPDX-License-Identifier: MIT
#include "core/api/error.h"

namespace drover {

std::string_view describe(Errc code)
{
    switch (code) {
    case Errc::BadRequest:
        return "The request cannot be understood.";
    case Errc::Unauthorized:
        return "A key is needed that Drover knows.";
    case Errc::Forbidden:
        return "This is not allowed from there.";
    case Errc::NotFound:
        return "There is no such thing here.";
    case Errc::TooLarge:
        return "The request is larger than Drover takes.";
    case Errc::QueueFull:
        return "The queue is full.";
    case Errc::UserQueueFull:
        return "This app already has as many requests waiting as it may.";
    case Errc::WaitedTooLong:
        return "The request waited longer than it may.";
    case Errc::NoBackend:
        return "No backend can answer for this model.";
    case Errc::BackendUnreachable:
        return "The backend cannot be reached.";
    case Errc::BackendFailed:
        return "The backend broke off its answer.";
    case Errc::BackendTimeout:
        return "The backend was silent for too long.";
    case Errc::Cancelled:
        return "The request was cancelled.";
    case Errc::ShuttingDown:
        return "Drover is shutting down and takes no new requests.";
    case Errc::PortTaken:
        return "Another program is using the port.";
    case Errc::BadConfig:
        return "A setting is not right.";
    case Errc::Io:
        return "A file or socket could not be used.";
    case Errc::UserBlocked:
        return "This app is blocked.";
    case Errc::ModelNotAllowed:
        return "This app may not use this model.";
    case Errc::DailyTokensUsed:
        return "This app has used its tokens for today.";
    }
    return "Something went wrong.";
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
    }
    return "unknown";
}

} // namespace drover
