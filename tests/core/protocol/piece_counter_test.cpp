// SPDX-License-Identifier: MIT
#include "core/protocol/piece_counter.h"

#include <QtTest>

using namespace drover;

namespace {

std::uint64_t count(PieceKind kind, std::string_view body)
{
    PieceCounter counter(kind);
    counter.feed(body);
    return counter.pieces();
}

} // namespace

class PieceCounterTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void countsLines()
    {
        QCOMPARE(count(PieceKind::Ndjson, "{}\n{}\n"), 2u);
        QCOMPARE(count(PieceKind::Ndjson, "{}\r\n{}\r\n"), 2u);
        QCOMPARE(count(PieceKind::Ndjson, "{}\n\n\r\n{}\n"), 2u);
        QCOMPARE(count(PieceKind::Ndjson, "{}\n{"), 1u);
        QCOMPARE(count(PieceKind::Ndjson, ""), 0u);
    }

    void countsEvents()
    {
        QCOMPARE(count(PieceKind::Sse, "data: 1\n\ndata: 2\n\n"), 2u);
        QCOMPARE(count(PieceKind::Sse, "event: a\r\ndata: 1\r\n\r\ndata: 2\r\n\r\n"), 2u);
        QCOMPARE(count(PieceKind::Sse, "event: a\ndata: 1\ndata: 2\n\n"), 1u);
        QCOMPARE(count(PieceKind::Sse, ": waiting\n\n: waiting\n\n"), 0u);
        QCOMPARE(count(PieceKind::Sse, ": waiting\ndata: 1\n\n"), 1u);
        QCOMPARE(count(PieceKind::Sse, "\n\n\n\ndata: 1\n\n\n\n"), 1u);
        QCOMPARE(count(PieceKind::Sse, "data: 1\n"), 0u);
    }

    void countsNothingInPlainBodies()
    {
        PieceCounter counter(PieceKind::Plain);
        counter.feed("{}\n{}\n\n");

        QCOMPARE(counter.pieces(), 0u);
        QCOMPARE(counter.bytes(), 7u);
        QVERIFY(counter.tail() == "{}\n{}\n\n");
    }

    void makesNoDifferenceHowTheBytesAreSplit()
    {
        const std::string body =
            "\r\n: hi\r\n\r\nevent: a\r\ndata: 1\r\n\r\ndata: 2\n\n:\n\ndata: 3\ndata: 4\n\ndata: 5";
        for (const PieceKind kind : {PieceKind::Ndjson, PieceKind::Sse, PieceKind::Plain}) {
            const std::uint64_t whole = count(kind, body);
            for (std::size_t first = 0; first <= body.size(); ++first) {
                for (std::size_t second = first; second <= body.size(); ++second) {
                    PieceCounter counter(kind);
                    counter.feed(std::string_view(body).substr(0, first));
                    counter.feed(std::string_view(body).substr(first, second - first));
                    counter.feed(std::string_view(body).substr(second));
                    QCOMPARE(counter.pieces(), whole);
                    QVERIFY(counter.tail() == body);
                    QCOMPARE(counter.lastByte(), '5');
                }
            }
        }
    }

    void keepsTheEndOnly()
    {
        for (const std::size_t step : {std::size_t{1}, std::size_t{777}, std::size_t{8192}, std::size_t{20'000}}) {
            std::string body;
            PieceCounter counter(PieceKind::Ndjson);
            for (int i = 0; body.size() < 40'000; ++i) {
                const std::string piece(step, static_cast<char>('a' + i % 26));
                body += piece;
                counter.feed(piece);
                const std::size_t kept = std::min(body.size(), PieceCounter::tailBytesMax);
                QVERIFY(counter.tail() == std::string_view(body).substr(body.size() - kept));
            }
            QCOMPARE(counter.bytes(), body.size());
        }
    }

    void knowsTheKindOfAnAnswer()
    {
        QCOMPARE(pieceKind({Endpoint::OllamaChat, true}), PieceKind::Ndjson);
        QCOMPARE(pieceKind({Endpoint::AnthropicMessages, true}), PieceKind::Sse);
        QCOMPARE(pieceKind({Endpoint::OpenAiChat, false}), PieceKind::Plain);
    }
};

QTEST_GUILESS_MAIN(PieceCounterTest)
#include "piece_counter_test.moc"
