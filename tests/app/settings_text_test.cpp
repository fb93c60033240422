// SPDX-License-Identifier: MIT
#include "app/settings/settings_text.h"

#include "app/settings/settings_blocks.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"

#include <QTest>

using namespace drover::app;

class SettingsTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void setKeepsCommentsAndLayout()
    {
        const std::string text =
            "# mine\n[queue]   # the queue\n  waiting_max = 10 # ten\n\n[proxy]\nlisten = \":1\"\n";

        const auto changed = setInFile(text, "queue.waiting_max", "20");

        QVERIFY(changed);
        QCOMPARE(*changed,
            std::string("# mine\n[queue]   # the queue\n  waiting_max = 20 # ten\n\n[proxy]\nlisten = \":1\"\n"));
    }

    void setPutsALineWhereItBelongs_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("key");
        QTest::addColumn<std::string>("value");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char* name, std::string text, std::string key, std::string value,
                             std::string expected) {
            QTest::newRow(name) << std::move(text) << std::move(key) << std::move(value) << std::move(expected);
        };
        row("empty file", "", "queue.waiting_max", "5", "[queue]\nwaiting_max = 5\n");
        row("other section", "[proxy]\ntimeout = 5\n", "queue.fairness", "time",
            "[proxy]\ntimeout = 5\n\n[queue]\nfairness = \"time\"\n");
        row("section there", "[queue]\nfairness = \"time\"\n\n# about the proxy\n[proxy]\n", "queue.waiting_max", "5",
            "[queue]\nfairness = \"time\"\nwaiting_max = 5\n\n# about the proxy\n[proxy]\n");
        row("commented default", "[queue]\n# how many\n#waiting_max = 1024\n# next\n", "queue.waiting_max", "5",
            "[queue]\n# how many\nwaiting_max = 5\n# next\n");
        row("own comment", "[queue]\n#waiting_max = 99 my idea\n", "queue.waiting_max", "5",
            "[queue]\n#waiting_max = 99 my idea\nwaiting_max = 5\n");
        row("dotted key", "queue.waiting_max = 1\n", "queue.waiting_max", "5", "queue.waiting_max = 5\n");
        row("list over lines", "[proxy]\norigins = [\n  \"https://a\", # a\n]\n", "proxy.origins",
            "https://b,https://c", "[proxy]\norigins = [\"https://b\", \"https://c\"]\n");
        row("no end of line", "[queue]\nwaiting_max = 1", "queue.waiting_max", "5", "[queue]\nwaiting_max = 5");
        row("lines as on Windows", "[queue]\r\nwaiting_max = 1\r\n", "queue.fairness", "time",
            "[queue]\r\nwaiting_max = 1\r\nfairness = \"time\"\r\n");
    }
    void setPutsALineWhereItBelongs()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, key);
        QFETCH(std::string, value);
        QFETCH(std::string, expected);

        const auto changed = setInFile(text, key, value);

        QVERIFY2(changed, changed ? "" : changed.error().detail.c_str());
        QCOMPARE(*changed, expected);
    }

    void resetBringsTheDefaultBack_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("key");
        QTest::addColumn<std::string>("expected");
        const auto row = [](const char* name, std::string text, std::string key, std::string expected) {
            QTest::newRow(name) << std::move(text) << std::move(key) << std::move(expected);
        };
        row("not there", "[queue]\n# x\n", "queue.waiting_max", "[queue]\n# x\n");
        row("its line", "[queue]\n# how many\nwaiting_max = 5 # mine\nfairness = \"time\"\n", "queue.waiting_max",
            "[queue]\n# how many\n#waiting_max = 1024 # mine\nfairness = \"time\"\n");
        row("list over lines", "[proxy]\norigins = [\n  \"https://a\", # a\n]\n", "proxy.origins",
            "[proxy]\n#origins = []\n");
        row("dotted key", "queue.waiting_max = 1\n[proxy]\n", "queue.waiting_max", "[proxy]\n");
        row("lines as on Windows", "[queue]\r\nwaiting_max = 1\r\n", "queue.waiting_max",
            "[queue]\r\n#waiting_max = 1024\r\n");
    }
    void resetBringsTheDefaultBack()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, key);
        QFETCH(std::string, expected);

        const auto changed = resetInFile(text, key);

        QVERIFY2(changed, changed ? "" : changed.error().detail.c_str());
        QCOMPARE(*changed, expected);
    }
    void setAndResetOfEverySettingLeaveTheWrittenFileAsItWas()
    {
        const std::string text = defaultFileText();
        for (const Setting& setting : settingsTable()) {
            if (!setting.isScalar() || setting.key == "engine.environment")
                continue;
            const auto set = setInFile(text, setting.key, valueText(setting.rule, setting.get(Settings{})));
            QVERIFY2(set, setting.key.data());
            const auto reset = resetInFile(*set, setting.key);
            QVERIFY2(reset, setting.key.data());
            QVERIFY2(*reset == text, setting.key.data());
        }
    }

    void addsABlockAtTheEnd()
    {
        const auto added = addBlock(
            "[queue]\nwaiting_max = 5\n", "backend", {{"url", "http://gpu:11434"}, {"slots", "4"}, {"name", ""}});

        QVERIFY(added);
        QCOMPARE(
            *added, std::string("[queue]\nwaiting_max = 5\n\n[[backend]]\nurl = \"http://gpu:11434\"\nslots = 4\n"));
    }
    void changesOneBlockAndKeepsItsComments()
    {
        const std::string text = "# first\n[[backend]]\nurl = \"http://a\" # the one\n\n# second\n[[backend]]\n"
                                 "name = \"b\"\nurl = \"http://b\"\n\n[proxy]\n";

        const auto changed = changeBlock(text, "backend", 1, {{"url", "http://c"}, {"name", ""}, {"slots", "2"}});

        QVERIFY2(changed, changed ? "" : changed.error().detail.c_str());
        QCOMPARE(*changed,
            std::string("# first\n[[backend]]\nurl = \"http://a\" # the one\n\n# second\n[[backend]]\n"
                        "url = \"http://c\"\nslots = 2\n\n[proxy]\n"));
    }
    void removesOneBlockAndNothingOfItsNeighbours()
    {
        const std::string text = "[[backend]]\nurl = \"http://a\"\n\n# second\n[[backend]]\nurl = \"http://b\"\n";

        const auto first = removeBlock(text, "backend", 0);
        const auto second = removeBlock(text, "backend", 1);

        QVERIFY(first && second);
        QCOMPARE(*first, std::string("\n# second\n[[backend]]\nurl = \"http://b\"\n"));
        QCOMPARE(*second, std::string("[[backend]]\nurl = \"http://a\"\n\n# second\n"));
    }
    void refusesBlocksThatItCannotEditSafely_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("field");
        QTest::addColumn<std::string>("value");
        QTest::newRow("inline") << std::string("backend = [{ url = \"http://a\" }]\n") << std::string("url")
                                << std::string("http://b");
        QTest::newRow("none") << std::string() << std::string("url") << std::string("http://b");
        QTest::newRow("broken") << std::string("[[backend]\n") << std::string("url") << std::string("http://b");
        QTest::newRow("field") << std::string("[[backend]]\n") << std::string("colour") << std::string("red");
        QTest::newRow("value") << std::string("[[backend]]\n") << std::string("slots") << std::string("-1");
    }
    void refusesBlocksThatItCannotEditSafely()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, field);
        QFETCH(std::string, value);

        const auto changed = changeBlock(text, "backend", 0, {{field, value}});

        QVERIFY(!changed);
        QVERIFY(changed.error().code == drover::Errc::BadConfig);
        QVERIFY(!changed.error().detail.empty());
    }

    void setRefusesWhatItCannotDoSafely_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("key");
        QTest::addColumn<std::string>("value");
        QTest::newRow("range") << std::string() << std::string("queue.waiting_max") << std::string("0");
        QTest::newRow("unknown") << std::string() << std::string("queue.wait") << std::string("1");
        QTest::newRow("block") << std::string() << std::string("backend") << std::string("http://a");
        QTest::newRow("broken file") << std::string("[queue\n") << std::string("queue.waiting_max") << std::string("5");
        QTest::newRow("inline table") << std::string("queue = { fairness = \"time\" }\n")
                                      << std::string("queue.waiting_max") << std::string("5");
    }
    void setRefusesWhatItCannotDoSafely()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, key);
        QFETCH(std::string, value);

        QVERIFY(!setInFile(text, key, value));
    }
};

QTEST_GUILESS_MAIN(SettingsTextTest)
#include "settings_text_test.moc"
