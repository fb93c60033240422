// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"
#include "app/queue_control.h"
#include "app/tray/tray_menu.h"

#include "tests/support/example_snapshot.h"

#include <QApplication>
#include <QClipboard>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

#include <algorithm>

using namespace drover;
using namespace drover::app;

namespace {

class NotedControl : public QueueControl {
public:
    void pause(std::optional<WallTime> until) override
    {
        calls << QStringLiteral("pause");
        pausedUntil = until;
    }
    void resume() override { calls << QStringLiteral("resume"); }
    void cancelJobs(const std::vector<JobId>&) override { }
    void startNext(JobId) override { }
    void startRuntime() override { }
    void startAgain() override { }

    QStringList calls;
    std::optional<WallTime> pausedUntil = {};
};

QStringList rowsOf(const QMenu* menu)
{
    QStringList rows;
    const auto actions = menu->actions();
    for (const auto* action : actions)
        if (action->isVisible())
            rows << (action->isSeparator() ? QStringLiteral("-") : action->text());
    return rows;
}

/// The row that unloads models, when it can be seen.
QAction* memoryRow(const QMenu* menu)
{
    const auto actions = menu->actions();
    for (auto* action : actions)
        if (action->text().startsWith(QStringLiteral("Free GPU memory (")) && action->isVisible())
            return action;
    return nullptr;
}

QAction* rowNamed(const QMenu* menu, const QString& text)
{
    const auto actions = menu->actions();
    for (auto* action : actions)
        if (action->text() == text && action->isVisible())
            return action;
    return nullptr;
}

} // namespace

class TrayMenuTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US"))); }

    void hasAtMostTwelveRows()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        menu.offerFreeMemory();

        status.show(test::exampleSnapshot());

        QCOMPARE(rowsOf(menu.menu()),
            (QStringList{QStringLiteral("2 running, 6 waiting (Zed, Open WebUI and 2 more)"),
                QStringLiteral("Ollama: ready, 2 models loaded"), QStringLiteral("-"),
                QStringLiteral("Pause the queue"), memoryRow(menu.menu())->text(), QStringLiteral("Join a pool…"),
                QStringLiteral("Copy address"), QStringLiteral("-"), QStringLiteral("Open dashboard"),
                QStringLiteral("Settings…"), QStringLiteral("Quit Drover…")}));
        QVERIFY(rowsOf(menu.menu()).size() <= 12);
    }
    void namesThePoolAndWhatCanBeDoneWithIt()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        menu.offerFreeMemory();
        QSignalSpy left(&menu, &TrayMenu::leaveAsked);
        auto snapshot = test::exampleSnapshot();
        snapshot.pools = {{.name = "R&D", .state = PoolState::Connected}};
        snapshot.sharing = {.present = true};

        status.show(snapshot);

        auto* row = rowNamed(menu.menu(), QStringLiteral("Pool R&&D"));
        QVERIFY(row != nullptr && row->menu() != nullptr);
        QVERIFY(rowNamed(menu.menu(), QStringLiteral("Join a pool…")) == nullptr);
        QCOMPARE(rowsOf(row->menu()),
            (QStringList{QStringLiteral("Open"), QStringLiteral("Join another pool…"), QStringLiteral("Leave…")}));
        QVERIFY(rowsOf(menu.menu()).size() <= 12);
        row->menu()->actions().last()->trigger();
        QCOMPARE(left.front().at(0).toString(), QStringLiteral("R&D"));
    }
    void leadsToThePoolThatIsHosted()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        menu.offerFreeMemory();
        QSignalSpy asked(&menu, &TrayMenu::hostAsked);
        auto snapshot = test::hostingSnapshot();
        snapshot.pools = {{.name = "R&D", .state = PoolState::Connected}};
        snapshot.sharing = {.present = true};

        status.show(snapshot);

        QVERIFY(rowsOf(menu.menu()).size() <= 12);
        auto* row = rowNamed(menu.menu(), QStringLiteral("Hosting lab: 3 machines, 2 running"));
        QVERIFY(row != nullptr && row->isEnabled());
        row->trigger();
        QCOMPARE(asked.size(), 1);
    }
    void offersTheFixOfTrouble()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        menu.offerFreeMemory();
        QSignalSpy asked(&menu, &TrayMenu::fixAsked);
        auto snapshot = test::exampleSnapshot();
        snapshot.state = EngineState::Error;
        explain(snapshot, give("ollama_missing"));

        status.show(snapshot);

        const auto rows = menu.menu()->actions();
        const auto fix = std::find_if(rows.begin(), rows.end(),
            [](const QAction* row) { return row->text() == QLatin1String("Open the setting"); });
        QVERIFY(fix != rows.end() && (*fix)->isVisible());
        QVERIFY(rowsOf(menu.menu()).size() <= 12);
        (*fix)->trigger();
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().at(1).toString(), QStringLiteral("engine.binary"));
    }
    void changesItsRowsInPlace()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        const auto before = menu.menu()->actions();
        auto snapshot = test::exampleSnapshot();

        status.show(snapshot);
        snapshot.paused = true;
        snapshot.state = EngineState::Paused;
        status.show(snapshot);

        QTRY_VERIFY(rowNamed(menu.menu(), QStringLiteral("Resume the queue")) != nullptr);
        QCOMPARE(menu.menu()->actions(), before);
        QVERIFY(rowNamed(menu.menu(), QStringLiteral("Pause the queue")) == nullptr);
    }
    void pausesAndResumes()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        auto snapshot = test::exampleSnapshot();
        status.show(snapshot);
        const auto choices = rowNamed(menu.menu(), QStringLiteral("Pause the queue"))->menu()->actions();
        choices.at(0)->trigger();
        QVERIFY(control.pausedUntil.has_value());
        choices.back()->trigger();
        QVERIFY(!control.pausedUntil.has_value());
        snapshot.paused = true;
        status.show(snapshot);
        QTRY_VERIFY(rowNamed(menu.menu(), QStringLiteral("Resume the queue")) != nullptr);
        rowNamed(menu.menu(), QStringLiteral("Resume the queue"))->trigger();

        QCOMPARE(
            control.calls, (QStringList{QStringLiteral("pause"), QStringLiteral("pause"), QStringLiteral("resume")}));
    }
    void saysHowLongItIsPaused()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        auto snapshot = test::exampleSnapshot();
        snapshot.paused = true;
        snapshot.state = EngineState::Paused;
        const QDateTime end(QDate::currentDate(), QTime(23, 59));
        snapshot.pausedUntil = end.toMSecsSinceEpoch();
        status.show(snapshot);

        const auto time = QLocale().toString(end.time(), QLocale::ShortFormat);
        QVERIFY(rowNamed(menu.menu(), QStringLiteral("Resume the queue – paused until %1").arg(time)) != nullptr);
        QVERIFY(status.look().tooltip.startsWith(QStringLiteral("Drover: Paused until %1").arg(time)));
    }
    void copiesTheAddressInTheFormOfTheApp()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        QSignalSpy copied(&menu, &TrayMenu::addressCopied);
        status.show(test::exampleSnapshot());

        rowNamed(rowNamed(menu.menu(), QStringLiteral("Copy address"))->menu(), QStringLiteral("OpenAI"))->trigger();

        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://127.0.0.1:11435/v1"));
        QCOMPARE(copied.count(), 1);
    }
    void offersToFreeMemoryOnlyWhenAModelIsLoaded()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        QSignalSpy asked(&menu, &TrayMenu::freeMemoryAsked);
        status.show(test::exampleSnapshot());
        QVERIFY(memoryRow(menu.menu()) == nullptr);
        menu.offerFreeMemory();
        memoryRow(menu.menu())->trigger();
        QCOMPARE(asked.count(), 1);

        auto snapshot = test::exampleSnapshot();
        for (auto& model : snapshot.backends.front().models)
            model.loaded = false;
        status.show(snapshot);
        QTRY_VERIFY(!rowsOf(menu.menu()).join(QLatin1Char(' ')).contains(QStringLiteral("GPU")));
    }
    void showsAnAmpersandAsItIs()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        status.show({.state = EngineState::Error, .reasonText = "R&D is down."});
        QCOMPARE(rowsOf(menu.menu()).front(), QStringLiteral("R&&D is down."));
    }
    void hasNothingToCopyWhileItDoesNotListen()
    {
        TrayStatus status;
        NotedControl control;
        TrayMenu menu(status, control);
        status.show({.state = EngineState::Error, .reasonText = "Another program is using the port."});
        QVERIFY(!rowNamed(menu.menu(), QStringLiteral("Copy address"))->isEnabled());
    }
};

QTEST_MAIN(TrayMenuTest)
#include "tray_menu_test.moc"
