// SPDX-License-Identifier: MIT
#include "core/fronts/log_ring.h"

#include <QtTest>

#include <vector>

using namespace drover;

class LogRingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void keepsTheLatestLines()
    {
        LogRing ring;
        for (std::size_t i = 0; i < LogRing::linesMax + 5; ++i)
            ring.append({{}, LogLevel::Info, LogSource::Drover, "n=" + std::to_string(i)});

        const auto lines = ring.linesFrom(0, 1'000'000);

        QCOMPARE(ring.first(), std::uint64_t{5});
        QCOMPARE(ring.end(), std::uint64_t{LogRing::linesMax + 5});
        QCOMPARE(std::count(lines.text.begin(), lines.text.end(), '\n'), std::ptrdiff_t{LogRing::linesMax});
        QVERIFY(lines.text.find("n=5\n") != std::string::npos && lines.text.find("n=4\n") == std::string::npos);
        QCOMPARE(lines.next, ring.end());
    }

    void givesLinesPieceByPiece()
    {
        LogRing ring;
        for (int i = 0; i < 3; ++i)
            ring.append({{}, LogLevel::Info, LogSource::Drover, "x"});

        const auto first = ring.linesFrom(0, 1);
        const auto none = ring.linesFrom(3, 1);
        const auto beyond = ring.linesFrom(99, 1);

        QCOMPARE(first.next, std::uint64_t{1});
        QCOMPARE(none.text, std::string());
        QCOMPARE(none.next, std::uint64_t{3});
        QCOMPARE(beyond.next, std::uint64_t{3});
    }

    void writesTimeAndLevel()
    {
        LogRing ring;
        const auto when = std::chrono::system_clock::time_point(std::chrono::milliseconds(1'792'575'607'042));

        ring.append({when, LogLevel::Warning, LogSource::Drover, "event=x"});

        QCOMPARE(ring.linesFrom(0, 1).text, std::string("2026-10-21T09:40:07.042Z warning event=x\n"));
    }

    void keepsALineOneLineAndShort()
    {
        LogRing ring;

        ring.append({{}, LogLevel::Info, LogSource::Drover, "a\r\nb\x1b[31m"});
        ring.append(
            {{}, LogLevel::Info, LogSource::Drover, std::string(LogRing::lineBytesMax - 1, 'a') + "é and more"});

        QVERIFY(ring.linesFrom(0, 1).text.ends_with(" info a  b [31m\n"));
        QVERIFY(ring.linesFrom(1, 1).text.ends_with("aaa\n"));
    }

    void takesLinesThatTheOtherLogDoesNotWant()
    {
        LogRing ring;
        std::vector<std::string> written;
        const Log log =
            ring.tee({LogLevel::Warning, [&](LogLevel, std::string_view line) { written.emplace_back(line); }});

        log(LogLevel::Debug, "debug");
        log(LogLevel::Info, "info");
        log(LogLevel::Error, "error");

        QVERIFY(written == std::vector<std::string>{"error"});
        QCOMPARE(ring.end(), std::uint64_t{2});
    }

    void keepsDebugLinesForWhoWantsThem()
    {
        LogRing ring;
        const Log log = ring.tee({LogLevel::Debug, [](LogLevel, std::string_view) {}});

        log(LogLevel::Debug, "debug");

        QCOMPARE(ring.end(), std::uint64_t{1});
    }

    void tellsWhoWroteALine()
    {
        LogRing ring;
        std::vector<LogLine> told;
        ring.onLogged([&](const LogLine& line) { told.push_back(line); });

        ring.add({{}, LogLevel::Warning, LogSource::Ollama, "slow"});

        QCOMPARE(ring.linesFrom(0, 1).text, std::string("1970-01-01T00:00:00.000Z warning ollama: slow\n"));
        QCOMPARE(told.size(), std::size_t{1});
        QCOMPARE(told.front().text, std::string("slow"));
    }

    void givesOnlyTheChosenLines()
    {
        LogRing ring;
        for (int i = 0; i < 10; ++i)
            ring.append({{}, i % 5 == 0 ? LogLevel::Error : LogLevel::Info,
                i % 2 == 0 ? LogSource::Drover : LogSource::Ollama, std::to_string(i)});
        const auto lines = [&](const LogChoice& choice) {
            const auto text = ring.linesFrom(0, 100'000, choice).text;
            return std::count(text.begin(), text.end(), '\n');
        };

        QCOMPARE(lines({}), 10);
        QCOMPARE(lines({.source = LogSource::Ollama}), 5);
        QCOMPARE(lines({.least = LogLevel::Warning}), 2);
        QCOMPARE(lines({.least = LogLevel::Warning, .source = LogSource::Ollama}), 1);
        QCOMPARE(ring.startOfLast(2, {.source = LogSource::Ollama}), std::uint64_t{7});
        QCOMPARE(ring.startOfLast(99, {}), std::uint64_t{0});
    }

    void worksWhereThereIsNoOtherLog()
    {
        LogRing ring;
        int told = 0;
        ring.onAppend([&] { ++told; });

        ring.tee({})(LogLevel::Info, "info");

        QCOMPARE(told, 1);
    }
};

QTEST_GUILESS_MAIN(LogRingTest)
#include "log_ring_test.moc"
