// SPDX-License-Identifier: MIT
#include "app/window/chart_series.h"
#include "app/window/time_chart.h"

#include <QLocale>
#include <QTest>

#include <algorithm>
#include <limits>

using namespace drover::app;

class ChartSeriesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void losesNoPeakHoweverNarrow()
    {
        std::vector<float> values(600, 10);
        values[123] = 90;
        values[124] = 1;

        for (const std::size_t columns : {1u, 7u, 100u, 599u, 600u, 2000u}) {
            const auto extents = chart::decimated(values, columns);

            QCOMPARE(extents.size(), std::min<std::size_t>(columns, 600));
            const auto greatest = std::max_element(
                extents.begin(), extents.end(), [](const auto& a, const auto& b) { return a.greatest < b.greatest; });
            const auto least = std::min_element(
                extents.begin(), extents.end(), [](const auto& a, const auto& b) { return a.least < b.least; });
            QCOMPARE(greatest->greatest, 90.0f);
            QCOMPARE(least->least, 1.0f);
        }
    }
    void makesNothingOfNothing() { QVERIFY(chart::decimated({}, 100).empty()); }

    void roundsTheTopOfTheAxis_data()
    {
        QTest::addColumn<double>("greatest");
        QTest::addColumn<double>("top");
        QTest::newRow("nothing") << 0.0 << 10.0;
        QTest::newRow("below the least") << 3.0 << 10.0;
        QTest::newRow("exactly") << 50.0 << 50.0;
        QTest::newRow("a little more") << 50.1 << 100.0;
        QTest::newRow("twelve") << 12.0 << 20.0;
        QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << 10.0;
        QTest::newRow("without end") << std::numeric_limits<double>::infinity() << 10.0;
    }
    void roundsTheTopOfTheAxis()
    {
        QFETCH(double, greatest);
        QFETCH(double, top);
        QCOMPARE(chart::niceTop(greatest, 10), top);
    }

    void sumsUpMinutesNewestFirst()
    {
        std::vector<float> values(90, 1);
        values.back() = 61;

        const auto minutes = chart::minutes(values);

        QCOMPARE(minutes.size(), 2u);
        QVERIFY((minutes[0] == chart::Minute{.minutesAgo = 0, .average = 2, .peak = 61}));
        QVERIFY((minutes[1] == chart::Minute{.minutesAgo = 1, .average = 1, .peak = 1}));
    }
    void saysInOneSentenceWhatThePictureShows()
    {
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
        QCOMPARE(TimeChart::summary({0, 0, 0}), QStringLiteral("No tokens in the last ten minutes."));
        QCOMPARE(TimeChart::summary({0, 20, 40}),
            QStringLiteral(
                "Up to 40 tok/s in the last ten minutes, 30 tok/s on average while busy, 40 tok/s at present."));
    }
};

QTEST_GUILESS_MAIN(ChartSeriesTest)
#include "chart_series_test.moc"
