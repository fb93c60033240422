// SPDX-License-Identifier: MIT
#include "app/window/advice_row.h"

#include "app/window/card.h"
#include "app/window/style.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace drover::app {

namespace {

constexpr int markSize = 20;

QString nameOf(AdviceRow::Mark mark)
{
    switch (mark) {
    case AdviceRow::Mark::Bad:
        return AdviceRow::tr("Problem");
    case AdviceRow::Mark::Odd:
        return AdviceRow::tr("Warning");
    case AdviceRow::Mark::Good:
        return AdviceRow::tr("In order");
    case AdviceRow::Mark::None:
        break;
    }
    return {};
}

/// A cross in a square, an exclamation mark in a triangle, a tick in a circle, a dash: told apart without colour.
void paintShape(QPainter& painter, AdviceRow::Mark mark, const Theme& colors)
{
    painter.setPen(Qt::NoPen);
    QPen pen(colors.card, 2, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    switch (mark) {
    case AdviceRow::Mark::Bad:
        painter.setBrush(colors.danger);
        painter.drawRoundedRect(QRectF(2, 2, 16, 16), 4, 4);
        painter.setPen(pen);
        painter.drawLine(QPointF(7, 7), QPointF(13, 13));
        painter.drawLine(QPointF(13, 7), QPointF(7, 13));
        break;
    case AdviceRow::Mark::Odd:
        painter.setBrush(colors.warning);
        painter.drawPolygon(QPolygonF({{10, 1.5}, {19, 18}, {1, 18}}));
        painter.setPen(pen);
        painter.drawLine(QPointF(10, 7.5), QPointF(10, 12));
        painter.drawPoint(QPointF(10, 15.3));
        break;
    case AdviceRow::Mark::Good:
        painter.setBrush(colors.accent);
        painter.drawEllipse(QRectF(2, 2, 16, 16));
        painter.setPen(pen);
        painter.drawPolyline(QPolygonF({{6.5, 10.3}, {9, 12.8}, {13.5, 7.6}}));
        break;
    case AdviceRow::Mark::None:
        pen.setColor(colors.quietText);
        painter.setPen(pen);
        painter.drawLine(QPointF(6, 10), QPointF(14, 10));
        break;
    }
}

} // namespace

AdviceRow::AdviceRow(QWidget* parent)
    : QFrame(parent)
    , m_mark(new QLabel)
    , m_sentence(new QLabel)
    , m_fix(quiet(new QLabel))
    , m_button(new QPushButton)
{
    for (auto* label : {m_sentence, m_fix}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // has words of other programs
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    }
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_sentence);
    words->addWidget(m_fix);
    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, space::tight, 0, space::tight);
    whole->setSpacing(space::medium);
    whole->addWidget(m_mark, 0, Qt::AlignTop);
    whole->addLayout(words, 1);
    whole->addWidget(m_button, 0, Qt::AlignVCenter);
    m_button->hide();
}

void AdviceRow::show(Mark mark, const QString& sentence, const QString& fix, const QString& button)
{
    m_shape = mark;
    drawMark();
    setTextOf(m_sentence, sentence);
    setTextOf(m_fix, fix);
    m_fix->setVisible(!fix.isEmpty());
    m_button->setVisible(!button.isEmpty());
    m_button->setText(button);
    m_button->setAccessibleDescription(sentence);
    const QString name = nameOf(mark);
    m_mark->setAccessibleName(name);
    setAccessibleName(name.isEmpty() ? sentence : tr("%1: %2").arg(name, sentence));
    setAccessibleDescription(fix);
}

void AdviceRow::changeEvent(QEvent* event)
{
    QFrame::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_mark != nullptr)
        drawMark();
}

void AdviceRow::drawMark()
{
    QPixmap picture(QSize(markSize, markSize) * devicePixelRatioF());
    picture.setDevicePixelRatio(devicePixelRatioF());
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing);
    paintShape(painter, m_shape, currentTheme());
    painter.end();
    m_mark->setPixmap(picture);
}

} // namespace drover::app
