// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/settings/address.h"
#include "core/api/snapshot.h"

#include <chrono>
#include <functional>
#include <string>
#include <variant>

namespace drover::app {

/// Why a call to a running Drover did not do what was asked: the sentence for people, and how the command ends.
struct CallTrouble {
    ExitCode code = ExitCode::Failed;
    std::string sentence = {};
};

template <class T> using Called = std::variant<T, CallTrouble>;

struct HttpAnswer {
    int status = 0;
    std::string body = {};
};

/// Asks one HTTP server and waits for its whole answer. Blocks; for commands and checks, never in an event loop.
class StatusClient {
public:
    /// `token` is sent as X-Auth-Token when it is not empty.
    explicit StatusClient(
        Address address, std::string token = {}, std::chrono::milliseconds limit = std::chrono::seconds(5));

    using Piece = std::function<bool(std::string_view)>;

    /// Any answer at all; NotRunning when nobody listens, TimedOut when none comes in time.
    Called<HttpAnswer> ask(const std::string& method, const std::string& path) const;

    /// GET of something that goes on: `piece` is called with each part of its body until the server ends it or
    /// `piece` says false. The limit counts for the head only.
    Called<HttpAnswer> follow(const std::string& path, const Piece& piece) const;

    /// GET /status. Failed when it is not Drover that answers.
    Called<drover::Snapshot> snapshot() const;

    /// A call that changes something. Refused with the server's own words when it says no.
    Called<HttpAnswer> control(const std::string& method, const std::string& path) const;

    const Address& address() const { return m_address; }

private:
    Called<HttpAnswer> exchange(const std::string& method, const std::string& path, const Piece& piece) const;

    Address m_address;
    std::string m_token;
    std::chrono::milliseconds m_limit;
};

} // namespace drover::app
