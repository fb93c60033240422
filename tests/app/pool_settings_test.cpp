// SPDX-License-Identifier: MIT
#include "app/command/pool_commands.h"
#include "app/command/pool_key_file.h"
#include "app/settings/address.h"
#include "app/settings/layer.h"
#include "app/settings/settings_blocks.h"
#include "app/settings/worker_environment.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace drover::app;

namespace {

Resolved fromFile(const std::string& text, const Environment& environment = {})
{
    return resolve({readSettingsFile(text, "drover.toml")}, environment,
        [](const std::string& path) { return path == "/key" ? std::optional<std::string>("one\n") : std::nullopt; });
}

QByteArray shown(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

} // namespace

class PoolSettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAPoolAndItsKey()
    {
        const Resolved resolved = fromFile(
            "[[pool]]\nname = \"lab\"\nurl = \"https://pool.example\"\nkey_file = \"/key\"\nslots = 2\n"
            "[[pool]]\nname = \"home\"\nurl = \"ws://10.0.0.2:8080/workers/connect\"\nkey_env = \"HOME_KEY\"\n",
            {{"HOME_KEY", "two"}});

        QVERIFY2(resolved.problems.empty(), resolved.problems.empty() ? "" : resolved.problems[0].text().c_str());
        const auto& pools = resolved.settings.config.pools;
        QCOMPARE(pools.size(), std::size_t(2));
        QCOMPARE(shown(pools[0].url), QByteArray("wss://pool.example/api/llm/connect"));
        QCOMPARE(shown(pools[0].key), QByteArray("one"));
        QCOMPARE(pools[0].slots, 2);
        QCOMPARE(shown(pools[1].url), QByteArray("ws://10.0.0.2:8080/workers/connect"));
        QCOMPARE(shown(pools[1].key), QByteArray("two"));
    }

    void takesAPoolFromTheEnvironmentOfAWorker()
    {
        const Resolved resolved = fromFile("",
            {{"SERVER_URL", "ws://pool.example:8080/workers/connect"}, {"WORKER_KEY", "k"}, {"WORKER_NAME", "Alpha"},
                {"MAX_CONCURRENCY", "3"}, {"OLLAMA_BASE_URL", "http://10.0.0.2:11434"}, {"OLLAMA_API_KEY", "o"}});

        QVERIFY2(resolved.problems.empty(), resolved.problems.empty() ? "" : resolved.problems[0].text().c_str());
        const auto& pools = resolved.settings.config.pools;
        QCOMPARE(pools.size(), std::size_t(1));
        QCOMPARE(shown(pools[0].name), QByteArray("pool.example"));
        QCOMPARE(shown(pools[0].url), QByteArray("ws://pool.example:8080/workers/connect"));
        QCOMPARE(shown(pools[0].key), QByteArray("k"));
        QCOMPARE(shown(pools[0].workerName), QByteArray("Alpha"));
        QCOMPARE(pools[0].slots, 3);
        QCOMPARE(shown(resolved.settings.config.backends[0].apiKey), QByteArray("o"));
    }

    void wantsAnAddressOfItsOwnForMetrics()
    {
        QVERIFY(
            !fromFile("[status]\nlisten = \"127.0.0.1:4555\"\nmetrics_listen = \"127.0.0.1:4555\"\n").problems.empty());
        QVERIFY(fromFile("[status]\nmetrics_listen = \"127.0.0.1:9090\"\n").problems.empty());
    }

    void givesNoForeignVariableAMeaning()
    {
        QVERIFY(fromFile("", {{"SERVER_URL", "https://my-web-app.example"}}).settings.config.pools.empty());
        const Resolved resolved = fromFile("", {{"OLLAMA_API_KEY", "of ollama.com"}});
        QVERIFY(resolved.settings.config.backends[0].apiKey.empty());
        QVERIFY(!fromFile("", {{"SERVER_URL", "ws://a"}, {"MAX_CONCURRENCY", "many"}}).problems.empty());
    }

    void leavesAPoolOfTheFileAsItIs()
    {
        const Resolved resolved = fromFile("[[pool]]\nname = \"lab\"\nurl = \"ws://a/x\"\nkey_file = \"/key\"\n",
            {{"SERVER_URL", "ws://a/x"}, {"WORKER_KEY", "two"}});

        QCOMPARE(resolved.settings.config.pools.size(), std::size_t(1));
        QCOMPARE(shown(resolved.settings.config.pools[0].key), QByteArray("one"));
    }

    void anOptionBeatsAVariable()
    {
        const Environment environment = withWorkerOptions({{"WORKER_KEY", "old"}},
            {{"--worker-key", "new"}, {"--server-url", "pool.example/x"}, {"--reconnect", "true"}});

        QCOMPARE(shown(environment.at("WORKER_KEY")), QByteArray("new"));
        QCOMPARE(shown(environment.at("SERVER_URL")), QByteArray("ws://pool.example/x"));
    }

    void saysWhatIsWrongWithAPool_data()
    {
        QTest::addColumn<QByteArray>("block");
        QTest::addColumn<QByteArray>("words");
        QTest::newRow("no name") << QByteArray("url = \"wss://a\"\n") << QByteArray("needs a name");
        QTest::newRow("no address") << QByteArray("name = \"a\"\n") << QByteArray("pool.url must be");
        QTest::newRow("another scheme") << QByteArray("name = \"a\"\nurl = \"ftp://a\"\n") << QByteArray("wss://pool");
        QTest::newRow("twice the same name")
            << QByteArray("name = \"a\"\nurl = \"wss://a\"\n[[pool]]\nname = \"a\"\nurl = \"wss://b\"\n")
            << QByteArray("two pools");
        QTest::newRow("a pin of another kind")
            << QByteArray("name = \"a\"\nurl = \"wss://a\"\npin = \"sha1//abc\"\n") << QByteArray("pool.pin must be");
        QTest::newRow("a pin without TLS") << QByteArray("name = \"a\"\nurl = \"ws://a\"\npin = \"sha256//"
                                                         "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\"\n")
                                           << QByteArray("needs a wss address");
        QTest::newRow("an unknown field")
            << QByteArray("name = \"a\"\nurl = \"wss://a\"\nkey = \"secret\"\n") << QByteArray("key_file");
    }

    void saysWhatIsWrongWithAPool()
    {
        QFETCH(QByteArray, block);
        QFETCH(QByteArray, words);

        const Resolved resolved = fromFile("[[pool]]\n" + block.toStdString());

        QCOMPARE(resolved.problems.size(), std::size_t(1));
        QVERIFY2(shown(resolved.problems[0].text()).contains(words), resolved.problems[0].text().c_str());
    }

    void warnsOfAMissingKey()
    {
        const Resolved resolved = fromFile("[[pool]]\nname = \"lab\"\nurl = \"wss://a\"\nkey_file = \"/nowhere\"\n");

        QVERIFY(resolved.problems.empty());
        QCOMPARE(resolved.warnings.size(), std::size_t(1));
    }

    void addressesOfPools()
    {
        QCOMPARE(shown(*poolUrl("pool.example:8443")), QByteArray("wss://pool.example:8443/api/llm/connect"));
        QCOMPARE(shown(*poolUrl("http://127.0.0.1:8080/workers/connect")),
            QByteArray("ws://127.0.0.1:8080/workers/connect"));
        QCOMPARE(shown(*poolUrl("wss://[::1]/x")), QByteArray("wss://[::1]/x"));
        for (const char* bad : {"", "ws://", "ftp://a", "wss://u:p@a/x", "wss://a/x?key=1", "wss://a b"})
            QVERIFY2(!poolUrl(bad), bad);
    }

    void addsAndRemovesABlock()
    {
        const auto added = addBlock("# mine\n", "pool", {{"name", "lab"}, {"url", "wss://a/x"}, {"slots", ""}});

        QVERIFY(added);
        QCOMPARE(shown(*added), QByteArray("# mine\n\n[[pool]]\nname = \"lab\"\nurl = \"wss://a/x\"\n"));
        QVERIFY(!shown(*removeBlock(*added, "pool", 0)).contains("[[pool]]"));
    }

    void refusesAKeyThatFitsIntoNoHeader()
    {
        const QTemporaryDir folder;
        QFile file(folder.filePath(QStringLiteral("key")));
        Invocation invocation;
        invocation.keyFile = file.fileName().toStdString();
        for (const char* text : {"", "\n", "a b\n", "a\tb", "schl\xc3\xbcssel"}) {
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(text);
            file.close();
            QVERIFY2(!givenKey(invocation), text);
        }
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("a-key \r\nsecond line\n");
        file.close();
        QCOMPARE(shown(*givenKey(invocation)), QByteArray("a-key"));
    }

    void tellsHowEachPoolStands()
    {
        drover::Snapshot snapshot;
        QVERIFY(shown(poolsText(snapshot)).contains("drover join"));
        snapshot.pools = {{.name = "lab",
            .url = "wss://pool.example/api/llm/connect",
            .state = drover::PoolState::Connecting,
            .reason = "The pool cannot be reached.",
            .fix = "Wait.",
            .workerName = "Alpha",
            .models = {"tiny"},
            .slots = 1,
            .running = 1,
            .waiting = 2,
            .jobs = 12345,
            .failed = 3,
            .retryIn = std::chrono::seconds(12)}};

        QCOMPARE(shown(poolsText(snapshot)),
            QByteArray("lab: connecting, tries again in 12s\n"
                       "  server    wss://pool.example/api/llm/connect\n"
                       "  offers    1 model, 1 job at once, as \"Alpha\"\n"
                       "  jobs      1 running, 2 waiting, 12.3k taken, 3 failed\n"
                       "  The pool cannot be reached. Wait.\n"));
    }
};

QTEST_GUILESS_MAIN(PoolSettingsTest)
#include "pool_settings_test.moc"
