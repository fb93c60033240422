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

#include <algorithm>
#include <cmath>

using namespace drover;
using namespace drover::app;

namespace {

/// WCAG 2.1, "relative luminance" and "contrast ratio".
double luminance(const QColor& color)
{
    const auto linear = [](double part) {
        return part <= 0.04045 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor& one, const QColor& other)
{
    const auto [darker, lighter] = std::minmax({luminance(one), luminance(other)});
    return (lighter + 0.05) / (darker + 0.05);
}

} // namespace

class TrayStatusTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US"))); }

    void saysWhichPoolIsHosted()
    {
        auto snapshot = test::hostingSnapshot();

        const auto look = TrayStatus::lookOf(snapshot);
        QCOMPARE(look.hostLine, QStringLiteral("Hosting lab: 3 machines, 2 running"));
        QVERIFY(look.tooltip.contains(look.hostLine));
        QVERIFY(look.tooltip.count(QLatin1Char('\n')) <= 3);
        snapshot.hosting.listening = false;
        QCOMPARE(TrayStatus::lookOf(snapshot).hostLine, QStringLiteral("Pool lab is not open"));
        QVERIFY(TrayStatus::lookOf(test::exampleSnapshot()).hostLine.isEmpty());
    }

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
    void showsAnotherStateBeforeOtherFigures()
    {
        TrayStatus status;
        auto snapshot = test::exampleSnapshot();
        status.show(snapshot);
        QSignalSpy changes(&status, &TrayStatus::changed);

        snapshot.running = 1;
        status.show(snapshot);
        QVERIFY(changes.isEmpty());
        snapshot.state = EngineState::Paused;
        status.show(snapshot);

        QVERIFY(changes.wait(static_cast<int>(TrayStatus::figuresEvery.count()) / 2));
        QCOMPARE(status.look().mark.face, Face::Paused);
    }
    void saysWhySharingSleeps()
    {
        auto snapshot = test::exampleSnapshot();
        snapshot.sharing = {.present = true,
            .verdict = SharingVerdict::StopAndFree,
            .reasonCode = "sharing_full_screen",
            .reasonArguments = {"Doom"}};

        const auto look = TrayStatus::lookOf(snapshot);

        QCOMPARE(look.mark.face, Face::Asleep);
        QCOMPARE(look.statusLine, QStringLiteral("Sharing sleeps while Doom fills the screen."));
        QVERIFY(look.snoozeOffered && !look.wakeOffered);
    }
    void saysThatAPersonPausedSharing()
    {
        auto snapshot = test::exampleSnapshot();
        snapshot.sharing = {.present = true,
            .verdict = SharingVerdict::Stop,
            .reasonCode = "sharing_paused_until",
            .reasonArguments = {"15:40"},
            .snooze = SnoozeKind::Until};

        const auto look = TrayStatus::lookOf(snapshot);

        QCOMPARE(look.mark.face, Face::Paused);
        QCOMPARE(look.statusLine, QStringLiteral("Sharing is paused until 15:40. Your apps still work."));
        QVERIFY(!look.snoozeOffered && look.wakeOffered);
    }
    void tellsOfSharingBesidesWhatRuns()
    {
        auto snapshot = test::exampleSnapshot();
        QVERIFY(TrayStatus::lookOf(snapshot).sharingLine.isEmpty());
        snapshot.sharing = {.present = true, .reasonCode = "sharing"};

        const auto look = TrayStatus::lookOf(snapshot);

        QCOMPARE(look.mark.face, Face::Busy);
        QCOMPARE(look.sharingLine, QStringLiteral("Sharing: pools may send work."));
        QVERIFY(look.tooltip.contains(look.sharingLine));
    }
    void colorsItsMarkAsChosen()
    {
        using Style = TrayIconStyle;
        for (const auto face : {Face::Error, Face::Off, Face::Starting, Face::Finishing, Face::Paused, Face::Asleep,
                 Face::Busy, Face::Ready}) {
            QVERIFY(markColor(Style::Auto, ColorScheme::Dark, face).color.lightness() > 200);
            QVERIFY(markColor(Style::Auto, ColorScheme::Light, face).color.lightness() < 60);
            QVERIFY(markColor(Style::Auto, ColorScheme::Light, face).isMask);
            QCOMPARE(markColor(Style::Light, ColorScheme::Light, face).color,
                markColor(Style::Light, ColorScheme::Dark, face).color);
            QVERIFY(markColor(Style::Dark, ColorScheme::Dark, face).color.lightness() < 60);
            QVERIFY(!markColor(Style::Colour, ColorScheme::Dark, face).isMask);
            for (const QColor& panel : {QColor(Qt::white), QColor(Qt::black)})
                QVERIFY2(contrast(markColor(Style::Colour, ColorScheme::Dark, face).color, panel) >= 3,
                    qPrintable(markColor(Style::Colour, ColorScheme::Dark, face).color.name() + panel.name()));
        }
    }
    void redrawsAtMostOnceASecond()
    {
        TrayStatus status;
        SystemColors colors;
        status.show({.state = EngineState::Busy});
        TrayIcon icon(status, colors, TrayIconStyle::Auto);
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
