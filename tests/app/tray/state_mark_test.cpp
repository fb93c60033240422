// SPDX-License-Identifier: MIT
#include "app/tray/state_mark.h"

#include <QGuiApplication>
#include <QImage>
#include <QSet>
#include <QTest>

using namespace drover;
using namespace drover::app;

class StateMarkTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void showsTheMostImportantState_data()
    {
        const auto backend = [](BackendState state) {
            BackendView view;
            view.state = state;
            return view;
        };
        QTest::addColumn<Snapshot>("snapshot");
        QTest::addColumn<StateMark>("mark");
        QTest::newRow("trouble") << Snapshot{.state = EngineState::Error} << StateMark{.face = Face::Error};
        QTest::newRow("trouble while a job runs")
            << Snapshot{.state = EngineState::Error, .running = 2} << StateMark{.face = Face::Error, .filled = 2};
        QTest::newRow("trouble beside one that answers") << Snapshot{.state = EngineState::Error,
            .backends = {backend(BackendState::Down), backend(BackendState::Ready)}}
                                                         << StateMark{.face = Face::Error};
        QTest::newRow("nobody answers") << Snapshot{.state = EngineState::Error,
            .backends = {backend(BackendState::Down), backend(BackendState::Resting)}}
                                        << StateMark{.face = Face::Off};
        for (const auto state : {RuntimeState::GaveUp, RuntimeState::Blocked})
            QTest::addRow("Ollama cannot come back by itself: %d", static_cast<int>(state)) << Snapshot{
                .state = EngineState::Error,
                .backends = {backend(BackendState::Down)},
                .runtime = {.present = true, .state = state}} << StateMark{.face = Face::Error};
        QTest::newRow("Ollama is not installed") << Snapshot{.state = EngineState::Error,
            .backends = {backend(BackendState::Down)},
            .runtime = {.present = true, .state = RuntimeState::Missing}}
                                                 << StateMark{.face = Face::Off};
        QTest::newRow("starts") << Snapshot{.state = EngineState::Starting} << StateMark{.face = Face::Starting};
        QTest::newRow("finishes") << Snapshot{.state = EngineState::Draining, .draining = true, .running = 1}
                                  << StateMark{.face = Face::Finishing, .filled = 1};
        QTest::newRow("paused while a job runs")
            << Snapshot{.state = EngineState::Paused, .paused = true, .running = 1} << StateMark{.face = Face::Paused};
        QTest::newRow("one runs") << Snapshot{.state = EngineState::Busy, .running = 1}
                                  << StateMark{.face = Face::Busy, .filled = 1};
        QTest::newRow("nine run") << Snapshot{.state = EngineState::Busy, .running = 9}
                                  << StateMark{.face = Face::Busy, .filled = 3};
        QTest::newRow("all wait") << Snapshot{.state = EngineState::Busy, .waiting = 4}
                                  << StateMark{.face = Face::Busy};
        QTest::newRow("ready") << Snapshot{.state = EngineState::Ready} << StateMark{.face = Face::Ready};
        const SharingView asleep{.present = true, .verdict = SharingVerdict::Stop};
        const SharingView paused{.present = true, .verdict = SharingVerdict::Stop, .snooze = SnoozeKind::Open};
        QTest::newRow("a rule keeps it from sharing")
            << Snapshot{.state = EngineState::Ready, .sharing = asleep} << StateMark{.face = Face::Asleep};
        QTest::newRow("a rule, while an app's job runs")
            << Snapshot{.state = EngineState::Busy, .running = 1, .sharing = asleep} << StateMark{.face = Face::Asleep};
        QTest::newRow("a person paused sharing")
            << Snapshot{.state = EngineState::Ready, .sharing = paused} << StateMark{.face = Face::Paused};
        QTest::newRow("no answer comes before sleep")
            << Snapshot{.state = EngineState::Error, .sharing = asleep} << StateMark{.face = Face::Error};
        QTest::newRow("it shares") << Snapshot{.state = EngineState::Ready, .sharing = {.present = true}}
                                   << StateMark{.face = Face::Ready};
        const auto pool = [](PoolState state) { return PoolView{.name = "lab", .state = state}; };
        QTest::newRow("ready, a pool is connected") << Snapshot{.state = EngineState::Ready,
            .pools = {pool(PoolState::Connected)}} << StateMark{.face = Face::Ready, .sharing = true};
        QTest::newRow("busy, a pool is connected")
            << Snapshot{.state = EngineState::Busy, .running = 1, .pools = {pool(PoolState::Connected)}}
            << StateMark{.face = Face::Busy, .filled = 1};
        QTest::newRow("a pool refuses the key, whatever runs")
            << Snapshot{.state = EngineState::Busy, .running = 1, .pools = {pool(PoolState::Refused)}}
            << StateMark{.face = Face::Error, .filled = 1};
        QTest::newRow("a pool refuses the key, but the queue is paused")
            << Snapshot{.state = EngineState::Paused, .paused = true, .pools = {pool(PoolState::Refused)}}
            << StateMark{.face = Face::Paused};
        QTest::newRow("idle, connecting")
            << Snapshot{.state = EngineState::Ready, .pools = {pool(PoolState::Connecting)}}
            << StateMark{.face = Face::Starting};
        QTest::newRow("busy, connecting")
            << Snapshot{.state = EngineState::Busy, .running = 1, .pools = {pool(PoolState::Connecting)}}
            << StateMark{.face = Face::Busy, .filled = 1};
        QTest::newRow("simulated and ready")
            << Snapshot{.state = EngineState::Ready, .demo = true} << StateMark{.face = Face::Ready, .demo = true};
        QTest::newRow("simulated but paused")
            << Snapshot{.state = EngineState::Paused, .demo = true, .paused = true} << StateMark{.face = Face::Paused};
    }
    void showsTheMostImportantState()
    {
        QFETCH(Snapshot, snapshot);
        QFETCH(StateMark, mark);
        QVERIFY(markOf(snapshot) == mark);
    }

    void looksDifferentInEachState_data()
    {
        QTest::addColumn<int>("pixels");
        for (const int pixels : {16, 22, 24, 32, 64})
            QTest::addRow("%d pixels", pixels) << pixels;
    }
    void looksDifferentInEachState()
    {
        QFETCH(int, pixels);
        const StateMark marks[] = {{.face = Face::Error}, {.face = Face::Off}, {.face = Face::Starting},
            {.face = Face::Finishing}, {.face = Face::Paused}, {.face = Face::Asleep},
            {.face = Face::Busy, .filled = 1}, {.face = Face::Busy, .filled = 2}, {.face = Face::Busy, .filled = 3},
            {.face = Face::Ready}, {.face = Face::Ready, .demo = true}, {.face = Face::Ready, .sharing = true}};
        std::vector<QImage> drawn;
        for (const auto& mark : marks)
            drawn.push_back(markPixmap(mark, pixels, Qt::black).toImage().convertToFormat(QImage::Format_Alpha8));

        // A person must see it: at least one pixel in twenty-five differs strongly.
        for (std::size_t one = 0; one < drawn.size(); ++one)
            for (std::size_t other = one + 1; other < drawn.size(); ++other)
                QVERIFY2(strongDifferences(drawn[one], drawn[other]) >= pixels * pixels / 25,
                    qPrintable(QStringLiteral("%1 and %2").arg(one).arg(other)));
    }

private:
    static int strongDifferences(const QImage& a, const QImage& b)
    {
        int count = 0;
        for (int y = 0; y < a.height(); ++y)
            for (int x = 0; x < a.width(); ++x)
                count += std::abs(qAlpha(a.pixel(x, y)) - qAlpha(b.pixel(x, y))) > 128 ? 1 : 0;
        return count;
    }
};

QTEST_MAIN(StateMarkTest)
#include "state_mark_test.moc"
