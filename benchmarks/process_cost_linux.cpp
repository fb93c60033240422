// SPDX-License-Identifier: MIT
#include "benchmarks/process_cost.h"

#include <fstream>
#include <stdexcept>
#include <string>

#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

namespace drover::benchmark {

ProcessCost costOf(int process)
{
    if (process == 0)
        return {};
    // A process's CPU clock has nanoseconds and includes ended threads, where /proc/PID/stat has ticks of 10 ms.
    clockid_t clock = 0;
    timespec used{};
    if (clock_getcpuclockid(process, &clock) != 0 || clock_gettime(clock, &used) != 0)
        throw std::runtime_error("no process " + std::to_string(process));

    std::ifstream statm("/proc/" + std::to_string(process) + "/statm");
    std::size_t pagesInAll = 0;
    std::size_t pagesResident = 0;
    statm >> pagesInAll >> pagesResident;
    return {std::chrono::seconds(used.tv_sec) + std::chrono::nanoseconds(used.tv_nsec),
        pagesResident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE))};
}

void allowManyFiles()
{
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

} // namespace drover::benchmark
