// SPDX-License-Identifier: MIT
#include "app/window/time_chart.h"

#include "app/window/chart_series.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QPainterPath>

#include <algorithm>
#include <numeric>

namespace drover::app {

namespace {

constexpr int secondsMax = 600;
constexpr int minutesPerLabel = 2;
constexpr double topLeast = 10;

constexpr int labelsHeight = 22;
constexpr int labelsWidth = 40;

QString agoText(int seconds)
{
    return seconds == 0 ? TimeChart::tr("now")
                        : TimeChart::tr("%1 ago").arg(wording::duration(std::chrono::seconds(seconds)));
}

} // namespace

TimeChart::TimeChart(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Tokens per second over ten minutes"));
    show({});
}

void TimeChart::show(const std::vector<float>& tokensPerSecond)
{
    const auto shown = std::min<std::size_t>(tokensPerSecond.size(), secondsMax);
    m_values.assign(tokensPerSecond.end() - static_cast<std::ptrdiff_t>(shown), tokensPerSecond.end());
    const auto greatest = m_values.empty() ? 0.0f : *std::max_element(m_values.begin(), m_values.end());
    m_top = chart::niceTop(greatest, topLeast);
    setAccessibleDescription(summary(m_values));
    update();
}

QString TimeChart::summary(const std::vector<float>& tokensPerSecond)
{
    const auto busy = [](float value) { return value > 0; };
    const auto busySeconds = std::count_if(tokensPerSecond.begin(), tokensPerSecond.end(), busy);
    if (busySeconds == 0)
        return tr("No tokens in the last ten minutes.");
    const auto sum = std::accumulate(tokensPerSecond.begin(), tokensPerSecond.end(), 0.0);
    return tr("Up to %1 in the last ten minutes, %2 on average while busy, %3 at present.")
        .arg(wording::rate(*std::max_element(tokensPerSecond.begin(), tokensPerSecond.end())),
            wording::rate(sum / static_cast<double>(busySeconds)), wording::rate(tokensPerSecond.back()));
}

QSize TimeChart::sizeHint() const
{
    return {520, 100};
}

QSize TimeChart::minimumSizeHint() const
{
    return {240, 96};
}

QRectF TimeChart::plot() const
{
    return QRectF(rect()).adjusted(labelsWidth, 8, -8, -labelsHeight);
}

qreal TimeChart::xOf(qreal secondsAgo) const
{
    const auto area = plot();
    return area.right() - area.width() * secondsAgo / (secondsMax - 1);
}

qreal TimeChart::yOf(double value) const
{
    const auto area = plot();
    return area.bottom() - area.height() * value / m_top;
}

void TimeChart::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // time goes to the right in every language
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TextSize::Caption));
    paintAxes(painter);
    paintArea(painter);
    if (m_secondsAgo)
        paintReadOut(painter);
    if (hasFocus()) {
        painter.setPen(QPen(currentTheme().accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
}

void TimeChart::paintAxes(QPainter& painter) const
{
    const auto& colors = currentTheme();
    const auto area = plot();
    for (const double part : {0.0, 0.5, 1.0}) {
        const auto y = qRound(yOf(m_top * part)) + 0.5;
        painter.setPen(QPen(colors.line, 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(colors.quietText);
        const auto value = m_top * part;
        const int decimals = value > 0 && value < 1 ? 1 : 0;
        painter.drawText(QRectF(0, y - 10, labelsWidth - 8, 20), Qt::AlignRight | Qt::AlignVCenter,
            QLocale().toString(value, 'f', decimals));
    }
    for (int minutes = 0; minutes <= 10; minutes += minutesPerLabel) {
        const QRectF place(xOf(minutes * 60.0) - 50, area.bottom() + 4, 100, labelsHeight - 4);
        if (minutes == 0)
            painter.drawText(place.translated(-46, 0), Qt::AlignRight | Qt::AlignVCenter, tr("now"));
        else if (minutes == 10)
            painter.drawText(place.translated(50, 0), Qt::AlignLeft | Qt::AlignVCenter, tr("%1 min ago").arg(minutes));
        else
            painter.drawText(place, Qt::AlignCenter, QLocale().toString(minutes));
    }
}

void TimeChart::paintArea(QPainter& painter) const
{
    if (m_values.empty())
        return;
    const auto& colors = currentTheme();
    const auto columns = chart::decimated(m_values, static_cast<std::size_t>(std::max(plot().width(), 2.0)));
    const auto secondsPerColumn = static_cast<qreal>(m_values.size()) / static_cast<qreal>(columns.size());
    QPolygonF crest;
    for (std::size_t column = 0; column < columns.size(); ++column) {
        const auto x = xOf(secondsPerColumn * static_cast<qreal>(columns.size() - 1 - column));
        const auto& extent = columns[column];
        crest << QPointF(x, yOf(extent.greatest));
        if (extent.least < extent.greatest)
            crest << QPointF(x, yOf(extent.least));
    }

    QPainterPath area;
    area.moveTo(crest.first().x(), yOf(0));
    for (const auto& point : std::as_const(crest))
        area.lineTo(point);
    area.lineTo(crest.last().x(), yOf(0));
    area.closeSubpath();
    QLinearGradient fill(plot().topLeft(), plot().bottomLeft());
    auto strong = colors.accent;
    strong.setAlphaF(0.34f);
    auto weak = colors.accent;
    weak.setAlphaF(0.04f);
    fill.setColorAt(0, strong);
    fill.setColorAt(1, weak);
    painter.fillPath(area, fill);
    painter.setPen(QPen(colors.accent, 1.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.drawPolyline(crest);
}

void TimeChart::paintReadOut(QPainter& painter) const
{
    const auto& colors = currentTheme();
    const auto secondsAgo = static_cast<std::size_t>(*m_secondsAgo);
    const bool known = secondsAgo < m_values.size();
    const auto x = xOf(static_cast<qreal>(secondsAgo));
    painter.setPen(QPen(colors.quietText, 1, Qt::DashLine));
    painter.drawLine(QPointF(x, plot().top()), QPointF(x, plot().bottom()));
    if (known) {
        const auto y = yOf(m_values[m_values.size() - 1 - secondsAgo]);
        painter.setPen(QPen(colors.card, 2));
        painter.setBrush(colors.accent);
        painter.drawEllipse(QPointF(x, y), 5, 5);
    }

    const auto value = known ? wording::rate(m_values[m_values.size() - 1 - secondsAgo]) : tr("not running");
    const auto text = tr("%1, %2").arg(value, agoText(*m_secondsAgo));
    auto bubble = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-8, -5, 8, 5);
    bubble.moveCenter(QPointF(x, plot().top() + bubble.height() / 2));
    bubble.moveLeft(std::clamp(bubble.left(), plot().left(), std::max(plot().left(), plot().right() - bubble.width())));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.text);
    painter.drawRoundedRect(bubble, 6, 6);
    painter.setPen(colors.card);
    painter.drawText(bubble, Qt::AlignCenter, text);
}

void TimeChart::mouseMoveEvent(QMouseEvent* event)
{
    const auto area = plot();
    const auto fraction = (area.right() - event->position().x()) / std::max(area.width(), 1.0);
    moveCursor(qRound(fraction * (secondsMax - 1)));
}

void TimeChart::leaveEvent(QEvent*)
{
    m_secondsAgo.reset();
    update();
}

void TimeChart::keyPressEvent(QKeyEvent* event)
{
    constexpr int step = 10;
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCursor(m_secondsAgo ? *m_secondsAgo + step : 0);
    case Qt::Key_Right:
        return moveCursor(m_secondsAgo.value_or(0) - step);
    case Qt::Key_Home:
        return moveCursor(secondsMax - 1);
    case Qt::Key_End:
        return moveCursor(0);
    default:
        QWidget::keyPressEvent(event);
    }
}

void TimeChart::focusOutEvent(QFocusEvent* event)
{
    m_secondsAgo.reset();
    QWidget::focusOutEvent(event);
}

void TimeChart::moveCursor(int secondsAgo)
{
    m_secondsAgo = std::clamp(secondsAgo, 0, secondsMax - 1);
    update();
}

} // namespace drover::app
