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
        const auto options = parseTrayOptions({"drover://join?c=1", "--hidden"});

        QVERIFY(!options.answer); // a person who clicked it sees no terminal
        QVERIFY(!options.link);
        QCOMPARE(options.linkRefusal, std::string("the link asks for something that this Drover does not know"));
    }
    void takesAHome()
    {
        const auto options = parseTrayOptions({"--hidden", "--home", "/tmp/a home", "--demo"});
        QVERIFY(!options.answer);
        QCOMPARE(options.home, std::string("/tmp/a home"));
        QCOMPARE(options.flags.size(), std::size_t(1));
        QCOMPARE(parseTrayOptions({"--home"}).answer->exitCode, 2);
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
