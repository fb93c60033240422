// SPDX-License-Identifier: MIT
#include "core/net/owner_search.h"

#include <QtTest/QtTest>

#include <map>
#include <set>

using namespace drover;
using namespace std::chrono_literals;

namespace {

/// Processes and their files, of which one is the socket that is looked for.
class FakeSystem : public OwnerSearch::Port {
public:
    bool holds(OwnerSearch::Pid pid, int file) override { return pid == holder && file == socketFile && isThere; }
    std::vector<int> files(OwnerSearch::Pid pid) override
    {
        const std::set<int>& files = open[pid];
        return {files.begin(), files.end()};
    }
    std::vector<OwnerSearch::Pid> processes() override
    {
        std::vector<OwnerSearch::Pid> pids;
        for (auto each = open.rbegin(); each != open.rend(); ++each)
            pids.push_back(each->first);
        return pids;
    }
    bool stillThere() override { return isThere; }

    void connectFrom(OwnerSearch::Pid pid, int file)
    {
        open[pid].insert(file);
        holder = pid;
        socketFile = file;
    }
    void fill(OwnerSearch::Pid pid, int files)
    {
        for (int file = 0; file < files; ++file)
            open[pid].insert(file);
    }

    std::map<OwnerSearch::Pid, std::set<int>> open;
    OwnerSearch::Pid holder = 0;
    int socketFile = -1;
    bool isThere = true;
};

constexpr OwnerSearch::Account ann = 1000;
const OwnerSearch::TimePoint start{};

} // namespace

class OwnerSearchTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksOnceForEachOfManyConnectionsOfOneProgram()
    {
        FakeSystem system;
        for (OwnerSearch::Pid pid = 1; pid <= 100; ++pid)
            system.fill(pid, 20);
        OwnerSearch search;
        system.connectFrom(7, 20);
        QCOMPARE(search.find(system, ann, start).value_or(0), 7u);
        const std::uint64_t before = search.questions();

        for (int file = 21; file < 50'021; ++file) {
            system.connectFrom(7, file);
            QCOMPARE(search.find(system, ann, start).value_or(0), 7u);
        }

        QCOMPARE(search.questions() - before, 50'000u);
    }

    void asksLittleWhenOldConnectionsCloseBeforeTheNextOpens()
    {
        FakeSystem system;
        system.fill(7, 900);
        OwnerSearch search;
        system.connectFrom(7, 300);
        QVERIFY(search.find(system, ann, start));
        const std::uint64_t before = search.questions();

        for (int i = 0; i < 100; ++i)
            QVERIFY(search.find(system, ann, start));

        QVERIFY(search.questions() - before <= 300);
    }

    void asksLittleWhenSeveralProgramsTakeTurns()
    {
        FakeSystem system;
        for (OwnerSearch::Pid pid = 1; pid <= 300; ++pid)
            system.fill(pid, 50);
        OwnerSearch search;
        for (int round = 0; round < 50; ++round) {
            for (OwnerSearch::Pid pid = 1; pid <= 20; ++pid) {
                system.connectFrom(pid, 50 + round);
                QCOMPARE(search.find(system, ann, start).value_or(0), pid);
            }
        }
        const std::uint64_t before = search.questions();

        for (OwnerSearch::Pid pid = 1; pid <= 20; ++pid) {
            system.connectFrom(pid, 100);
            QCOMPARE(search.find(system, ann, start).value_or(0), pid);
        }

        QVERIFY(search.questions() - before <= 20 * 3 * 20);
    }

    void findsTheNewestProgramWithoutAskingTheOthers()
    {
        FakeSystem system;
        for (OwnerSearch::Pid pid = 1; pid <= 500; ++pid)
            system.fill(pid, 50);
        OwnerSearch search;
        system.connectFrom(501, 5);

        QCOMPARE(search.find(system, ann, start).value_or(0), 501u);
        QVERIFY(search.questions() <= 3);
    }

    void findsAnOldProgramBehindOneWithVeryManyFiles()
    {
        FakeSystem system;
        system.fill(900, 50'000);
        system.connectFrom(1, 3);
        OwnerSearch search;

        QCOMPARE(search.find(system, ann, start).value_or(0), 1u);
    }

    void findsAFileDeepInAProgramWithManyFiles()
    {
        FakeSystem system;
        system.fill(900, 10'000);
        system.connectFrom(900, 5);
        OwnerSearch search;

        QCOMPARE(search.find(system, ann, start).value_or(0), 900u);
    }

    void neverAsksMoreThanItsMaximum()
    {
        FakeSystem system;
        for (OwnerSearch::Pid pid = 1; pid <= 100; ++pid)
            system.fill(pid, 5'000);
        OwnerSearch search;

        QVERIFY(!search.find(system, ann, start));
        QVERIFY(search.questions() <= OwnerSearch::questionsMax);
    }

    void searchesLittleForASecondAfterASearchInVain()
    {
        FakeSystem system;
        for (OwnerSearch::Pid pid = 1; pid <= 100; ++pid)
            system.fill(pid, 100);
        OwnerSearch search;
        QVERIFY(!search.find(system, ann, start));
        const std::uint64_t first = search.questions();

        QVERIFY(!search.find(system, ann, start + 999ms));
        const std::uint64_t second = search.questions() - first;
        QVERIFY(!search.find(system, ann, start + 1s));
        const std::uint64_t third = search.questions() - first - second;

        QVERIFY(first > 10'000);
        QVERIFY(second <= OwnerSearch::questionsWhilePausedMax);
        QVERIFY(third > 10'000);
    }

    void aSocketThatWentAwayIsNoReasonToSearchLess()
    {
        FakeSystem system;
        for (OwnerSearch::Pid pid = 1; pid <= 100; ++pid)
            system.fill(pid, 100);
        OwnerSearch search;
        system.isThere = false;
        QVERIFY(!search.find(system, ann, start));

        system.isThere = true;
        system.connectFrom(1, 0);

        QCOMPARE(search.find(system, ann, start).value_or(0), 1u);
    }
};

QTEST_GUILESS_MAIN(OwnerSearchTest)
#include "owner_search_test.moc"
