// SPDX-License-Identifier: MIT
#include "core/fronts/host_keys.h"

#include "tests/support/plain_client.h"

#include <QElapsedTimer>
#include <QFile>
#include <QTemporaryDir>
#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

/// Keys of a host and, beside it, another program's hand on the same file.
struct Scene {
    explicit Scene(WallTime at = std::chrono::system_clock::now())
        : wall(at)
    {
        auto opened = openKeyFile(path);
        if (!opened)
            qFatal("%s", opened.error().detail.c_str());
        other = std::move(*opened);
    }

    HostKeys& open()
    {
        keys = std::make_unique<HostKeys>(io,
            Log{LogLevel::Info, [this](LogLevel, std::string_view line) { logged.emplace_back(line); }},
            [this] { return wall; });
        if (const auto opened = keys->open(path); !opened)
            qFatal("%s", opened.error().detail.c_str());
        return *keys;
    }

    /// Lets time pass until the keys have changed; false when they do not within seconds.
    bool waitForChange()
    {
        return waitFor([this] { return keys->tick(now); });
    }

    bool waitFor(auto met)
    {
        QElapsedTimer timer;
        timer.start();
        while (!met()) {
            if (timer.elapsed() > 10'000)
                return false;
            keys->tick(now);
            io.restart();
            io.run_for(1ms);
        }
        return true;
    }

    Result<NewKey> trade(const std::string& code, const std::string& name)
    {
        Result<NewKey> traded = fail(Errc::Cancelled);
        runToEnd(io, [&]() -> Task<> { traded = co_await keys->trade(code, name, "10.0.0.1"); });
        return traded;
    }

    QTemporaryDir folder;
    std::string path = folder.filePath(QStringLiteral("pool-keys.db")).toStdString();
    asio::io_context io;
    std::vector<std::string> logged;
    std::unique_ptr<KeyFile> other;
    WallTime wall;
    TimePoint now{1h};
    std::unique_ptr<HostKeys> keys;
};

} // namespace

class HostKeysTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsAKeyInItsRoleOnly()
    {
        Scene scene;
        const auto client = scene.other->create({.name = "zed", .allowance = {.weight = 2}}, "test");
        const auto worker = scene.other->create({.role = KeyRole::Worker, .name = "attic"}, "test");

        HostKeys& keys = scene.open();

        QCOMPARE(keys.find(KeyRole::Client, client->key)->name, "zed"s);
        QCOMPARE(keys.find(KeyRole::Client, client->key)->allowance.weight, 2.0);
        QCOMPARE(keys.find(KeyRole::Worker, worker->key)->number, worker->record.number);
        QVERIFY(!keys.find(KeyRole::Worker, client->key));
        QVERIFY(!keys.find(KeyRole::Client, worker->key));
        for (const std::string& wrong :
            {""s, client->key + "x", client->key.substr(1), client->record.sha256Hex, std::string(100'000, 'a')})
            QVERIFY(!keys.find(KeyRole::Client, wrong));
    }

    void theSharedKeysCountWithoutAFile()
    {
        asio::io_context io;
        HostKeys keys(io, {});

        QVERIFY(!keys.keysNeeded(KeyRole::Client));
        keys.setShared("for clients", "for workers");
        QVERIFY(keys.open(""));

        QVERIFY(keys.keysNeeded(KeyRole::Client) && keys.keysNeeded(KeyRole::Worker));
        QCOMPARE(keys.find(KeyRole::Client, "for clients")->number, std::int64_t(0));
        QCOMPARE(keys.find(KeyRole::Client, "for clients")->name, ""s);
        QVERIFY(keys.find(KeyRole::Worker, "for workers"));
        QVERIFY(!keys.find(KeyRole::Worker, "for clients"));
        QVERIFY(!keys.find(KeyRole::Client, "for client"));
        QVERIFY(keys.isGood(0));
        QVERIFY(!keys.tick(TimePoint(1h)));
    }

    void aStrangerShutsNobodyOut()
    {
        Scene scene;
        const auto made = scene.other->create({.name = "zed"}, "test");
        HostKeys& keys = scene.open();
        keys.setShared("shared", "");
        GuessLimits guesses;
        const auto ask = [&](std::string_view key, const std::string& address = "10.0.0.1") {
            return keys.check(KeyRole::Client, key, address, guesses, scene.now);
        };
        for (int i = 0; i <= GuessLimits::failuresFree; ++i)
            QCOMPARE(ask("wrong").wait, 0ms);

        QCOMPARE(ask("wrong").wait, 1'000ms);
        QVERIFY(!ask("shared").key); // it might have been guessed
        QCOMPARE(ask("shared").wait, 1'000ms);
        QVERIFY(ask("shared", "10.0.0.2").key);
        QCOMPARE(ask(made->key).key->name, "zed"s);
        QVERIFY(ask("shared").key); // a network that was right just now
        QCOMPARE(ask("wrong").wait, 1'000ms);
        scene.now += 1s;
        QVERIFY(!ask("wrong").key);
        QCOMPARE(ask("wrong").wait, 2'000ms);
        scene.keys.reset();
        const auto audit = scene.other->audit(10);
        QCOMPARE(audit->size(), std::size_t(2)); // said once, beside the key that was made
        QCOMPARE(audit->front().event, "guessing_slowed"s);
        QCOMPARE(audit->front().from, "10.0.0.1"s);
    }

    void seesWhatOthersChange()
    {
        Scene scene;
        HostKeys& keys = scene.open();
        keys.tick(scene.now); // what was found at the start
        const auto made = scene.other->create({.name = "zed"}, "test");
        QVERIFY(!keys.find(KeyRole::Client, made->key));

        QVERIFY(scene.waitForChange());

        QVERIFY(keys.find(KeyRole::Client, made->key));
        QVERIFY(keys.isGood(made->record.number));
        QCOMPARE(keys.rules().size(), std::size_t(1));

        QVERIFY(scene.other->allow(KeyRole::Client, "zed", {.weight = 5, .tokensPerDay = 9, .runningMax = 3}, "test"));
        QVERIFY(scene.waitForChange());
        QCOMPARE(keys.rules()[0].weight, 5.0);
        QCOMPARE(keys.rules()[0].tokensPerDay, std::uint64_t(9));
        QCOMPARE(keys.rules()[0].runningMax, 3u);
    }

    void aRevokedKeyIsGoneAtTheNextLook()
    {
        Scene scene;
        const auto made = scene.other->create({.role = KeyRole::Worker, .name = "attic"}, "test");
        HostKeys& keys = scene.open();
        QVERIFY(keys.isGood(made->record.number));
        keys.tick(scene.now);

        QVERIFY(scene.other->revoke(KeyRole::Worker, "attic", "test"));
        QVERIFY(scene.waitForChange());

        QVERIFY(!keys.isGood(made->record.number));
        QVERIFY(!keys.find(KeyRole::Worker, made->key));
        QVERIFY(keys.keysNeeded(KeyRole::Worker)); // nobody gets in because the last key has gone
        QVERIFY(!keys.keysNeeded(KeyRole::Client));
    }

    void anExpiredKeyIsGoneInTime()
    {
        Scene scene;
        const auto made = scene.other->create({.role = KeyRole::Worker, .name = "attic", .lifetime = 1h}, "test");
        HostKeys& keys = scene.open();
        keys.tick(scene.now);
        QVERIFY(!keys.tick(scene.now));

        scene.wall += 1h + 1s;

        QVERIFY(!keys.find(KeyRole::Worker, made->key));
        QVERIFY(keys.tick(scene.now));
        QVERIFY(!keys.isGood(made->record.number));
        QVERIFY(!keys.tick(scene.now));
    }

    void bothKeysCountWhileOneIsRotated()
    {
        Scene scene;
        const auto old = scene.other->create({.name = "zed"}, "test");
        const auto fresh = scene.other->rotate(KeyRole::Client, "zed", 1h, "test");

        HostKeys& keys = scene.open();

        QVERIFY(keys.find(KeyRole::Client, old->key) && keys.find(KeyRole::Client, fresh->key));
        QCOMPARE(keys.rules().size(), std::size_t(1));
        scene.wall += 1h + 1s;
        QVERIFY(!keys.find(KeyRole::Client, old->key));
        QVERIFY(keys.find(KeyRole::Client, fresh->key));
    }

    void aTradedKeyIsGoodAtOnce()
    {
        Scene scene;
        const auto invitation = scene.other->invite({.allowance = {.models = {"llama*"}}}, "test");
        HostKeys& keys = scene.open();
        QVERIFY(keys.keysNeeded(KeyRole::Worker)); // who invites does not mean everybody

        const auto traded = scene.trade(invitation->code, "attic");

        QVERIFY(traded);
        const auto found = keys.find(KeyRole::Worker, traded->key);
        QVERIFY(found);
        QCOMPARE(found->allowance.models, std::vector<std::string>{"llama*"});
        QCOMPARE(scene.trade(invitation->code, "cellar").error().code, Errc::Unauthorized);
        const auto audit = scene.other->audit(1);
        QCOMPARE(audit->front().from, "10.0.0.1"s);
    }

    void aTradeMayOutliveTheKeys()
    {
        Scene scene;
        const auto invitation = scene.other->invite({}, "test");
        scene.open();

        Result<NewKey> traded = fail(Errc::Cancelled);
        bool closed = false;
        runToEnd(scene.io, [&]() -> Task<> {
            asio::post(scene.io, [&] {
                scene.keys.reset();
                closed = true;
            });
            traded = co_await scene.keys->trade(invitation->code, "attic", "10.0.0.1");
        });

        QVERIFY(closed);
        QVERIFY(traded);
    }

    void onlySoManyTradesWait()
    {
        Scene scene;
        scene.open();
        std::size_t refused = 0;
        std::size_t done = 0;
        constexpr std::size_t tries = HostKeys::writesWaitingMax + 20;

        runToEnd(scene.io, [&]() -> Task<> {
            for (std::size_t i = 0; i < tries; ++i)
                asio::co_spawn(
                    scene.io,
                    [&]() -> Task<> {
                        const auto traded = co_await scene.keys->trade("0000-0000-0000", "attic", "10.0.0.1");
                        refused += traded.error().code == Errc::QueueFull ? 1 : 0;
                        ++done;
                    },
                    asio::detached);
            Timer timer(scene.io.get_executor());
            while (done < tries) {
                timer.expires_after(1ms);
                co_await timer.async_wait(quiet);
            }
        });

        QCOMPARE(refused, std::size_t(20));
    }

    void writesOnceAMinuteWhenKeysWereUsed()
    {
        Scene scene;
        const auto made = scene.other->create({.name = "zed"}, "test");
        HostKeys& keys = scene.open();
        const auto lastUsed = [&] {
            const auto all = scene.other->keys();
            return all->front().lastUsedAt;
        };
        keys.tick(scene.now);

        keys.used(made->record.number);
        keys.used(0);
        scene.now += 59s;
        keys.tick(scene.now);
        QCOMPARE(lastUsed(), std::int64_t(0));
        scene.now += 1s;
        keys.tick(scene.now);

        QVERIFY(scene.waitFor([&] { return lastUsed() > 0; }));
    }

    void writesTheLatestUsesWhenItEnds()
    {
        Scene scene;
        const auto made = scene.other->create({.name = "zed"}, "test");
        scene.open().used(made->record.number);
        scene.keys->note("guessing_slowed", "", "10.0.0.9", "");

        scene.keys.reset();

        const auto all = scene.other->keys();
        QVERIFY(all->front().lastUsedAt > 0);
        QCOMPARE(scene.other->audit(1)->front().from, "10.0.0.9"s);
    }

    void keepsItsKeysWhenTheFileGoes()
    {
        Scene scene;
        const auto made = scene.other->create({.name = "zed"}, "test");
        HostKeys& keys = scene.open();
        const QString file = QString::fromStdString(scene.path);
        scene.other.reset();

        QVERIFY(QFile::rename(file, file + QStringLiteral(".away")));
        QVERIFY(scene.waitFor([&] { return !keys.trouble().empty(); }));

        QVERIFY(keys.find(KeyRole::Client, made->key));
        QVERIFY(keys.keysNeeded(KeyRole::Client));
        QCOMPARE(scene.trade("0000-0000-0000", "attic").error().code, Errc::Io);
        QCOMPARE(scene.logged.size(), std::size_t(1)); // said once

        QVERIFY(QFile::rename(file + QStringLiteral(".away"), file));
        QVERIFY(scene.waitFor([&] { return keys.trouble().empty(); }));
        QVERIFY(keys.find(KeyRole::Client, made->key));
    }

    void failsToOpenWhatIsDamaged()
    {
        Scene scene;
        scene.other.reset();
        QFile file(QString::fromStdString(scene.path));
        QVERIFY(file.open(QIODevice::WriteOnly | QIODevice::Truncate));
        file.write(QByteArray(10'000, 'x'));
        file.close();

        HostKeys keys(scene.io, {});

        QVERIFY(!keys.open(scene.path));
    }

    void countsGuessesByNetwork_data()
    {
        QTest::addColumn<QByteArray>("address");
        QTest::addColumn<QByteArray>("network");
        QTest::newRow("v4") << QByteArray("192.168.1.7") << QByteArray("192.168.1.7");
        QTest::newRow("v4 in v6") << QByteArray("::ffff:192.168.1.7") << QByteArray("192.168.1.7");
        QTest::newRow("v6") << QByteArray("2001:db8:1:2:3:4:5:6") << QByteArray("2001:db8:1:2::/64");
        QTest::newRow("another of it") << QByteArray("2001:db8:1:2::1") << QByteArray("2001:db8:1:2::/64");
        QTest::newRow("loopback") << QByteArray("::1") << QByteArray("::/64");
        QTest::newRow("no address") << QByteArray("unknown") << QByteArray("unknown");
    }
    void countsGuessesByNetwork()
    {
        QFETCH(QByteArray, address);
        QFETCH(QByteArray, network);

        QCOMPARE(networkOf(address.toStdString()), network.toStdString());
    }
};

QTEST_GUILESS_MAIN(HostKeysTest)
#include "host_keys_test.moc"
