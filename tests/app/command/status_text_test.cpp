// SPDX-License-Identifier: MIT
#include "app/command/view/status_text.h"

#include "app/command/view/text_width.h"
#include "tests/app/command/pictures.h"

#include <QTest>

using namespace drover::app;
using namespace std::chrono_literals;

class StatusTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatRunsAndForWhom()
    {
        const std::string text = statusText(testing::busyPicture());

        QVERIFY(text.starts_with("2 running, 2 waiting (Zed, Open WebUI)\n"));
        for (const char* part : {"http://127.0.0.1:11435", "http://127.0.0.1:4555", "2 of 2 slots", "41.0 tokens/s",
                 "1h 02m", "Open WebUI", "12.3k", "cellar", "down", "Nobody answers.", "llama3.2"})
            QVERIFY2(text.find(part) != std::string::npos, part);
    }

    void alignsNamesOfAnyScript()
    {
        const std::string text = queueText(testing::busyPicture());

        // In every row the model begins in the same column of the terminal.
        int column = -1;
        std::size_t rows = 0;
        for (std::size_t at = text.find('\n') + 1; at < text.size(); at = text.find('\n', at) + 1, ++rows) {
            const std::string line = text.substr(at, text.find('\n', at) - at);
            const std::size_t model = std::min(line.find("llama3.2"), line.find("qwen3"));
            const int here = displayWidth(line.substr(0, model));
            QVERIFY(column == -1 || column == here);
            column = here;
        }
        QCOMPARE(rows, std::size_t(4));
    }

    void saysHowManyMoreWait()
    {
        drover::Snapshot snapshot = testing::busyPicture();
        snapshot.waiting = 100;

        QVERIFY(queueText(snapshot).ends_with("... and 98 more\n"));
    }

    void anEmptyQueueIsASentence() { QCOMPARE(queueText({}), "Nothing runs and nothing waits.\n"); }

    void whyNamesReasonFixAndEachBackend()
    {
        drover::Snapshot snapshot = testing::busyPicture();
        snapshot.fixText = "Start the cellar.";

        const std::string text = whyText(snapshot);

        for (const char* part : {"reason   busy", "to do    Start the cellar.", "gpu: ready",
                 "slots    2: OLLAMA_NUM_PARALLEL", "cellar: down. Nobody answers. (tried again in 4s)"})
            QVERIFY2(text.find(part) != std::string::npos, part);
    }

    void obeysNoEscapeSequenceOfAName()
    {
        drover::Snapshot snapshot = testing::busyPicture();
        snapshot.users[0].name = "evil\x1b[2J\x07\xC2\x9B";
        snapshot.jobs[0].user = "evil\x1b]0;x\x07";
        snapshot.jobs[0].model = "a\nb";
        snapshot.reasonText = "\u202Ereversed";

        for (const std::string& text : {statusText(snapshot), queueText(snapshot), whyText(snapshot)}) {
            QVERIFY(text.find('\x1b') == std::string::npos);
            QVERIFY(text.find('\x07') == std::string::npos);
            QVERIFY(text.find("\xC2\x9B") == std::string::npos);
            QVERIFY(text.find("\u202E") == std::string::npos);
        }
    }

    void demonstrationIsSaidLoudly() { QVERIFY(statusText({.demo = true}).find("DEMONSTRATION") != std::string::npos); }

    void durations_data()
    {
        QTest::addColumn<qint64>("seconds");
        QTest::addColumn<std::string>("text");
        QTest::newRow("nothing") << qint64(0) << std::string("0s");
        QTest::newRow("less than nothing") << qint64(-5) << std::string("0s");
        QTest::newRow("a minute") << qint64(65) << std::string("1m 05s");
        QTest::newRow("hours") << qint64(3'723) << std::string("1h 02m");
        QTest::newRow("days") << qint64(100'000) << std::string("1d 3h");
    }
    void durations()
    {
        QFETCH(qint64, seconds);
        QFETCH(std::string, text);

        QCOMPARE(durationText(std::chrono::seconds(seconds)), text);
    }

    void counts()
    {
        QCOMPARE(countText(9'999), "9999");
        QCOMPARE(countText(12'345), "12.3k");
        QCOMPARE(countText(4'500'000), "4.5M");
        QCOMPARE(rateText(std::numeric_limits<double>::quiet_NaN()), "0.0");
        QCOMPARE(rateText(-3), "0.0");
    }

    void widths_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<int>("width");
        QTest::newRow("ascii") << std::string("abc") << 3;
        QTest::newRow("accents") << std::string("\u00E4e\u0301") << 2;
        QTest::newRow("wide") << std::string("\u5F20\u4F1F") << 4;
        QTest::newRow("emoji") << std::string("\U0001F600") << 2;
        QTest::newRow("hangul") << std::string("\uD55C") << 2;
        QTest::newRow("broken") << std::string("\xFF\xC3") << 2;
        QTest::newRow("overlong") << std::string("\xC0\x80") << 2;
    }
    void widths()
    {
        QFETCH(std::string, text);
        QFETCH(int, width);

        QCOMPARE(displayWidth(text), width);
    }

    void fittedIsExactlyAsWide()
    {
        QCOMPARE(fitted("abc", 5), "abc  ");
        QCOMPARE(fitted("abc", 5, Align::Right), "  abc");
        QCOMPARE(fitted("abcdef", 4), "abc\u2026");
        QCOMPARE(fitted("\u5F20\u4F1F\u5F20", 4), "\u5F20\u2026 "); // half a letter does not fit
        QCOMPARE(fitted("abc", 0), "");
        for (int width = 1; width < 12; ++width)
            QCOMPARE(displayWidth(fitted("a\u5F20e\u0301\U0001F600\x1b z", width)), width);
    }
};

QTEST_GUILESS_MAIN(StatusTextTest)
#include "status_text_test.moc"
