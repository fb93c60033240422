// SPDX-License-Identifier: MIT
#include "dispatch_scene.h"

#include <QTest>

using namespace drover;
using namespace std::chrono_literals;

class DispatcherTest : public QObject {
    Q_OBJECT

private slots:
    void startsAtOnceWhenASlotIsFree()
    {
        DispatchScene scene;
        scene.backend(1, 2);

        const JobId first = scene.submit("a");
        const JobId second = scene.submit("a");
        const JobId third = scene.submit("a");

        QVERIFY(scene.runs(first));
        QVERIFY(scene.runs(second));
        QVERIFY(!scene.runs(third));
        QCOMPARE(scene.dispatcher.waiting(), 1u);
        QCOMPARE(scene.dispatcher.running(1), 2);
    }

    void givesEachUserATurn()
    {
        DispatchScene scene({.fairness = Fairness::Requests});
        scene.backend(1, 1);

        scene.submitMany("a", 4);
        scene.submitMany("b", 2);
        scene.submitMany("c", 2);
        scene.finishInTurn(8);

        QCOMPARE(scene.startedUsers().c_str(), "a b c a b c a a");
    }
};

QTEST_GUILESS_MAIN(DispatcherTest)
#include "dispatcher_test.moc"
