// SPDX-License-Identifier: MIT
#include "app/window/style.h"

#include <QApplication>
#include <QFile>
#include <QPalette>
#include <QStyle>
#include <QStyleFactory>

namespace drover::app {

namespace {

const Theme light{
    .ground = QColor(0xf5f6f8),
    .sidebar = QColor(0xebedf1),
    .card = QColor(0xffffff),
    .cardRaised = QColor(0xf0f2f5),
    .line = QColor(0xdfe3e8),
    .text = QColor(0x14181d),
    .quietText = QColor(0x59636f),
    .accent = QColor(0x0b7667),
    .accentHover = QColor(0x086558),
    .onAccent = QColor(0xffffff),
    .accentSoft = QColor(0xdcf1ed),
    .warning = QColor(0x8a5300),
    .warningSoft = QColor(0xfdf0d8),
    .danger = QColor(0xb3261e),
    .dangerSoft = QColor(0xfce8e6),
    .series = {QColor(0x0b7667), QColor(0x5b5bd6), QColor(0xc2410c), QColor(0x0369a1), QColor(0xa21caf),
        QColor(0x7c8794)},
};

const Theme dark{
    .ground = QColor(0x13161a),
    .sidebar = QColor(0x0d1013),
    .card = QColor(0x1b1f24),
    .cardRaised = QColor(0x252a31),
    .line = QColor(0x2c323a),
    .text = QColor(0xe9ecf0),
    .quietText = QColor(0x9aa4b1),
    .accent = QColor(0x3cc9ae),
    .accentHover = QColor(0x62d9c3),
    .onAccent = QColor(0x06231e),
    .accentSoft = QColor(0x15332e),
    .warning = QColor(0xf0b455),
    .warningSoft = QColor(0x33280f),
    .danger = QColor(0xff8a80),
    .dangerSoft = QColor(0x3a1917),
    .series = {QColor(0x3cc9ae), QColor(0x8f8ff5), QColor(0xfb923c), QColor(0x38bdf8), QColor(0xe879f9),
        QColor(0x8a95a3)},
};

const Theme lightHigh{
    .ground = QColor(0xfffffe), // each theme has a ground of its own: see currentTheme()
    .sidebar = QColor(0xffffff),
    .card = QColor(0xffffff),
    .cardRaised = QColor(0xe8e8e8),
    .line = QColor(0x4a4a4a),
    .text = QColor(0, 0, 0),
    .quietText = QColor(0x303030),
    .accent = QColor(0x00493f),
    .accentHover = QColor(0x002f29),
    .onAccent = QColor(0xffffff),
    .accentSoft = QColor(0xd2f0ea),
    .warning = QColor(0x5c3600),
    .warningSoft = QColor(0xfff3dc),
    .danger = QColor(0x8a0f0a),
    .dangerSoft = QColor(0xfff0ee),
    .series = {QColor(0x00493f), QColor(0x35359c), QColor(0x8a2600), QColor(0x004a75), QColor(0x6e1173),
        QColor(0x4a4a4a)},
};

const Theme darkHigh{
    .ground = QColor(0x000001),
    .sidebar = QColor(0, 0, 0),
    .card = QColor(0, 0, 0),
    .cardRaised = QColor(0x262626),
    .line = QColor(0xb8b8b8),
    .text = QColor(0xffffff),
    .quietText = QColor(0xd8d8d8),
    .accent = QColor(0x6ff0d6),
    .accentHover = QColor(0xa5f7e6),
    .onAccent = QColor(0, 0, 0),
    .accentSoft = QColor(0x0c3b33),
    .warning = QColor(0xffd27a),
    .warningSoft = QColor(0x2e2200),
    .danger = QColor(0xffb3ac),
    .dangerSoft = QColor(0x3a0d0a),
    .series = {QColor(0x6ff0d6), QColor(0xb9b9ff), QColor(0xffb97d), QColor(0x7fd7ff), QColor(0xf3b0fb),
        QColor(0xc8c8c8)},
};

QPalette paletteOf(const Theme& colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.ground);
    palette.setColor(QPalette::WindowText, colors.text);
    palette.setColor(QPalette::Base, colors.card);
    palette.setColor(QPalette::AlternateBase, colors.cardRaised);
    palette.setColor(QPalette::ToolTipBase, colors.text);
    palette.setColor(QPalette::ToolTipText, colors.card);
    palette.setColor(QPalette::Text, colors.text);
    palette.setColor(QPalette::PlaceholderText, colors.quietText);
    palette.setColor(QPalette::Button, colors.card);
    palette.setColor(QPalette::ButtonText, colors.text);
    palette.setColor(QPalette::BrightText, colors.danger);
    palette.setColor(QPalette::Light, colors.card);
    palette.setColor(QPalette::Midlight, colors.cardRaised);
    palette.setColor(QPalette::Mid, colors.line);
    palette.setColor(QPalette::Dark, colors.line);
    palette.setColor(QPalette::Shadow, colors.line);
    palette.setColor(QPalette::Highlight, colors.accent);
    palette.setColor(QPalette::HighlightedText, colors.onAccent);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::LinkVisited, colors.accent);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colors.quietText);
    return palette;
}

/// The style sheet with each `@name` replaced by the theme's colour of that name.
QString styleSheetOf(const Theme& colors)
{
    QFile file(QStringLiteral(":/style/drover.qss"));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    auto sheet = QString::fromUtf8(file.readAll());
    // Longer names first: `@card` begins `@cardRaised`.
    const std::pair<QLatin1String, QColor> names[] = {
        {QLatin1String("@ground"), colors.ground},
        {QLatin1String("@sidebar"), colors.sidebar},
        {QLatin1String("@cardRaised"), colors.cardRaised},
        {QLatin1String("@card"), colors.card},
        {QLatin1String("@line"), colors.line},
        {QLatin1String("@text"), colors.text},
        {QLatin1String("@quietText"), colors.quietText},
        {QLatin1String("@accentHover"), colors.accentHover},
        {QLatin1String("@accentSoft"), colors.accentSoft},
        {QLatin1String("@accent"), colors.accent},
        {QLatin1String("@onAccent"), colors.onAccent},
        {QLatin1String("@warningSoft"), colors.warningSoft},
        {QLatin1String("@warning"), colors.warning},
        {QLatin1String("@dangerSoft"), colors.dangerSoft},
        {QLatin1String("@danger"), colors.danger},
    };
    for (const auto& [name, color] : names)
        sheet.replace(name, color.name());
    // Right to left, the style puts a centred text beside an icon at the wrong end of the button.
    if (QGuiApplication::layoutDirection() == Qt::RightToLeft)
        sheet += QStringLiteral("QPushButton[symbol=\"true\"] { text-align: left; }");
    return sheet;
}

qreal scaleOf(TextSize size)
{
    switch (size) {
    case TextSize::Caption:
        return 0.9;
    case TextSize::Body:
        return 1;
    case TextSize::Title:
        return 1.1;
    case TextSize::Sentence:
        return 1.35;
    case TextSize::Figure:
        return 1.7;
    case TextSize::Headline:
        return 1.75;
    }
    return 1;
}

} // namespace

const Theme& theme(ColorScheme scheme, Contrast contrast)
{
    if (contrast == Contrast::High)
        return scheme == ColorScheme::Dark ? darkHigh : lightHigh;
    return scheme == ColorScheme::Dark ? dark : light;
}

const Theme& currentTheme()
{
    const auto ground = QApplication::palette().color(QPalette::Window);
    for (const Theme* each : {&dark, &lightHigh, &darkHigh}) {
        if (each->ground == ground)
            return *each;
    }
    return light;
}

QFont textFont(TextSize size, QFont::Weight weight)
{
    auto font = QApplication::font();
    if (font.pointSizeF() > 0)
        font.setPointSizeF(font.pointSizeF() * scaleOf(size));
    else
        font.setPixelSize(qRound(font.pixelSize() * scaleOf(size)));
    font.setWeight(weight);
    return font;
}

void applyTheme(QApplication& application, ColorScheme scheme, Contrast contrast)
{
    // Fusion looks and behaves the same everywhere and takes every colour from the palette.
    if (application.style()->name() != QLatin1String("fusion"))
        application.setStyle(QStyleFactory::create(QStringLiteral("Fusion")));
    const Theme& colors = theme(scheme, contrast);
    application.setPalette(paletteOf(colors));
    application.setStyleSheet(styleSheetOf(colors));
}

QVariant cellAlignment(bool isNumber)
{
    return QVariant::fromValue(Qt::Alignment((isNumber ? Qt::AlignRight : Qt::AlignLeft) | Qt::AlignVCenter));
}

} // namespace drover::app
