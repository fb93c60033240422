// SPDX-License-Identifier: MIT
#include "core/net/process_mark.h"

#include <cerrno>
#include <csignal>
#include <libproc.h>
#include <sys/proc.h>

namespace drover {

std::optional<std::uint64_t> processMark(std::int64_t pid)
{
    if (pid <= 0)
        return {};
    proc_bsdinfo facts{};
    const auto number = static_cast<pid_t>(pid);
    if (proc_pidinfo(number, PROC_PIDTBSDINFO, 0, &facts, sizeof facts) != static_cast<int>(sizeof facts)) {
        const bool isSomebodyElses = kill(number, 0) == -1 && errno == EPERM;
        return isSomebodyElses ? std::optional<std::uint64_t>(0) : std::nullopt;
    }
    if (facts.pbi_status == SZOMB)
        return {};
    return facts.pbi_start_tvsec * 1'000'000 + facts.pbi_start_tvusec;
}

} // namespace drover
