// SPDX-License-Identifier: MIT
#include "core/protocol/web_socket_frames.h"
#include "core/protocol/web_socket_handshake.h"
#include "tests/support/web_socket_client.h"

#include <QtTest>

using namespace drover;

namespace {

/// Writes down what it is told, one word each.
class Told : public WebSocketReader::Sink {
public:
    bool message(std::string_view text) override { return note("message ", text); }
    bool pinged(std::string_view payload) override { return note("ping ", payload); }
    bool ponged() override { return note("pong", {}); }
    bool closing(std::uint16_t code, std::string_view reason) override
    {
        return note("close " + std::to_string(code) + ' ', reason);
    }
    void broken(std::uint16_t code, std::string_view) override { note("broken " + std::to_string(code), {}); }

    std::string all;
    int left = 1'000'000; ///< so many are taken

private:
    bool note(std::string word, std::string_view text)
    {
        all.append(all.empty() ? "" : "|").append(word).append(text);
        return --left > 0;
    }
};

QByteArray bytes(std::initializer_list<ClientFrame> frames)
{
    std::string all;
    for (const ClientFrame& frame : frames)
        all += frame.bytes();
    return QByteArray::fromStdString(all);
}

std::string read(const QByteArray& stream, std::size_t pieceBytes, std::size_t messageBytesMax = 1000)
{
    Told told;
    WebSocketReader reader(messageBytesMax, told);
    std::string rest = stream.toStdString();
    while (!rest.empty()) {
        std::string piece = rest.substr(0, pieceBytes);
        rest.erase(0, piece.size());
        reader.feed(piece.data(), piece.size());
        if (told.all.find("broken") != std::string::npos)
            break;
    }
    return told.all;
}

} // namespace

class WebSocketFramesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesApartWhatComesHoweverItIsCut_data()
    {
        QTest::addColumn<QByteArray>("stream");
        QTest::addColumn<QByteArray>("told");
        const std::string middle(126, 'm');
        const std::string closing("\x03\xe8"
                                  "bye");
        QTest::newRow("one") << bytes({{.payload = "hello"}}) << QByteArray("message hello");
        QTest::newRow("empty") << bytes({{.payload = ""}}) << QByteArray("message ");
        QTest::newRow("two") << bytes({{.payload = "a"}, {.payload = "b"}}) << QByteArray("message a|message b");
        QTest::newRow("binary") << bytes({{.opcode = 2, .payload = "\xff\xfe"}}) << QByteArray("message \xff\xfe");
        QTest::newRow("of 126 bytes") << bytes({{.payload = middle}}) << QByteArray::fromStdString("message " + middle);
        QTest::newRow("in parts") << bytes({{.payload = "he", .last = false},
            {.opcode = 0, .payload = "", .last = false}, {.opcode = 0, .payload = "llo"}})
                                  << QByteArray("message hello");
        QTest::newRow("an empty first part")
            << bytes({{.payload = "", .last = false}, {.opcode = 0, .payload = "x"}, {.payload = "y"}})
            << QByteArray("message x|message y");
        QTest::newRow("a ping between parts")
            << bytes({{.payload = "he", .last = false}, {.opcode = 9, .payload = "p"}, {.opcode = 0, .payload = "llo"}})
            << QByteArray("ping p|message hello");
        QTest::newRow("a pong") << bytes({{.opcode = 10, .payload = "p"}}) << QByteArray("pong");
        QTest::newRow("characters across parts")
            << bytes({{.payload = "\xc3", .last = false}, {.opcode = 0, .payload = "\xa4"}})
            << QByteArray("message \xc3\xa4");
        QTest::newRow("characters beside a word of plain ones") << bytes({{.payload = "1234567\xc3\xa4"
                                                                                      "12345678\xf0\x9f\xa6\x99"}})
                                                                << QByteArray("message 1234567\xc3\xa4"
                                                                              "12345678\xf0\x9f\xa6\x99");
        QTest::newRow("close") << bytes({{.opcode = 8, .payload = closing}}) << QByteArray("close 1000 bye");
        QTest::newRow("close without a code") << bytes({{.opcode = 8}}) << QByteArray("close 1005 ");
        QTest::newRow("close of an application")
            << bytes({{.opcode = 8, .payload = "\x0f\xa0"}}) << QByteArray("close 4000 ");
        QTest::newRow("as large as may be")
            << bytes({{.payload = std::string(1000, 'x')}}) << QByteArray("message ") + QByteArray(1000, 'x');

        QTest::newRow("too large") << bytes({{.payload = "", .claims = 1001}}) << QByteArray("broken 1009");
        QTest::newRow("too large, of 4 GB")
            << bytes({{.payload = "", .claims = 1ull << 32}}) << QByteArray("broken 1009");
        QTest::newRow("too large in parts")
            << bytes({{.payload = std::string(999, 'x'), .last = false}, {.opcode = 0, .claims = 2}})
            << QByteArray("broken 1009");
        QTest::newRow("of no size at all")
            << bytes({{.payload = "", .claims = 1ull << 63}}) << QByteArray("broken 1002");
        QTest::newRow("not masked") << bytes({{.payload = "hello", .mask = ""}}) << QByteArray("broken 1002");
        QTest::newRow("reserved bits") << QByteArray("\xc1\x80mask") << QByteArray("broken 1002");
        QTest::newRow("unknown kind") << bytes({{.opcode = 3}}) << QByteArray("broken 1002");
        QTest::newRow("unknown control") << bytes({{.opcode = 11}}) << QByteArray("broken 1002");
        QTest::newRow("goes on with nothing") << bytes({{.opcode = 0}}) << QByteArray("broken 1002");
        QTest::newRow("one inside another")
            << bytes({{.payload = "he", .last = false}, {.payload = "x"}}) << QByteArray("broken 1002");
        QTest::newRow("a ping in parts") << bytes({{.opcode = 9, .last = false}}) << QByteArray("broken 1002");
        QTest::newRow("a long ping") << bytes({{.opcode = 9, .payload = std::string(126, 'x')}})
                                     << QByteArray("broken 1002");
        QTest::newRow("a long way to say little")
            << bytes({{.payload = "x", .lengthBytes = 2}}) << QByteArray("broken 1002");
        QTest::newRow("a longer way to say little")
            << bytes({{.payload = "x", .lengthBytes = 8}}) << QByteArray("broken 1002");
        QTest::newRow("half a close code") << bytes({{.opcode = 8, .payload = "\x03"}}) << QByteArray("broken 1002");
        QTest::newRow("a code never sent")
            << bytes({{.opcode = 8, .payload = "\x03\xee"}}) << QByteArray("broken 1002");
        QTest::newRow("a code of nobody") << bytes({{.opcode = 8, .payload = "\x07\xd0"}}) << QByteArray("broken 1002");
        QTest::newRow("a reason that is no text")
            << bytes({{.opcode = 8, .payload = "\x03\xe8\xff"}}) << QByteArray("broken 1007");
        QTest::newRow("text that is none") << bytes({{.payload = "12345678\xc3("}}) << QByteArray("broken 1007");
        QTest::newRow("text cut inside a character") << bytes({{.payload = "\xc3"}}) << QByteArray("broken 1007");
        QTest::newRow("a surrogate") << bytes({{.payload = "\xed\xa0\x80"}}) << QByteArray("broken 1007");
        QTest::newRow("HTTP again") << QByteArray("GET / HTTP/1.1\r\n\r\n") << QByteArray("broken 1002");
    }
    void takesApartWhatComesHoweverItIsCut()
    {
        QFETCH(QByteArray, stream);
        QFETCH(QByteArray, told);

        for (const std::size_t pieceBytes : {1u, 2u, 3u, 7u, 64u, 100'000u})
            QCOMPARE(QByteArray::fromStdString(read(stream, pieceBytes)), told);
    }

    void stopsWhenTheSinkSaysSo()
    {
        Told told;
        told.left = 2;
        WebSocketReader reader(1000, told);
        std::string stream = bytes({{.payload = "a"}, {.payload = "b"}, {.payload = "c"}}).toStdString();

        reader.feed(stream.data(), stream.size());

        QCOMPARE(told.all, std::string("message a|message b"));
    }

    void writesHeadsOfEverySize()
    {
        const auto head = [](std::uint64_t size) {
            return QByteArray::fromStdString(std::string(WebSocketFrameHead(WebSocketOpcode::Text, size).text()))
                .toHex();
        };

        QCOMPARE(head(0), QByteArray("8100"));
        QCOMPARE(head(125), QByteArray("817d"));
        QCOMPARE(head(126), QByteArray("817e007e"));
        QCOMPARE(head(65'535), QByteArray("817effff"));
        QCOMPARE(head(65'536), QByteArray("817f0000000000010000"));
    }

    void cutsALongReasonBetweenCharacters()
    {
        const std::string reason = std::string(122, 'x') + "\xc3\xa4";

        const std::string payload = webSocketClosePayload(1001, reason);

        QCOMPARE(payload, std::string("\x03\xe9") + std::string(122, 'x'));
    }

    void saysWhatAHandshakeLacks_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::addColumn<QByteArray>("instead");
        QTest::addColumn<QByteArray>("says");
        const char* const nothing = "";
        QTest::newRow("as it should be") << QByteArray("Host") << QByteArray("Host: a") << QByteArray(nothing);
        QTest::newRow("as browsers do") << QByteArray("Connection") << QByteArray("Connection: keep-alive, Upgrade")
                                        << QByteArray(nothing);
        QTest::newRow("in capitals") << QByteArray("Upgrade") << QByteArray("Upgrade: WebSocket")
                                     << QByteArray(nothing);
        QTest::newRow("one of several") << QByteArray("Upgrade") << QByteArray("Upgrade: h2c , websocket")
                                        << QByteArray(nothing);
        QTest::newRow("no upgrade") << QByteArray("Upgrade") << QByteArray() << QByteArray("Upgrade: websocket");
        QTest::newRow("to something else")
            << QByteArray("Upgrade") << QByteArray("Upgrade: websockets") << QByteArray("Upgrade: websocket");
        QTest::newRow("no connection") << QByteArray("Connection") << QByteArray() << QByteArray("Connection: Upgrade");
        QTest::newRow("connection closes")
            << QByteArray("Connection") << QByteArray("Connection: close") << QByteArray("Connection: Upgrade");
        QTest::newRow("no version") << QByteArray("Sec-WebSocket-Version") << QByteArray() << QByteArray("Version: 13");
        QTest::newRow("an old version") << QByteArray("Sec-WebSocket-Version") << QByteArray("Sec-WebSocket-Version: 8")
                                        << QByteArray("Version: 13");
        QTest::newRow("no key") << QByteArray("Sec-WebSocket-Key") << QByteArray() << QByteArray("16 bytes");
        QTest::newRow("a short key") << QByteArray("Sec-WebSocket-Key")
                                     << QByteArray("Sec-WebSocket-Key: dGhlIHNhbXBsZQ==") << QByteArray("16 bytes");
        QTest::newRow("not base64") << QByteArray("Sec-WebSocket-Key")
                                    << QByteArray("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25j!Q==")
                                    << QByteArray("16 bytes");
        QTest::newRow("two keys") << QByteArray("Host") << QByteArray("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==")
                                  << QByteArray("16 bytes");
    }
    void saysWhatAHandshakeLacks()
    {
        QFETCH(QByteArray, line);
        QFETCH(QByteArray, instead);
        QFETCH(QByteArray, says);
        RequestHead head{.method = "GET", .target = "/workers/connect"};
        for (const auto& [name, value] :
            {std::pair<QByteArray, QByteArray>{"Host", "a"}, {"Upgrade", "websocket"}, {"Connection", "Upgrade"},
                {"Sec-WebSocket-Version", "13"}, {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}}) {
            if (name != line)
                head.fields.add(name.toStdString(), value.toStdString());
        }
        if (const auto colon = instead.indexOf(": "); colon > 0)
            head.fields.add(instead.left(colon).toStdString(), instead.mid(colon + 2).toStdString());

        const auto key = webSocketKey(head);

        QCOMPARE(key.has_value(), says.isEmpty());
        if (key)
            QCOMPARE(*key, std::string_view("dGhlIHNhbXBsZSBub25jZQ=="));
        else
            QVERIFY2(key.error().detail.find(says.toStdString()) != std::string::npos, key.error().detail.c_str());
    }

    void takesOnlyAGetOfHttp11WithoutABody()
    {
        RequestHead head{.method = "GET"};
        head.fields.add("Upgrade", "websocket");
        head.fields.add("Connection", "Upgrade");
        head.fields.add("Sec-WebSocket-Version", "13");
        head.fields.add("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
        QVERIFY(webSocketKey(head));
        RequestHead posted = head;
        posted.method = "POST";
        RequestHead old = head;
        old.version = 10;
        RequestHead withBody = head;
        withBody.contentLength = 1;

        QVERIFY(!webSocketKey(posted));
        QVERIFY(!webSocketKey(old));
        QVERIFY(!webSocketKey(withBody));
    }
};

QTEST_GUILESS_MAIN(WebSocketFramesTest)
#include "web_socket_frames_test.moc"
