// SPDX-License-Identifier: MIT
#include "app/window/day_bars.h"

#include "app/window/chart_series.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>

#include <algorithm>

namespace drover::app {

namespace {

constexpr double topLeast = 10;
constexpr int labelsHeight = 20;
constexpr int labelsWidth = 52;

} // namespace

DayBars::DayBars(QWidget* parent)
    : QWidget(parent)
{
    setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
    setAccessibleName(tr("Tokens given to pools per day"));
    show({}, QDate::currentDate());
}

std::vector<DayBars::Day> DayBars::daysOf(const std::vector<drover::LedgerRow>& rows, const QDate& today)
{
    std::vector<Day> days;
    for (int ago = daysShown - 1; ago >= 0; --ago)
        days.push_back({.date = today.addDays(-ago)});
    for (const drover::LedgerRow& row : rows) {
        const QDate date(row.date / 10000, row.date / 100 % 100, row.date % 100);
        const auto found = std::ranges::find(days, date, &Day::date);
        if (found == days.end())
            continue;
        found->jobs += row.given.jobs;
        found->tokens += row.given.promptTokens + row.given.outputTokens;
    }
    return days;
}

QString DayBars::summary(const std::vector<Day>& days)
{
    std::uint64_t tokens = 0;
    std::uint64_t jobs = 0;
    for (const Day& day : days) {
        tokens += day.tokens;
        jobs += day.jobs;
    }
    if (jobs == 0)
        return tr("No pool was given anything in the last %n day(s).", nullptr, daysShown);
    const auto most = std::ranges::max_element(days, {}, &Day::tokens);
    return tr("%1 tokens in %2 jobs in the last %n day(s), most on %3.", nullptr, daysShown)
        .arg(wording::count(tokens), wording::count(jobs), QLocale().toString(most->date, QLocale::ShortFormat));
}

void DayBars::show(const std::vector<drover::LedgerRow>& rows, const QDate& today)
{
    auto days = daysOf(rows, today);
    if (days == m_days)
        return;
    m_days = std::move(days);
    const auto most = std::ranges::max_element(m_days, {}, &Day::tokens);
    m_top = chart::niceTop(static_cast<double>(most->tokens), topLeast);
    setAccessibleDescription(summary(m_days));
    update();
}

QRectF DayBars::plot() const
{
    return QRectF(rect()).adjusted(labelsWidth, 8, -8, -labelsHeight);
}

QRectF DayBars::barOf(int day) const
{
    const QRectF area = plot();
    const double step = area.width() / daysShown;
    const double height = area.height() * static_cast<double>(m_days[static_cast<std::size_t>(day)].tokens) / m_top;
    return {area.left() + step * day + step * 0.15, area.bottom() - height, step * 0.7, height};
}

void DayBars::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setLayoutDirection(Qt::LeftToRight); // time goes to the right in every language
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setFont(textFont(TextSize::Caption));
    paintAxes(painter);
    painter.setPen(Qt::NoPen);
    for (int day = 0; day < static_cast<int>(m_days.size()); ++day) {
        const QRectF bar = barOf(day);
        painter.setBrush(m_cursor == day ? currentTheme().accentHover : currentTheme().accent);
        if (bar.height() > 0)
            painter.drawRoundedRect(bar.adjusted(0, std::min(0.0, bar.height() - 2), 0, 0), 2, 2);
    }
    if (m_cursor)
        paintReadOut(painter);
    if (hasFocus()) {
        painter.setPen(QPen(currentTheme().accent, 1));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6);
    }
}

void DayBars::paintAxes(QPainter& painter) const
{
    const auto& colors = currentTheme();
    const QRectF area = plot();
    for (const double part : {0.0, 0.5, 1.0}) {
        const double y = qRound(area.bottom() - area.height() * part) + 0.5;
        painter.setPen(QPen(colors.line, 1));
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
        painter.setPen(colors.quietText);
        painter.drawText(QRectF(0, y - 10, labelsWidth - 8, 20), Qt::AlignRight | Qt::AlignVCenter,
            wording::count(static_cast<std::uint64_t>(m_top * part)));
    }
    const QRectF below(area.left(), area.bottom() + 4, area.width(), labelsHeight - 4);
    painter.drawText(
        below, Qt::AlignLeft | Qt::AlignVCenter, QLocale().toString(m_days.front().date, QLocale::ShortFormat));
    painter.drawText(below, Qt::AlignRight | Qt::AlignVCenter, tr("today"));
}

void DayBars::paintReadOut(QPainter& painter) const
{
    const auto& colors = currentTheme();
    const Day& day = m_days[static_cast<std::size_t>(*m_cursor)];
    const QString text = tr("%1: %2 tokens, %3 jobs")
                             .arg(QLocale().toString(day.date, QLocale::ShortFormat), wording::count(day.tokens),
                                 wording::count(day.jobs));
    QRectF bubble = QRectF(painter.fontMetrics().boundingRect(text)).adjusted(-8, -5, 8, 5);
    bubble.moveCenter(QPointF(barOf(*m_cursor).center().x(), plot().top() + bubble.height() / 2));
    bubble.moveLeft(std::clamp(bubble.left(), plot().left(), std::max(plot().left(), plot().right() - bubble.width())));
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.text);
    painter.drawRoundedRect(bubble, 6, 6);
    painter.setPen(colors.card);
    painter.drawText(bubble, Qt::AlignCenter, text);
}

void DayBars::mouseMoveEvent(QMouseEvent* event)
{
    const QRectF area = plot();
    moveCursor(static_cast<int>((event->position().x() - area.left()) / std::max(area.width(), 1.0) * daysShown));
}

void DayBars::leaveEvent(QEvent*)
{
    m_cursor.reset();
    update();
}

void DayBars::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Left:
        return moveCursor(m_cursor.value_or(daysShown) - 1);
    case Qt::Key_Right:
        return moveCursor(m_cursor.value_or(daysShown - 2) + 1);
    case Qt::Key_Home:
        return moveCursor(0);
    case Qt::Key_End:
        return moveCursor(daysShown - 1);
    default:
        QWidget::keyPressEvent(event);
    }
}

void DayBars::focusOutEvent(QFocusEvent* event)
{
    m_cursor.reset();
    QWidget::focusOutEvent(event);
}

void DayBars::moveCursor(int day)
{
    m_cursor = std::clamp(day, 0, daysShown - 1);
    update();
}

} // namespace drover::app
