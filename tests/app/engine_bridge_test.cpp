// SPDX-License-Identifier: MIT
#include "app/engine_bridge.h"

#include "tests/support/fake_engine.h"

#include <QCoreApplication>
#include <QTest>
#include <QThread>

#include <thread>

using namespace drover;
using namespace drover::app;

namespace {

Snapshot numbered(std::uint64_t sequence)
{
    Snapshot snapshot;
    snapshot.sequence = sequence;
    return snapshot;
}

} // namespace

class EngineBridgeTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void deliversOnTheGuiThread()
    {
        FakeEngine engine;
        EngineBridge bridge(engine);
        std::vector<std::uint64_t> seen;
        QThread* thread = nullptr;
        connect(&bridge, &EngineBridge::changed, this, [&](const Snapshot& snapshot) {
            seen.push_back(snapshot.sequence);
            thread = QThread::currentThread();
        });

        std::thread([&] { engine.show(numbered(1)); }).join();
        QVERIFY(seen.empty());
        QCoreApplication::processEvents();

        QCOMPARE(seen, std::vector<std::uint64_t>{1});
        QCOMPARE(thread, QThread::currentThread());
    }
    void keepsOnlyTheNewestOfManySnapshots()
    {
        FakeEngine engine;
        EngineBridge bridge(engine);
        std::vector<std::uint64_t> seen;
        connect(&bridge, &EngineBridge::changed, this,
            [&](const Snapshot& snapshot) { seen.push_back(snapshot.sequence); });

        std::thread([&] {
            for (std::uint64_t sequence = 1; sequence <= 1000; ++sequence)
                engine.show(numbered(sequence));
        }).join();
        QCoreApplication::processEvents();
        engine.show(numbered(1001));
        QCoreApplication::processEvents();

        QCOMPARE(seen, (std::vector<std::uint64_t>{1000, 1001}));
    }
    void hearsNothingAfterItsEnd()
    {
        FakeEngine engine;
        auto bridge = std::make_unique<EngineBridge>(engine);
        int calls = 0;
        connect(bridge.get(), &EngineBridge::changed, this, [&] { ++calls; });
        engine.show(numbered(1));

        bridge.reset();
        engine.show(numbered(2));
        QCoreApplication::processEvents();

        QCOMPARE(calls, 0);
    }
};

QTEST_GUILESS_MAIN(EngineBridgeTest)
#include "engine_bridge_test.moc"
