// SPDX-License-Identifier: MIT
#include "core/net/http_server.h"
#include "tests/support/plain_client.h"

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

struct Scene {
    explicit Scene(Limits limits = {})
        : server(
            io, limits, [this](Exchange& exchange) { return echo(exchange); },
            [](int status, std::string_view, const Error&) { return "{\"status\":" + std::to_string(status) + '}'; },
            Log{})
    {
        if (!server.listen("127.0.0.1", 0))
            std::abort();
    }

    /// Answers with the body that it got.
    Task<> echo(Exchange& exchange)
    {
        ++handled;
        if (exchange.head().path() == "/early") {
            co_await exchange.answer(413, "application/json", "{}");
            co_return;
        }
        const auto body = co_await exchange.body(1000);
        if (!body) {
            co_await exchange.answer(
                body.error().code == Errc::TooLarge ? 413 : 400, "text/plain", body.error().detail);
            co_return;
        }
        co_await exchange.answer(200, "text/plain", *body);
    }

    /// What comes back for these bytes, until the server closes or `answers` are there.
    std::string talk(std::string bytes, int answers = 1)
    {
        std::string got;
        runToEnd(io, [&]() -> Task<> {
            Socket socket(io.get_executor());
            co_await socket.async_connect(server.address(), throwing);
            co_await asio::async_write(socket, asio::buffer(bytes), throwing);
            std::string buffer(4096, '\0');
            for (;;) {
                const auto [error, size] = co_await socket.async_read_some(asio::buffer(buffer), quiet);
                got.append(buffer, 0, size);
                closed = static_cast<bool>(error);
                if (closed || (count(got, "HTTP/1.1 ") >= answers && got.ends_with("!")))
                    break;
            }
        });
        return got;
    }

    static int count(std::string_view text, std::string_view what)
    {
        int found = 0;
        for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + 1))
            ++found;
        return found;
    }

    asio::io_context io{1};
    HttpServer server;
    int handled = 0;
    bool closed = false;
};

} // namespace

class HttpServerTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void refusesWhatCouldBeReadInTwoWays_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::newRow("length and chunked") << QByteArray(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        QTest::newRow("two lengths") << QByteArray(
            "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd");
        QTest::newRow("a coding that is not chunked")
            << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n");
        QTest::newRow("chunked twice") << QByteArray(
            "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n");
        QTest::newRow("chunked in HTTP/1.0")
            << QByteArray("POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");
        QTest::newRow("no host") << QByteArray("GET / HTTP/1.1\r\n\r\n");
        QTest::newRow("two hosts") << QByteArray("GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
        QTest::newRow("a negative length") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n");
        QTest::newRow("a blank before the colon") << QByteArray("GET / HTTP/1.1\r\nHost : a\r\n\r\n");
        QTest::newRow("no HTTP at all") << QByteArray("\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03 hello\r\n\r\n");
    }
    void refusesWhatCouldBeReadInTwoWays()
    {
        QFETCH(QByteArray, request);
        Scene scene;

        const std::string got = scene.talk(request.toStdString());

        QVERIFY2(got.starts_with("HTTP/1.1 400 "), got.c_str());
        QVERIFY(scene.closed);
        QCOMPARE(scene.handled, 0);
    }

    void takesWhatClientsReallySend_data()
    {
        QTest::addColumn<QByteArray>("request");
        QTest::addColumn<int>("answers");
        QTest::newRow("a length") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nhello!") << 1;
        QTest::newRow("chunks") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: "
                                              "chunked\r\n\r\n3\r\nhel\r\n3;x=y\r\nlo!\r\n0\r\nT: 1\r\n\r\n")
                                << 1;
        QTest::newRow("field names in any case")
            << QByteArray("POST / HTTP/1.1\r\nHOST: a\r\ncontent-length: 6\r\n\r\nhello!") << 1;
        QTest::newRow("HTTP/1.0") << QByteArray("POST / HTTP/1.0\r\nContent-Length: 6\r\n\r\nhello!") << 1;
        QTest::newRow("two at once") << QByteArray("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nhPOST / "
                                                   "HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\n\r\nhello!")
                                     << 2;
    }
    void takesWhatClientsReallySend()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, answers);
        Scene scene;

        const std::string got = scene.talk(request.toStdString(), answers);

        QCOMPARE(Scene::count(got, "HTTP/1.1 200 OK"), answers);
        QVERIFY2(got.ends_with("hello!"), got.c_str());
    }

    void asksForABodyThatWaitsToBeAskedFor()
    {
        Scene scene;
        std::string first;
        std::string answer;

        runToEnd(scene.io, [&]() -> Task<> {
            PlainClient client(scene.io);
            co_await client.connect(scene.server.address());
            co_await client.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
            const auto interim = co_await client.head();
            first = interim.head;
            const auto final = co_await client.askWith("hello");
            answer = final.body;
        });

        QVERIFY(first.starts_with("HTTP/1.1 100 "));
        QCOMPARE(answer, std::string("hello"));
    }

    void refusesAHeadThatIsTooLarge()
    {
        Limits limits;
        limits.headerBytesMax = 4096;
        Scene scene(limits);

        const std::string got = scene.talk("GET / HTTP/1.1\r\nHost: a\r\nX: " + std::string(10'000, 'x') + "\r\n\r\n");

        QVERIFY2(got.starts_with("HTTP/1.1 431 "), got.c_str());
        QCOMPARE(scene.handled, 0);
    }

    void givesUpOnAHeadThatTrickles()
    {
        Limits limits;
        limits.headerTimeMax = 50ms;
        Scene scene(limits);

        const std::string got = scene.talk("GET / HTTP/1.1\r\nHost: a\r\nX: ");

        QVERIFY2(got.starts_with("HTTP/1.1 408 "), got.c_str());
        QVERIFY(scene.closed);
    }

    void givesUpOnABodyThatTrickles()
    {
        Limits limits;
        limits.bodyTimeMax = 50ms;
        Scene scene(limits);

        const std::string got = scene.talk("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nhel");

        QVERIFY2(got.starts_with("HTTP/1.1 400 "), got.c_str());
        QVERIFY(scene.closed);
    }

    void closesAConnectionThatIsIdleForLong()
    {
        Limits limits;
        limits.idleTimeMax = 50ms;
        Scene scene(limits);

        const std::string got = scene.talk("");

        QCOMPARE(got, std::string());
        QVERIFY(scene.closed);
    }

    void answersBeforeALargeBodyIsThere()
    {
        Scene scene;

        const std::string byLength = scene.talk("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100000000\r\n\r\nabc");
        const std::string early =
            scene.talk("POST /early HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");

        QVERIFY2(byLength.starts_with("HTTP/1.1 413 "), byLength.c_str());
        QVERIFY2(early.starts_with("HTTP/1.1 413 "), early.c_str());
    }

    void stopsReadingABodyThatGrowsTooLarge()
    {
        Scene scene;
        std::string request = "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n";
        for (int i = 0; i < 20; ++i)
            request += "64\r\n" + std::string(100, 'x') + "\r\n";

        const std::string got = scene.talk(request);

        QVERIFY2(got.starts_with("HTTP/1.1 413 "), got.c_str());
    }

    void takesNoMoreConnectionsThanItMay()
    {
        Limits limits;
        limits.connectionsMax = 1;
        Scene scene(limits);
        std::string got;

        runToEnd(scene.io, [&]() -> Task<> {
            PlainClient first(scene.io);
            PlainClient second(scene.io);
            co_await first.connect(scene.server.address());
            co_await first.askWith("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
            co_await second.connect(scene.server.address());
            const auto refused = co_await second.head();
            got = refused.head;
        });

        QVERIFY2(got.starts_with("HTTP/1.1 503 "), got.c_str());
    }

    void closesIdleConnectionsWhenItStops()
    {
        Scene scene;
        bool over = false;

        runToEnd(scene.io, [&]() -> Task<> {
            PlainClient client(scene.io);
            co_await client.connect(scene.server.address());
            co_await client.askWith("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx");
            scene.server.stopListening();
            try {
                co_await client.head();
            } catch (const std::exception&) {
                over = true;
            }
        });

        QVERIFY(over);
    }
};

QTEST_GUILESS_MAIN(HttpServerTest)
#include "http_server_test.moc"
