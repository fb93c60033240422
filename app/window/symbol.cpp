// SPDX-License-Identifier: MIT
#include "app/window/symbol.h"

#include <QAbstractButton>
#include <QPainter>
#include <QSvgRenderer>

namespace drover::app {

namespace {

QString fileOf(Symbol symbol)
{
    switch (symbol) {
    case Symbol::Now:
        return QStringLiteral(":/icons/symbols/now.svg");
    case Symbol::Queue:
        return QStringLiteral(":/icons/symbols/queue.svg");
    case Symbol::History:
        return QStringLiteral(":/icons/symbols/history.svg");
    case Symbol::Apps:
        return QStringLiteral(":/icons/symbols/apps.svg");
    case Symbol::Models:
        return QStringLiteral(":/icons/symbols/models.svg");
    case Symbol::Machine:
        return QStringLiteral(":/icons/symbols/machine.svg");
    case Symbol::Pools:
        return QStringLiteral(":/icons/symbols/pools.svg");
    case Symbol::Host:
        return QStringLiteral(":/icons/symbols/host.svg");
    case Symbol::Logs:
        return QStringLiteral(":/icons/symbols/logs.svg");
    case Symbol::Settings:
        return QStringLiteral(":/icons/symbols/settings.svg");
    case Symbol::Copy:
        return QStringLiteral(":/icons/symbols/copy.svg");
    case Symbol::Pause:
        return QStringLiteral(":/icons/symbols/pause.svg");
    case Symbol::Resume:
        return QStringLiteral(":/icons/symbols/resume.svg");
    case Symbol::Cancel:
        return QStringLiteral(":/icons/symbols/cancel.svg");
    case Symbol::Running:
        return QStringLiteral(":/icons/symbols/running.svg");
    case Symbol::Waiting:
        return QStringLiteral(":/icons/symbols/waiting.svg");
    case Symbol::Next:
        return QStringLiteral(":/icons/symbols/next.svg");
    case Symbol::Sort:
        return QStringLiteral(":/icons/symbols/sort.svg");
    case Symbol::Table:
        return QStringLiteral(":/icons/symbols/table.svg");
    case Symbol::Chart:
        return QStringLiteral(":/icons/symbols/chart.svg");
    case Symbol::Doctor:
        return QStringLiteral(":/icons/symbols/doctor.svg");
    }
    return {};
}

} // namespace

QPixmap symbolPixmap(Symbol symbol, const QColor& color, int size, qreal devicePixelRatio)
{
    QPixmap pixmap(QSize(size, size) * devicePixelRatio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    QSvgRenderer(fileOf(symbol)).render(&painter, QRectF(pixmap.rect()));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    pixmap.setDevicePixelRatio(devicePixelRatio);
    return pixmap;
}

void setSymbol(QAbstractButton& button, Symbol symbol, const QColor& color)
{
    constexpr int size = 16;
    constexpr int distance = 4; // besides the style's own
    QIcon icon;
    for (const qreal ratio : {1.0, 1.5, 2.0, 3.0}) {
        QPixmap pixmap(QSize(size + distance, size) * ratio);
        pixmap.setDevicePixelRatio(ratio);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        const int left = button.layoutDirection() == Qt::RightToLeft ? distance : 0;
        painter.drawPixmap(left, 0, symbolPixmap(symbol, color, size, ratio));
        painter.end();
        icon.addPixmap(pixmap);
    }
    button.setProperty("symbol", true); // app/window/style.cpp
    button.setIconSize(QSize(size + distance, size));
    button.setIcon(icon);
}

QIcon symbolIcon(Symbol symbol, const QColor& color)
{
    QIcon icon;
    for (const qreal ratio : {1.0, 1.5, 2.0, 3.0})
        icon.addPixmap(symbolPixmap(symbol, color, 16, ratio));
    return icon;
}

} // namespace drover::app
