// SPDX-License-Identifier: MIT
//
// What it costs to choose the next job when many users wait: every user has one job waiting, one job runs. Each step
// ends the running one (so that the next is chosen and started) and has its user ask again.
#include "core/dispatch/dispatcher.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

namespace {

using namespace drover;
using namespace std::chrono_literals;

/// Nanoseconds per step with this many users waiting. Time is made up: a step takes a millisecond of it.
double costOfAStep(int users, int steps)
{
    QueuePolicy policy;
    policy.waitingMax = 1'000'000;
    policy.waitingPerUserMax = 1'000'000;
    Dispatcher dispatcher(policy);
    TimePoint now{1h};
    dispatcher.setBackend(1, {.slots = 1, .available = true, .models = {"bench:latest"}}, now);

    std::vector<std::string> userOf(1);
    const auto ask = [&](std::string user) {
        const auto id = static_cast<JobId>(userOf.size());
        userOf.push_back(user);
        return dispatcher.submit(
            {.id = id, .user = std::move(user), .model = "bench:latest", .promptTokens = 100, .bytes = 600}, now);
    };
    JobId running = 0;
    const auto follow = [&](const Actions& actions) {
        for (const Action& action : actions)
            if (const auto* started = std::get_if<StartJob>(&action))
                running = started->id;
    };
    for (int user = 0; user <= users; ++user)
        follow(ask("user " + std::to_string(user)));
    userOf.reserve(userOf.size() + static_cast<std::size_t>(steps));

    const auto begin = Clock::now();
    for (int step = 0; step < steps; ++step) {
        now += 1ms;
        dispatcher.progress(running, 100, 50 + static_cast<std::uint64_t>(step % 100), now);
        std::string user = userOf[running];
        const JobId before = running;
        follow(dispatcher.finished(running, now));
        follow(ask(std::move(user)));
        if (running == before) {
            std::fprintf(stderr, "choosing: no job was started\n");
            std::exit(1);
        }
    }
    const auto took = std::chrono::duration<double, std::nano>(Clock::now() - begin).count();
    return took / steps;
}

} // namespace

int main()
{
    std::printf("{");
    for (const int users : {100, 1'000, 10'000, 100'000}) {
        std::vector<double> runs;
        for (int run = 0; run < 3; ++run)
            runs.push_back(costOfAStep(users, 200'000));
        std::sort(runs.begin(), runs.end());
        std::printf("%s\"%d\": %.0f", users == 100 ? "" : ", ", users, runs[1]);
    }
    std::printf("}\n");
}
