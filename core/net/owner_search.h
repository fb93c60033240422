// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

namespace drover {

/// Finds the process that holds a socket with as few questions to the system as it can.
///
/// Most connections come from a program that connected a moment ago, on the file number after its last one; so the
/// programs seen last and their next file numbers are asked first, then all processes, newest first. That makes one
/// program's 50,000 connections cost a few questions each, and a search among everything a matter of once per program.
/// Decides only: the questions go to a Port, time is an argument. Not thread-safe.
class OwnerSearch {
public:
    using Pid = std::uint32_t;
    using Account = std::uint32_t; ///< the system's user who owns the socket
    using TimePoint = std::chrono::steady_clock::time_point;

    /// What the search asks the system, about one socket.
    class Port {
    public:
        virtual ~Port() = default;
        virtual bool holds(Pid pid, int file) = 0; ///< is the socket that file of the process? Costs one question
        virtual std::vector<int> files(Pid pid) = 0; ///< that may be it, ascending; none when gone or not permitted.
                                                     ///< One question
        virtual std::vector<Pid> processes() = 0; ///< all, newest first
        virtual bool stillThere() = 0; ///< is the socket still open?
    };

    static constexpr std::size_t questionsMax = 20'000; ///< of one search
    static constexpr std::size_t questionsWhilePausedMax = 300; ///< of one search soon after a fruitless one
    static constexpr std::chrono::milliseconds pauseAfterFruitless{1'000};
    static constexpr std::size_t recentMax = 32; ///< programs remembered
    static constexpr std::size_t recentAskedWideMax = 4; ///< of them, how many are asked for more than their next files
    static constexpr std::size_t filesFirstMax = 1'024; ///< of a process, before others have been asked too

    /// The process that holds the socket of `account`; nothing when it is gone, hidden from us, or not found within
    /// `questionsMax`. After a search that found nothing although the socket is there (a container's process, say),
    /// others of that account are short for `pauseAfterFruitless`.
    std::optional<Pid> find(Port& port, Account account, TimePoint now);

    std::uint64_t questions() const { return m_questions; } ///< asked in all

private:
    struct Recent {
        Pid pid;
        int file; ///< where it was found last
    };
    struct Hunt;

    bool ask(Hunt& hunt, Pid pid, int file);
    bool askNear(Hunt& hunt, Recent recent, int before, int after);
    bool askAll(Hunt& hunt, Pid pid, std::size_t skip, std::size_t most);
    bool findRecent(Hunt& hunt);
    bool findAnywhere(Hunt& hunt);
    void remember(Recent found);

    std::vector<Recent> m_recent; ///< last found first
    std::map<Account, TimePoint> m_pausedUntil;
    std::uint64_t m_questions = 0;
};

} // namespace drover
