// SPDX-License-Identifier: MIT
#include "core/net/owner_search.h"
#include "core/net/socket_owners.h"

#include <arpa/inet.h>
#include <libproc.h>
#include <sys/proc_info.h>
#include <sys/sysctl.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace drover {

namespace {

using Clock = std::chrono::steady_clock;
using SocketTest = std::function<bool(const tcp_sockinfo&)>;

constexpr std::size_t commandLineBytesMax = 16 << 10;
constexpr std::chrono::seconds nameKept{2}; ///< a process that becomes another program (exec) is renamed within this
constexpr OwnerSearch::Account anyAccount = 0; ///< macOS does not tell a socket's account before its process is known

/// Asks libproc for the one socket that `wanted` takes.
class ProcessPort : public OwnerSearch::Port {
public:
    explicit ProcessPort(SocketTest wanted)
        : m_wanted(std::move(wanted))
    {
    }

    bool holds(OwnerSearch::Pid pid, int file) override
    {
        socket_fdinfo info{};
        const int size =
            proc_pidfdinfo(static_cast<int>(pid), file, PROC_PIDFDSOCKETINFO, &info, static_cast<int>(sizeof(info)));
        return size == static_cast<int>(sizeof(info)) && info.psi.soi_kind == SOCKINFO_TCP
            && m_wanted(info.psi.soi_proto.pri_tcp);
    }

    std::vector<int> files(OwnerSearch::Pid pid) override
    {
        const int needed = proc_pidinfo(static_cast<int>(pid), PROC_PIDLISTFDS, 0, nullptr, 0);
        if (needed <= 0)
            return {};
        std::vector<proc_fdinfo> entries(static_cast<std::size_t>(needed) / sizeof(proc_fdinfo) + spareEntries);
        const int size = proc_pidinfo(static_cast<int>(pid), PROC_PIDLISTFDS, 0, entries.data(),
            static_cast<int>(entries.size() * sizeof(proc_fdinfo)));
        entries.resize(size <= 0 ? 0 : static_cast<std::size_t>(size) / sizeof(proc_fdinfo));
        std::vector<int> sockets;
        for (const proc_fdinfo& entry : entries) {
            if (entry.proc_fdtype == PROX_FDTYPE_SOCKET)
                sockets.push_back(entry.proc_fd);
        }
        std::sort(sockets.begin(), sockets.end());
        return sockets;
    }

    std::vector<OwnerSearch::Pid> processes() override
    {
        const int known = proc_listallpids(nullptr, 0);
        if (known <= 0)
            return {};
        std::vector<pid_t> pids(static_cast<std::size_t>(known) + spareEntries);
        const int count = proc_listallpids(pids.data(), static_cast<int>(pids.size() * sizeof(pid_t)));
        pids.resize(std::min(pids.size(), static_cast<std::size_t>(std::max(count, 0))));
        std::sort(pids.begin(), pids.end(), std::greater<>());
        return {pids.begin(), pids.end()};
    }

    bool stillThere() override { return true; } ///< not cheaply known

private:
    static constexpr std::size_t spareEntries = 32; ///< for what comes between asking the size and the list

    SocketTest m_wanted;
};

SocketAddress addressOf(bool v6, const in4in6_addr& v4, const in6_addr& address, int portInNetworkOrder)
{
    SocketAddress result{.port = ntohs(static_cast<std::uint16_t>(portInNetworkOrder)), .v6 = v6};
    if (v6 && IN6_IS_ADDR_V4MAPPED(&address)) {
        result.v6 = false;
        std::memcpy(result.bytes.data(), address.s6_addr + 12, 4);
    } else if (v6) {
        std::memcpy(result.bytes.data(), address.s6_addr, 16);
    } else {
        std::memcpy(result.bytes.data(), &v4.i46a_addr4, 4);
    }
    return result;
}

SocketAddress localOf(const in_sockinfo& socket)
{
    const bool v6 = (socket.insi_vflag & INI_IPV4) == 0;
    return addressOf(v6, socket.insi_laddr.ina_46, socket.insi_laddr.ina_6, socket.insi_lport);
}

SocketAddress remoteOf(const in_sockinfo& socket)
{
    const bool v6 = (socket.insi_vflag & INI_IPV4) == 0;
    return addressOf(v6, socket.insi_faddr.ina_46, socket.insi_faddr.ina_6, socket.insi_fport);
}

/// The arguments from what sysctl(3) gives for KERN_PROCARGS2: their number, the path, zeros, then one after another.
std::vector<std::string> argumentsOf(OwnerSearch::Pid pid)
{
    std::array<int, 3> name{CTL_KERN, KERN_PROCARGS2, static_cast<int>(pid)};
    std::size_t size = 0;
    if (sysctl(name.data(), name.size(), nullptr, &size, nullptr, 0) != 0)
        return {};
    std::string text(size, '\0');
    if (sysctl(name.data(), name.size(), text.data(), &size, nullptr, 0) != 0 || size <= sizeof(int))
        return {};
    text.resize(std::min(size, commandLineBytesMax));
    int count = 0;
    std::memcpy(&count, text.data(), sizeof(count));

    std::size_t at = std::min(text.find('\0', sizeof(count)), text.size());
    at = std::min(text.find_first_not_of('\0', at), text.size());
    std::vector<std::string> arguments;
    while (at < text.size() && static_cast<int>(arguments.size()) < count) {
        const std::size_t end = std::min(text.find('\0', at), text.size());
        arguments.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return arguments;
}

ProgramFacts factsOf(OwnerSearch::Pid pid)
{
    std::array<char, PROC_PIDPATHINFO_MAXSIZE> path{};
    const int size = proc_pidpath(static_cast<int>(pid), path.data(), static_cast<std::uint32_t>(path.size()));
    return {
        .path = std::string(path.data(), static_cast<std::size_t>(std::max(size, 0))), .arguments = argumentsOf(pid)};
}

} // namespace

struct SocketOwners::State {
    struct Name {
        OwnerSearch::Pid pid = 0;
        std::string name = {};
        Clock::time_point until = {};
    };

    std::optional<ProgramIdentity> identify(SocketTest wanted)
    {
        const Clock::time_point now = Clock::now();
        ProcessPort port(std::move(wanted));
        const auto pid = search.find(port, anyAccount, now);
        if (!pid)
            return {};
        if (last.pid != *pid || last.until <= now)
            last = {*pid, programName(factsOf(*pid)), now + nameKept};
        return ProgramIdentity{.name = last.name, .pid = *pid};
    }

    OwnerSearch search;
    Name last; ///< of the process found last, which is often the next one too
};

SocketOwners::SocketOwners()
    : m_state(std::make_unique<State>())
{
}

SocketOwners::~SocketOwners() = default;

std::optional<ProgramIdentity> SocketOwners::find(const SocketAddress& client, const SocketAddress& server)
{
    return m_state->identify([&](const tcp_sockinfo& socket) {
        return localOf(socket.tcpsi_ini) == client && remoteOf(socket.tcpsi_ini) == server;
    });
}

std::optional<ProgramIdentity> SocketOwners::listener(std::uint16_t port)
{
    return m_state->identify([port](const tcp_sockinfo& socket) {
        return socket.tcpsi_state == TSI_S_LISTEN && localOf(socket.tcpsi_ini).port == port;
    });
}

std::uint64_t SocketOwners::questions() const
{
    return m_state->search.questions();
}

} // namespace drover
