// SPDX-License-Identifier: MIT
#include "core/protocol/refusal.h"

#include "core/protocol/answer_shapes.h"

namespace drover {

namespace {

std::string requestsWait(std::size_t count)
{
    return count == 1 ? "1 request is waiting" : std::to_string(count) + " requests are waiting";
}

std::string limitNote(const Refusal& refusal)
{
    if (refusal.limitName.empty())
        return {};
    return " (" + refusal.limitName + " = " + std::to_string(refusal.limit) + ")";
}

std::string tryAgain(const Refusal& refusal)
{
    if (refusal.retryAfter <= std::chrono::milliseconds::zero())
        return {};
    return " Try again in about " + durationInWords(refusal.retryAfter) + ".";
}

/// "; this one would be 9th in line"; nothing when the position is not known.
std::string place(std::string_view begin, const Refusal& refusal)
{
    return refusal.position == 0 ? std::string() : std::string(begin) + positionInWords(refusal.position);
}

/// With its full stop, which particulars have or have not.
std::string sentence(std::string text)
{
    if (!text.ends_with('.'))
        text += '.';
    return text;
}

/// What Drover says in general, with the particulars.
std::string general(const Refusal& refusal)
{
    std::string text(describe(refusal.code));
    if (!refusal.detail.empty()) {
        text.pop_back();
        text += ": " + sentence(refusal.detail);
    }
    return text + tryAgain(refusal);
}

std::string full(const Refusal& refusal, std::string_view whose)
{
    return requestsWait(refusal.waiting) + std::string(whose) + ", as many as may" + limitNote(refusal)
        + place("; this one would be ", refusal) + "." + tryAgain(refusal);
}

std::string waitedTooLong(const Refusal& refusal)
{
    return "The request waited " + durationInWords(refusal.waited) + ", longer than it may" + limitNote(refusal)
        + place("; it was ", refusal) + "." + tryAgain(refusal);
}

std::string noBackend(const Refusal& refusal)
{
    std::string text = refusal.model.empty() ? "No backend can answer"
                                             : "No backend that has the model '" + refusal.model + "' can answer";
    if (!refusal.detail.empty())
        text += ": " + refusal.detail;
    return sentence(std::move(text)) + tryAgain(refusal);
}

} // namespace

std::string refusalText(const Refusal& refusal)
{
    switch (refusal.code) {
    case Errc::QueueFull:
        return full(refusal, "");
    case Errc::UserQueueFull:
        return full(refusal, " for you");
    case Errc::WaitedTooLong:
        return waitedTooLong(refusal);
    case Errc::NoBackend:
        return noBackend(refusal);
    case Errc::NotFound:
        return refusal.model.empty() ? general(refusal) : "model '" + refusal.model + "' not found";
    case Errc::BadRequest:
    case Errc::Unauthorized:
    case Errc::Forbidden:
    case Errc::TooLarge:
    case Errc::BackendUnreachable:
    case Errc::BackendFailed:
    case Errc::BackendTimeout:
    case Errc::Cancelled:
    case Errc::ShuttingDown:
    case Errc::PortTaken:
    case Errc::BadConfig:
    case Errc::Io:
    case Errc::UserBlocked:
    case Errc::ModelNotAllowed:
    case Errc::DailyTokensUsed:
    case Errc::RateLimited:
        return general(refusal);
    }
    return general(refusal);
}

std::string retryLines(std::chrono::milliseconds retryAfter)
{
    if (retryAfter <= std::chrono::milliseconds::zero())
        return {};
    const auto seconds = std::chrono::ceil<std::chrono::seconds>(retryAfter);
    return "Retry-After: " + std::to_string(seconds.count())
        + "\r\nretry-after-ms: " + std::to_string(retryAfter.count()) + "\r\n";
}

std::string durationInWords(std::chrono::milliseconds duration)
{
    using namespace std::chrono;
    if (duration < 1s)
        return std::to_string(duration.count() < 0 ? 0 : duration.count()) + " ms";
    if (duration < 119500ms)
        return std::to_string(round<seconds>(duration).count()) + " s";
    if (duration < 7170s)
        return std::to_string(round<minutes>(duration).count()) + " min";
    return std::to_string(round<hours>(duration).count()) + " h";
}

} // namespace drover
