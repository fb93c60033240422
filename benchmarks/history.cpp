// SPDX-License-Identifier: MIT
//
// What the core thread pays for the history: adding a job that ended to the store's queue, while the store's own thread
// writes. Prints nanoseconds of this thread's CPU per job, with a job every 100 microseconds and in one burst.
#include "core/store/history_store.h"

#include <cstdio>
#include <filesystem>
#include <string>
#include <thread>

#include <time.h>

namespace {

using namespace drover;
using namespace std::chrono_literals;

double threadSeconds()
{
    timespec time = {};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
}

double nanosecondsPerJob(const std::string& file, int jobs, std::chrono::microseconds pause)
{
    HistoryStore store({.config = {.file = file}, .rowsWaitingMax = 1'000'000});
    FinishedJob finished;
    finished.job.requestId = "req_0123456789abcdef0123";
    finished.job.user = "python train.py";
    finished.job.model = "qwen2.5-coder:7b-instruct-q4_K_M";
    finished.job.path = "/v1/chat/completions";
    finished.job.backend = "ollama on the big machine";
    finished.job.state = JobState::Running;
    finished.finishedAt = 1'795'262'400'000;
    double spent = 0;
    for (int job = 0; job < jobs; ++job) {
        const double before = threadSeconds();
        store.add(finished, 120ms);
        spent += threadSeconds() - before;
        if (pause.count() > 0)
            std::this_thread::sleep_for(pause);
    }
    store.flush();
    return spent / jobs * 1e9;
}

/// What asking for the time costs, to be taken off.
double clockCost()
{
    double spent = 0;
    for (int turn = 0; turn < 100'000; ++turn) {
        const double before = threadSeconds();
        spent += threadSeconds() - before;
    }
    return spent / 100'000 * 1e9;
}

} // namespace

int main()
{
    const auto folder = std::filesystem::temp_directory_path() / "drover-history-benchmark";
    std::filesystem::create_directories(folder);
    const std::string file = (folder / "history.db").string();
    const double clock = clockCost();
    const double paced = nanosecondsPerJob(file, 20'000, 100us) - clock;
    const double burst = nanosecondsPerJob(file, 200'000, 0us) - clock;
    std::printf("{\"paced_ns_per_job\": %.0f, \"burst_ns_per_job\": %.0f}\n", paced, burst);
    std::filesystem::remove_all(folder);
}
