// SPDX-License-Identifier: MIT
#include "app/command/client/answer_reader.h"
#include "app/command/client/event_stream.h"
#include "app/command/client/running_file.h"
#include "app/command/client/target.h"
#include "core/api/status.h"
#include "tests/app/command/pictures.h"

#include <QDir>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace drover::app;
using State = AnswerReader::State;

class ClientTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAnswersHoweverTheyAreCut_data()
    {
        QTest::addColumn<std::string>("bytes");
        QTest::addColumn<bool>("closes");
        QTest::addColumn<std::string>("body");
        QTest::newRow("length") << std::string("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello") << false
                                << std::string("hello");
        QTest::newRow("chunks") << std::string("HTTP/1.1 200 OK\r\nTRANSFER-ENCODING: chunked\r\n\r\n"
                                               "2;x=y\r\nhe\r\n3\r\nllo\r\n0\r\n\r\n")
                                << false << std::string("hello");
        QTest::newRow("until the end") << std::string("HTTP/1.0 200 OK\r\n\r\nhello") << true << std::string("hello");
        QTest::newRow("nothing") << std::string("HTTP/1.1 204 No Content\r\n\r\n") << false << std::string();
    }
    void readsAnswersHoweverTheyAreCut()
    {
        QFETCH(std::string, bytes);
        QFETCH(bool, closes);
        QFETCH(std::string, body);
        for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
            AnswerReader reader;
            reader.feed(std::string_view(bytes).substr(0, cut));
            reader.feed(std::string_view(bytes).substr(cut));
            if (closes)
                reader.finish();

            QVERIFY(reader.state() == State::Whole);
            QCOMPARE(reader.takeBody(), body);
        }
    }

    void refusesWhatIsNoAnswer()
    {
        for (const std::string& bytes : {std::string("SSH-2.0-OpenSSH\r\n\r\n"), std::string("HTTP/1.1 abc\r\n\r\n"),
                 std::string(100'000, 'x'), std::string("HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n"),
                 std::string("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n")}) {
            AnswerReader reader;
            reader.feed(bytes);
            QVERIFY2(reader.state() == State::Broken, bytes.substr(0, 40).c_str());
        }
        AnswerReader cut;
        cut.feed("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhel");
        cut.finish();
        QVERIFY(cut.state() == State::Broken);
    }

    void saysWhenNobodyListens()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const quint16 port = server.serverPort();
        server.close();

        const auto called = StatusClient({"127.0.0.1", port}).snapshot();

        QVERIFY(std::get<CallTrouble>(called).code == ExitCode::NotRunning);
    }

    void givesUpOnOneThatSaysNothing()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));

        const auto called =
            StatusClient({"127.0.0.1", server.serverPort()}, {}, std::chrono::milliseconds(50)).snapshot();

        QVERIFY(std::get<CallTrouble>(called).code == ExitCode::TimedOut);
    }

    void followsEventsAndConnectsAgain()
    {
        QTcpServer server;
        QVERIFY(server.listen(QHostAddress::LocalHost));
        const QByteArray event =
            "data: " + QByteArray::fromStdString(drover::statusJson(testing::busyPicture())) + "\n\n";
        QTcpSocket* client = nullptr;
        connect(&server, &QTcpServer::newConnection, this, [&] {
            client = server.nextPendingConnection();
            client->write("HTTP/1.1 200 OK\r\n\r\n: hello\n\n" + event.left(10));
            client->flush();
            client->write(event.mid(10));
        });
        EventStream events({"127.0.0.1", server.serverPort()});
        QSignalSpy changed(&events, &EventStream::changed);
        QSignalSpy lost(&events, &EventStream::lost);

        events.start();
        QTRY_COMPARE(changed.size(), 1);
        client->disconnectFromHost();
        QTRY_COMPARE(lost.size(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(changed.size(), 2, 20'000);

        QCOMPARE(changed[0][1].value<drover::Snapshot>().jobs.size(), std::size_t(4));
    }

    void findsARunningDrover()
    {
        QTemporaryDir home;
        const Environment environment = {{"DROVER_HOME", home.path().toStdString()}};
        const Places places = findPlaces(environment);
        QVERIFY(makeStateFolder(places));

        const auto usual = std::get<Target>(findTarget({}, environment, places));
        QVERIFY(writeRunningNote(
            places, {QCoreApplication::applicationPid(), "127.0.0.1:5000", "0.0.0.0:6000", places.tokenFile, "/l"}));
        QFile token(QString::fromStdString(places.tokenFile));
        QVERIFY(token.open(QIODevice::WriteOnly) && token.write(" abc\n") > 0);
        token.close();
        const auto noted = std::get<Target>(findTarget({}, environment, places));
        const auto named = std::get<Target>(findTarget({.statusAddress = ":7000"}, environment, places));
        Environment other = environment;
        other["DROVER_STATUS_LISTEN"] = "127.0.0.1:8000";
        const auto chosen = std::get<Target>(findTarget({}, other, places));

        QCOMPARE(addressText(usual.status), "127.0.0.1:4555");
        QCOMPARE(usual.proxy, "127.0.0.1:11435");
        QCOMPARE(addressText(noted.status), "127.0.0.1:5000");
        QCOMPARE(noted.proxy, "127.0.0.1:6000");
        QCOMPARE(noted.token, "abc");
        QCOMPARE(noted.logFile, "/l");
        QCOMPARE(addressText(named.status), "127.0.0.1:7000");
        QCOMPARE(addressText(chosen.status), "127.0.0.1:8000");
        QVERIFY(std::holds_alternative<CallTrouble>(findTarget({.statusAddress = "x"}, environment, places)));
    }

    void keepsTheNoteOfAnother()
    {
        QTemporaryDir home;
        const Places places = findPlaces({{"DROVER_HOME", home.path().toStdString()}});
        QVERIFY(makeStateFolder(places));
        const RunningNote other{1, "127.0.0.1:1", {}, {}, {}};
        QVERIFY(writeRunningNote(places, other));

        removeRunningNote(places);

        QVERIFY(readRunningNote(places) == other);
    }

    void keepsToTheUsualPlaces()
    {
        const Places places = findPlaces({{"XDG_STATE_HOME", "/state"}});
        QCOMPARE(places.stateFolder, "/state/drover");
        QVERIFY(QString::fromStdString(places.settingsFile).endsWith(QStringLiteral("/drover/drover.toml")));
        const Places moved = findPlaces({{"DROVER_HOME", "/d"}, {"XDG_STATE_HOME", "/state"}});
        QCOMPARE(moved.settingsFile, "/d/drover.toml");
        QCOMPARE(moved.tokenFile, "/d/state/control-token");
    }
};

QTEST_GUILESS_MAIN(ClientTest)
#include "client_test.moc"
