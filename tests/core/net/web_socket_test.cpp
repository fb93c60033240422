// SPDX-License-Identifier: MIT
#include "core/net/http_server.h"
#include "core/net/signal.h"
#include "tests/support/web_socket_client.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

constexpr std::size_t messageBytesMax = 8u << 20;

/// A server whose handler takes WebSockets, and says back what it is told.
struct Scene {
    explicit Scene(Limits limits = {})
        : server(std::make_unique<HttpServer>(
            io, limits, [this](Exchange& exchange) { return take(exchange); },
            [](int, std::string_view, const Error&) { return std::string("{}"); }, Log{}))
    {
        if (!server->listen("127.0.0.1", 0))
            std::abort();
        address = server->address();
    }

    Task<> take(Exchange& exchange)
    {
        auto taken = co_await exchange.upgrade(messageBytesMax);
        if (!taken) {
            const std::string why = taken.error().detail + "!";
            co_await exchange.answer(426, "text/plain", why, "Upgrade: websocket\r\n");
            co_return;
        }
        webSocket = std::move(*taken);
        exchangeLeft = exchange.clientLeft();
        if (startsAtOnce)
            start();
        opened.set();
    }

    void start()
    {
        webSocket->start({.message = [this](std::string_view text) { heard(text); },
            .closed = [this](std::uint16_t code, const std::string& reason) { ended(code, reason); }});
    }

    void heard(std::string_view text)
    {
        ++messages;
        if (onMessage)
            onMessage(text);
        else
            webSocket->send(std::string(text));
    }

    void ended(std::uint16_t code, const std::string& reason)
    {
        if (sending)
            toldInsideSend = true;
        ++closings;
        closeCode = code;
        closeReason = reason;
        if (onClosed)
            onClosed();
        closed.set();
    }

    asio::io_context io{1};
    std::unique_ptr<HttpServer> server;
    Tcp::endpoint address;
    std::unique_ptr<WebSocket> webSocket;
    std::function<void(std::string_view)> onMessage;
    std::function<void()> onClosed;
    Signal opened;
    Signal closed;
    bool startsAtOnce = true;
    bool exchangeLeft = false;
    bool sending = false;
    bool toldInsideSend = false;
    int messages = 0;
    int closings = 0;
    int closeCode = 0;
    std::string closeReason;
};

using BeastClient = boost::beast::websocket::stream<Socket>;

} // namespace

class WebSocketTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void handsTheConnectionOver()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        WebSocketClient::Answer answer;
        WebSocketClient::Frame echo;

        runToEnd(scene.io, [&]() -> Task<> {
            answer = co_await client.open(scene.address);
            co_await client.send(textFrame("hello"));
            echo = co_await client.frame();
        });

        QCOMPARE(answer.status, 101);
        QCOMPARE(answer.field("Sec-WebSocket-Accept"), std::string_view("s3pPLMBiTxaQ9kYGzzhZRbK+xOo="));
        QCOMPARE(answer.field("Upgrade"), std::string_view("websocket"));
        QCOMPARE(echo.payload, std::string("hello"));
        QCOMPARE(echo.opcode, 1);
        QVERIFY(!scene.exchangeLeft);
        QCOMPARE(scene.webSocket->bytesRead(), std::uint64_t(11));
        QCOMPARE(scene.server->connections(), std::size_t(1));
    }

    void leavesWhatIsNoHandshakeToTheHandler()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        WebSocketClient::Answer refused;
        WebSocketClient::Answer taken;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.connect(scene.address);
            refused = co_await client.ask("GET", "/workers/connect");
            co_await client.send(std::string(WebSocketClient::handshake));
            taken = co_await client.head();
        });

        QCOMPARE(refused.status, 426);
        QVERIFY(refused.head.starts_with("HTTP/1.1 426 Upgrade Required\r\n"));
        QVERIFY2(refused.body.find("Upgrade: websocket") != std::string::npos, refused.body.c_str());
        QCOMPARE(taken.status, 101);
    }

    void takesWhatCameRightBehindTheHandshake()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        std::vector<std::string> echoes;
        const std::string behind = textFrame("one") + textFrame("two");

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address, behind + textFrame("three").substr(0, 5));
            for (int i = 0; i < 2; ++i) {
                auto frame = co_await client.frame();
                echoes.push_back(frame.payload);
            }
            co_await client.send(textFrame("three").substr(5));
            auto frame = co_await client.frame();
            echoes.push_back(frame.payload);
        });

        QCOMPARE(echoes, (std::vector<std::string>{"one", "two", "three"}));
        QCOMPARE(scene.webSocket->bytesRead(), std::uint64_t(behind.size() + 11));
    }

    void tellsTensOfThousandsInTheirOrder()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        constexpr int count = 30'000;
        int wrong = 0;
        std::string stream;
        for (int i = 0; i < count; ++i)
            stream += textFrame(std::to_string(i) + std::string(static_cast<std::size_t>(i % 300), '.'));

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            asio::co_spawn(scene.io, client.send(stream), asio::detached);
            for (int i = 0; i < count; ++i) {
                const auto frame = co_await client.frame();
                wrong += frame.payload != std::to_string(i) + std::string(static_cast<std::size_t>(i % 300), '.');
            }
        });

        QCOMPARE(wrong, 0);
        QCOMPARE(scene.messages, count);
        QCOMPARE(scene.webSocket->unsent(), std::size_t(0));
    }

    void carriesLargeMessagesBothWays()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        std::string large(messageBytesMax, '\0');
        for (std::size_t i = 0; i < large.size(); ++i)
            large[i] = static_cast<char>('a' + i % 23);
        std::string echo;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await client.send(textFrame(large));
            auto frame = co_await client.frame();
            echo = std::move(frame.payload);
        });

        QVERIFY(echo == large);
    }

    void answersPingsAndPings()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        WebSocketClient::Frame pong;
        WebSocketClient::Frame ping;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await client.send(frameOf(9, "are you there"));
            pong = co_await client.frame();
            scene.webSocket->ping();
            ping = co_await client.frame();
            co_await client.send(frameOf(10, ""));
        });

        QCOMPARE(pong.opcode, 10);
        QCOMPARE(pong.payload, std::string("are you there"));
        QCOMPARE(ping.opcode, 9);
        QCOMPARE(scene.messages, 0);
    }

    void keepsOnePongForAPeerThatPingsAndNeverReads()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        std::vector<std::string> pongs;
        const std::string large(32u << 20, 'x');

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await scene.opened.wait();
            scene.webSocket->send(large);
            std::string pings;
            for (int i = 0; i < 1000; ++i)
                pings += frameOf(9, std::to_string(i));
            scene.onMessage = [&](std::string_view) { scene.opened.set(); };
            co_await client.send(pings + textFrame("read all that"));
            co_await scene.opened.wait();
            co_await client.frame();
            scene.webSocket->close(1000, "");
            for (auto frame = co_await client.frame(); frame.opcode != 8; frame = co_await client.frame())
                pongs.push_back(frame.payload);
        });

        QCOMPARE(pongs, (std::vector<std::string>{"999"}));
    }

    void answersThePeersClose_data()
    {
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<int>("code");
        QTest::addColumn<QByteArray>("reason");
        QTest::addColumn<QByteArray>("echo");
        QTest::newRow("with a reason") << QByteArray("\x03\xe8"
                                                     "bye")
                                       << 1000 << QByteArray("bye") << QByteArray("\x03\xe8");
        QTest::newRow("without a code") << QByteArray() << 1005 << QByteArray() << QByteArray();
        QTest::newRow("of its own") << QByteArray("\x0f\xa1") << 4001 << QByteArray() << QByteArray("\x0f\xa1");
    }
    void answersThePeersClose()
    {
        QFETCH(QByteArray, payload);
        QFETCH(int, code);
        QFETCH(QByteArray, reason);
        QFETCH(QByteArray, echo);
        Scene scene;
        WebSocketClient client(scene.io);
        WebSocketClient::Frame answer;
        bool endedWell = false;
        scene.onClosed = [&] { scene.webSocket.reset(); };

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await client.send(frameOf(8, payload.toStdString()));
            answer = co_await client.frame();
            endedWell = co_await client.end();
        });

        QCOMPARE(answer.opcode, 8);
        QCOMPARE(QByteArray::fromStdString(answer.payload), echo);
        QVERIFY(endedWell);
        QCOMPARE(scene.closings, 1);
        QCOMPARE(scene.closeCode, code);
        QCOMPARE(QByteArray::fromStdString(scene.closeReason), reason);
        QCOMPARE(scene.server->connections(), std::size_t(0));
    }

    void sendsAllBeforeItsOwnClose()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        std::size_t received = 0;
        WebSocketClient::Frame last;
        int closingsBeforeTheEcho = -1;
        bool endedWell = false;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await scene.opened.wait();
            for (int i = 0; i < 20; ++i)
                scene.webSocket->send(std::string(1u << 20, 'x'));
            scene.webSocket->close(1001, "drained");
            scene.webSocket->send("too late");
            for (last = co_await client.frame(); last.opcode == 1; last = co_await client.frame())
                received += last.payload.size();
            closingsBeforeTheEcho = scene.closings;
            co_await client.send(textFrame("not told any more"));
            co_await client.send(frameOf(8, last.payload));
            endedWell = co_await client.end();
        });

        QCOMPARE(received, std::size_t(20u << 20));
        QCOMPARE(last.opcode, 8);
        QCOMPARE(last.closeCode(), 1001);
        QCOMPARE(last.payload.substr(2), std::string("drained"));
        QCOMPARE(closingsBeforeTheEcho, 0);
        QVERIFY(endedWell);
        QCOMPARE(scene.messages, 0);
        QCOMPARE(scene.closings, 1);
        QCOMPARE(scene.closeCode, 1001);
    }

    void endsThoughThePeerNeverAnswersItsClose()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        const auto begun = std::chrono::steady_clock::now();

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await scene.opened.wait();
            scene.webSocket->send(std::string(64u << 20, 'x'));
            scene.webSocket->close(1008, "unauthorized");
            co_await scene.closed.wait();
        });

        QVERIFY(std::chrono::steady_clock::now() - begun < std::chrono::seconds(WebSocket::closeTimeMaxSeconds + 3));
        QCOMPARE(scene.closeCode, 1008);
        QCOMPARE(scene.closeReason, std::string("unauthorized"));
        QCOMPARE(scene.server->connections(), std::size_t(0));
    }

    void tellsAPeerWhatItDidWrong_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<int>("code");
        const auto row = [](const char* name, const ClientFrame& frame, int code) {
            QTest::newRow(name) << QByteArray::fromStdString(frame.bytes()) << code;
        };
        row("not masked", {.payload = "hello", .mask = ""}, 1002);
        row("text that is none", {.payload = "\xc3\x28"}, 1007);
        row("too large", {.payload = "x", .claims = messageBytesMax + 1}, 1009);
        QTest::newRow("garbage") << QByteArray("\x7f\x7f\x7f\x7f no frame") << 1002;
        // A sender that does not listen: a reset would destroy the close frame.
        QTest::newRow("much garbage") << QByteArray(3'000'000, '\x7f') << 1002;
    }
    void tellsAPeerWhatItDidWrong()
    {
        QFETCH(QByteArray, stream);
        QFETCH(int, code);
        Scene scene;
        WebSocketClient client(scene.io);
        WebSocketClient::Frame answer;
        bool endedWell = false;
        scene.onClosed = [&] { scene.webSocket.reset(); };

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await client.send(stream.toStdString());
            answer = co_await client.frame();
            endedWell = co_await client.end();
        });

        QCOMPARE(answer.opcode, 8);
        QCOMPARE(answer.closeCode(), code);
        QVERIFY(endedWell);
        QCOMPARE(scene.closings, 1);
        QCOMPARE(scene.closeCode, code);
        QCOMPARE(scene.messages, 0);
    }

    void tellsThatThePeerVanished_data()
    {
        QTest::addColumn<bool>("reset");
        QTest::newRow("its end") << false;
        QTest::newRow("a reset") << true;
    }
    void tellsThatThePeerVanished()
    {
        QFETCH(bool, reset);
        Scene scene;
        WebSocketClient client(scene.io);

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await client.send(textFrame("half a message").substr(0, 9));
            co_await scene.opened.wait();
            if (reset)
                client.socket().set_option(asio::socket_base::linger(true, 0));
            client.socket().close();
            co_await scene.closed.wait();
        });

        QCOMPARE(scene.closings, 1);
        QCOMPARE(scene.closeCode, 1006);
        QCOMPARE(scene.messages, 0);
    }

    void neverTellsTheEndInsideASend()
    {
        Scene scene;
        WebSocketClient client(scene.io);

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await scene.opened.wait();
            scene.sending = true;
            client.socket().set_option(asio::socket_base::linger(true, 0));
            client.socket().close();
            for (int i = 0; i < 100; ++i)
                scene.webSocket->send(std::string(1u << 20, 'x'));
            scene.sending = false;
            co_await scene.closed.wait();
        });

        QVERIFY(!scene.toldInsideSend);
        QCOMPARE(scene.closings, 1);
        QCOMPARE(scene.closeCode, 1006);
        QCOMPARE(scene.webSocket->unsent(), std::size_t(0));
    }

    void waitsForNobodyWhoDoesNotRead()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        constexpr std::size_t pieceBytes = 100'000;
        constexpr std::size_t pieces = 1000;
        std::size_t unsent = 0;
        std::size_t received = 0;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await scene.opened.wait();
            for (std::size_t i = 0; i < pieces; ++i)
                scene.webSocket->send(std::string(pieceBytes, 'x'));
            unsent = scene.webSocket->unsent();
            for (std::size_t i = 0; i < pieces; ++i) {
                const auto frame = co_await client.frame();
                received += frame.payload.size();
            }
        });

        QVERIFY(unsent > pieces * pieceBytes / 2 && unsent < pieces * pieceBytes);
        QCOMPARE(received, pieces * pieceBytes);
        QCOMPARE(scene.webSocket->unsent(), std::size_t(0));
    }

    void canBeDestroyedAtAnyMoment_data()
    {
        QTest::addColumn<QString>("moment");
        for (const char* const moment : {"before its start", "right after its start", "while idle", "inside a message",
                 "inside closed", "with much unsent", "while closing", "closing before its start"})
            QTest::newRow(moment) << QString::fromLatin1(moment);
    }
    void canBeDestroyedAtAnyMoment()
    {
        QFETCH(QString, moment);
        Scene scene;
        scene.startsAtOnce =
            moment != QLatin1String("before its start") && moment != QLatin1String("closing before its start");
        WebSocketClient client(scene.io);
        std::string word(1000, 'w');
        scene.onMessage = [&](std::string_view text) {
            scene.webSocket.reset();
            word = text; // valid all the same
        };
        scene.onClosed = [&] { scene.webSocket.reset(); };

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await scene.opened.wait();
            if (moment == QLatin1String("while idle")) {
                co_await client.send(frameOf(9, ""));
                co_await client.frame();
            } else if (moment == QLatin1String("inside a message")) {
                co_await client.send(textFrame("a") + textFrame("b"));
            } else if (moment == QLatin1String("inside closed")) {
                co_await client.send(frameOf(8, ""));
            } else if (moment == QLatin1String("with much unsent")) {
                scene.webSocket->send(std::string(64u << 20, 'x'));
            } else if (moment.contains(QLatin1String("closing"))) {
                scene.webSocket->close(1001, "going");
                co_await client.frame();
            }
            if (!moment.startsWith(QLatin1String("inside")))
                scene.webSocket.reset();
            co_await client.end();
        });

        QVERIFY(!scene.webSocket);
        QCOMPARE(scene.server->connections(), std::size_t(0));
        QCOMPARE(scene.messages, moment == QLatin1String("inside a message") ? 1 : 0);
        QCOMPARE(word, scene.messages == 1 ? std::string("a") : std::string(1000, 'w'));
        QCOMPARE(scene.closings, moment == QLatin1String("inside closed") ? 1 : 0);
    }

    void tellsAnEndThatCameBeforeTheStart()
    {
        Scene scene;
        scene.startsAtOnce = false;
        WebSocketClient client(scene.io);

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address, frameOf(8, "\x03\xe8"));
            co_await scene.opened.wait();
            scene.webSocket->close(1001, "going");
            co_await client.end();
            scene.start();
            co_await scene.closed.wait();
        });

        QCOMPARE(scene.closings, 1);
        QCOMPARE(scene.closeCode, 1001);
    }

    void saysThatItIsAtFaultWhenAListenerFails()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        WebSocketClient::Frame answer;
        scene.onMessage = [](std::string_view) { throw std::runtime_error("a secret of ours"); };

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            co_await client.send(textFrame("a") + textFrame("b"));
            answer = co_await client.frame();
        });

        QCOMPARE(answer.closeCode(), 1011);
        QCOMPARE(answer.payload.substr(2), std::string("internal error"));
        QCOMPARE(scene.messages, 1);
        QCOMPARE(scene.closeCode, 1011);
        QCOMPARE(scene.closeReason, std::string("a secret of ours"));
    }

    void countsAmongTheConnections()
    {
        Scene scene(Limits{.connectionsMax = 1});
        WebSocketClient first(scene.io);
        WebSocketClient second(scene.io);
        WebSocketClient third(scene.io);
        int whileFull = 0;
        int afterwards = 0;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await first.open(scene.address);
            co_await second.connect(scene.address);
            const auto refused = co_await second.head();
            whileFull = refused.status;
            first.socket().close();
            co_await scene.closed.wait();
            co_await second.end();
            const auto answer = co_await third.open(scene.address);
            afterwards = answer.status;
        });

        QCOMPARE(whileFull, 503);
        QCOMPARE(afterwards, 101);
    }

    void outlivesTheListeningAndEndsWithTheServer()
    {
        Scene scene;
        WebSocketClient client(scene.io);
        std::string echo;
        int closingsInside = -1;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.open(scene.address);
            scene.server->stopListening();
            co_await client.send(textFrame("still here"));
            const auto frame = co_await client.frame();
            echo = frame.payload;
            scene.server.reset();
            closingsInside = scene.closings;
            co_await scene.closed.wait();
            co_await client.end();
        });

        QCOMPARE(echo, std::string("still here"));
        QCOMPARE(closingsInside, 0);
        QCOMPARE(scene.closings, 1);
        QCOMPARE(scene.closeCode, 1006);
    }

    void understandsAnotherImplementation()
    {
        Scene scene;
        BeastClient client(scene.io.get_executor());
        std::vector<std::string> echoes;
        std::uint16_t closeCode = 0;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.next_layer().async_connect(scene.address, throwing);
            co_await client.async_handshake("localhost", "/workers/connect", throwing);
            client.write_buffer_bytes(64);
            for (const std::size_t size : {0u, 1u, 125u, 126u, 1000u, 65'535u, 65'536u, 1'000'000u}) {
                const std::string text(size, 'x');
                client.auto_fragment(size % 2 == 0);
                co_await client.async_write(asio::buffer(text), throwing);
                boost::beast::flat_buffer buffer;
                co_await client.async_read(buffer, throwing);
                echoes.emplace_back(static_cast<const char*>(buffer.data().data()), buffer.size());
            }
            co_await client.async_ping({}, throwing);
            scene.webSocket->close(1001, "going away");
            boost::beast::flat_buffer buffer;
            co_await client.async_read(buffer, quiet);
            closeCode = client.reason().code;
        });

        QCOMPARE(echoes.size(), std::size_t(8));
        for (const auto& [echo, size] : {std::pair(echoes[0], 0u), {echoes[3], 126u}, {echoes[7], 1'000'000u}})
            QCOMPARE(echo, std::string(size, 'x'));
        QCOMPARE(closeCode, std::uint16_t(1001));
        QCOMPARE(scene.closeCode, 1001);
    }
};

QTEST_GUILESS_MAIN(WebSocketTest)
#include "web_socket_test.moc"
