// SPDX-License-Identifier: MIT
#include "app/window/headline.h"

#include "app/queue_control.h"
#include "app/window/card.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QHBoxLayout>
#include <QPainter>
#include <QVBoxLayout>

namespace drover::app {

namespace {

constexpr int markSize = 32;
constexpr int largeCharactersMax = 44; ///< a longer sentence is set smaller

struct Colors {
    QColor mark;
    QColor ground;
};

Colors colorsOf(Face face, const Theme& theme)
{
    switch (face) {
    case Face::Error:
    case Face::Off:
        return {theme.danger, theme.dangerSoft};
    case Face::Paused:
    case Face::Finishing:
    case Face::Starting:
        return {theme.warning, theme.warningSoft};
    case Face::Busy:
    case Face::Ready:
        return {theme.accent, theme.accentSoft};
    }
    return {theme.text, theme.card};
}

} // namespace

MarkView::MarkView(QWidget* parent)
    : QWidget(parent)
{
    setFixedSize(markSize + 2 * space::large, markSize + 2 * space::large);
}

void MarkView::show(const StateMark& mark)
{
    if (mark == m_mark)
        return;
    m_mark = mark;
    update();
}

void MarkView::paintEvent(QPaintEvent*)
{
    const auto colors = colorsOf(m_mark.face, currentTheme());
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(colors.ground);
    painter.drawRoundedRect(rect(), 16, 16);
    paintMark(painter, QRect(space::large, space::large, markSize, markSize), m_mark, colors.mark);
}

Headline::Headline(QueueControl& control, QWidget* parent)
    : QWidget(parent)
    , m_control(control)
    , m_mark(new MarkView)
    , m_sentence(new QLabel)
    , m_demo(new QLabel(tr("Simulated model")))
    , m_fix(quiet(new QLabel))
    , m_startAgain(new QPushButton(tr("Try again")))
{
    m_sentence->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_sentence->setAccessibleName(tr("State"));
    m_demo->setObjectName(QStringLiteral("badge"));
    m_demo->setToolTip(tr("Answers are made up by a model inside Drover; no real one is asked."));
    m_fix->setWordWrap(true);
    m_fix->setTextFormat(Qt::PlainText);
    m_fix->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_startAgain->setProperty("primary", true);
    connect(m_startAgain, &QPushButton::clicked, this, [this] { m_control.startAgain(); });

    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Maximum);
    auto* words = new QVBoxLayout;
    words->setSpacing(space::tight);
    words->addStretch();
    words->addWidget(m_sentence);
    words->addWidget(m_fix);
    words->addWidget(m_demo, 0, Qt::AlignLeft);
    words->addStretch();

    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(space::large);
    whole->addWidget(m_mark, 0, Qt::AlignTop);
    whole->addLayout(words, 1);
    whole->addWidget(m_startAgain, 0, Qt::AlignVCenter);
}

void Headline::say(const QString& sentence)
{
    if (sentence == m_sentence->text())
        return;
    const bool isLong = sentence.size() > largeCharactersMax;
    m_sentence->setFont(textFont(isLong ? TextSize::Sentence : TextSize::Headline, QFont::DemiBold));
    m_sentence->setText(sentence);
}

void Headline::show(const drover::Snapshot& snapshot)
{
    m_mark->show(markOf(snapshot));
    say(wording::text(snapshot.reasonText));
    setTextOf(m_fix, wording::text(snapshot.fixText));
    m_fix->setVisible(!snapshot.fixText.empty());
    m_demo->setVisible(snapshot.demo);
    m_startAgain->setVisible(snapshot.state == drover::EngineState::Error && snapshot.address.empty());
}

} // namespace drover::app
