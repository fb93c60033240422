// SPDX-License-Identifier: MIT
#include "core/net/program_facts_windows.h"
#include "core/net/socket_owners.h"

#include <winsock2.h>
#include <ws2tcpip.h>

#include <iphlpapi.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>
#include <string>
#include <vector>

namespace drover {

namespace {

using Clock = std::chrono::steady_clock;

// A burst of connections is answered from one reading of the table. Short enough that no port is used again within.
constexpr std::chrono::milliseconds tableKept{200};
constexpr std::chrono::seconds nameKept{5};
constexpr int tableTriesMax = 4; ///< it may grow between asking its size and reading it

struct Connection {
    SocketAddress own;
    SocketAddress other;
    DWORD pid = 0;
};

std::vector<std::max_align_t> readTable(ULONG family, TCP_TABLE_CLASS kind)
{
    ULONG size = 16 << 10;
    for (int tries = 0; tries < tableTriesMax; ++tries) {
        std::vector<std::max_align_t> table(size / sizeof(std::max_align_t) + 1);
        size = static_cast<ULONG>(table.size() * sizeof(std::max_align_t));
        const DWORD error = GetExtendedTcpTable(table.data(), &size, FALSE, family, kind, 0);
        if (error == NO_ERROR)
            return table;
        if (error != ERROR_INSUFFICIENT_BUFFER)
            break;
        size += size / 8;
    }
    return {};
}

SocketAddress v4Address(DWORD address, DWORD port)
{
    SocketAddress result{.port = ntohs(static_cast<u_short>(port))};
    std::memcpy(result.bytes.data(), &address, sizeof(address));
    return result;
}

SocketAddress v6Address(const UCHAR* address, DWORD port)
{
    constexpr UCHAR mappedStart[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF};
    SocketAddress result{.port = ntohs(static_cast<u_short>(port))};
    result.v6 = std::memcmp(address, mappedStart, sizeof(mappedStart)) != 0;
    if (result.v6)
        std::memcpy(result.bytes.data(), address, 16);
    else
        std::memcpy(result.bytes.data(), address + 12, 4);
    return result;
}

std::vector<Connection> readConnections(TCP_TABLE_CLASS kind)
{
    std::vector<Connection> connections;
    if (const auto buffer = readTable(AF_INET, kind); !buffer.empty()) {
        const auto* table = reinterpret_cast<const MIB_TCPTABLE_OWNER_PID*>(buffer.data());
        for (const auto* row = table->table; row != table->table + table->dwNumEntries; ++row)
            connections.push_back({v4Address(row->dwLocalAddr, row->dwLocalPort),
                v4Address(row->dwRemoteAddr, row->dwRemotePort), row->dwOwningPid});
    }
    if (const auto buffer = readTable(AF_INET6, kind); !buffer.empty()) {
        const auto* table = reinterpret_cast<const MIB_TCP6TABLE_OWNER_PID*>(buffer.data());
        for (const auto* row = table->table; row != table->table + table->dwNumEntries; ++row)
            connections.push_back({v6Address(row->ucLocalAddr, row->dwLocalPort),
                v6Address(row->ucRemoteAddr, row->dwRemotePort), row->dwOwningPid});
    }
    return connections;
}

} // namespace

struct SocketOwners::State {
    struct Name {
        DWORD pid = 0;
        std::string name = {};
        Clock::time_point until = {};
    };

    /// Who holds the connection by the table as it was read last.
    std::optional<DWORD> ownerOf(const SocketAddress& own, const SocketAddress& other)
    {
        ++questions;
        const auto found = std::find_if(connections.begin(), connections.end(),
            [&](const Connection& each) { return each.own == own && each.other == other && each.pid != 0; });
        return found == connections.end() ? std::nullopt : std::optional(found->pid);
    }

    std::optional<ProgramIdentity> identify(std::optional<DWORD> pid, Clock::time_point now)
    {
        if (!pid)
            return {};
        if (last.pid != *pid || last.until <= now) {
            ProgramFacts facts = programFacts(*pid);
            if (facts.path.empty() && facts.arguments.empty())
                return {}; // another account's program, or gone
            last = {*pid, programName(facts), now + nameKept};
        }
        return ProgramIdentity{.name = last.name, .pid = *pid};
    }

    std::vector<Connection> connections;
    Clock::time_point connectionsUntil = {};
    Name last; ///< of the process found last, which is often the next one too
    std::uint64_t questions = 0;
};

SocketOwners::SocketOwners()
    : m_state(std::make_unique<State>())
{
}

SocketOwners::~SocketOwners() = default;

std::optional<ProgramIdentity> SocketOwners::find(const SocketAddress& client, const SocketAddress& server)
{
    const Clock::time_point now = Clock::now();
    std::optional<DWORD> pid;
    if (now < m_state->connectionsUntil)
        pid = m_state->ownerOf(client, server);
    if (!pid) {
        m_state->connections = readConnections(TCP_TABLE_OWNER_PID_CONNECTIONS);
        m_state->connectionsUntil = now + tableKept;
        pid = m_state->ownerOf(client, server);
    }
    return m_state->identify(pid, now);
}

std::optional<ProgramIdentity> SocketOwners::listener(std::uint16_t port)
{
    const std::vector<Connection> listeners = readConnections(TCP_TABLE_OWNER_PID_LISTENER);
    const auto found =
        std::find_if(listeners.begin(), listeners.end(), [&](const Connection& each) { return each.own.port == port; });
    if (found == listeners.end())
        return {};
    return m_state->identify(found->pid, Clock::now());
}

std::uint64_t SocketOwners::questions() const
{
    return m_state->questions;
}

} // namespace drover
