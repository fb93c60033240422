// SPDX-License-Identifier: MIT
#include "app/desktop/drover_link.h"

#include <QTest>

using namespace drover;
using namespace drover::app;
using Page = DroverLink::Page;

class DroverLinkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void opensPages_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<int>("page");
        const auto row = [](const char* text, Page page) { QTest::newRow(text) << std::string(text) << int(page); };
        row("drover://open", Page::Window);
        row("drover://open/", Page::Window);
        row("drover://open/now", Page::Now);
        row("drover://open/queue", Page::Queue);
        row("drover://open/queue/", Page::Queue);
        row("DROVER://Open/History", Page::History);
        row("drover://open/apps", Page::Apps);
        row("drover://open/models", Page::Models);
        row("drover://open/logs", Page::Logs);
        row("drover://open/settings", Page::Settings);
        row("drover://open/machine", Page::Machine);
        row("drover://open/pools", Page::Pools);
        row("drover://open/playground", Page::Playground);
    }
    void opensPages()
    {
        QFETCH(std::string, text);
        QFETCH(int, page);

        const auto link = parseDroverLink(text);

        QVERIFY(looksLikeLink(text));
        QVERIFY(link);
        QCOMPARE(int(link->page), page);
    }

    void asksToPause_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<int>("seconds");
        const auto row = [](const char* text, int seconds) { QTest::newRow(text) << std::string(text) << seconds; };
        row("drover://pause", 0);
        row("drover://pause/", 0);
        row("drover://pause?for=15m", 900);
        row("drover://pause?for=90s", 90);
        row("drover://Pause?For=2H", 7200);
        row("drover://pause?for=31d", 31 * 86'400);
    }
    void asksToPause()
    {
        QFETCH(std::string, text);
        QFETCH(int, seconds);

        const auto link = parseDroverLink(text);

        QVERIFY(link);
        QVERIFY(link->kind == DroverLink::Kind::Pause);
        QCOMPARE(link->pauseFor.value_or(std::chrono::seconds(0)).count(), seconds);
        QCOMPARE(link->pauseFor.has_value(), seconds > 0);
    }
    void asksToResume()
    {
        const auto link = parseDroverLink("drover://resume");
        QVERIFY(link && link->kind == DroverLink::Kind::Resume);
    }
    void namesAJob()
    {
        const auto link = parseDroverLink("drover://queue/18446744073709551615");
        QVERIFY(link && link->kind == DroverLink::Kind::Job);
        QCOMPARE(link->job, JobId{18446744073709551615u});
    }

    void refusesTheRest_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("words");
        const auto row = [](const std::string& text, const char* words) {
            QTest::newRow(text.substr(0, 40).c_str()) << text << std::string(words);
        };
        row("", "begins with drover://");
        row("https://open/queue", "begins with drover://");
        row("drover:open/queue", "begins with drover://");
        row("drover://", "can do nothing");
        row("drover:///open", "can do nothing");
        row("drover://resume?now=1", "can do nothing");
        row("drover://resumed", "can do nothing");
        row("drover://pausefor=15m", "can do nothing");
        row("drover://queue", "can do nothing");
        row("drover://join?s=a&c=b", "does not know");
        row("drover://approve?id=1", "can do nothing");
        row("drover://openqueue", "can do nothing");
        row("drover://open?page=queue", "can do nothing");
        for (const char* query : {"?", "?for=", "?for=0m", "?for=15", "?for=m", "?for=-1m", "?for=+1m", "?for=1.5h",
                 "?for=32d", "?for=18446744073709551615d", "?for=99999999999999999999s", "?for=15m&for=1m",
                 "?for=15%6d", "?until=15m", "?FOR=15x"})
            row(std::string("drover://pause") + query, "no time to pause");
        for (const char* id : {"0", "-1", "+1", "1x", "0x1", "18446744073709551616", "req_1", "1/2"})
            row(std::string("drover://queue/") + id, "names no job");
        row("drover://queue//", "names no job");
        row("drover://open/nowhere", "a page that there is not");
        row("drover://open/queue//", "a page that there is not");
        row("drover://open/queue?x=1", "a page that there is not");
        row("drover://open/queue#x", "a page that there is not");
        row("drover://open/%71ueue", "a page that there is not");
        row("drover://open/../queue", "a page that there is not");
        row(std::string("drover://open/queue\0", 20), "a page that there is not");
        row("drover://open/" + std::string(linkBytesMax, 'a'), "too long");
    }
    void refusesTheRest()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, words);

        const auto link = parseDroverLink(text);

        QVERIFY(!link);
        QVERIFY2(link.error().detail.find(words) != std::string::npos, link.error().detail.c_str());
    }

    void knowsALinkFromAnOption()
    {
        QVERIFY(looksLikeLink("Drover:anything"));
        QVERIFY(!looksLikeLink("--demo"));
        QVERIFY(!looksLikeLink("drover"));
        QVERIFY(!looksLikeLink(""));
    }
};

QTEST_GUILESS_MAIN(DroverLinkTest)
#include "drover_link_test.moc"
