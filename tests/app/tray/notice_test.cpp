// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"
#include "app/tray/disk_watch.h"
#include "app/tray/notice_board.h"
#include "app/tray/notice_budget.h"
#include "app/tray/notice_rules.h"
#include "app/tray/weekly_summary.h"

#include "core/api/error.h"

#include <QCoreApplication>
#include <QDir>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace drover;
using namespace drover::app;
using namespace std::chrono_literals;

namespace {

using Kinds = std::vector<NoticeKind>;

NoticeBudget::TimePoint at(std::chrono::milliseconds time)
{
    return NoticeBudget::TimePoint(24h + time);
}

QDateTime noon(int day, int minutesLater = 0)
{
    return QDateTime(QDate(2026, 11, day), QTime(12, 0)).addSecs(minutesLater * 60);
}

FinishedJob refused(const char* user, Errc why, std::int64_t finishedAt, JobId id = 0)
{
    FinishedJob finished;
    finished.job.id = id == 0 ? static_cast<JobId>(finishedAt) : id;
    finished.job.user = user;
    finished.outcome = Outcome::Refused;
    finished.reasonCode = codeName(why);
    finished.finishedAt = finishedAt;
    return finished;
}

Snapshot withFinished(std::vector<FinishedJob> finished)
{
    Snapshot snapshot;
    snapshot.finished = std::move(finished);
    return snapshot;
}

Kinds kindsOf(const std::vector<NoticeRules::Event>& events)
{
    Kinds kinds;
    for (const auto& event : events)
        kinds.push_back(event.kind);
    return kinds;
}

QStringList subjectsOf(const std::vector<NoticeRules::Event>& events)
{
    QStringList subjects;
    for (const auto& event : events)
        subjects << event.subject;
    return subjects;
}

class NotedNotifier : public Notifier {
public:
    void show(const Notice& notice) override { shown.push_back(notice); }
    bool isQuiet() const override { return quiet; }

    std::vector<Notice> shown;
    bool quiet = false;
};

} // namespace

class NoticeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US"))); }

    void makesOneNoticeOfWhatHappensTogether()
    {
        NoticeBudget budget;
        budget.add(NoticeKind::AppLimited, QStringLiteral("Zed"), at(0ms));
        budget.add(NoticeKind::AppLimited, QStringLiteral("aider"), at(900ms));
        budget.add(NoticeKind::AppLimited, QStringLiteral("Zed"), at(1000ms));
        QVERIFY(!budget.take(at(1999ms)));
        QVERIFY(budget.nextAt() == at(2000ms));

        const auto notice = budget.take(at(2000ms));

        QVERIFY(notice.has_value());
        QVERIFY(notice->title.startsWith(QStringLiteral("2 app")));
        QVERIFY(notice->text.contains(QStringLiteral("aider, Zed")));
        QVERIFY(!budget.take(at(10s)));
        QVERIFY(!budget.nextAt());
    }
    void showsTheMostImportantFirst()
    {
        NoticeBudget budget(0ms);
        budget.add(NoticeKind::DownloadFinished, QStringLiteral("llama3.2"), at(0ms));
        budget.add(NoticeKind::OllamaGaveUp, {}, at(1ms));
        QCOMPARE(budget.take(at(2ms))->kind, NoticeKind::OllamaGaveUp);
        QCOMPARE(budget.take(at(2ms))->kind, NoticeKind::DownloadFinished);
    }
    void neverShowsMoreThanThreeInAnHour()
    {
        NoticeBudget budget(0ms);
        int shown = 0;
        for (std::chrono::minutes time{0}; time < 300min; time += 1min) {
            budget.add(NoticeKind::QueueLong, QString::number(time.count()), at(time));
            shown += budget.take(at(time)) ? 1 : 0;
        }
        QCOMPARE(shown, 15);
    }
    void showsWhatHadToWaitWhenTheHourIsOver()
    {
        NoticeBudget budget(0ms);
        for (const auto kind : {NoticeKind::OllamaGaveUp, NoticeKind::DiskFull, NoticeKind::OllamaRestarted})
            budget.add(kind, {}, at(0ms));
        for (int i = 0; i < 3; ++i)
            QVERIFY(budget.take(at(0ms)));
        budget.add(NoticeKind::QueueLong, QStringLiteral("9 waiting"), at(30min));
        QVERIFY(!budget.take(at(59min)));
        QVERIFY(budget.nextAt() == at(60min));
        QVERIFY(budget.take(at(60min)));
    }
    void letsGoWhatNobodyWantsToKnowAnyMore()
    {
        NoticeBudget budget(0ms);
        budget.add(NoticeKind::QueueLong, QStringLiteral("9 waiting"), at(0ms));
        QVERIFY(!budget.take(at(61min)));
        QVERIFY(!budget.nextAt());
    }
    void remembersABoundedNumberOfNames()
    {
        NoticeBudget budget(0ms);
        for (int i = 0; i < 10'000; ++i)
            budget.add(NoticeKind::AppLimited, QString::number(i), at(0ms));
        QVERIFY(budget.take(at(0ms))->title.startsWith(QStringLiteral("50 app")));
    }

    void tellsOncePerDayOfAnAppThatIsLimited()
    {
        NoticeRules rules;
        QVERIFY(rules.take(withFinished({refused("old", Errc::UserQueueFull, 5)}), noon(21)).empty());

        const auto first =
            withFinished({refused("Zed", Errc::UserQueueFull, 20), refused("Zed", Errc::UserQueueFull, 19),
                refused("all", Errc::QueueFull, 18), refused("old", Errc::UserQueueFull, 5)});
        QCOMPARE(subjectsOf(rules.take(first, noon(21))), QStringList{QStringLiteral("Zed")});
        QVERIFY(rules.take(first, noon(21)).empty());
        const auto again = withFinished({refused("Zed", Errc::UserQueueFull, 30)});
        QVERIFY(rules.take(again, noon(21, 60)).empty());

        const auto nextDay = withFinished({refused("Zed", Errc::UserQueueFull, 40)});
        QCOMPARE(kindsOf(rules.take(nextDay, noon(22))), Kinds{NoticeKind::AppLimited});
    }
    void missesNoneThatEndedInTheSameMillisecond()
    {
        NoticeRules rules;
        rules.take(withFinished({}), noon(21));
        const auto one = refused("Zed", Errc::DailyTokensUsed, 20, 1);
        const auto other = refused("aider", Errc::UserQueueFull, 20, 2);
        QCOMPARE(subjectsOf(rules.take(withFinished({one}), noon(21))), QStringList{QStringLiteral("Zed")});
        QCOMPARE(subjectsOf(rules.take(withFinished({other, one}), noon(21))), QStringList{QStringLiteral("aider")});
        QVERIFY(rules.take(withFinished({other, one}), noon(21)).empty());
    }
    void tellsThatOllamaGaveUp()
    {
        NoticeRules rules;
        Snapshot snapshot;
        snapshot.runtime = {.present = true, .state = RuntimeState::Running};
        QVERIFY(rules.take(snapshot, noon(21)).empty());

        snapshot.runtime.restarts = 5;
        QVERIFY(rules.take(snapshot, noon(21)).empty()); // that it restarts is not told unless it is chosen
        snapshot.runtime.state = RuntimeState::GaveUp;
        snapshot.runtime.reasonText = "Ollama ended 5 times.";
        const auto events = rules.take(snapshot, noon(21));
        QCOMPARE(kindsOf(events), Kinds{NoticeKind::OllamaGaveUp});
        QCOMPARE(subjectsOf(events), QStringList{QStringLiteral("Ollama ended 5 times.")});
        QVERIFY(rules.take(snapshot, noon(21)).empty());
    }
    void tellsThatOllamaWasRestartedWhereThatIsChosen()
    {
        NoticeRules rules({.ollamaRestarted = true});
        Snapshot snapshot;
        snapshot.runtime = {.present = true, .state = RuntimeState::Running, .restarts = 3};
        QVERIFY(rules.take(snapshot, noon(21)).empty()); // before anybody looked
        snapshot.runtime.restarts = 4;
        QCOMPARE(kindsOf(rules.take(snapshot, noon(21))), Kinds{NoticeKind::OllamaRestarted});
        QVERIFY(rules.take(snapshot, noon(21)).empty());
    }
    void tellsOfAPoolThatIsLostOrRefuses()
    {
        NoticeRules rules;
        const auto with = [](PoolState state) {
            return Snapshot{.pools = {{.name = "lab", .state = state, .reason = "The pool refuses the key."}}};
        };
        const auto now = QDateTime(QDate(2026, 11, 21), QTime(12, 0));
        QVERIFY(rules.take(with(PoolState::Connecting), now).empty()); // never connected: no news
        QVERIFY(rules.take(with(PoolState::Connecting), now.addSecs(900)).empty());
        QVERIFY(rules.take(with(PoolState::Connected), now.addSecs(1000)).empty());
        QVERIFY(rules.take(with(PoolState::Connecting), now.addSecs(1001)).empty());
        QVERIFY(rules.take(with(PoolState::Connecting), now.addSecs(1200)).empty());

        const auto lost = rules.take(with(PoolState::Connecting), now.addSecs(1302));
        const auto again = rules.take(with(PoolState::Connecting), now.addSecs(1400));
        const auto refused = rules.take(with(PoolState::Refused), now.addSecs(1500));

        QCOMPARE(kindsOf(lost), Kinds{NoticeKind::PoolLost});
        QVERIFY(again.empty());
        QCOMPARE(kindsOf(refused), Kinds{NoticeKind::PoolRefused});
        QCOMPARE(subjectsOf(refused), QStringList{QStringLiteral("lab: The pool refuses the key.")});
        QVERIFY(rules.take(with(PoolState::Refused), now.addSecs(1600)).empty());
        rules.setWanted({.poolLost = false});
        rules.take(with(PoolState::Connected), now.addSecs(1700));
        QVERIFY(rules.take(with(PoolState::Refused), now.addSecs(1800)).empty());
    }
    void tellsOfALongQueueOnceUntilItIsShort()
    {
        NoticeRules rules({.queueLong = true, .queueLongJobs = 10, .queueLongTime = 5min});
        Snapshot lengthy;
        lengthy.waiting = 11;
        QVERIFY(rules.take(lengthy, noon(21, 0)).empty());
        QVERIFY(rules.take(lengthy, noon(21, 4)).empty());
        QCOMPARE(kindsOf(rules.take(lengthy, noon(21, 5))), Kinds{NoticeKind::QueueLong});
        QVERIFY(rules.take(lengthy, noon(21, 60)).empty());

        Snapshot shorter;
        shorter.waiting = 10;
        QVERIFY(rules.take(shorter, noon(21, 61)).empty());
        QVERIFY(rules.take(lengthy, noon(21, 62)).empty());
        QCOMPARE(kindsOf(rules.take(lengthy, noon(21, 67))), Kinds{NoticeKind::QueueLong});
    }
    void tellsThatAPauseIsOverWhenNobodyEndedIt()
    {
        NoticeRules rules({.pauseOver = true});
        Snapshot paused;
        paused.paused = true;
        paused.pausedUntil = noon(21, 15).toMSecsSinceEpoch();
        const Snapshot goesOn;
        QVERIFY(rules.take(paused, noon(21)).empty());
        QCOMPARE(kindsOf(rules.take(goesOn, noon(21, 15))), Kinds{NoticeKind::PauseOver});
        QVERIFY(rules.take(goesOn, noon(21, 16)).empty());

        QVERIFY(rules.take(paused, noon(21)).empty());
        QVERIFY(rules.take(goesOn, noon(21, 3)).empty()); // somebody resumed
        paused.pausedUntil = 0;
        QVERIFY(rules.take(paused, noon(21, 4)).empty());
        QVERIFY(rules.take(goesOn, noon(21, 50)).empty());
    }
    void saysNothingOfWhatWasNotChosen()
    {
        NoticeRules rules({.appLimited = false, .queueLong = false, .queueLongJobs = 1, .queueLongTime = 1s});
        Snapshot snapshot = withFinished({});
        rules.take(snapshot, noon(21));
        snapshot.finished = {refused("Zed", Errc::UserQueueFull, 20)};
        snapshot.waiting = 100;
        QVERIFY(rules.take(snapshot, noon(21, 1)).empty());
        QVERIFY(rules.take(snapshot, noon(21, 60)).empty());
    }

    void sumsUpTheLastWeekOnceInEachWeek()
    {
        std::vector<std::pair<int, int>> asked;
        WeeklySummary summary([&asked](int from, int to) -> std::vector<UsageRow> {
            asked.emplace_back(from, to);
            return {{.name = "Zed", .usage = {.requests = 1240, .promptTokens = 900'000, .outputTokens = 300'000}},
                {.name = "aider", .usage = {.requests = 1, .promptTokens = 5, .outputTokens = 5}}};
        });
        QSignalSpy told(&summary, &WeeklySummary::told);
        QSignalSpy began(&summary, &WeeklySummary::weekBegan);
        summary.setWanted(true);
        summary.look(QDate(2026, 11, 18)); // the first week ever
        summary.look(QDate(2026, 11, 22));
        QCOMPARE(began.size(), 1);
        QCOMPARE(began.front().front().toDate(), QDate(2026, 11, 16));
        summary.look(QDate(2026, 11, 25));
        QTRY_COMPARE(told.size(), 1);
        QCOMPARE(
            told.front().front().toString(), QStringLiteral("1241 requests and 1.2 M tokens, most of them for Zed."));
        QCOMPARE(asked, (std::vector<std::pair<int, int>>{{20261116, 20261122}}));
        summary.look(QDate(2026, 11, 26));
        summary.setWanted(false);
        summary.look(QDate(2026, 12, 1));
        QCOMPARE(began.size(), 3);
        QCOMPARE(told.size(), 1);
        QVERIFY(weekText({}).isEmpty());
    }

    void holdsNoticesBackWhileNobodyIsToBeDisturbed()
    {
        NotedNotifier notifier;
        notifier.quiet = true;
        NoticeBoard board(notifier, NoticeBudget(0ms));
        board.tell(NoticeKind::InBackground);
        QVERIFY(notifier.shown.empty());

        notifier.quiet = false;
        Q_EMIT notifier.quietChanged();
        QCOMPARE(notifier.shown.size(), std::size_t(1));
    }
    void showsNothingWhenNotificationsAreOff()
    {
        NotedNotifier notifier;
        NoticeBoard board(notifier, NoticeBudget(0ms));
        board.setWanted({.enabled = false});
        board.tell(NoticeKind::OllamaGaveUp);
        board.answer(NoticeKind::AddressCopied, QStringLiteral("http://127.0.0.1:11435"));
        QVERIFY(notifier.shown.empty());
    }
    void answersAClickBeyondTheBudget()
    {
        NotedNotifier notifier;
        NoticeBoard board(notifier, NoticeBudget(0ms));
        for (int i = 0; i < 5; ++i)
            board.answer(NoticeKind::AddressCopied, QStringLiteral("http://127.0.0.1:11435"));
        QCOMPARE(notifier.shown.size(), std::size_t(5));
        board.tell(NoticeKind::InBackground);
        QCOMPARE(notifier.shown.size(), std::size_t(6));
    }
    void showsOnlyTheKindsThatWereChosen()
    {
        NotedNotifier notifier;
        NoticeBoard board(notifier, NoticeBudget(0ms));
        board.setWanted({.diskFull = false, .queueLong = true});
        board.tell(NoticeKind::DiskFull);
        board.tell(NoticeKind::OllamaRestarted);
        QVERIFY(notifier.shown.empty());
        board.tell(NoticeKind::QueueLong, QStringLiteral("30 waiting"));
        QCOMPARE(notifier.shown.size(), std::size_t(1));
    }
    void tellsThatTheDiskGetsFullUntilThereIsMoreAgain()
    {
        std::optional<std::uint64_t> free;
        DiskWatch watch([&free] { return free; });
        int told = 0;
        connect(&watch, &DiskWatch::low, this, [&told] { ++told; });
        const auto lookAt = [&](std::optional<std::uint64_t> bytes) {
            free = bytes;
            watch.look();
            return told;
        };
        QCOMPARE(lookAt({}), 0);
        QCOMPARE(lookAt(DiskWatch::lowBytes), 0);
        QCOMPARE(lookAt(DiskWatch::lowBytes - 1), 1);
        QCOMPARE(lookAt(0), 1);
        QCOMPARE(lookAt(DiskWatch::enoughBytes - 1), 1);
        QCOMPARE(lookAt(0), 1);
        QCOMPARE(lookAt(DiskWatch::enoughBytes), 1);
        QCOMPARE(lookAt(0), 2);
        QVERIFY(freeSpaceOf(QDir::tempPath())().value_or(0) > 0);
    }
    void everyKindHasATitle()
    {
        for (const auto kind : {NoticeKind::OllamaGaveUp, NoticeKind::DiskFull, NoticeKind::OllamaRestarted,
                 NoticeKind::AppLimited, NoticeKind::QueueLong, NoticeKind::DownloadFinished, NoticeKind::InBackground,
                 NoticeKind::PauseOver, NoticeKind::WeeklySummary, NoticeKind::AddressCopied}) {
            const auto notice = noticeOf(kind, {QStringLiteral("subject")});
            QCOMPARE(notice.kind, kind);
            QVERIFY(!notice.title.isEmpty());
            QVERIFY(!notice.text.isEmpty());
            QVERIFY(notice.buttons.size() <= 2);
        }
    }
};

QTEST_MAIN(NoticeTest)
#include "notice_test.moc"
