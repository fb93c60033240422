// SPDX-License-Identifier: MIT
#include "core/net/socket_table_linux.h"

#include <linux/inet_diag.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <functional>
#include <sstream>
#include <string>

namespace drover {

namespace {

constexpr std::uint8_t tcpListen = 10; // TCP_LISTEN of the kernel's net/tcp_states.h
constexpr std::uint32_t anyState = 0xFFFFFFFF;
constexpr timeval netlinkTimeMax{.tv_sec = 0, .tv_usec = 200'000};

struct Request {
    nlmsghdr header;
    inet_diag_req_v2 body;
};

Request makeRequest(bool v6, std::uint16_t flags, std::uint32_t states, std::uint32_t sequence)
{
    Request request{};
    request.header.nlmsg_len = sizeof(Request);
    request.header.nlmsg_type = SOCK_DIAG_BY_FAMILY;
    request.header.nlmsg_flags = static_cast<std::uint16_t>(NLM_F_REQUEST | flags);
    request.header.nlmsg_seq = sequence;
    request.body.sdiag_family = v6 ? AF_INET6 : AF_INET;
    request.body.sdiag_protocol = IPPROTO_TCP;
    request.body.idiag_states = states;
    request.body.id.idiag_cookie[0] = INET_DIAG_NOCOOKIE;
    request.body.id.idiag_cookie[1] = INET_DIAG_NOCOOKIE;
    return request;
}

enum class Ending { Found, NotFound, Broken };

/// Sends a request and gives every socket of the answer to `each`, which says whether it is the one.
Ending exchange(int netlink, const Request& request, const std::function<bool(const inet_diag_msg&)>& each)
{
    if (send(netlink, &request, sizeof(request), 0) != static_cast<ssize_t>(sizeof(request)))
        return Ending::Broken;
    const bool isDump = (request.header.nlmsg_flags & NLM_F_DUMP) != 0;
    alignas(nlmsghdr) std::array<char, 32768> buffer;
    Ending ending = Ending::NotFound;
    for (;;) {
        const ssize_t size = recv(netlink, buffer.data(), buffer.size(), 0);
        if (size <= 0)
            return ending == Ending::Found ? ending : Ending::Broken;
        auto left = static_cast<unsigned>(size);
        for (auto* message = reinterpret_cast<nlmsghdr*>(buffer.data()); NLMSG_OK(message, left);
             message = NLMSG_NEXT(message, left)) {
            if (message->nlmsg_seq != request.header.nlmsg_seq)
                continue; // of a request that was given up
            if (message->nlmsg_type == NLMSG_DONE)
                return ending;
            if (message->nlmsg_type == NLMSG_ERROR) {
                const auto* error = static_cast<const nlmsgerr*>(NLMSG_DATA(message));
                return error->error == -ENOENT ? ending : Ending::Broken;
            }
            const auto* socket = static_cast<const inet_diag_msg*>(NLMSG_DATA(message));
            if (message->nlmsg_len >= NLMSG_LENGTH(sizeof(inet_diag_msg)) && each(*socket))
                ending = Ending::Found;
            if (!isDump)
                return ending;
        }
    }
}

/// An address as /proc/net/tcp writes it: words of four bytes in the machine's order, in hexadecimal.
std::string procAddress(const SocketAddress& address)
{
    std::string result;
    char word[16];
    for (std::size_t at = 0; at < (address.v6 ? 16u : 4u); at += 4) {
        std::uint32_t value = 0;
        std::memcpy(&value, address.bytes.data() + at, sizeof(value));
        std::snprintf(word, sizeof(word), "%08X", value);
        result += word;
    }
    std::snprintf(word, sizeof(word), ":%04X", address.port);
    return result + word;
}

SocketAddress mapped(const SocketAddress& v4)
{
    SocketAddress result{.port = v4.port, .v6 = true};
    result.bytes[10] = result.bytes[11] = 0xFF;
    std::memcpy(result.bytes.data() + 12, v4.bytes.data(), 4);
    return result;
}

/// The first line of a table that `wanted` takes (local address, remote address, state).
std::optional<ListedSocket> searchProc(
    const char* path, const std::function<bool(const std::string&, const std::string&, const std::string&)>& wanted)
{
    std::ifstream table(path);
    std::string line;
    std::getline(table, line); // the titles
    while (std::getline(table, line)) {
        std::istringstream words(line);
        std::string number, local, remote, state, queues, timer, retransmits, timeouts;
        ListedSocket socket;
        words >> number >> local >> remote >> state >> queues >> timer >> retransmits >> socket.account >> timeouts
            >> socket.inode;
        if (words && socket.inode != 0 && wanted(local, remote, state))
            return socket;
    }
    return {};
}

std::optional<ListedSocket> connectedByProc(const SocketAddress& own, const SocketAddress& other)
{
    const auto search = [](const char* path, const SocketAddress& from, const SocketAddress& to) {
        return searchProc(path,
            [local = procAddress(from), remote = procAddress(to)](const std::string& itsLocal,
                const std::string& itsRemote, const std::string&) { return itsLocal == local && itsRemote == remote; });
    };
    if (own.v6)
        return search("/proc/net/tcp6", own, other);
    if (const auto found = search("/proc/net/tcp", own, other))
        return found;
    return search("/proc/net/tcp6", mapped(own), mapped(other));
}

std::optional<ListedSocket> listeningByProc(std::uint16_t port)
{
    char end[8];
    std::snprintf(end, sizeof(end), ":%04X", port);
    for (const char* path : {"/proc/net/tcp", "/proc/net/tcp6"}) {
        const auto found =
            searchProc(path, [&](const std::string& local, const std::string&, const std::string& state) {
                return state == "0A" && local.size() >= 5 && local.compare(local.size() - 5, 5, end) == 0;
            });
        if (found)
            return found;
    }
    return {};
}

} // namespace

SocketTable::SocketTable(Source source)
    : m_netlink(source == Source::Proc ? -1 : socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_SOCK_DIAG))
{
    if (m_netlink < 0)
        m_state = Netlink::Refused;
    else
        setsockopt(m_netlink, SOL_SOCKET, SO_RCVTIMEO, &netlinkTimeMax, sizeof(netlinkTimeMax));
}

SocketTable::~SocketTable()
{
    if (m_netlink >= 0)
        close(m_netlink);
}

std::optional<ListedSocket> SocketTable::connected(const SocketAddress& own, const SocketAddress& other)
{
    if (m_state == Netlink::Refused)
        return connectedByProc(own, other);
    Request request = makeRequest(own.v6, 0, anyState, ++m_sequence);
    request.body.id.idiag_sport = htons(own.port);
    request.body.id.idiag_dport = htons(other.port);
    const std::size_t addressBytes = own.v6 ? 16 : 4;
    std::memcpy(request.body.id.idiag_src, own.bytes.data(), addressBytes);
    std::memcpy(request.body.id.idiag_dst, other.bytes.data(), addressBytes);
    ListedSocket found;
    const Ending ending = exchange(m_netlink, request, [&](const inet_diag_msg& socket) {
        found = {.inode = socket.idiag_inode, .account = socket.idiag_uid};
        return found.inode != 0;
    });
    if (ending == Ending::Found) {
        m_state = Netlink::Works;
        return found;
    }
    if (ending == Ending::NotFound && m_state == Netlink::Works)
        return {};
    // A kernel without the tcp_diag module says "not found" to everything: believe it only after it has found one.
    const auto byProc = connectedByProc(own, other);
    if (byProc)
        m_state = Netlink::Refused;
    return byProc;
}

std::optional<ListedSocket> SocketTable::listening(std::uint16_t port)
{
    for (const bool v6 : {false, true}) {
        if (m_state == Netlink::Refused)
            break;
        const Request request = makeRequest(v6, NLM_F_DUMP, 1u << tcpListen, ++m_sequence);
        ListedSocket found;
        const Ending ending = exchange(m_netlink, request, [&](const inet_diag_msg& socket) {
            if (ntohs(socket.id.idiag_sport) != port || socket.idiag_inode == 0)
                return false;
            found = {.inode = socket.idiag_inode, .account = socket.idiag_uid};
            return true;
        });
        if (ending == Ending::Found)
            return found;
    }
    return listeningByProc(port);
}

} // namespace drover
