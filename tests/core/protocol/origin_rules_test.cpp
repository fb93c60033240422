// SPDX-License-Identifier: MIT
#include "core/protocol/origin_rules.h"

#include <QtTest>

using namespace drover;

class OriginRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allowsThisMachineAndDesktopApps()
    {
        for (const char* origin : {"http://localhost", "https://localhost:3000", "http://127.0.0.1:8080",
                 "http://0.0.0.0:1", "http://[::1]:5173", "HTTP://LOCALHOST", "app://obsidian.md", "file://",
                 "tauri://localhost", "vscode-webview://abc", "vscode-file://vscode-app"})
            QVERIFY2(originAllowed(origin, "x", {}), origin);
    }

    void refusesEveryOtherPage()
    {
        for (const char* origin :
            {"https://example.com", "null", "chrome-extension://abc", "", "localhost", "http://",
                "http:", "http://localhost.example.com", "http://localhost@example.com", "http://127.0.0.1.example.com",
                "http://127.0.0.2", "http://localhost:99999999", "http://localhost:80x", "http://localhost:80:80",
                "http://localhost/", "ftp://localhost", "http://::1", "http://[::1", "http://[::1]x", "myapp://x",
                "http://localhost\r\nX: y", "http://local host", "//localhost", "://localhost"})
            QVERIFY2(!originAllowed(origin, "127.0.0.1:11435", {}), origin);
    }

    void allowsTheOriginThatServedThePage()
    {
        QVERIFY(originAllowed("http://drover.lan:11435", "drover.lan:11435", {}));
        QVERIFY(originAllowed("https://Drover.lan", "drover.LAN", {}));
        QVERIFY(!originAllowed("http://drover.lan:80", "drover.lan:11435", {}));
        QVERIFY(!originAllowed("http://", "", {}));
        QVERIFY(!originAllowed("ftp://drover.lan", "drover.lan", {}));
    }

    void allowsWhatTheSettingsAdd()
    {
        const std::vector<std::string> extra{"https://*.example.com", "chrome-extension://*", "http://exact:1"};

        QVERIFY(originAllowed("https://chat.example.com", "", extra));
        QVERIFY(originAllowed("https://A.B.example.com", "", extra));
        QVERIFY(originAllowed("chrome-extension://abcdef", "", extra));
        QVERIFY(originAllowed("http://exact:1", "", extra));
        QVERIFY(!originAllowed("https://example.com", "", extra));
        QVERIFY(!originAllowed("https://chat.example.com.evil.net", "", extra));
        QVERIFY(!originAllowed("http://exact:12", "", extra));
        QVERIFY(originAllowed("https://anything", "", {"*"}));
        QVERIFY(originAllowed("null", "", {"null"}));
        QVERIFY(!originAllowed("https://anything", "", {""}));
        QVERIFY(originAllowed("aXbXc", "", {"a*b*c"}));
        QVERIFY(!originAllowed("aXbX", "", {"a*b*c"}));
    }

    void takesHostsThatCannotBeRebound()
    {
        const HostRules rules{true, "MyBox"};
        for (const char* host : {"", "localhost", "localhost:11435", "LOCALHOST:1", "localhost.", "127.0.0.1:11435",
                 "127.9.9.9", "10.0.0.1", "192.168.1.5:80", "172.16.0.1", "172.31.255.255", "169.254.1.1", "0.0.0.0",
                 "[::1]:11435", "[::]", "[fe80::1]", "[fe80::1%eth0]:1", "[fd00::5]", "[::ffff:192.168.0.1]",
                 "mybox:11435", "MYBOX", "a.localhost", "printer.local", "x.internal:9"})
            QVERIFY2(hostAllowed(host, rules), host);
    }

    void refusesHostsThatCould()
    {
        const HostRules rules{true, "mybox"};
        for (const char* host : {"example.com", "example.com:11435", "8.8.8.8", "172.32.0.1", "localhost.example.com",
                 "127.0.0.1.example.com", "127.1", "0177.0.0.1", "2130706433", "[2001:db8::1]", "[::ffff:8.8.8.8]",
                 "[::1", "::1", "[1:2:3]", "[1:2:3:4:5:6:7:8:9]", "[::1::2]", "[:::1]", "[]", "local", "internal", ".",
                 ":80", "localhost:", "localhost:x", "localhost:123456", "local host", "mybox.example.com", "256.0.0.1",
                 "127.0.0.1:1:1"}) {
            // An empty port is what RFC 3986 allows; it changes nothing.
            QCOMPARE(hostAllowed(host, rules), std::string_view(host) == "localhost:");
        }
        QVERIFY(!hostAllowed(std::string(300, 'a') + ".local", rules));
        QVERIFY(!hostAllowed("x", HostRules{true, ""}));
        QVERIFY(hostAllowed("example.com", HostRules{false, ""}));
    }

    void writesCorsLines()
    {
        const std::string lines = corsLines("http://localhost:3000");

        QVERIFY(lines.starts_with("Access-Control-Allow-Origin: http://localhost:3000\r\n"));
        QVERIFY(lines.ends_with("Vary: Origin\r\n"));
        QVERIFY(corsLines("").empty());
        QVERIFY(corsLines("http://x\r\nSet-Cookie: a").empty());
    }

    void grantsTheHeadersThatClientsSend()
    {
        const std::string lines = preflightLines("http://localhost",
            "authorization, Content-Type,x-api-key , anthropic-version,X-Stainless-Lang,x-priority,X-User-ID,cookie,"
            "bad header,x-evil\r\n");

        QVERIFY(QByteArray::fromStdString(lines).contains(
            "\r\nAccess-Control-Allow-Headers: authorization, content-type, x-api-key, anthropic-version, "
            "x-stainless-lang, x-priority, x-user-id\r\n"));
        QVERIFY(QByteArray::fromStdString(lines).contains(
            "\r\nAccess-Control-Allow-Methods: GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS\r\n"));
        QVERIFY(QByteArray::fromStdString(lines).contains("\r\nAccess-Control-Max-Age: 43200\r\n"));
        QVERIFY(!QByteArray::fromStdString(preflightLines("http://localhost", "")).contains("Allow-Headers"));
    }
};

QTEST_GUILESS_MAIN(OriginRulesTest)
#include "origin_rules_test.moc"
