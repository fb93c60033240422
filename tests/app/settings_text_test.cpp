// SPDX-License-Identifier: MIT
#include "app/settings/settings_text.h"

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
        row("weight", "[weights]\nZed = 1\n", "weights.Open WebUI", "0.5",
            "[weights]\nZed = 1\n\"Open WebUI\" = 0.5\n");
        row("another weight", "[weights]\n\"\xC3\x84rger\" = 1 # \xC3\xA4\n", "weights.\xC3\x84rger", "3",
            "[weights]\n\"\xC3\x84rger\" = 3 # \xC3\xA4\n");
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
