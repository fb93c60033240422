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
            ring.append(LogLevel::Info, "n=" + std::to_string(i), {});

        const auto lines = ring.linesFrom(0, 1'000'000);

        QCOMPARE(ring.first(), std::uint64_t{5});
        QCOMPARE(ring.end(), std::uint64_t{1005});
        QCOMPARE(std::count(lines.text.begin(), lines.text.end(), '\n'), 1000);
        QVERIFY(lines.text.find("n=5\n") != std::string::npos && lines.text.find("n=4\n") == std::string::npos);
        QCOMPARE(lines.next, ring.end());
    }

    void givesLinesPieceByPiece()
    {
        LogRing ring;
        for (int i = 0; i < 3; ++i)
            ring.append(LogLevel::Info, "x", {});

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

        ring.append(LogLevel::Warning, "event=x", when);

        QCOMPARE(ring.linesFrom(0, 1).text, std::string("2026-10-21T09:40:07.042Z warning event=x\n"));
    }

    void keepsALineOneLineAndShort()
    {
        LogRing ring;

        ring.append(LogLevel::Info, "a\r\nb\x1b[31m", {});
        ring.append(LogLevel::Info, std::string(LogRing::lineBytesMax - 1, 'a') + "é and more", {});

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
