// SPDX-License-Identifier: MIT
#include "app/first_run/first_run_step.h"

#include "app/window/card.h"
#include "app/window/style.h"

#include <QVBoxLayout>

namespace drover::app {

FirstRunStep::FirstRunStep(const QString& title, const QString& sentence, QWidget* parent)
    : QWidget(parent)
    , m_body(new QVBoxLayout)
    , m_trouble(new QLabel)
{
    setAccessibleName(title);
    auto* heading = new QLabel(title);
    heading->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    heading->setWordWrap(true);
    auto* words = quiet(new QLabel(sentence));
    words->setWordWrap(true);
    m_trouble->setObjectName(QStringLiteral("trouble"));
    m_trouble->setTextFormat(Qt::PlainText);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    m_body->setSpacing(space::medium);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->setSpacing(space::small);
    whole->addWidget(heading);
    whole->addWidget(words);
    whole->addSpacing(space::medium);
    whole->addLayout(m_body, 1);
    whole->addWidget(m_trouble);
}

void FirstRunStep::say(const QString& trouble)
{
    m_trouble->setText(trouble);
    m_trouble->setVisible(!trouble.isEmpty());
}

} // namespace drover::app
