// SPDX-License-Identifier: MIT
#include "app/tray/tray_options.h"

#include <QTest>

#include <algorithm>

using namespace drover::app;

class TrayOptionsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesItsOwnOptionAndThoseOfServe()
    {
        auto options = parseTrayOptions({"--hidden", "--demo", "-p", "12000", "--config", "x.toml"});

        QVERIFY(!options.answer);
        QVERIFY(options.hidden);
        QCOMPARE(options.settingsFile, std::string("x.toml"));
        std::ranges::sort(options.flags);
        QCOMPARE(options.flags, (FlagTexts{{"--demo", "true"}, {"--port", "12000"}}));
    }
    void opensTheWindowUnlessToldOtherwise() { QVERIFY(!parseTrayOptions({}).hidden); }
    void takesALink()
    {
        const auto options = parseTrayOptions({"--hidden", "drover://open/queue"});

        QVERIFY(!options.answer);
        QVERIFY(options.link && options.link->page == DroverLink::Page::Queue);
        QVERIFY(!parseTrayOptions({"--demo"}).link);
    }
    void refusesALinkThatIsNone()
    {
        const auto answer = parseTrayOptions({"drover://pause?for=15m"}).answer;

        QVERIFY(answer);
        QCOMPARE(answer->exitCode, 2);
        QVERIFY(answer->text.starts_with("drover-tray: this Drover opens pages"));
    }
    void answersQuestions()
    {
        QCOMPARE(parseTrayOptions({"--version"}).answer->exitCode, 0);
        QCOMPARE(parseTrayOptions({"--demo", "-h"}).answer->exitCode, 0);
        QVERIFY(parseTrayOptions({"--help"}).answer->text.find("--hidden") != std::string::npos);
    }
    void refusesWhatItDoesNotKnow()
    {
        QCOMPARE(parseTrayOptions({"--no-such-thing"}).answer->exitCode, 2);
        QCOMPARE(parseTrayOptions({"--tui"}).answer->exitCode, 2);
    }
};

QTEST_GUILESS_MAIN(TrayOptionsTest)
#include "tray_options_test.moc"
