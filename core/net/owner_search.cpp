// SPDX-License-Identifier: MIT
#include "core/net/owner_search.h"

#include <algorithm>

namespace drover {

namespace {

// A program that opens connections one after another gets the file numbers one after another; one that closes the old
// before it opens the next gets the same again; threads and other files mix the order a little.
constexpr int filesNextFew = 2;
constexpr int filesWideBefore = 8;
constexpr int filesWideAfter = 16;
constexpr std::size_t pausedAccountsMax = 64;

} // namespace

/// One search under way.
struct OwnerSearch::Hunt {
    Port& port;
    std::size_t questionsLeft;
    std::vector<Pid> large = {}; ///< asked only for some of their files so far
    std::optional<Recent> found = {};
};

bool OwnerSearch::ask(Hunt& hunt, Pid pid, int file)
{
    if (hunt.questionsLeft == 0 || file < 0)
        return false;
    --hunt.questionsLeft;
    ++m_questions;
    if (!hunt.port.holds(pid, file))
        return false;
    hunt.found = Recent{pid, file};
    return true;
}

bool OwnerSearch::askNear(Hunt& hunt, Recent recent, int before, int after)
{
    for (int file = recent.file + 1; file <= recent.file + after; ++file) {
        if (ask(hunt, recent.pid, file))
            return true;
    }
    for (int file = recent.file; file >= recent.file - before; --file) {
        if (ask(hunt, recent.pid, file))
            return true;
    }
    return false;
}

bool OwnerSearch::askAll(Hunt& hunt, Pid pid, std::size_t skip, std::size_t most)
{
    if (hunt.questionsLeft == 0)
        return false;
    --hunt.questionsLeft;
    ++m_questions;
    const std::vector<int> files = hunt.port.files(pid);
    if (skip == 0 && files.size() > filesFirstMax)
        hunt.large.push_back(pid);
    const std::size_t end = std::min(files.size(), most);
    for (std::size_t i = skip; i < end && hunt.questionsLeft > 0; ++i) {
        if (ask(hunt, pid, files[files.size() - 1 - i]))
            return true;
    }
    return false;
}

bool OwnerSearch::findRecent(Hunt& hunt)
{
    for (const Recent& recent : m_recent) {
        if (askNear(hunt, recent, 0, filesNextFew))
            return true;
    }
    const std::size_t wide = std::min(m_recent.size(), recentAskedWideMax);
    for (std::size_t i = 0; i < wide; ++i) {
        if (askNear(hunt, m_recent[i], filesWideBefore, filesWideAfter))
            return true;
    }
    return false;
}

bool OwnerSearch::findAnywhere(Hunt& hunt)
{
    const std::vector<Pid> processes = hunt.port.processes();
    std::erase_if(m_recent,
        [&](const Recent& each) { return std::find(processes.begin(), processes.end(), each.pid) == processes.end(); });
    for (const Pid pid : processes) {
        if (askAll(hunt, pid, 0, filesFirstMax))
            return true;
    }
    const std::vector<Pid> large = hunt.large;
    return std::any_of(
        large.begin(), large.end(), [&](Pid pid) { return askAll(hunt, pid, filesFirstMax, questionsMax); });
}

std::optional<OwnerSearch::Pid> OwnerSearch::find(Port& port, Account account, TimePoint now)
{
    const auto paused = m_pausedUntil.find(account);
    const bool isPaused = paused != m_pausedUntil.end() && now < paused->second;
    Hunt hunt{.port = port, .questionsLeft = isPaused ? questionsWhilePausedMax : questionsMax};

    if (findRecent(hunt) || findAnywhere(hunt)) {
        remember(*hunt.found);
        return hunt.found->pid;
    }
    if (!isPaused && port.stillThere()) {
        std::erase_if(m_pausedUntil, [now](const auto& each) { return each.second <= now; });
        if (m_pausedUntil.size() < pausedAccountsMax)
            m_pausedUntil[account] = now + pauseAfterFruitless;
    }
    return {};
}

void OwnerSearch::remember(Recent found)
{
    std::erase_if(m_recent, [&](const Recent& each) { return each.pid == found.pid; });
    m_recent.insert(m_recent.begin(), found);
    if (m_recent.size() > recentMax)
        m_recent.pop_back();
}

} // namespace drover
