// SPDX-License-Identifier: MIT
#include "core/protocol/refusal.h"

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

QByteArray text(const Refusal& refusal)
{
    return QByteArray::fromStdString(refusalText(refusal));
}

} // namespace

class RefusalTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysThatTheQueueIsFull()
    {
        Refusal refusal{.code = Errc::QueueFull, .position = 1025, .waiting = 1024, .limitName = "queue.waiting_max"};
        refusal.limit = 1024;
        refusal.retryAfter = 8s;

        QCOMPARE(text(refusal),
            QByteArray("1024 requests are waiting, as many as may (queue.waiting_max = 1024); this one would be 1025th "
                       "in line. "
                       "Try again in about 8 s."));
    }

    void saysThatOnesOwnLineIsFull()
    {
        Refusal refusal{
            .code = Errc::UserQueueFull, .position = 9, .waiting = 1, .limitName = "queue.waiting_per_user_max"};
        refusal.limit = 1;

        QCOMPARE(text(refusal),
            QByteArray("1 request is waiting for you, as many as may (queue.waiting_per_user_max = 1); this one would "
                       "be 9th in line."));
    }

    void saysHowLongItWaited()
    {
        Refusal refusal{.code = Errc::WaitedTooLong, .position = 2};
        refusal.waited = 90s;
        refusal.retryAfter = 3min;

        QCOMPARE(text(refusal),
            QByteArray("The request waited 90 s, longer than it may; it was 2nd in line. Try again in about 3 min."));
        refusal.limitName = "X-Queue-Timeout";
        refusal.limit = 90;
        refusal.position = 0;
        QCOMPARE(text(refusal),
            QByteArray(
                "The request waited 90 s, longer than it may (X-Queue-Timeout = 90). Try again in about 3 min."));
    }

    void saysWhyNobodyCanAnswer()
    {
        Refusal refusal{.code = Errc::NoBackend};
        refusal.model = "tiny";
        refusal.detail = "127.0.0.1:11434 refuses connections";

        QCOMPARE(text(refusal),
            QByteArray("No backend that has the model 'tiny' can answer: 127.0.0.1:11434 refuses connections."));
        QCOMPARE(text({.code = Errc::NoBackend}), QByteArray("No backend can answer."));
        QCOMPARE(text({.code = Errc::NotFound, .model = "nope"}), QByteArray("model 'nope' not found"));
    }

    void endsEveryOtherReasonAsASentence()
    {
        for (int code = 1; code <= static_cast<int>(Errc::Io); ++code) {
            Refusal refusal{.code = static_cast<Errc>(code)};
            refusal.detail = "because";
            const QByteArray made = text(refusal);
            QVERIFY2(made.endsWith('.'), made.constData());
            QVERIFY2(!made.contains(".:") && !made.contains(".."), made.constData());
        }
    }

    void writesWhenToTryAgain()
    {
        QCOMPARE(retryLines(7500ms), std::string("Retry-After: 8\r\nretry-after-ms: 7500\r\n"));
        QCOMPARE(retryLines(8s), std::string("Retry-After: 8\r\nretry-after-ms: 8000\r\n"));
        QCOMPARE(retryLines(1ms), std::string("Retry-After: 1\r\nretry-after-ms: 1\r\n"));
        QCOMPARE(retryLines(0ms), std::string());
        QCOMPARE(retryLines(-1ms), std::string());
    }

    void saysDurationsShortly()
    {
        QCOMPARE(durationInWords(450ms), std::string("450 ms"));
        QCOMPARE(durationInWords(1499ms), std::string("1 s"));
        QCOMPARE(durationInWords(119s), std::string("119 s"));
        QCOMPARE(durationInWords(2min), std::string("2 min"));
        QCOMPARE(durationInWords(119min), std::string("119 min"));
        QCOMPARE(durationInWords(3h), std::string("3 h"));
        QCOMPARE(durationInWords(-5ms), std::string("0 ms"));
    }
};

QTEST_GUILESS_MAIN(RefusalTest)
#include "refusal_test.moc"
