// SPDX-License-Identifier: MIT
#include "app/desktop/color_scheme.h"
#include "app/desktop/language.h"
#include "app/tray/tray_icon.h"
#include "app/tray/tray_status.h"

#include "tests/support/example_snapshot.h"

#include <QApplication>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace drover;
using namespace drover::app;

class TrayStatusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US"))); }

    void saysItInAtMostThreeLines_data()
    {
        QTest::addColumn<Snapshot>("snapshot");
        QTest::addColumn<QString>("tooltip");

        auto snapshot = test::exampleSnapshot();
        QTest::newRow("busy") << snapshot
                              << QStringLiteral("Drover: 2 running, 6 waiting (Zed, Open WebUI and 2 more)\n"
                                                "Ollama: ready, 2 models loaded\n127.0.0.1:11435, 81 tok/s");
        snapshot.state = EngineState::Paused;
        QTest::newRow("paused") << snapshot
                                << QStringLiteral("Drover: Paused: 2 running, 6 waiting\n"
                                                  "Ollama: ready, 2 models loaded\n127.0.0.1:11435, 81 tok/s");
        snapshot.state = EngineState::Draining;
        snapshot.waiting = 0;
        snapshot.running = 1;
        QTest::newRow("finishing") << snapshot
                                   << QStringLiteral("Drover: Finishing 1 job, taking no new ones\n"
                                                     "Ollama: ready, 2 models loaded\n127.0.0.1:11435, 81 tok/s");
        QTest::newRow("simulated") << Snapshot{.state = EngineState::Ready, .demo = true, .address = "127.0.0.1:11435"}
                                   << QStringLiteral(
                                          "Drover: Ready\nSimulated model: answers are made up\n127.0.0.1:11435");
        QTest::newRow("cannot start") << Snapshot{.state = EngineState::Error,
            .reasonText = "Another program is using the port."}
                                      << QStringLiteral("Drover: Another program is using the port.");
    }
    void saysItInAtMostThreeLines()
    {
        QFETCH(Snapshot, snapshot);
        QTEST(TrayStatus::lookOf(snapshot).tooltip, "tooltip");
    }

    void offersPauseOrResumeWhereItCanBeDone()
    {
        auto snapshot = test::exampleSnapshot();
        QVERIFY(TrayStatus::lookOf(snapshot).pauseOffered);
        QVERIFY(!TrayStatus::lookOf(snapshot).resumeOffered);

        snapshot.paused = true;
        QVERIFY(!TrayStatus::lookOf(snapshot).pauseOffered);
        QVERIFY(TrayStatus::lookOf(snapshot).resumeOffered);

        const auto failed = TrayStatus::lookOf({.state = EngineState::Error});
        QVERIFY(!failed.pauseOffered);
        QVERIFY(!failed.resumeOffered);
    }
    void cutsALongReasonShort()
    {
        const Snapshot snapshot{.state = EngineState::Error, .reasonText = std::string(500, 'x')};
        QVERIFY(TrayStatus::lookOf(snapshot).statusLine.size() <= 80);
    }
    void isSilentWhileNothingVisibleChanges()
    {
        TrayStatus status;
        QSignalSpy changes(&status, &TrayStatus::changed);
        auto snapshot = test::exampleSnapshot();
        status.show(snapshot);
        snapshot.sequence += 1;
        snapshot.upTime += std::chrono::seconds(1);
        status.show(snapshot);
        QCOMPARE(changes.count(), 1);
    }
    void redrawsAtMostOnceASecond()
    {
        TrayStatus status;
        SystemColors colors;
        TrayIcon icon(status, colors);
        const auto first = icon.icon().cacheKey();

        for (int running = 0; running < 3; ++running) {
            Snapshot snapshot{.state = EngineState::Busy};
            snapshot.running = static_cast<std::uint32_t>(running + 1);
            status.show(snapshot);
            QCoreApplication::processEvents();
        }
        QCOMPARE(icon.icon().cacheKey(), first);

        QTRY_VERIFY(icon.icon().cacheKey() != first);
        QVERIFY(icon.toolTip().contains(QStringLiteral("3 running")));
    }
};

QTEST_MAIN(TrayStatusTest)
#include "tray_status_test.moc"
