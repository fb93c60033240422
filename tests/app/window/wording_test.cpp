// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"
#include "app/window/wording.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTest>

using namespace drover;
using namespace drover::app;
using namespace std::chrono_literals;

class WordingTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US"))); }

    void saysDurationsShortly_data()
    {
        QTest::addColumn<qint64>("ms");
        QTest::addColumn<QString>("text");
        QTest::newRow("none") << qint64(0) << QStringLiteral("0 s");
        QTest::newRow("hardly any") << qint64(12) << QStringLiteral("0.1 s");
        QTest::newRow("part of a second") << qint64(430) << QStringLiteral("0.4 s");
        QTest::newRow("almost one") << qint64(980) << QStringLiteral("1 s");
        QTest::newRow("seconds") << qint64(59'999) << QStringLiteral("59 s");
        QTest::newRow("minutes") << qint64(125'000) << QStringLiteral("2 min 05 s");
        QTest::newRow("hours") << qint64(4'320'000) << QStringLiteral("1 h 12 min");
        QTest::newRow("a clock that went back") << qint64(-5) << QStringLiteral("0 s");
    }
    void saysDurationsShortly()
    {
        QFETCH(qint64, ms);
        QTEST(wording::duration(std::chrono::milliseconds(ms)), "text");
    }

    void saysFiguresAsPeopleReadThem()
    {
        QCOMPARE(wording::count(1234), QStringLiteral("1,234"));
        QCOMPARE(wording::count(1'250'000), QStringLiteral("1.3 M"));
        QCOMPARE(wording::rate(0), QStringLiteral("0 tok/s"));
        QCOMPARE(wording::rate(4.26), QStringLiteral("4.3 tok/s"));
        QCOMPARE(wording::rate(41.4), QStringLiteral("41 tok/s"));
    }
    void namesThoseWhoKeepItBusy()
    {
        Snapshot snapshot;
        const auto add = [&](const char* name, std::uint32_t waiting) {
            UserView user;
            user.name = name;
            user.waiting = waiting;
            snapshot.users.push_back(user);
        };
        add("Zed", 1);
        add("gone", 0);
        add("Open WebUI", 2);
        QCOMPARE(wording::busyUsers(snapshot), QStringLiteral("Zed, Open WebUI"));

        add("curl", 1);
        add("Obsidian", 1);
        QCOMPARE(wording::busyUsers(snapshot), QStringLiteral("Zed, Open WebUI and 2 more"));
    }
    void speaksOfBackends()
    {
        Snapshot snapshot;
        BackendView backend;
        backend.name = "ollama";
        backend.state = BackendState::Ready;
        backend.models = {{.name = "llama3.2", .loaded = true}, {.name = "other"}};
        snapshot.backends = {backend};
        QCOMPARE(wording::backends(snapshot), QStringLiteral("ollama: ready, llama3.2 loaded"));

        snapshot.backends.front().models.back().loaded = true;
        QCOMPARE(wording::backends(snapshot), QStringLiteral("ollama: ready, 2 models loaded"));

        snapshot.backends.front().state = BackendState::Down;
        snapshot.backends.front().reason = "Connection refused.";
        QCOMPARE(wording::backends(snapshot), QStringLiteral("ollama: Connection refused."));

        snapshot.backends.push_back(backend);
        QCOMPARE(wording::backends(snapshot), QStringLiteral("1 of 2 machines ready"));
    }

    void givesAddressesThatAppsCanUse_data()
    {
        QTest::addColumn<QString>("listens");
        QTest::addColumn<QString>("ollama");
        QTest::newRow("usual") << QStringLiteral("127.0.0.1:11435") << QStringLiteral("http://127.0.0.1:11435");
        QTest::newRow("any") << QStringLiteral("0.0.0.0:11435") << QStringLiteral("http://127.0.0.1:11435");
        QTest::newRow("any of both kinds") << QStringLiteral("[::]:80") << QStringLiteral("http://[::1]:80");
        QTest::newRow("one of six") << QStringLiteral("[::1]:80") << QStringLiteral("http://[::1]:80");
        QTest::newRow("not listening") << QString() << QString();
    }
    void givesAddressesThatAppsCanUse()
    {
        QFETCH(QString, listens);
        QFETCH(QString, ollama);
        Snapshot snapshot;
        snapshot.address = listens.toStdString();

        const auto addresses = addressesOf(snapshot);

        QCOMPARE(addresses.ollama, ollama);
        QCOMPARE(addresses.anthropic, ollama);
        QCOMPARE(addresses.openAi, ollama.isEmpty() ? QString() : ollama + QStringLiteral("/v1"));
    }
    void speaksGerman()
    {
        speak(*QCoreApplication::instance(), QLocale(QStringLiteral("de_DE")));
        Snapshot snapshot;
        snapshot.running = 1;
        snapshot.waiting = 2;

        QCOMPARE(wording::jobs(snapshot), QStringLiteral("1 läuft, 2 warten"));
        QCOMPARE(wording::count(1234), QStringLiteral("1.234"));
    }
};

QTEST_GUILESS_MAIN(WordingTest)
#include "wording_test.moc"
