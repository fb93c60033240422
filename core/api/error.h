// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace drover {

/// Everything that can go wrong for a caller of the core. The order is part of the status API: append only.
enum class Errc {
    BadRequest = 1, ///< the caller's request cannot be understood
    Unauthorized, ///< a key is needed, or the one given is not known
    Forbidden, ///< the origin, host or address may not do this
    NotFound, ///< no such path, job or model
    TooLarge, ///< the request's body or head is over its limit
    QueueFull, ///< as many jobs wait in all as may
    UserQueueFull, ///< this user has as many jobs waiting as may
    WaitedTooLong, ///< the job's time in the queue is over
    NoBackend, ///< no backend has this model, or none is there
    BackendUnreachable, ///< connecting failed
    BackendFailed, ///< it answered with garbage, or went away before its answer was whole
    BackendTimeout, ///< it was silent for longer than `backendSilenceMax`
    Cancelled, ///< by the client, its owner or the person at the machine
    ShuttingDown, ///< Drover drains or ends
    PortTaken, ///< another program listens there
    BadConfig, ///< a setting is unknown, unreadable or out of range
    Io, ///< a file or socket of our own failed
    UserBlocked, ///< the rule of this user blocks it
    ModelNotAllowed, ///< the rule of this user does not name this model
    DailyTokensUsed, ///< this user has used the tokens that its rule gives it for a day
    RateLimited ///< this key has used what it may in a minute, or this address has tried too many keys
};

/// One English sentence for people, without the particulars.
std::string_view describe(Errc code);

/// A stable lower_snake word for programs, such as "queue_full"; used as `reason_code` and as metric label.
std::string_view codeName(Errc code);

struct Error {
    Errc code;
    std::string detail = {}; ///< particulars for the log or the sentence, such as a host name or an errno text
    bool operator==(const Error&) const = default;
};

/// A value or an Error. `Result<>` is success or an Error.
///
/// Has the names of std::expected, so that it can become one in C++23.
template <class T = std::monostate> class [[nodiscard]] Result {
public:
    Result() requires std::is_same_v<T, std::monostate> : m_state(std::in_place_index<0>) { }
    Result(T value) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<0>, std::move(value))
    {
    }
    Result(Error error) // NOLINT(google-explicit-constructor)
        : m_state(std::in_place_index<1>, std::move(error))
    {
    }

    explicit operator bool() const { return m_state.index() == 0; }
    bool has_value() const { return m_state.index() == 0; }
    T& operator*() { return std::get<0>(m_state); }
    const T& operator*() const { return std::get<0>(m_state); }
    T* operator->() { return &std::get<0>(m_state); }
    const T* operator->() const { return &std::get<0>(m_state); }
    const Error& error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

inline Error fail(Errc code, std::string detail = {})
{
    return Error{code, std::move(detail)};
}

} // namespace drover
