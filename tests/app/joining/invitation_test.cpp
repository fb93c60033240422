// SPDX-License-Identifier: MIT
#include "app/joining/invitation.h"

#include <QtTest>

using namespace drover;
using namespace drover::app;

class InvitationTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understandsWhatPeoplePaste_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("server");
        QTest::addColumn<QString>("key");
        const auto row = [](const char* name, const char* text, const char* server, const char* key) {
            QTest::newRow(name) << QString::fromUtf8(text) << QString::fromUtf8(server) << QString::fromUtf8(key);
        };
        row("address alone", "wss://pool.example.org/workers/connect", "wss://pool.example.org/workers/connect", "");
        row("host alone", "pool.example.org", "pool.example.org", "");
        row("host, port and key", " pool.example.org:8080  s3cret! \n", "pool.example.org:8080", "s3cret!");
        row("two lines", "https://pool.example.org\r\n\r\nabc-123\r\n", "https://pool.example.org", "abc-123");
        row("shell", "export SERVER_URL=ws://10.0.0.5:8080/workers/connect\nexport WORKER_KEY='k=1&2'",
            "ws://10.0.0.5:8080/workers/connect", "k=1&2");
        row("one line", "SERVER_URL=wss://p.example CLIENT_KEY=abc OLLAMA_BASE_URL=http://127.0.0.1:11434",
            "wss://p.example", "abc");
        row("worker.yaml",
            "# my worker\nserver_url: \"wss://p.example/api/llm/connect\"\nclient_key: abc\nstatus_addr: "
            "127.0.0.1:4555\n",
            "wss://p.example/api/llm/connect", "abc");
        row("JSON", "{\n  \"server_url\": \"wss://p.example\",\n  \"worker_key\": \"abc\"\n}", "wss://p.example",
            "abc");
        row("JSON on one line", "{\"server_url\":\"wss://p.example\",\"worker_key\":\"abc\"}", "wss://p.example",
            "abc");
        row("docker", "docker run -d -e SERVER_URL=wss://p.example -e CLIENT_KEY=abc ghcr.io/x/worker:1.2",
            "wss://p.example", "abc");
        row("options", "llamapool-worker --server-url ws://p.example:8080/workers/connect --worker-key abc --reconnect",
            "ws://p.example:8080/workers/connect", "abc");
        row("options with =", "nfrx-llm --server-url=wss://p.example --client-key=abc", "wss://p.example", "abc");
        row("PowerShell", "$env:SERVER_URL = \"wss://p.example\"\n$env:CLIENT_KEY = \"abc\"", "wss://p.example", "abc");
        row("words for people", "Server: wss://p.example\nKey: abc", "wss://p.example", "abc");
        row("link", "drover://join?s=wss%3A%2F%2Fp.example%3A8443&n=lab#k=a%2Bb", "wss://p.example:8443", "a+b");
        row("link as browsers change it", "Drover://JOIN/?s=p.example#k=ABC", "p.example", "ABC");
        row("a mail around it", "Please join us: wss://p.example/workers/connect and tell me whether it works.",
            "wss://p.example/workers/connect", "");
    }
    void understandsWhatPeoplePaste()
    {
        QFETCH(QString, text);
        QFETCH(QString, server);
        QFETCH(QString, key);

        const auto invitation = parseInvitation(text.toStdString());

        QVERIFY2(invitation, invitation ? "" : invitation.error().detail.c_str());
        QCOMPARE(QString::fromStdString(invitation->server), server);
        QCOMPARE(QString::fromStdString(invitation->key), key);
        QVERIFY(invitation->code.empty());
    }

    void takesNamesAndLimitsToo()
    {
        const auto invitation = parseInvitation("name: lab\nserver_url: wss://p.example\nclient_key: abc\nworker_name: "
                                                "Big box in the attic\nmax_concurrency: 3");

        QVERIFY(invitation);
        QCOMPARE(invitation->name, std::string("lab"));
        QCOMPARE(invitation->workerName, std::string("Big box in the attic"));
        QCOMPARE(invitation->slots, 3);
    }

    void knowsAnInvitationWithACode()
    {
        const auto link = parseInvitation("https://pool.example.org/j#7K2M-Q9TD-4XWH");
        const auto own = parseInvitation("drover://join?s=https://pool.example.org&c=7K2M-Q9TD-4XWH");

        QVERIFY(link && own);
        QCOMPARE(link->server, std::string("https://pool.example.org"));
        QCOMPARE(link->code, std::string("7K2M-Q9TD-4XWH"));
        QVERIFY(*own == *link);
        const auto near = parseInvitation("http://192.168.1.7:8080/j#7k2mq9td4xwh");
        QVERIFY(near);
        QCOMPARE(near->server, std::string("http://192.168.1.7:8080"));
        QCOMPARE(near->code, std::string("7k2mq9td4xwh"));
    }

    void refusesWhatItCannotTrust_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray("  \n");
        QTest::newRow("too long") << QByteArray(20'000, 'a');
        QTest::newRow("binary") << QByteArray("wss://p.example\0abc", 19);
        QTest::newRow("prose") << QByteArray("Hello, how are you today?");
        QTest::newRow("a key alone") << QByteArray("CLIENT_KEY=abc");
        QTest::newRow("a password in the address") << QByteArray("wss://me:secret@p.example");
        QTest::newRow("a key with a line's end") << QByteArray("drover://join?s=p.example#k=a%0Db");
        QTest::newRow("a key where it is logged") << QByteArray("drover://join?s=p.example&k=abc");
        QTest::newRow("an unknown wish") << QByteArray("drover://join?s=p.example&x=1");
        QTest::newRow("a wish twice") << QByteArray("drover://join?s=p.example&s=evil.example");
        QTest::newRow("another link") << QByteArray("drover://joining?s=p.example");
        QTest::newRow("half a percent sign") << QByteArray("drover://join?s=p.example%2");
        QTest::newRow("key and code") << QByteArray("drover://join?s=p.example&c=7K2M-Q9TD#k=abc");
        QTest::newRow("a wrong fingerprint") << QByteArray("drover://join?s=p.example&f=12ab");
        QTest::newRow("no server") << QByteArray("drover://join?n=lab");
    }
    void refusesWhatItCannotTrust()
    {
        QFETCH(QByteArray, text);

        const auto invitation =
            parseInvitation(std::string_view(text.constData(), static_cast<std::size_t>(text.size())));

        QVERIFY(!invitation);
        QVERIFY(!invitation.error().detail.empty());
        for (const char* secret : {"abc", "secret", "p.example"})
            QVERIFY(invitation.error().detail.find(secret) == std::string::npos);
    }

    void aFileSaysWhatTheInvitationSays()
    {
        Invitation invitation;
        invitation.server = "wss://p.example/api/llm/connect";
        invitation.key = "a#b=c'\"";
        invitation.name = "lab";
        invitation.workerName = "Big box";
        invitation.slots = 2;

        const auto read = parseInvitation(invitationText(invitation));

        QVERIFY(read);
        QVERIFY(*read == invitation);
    }

    void namesThatAreSafeAsFiles()
    {
        for (const char* good : {"lab", "pool.example.org", "a-b_c9"})
            QVERIFY2(isPoolName(good), good);
        for (const char* bad : {"", ".", "..", ".hidden", "a/b", "a\\b", "a b", "a:b", "\xc3\xa4"})
            QVERIFY2(!isPoolName(bad), bad);
        QVERIFY(!isPoolName(std::string(poolNameBytesMax + 1, 'a')));
    }

    void namesAPoolAfterItsHost()
    {
        QCOMPARE(poolNameFrom("wss://Pool.Example.org:8443/workers/connect"), std::string("pool.example.org"));
        QCOMPARE(poolNameFrom("ws://[::1]:8080/x"), std::string("--1"));
        QCOMPARE(poolNameFrom("p.example"), std::string("p.example"));
        QCOMPARE(poolNameFrom("wss://"), std::string("pool"));
    }
};

QTEST_GUILESS_MAIN(InvitationTest)
#include "invitation_test.moc"
