// SPDX-License-Identifier: MIT
#include "app/engine_bridge.h"

#include "tests/support/fake_engine.h"

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTest>
#include <QThread>

#include <thread>

using namespace drover;
using namespace drover::app;
using drover::test::FakeEngine;

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

private:
    std::shared_ptr<FakeEngine::Notes> m_notes;

    EngineMaker maker() const
    {
        return [notes = m_notes](EngineHooks hooks) { return std::make_unique<FakeEngine>(notes, std::move(hooks)); };
    }

private Q_SLOTS:
    void init() { m_notes = std::make_shared<FakeEngine::Notes>(); }

    void deliversOnTheGuiThread()
    {
        EngineBridge bridge(maker(), {});
        QVERIFY(bridge.start());
        std::vector<std::uint64_t> seen;
        QThread* thread = nullptr;
        connect(&bridge, &EngineBridge::changed, this, [&](const Snapshot& snapshot) {
            seen.push_back(snapshot.sequence);
            thread = QThread::currentThread();
        });

        std::thread([this] { m_notes->engine->publish(numbered(1)); }).join();
        QVERIFY(seen.empty());
        QCoreApplication::processEvents();

        QCOMPARE(seen, std::vector<std::uint64_t>{1});
        QCOMPARE(thread, QThread::currentThread());
    }
    void keepsOnlyTheNewestOfManySnapshots()
    {
        EngineBridge bridge(maker(), {});
        QVERIFY(bridge.start());
        std::vector<std::uint64_t> seen;
        connect(&bridge, &EngineBridge::changed, this,
            [&](const Snapshot& snapshot) { seen.push_back(snapshot.sequence); });

        std::thread([this] {
            for (std::uint64_t sequence = 1; sequence <= 1000; ++sequence)
                m_notes->engine->publish(numbered(sequence));
        }).join();
        QCoreApplication::processEvents();
        m_notes->engine->publish(numbered(1001));
        QCoreApplication::processEvents();

        QCOMPARE(seen, (std::vector<std::uint64_t>{1000, 1001}));
    }
    void endsTheEngineAndHearsNothingMore()
    {
        auto bridge = std::make_unique<EngineBridge>(maker(), drover::Log{});
        QVERIFY(bridge->start());
        int calls = 0;
        connect(bridge.get(), &EngineBridge::changed, this, [&] { ++calls; });
        m_notes->engine->publish(numbered(1));

        bridge.reset();
        QCoreApplication::processEvents();

        QVERIFY(m_notes->ended);
        QCOMPARE(calls, 0);
    }
    void saysWhyTheEngineCannotStart()
    {
        m_notes->started = fail(Errc::PortTaken, "by ollama");
        EngineBridge bridge(maker(), {});

        const auto started = bridge.start();

        QVERIFY(!started);
        QCOMPARE(started.error().code, Errc::PortTaken);
    }
    void tellsWhatTheCoreAsksOnTheGuiThread()
    {
        EngineBridge bridge(maker(), {});
        QVERIFY(bridge.start());
        QSignalSpy drained(&bridge, &EngineBridge::drained);
        QSignalSpy shutdown(&bridge, &EngineBridge::shutdownAsked);
        QSignalSpy reload(&bridge, &EngineBridge::reloadAsked);
        bridge.drain(std::chrono::seconds(2));

        std::thread([this] {
            m_notes->engine->finishDrain();
            m_notes->engine->hooks().shutdownRequested();
            m_notes->engine->hooks().reloadRequested();
        }).join();
        QCOMPARE(drained.count() + shutdown.count() + reload.count(), 0);
        QCoreApplication::processEvents();

        QCOMPARE(m_notes->calls, (QStringList{QStringLiteral("start"), QStringLiteral("drain 2000")}));
        QCOMPARE(drained.count(), 1);
        QCOMPARE(shutdown.count(), 1);
        QCOMPARE(reload.count(), 1);
    }
};

QTEST_GUILESS_MAIN(EngineBridgeTest)
#include "engine_bridge_test.moc"
