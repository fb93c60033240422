// SPDX-License-Identifier: MIT
#include "app/window/card.h"

#include "app/window/style.h"

#include <QHBoxLayout>
#include <QHelpEvent>
#include <QPainter>
#include <QStyle>
#include <QStyleOption>
#include <QToolTip>
#include <QVBoxLayout>

namespace drover::app {

ElidedLabel::ElidedLabel(const QString& text, QWidget* parent)
    : QLabel(text, parent)
{
    setTextFormat(Qt::PlainText); // names come from other programs
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Preferred);
}

QSize ElidedLabel::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 4, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    const auto cut = fontMetrics().elidedText(text(), Qt::ElideRight, contentsRect().width());
    style()->drawItemText(&painter, contentsRect(),
        static_cast<int>(QStyle::visualAlignment(layoutDirection(), alignment())), palette(), isEnabled(), cut,
        foregroundRole());
}

bool ElidedLabel::event(QEvent* event)
{
    if (event->type() != QEvent::ToolTip)
        return QLabel::event(event);
    const bool isCut = fontMetrics().horizontalAdvance(text()) > contentsRect().width();
    QToolTip::showText(static_cast<QHelpEvent*>(event)->globalPos(), isCut ? text().toHtmlEscaped() : QString(), this);
    return true;
}

Card::Card(const QString& title, QWidget* parent)
    : QFrame(parent)
{
    setObjectName(QStringLiteral("card"));
    setAccessibleName(title);

    auto* heading = quiet(new QLabel(title));
    heading->setFont(textFont(TextSize::Caption, QFont::DemiBold));
    heading->setVisible(!title.isEmpty());
    auto* top = new QHBoxLayout;
    top->addWidget(heading);
    top->addStretch();
    m_corner = new QHBoxLayout;
    m_corner->setSpacing(space::small);
    top->addLayout(m_corner);

    m_body = new QVBoxLayout;
    m_body->setSpacing(space::small);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::large, 10, space::large, space::medium);
    whole->setSpacing(space::tight);
    whole->addLayout(top);
    whole->addLayout(m_body, 1);
}

void setTextOf(QLabel* label, const QString& text)
{
    if (label->text() != text)
        label->setText(text);
}

} // namespace drover::app
