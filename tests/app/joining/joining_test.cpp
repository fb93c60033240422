// SPDX-License-Identifier: MIT
#include "app/joining/joining.h"

#include "app/joining/join_words.h"
#include "app/settings/settings_blocks.h"

#include "tests/support/memory_desk.h"
#include "tests/support/web_answers.h"

#include <QtTest>

using namespace drover;
using namespace drover::app;
using namespace drover::test;
using Phase = JoinView::Phase;

namespace {

Snapshot snapshotWith(PoolState state, const std::string& reason = {})
{
    Snapshot snapshot;
    snapshot.address = "127.0.0.1:1"; // nobody is there: a self-test fails at once
    snapshot.backends = {
        {.name = "ollama", .state = BackendState::Ready, .models = {{.name = "tiny:latest"}, {.name = "big:1b"}}}};
    snapshot.pools = {{.name = "lab", .state = state, .reason = reason}};
    return snapshot;
}

Invitation invitationTo(const WebAnswers& server, const std::string& key = "secret-key")
{
    Invitation invitation;
    invitation.server = "ws://127.0.0.1:" + std::to_string(server.port());
    invitation.key = key;
    invitation.name = "lab";
    return invitation;
}

} // namespace

class JoiningTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void asksBeforeItChangesAnything()
    {
        const WebAnswers server({{"/workers/connect", 426}});
        MemoryDesk desk;
        Joining joining(desk);

        joining.begin(invitationTo(server));
        QTRY_COMPARE(joining.view().phase, Phase::Asking);

        QCOMPARE(joining.view().url, QStringLiteral("ws://127.0.0.1:%1/workers/connect").arg(server.port()));
        QCOMPARE(joining.view().name, QStringLiteral("lab"));
        QVERIFY(joining.view().hasKey);
        QVERIFY(!joining.view().isPlain); // it stays within this machine
        QVERIFY(desk.text.empty());
        QVERIFY(desk.secrets.empty());
        QVERIFY(server.heard().indexOf("secret-key") < 0);
    }

    void keepsTheKeyAndTheSettingsOnceTheyAreAgreedTo()
    {
        const WebAnswers server({{"/api/llm/connect", 426}});
        MemoryDesk desk;
        Joining joining(desk);
        joining.show(snapshotWith(PoolState::Off));
        joining.begin(invitationTo(server));
        QTRY_COMPARE(joining.view().phase, Phase::Asking);

        joining.agree("lab", "Attic");
        QTRY_COMPARE(joining.view().phase, Phase::Connecting);

        QCOMPARE(desk.secrets.at("pool.lab"), std::string("secret-key"));
        QVERIFY(desk.text.find("secret-key") == std::string::npos);
        const Settings settings = desk.settings();
        QCOMPARE(settings.pools.size(), std::size_t(1));
        QCOMPARE(settings.pools[0].keySecret, std::string("pool.lab"));
        QCOMPARE(settings.pools[0].pool.workerName, std::string("Attic"));
        QCOMPARE(joining.view().models, QStringList({QStringLiteral("big:1b"), QStringLiteral("tiny:latest")}));
    }

    void readsTheAnswerToACode_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<JoinTrouble>("trouble");
        QTest::addColumn<QByteArray>("key");
        QTest::addColumn<QByteArray>("url");
        const QByteArray key = "{\"key\":\"abc\"}";
        QTest::newRow("key") << 200 << key << JoinTrouble::None << QByteArray("abc") << QByteArray();
        QTest::newRow("made") << 201 << key << JoinTrouble::None << QByteArray("abc") << QByteArray();
        QTest::newRow("place") << 200 << QByteArray("{\"key\":\"abc\",\"server\":\"https://w.example\"}")
                               << JoinTrouble::None << QByteArray("abc")
                               << QByteArray("wss://w.example/api/llm/connect");
        QTest::newRow("no place") << 200 << QByteArray("{\"key\":\"abc\",\"server\":\"file:///x\"}")
                                  << JoinTrouble::NoExchange << QByteArray() << QByteArray();
        QTest::newRow("no key") << 200 << QByteArray("{}") << JoinTrouble::NoExchange << QByteArray() << QByteArray();
        QTest::newRow("two lines") << 200 << QByteArray("{\"key\":\"a\\nb\"}") << JoinTrouble::NoExchange
                                   << QByteArray() << QByteArray();
        QTest::newRow("no JSON") << 200 << QByteArray("<html>") << JoinTrouble::NoExchange << QByteArray()
                                 << QByteArray();
        QTest::newRow("too large") << 200 << "{\"key\":\"abc\",\"x\":\"" + QByteArray(20'000, 'x') + "\"}"
                                   << JoinTrouble::NoExchange << QByteArray() << QByteArray();
        QTest::newRow("used") << 410 << key << JoinTrouble::CodeNotTaken << QByteArray() << QByteArray();
        QTest::newRow("wrong") << 403 << key << JoinTrouble::CodeNotTaken << QByteArray() << QByteArray();
        QTest::newRow("busy") << 429 << key << JoinTrouble::TakesNoWorkers << QByteArray() << QByteArray();
        QTest::newRow("unknown") << 404 << key << JoinTrouble::NoExchange << QByteArray() << QByteArray();
        QTest::newRow("elsewhere") << 302 << key << JoinTrouble::NoExchange << QByteArray() << QByteArray();
    }
    void readsTheAnswerToACode()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        const auto outcome = readExchange(status, body);
        QTEST(outcome.trouble, "trouble");
        QTEST(QByteArray::fromStdString(outcome.key), "key");
        QTEST(QByteArray::fromStdString(outcome.url), "url");
    }

    void tradesACodeOnceItIsAgreedTo()
    {
        WebAnswers server({{"/workers/connect", 426}, {"/j", 200}});
        server.say("/j", "{\"key\":\"traded-key\"}");
        MemoryDesk desk;
        Joining joining(desk);
        auto invitation = invitationTo(server, {});
        invitation.code = "7K2M-Q9TD-4XWH";

        joining.begin(invitation);
        QTRY_COMPARE(joining.view().phase, Phase::Asking);
        QVERIFY(!server.heard().contains("7K2M"));
        joining.agree("lab", "Attic");
        QTRY_COMPARE(joining.view().phase, Phase::Connecting);

        QVERIFY(server.heard().contains("{\"code\":\"7K2M-Q9TD-4XWH\",\"name\":\"Attic\"}"));
        QCOMPARE(desk.secrets.at("pool.lab"), std::string("traded-key"));
        QVERIFY(joining.invitation().code.empty());
    }

    void keepsNothingWhenTheCodeIsNotTaken()
    {
        const WebAnswers server({{"/workers/connect", 426}, {"/j", 410}});
        MemoryDesk desk;
        Joining joining(desk);
        auto invitation = invitationTo(server, {});
        invitation.code = "7K2M-Q9TD-4XWH";
        joining.begin(invitation);
        QTRY_COMPARE(joining.view().phase, Phase::Asking);
        joining.agree("lab", "Attic");

        QTRY_COMPARE(joining.view().phase, Phase::Failed);
        QCOMPARE(joining.view().trouble, JoinTrouble::CodeNotTaken);
        QVERIFY(desk.secrets.empty());
        QVERIFY(desk.text.empty());
    }

    void takesEverythingBackWhenTheKeyIsRefused()
    {
        const WebAnswers server({{"/api/llm/connect", 426}});
        MemoryDesk desk;
        desk.text = "# mine\n";
        Joining joining(desk);
        joining.begin(invitationTo(server));
        QTRY_COMPARE(joining.view().phase, Phase::Asking);
        joining.agree("lab", "Attic");
        QTRY_COMPARE(joining.view().phase, Phase::Connecting);

        joining.show(snapshotWith(PoolState::Refused, "The pool refuses the key: it is wrong, or was withdrawn."));

        QCOMPARE(joining.view().phase, Phase::Failed);
        QCOMPARE(joining.view().trouble, JoinTrouble::KeyRefused);
        QCOMPARE(JoinWords::fix(joining.view().trouble), JoinFix::EditKey);
        QVERIFY(desk.secrets.empty());
        QVERIFY(desk.settings().pools.empty());
        QVERIFY(desk.text.find("# mine") != std::string::npos);
    }

    void takesEverythingBackWhenItIsCancelledWhileConnecting()
    {
        const WebAnswers server({{"/api/llm/connect", 426}});
        MemoryDesk desk;
        Joining joining(desk);
        joining.begin(invitationTo(server));
        QTRY_COMPARE(joining.view().phase, Phase::Asking);
        joining.agree("lab", "Attic");
        QTRY_COMPARE(joining.view().phase, Phase::Connecting);

        joining.cancel();

        QVERIFY(desk.secrets.empty());
        QVERIFY(desk.settings().pools.empty());
    }

    void staysJoinedWhenOnlyTheSelfTestFails()
    {
        const WebAnswers server({{"/api/llm/connect", 426}});
        MemoryDesk desk;
        Joining joining(desk);
        joining.begin(invitationTo(server));
        QTRY_COMPARE(joining.view().phase, Phase::Asking);
        joining.agree("lab", "Attic");
        QTRY_COMPARE(joining.view().phase, Phase::Connecting);

        joining.show(snapshotWith(PoolState::Connected));
        QTRY_COMPARE(joining.view().phase, Phase::Sharing);

        QCOMPARE(joining.view().trouble, JoinTrouble::TestFailed);
        QCOMPARE(desk.settings().pools.size(), std::size_t(1));
        joining.cancel(); // closing the sheet
        QCOMPARE(desk.settings().pools.size(), std::size_t(1));
    }

    void saysThatThereIsNoModel()
    {
        const WebAnswers server({{"/api/llm/connect", 426}});
        MemoryDesk desk;
        Joining joining(desk);
        joining.begin(invitationTo(server, ""));
        QTRY_COMPARE(joining.view().phase, Phase::Asking);
        joining.agree("lab", "Attic");
        QTRY_COMPARE(joining.view().phase, Phase::Connecting);
        auto bare = snapshotWith(PoolState::Unready);
        bare.backends.clear();

        joining.show(bare);

        QCOMPARE(joining.view().phase, Phase::Sharing);
        QCOMPARE(joining.view().trouble, JoinTrouble::NoModel);
        QCOMPARE(JoinWords::fix(joining.view().trouble), JoinFix::OpenModels);
    }

    void offersAnotherNameForOneThatIsTaken()
    {
        const WebAnswers server({{"/api/llm/connect", 426}});
        MemoryDesk desk;
        desk.text = "[[pool]]\nname = \"lab\"\nurl = \"wss://a/x\"\n";
        Joining joining(desk);
        joining.begin(invitationTo(server));
        QTRY_COMPARE(joining.view().phase, Phase::Asking);
        QCOMPARE(joining.view().name, QStringLiteral("lab-2"));

        joining.agree("lab", "Attic");

        QCOMPARE(joining.view().phase, Phase::Asking);
        QCOMPARE(joining.view().trouble, JoinTrouble::NameTaken);
        QCOMPARE(joining.view().detail, QStringLiteral("lab-2"));
        joining.agree("no/name", "Attic");
        QCOMPARE(joining.view().trouble, JoinTrouble::BadName);
        QVERIFY(desk.secrets.empty());
    }

    void changesNothingWhenTheKeyOrTheSettingsCannotBeKept()
    {
        const WebAnswers server({{"/api/llm/connect", 426}});
        MemoryDesk desk;
        desk.refusesKeys = true;
        Joining joining(desk);
        joining.begin(invitationTo(server));
        QTRY_COMPARE(joining.view().phase, Phase::Asking);
        joining.agree("lab", "Attic");
        QTRY_COMPARE(joining.view().trouble, JoinTrouble::KeyNotKept);
        QVERIFY(desk.settings().pools.empty());

        desk.refusesKeys = false;
        desk.refusesEdits = true;
        joining.tryAgain();
        QTRY_COMPARE(joining.view().phase, Phase::Asking);
        joining.agree("lab", "Attic");
        QTRY_COMPARE(joining.view().trouble, JoinTrouble::SettingsNotWritten);

        QVERIFY(desk.secrets.empty());
    }

    void tellsWhatAnswersInsteadOfAPool_data()
    {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("headers");
        QTest::addColumn<JoinTrouble>("trouble");
        QTest::newRow("a web page") << 200 << QByteArray("Content-Type: text/html\r\n") << JoinTrouble::NotAPool;
        QTest::newRow("a door") << 403 << QByteArray() << JoinTrouble::NotAPool;
        QTest::newRow("a login elsewhere")
            << 302 << QByteArray("Location: http://login.example/\r\n") << JoinTrouble::SignInPage;
        QTest::newRow("a full pool") << 503 << QByteArray() << JoinTrouble::TakesNoWorkers;
        QTest::newRow("a pool of another make")
            << 400 << QByteArray("Sec-WebSocket-Version: 13\r\n") << JoinTrouble::None;
        QTest::newRow("a bad request") << 400 << QByteArray() << JoinTrouble::NotAPool;
    }
    void tellsWhatAnswersInsteadOfAPool()
    {
        QFETCH(int, status);
        QFETCH(QByteArray, headers);
        QFETCH(JoinTrouble, trouble);
        const WebAnswers server({}, status, headers);
        MemoryDesk desk;
        Joining joining(desk);

        joining.begin(invitationTo(server));
        QTRY_VERIFY(!joining.view().runs());

        QCOMPARE(joining.view().trouble, trouble);
        if (trouble != JoinTrouble::None) {
            QVERIFY(!JoinWords::sentence(joining.view()).isEmpty());
            QVERIFY(JoinWords::sentence(joining.view()).endsWith(QLatin1Char('.')));
            QVERIFY(JoinWords::fix(trouble) != JoinFix::None);
        }
    }

    void everyTroubleHasASentenceAndNearlyEachAButton()
    {
        JoinView view;
        view.host = QStringLiteral("pool.example");
        view.name = QStringLiteral("lab");
        view.detail = QStringLiteral("because");
        for (int number = 1; number <= static_cast<int>(JoinTrouble::TestFailed); ++number) {
            view.trouble = static_cast<JoinTrouble>(number);
            QVERIFY2(JoinWords::sentence(view).endsWith(QLatin1Char('.')), qPrintable(JoinWords::sentence(view)));
            const bool mustStop = view.trouble == JoinTrouble::CertificateOther;
            QCOMPARE(JoinWords::button(JoinWords::fix(view.trouble)).isEmpty(), mustStop);
        }
    }

    void warnsOfAPlainConnectionAndOfTheClock()
    {
        JoinView view;
        view.isPlain = view.hasKey = true;
        view.clockAhead = std::chrono::minutes(-7);

        const auto lines = JoinWords::warnings(view).join(QLatin1Char('\n'));

        QVERIFY(lines.contains(QLatin1String("the key and every prompt can be read")));
        QVERIFY(lines.contains(QLatin1String("7 min behind")));
        QVERIFY(JoinWords::warnings({}).isEmpty());
    }

    void findsAddresses_data()
    {
        QTest::addColumn<QByteArray>("server");
        QTest::addColumn<QByteArray>("first");
        QTest::addColumn<int>("count");
        QTest::newRow("host") << QByteArray("p.example") << QByteArray("wss://p.example/api/llm/connect") << 6;
        QTest::newRow("this machine") << QByteArray("127.0.0.1:8080")
                                      << QByteArray("ws://127.0.0.1:8080/api/llm/connect") << 6;
        QTest::newRow("web") << QByteArray("https://p.example/") << QByteArray("wss://p.example/api/llm/connect") << 3;
        QTest::newRow("known path") << QByteArray("ws://p.example:8080/workers/connect")
                                    << QByteArray("ws://p.example:8080/workers/connect") << 3;
        QTest::newRow("other path") << QByteArray("wss://p.example/pool") << QByteArray("wss://p.example/pool") << 4;
        QTest::newRow("IPv6") << QByteArray("ws://[::1]:80/x") << QByteArray("ws://[::1]/x") << 4;
    }
    void findsAddresses()
    {
        QFETCH(QByteArray, server);
        QFETCH(QByteArray, first);
        QFETCH(int, count);

        const auto addresses = poolAddresses(server.toStdString());

        QVERIFY(addresses);
        QCOMPARE(QByteArray::fromStdString(addresses->front()), first);
        QCOMPARE(static_cast<int>(addresses->size()), count);
    }

    void knowsWhatIsNoAddress()
    {
        for (const char* bad : {"", "ftp://a", "wss://", "wss://u:p@a/x", "wss://a b", "wss://a/x?key=1", "a:99999"})
            QVERIFY2(!poolAddresses(bad), bad);
    }

    void leavingSaysWhatItRemoved()
    {
        MemoryDesk desk;
        desk.text = "[[pool]]\nname = \"a\"\nurl = \"wss://a/x\"\nkey_secret = \"pool.a\"\n"
                    "[[pool]]\nname = \"b\"\nurl = \"wss://b/x\"\nkey_file = \"/home/me/b.key\"\n";
        desk.secrets["pool.a"] = "one";

        const auto a = leavePool(desk, "a");
        const auto b = leavePool(desk, "b");
        const auto c = leavePool(desk, "c");

        QVERIFY(a.keyRemoved);
        QVERIFY(desk.secrets.empty());
        QCOMPARE(b.keptKey, std::string("/home/me/b.key"));
        QVERIFY(leftText(b, "b").contains(QLatin1String("/home/me/b.key")));
        QVERIFY(!c.wasThere);
        QVERIFY(desk.settings().pools.empty());
    }
};

QTEST_GUILESS_MAIN(JoiningTest)
#include "joining_test.moc"
