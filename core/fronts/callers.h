// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/snapshot.h"
#include "core/net/exchange.h"
#include "core/protocol/request_inspector.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace drover {

/// Who a request counts for.
struct Caller {
    std::string name = {};
    IdentitySource source = IdentitySource::Address;
};

/// Recognises who asks, by the first that applies: key, what the request says of itself (trusted from this machine
/// only), the program that owns the socket, User-Agent, address. Core thread.
class Callers {
public:
    Callers(asio::io_context& io, const Config& config);
    ~Callers();

    void setConfig(const Config& config);

    /// May this connection use Drover at all? Clients of other machines need a key. Fails with Unauthorized or
    /// Forbidden.
    Result<> admit(const Exchange& exchange);

    /// Waits for the look-up of the program at most `lookupTimeMax`, once per connection.
    Task<Caller> recognise(Exchange& exchange, const RequestFacts& facts);

    /// The same where it needs no waiting, which is for all but a connection's first request; else nothing.
    std::optional<Caller> recogniseNow(Exchange& exchange, const RequestFacts& facts);

    /// The name of the key that was sent, when it is one of ours; such a key is not forwarded.
    const std::string* keyName(const HeaderFields& fields) const;

    /// The keys of the settings, in their order, and when each was last used.
    std::vector<KeyView> keys() const;

    static constexpr std::chrono::milliseconds lookupTimeMax{2'000};

private:
    Task<std::string> program(Exchange& exchange);
    const KeyView* findKey(const HeaderFields& fields) const;
    const KeyView* useKey(const HeaderFields& fields); ///< the same, and notes the time

    asio::io_context& m_io;
    std::vector<KeyView> m_keys;
    std::unordered_map<std::string, std::size_t> m_keyByHash; ///< index of m_keys by SHA-256 in hex
    bool m_recogniseProcesses;
    struct Lookup;
    std::unique_ptr<class PeerProcesses> m_processes;
};

} // namespace drover
