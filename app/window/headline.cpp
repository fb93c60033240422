// SPDX-License-Identifier: MIT
#include "app/window/headline.h"

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
    case Face::Asleep:
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

Headline::Headline(QWidget* parent)
    : QWidget(parent)
    , m_mark(new MarkView)
    , m_sentence(new QLabel)
    , m_demo(new QLabel(tr("Simulated model")))
    , m_fix(quiet(new QLabel))
    , m_why(new QPushButton(tr("Why?")))
    , m_button(new QPushButton)
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
    m_why->setProperty("flat", true);
    m_why->setToolTip(tr("Everything that explains this state"));
    m_button->setProperty("primary", true);
    connect(m_why, &QPushButton::clicked, this, &Headline::whyAsked);
    connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT fixAsked(m_action, m_setting); });

    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true); // the sentence may need a second line
    setSizePolicy(policy);
    auto* words = new QVBoxLayout;
    words->setSpacing(space::tight);
    words->addStretch();
    words->addWidget(m_sentence);
    words->addWidget(m_fix);
    words->addWidget(m_demo, 0, Qt::AlignLeft);
    words->addWidget(m_button, 0, Qt::AlignLeft);
    words->addStretch();

    auto* whole = new QHBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(space::large);
    whole->addWidget(m_mark, 0, Qt::AlignTop);
    whole->addLayout(words, 1);
    whole->addWidget(m_why, 0, Qt::AlignVCenter);
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
    say(wording::reason(snapshot));
    const QString fix = wording::fix(snapshot);
    setTextOf(m_fix, fix);
    m_fix->setVisible(!fix.isEmpty());
    m_demo->setVisible(snapshot.demo);
    m_action = snapshot.fixAction;
    m_setting = wording::text(snapshot.fixSetting);
    // Going on after a pause has a button of its own beside this.
    const bool shown = m_action != drover::FixAction::None && m_action != drover::FixAction::Resume;
    if (const auto text = wording::button(m_action); shown && m_button->text() != text)
        m_button->setText(text);
    m_button->setVisible(shown);
}

} // namespace drover::app
