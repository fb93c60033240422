// SPDX-License-Identifier: MIT
#include "app/settings/settings_source.h"

#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>

using namespace drover::app;
using namespace std::chrono_literals;

namespace {

using Purpose = SettingsSource::Purpose;

QByteArray shown(const std::string& text)
{
    return QByteArray::fromStdString(text);
}

QByteArray allOf(const std::vector<Problem>& problems)
{
    QByteArray all;
    for (const Problem& each : problems)
        all += shown(each.text()) + '\n';
    return all;
}

} // namespace

class HostSettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_file = {};
    }

    void hostsNothingUnlessTold()
    {
        const Resolved resolved = read(Purpose::Queue, {{"PORT", "18080"}, {"API_KEY", "somebody's"}});

        QVERIFY2(resolved.problems.empty(), allOf(resolved.problems).constData());
        QVERIFY(!resolved.settings.config.hosting.enabled);
        QCOMPARE(resolved.settings.config.port, std::uint16_t(18080));
        QCOMPARE(shown(resolved.settings.config.hosting.host), QByteArray("127.0.0.1"));
        QVERIFY(resolved.settings.config.hosting.clientKey.empty());
    }

    void hostsOnThePortOfAnOption()
    {
        m_file = "[host]\nlisten = \"[::1]:9000\"\nname = \"lab\"\n";
        const Resolved resolved = read(Purpose::Queue, {{"API_KEY", "c"}, {"WORKER_KEY", "w"}},
            {{"--pool-port", "18080"}, {"--trusted-proxy", "10.0.0.0/8,fd00::1"}});

        QVERIFY2(resolved.problems.empty(), allOf(resolved.problems).constData());
        const auto& hosting = resolved.settings.config.hosting;
        QVERIFY(hosting.enabled);
        QCOMPARE(shown(hosting.host), QByteArray("::1"));
        QCOMPARE(hosting.port, std::uint16_t(18080));
        QCOMPARE(shown(hosting.clientKey), QByteArray("c"));
        QCOMPARE(shown(hosting.workerKey), QByteArray("w"));
        QCOMPARE(hosting.trustedProxies, (std::vector<std::string>{"10.0.0.0/8", "fd00::1"}));
        QCOMPARE(resolved.settings.config.backends.size(), std::size_t(1));
    }

    void takesTheEnvironmentOfAPoolServer()
    {
        const Resolved resolved = read(Purpose::PoolServer,
            {{"PORT", "18080"}, {"METRICS_PORT", "19090"}, {"API_KEY", "c"}, {"CLIENT_KEY", "w"},
                {"REQUEST_TIMEOUT", "1m30s"}, {"DRAIN_TIMEOUT", "5m"}, {"WS_PATH", "/join"},
                {"SERVER_URL", "ws://elsewhere"}, {"OLLAMA_HOST", "10.0.0.9"}},
            {{"--set", "host.enabled=true"}});

        QVERIFY2(resolved.problems.empty(), allOf(resolved.problems).constData());
        const auto& config = resolved.settings.config;
        QVERIFY(config.hosting.enabled);
        QCOMPARE(config.hosting.port, std::uint16_t(18080));
        QVERIFY(config.port != 18080);
        QVERIFY(config.metricsEnabled);
        QCOMPARE(config.metricsPort, std::uint16_t(19090));
        QCOMPARE(shown(config.metricsHost), QByteArray("127.0.0.1"));
        QCOMPARE(shown(config.hosting.clientKey), QByteArray("c"));
        QCOMPARE(shown(config.hosting.workerKey), QByteArray("w"));
        QVERIFY(config.hosting.silenceMax == 90s);
        QVERIFY(resolved.settings.drainTimeout == 5min);
        QCOMPARE(shown(config.hosting.workerPath), QByteArray("/join"));
        QVERIFY(config.pools.empty());
        QVERIFY(config.backends.empty());
    }

    void readsPlainSecondsAsSuch()
    {
        const Resolved resolved =
            read(Purpose::PoolServer, {{"REQUEST_TIMEOUT", "45"}}, {{"--set", "host.enabled=true"}});

        QVERIFY(resolved.settings.config.hosting.silenceMax == 45s);
    }

    /// llamapool's servers listened on every interface, and nfrx's opened a second port for metrics.
    void opensOneListenerForThisMachineWhenOnlyPortIsSet()
    {
        const Resolved resolved = read(Purpose::PoolServer, {{"PORT", "18080"}}, {{"--set", "host.enabled=true"}});
        const Resolved same =
            read(Purpose::PoolServer, {{"PORT", "18080"}, {"METRICS_PORT", "18080"}}, {{"--set", "host.enabled=true"}});

        QVERIFY(!resolved.settings.config.metricsEnabled);
        QCOMPARE(shown(resolved.settings.config.hosting.host), QByteArray("127.0.0.1"));
        QVERIFY(std::ranges::any_of(resolved.warnings, [](const Problem& each) {
            return each.sentence.find("--pool-listen 0.0.0.0:18080") != std::string::npos;
        }));
        QVERIFY2(same.problems.empty(), allOf(same.problems).constData());
        QVERIFY(!same.settings.config.metricsEnabled);
    }

    void namesABackendOfAPoolServerOnlyWhenTold()
    {
        const Resolved named = read(Purpose::PoolServer, {{"OLLAMA_URL", "http://127.0.0.1:11434"}});
        QCOMPARE(named.settings.config.backends.size(), std::size_t(1));

        m_file = "[[backend]]\nurl = \"http://10.0.0.5:11434\"\n";
        QCOMPARE(read(Purpose::PoolServer, {}).settings.config.backends.size(), std::size_t(1));
    }

    void givesTheKeysOfAJoinedPoolToNobodyElse()
    {
        const Resolved resolved =
            read(Purpose::Queue, {{"SERVER_URL", "wss://pool.example"}, {"WORKER_KEY", "its"}, {"API_KEY", "c"}},
                {{"--pool-port", "18080"}});

        QCOMPARE(shown(resolved.settings.config.pools.at(0).key), QByteArray("its"));
        QVERIFY(resolved.settings.config.hosting.workerKey.empty());
        QCOMPARE(shown(resolved.settings.config.hosting.clientKey), QByteArray("c"));
    }

    void readsKeysFromFiles()
    {
        const QString key = m_home->filePath(QStringLiteral("key"));
        writeFile(key, "of-the-file\nmore\n");
        m_file = "[host]\nenabled = true\nclient_key_file = \"" + key.toStdString() + "\"\n";

        const Resolved resolved = read(Purpose::Queue, {{"API_KEY", "of-the-variable"}});

        QVERIFY2(resolved.problems.empty(), allOf(resolved.problems).constData());
        QCOMPARE(shown(resolved.settings.config.hosting.clientKey), QByteArray("of-the-file"));
    }

    /// A server of nfrx that was configured by file let everybody in.
    void isNeverOpenByMistake()
    {
        m_file = "[host]\nenabled = true\nworker_key_file = \"/nowhere/key\"\n";
        QVERIFY(allOf(read(Purpose::Queue, {}).problems).contains("the pool would be open"));

        m_file = {};
        const Resolved yaml = read(Purpose::PoolServer, {{"CONFIG_FILE", "/etc/nfrx/server.yaml"}});
        QVERIFY(allOf(yaml.problems).contains("is YAML and not read"));

        const Resolved bad = read(Purpose::PoolServer, {{"API_KEY", "two words"}}, {{"--set", "host.enabled=true"}});
        QVERIFY(allOf(bad.problems).contains("a key must be"));
        QVERIFY(!allOf(bad.problems).contains("two words"));
    }

    void refusesWhatDoesNotGoTogether_data()
    {
        QTest::addColumn<QByteArray>("file");
        QTest::addColumn<QByteArray>("sentence");
        QTest::newRow("no key") << QByteArray("tls_cert = \"a.pem\"") << QByteArray("needs host.tls_key");
        QTest::newRow("no certificate") << QByteArray("tls_key = \"a.key\"") << QByteArray("needs host.tls_cert");
        QTest::newRow("open") << QByteArray("listen = \"0.0.0.0:8080\"") << QByteArray("without TLS");
        QTest::newRow("open six") << QByteArray("listen = \"[::]:8080\"") << QByteArray("without TLS");
        QTest::newRow("url") << QByteArray("public_url = \"pool.example.org\"") << QByteArray("host.public_url must");
        QTest::newRow("url path") << QByteArray("public_url = \"https://a/b\"") << QByteArray("without a path");
        QTest::newRow("proxy") << QByteArray("trusted_proxies = [\"proxy.example\"]") << QByteArray("networks such as");
        QTest::newRow("proxy bits") << QByteArray("trusted_proxies = [\"10.0.0.0/33\"]") << QByteArray("10.0.0.0/33");
        QTest::newRow("proxy six") << QByteArray("trusted_proxies = [\"fd00:::1\"]") << QByteArray("fd00:::1");
        QTest::newRow("path") << QByteArray("worker_path = \"join\"") << QByteArray("host.worker_path must be");
        QTest::newRow("same as proxy") << QByteArray("listen = \"127.0.0.1:11435\"") << QByteArray("the same address");
        QTest::newRow("same as status") << QByteArray("listen = \"127.0.0.1:4555\"") << QByteArray("the same address");
        QTest::newRow("own pool") << QByteArray("[[pool]]\nname = \"a\"\nurl = \"ws://localhost:8080\"")
                                  << QByteArray("hosts itself");
        QTest::newRow("own backend") << QByteArray("[[backend]]\nurl = \"http://127.0.0.1:8080\"")
                                     << QByteArray("hosts itself");
    }
    void refusesWhatDoesNotGoTogether()
    {
        QFETCH(QByteArray, file);
        QFETCH(QByteArray, sentence);
        m_file = "[host]\nenabled = true\n" + file.toStdString() + "\n";
        const QByteArray problems = allOf(read(Purpose::Queue, {}).problems);
        QVERIFY2(problems.contains(sentence), problems.constData());

        m_file = "[host]\nenabled = false\n" + file.toStdString() + "\n"; // of no matter while nothing is hosted
        const Resolved off = read(Purpose::Queue, {});
        QVERIFY2(off.problems.empty(), allOf(off.problems).constData());
    }

    void letsOthersInWhenTold()
    {
        m_file = "[host]\nenabled = true\nlisten = \"0.0.0.0:8080\"\npublic_url = \"https://pool.example.org/\"\n";
        const Resolved insecure = read(Purpose::Queue, {}, {{"--insecure", "true"}});
        QVERIFY2(insecure.problems.empty(), allOf(insecure.problems).constData());
        QCOMPARE(shown(insecure.settings.config.hosting.publicUrl), QByteArray("https://pool.example.org"));

        m_file += "tls_cert = \"a.pem\"\ntls_key = \"a.key\"\n";
        const Resolved secure = read(Purpose::Queue, {});
        QVERIFY2(secure.problems.empty(), allOf(secure.problems).constData());
        QVERIFY(!secure.settings.config.hosting.insecure);
    }

    void knowsWhereTheKeysAre()
    {
        const Places places = findPlaces({{"DROVER_HOME", "/h"}});
        Settings settings;
        QCOMPARE(shown(keysFileOf(settings, places)), QByteArray("/h/state/keys.db"));
        settings.config.hosting.keysFile = "/srv/keys.db";
        QCOMPARE(shown(keysFileOf(settings, places)), QByteArray("/srv/keys.db"));
        settings.config.hosting.keysFile = "off";
        QVERIFY(keysFileOf(settings, places).empty());
    }

private:
    static void writeFile(const QString& path, const QByteArray& text)
    {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(text);
    }

    Resolved read(Purpose purpose, Environment environment, const FlagTexts& flags = {})
    {
        environment["DROVER_HOME"] = m_home->path().toStdString();
        const Places places = findPlaces(environment);
        if (!m_file.empty())
            writeFile(QString::fromStdString(places.settingsFile), QByteArray::fromStdString(m_file));
        else
            QFile::remove(QString::fromStdString(places.settingsFile));
        return SettingsSource(places, environment, flags, {}, purpose).read().resolved;
    }

    std::unique_ptr<QTemporaryDir> m_home;
    std::string m_file; ///< of the settings; none when empty
};

QTEST_GUILESS_MAIN(HostSettingsTest)
#include "host_settings_test.moc"
