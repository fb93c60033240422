// SPDX-License-Identifier: MIT
#include "core/net/owner_search.h"
#include "core/net/socket_owners.h"
#include "core/net/socket_table_linux.h"

#include <dirent.h>
#include <fcntl.h>
#include <pwd.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <vector>

namespace drover {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t commandLineBytesMax = 16 << 10;
constexpr std::chrono::seconds nameKept{2}; ///< a process that becomes another program (exec) is renamed within this

std::string linkTarget(const char* path)
{
    std::array<char, 4096> buffer;
    const ssize_t size = readlink(path, buffer.data(), buffer.size());
    return size <= 0 ? std::string() : std::string(buffer.data(), static_cast<std::size_t>(size));
}

std::string contents(const char* path, std::size_t bytesMax)
{
    std::string text(bytesMax, '\0');
    const int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0)
        return {};
    const ssize_t size = read(file, text.data(), text.size());
    close(file);
    text.resize(static_cast<std::size_t>(std::max<ssize_t>(size, 0)));
    return text;
}

std::array<char, 64> procPath(OwnerSearch::Pid pid, const char* entry)
{
    std::array<char, 64> path;
    std::snprintf(path.data(), path.size(), "/proc/%u/%s", pid, entry);
    return path;
}

/// The names of a folder that are numbers, unordered.
std::vector<int> numbersIn(const char* folder)
{
    std::vector<int> numbers;
    DIR* entries = opendir(folder);
    if (!entries)
        return numbers;
    while (const dirent* entry = readdir(entries)) {
        const std::string_view name = entry->d_name;
        int number = 0;
        const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
        if (error == std::errc() && end == name.data() + name.size())
            numbers.push_back(number);
    }
    closedir(entries);
    return numbers;
}

ProgramFacts factsOf(OwnerSearch::Pid pid)
{
    ProgramFacts facts{.path = linkTarget(procPath(pid, "exe").data())};
    const std::string line = contents(procPath(pid, "cmdline").data(), commandLineBytesMax);
    for (std::size_t from = 0; from < line.size();) {
        const std::size_t end = std::min(line.find('\0', from), line.size());
        facts.arguments.push_back(line.substr(from, end - from));
        from = end + 1;
    }
    while (!facts.arguments.empty() && facts.arguments.back().empty())
        facts.arguments.pop_back(); // what a changed process title leaves behind
    if (facts.path.empty() && facts.arguments.empty()) {
        facts.path = contents(procPath(pid, "comm").data(), 64);
        while (!facts.path.empty() && facts.path.back() == '\n')
            facts.path.pop_back();
    }
    return facts;
}

std::string accountName(std::uint32_t account)
{
    std::array<char, 4096> buffer;
    passwd entry{};
    passwd* found = nullptr;
    if (getpwuid_r(account, &entry, buffer.data(), buffer.size(), &found) == 0 && found)
        return found->pw_name;
    return std::to_string(account);
}

/// Asks /proc about one socket.
class ProcPort : public OwnerSearch::Port {
public:
    ProcPort(ListedSocket socket, std::function<bool()> stillThere)
        : m_account(socket.account)
        , m_stillThere(std::move(stillThere))
    {
        m_linkSize = static_cast<std::size_t>(std::snprintf(
            m_link.data(), m_link.size(), "socket:[%llu]", static_cast<unsigned long long>(socket.inode)));
    }

    bool holds(OwnerSearch::Pid pid, int file) override
    {
        std::array<char, 64> path;
        std::array<char, 64> target;
        std::snprintf(path.data(), path.size(), "/proc/%u/fd/%d", pid, file);
        const ssize_t size = readlink(path.data(), target.data(), target.size());
        return size == static_cast<ssize_t>(m_linkSize)
            && std::equal(m_link.begin(), m_link.begin() + size, target.begin());
    }

    std::vector<int> files(OwnerSearch::Pid pid) override
    {
        struct stat folder { };
        if (stat(procPath(pid, "").data(), &folder) != 0)
            return {};
        // Processes that may not be traced show root as their owner; only root can look into them.
        const bool isHidden = folder.st_uid == 0 && geteuid() == 0;
        if (folder.st_uid != m_account && !isHidden)
            return {};
        std::vector<int> files = numbersIn(procPath(pid, "fd").data());
        std::sort(files.begin(), files.end());
        return files;
    }

    std::vector<OwnerSearch::Pid> processes() override
    {
        const std::vector<int> numbers = numbersIn("/proc");
        std::vector<OwnerSearch::Pid> pids(numbers.begin(), numbers.end());
        std::sort(pids.begin(), pids.end(), std::greater<>());
        return pids;
    }

    bool stillThere() override { return m_stillThere(); }

private:
    std::array<char, 64> m_link;
    std::size_t m_linkSize;
    std::uint32_t m_account;
    std::function<bool()> m_stillThere;
};

} // namespace

struct SocketOwners::State {
    struct Name {
        OwnerSearch::Pid pid = 0;
        std::string name = {};
        Clock::time_point until = {};
    };

    std::optional<ProgramIdentity> identify(ListedSocket socket, const std::function<bool()>& stillThere)
    {
        const Clock::time_point now = Clock::now();
        ProcPort port(socket, stillThere);
        const auto pid = search.find(port, socket.account, now);
        if (!pid)
            return {};
        if (last.pid != *pid || last.until <= now)
            last = {*pid, programName(factsOf(*pid)), now + nameKept};
        return ProgramIdentity{.name = last.name, .pid = *pid};
    }

    SocketTable table;
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
    const auto socket = m_state->table.connected(client, server);
    if (!socket)
        return {};
    return m_state->identify(*socket, [&] {
        const auto again = m_state->table.connected(client, server);
        return again && again->inode == socket->inode;
    });
}

std::optional<ProgramIdentity> SocketOwners::listener(std::uint16_t port)
{
    const auto socket = m_state->table.listening(port);
    if (!socket)
        return {};
    if (auto program = m_state->identify(*socket, [] { return true; }))
        return program;
    return ProgramIdentity{.name = "a program of user " + accountName(socket->account)};
}

std::uint64_t SocketOwners::questions() const
{
    return m_state->search.questions();
}

} // namespace drover
