// SPDX-License-Identifier: MIT
#include "app/desktop/nvidia.h"

#include <QTest>

using drover::app::Nvidia;

class NvidiaTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsNothingWithoutADriver()
    {
        Nvidia nvidia(QStringLiteral("there-is-no-such-library"));
        const auto reading = nvidia.read({});
        QVERIFY(!reading.percentByOthers);
        QVERIFY(!reading.celsius);
    }
    void takesOffWhatOurProgramsUse()
    {
        Nvidia nvidia(QStringLiteral(FAKE_NVML));
        const auto reading = nvidia.read({100});
        QCOMPARE(reading.percentByOthers, 25.0); // of 95; the other GPU has 20
        QCOMPARE(reading.celsius, 71.0);
    }
    void countsAllOfItWhereNothingIsOurs()
    {
        Nvidia nvidia(QStringLiteral(FAKE_NVML));
        QCOMPARE(nvidia.read({}).percentByOthers, 95.0);
    }
};

QTEST_GUILESS_MAIN(NvidiaTest)
#include "nvidia_test.moc"
