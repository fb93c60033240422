// SPDX-License-Identifier: MIT
#include "core/dispatch/fair_queue.h"
#include "core/dispatch/ledger.h"
#include "dispatch_scene.h"

#include <QTest>

#include <atomic>
#include <cstdlib>
#include <new>

namespace {

std::atomic<std::size_t> bytesInUse = 0; // Qt Test has a thread of its own
constexpr std::size_t room = alignof(std::max_align_t);

} // namespace

// Counts what the program holds, so that memory can be compared without asking the system.
void* operator new(std::size_t size)
{
    void* block = std::malloc(size + room);
    if (!block)
        throw std::bad_alloc();
    *static_cast<std::size_t*>(block) = size;
    bytesInUse += size;
    return static_cast<char*>(block) + room;
}

void operator delete(void* memory) noexcept
{
    if (!memory)
        return;
    void* block = static_cast<char*>(memory) - room;
    bytesInUse -= *static_cast<std::size_t*>(block);
    std::free(block);
}

void operator delete(void* memory, std::size_t) noexcept
{
    operator delete(memory);
}

using namespace drover;
using namespace std::chrono_literals;

namespace {

QueuePolicy roomy()
{
    return {.waitingMax = 1'000'000, .waitingPerUserMax = 1'000'000};
}

/// Bytes for each of 50,000 waiting jobs of so many users.
double bytesPerJob(int users)
{
    constexpr int jobs = 50'000;
    Dispatcher dispatcher(roomy());
    const TimePoint now{1h};
    dispatcher.setBackend(1, {.slots = 1, .available = true, .anyModel = true}, now);
    const std::size_t before = bytesInUse;
    for (int i = 0; i <= jobs; ++i)
        dispatcher.submit({.id = static_cast<JobId>(i + 1),
                              .user = "user" + std::to_string(i % users),
                              .model = "qwen2.5-coder:14b-instruct",
                              .promptTokens = 100,
                              .waitMax = 10min},
            now);
    return static_cast<double>(bytesInUse - before) / jobs;
}

} // namespace

/// Many users, many jobs, many models.
class DispatchSizeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsAWaitingJobSmall()
    {
        const double fewUsers = bytesPerJob(100);
        const double usersOfOneJob = bytesPerJob(50'000);

        QVERIFY2(fewUsers < 240, qPrintable(QString::number(fewUsers)));
        QVERIFY2(usersOfOneJob < 640, qPrintable(QString::number(usersOfOneJob)));
    }

    void keepsAWorkerSmall()
    {
        constexpr int workers = 1000;
        constexpr int modelsOfEach = 10;
        Dispatcher dispatcher(roomy());
        const std::size_t before = bytesInUse;

        for (int worker = 0; worker < workers; ++worker) {
            BackendCapacity capacity{.slots = 2, .available = true};
            for (int i = 0; i < modelsOfEach; ++i)
                capacity.models.push_back("family-" + std::to_string((worker + i * 37) % 300) + ":instruct");
            dispatcher.setBackend(static_cast<BackendId>(worker + 1), capacity, TimePoint{1h});
        }

        const double each = static_cast<double>(bytesInUse - before) / workers;
        QVERIFY2(each < 1500, qPrintable(QString::number(each)));
    }

    void servesAHundredThousandUsersInTurn()
    {
        constexpr int users = 100'000;
        DispatchScene scene(roomy());
        scene.backend(1, 1);
        for (int i = 0; i < users; ++i)
            scene.submit("u" + std::to_string(i));
        QCOMPARE(scene.dispatcher.usersKnown(), static_cast<std::size_t>(users));
        for (const JobId id : {1000, 40'000, users})
            QVERIFY(std::abs(static_cast<double>(scene.dispatcher.position(id)) - static_cast<double>(id - 1)) <= 2);

        scene.finishInTurn(users);

        QCOMPARE(scene.started.size(), static_cast<std::size_t>(users));
        for (int i = 0; i < users; ++i)
            QCOMPARE(scene.started[static_cast<std::size_t>(i)].id, static_cast<JobId>(i + 1));
        QVERIFY(scene.dispatcher.usersKnown() <= Ledger::usersIdleMax);
    }

    void forgetsUsersWhoCameOneAfterTheOther()
    {
        DispatchScene scene;
        scene.backend(1, 2);

        for (int i = 0; i < 100'000; ++i) {
            const JobId job = scene.submit("u" + std::to_string(i));
            scene.dispatcher.progress(job, 10, static_cast<std::uint64_t>(i % 50), scene.now);
            scene.finish(job);
        }

        QCOMPARE(scene.dispatcher.usersKnown(), 0u);
    }

    void boundsTheUsersItRemembers()
    {
        DispatchScene scene;
        scene.backend(1, 2, {"m:latest"});
        scene.backend(2, 1, {"n:latest"});
        scene.submitJob({.user = "patient", .model = "n:latest"}); // keeps the common level down
        scene.submitJob({.user = "patient", .model = "n:latest"});

        for (int i = 0; i < 30'000; ++i) {
            const JobId job = scene.submit("u" + std::to_string(i));
            scene.dispatcher.progress(job, 10, 100, scene.now);
            scene.finish(job);
        }

        QVERIFY(scene.dispatcher.usersKnown() <= Ledger::usersIdleMax + 1);
    }

    void remembersNoUserWhoWasRefused()
    {
        DispatchScene scene({.waitingMax = 0});
        scene.backend(1, 1);
        scene.submit("a");

        for (int i = 0; i < 1000; ++i)
            scene.submit("u" + std::to_string(i));

        QCOMPARE(scene.refused.size(), 1000u);
        QCOMPARE(scene.dispatcher.usersKnown(), 1u);
    }

    void groupsJobsByBackendsNotByModels()
    {
        FairQueue queue(30s);
        ModelEntry any;
        std::vector<ModelEntry> listed(2);
        std::vector<ModelEntry> invented(1000);
        std::vector<User> users(100);
        std::vector<JobEntry> jobs(10'000);
        const std::vector<BackendId> handedBackBy = {7};
        for (std::size_t i = 0; i < jobs.size(); ++i) {
            jobs[i].user = &users[i % users.size()];
            jobs[i].sequence = i;
            const std::size_t kind = i % 4;
            jobs[i].model = kind < 2 ? &listed[kind] : &invented[i % invented.size()];
            Eligible eligible{kind < 2 ? jobs[i].model : &any, kind == 3 ? Realm::Pooled : Realm::Own};
            if (kind == 1)
                eligible.without = handedBackBy;
            queue.insert(jobs[i], eligible, true);
        }
        QCOMPARE(queue.groups().size(), 4u);
        QCOMPARE(invented[2].strangers, 10u);

        for (JobEntry& job : jobs)
            queue.remove(job);

        QCOMPARE(queue.groups().size(), 0u);
        QCOMPARE(queue.size(), 0u);
        QCOMPARE(invented[2].strangers, 0u);
        for (const User& user : users)
            QVERIFY(!user.standings);
        QVERIFY(!any.hasGroups() && !listed[0].hasGroups() && !listed[1].hasGroups());
    }

    void cancelsAmongManyThatWait()
    {
        constexpr JobId jobs = 50'000;
        DispatchScene scene(roomy());
        scene.backend(1, 1);
        for (JobId i = 0; i < jobs; ++i)
            scene.submitJob({.user = "u" + std::to_string(i % 7), .waitMax = std::chrono::milliseconds(1000 + i)});

        for (JobId id = jobs; id > 1; id -= 2)
            scene.cancel(id);
        scene.pass(1h);

        QCOMPARE(scene.dispatcher.waiting(), 0u);
        QCOMPARE(scene.refused.size(), jobs / 2 - 1);
        QCOMPARE(scene.dispatcher.waitingBytes(), 0u);
    }

    void regroupsManyThatWait()
    {
        DispatchScene scene(roomy());
        scene.backend(1, 1, {"m:latest"});
        for (int i = 0; i < 20'000; ++i)
            scene.submit("u" + std::to_string(i % 50));
        const std::vector<JobId> before = scene.dispatcher.order(100);

        scene.unavailable(2, {"m:latest"});

        QCOMPARE(scene.dispatcher.order(100), before);
        QCOMPARE(scene.dispatcher.waiting(), 19'999u);
    }
};

QTEST_GUILESS_MAIN(DispatchSizeTest)
#include "dispatch_size_test.moc"
