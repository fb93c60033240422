// SPDX-License-Identifier: MIT
#include "core/protocol/forwarded_for.h"

#include <QtTest>

using namespace drover;

class ForwardedForTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAddresses_data()
    {
        QTest::addColumn<QString>("written");
        QTest::addColumn<QString>("canonical"); // empty: no address
        const auto row = [](const char* written, const char* canonical) {
            QTest::newRow(written) << QString::fromLatin1(written) << QString::fromLatin1(canonical);
        };
        row("127.0.0.1", "127.0.0.1");
        row("0.0.0.0", "0.0.0.0");
        row("255.255.255.255", "255.255.255.255");
        row("::", "::");
        row("::1", "::1");
        row("fe80::", "fe80::");
        row("2001:DB8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
        row("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1");
        row("2001:0db8:0000:0000:0000:0000:0002:0001", "2001:db8::2:1");
        row("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0");
        row("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8");
        row("::ffff:10.0.0.1", "10.0.0.1");
        row("::FFFF:a00:1", "10.0.0.1");
        row("64:ff9b::192.0.2.33", "64:ff9b::c000:221");
        row("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304");

        row("256.0.0.1", "");
        row("1.2.3", "");
        row("1.2.3.4.5", "");
        row("1.2.3.4.", "");
        row(".1.2.3.4", "");
        row("01.2.3.4", "");
        row("+1.2.3.4", "");
        row("1.2.3.4 ", "");
        row("0x7f.0.0.1", "");
        row("localhost", "");
        row("unknown", "");
        row(":", "");
        row(":::", "");
        row("1::2::3", "");
        row("1:2:3:4:5:6:7", "");
        row("1:2:3:4:5:6:7:8:9", "");
        row("1:2:3:4:5:6:7:8::", "");
        row("1:2:3:4:5:6:7:", "");
        row(":1:2:3:4:5:6:7:8", "");
        row("12345::", "");
        row("g::", "");
        row("fe80::1%eth0", "");
        row("1.2.3.4::", "");
        row("1.2.3.4:1::", "");
        row("1:2:3:4:5:6:7:1.2.3.4", "");
        row("[::1]", "");
    }
    void readsAddresses()
    {
        QFETCH(QString, written);
        QFETCH(QString, canonical);

        const auto address = ipAddress(written.toStdString());

        QCOMPARE(address.has_value(), !canonical.isEmpty());
        if (address)
            QCOMPARE(QString::fromStdString(text(*address)), canonical);
        QVERIFY(!ipAddress({}));
    }

    void saysWhichProxyIsWronglyWritten_data()
    {
        QTest::addColumn<QString>("entry");
        QTest::addColumn<QString>("says"); // empty: fine
        const auto row = [](const char* entry, const char* says) {
            QTest::newRow(entry) << QString::fromLatin1(entry) << QString::fromLatin1(says);
        };
        row("10.0.0.7", "");
        row(" 10.0.0.0/8 ", "");
        row("0.0.0.0/0", "");
        row("::/0", "");
        row("fd00::/8", "");
        row("::ffff:10.0.0.0/104", "");
        row("proxy.example", "\"proxy.example\" is no address or network");
        row("", "\"\" is no address or network");
        row("10.0.0.0/33", "\"10.0.0.0/33\": behind the slash belongs a number from 0 to 32");
        row("10.0.0.0/", "behind the slash");
        row("10.0.0.0/-1", "behind the slash");
        row("10.0.0.0/255.0.0.0", "behind the slash");
        row("fd00::/129", "from 0 to 128");
        row("10.1.2.3/8", "the network is 10.0.0.0/8");
        row("fd00::1/64", "the network is fd00::/64");
        row("::ffff:0.0.0.0/95", "write it as an IPv4 network");
    }
    void saysWhichProxyIsWronglyWritten()
    {
        QFETCH(QString, entry);
        QFETCH(QString, says);

        const auto proxies = TrustedProxies::parse({"127.0.0.1", entry.toStdString()});

        QCOMPARE(proxies.has_value(), says.isEmpty());
        if (!proxies) {
            QCOMPARE(proxies.error().code, Errc::BadConfig);
            QVERIFY2(
                proxies.error().detail.find(says.toStdString()) != std::string::npos, proxies.error().detail.c_str());
        }
    }

    void takesNoEndlessListOfProxies()
    {
        QVERIFY(!TrustedProxies::parse(std::vector<std::string>(TrustedProxies::entriesMax + 1, "10.0.0.1")));
    }

    void findsWhoReallyAsks_data()
    {
        QTest::addColumn<QString>("peer");
        QTest::addColumn<QString>("forwardedFor");
        QTest::addColumn<QString>("client");
        const auto row = [](const char* name, const char* peer, const char* forwardedFor, const char* client) {
            QTest::newRow(name) << QString::fromLatin1(peer) << QString::fromLatin1(forwardedFor)
                                << QString::fromLatin1(client);
        };
        row("no proxy", "198.51.100.7", "", "198.51.100.7");
        row("a stranger's word does not count", "198.51.100.7", "127.0.0.1", "198.51.100.7");
        row("one proxy", "10.0.0.1", "198.51.100.7", "198.51.100.7");
        row("two proxies", "10.0.0.1", "198.51.100.7, 10.200.0.2", "198.51.100.7");
        row("what the client wrote itself", "10.0.0.1", "127.0.0.1, 203.0.113.9, 198.51.100.7", "198.51.100.7");
        row("of two fields", "10.0.0.1", "1.1.1.1,198.51.100.7", "198.51.100.7");
        row("only proxies", "10.0.0.1", "10.0.0.3, 10.0.0.2", "10.0.0.3");
        row("a proxy that says nothing", "10.0.0.1", "", "10.0.0.1");
        row("garbage", "10.0.0.1", "198.51.100.7, unknown", "10.0.0.1");
        row("garbage before a proxy", "10.0.0.1", "198.51.100.7, <script>, 10.0.0.2", "10.0.0.2");
        row("an empty entry", "10.0.0.1", "198.51.100.7,", "10.0.0.1");
        row("with a port", "10.0.0.1", "198.51.100.7:4711", "198.51.100.7");
        row("with no port behind a colon", "10.0.0.1", "198.51.100.7:", "10.0.0.1");
        row("with a port that is none", "10.0.0.1", "198.51.100.7:99999", "10.0.0.1");
        row("IPv6", "10.0.0.1", "2001:DB8::1", "2001:db8::1");
        row("IPv6 in brackets", "10.0.0.1", "[2001:db8::1]", "2001:db8::1");
        row("IPv6 with a port", "10.0.0.1", "[2001:db8::1]:4711", "2001:db8::1");
        row("IPv4 in brackets", "10.0.0.1", "[198.51.100.7]", "10.0.0.1");
        row("a bracket too many", "10.0.0.1", "[2001:db8::1", "10.0.0.1");
        row("a peer of IPv6", "fd00::7", "198.51.100.7", "198.51.100.7");
        row("a peer beyond the network", "fe00::7", "198.51.100.7", "fe00::7");
        row("a proxy beside the network", "10.0.0.1", "198.51.100.7, 11.0.0.1", "11.0.0.1");
        row("a peer of IPv4 written as IPv6", "::ffff:10.0.0.1", "198.51.100.7", "198.51.100.7");
        row("a proxy written as IPv6", "10.0.0.1", "198.51.100.7, ::ffff:10.0.0.9", "198.51.100.7");
        row("the one address", "192.168.1.129", "198.51.100.7", "198.51.100.7");
        row("beside the one address", "192.168.1.128", "198.51.100.7", "192.168.1.128");
        row("inside a network of odd size", "172.16.31.255", "198.51.100.7", "198.51.100.7");
        row("beyond a network of odd size", "172.16.32.0", "198.51.100.7", "172.16.32.0");
        row("a peer with a zone", "fe80::1%eth0", "198.51.100.7", "fe80::1");
    }
    void findsWhoReallyAsks()
    {
        QFETCH(QString, peer);
        QFETCH(QString, forwardedFor);
        QFETCH(QString, client);
        const auto proxies = TrustedProxies::parse({"10.0.0.0/8", "fd00::/8", "192.168.1.129", "172.16.16.0/20"});
        QVERIFY(proxies);

        const std::string found = clientAddress(peer.toStdString(), *proxies, forwardedFor.toStdString());

        QCOMPARE(QString::fromStdString(found), client);
    }

    void believesNobodyUnlessTold()
    {
        QCOMPARE(clientAddress("127.0.0.1", TrustedProxies{}, "198.51.100.7"), std::string("127.0.0.1"));
    }

    void walksNoEndlessRow()
    {
        const auto proxies = TrustedProxies::parse({"10.0.0.0/8"});
        std::string row = "198.51.100.7";
        for (int i = 0; i < forwardedHopsMax; ++i)
            row += ",10.0.0.2";

        QCOMPARE(clientAddress("10.0.0.1", *proxies, row), std::string("10.0.0.2"));
    }
};

QTEST_GUILESS_MAIN(ForwardedForTest)
#include "forwarded_for_test.moc"
