// SPDX-License-Identifier: MIT
#include "app/window/style.h"

#include <QApplication>
#include <QTest>

#include <cmath>

using namespace drover::app;

namespace {

/// Relative luminance by WCAG 2.1.
double luminance(const QColor& color)
{
    const auto linear = [](double part) {
        return part <= 0.03928 ? part / 12.92 : std::pow((part + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrastOf(const QColor& one, const QColor& other)
{
    const double a = luminance(one) + 0.05;
    const double b = luminance(other) + 0.05;
    return std::max(a, b) / std::min(a, b);
}

} // namespace

class StyleTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void canBeReadInEveryTheme_data()
    {
        QTest::addColumn<ColorScheme>("scheme");
        QTest::addColumn<Contrast>("contrast");
        QTest::addColumn<double>("least");
        QTest::newRow("light") << ColorScheme::Light << Contrast::Normal << 4.5;
        QTest::newRow("dark") << ColorScheme::Dark << Contrast::Normal << 4.5;
        QTest::newRow("light, high contrast") << ColorScheme::Light << Contrast::High << 7.0;
        QTest::newRow("dark, high contrast") << ColorScheme::Dark << Contrast::High << 7.0;
    }
    void canBeReadInEveryTheme()
    {
        QFETCH(ColorScheme, scheme);
        QFETCH(Contrast, contrast);
        QFETCH(double, least);
        const Theme& colors = theme(scheme, contrast);

        for (const QColor& ground : {colors.ground, colors.sidebar, colors.card})
            for (const QColor& text : {colors.text, colors.quietText, colors.accent, colors.warning, colors.danger})
                QVERIFY2(contrastOf(text, ground) >= least, qPrintable(text.name() + ground.name()));
        QVERIFY(contrastOf(colors.onAccent, colors.accent) >= least);
        QVERIFY(contrastOf(colors.text, colors.accentSoft) >= least);
        QVERIFY(contrastOf(colors.warning, colors.warningSoft) >= least);
        QVERIFY(contrastOf(colors.danger, colors.dangerSoft) >= least);
        QVERIFY(contrast == Contrast::Normal || contrastOf(colors.line, colors.card) >= 3);
    }
    void knowsWhichThemeIsShown()
    {
        for (const auto scheme : {ColorScheme::Light, ColorScheme::Dark}) {
            for (const auto contrast : {Contrast::Normal, Contrast::High}) {
                applyTheme(*qApp, scheme, contrast);
                QCOMPARE(&currentTheme(), &theme(scheme, contrast));
            }
        }
    }
};

QTEST_MAIN(StyleTest)
#include "style_test.moc"
