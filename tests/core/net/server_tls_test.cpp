// SPDX-License-Identifier: MIT
#include "core/net/http_server.h"
#include "core/net/server_tls.h"
#include "core/net/signal.h"
#include "tests/support/plain_client.h"
#include "tests/support/test_certificates.h"

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/ssl.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <QTemporaryDir>
#include <QtTest>

#include <fstream>

using namespace drover;
using namespace std::chrono_literals;
namespace ssl = asio::ssl;

namespace {

using TlsStream = ssl::stream<Socket>;
constexpr std::size_t bodyBytesMax = 64u << 20;

/// Files of a certificate and its key.
struct Files {
    QTemporaryDir folder;
    std::string certificate = path("chain.pem");
    std::string key = path("key.pem");

    std::string path(const char* name) const { return folder.filePath(QString::fromLatin1(name)).toStdString(); }
    void write(const TestCertificates::Pair& pair) const
    {
        std::ofstream(certificate) << pair.certificate;
        std::ofstream(key) << pair.key;
    }
};

/// A server with TLS: answers with the body that it got, takes WebSockets, and `/large` is 32 MB.
struct Scene {
    explicit Scene(Limits limits = {})
        : server(
            io, limits, [this](Exchange& exchange) { return serve(exchange); },
            [](int, std::string_view, const Error& error) { return error.detail; }, Log{})
        , clientContext(ssl::context::tls_client)
    {
        files.write(authority.issue("first"));
        auto loaded = ServerTls::load(files.certificate, files.key);
        if (!loaded || !server.listen("127.0.0.1", 0))
            std::abort();
        tls = *loaded;
        server.setTls(tls);
        clientContext.add_certificate_authority(asio::buffer(authority.authority()));
        clientContext.set_verify_mode(ssl::verify_peer);
        clientContext.set_verify_callback(ssl::host_name_verification("127.0.0.1"));
    }

    Task<> serve(Exchange& exchange)
    {
        ++handled;
        if (exchange.head().path() == "/large") {
            const std::string large(32u << 20, 'l');
            exchange.closeAfter();
            co_await exchange.answer(200, "text/plain", large);
        } else if (exchange.head().path() == "/cut") {
            co_await exchange.begin(200, "text/plain");
            co_await exchange.piece("half");
            exchange.cut();
        } else if (exchange.head().path() == "/wait") {
            exchange.onLeave([this] { left.set(); });
            co_await left.wait();
        } else if (exchange.head().path() == "/ws") {
            auto taken = co_await exchange.upgrade(bodyBytesMax);
            webSocket = std::move(*taken);
            webSocket->start({.message = [this](std::string_view text) { heard(text); },
                .closed =
                    [this](std::uint16_t code, const std::string&) {
                        closeCode = code;
                        left.set();
                    }});
            left.clear();
        } else {
            const auto body = co_await exchange.body(bodyBytesMax);
            co_await exchange.answer(200, "text/plain", *body);
        }
    }

    void heard(std::string_view text)
    {
        if (text == "ping me")
            webSocket->ping();
        webSocket->send(std::string(text));
    }

    /// Connects a client and shakes hands.
    Task<> open(TlsStream& stream)
    {
        co_await stream.next_layer().async_connect(server.address(), throwing);
        co_await stream.async_handshake(ssl::stream_base::client, throwing);
    }

    TestCertificates authority;
    Files files;
    asio::io_context io{1};
    std::shared_ptr<ServerTls> tls;
    HttpServer server;
    ssl::context clientContext;
    std::unique_ptr<WebSocket> webSocket;
    Signal left;
    int handled = 0;
    int closeCode = 0;
};

/// Reads until the other end closes; `error` is how it did.
Task<std::string> readAll(TlsStream& stream, error_code& error)
{
    std::string all;
    std::string buffer(64 * 1024, '\0');
    while (!error) {
        const auto [ended, size] = co_await stream.async_read_some(asio::buffer(buffer), quiet);
        all.append(buffer, 0, size);
        error = ended;
    }
    co_return all;
}

std::string post(const std::string& body, const char* more = "")
{
    return "POST / HTTP/1.1\r\nHost: a\r\n" + std::string(more) + "Content-Length: " + std::to_string(body.size())
        + "\r\n\r\n" + body;
}

std::string nameOf(TlsStream& stream)
{
    const std::unique_ptr<X509, void (*)(X509*)> certificate(
        SSL_get1_peer_certificate(stream.native_handle()), X509_free);
    char name[64] = "";
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate.get()), NID_commonName, name, sizeof name);
    return name;
}

} // namespace

class ServerTlsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void carriesLargeBodiesBothWays_data()
    {
        QTest::addColumn<int>("version");
        QTest::newRow("TLS 1.2") << TLS1_2_VERSION;
        QTest::newRow("TLS 1.3") << TLS1_3_VERSION;
    }
    void carriesLargeBodiesBothWays()
    {
        QFETCH(int, version);
        Scene scene;
        SSL_CTX_set_max_proto_version(scene.clientContext.native_handle(), version);
        TlsStream stream(scene.io.get_executor(), scene.clientContext);
        std::string body(20u << 20, '\0');
        for (std::size_t i = 0; i < body.size(); ++i)
            body[i] = static_cast<char>('a' + i % 23);
        std::string got;
        error_code ended;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(stream);
            const std::string first = post("small");
            co_await asio::async_write(stream, asio::buffer(first), throwing);
            const std::string second = post(body, "Connection: close\r\n");
            co_await asio::async_write(stream, asio::buffer(second), throwing);
            got = co_await readAll(stream, ended);
        });

        QCOMPARE(SSL_version(stream.native_handle()), version);
        QVERIFY(got.starts_with("HTTP/1.1 200 OK\r\n"));
        QVERIFY(got.find("\r\n\r\nsmallHTTP/1.1 200 OK\r\n") != std::string::npos);
        QVERIFY(got.ends_with("\r\n\r\n" + body));
        QCOMPARE(ended.message(), error_code(asio::error::eof).message()); // a proper end
    }

    void answersAllThatCameInOneRecord()
    {
        Scene scene;
        TlsStream stream(scene.io.get_executor(), scene.clientContext);
        std::string got;
        error_code ended;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(stream);
            const std::string all = post("one") + post("two") + post("three", "Connection: close\r\n");
            co_await asio::async_write(stream, asio::buffer(all), throwing);
            got = co_await readAll(stream, ended);
        });

        QCOMPARE(scene.handled, 3);
        QVERIFY(got.ends_with("three"));
    }

    void waitsForAClientThatReadsSlowly()
    {
        Scene scene;
        TlsStream stream(scene.io.get_executor(), scene.clientContext);
        std::size_t got = 0;
        bool right = true;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(stream);
            const std::string request = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
            co_await asio::async_write(stream, asio::buffer(request), throwing);
            std::string buffer(1000, '\0');
            for (error_code error; !error;) {
                const auto [ended, size] = co_await stream.async_read_some(asio::buffer(buffer), quiet);
                for (std::size_t i = 0; i < size; ++i)
                    right = right && (got + i < 200 || buffer[i] == 'l');
                got += size;
                error = ended;
            }
        });

        QVERIFY(right);
        QVERIFY(got > (32u << 20));
    }

    void givesUpOnAClientThatReadsNothing()
    {
        Scene scene(Limits{.writeTimeMax = 300ms});
        TlsStream stream(scene.io.get_executor(), scene.clientContext);
        error_code ended;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(stream);
            const std::string request = "GET /large HTTP/1.1\r\nHost: a\r\n\r\n";
            co_await asio::async_write(stream, asio::buffer(request), throwing);
            Timer whileNobodyReads(scene.io.get_executor());
            while (scene.server.connections() > 0) {
                whileNobodyReads.expires_after(50ms);
                co_await whileNobodyReads.async_wait(quiet);
            }
            co_await readAll(stream, ended);
        });

        QVERIFY(ended != asio::error::eof); // an answer that is not whole has no proper end
    }

    void showsThatACutAnswerIsNotWhole()
    {
        Scene scene;
        TlsStream stream(scene.io.get_executor(), scene.clientContext);
        std::string got;
        error_code ended;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(stream);
            const std::string request = "GET /cut HTTP/1.1\r\nHost: a\r\n\r\n";
            co_await asio::async_write(stream, asio::buffer(request), throwing);
            got = co_await readAll(stream, ended);
        });

        QVERIFY(got.ends_with("4\r\nhalf\r\n"));
        QCOMPARE(ended.message(), error_code(ssl::error::stream_truncated).message());
    }

    void noticesAClientThatLeaves_data()
    {
        QTest::addColumn<bool>("properly");
        QTest::newRow("properly") << true;
        QTest::newRow("at once") << false;
    }
    void noticesAClientThatLeaves()
    {
        QFETCH(bool, properly);
        Scene scene;
        TlsStream stream(scene.io.get_executor(), scene.clientContext);

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(stream);
            const std::string request = "GET /wait HTTP/1.1\r\nHost: a\r\n\r\n";
            co_await asio::async_write(stream, asio::buffer(request), throwing);
            while (scene.handled == 0)
                co_await asio::post(scene.io.get_executor(), throwing);
            if (properly)
                co_await stream.async_shutdown(quiet);
            else
                stream.next_layer().close();
            while (scene.server.connections() > 0)
                co_await asio::post(scene.io.get_executor(), throwing);
        });

        QCOMPARE(scene.handled, 1);
    }

    void tellsAPlainClientWhatIsSpokenHere()
    {
        Scene scene;
        PlainClient client(scene.io);
        PlainClient::Answer answer;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await client.connect(scene.server.address());
            answer = co_await client.ask("GET", "/v1/models");
        });

        QCOMPARE(answer.status, 400);
        QCOMPARE(answer.body, std::string("this port speaks https"));
        QCOMPARE(answer.field("Connection"), std::string_view("close"));
        QCOMPARE(scene.handled, 0);
    }

    void endsAHandshakeThatIsTooSlow_data()
    {
        QTest::addColumn<QByteArray>("start");
        QTest::newRow("says nothing") << QByteArray();
        QTest::newRow("begins and stops") << QByteArray("\x16\x03\x01\x02\x00\x01", 6);
        QTest::newRow("is no TLS at all") << QByteArray("\x16\x03\x01\x00\x02no", 7);
        QTest::newRow("is neither TLS nor HTTP") << QByteArray("\x01\x02\x03");
    }
    void endsAHandshakeThatIsTooSlow()
    {
        QFETCH(QByteArray, start);
        Scene scene(Limits{.headerTimeMax = 300ms});
        PlainClient client(scene.io);

        runToEnd(
            scene.io,
            [&]() -> Task<> {
                co_await client.connect(scene.server.address());
                co_await client.send(start.toStdString());
                for (error_code error; !error;) {
                    std::string buffer(100, '\0');
                    const auto [ended, size] = co_await client.socket().async_read_some(asio::buffer(buffer), quiet);
                    error = ended;
                }
            },
            5s);

        QCOMPARE(scene.handled, 0);
        QCOMPARE(scene.server.connections(), std::size_t(0));
    }

    void refusesWhatIsTooOldOrNotHttp_data()
    {
        QTest::addColumn<QByteArray>("protocols");
        QTest::addColumn<int>("version");
        QTest::addColumn<bool>("taken");
        QTest::newRow("HTTP/1.1") << QByteArray("\x08http/1.1") << 0 << true;
        QTest::newRow("HTTP/2 and HTTP/1.1") << QByteArray("\x02h2\x08http/1.1") << 0 << true;
        QTest::newRow("HTTP/2 only") << QByteArray("\x02h2") << 0 << false;
        QTest::newRow("TLS 1.1") << QByteArray() << TLS1_1_VERSION << false;
    }
    void refusesWhatIsTooOldOrNotHttp()
    {
        QFETCH(QByteArray, protocols);
        QFETCH(int, version);
        QFETCH(bool, taken);
        Scene scene;
        SSL_CTX* const raw = scene.clientContext.native_handle();
        if (version != 0) {
            SSL_CTX_set_min_proto_version(raw, version);
            SSL_CTX_set_max_proto_version(raw, version);
            SSL_CTX_set_cipher_list(raw, "ALL:@SECLEVEL=0");
        }
        if (!protocols.isEmpty())
            SSL_CTX_set_alpn_protos(raw, reinterpret_cast<const unsigned char*>(protocols.constData()),
                static_cast<unsigned>(protocols.size()));
        TlsStream stream(scene.io.get_executor(), scene.clientContext);
        error_code failed;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await stream.next_layer().async_connect(scene.server.address(), throwing);
            std::tie(failed) = co_await stream.async_handshake(ssl::stream_base::client, quiet);
        });

        QCOMPARE(!failed, taken);
        if (taken) {
            const unsigned char* chosen = nullptr;
            unsigned size = 0;
            SSL_get0_alpn_selected(stream.native_handle(), &chosen, &size);
            QCOMPARE(QByteArray(reinterpret_cast<const char*>(chosen), static_cast<int>(size)), QByteArray("http/1.1"));
        }
    }

    void takesRenewedFilesForNewConnections()
    {
        Scene scene;
        TlsStream before(scene.io.get_executor(), scene.clientContext);
        TlsStream after(scene.io.get_executor(), scene.clientContext);
        std::string got;
        error_code ended;
        bool unchanged = true;
        bool taken = false;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(before);
            unchanged = !*scene.tls->reloadIfChanged();
            scene.files.write(scene.authority.issue("second"));
            taken = *scene.tls->reloadIfChanged();
            co_await scene.open(after);
            const std::string request = post("still here", "Connection: close\r\n");
            co_await asio::async_write(before, asio::buffer(request), throwing);
            got = co_await readAll(before, ended);
        });

        QVERIFY(unchanged);
        QVERIFY(taken);
        QCOMPARE(nameOf(before), std::string("first"));
        QCOMPARE(nameOf(after), std::string("second"));
        QVERIFY(got.ends_with("still here"));
    }

    void keepsWhatItHasWhenRenewedFilesAreBroken()
    {
        Scene scene;
        TlsStream stream(scene.io.get_executor(), scene.clientContext);
        std::ofstream(scene.files.key) << scene.authority.issue("another").key;

        const auto first = scene.tls->reloadIfChanged();
        const auto again = scene.tls->reloadIfChanged();
        std::remove(scene.files.key.c_str());
        const auto gone = scene.tls->reloadIfChanged();
        runToEnd(scene.io, [&]() -> Task<> { co_await scene.open(stream); });
        scene.files.write(scene.authority.issue("mended"));
        const auto mended = scene.tls->reloadIfChanged();

        QVERIFY(!first);
        QVERIFY2(first.error().detail.find("does not belong") != std::string::npos, first.error().detail.c_str());
        QVERIFY(again && !*again);
        QVERIFY(!gone);
        QCOMPARE(nameOf(stream), std::string("first"));
        QVERIFY(mended && *mended);
    }

    void saysWhichFileIsWrong_data()
    {
        QTest::addColumn<QByteArray>("certificate"); // null: there is no file
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("says");
        const TestCertificates authority;
        const auto pair = authority.issue("one");
        const QByteArray certificate = QByteArray::fromStdString(pair.certificate);
        const QByteArray key = QByteArray::fromStdString(pair.key);
        QTest::newRow("no certificate file") << QByteArray() << key << QByteArray("chain.pem: cannot be read: No such");
        QTest::newRow("no key file") << certificate << QByteArray() << QByteArray("key.pem: cannot be read: No such");
        QTest::newRow("an empty file") << QByteArray("") << key << QByteArray("chain.pem: holds no certificate");
        QTest::newRow("a key for a certificate") << key << key << QByteArray("chain.pem: holds no certificate");
        QTest::newRow("a certificate for a key")
            << certificate << certificate << QByteArray("key.pem: holds no private key");
        QTest::newRow("not PEM") << QByteArray("\x30\x82\x01\x02") << key
                                 << QByteArray("chain.pem: holds no certificate");
        QTest::newRow("damaged") << QByteArray("-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n") << key
                                 << QByteArray("chain.pem: holds a certificate that is damaged");
        QTest::newRow("damaged behind a good one")
            << certificate + "-----BEGIN CERTIFICATE-----\nQUJD\n-----END CERTIFICATE-----\n"
            << key << QByteArray("chain.pem: holds a certificate that is damaged");
        QTest::newRow("another's key") << certificate << QByteArray::fromStdString(authority.issue("two").key)
                                       << QByteArray("key.pem: the private key does not belong");
        QTest::newRow("a passphrase") << certificate
                                      << QByteArray::fromStdString(TestCertificates::locked(pair.key, "secret"))
                                      << QByteArray("key.pem: the private key has a passphrase");
        QTest::newRow("far too large") << QByteArray(1 << 20, 'x') << key << QByteArray("chain.pem: is far too large");
        QTest::newRow("both in one, in a chain") << key + certificate + QByteArray::fromStdString(authority.authority())
                                                 << certificate + key << QByteArray("");
    }
    void saysWhichFileIsWrong()
    {
        QFETCH(QByteArray, certificate);
        QFETCH(QByteArray, key);
        QFETCH(QByteArray, says);
        const Files files;
        if (!certificate.isNull())
            std::ofstream(files.certificate) << certificate.toStdString();
        if (!key.isNull())
            std::ofstream(files.key) << key.toStdString();

        const auto loaded = ServerTls::load(files.certificate, files.key);

        QCOMPARE(loaded.has_value(), says.isEmpty());
        if (!loaded) {
            QCOMPARE(loaded.error().code, Errc::BadConfig);
            QVERIFY2(
                loaded.error().detail.find(says.toStdString()) != std::string::npos, loaded.error().detail.c_str());
        }
    }

    void saysThatAFolderIsNoFile()
    {
        const Files files;

        const auto loaded = ServerTls::load(files.folder.path().toStdString(), files.key);

        QVERIFY(!loaded);
        QVERIFY2(loaded.error().detail.find("cannot be read") != std::string::npos, loaded.error().detail.c_str());
    }

    void warnsOfDatesOnly_data()
    {
        QTest::addColumn<int>("fromHours");
        QTest::addColumn<int>("untilHours");
        QTest::addColumn<QByteArray>("says");
        QTest::newRow("valid") << -1 << 1 << QByteArray();
        QTest::newRow("expired") << -2 << -1 << QByteArray("has expired");
        QTest::newRow("of tomorrow") << 1 << 2 << QByteArray("is not valid yet");
    }
    void warnsOfDatesOnly()
    {
        QFETCH(int, fromHours);
        QFETCH(int, untilHours);
        QFETCH(QByteArray, says);
        const Files files;
        const TestCertificates authority;
        files.write(authority.issue("one", std::chrono::hours(fromHours), std::chrono::hours(untilHours)));

        const auto loaded = ServerTls::load(files.certificate, files.key);

        QVERIFY(loaded);
        const std::string warning = (*loaded)->warning();
        QCOMPARE(warning.empty(), says.isEmpty());
        QVERIFY2(warning.find(says.toStdString()) != std::string::npos, warning.c_str());
    }

    void carriesWebSockets()
    {
        Scene scene;
        boost::beast::websocket::stream<TlsStream> client(scene.io.get_executor(), scene.clientContext);
        client.read_message_max(bodyBytesMax);
        int wrong = 0;
        int pings = 0;
        client.control_callback([&](boost::beast::websocket::frame_type kind, boost::beast::string_view) {
            pings += kind == boost::beast::websocket::frame_type::ping;
        });

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(client.next_layer());
            co_await client.async_handshake("127.0.0.1", "/ws", throwing);
            for (const std::size_t size : {0u, 1u, 200u, 16'374u, 16'384u, 70'000u, 20'000'000u}) {
                const std::string text = size == 200 ? std::string("ping me") : std::string(size, 'w');
                co_await client.async_write(asio::buffer(text), throwing);
                boost::beast::flat_buffer buffer;
                co_await client.async_read(buffer, throwing);
                const std::string_view echo(static_cast<const char*>(buffer.data().data()), buffer.size());
                wrong += echo != text;
            }
            const boost::beast::websocket::close_reason reason(boost::beast::websocket::close_code::going_away);
            co_await client.async_close(reason, quiet); // its own goodbye may meet a closed socket
        });

        QCOMPARE(wrong, 0);
        QCOMPARE(pings, 1);
        QCOMPARE(scene.closeCode, 1001);
        QCOMPARE(scene.server.connections(), std::size_t(0));
    }

    /// What goes between the frames must not get into a record that was begun and could not be sent.
    void pingsAWebSocketThatReadsNothing()
    {
        Scene scene;
        boost::beast::websocket::stream<TlsStream> client(scene.io.get_executor(), scene.clientContext);
        client.read_message_max(bodyBytesMax);
        int right = 0;
        int pings = 0;
        std::size_t unsent = 0;
        client.control_callback([&](boost::beast::websocket::frame_type kind, boost::beast::string_view) {
            pings += kind == boost::beast::websocket::frame_type::ping;
        });
        constexpr std::size_t pieces = 3000;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(client.next_layer());
            co_await client.async_handshake("127.0.0.1", "/ws", throwing);
            for (std::size_t i = 0; i < pieces; ++i) {
                scene.webSocket->send(std::string(10'000, static_cast<char>('a' + i % 26)));
                scene.webSocket->ping();
            }
            unsent = scene.webSocket->unsent();
            for (std::size_t i = 0; i < pieces; ++i) {
                boost::beast::flat_buffer buffer;
                co_await client.async_read(buffer, throwing);
                const std::string_view text(static_cast<const char*>(buffer.data().data()), buffer.size());
                right += text == std::string(10'000, static_cast<char>('a' + i % 26));
            }
        });

        QVERIFY(unsent > 0);
        QCOMPARE(right, int(pieces));
        QVERIFY(pings >= 1);
        QCOMPARE(scene.webSocket->unsent(), std::size_t(0));
    }

    void closesAWebSocketThatReadsNothing()
    {
        Scene scene;
        boost::beast::websocket::stream<TlsStream> client(scene.io.get_executor(), scene.clientContext);
        std::size_t got = 0;

        runToEnd(scene.io, [&]() -> Task<> {
            co_await scene.open(client.next_layer());
            co_await client.async_handshake("127.0.0.1", "/ws", throwing);
            scene.left.clear();
            scene.webSocket->send(std::string(8u << 20, 'x'));
            scene.webSocket->send(std::string(1u << 20, 'y'));
            scene.webSocket->close(1008, "too slow");
            boost::beast::flat_buffer buffer;
            co_await client.async_read(buffer, throwing);
            got += buffer.size();
            co_await client.async_read(buffer, throwing);
            co_await client.async_read(buffer, quiet);
            co_await scene.left.wait();
        });

        QCOMPARE(got, std::size_t(8u << 20));
        QCOMPARE(client.reason().code, std::uint16_t(1008));
        QCOMPARE(scene.closeCode, 1008);
    }
};

QTEST_GUILESS_MAIN(ServerTlsTest)
#include "server_tls_test.moc"
