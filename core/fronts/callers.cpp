// SPDX-License-Identifier: MIT
#include "core/fronts/callers.h"

#include "core/net/peer_process.h"
#include "core/protocol/identity.h"
#include "core/protocol/key_text.h"

namespace drover {
namespace {

bool isLoopback(const Tcp::endpoint& endpoint)
{
    const auto address = endpoint.address();
    if (address.is_loopback())
        return true;
    return address.is_v6() && address.to_v6().is_v4_mapped()
        && asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
}

} // namespace

/// One look-up under way; shared by the request that waits and the answer, which may come after it gave up.
struct Callers::Lookup {
    explicit Lookup(asio::io_context& io)
        : limit(io.get_executor())
    {
    }
    Timer limit;
    std::optional<ProgramIdentity> program;
    bool done = false;
};

Callers::Callers(asio::io_context& io, const Config& config)
    : m_io(io)
{
    setConfig(config);
}

Callers::~Callers() = default;

void Callers::setConfig(const Config& config)
{
    std::unordered_map<std::string, std::int64_t> lastUses;
    for (const auto& [hash, index] : m_keyByHash)
        lastUses.emplace(hash, m_keys[index].lastUsed);
    m_keys.clear();
    m_keyByHash.clear();
    for (const KeyConfig& key : config.keys) {
        const auto used = lastUses.find(key.sha256Hex);
        m_keyByHash.emplace(key.sha256Hex, m_keys.size());
        m_keys.push_back({key.name, key.prefix, key.created, used == lastUses.end() ? 0 : used->second});
    }
    m_recogniseProcesses = config.recogniseProcesses;
}

const KeyView* Callers::findKey(const HeaderFields& fields) const
{
    if (m_keys.empty())
        return nullptr;
    const std::string_view key = statedKey(fields);
    if (key.empty())
        return nullptr;
    const auto found = m_keyByHash.find(sha256Hex(key)); // a hash gives a clock nothing to measure
    return found == m_keyByHash.end() ? nullptr : &m_keys[found->second];
}

const KeyView* Callers::useKey(const HeaderFields& fields)
{
    const KeyView* found = findKey(fields);
    if (found)
        m_keys[static_cast<std::size_t>(found - m_keys.data())].lastUsed =
            std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
                .count();
    return found;
}

const std::string* Callers::keyName(const HeaderFields& fields) const
{
    const KeyView* found = findKey(fields);
    return found ? &found->name : nullptr;
}

std::vector<KeyView> Callers::keys() const
{
    return m_keys;
}

Result<> Callers::admit(const Exchange& exchange)
{
    if (isLoopback(exchange.client()) || useKey(exchange.head().fields))
        return {};
    if (m_keys.empty())
        return fail(Errc::Forbidden,
            "Requests from other machines need a key, and this Drover has none. Add one to its settings.");
    return fail(
        Errc::Unauthorized, "Send one of this Drover's keys as \"Authorization: Bearer KEY\" or \"x-api-key: KEY\".");
}

Task<Caller> Callers::recognise(Exchange& exchange, const RequestFacts& facts)
{
    if (auto known = recogniseNow(exchange, facts))
        co_return std::move(*known);
    exchange.callerName() = co_await program(exchange);
    co_return *recogniseNow(exchange, facts);
}

std::optional<Caller> Callers::recogniseNow(Exchange& exchange, const RequestFacts& facts)
{
    const HeaderFields& fields = exchange.head().fields;
    if (const std::string* pool = exchange.pool())
        return Caller{"pool " + *pool, IdentitySource::Pool};
    if (const KeyView* key = useKey(fields))
        return Caller{key->name, IdentitySource::Key};
    if (isLoopback(exchange.client())) {
        if (auto stated = statedIdentity(fields, facts))
            return Caller{std::move(stated->name), stated->source};
        if (m_recogniseProcesses) {
            const auto& known = exchange.callerName();
            if (!known)
                return std::nullopt;
            if (!known->empty())
                return Caller{*known, IdentitySource::Process};
        }
    }
    if (auto name = userAgentName(fields.get("User-Agent")); !name.empty())
        return Caller{std::move(name), IdentitySource::UserAgent};
    return Caller{exchange.client().address().to_string(), IdentitySource::Address};
}

Task<std::string> Callers::program(Exchange& exchange)
{
    if (!m_processes) {
        m_processes = std::make_unique<PeerProcesses>(
            [&io = m_io](std::function<void()> run) { asio::post(io, std::move(run)); });
    }
    const auto lookup = std::make_shared<Lookup>(m_io);
    lookup->limit.expires_after(lookupTimeMax);
    m_processes->find(toSocketAddress(exchange.client()), toSocketAddress(exchange.local()), [lookup](auto program) {
        lookup->program = std::move(program);
        lookup->done = true;
        lookup->limit.cancel();
    });
    if (!lookup->done)
        co_await lookup->limit.async_wait(quiet);
    co_return lookup->program ? lookup->program->name : std::string();
}

} // namespace drover
