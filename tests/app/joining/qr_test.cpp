// SPDX-License-Identifier: MIT
#include "app/joining/qr.h"

#include <QTest>

using namespace drover::app;

class QrTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasAFinderInThreeCornersAndNotInTheFourth()
    {
        const auto code = qrModules("https://pool.example.org/j#7K2M-Q9TD-4XWH");

        QVERIFY(code);
        QVERIFY(code->side >= 21 && code->side % 4 == 1);
        QCOMPARE(code->dark.size(), std::size_t(code->side) * std::size_t(code->side));
        const auto isFinder = [&](int left, int top) {
            for (int y = 0; y < 7; ++y)
                for (int x = 0; x < 7; ++x) {
                    const int ring = std::max(std::abs(x - 3), std::abs(y - 3));
                    if (code->isDark(left + x, top + y) != (ring != 2))
                        return false;
                }
            return true;
        };
        QVERIFY(isFinder(0, 0));
        QVERIFY(isFinder(code->side - 7, 0));
        QVERIFY(isFinder(0, code->side - 7));
        QVERIFY(!isFinder(code->side - 7, code->side - 7));
    }

    void isLightOutside()
    {
        const auto code = qrModules("x");

        QVERIFY(code->isDark(0, 0));
        QVERIFY(!code->isDark(-1, 0) && !code->isDark(0, code->side));
    }

    void differsWithItsText()
    {
        QVERIFY(qrModules("a")->dark != qrModules("b")->dark);
        QVERIFY(qrModules("a")->dark == qrModules("a")->dark);
    }

    void hasNoRoomForABook() { QVERIFY(!qrModules(std::string(3'000, 'a'))); }
};

QTEST_GUILESS_MAIN(QrTest)
#include "qr_test.moc"
