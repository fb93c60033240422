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
        row("drover://", "does nothing else");
        row("drover:///open", "does nothing else");
        row("drover://resume", "does nothing else");
        row("drover://pause?for=15m", "does nothing else");
        row("drover://join?s=a&c=b", "does nothing else");
        row("drover://queue/17", "does nothing else");
        row("drover://openqueue", "does nothing else");
        row("drover://open?page=queue", "does nothing else");
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
