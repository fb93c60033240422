// SPDX-License-Identifier: MIT
#include "app/command/worker_file.h"

#include <QtTest>

using namespace drover::app;

class WorkerFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAllThatDroverHasToo()
    {
        const auto file =
            readWorkerFile("# a worker\nserver_url: ws://pool:8080/workers/connect\nworker_key: \"s3cret\"\n"
                           "worker_name: Alpha\nmax_concurrency: 3\nollama_base_url: http://10.0.0.2:11434/\n"
                           "ollama_api_key: o\nstatus_addr: 127.0.0.1:4555\nmetrics_addr: 127.0.0.1:9090\n"
                           "drain_timeout: 5m\nreconnect: true\ncolour: red\n");

        QVERIFY(file.has_value());
        QCOMPARE(file->server, std::string("ws://pool:8080/workers/connect"));
        QCOMPARE(file->key, std::string("s3cret"));
        QCOMPARE(file->workerName, std::string("Alpha"));
        QCOMPARE(file->slots, std::string("3"));
        QCOMPARE(file->ollama, std::string("http://10.0.0.2:11434"));
        QCOMPARE(file->ollamaKey, std::string("o"));
        QCOMPARE(file->statusAddress, std::string("127.0.0.1:4555"));
        QCOMPARE(file->metricsAddress, std::string("127.0.0.1:9090"));
        QCOMPARE(file->drainTimeout, std::string("5m"));
        QCOMPARE(file->unknown, std::vector<std::string>{"colour"});
    }

    void readsKeysInEverySpelling()
    {
        const auto file = readWorkerFile(
            "serverurl: ws://a\nclientKey: k\ncompletion-base-url: http://127.0.0.1:11434/v1\nmaxConcurrency: 2\n");

        QVERIFY(file.has_value());
        QCOMPARE(file->server, std::string("ws://a"));
        QCOMPARE(file->key, std::string("k"));
        QCOMPARE(file->ollama, std::string("http://127.0.0.1:11434"));
        QCOMPARE(file->slots, std::string("2"));
        QVERIFY(file->unknown.empty());
    }

    void refusesWhatIsNone_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("a list") << QByteArray("- a\n- b\n");
        QTest::newRow("no YAML") << QByteArray("a: [1, 2\n");
        QTest::newRow("a tab") << QByteArray("a:\n\t- b: c\n");
        QTest::newRow("too large") << QByteArray(70'000, 'x');
        QTest::newRow("deep") << QByteArray(20'000, '[');
    }

    void refusesWhatIsNone()
    {
        QFETCH(QByteArray, text);

        QVERIFY(!readWorkerFile(text.toStdString()));
    }

    void looksAtTheNamedFileFirst()
    {
        QCOMPARE(workerFilePlaces({{"CONFIG_FILE", "/etc/w.yaml"}}).front(), std::string("/etc/w.yaml"));
        const auto places = workerFilePlaces({{"CONFIG_FILE", "/etc/drover.toml"}});
        QVERIFY(std::ranges::find(places, std::string("/etc/drover.toml")) == places.end());
        QVERIFY(!places.empty());
    }
};

QTEST_GUILESS_MAIN(WorkerFileTest)
#include "worker_file_test.moc"
