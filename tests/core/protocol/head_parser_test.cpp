// SPDX-License-Identifier: MIT
#include "core/protocol/head_parser.h"

#include <QtTest>

#include <string>

using namespace drover;

namespace {

class Gatherer : public BodySink {
public:
    void body(std::string_view bytes) override { text += bytes; }
    std::string text;
};

/// Feeds a parser as its callers do: what it leaves is given again, with more after it.
template <class Parser> class Feeder {
public:
    explicit Feeder(Parser& parser)
        : m_parser(parser)
    {
    }

    /// False when the parser failed; `error` says how.
    bool feed(std::string_view bytes)
    {
        unread += bytes;
        while (!unread.empty() && !m_parser.done()) {
            const bool headDone = m_parser.headDone();
            const auto used = m_parser.feed(unread);
            if (!used) {
                error = used.error();
                return false;
            }
            unread.erase(0, *used);
            if (*used == 0 && headDone == m_parser.headDone())
                break;
        }
        return true;
    }

    std::string unread;
    Error error = {};

private:
    Parser& m_parser;
};

Errc problemOf(std::string_view request)
{
    Gatherer body;
    RequestParser parser(1024, body);
    Feeder feeder(parser);
    return feeder.feed(request) ? Errc{} : feeder.error.code;
}

} // namespace

class HeadParserTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsARequestWithALength()
    {
        Gatherer body;
        RequestParser parser(1024, body);
        Feeder feeder(parser);

        QVERIFY(feeder.feed(
            "POST /api/chat?x=1 HTTP/1.1\r\nHost: a\r\nCONTENT-length: 5\r\nExpect: 100-continue\r\n\r\nhelloGET"));

        QVERIFY(parser.done());
        QCOMPARE(parser.head().method, std::string("POST"));
        QVERIFY(parser.head().path() == "/api/chat");
        QVERIFY(parser.head().expectsContinue);
        QVERIFY(parser.head().keepAlive);
        QCOMPARE(parser.head().contentLength, 5u);
        QCOMPARE(body.text, std::string("hello"));
        QCOMPARE(feeder.unread, std::string("GET"));
    }

    void readsAChunkedRequestHoweverItIsSplit_data()
    {
        QTest::addColumn<QByteArray>("chunks");
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("empty") << QByteArray("0\r\n\r\n") << QByteArray();
        QTest::newRow("one") << QByteArray("5\r\nhello\r\n0\r\n\r\n") << QByteArray("hello");
        QTest::newRow("extensions and trailers")
            << QByteArray("1;a=b\r\nh\r\n00A;c\r\nello, you!\r\n000\r\nX-T: 1\r\n\r\n") << QByteArray("hello, you!");
    }

    void readsAChunkedRequestHoweverItIsSplit()
    {
        QFETCH(QByteArray, chunks);
        QFETCH(QByteArray, text);
        const std::string request =
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks.toStdString();

        for (std::size_t step = 1; step <= request.size(); ++step) {
            Gatherer body;
            RequestParser parser(1024, body);
            Feeder feeder(parser);
            for (std::size_t at = 0; at < request.size(); at += step)
                QVERIFY(feeder.feed(std::string_view(request).substr(at, step)));
            QVERIFY(parser.done());
            QCOMPARE(body.text, text.toStdString());
            QVERIFY(feeder.unread.empty());
        }
    }

    void refusesWhatCouldBeReadInTwoWays_data()
    {
        QTest::addColumn<QByteArray>("request");
        const auto row = [](const char* name, const char* fields) {
            QTest::newRow(name) << "POST / HTTP/1.1\r\n" + QByteArray(fields) + "\r\n0\r\n\r\nGET /x HTTP/1.1\r\n\r\n";
        };
        row("length and chunked", "Host: a\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n");
        row("chunked and length", "Host: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n");
        row("two lengths", "Host: a\r\nContent-Length: 5\r\nContent-Length: 6\r\n");
        row("list of lengths", "Host: a\r\nContent-Length: 5, 6\r\n");
        row("negative length", "Host: a\r\nContent-Length: -5\r\n");
        row("length with a sign", "Host: a\r\nContent-Length: +5\r\n");
        row("length in hex", "Host: a\r\nContent-Length: 0x5\r\n");
        row("huge length", "Host: a\r\nContent-Length: 99999999999999999999\r\n");
        row("other coding", "Host: a\r\nTransfer-Encoding: gzip\r\n");
        row("two codings", "Host: a\r\nTransfer-Encoding: gzip, chunked\r\n");
        row("chunked twice", "Host: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n");
        row("disguised chunked", "Host: a\r\nTransfer-Encoding: xchunked\r\n");
        row("blank before the colon", "Host: a\r\nContent-Length : 5\r\n");
        row("no host", "");
        row("two hosts", "Host: a\r\nHost: b\r\n");
        row("line feed in a value", "Host: a\nX: b\r\n");
        row("null in a value", "Host: a\r\nX: \x01\r\n");
        QTest::newRow("bare line feeds") << QByteArray("GET / HTTP/1.1\nHost: a\n\n");
        QTest::newRow("old and chunked") << QByteArray(
            "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        QTest::newRow("bad chunk size") << QByteArray(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\nhello\r\n");
        QTest::newRow("huge chunk") << QByteArray(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nh\r\n");
        QTest::newRow("chunk longer than it says")
            << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n0\r\n\r\n");
        QTest::newRow("no HTTP") << QByteArray("\x16\x03\x01\x02\x00\x01\r\n\r\n", 10);
        QTest::newRow("HTTP/2") << QByteArray("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
    }

    void refusesWhatCouldBeReadInTwoWays()
    {
        QFETCH(QByteArray, request);

        QCOMPARE(problemOf(request.toStdString()), Errc::BadRequest);
    }

    void boundsTheHead()
    {
        QCOMPARE(problemOf("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(2000, 'x') + "\r\n\r\n"), Errc::TooLarge);
        QCOMPARE(problemOf("GET /" + std::string(2000, 'x') + " HTTP/1.1\r\nHost: a\r\n\r\n"), Errc::TooLarge);
        QCOMPARE(problemOf("GET /" + std::string(2000, 'x')), Errc::TooLarge); // without an end
        QCOMPARE(problemOf("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(900, 'x') + "\r\n\r\n"), Errc{});
    }

    void knowsWhichConnectionsStay()
    {
        const auto stays = [](const char* head) {
            Gatherer body;
            RequestParser parser(1024, body);
            Feeder feeder(parser);
            feeder.feed(head);
            return parser.headDone() && parser.head().keepAlive;
        };

        QVERIFY(stays("GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        QVERIFY(!stays("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"));
        QVERIFY(!stays("GET / HTTP/1.0\r\n\r\n"));
        QVERIFY(stays("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n"));
    }

    void isReadyForTheNextRequestAfterAReset()
    {
        Gatherer body;
        RequestParser parser(1024, body);
        Feeder feeder(parser);
        QVERIFY(
            feeder.feed("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nxGET /b HTTP/1.1\r\nHost: b\r\n\r\n"));

        parser.reset(1024);
        QVERIFY(feeder.feed(""));

        QVERIFY(parser.done());
        QCOMPARE(parser.head().target, std::string("/b"));
        QVERIFY(!parser.head().hasLength);
        QCOMPARE(parser.head().fields.size(), 1u);
    }

    void skipsProvisionalAnswers()
    {
        Gatherer body;
        AnswerParser parser(body);
        Feeder feeder(parser);

        QVERIFY(feeder.feed("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 "
                            "OK\r\nContent-Length: 2\r\n\r\nok"));

        QVERIFY(parser.done());
        QCOMPARE(parser.head().status, 200);
        QCOMPARE(body.text, std::string("ok"));
    }

    void endsAnAnswerWithoutALengthWhenTheBackendCloses()
    {
        Gatherer body;
        AnswerParser parser(body);
        Feeder feeder(parser);
        QVERIFY(feeder.feed("HTTP/1.0 200 OK\r\n\r\nsome"));

        QVERIFY(!parser.done());
        QVERIFY(parser.close());

        QVERIFY(parser.done());
        QCOMPARE(body.text, std::string("some"));
    }

    void noticesAnAnswerThatIsCut()
    {
        for (const char* cut : {"", "HTTP/1.1 200 OK\r\n", "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell",
                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel",
                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                 "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n"}) {
            Gatherer body;
            AnswerParser parser(body);
            Feeder feeder(parser);
            QVERIFY2(feeder.feed(cut), cut);
            QVERIFY2(!parser.done() && !parser.close(), cut);
        }
    }

    void hasNoBodyAfterHead()
    {
        Gatherer body;
        AnswerParser parser(body);
        parser.reset(true);
        Feeder feeder(parser);

        QVERIFY(feeder.feed("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n"));

        QVERIFY(parser.done());
        QCOMPARE(parser.head().contentLength, 100u);
    }

    void knowsWhereAChunkEnds()
    {
        Gatherer body;
        AnswerParser parser(body);
        Feeder feeder(parser);
        QVERIFY(feeder.feed("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel"));
        QVERIFY(!parser.betweenChunks());

        QVERIFY(feeder.feed("lo\r\n"));

        QVERIFY(parser.betweenChunks());
        QVERIFY(!parser.done());
    }
};

QTEST_GUILESS_MAIN(HeadParserTest)
#include "head_parser_test.moc"
