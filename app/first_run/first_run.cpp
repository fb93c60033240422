// SPDX-License-Identifier: MIT
#include "app/first_run/first_run.h"

#include "app/first_run/engine_step.h"
#include "app/first_run/simple_steps.h"
#include "app/first_run/try_step.h"
#include "app/window/card.h"
#include "app/window/style.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace drover::app {

namespace {

constexpr QSize usualSize(640, 520);

} // namespace

FirstRun::FirstRun(Needs needs, int step, QWidget* parent)
    : QDialog(parent)
    , m_pages(new QStackedWidget)
    , m_progress(quiet(new QLabel))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("Set up Drover"));
    resize(usualSize);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    m_progress->setFont(textFont(TextSize::Caption, QFont::DemiBold));
    whole->addWidget(m_progress);
    whole->addWidget(m_pages, 1);
    whole->addLayout(makeButtons());
    add(new WelcomeStep(needs.settings));
    add(new EngineStep(needs.settings, std::move(needs.startOllama)));
    auto* purpose = new PurposeStep;
    connect(purpose, &PurposeStep::joinAsked, this, &FirstRun::joinAsked);
    add(purpose);
    add(new LoginStep(needs.loginItem));
    auto* trial = new TryStep(needs.shelf);
    connect(trial, &TryStep::modelsAsked, this, &FirstRun::modelsAsked);
    add(trial);
    goTo(step >= 0 && step < static_cast<int>(m_steps.size()) ? step : 0);
}

QLayout* FirstRun::makeButtons()
{
    m_skip = new QPushButton(tr("Skip setup"));
    m_skip->setProperty("flat", true);
    m_skip->setToolTip(tr("You can go through it later: Settings, Set up again"));
    m_back = new QPushButton(tr("Back"));
    m_next = new QPushButton(tr("Next"));
    m_next->setProperty("primary", true);
    m_next->setDefault(true);
    for (auto* button : {m_skip, m_back})
        button->setAutoDefault(false);
    connect(m_skip, &QPushButton::clicked, this, [this] {
        Q_EMIT ended();
        reject();
    });
    connect(m_back, &QPushButton::clicked, this, [this] { goTo(step() - 1); });
    connect(m_next, &QPushButton::clicked, this, &FirstRun::next);
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(m_skip);
    row->addStretch();
    row->addWidget(m_back);
    row->addWidget(m_next);
    return row;
}

void FirstRun::add(FirstRunStep* step)
{
    m_steps.push_back(step);
    m_pages->addWidget(step);
}

int FirstRun::step() const
{
    return m_pages->currentIndex();
}

void FirstRun::show(const drover::Snapshot& snapshot)
{
    for (FirstRunStep* each : m_steps)
        each->show(snapshot);
}

void FirstRun::goTo(int step)
{
    const int last = static_cast<int>(m_steps.size()) - 1;
    m_pages->setCurrentIndex(step);
    m_progress->setText(tr("Step %1 of %2").arg(step + 1).arg(last + 1));
    m_back->setEnabled(step > 0);
    m_next->setText(step == last ? tr("Done") : tr("Next"));
    m_skip->setVisible(step != last);
    m_steps[static_cast<std::size_t>(step)]->enter();
    m_next->setFocus();
    Q_EMIT stepReached(step);
}

void FirstRun::next()
{
    if (!m_steps[static_cast<std::size_t>(step())]->leave())
        return;
    if (step() + 1 < static_cast<int>(m_steps.size()))
        return goTo(step() + 1);
    Q_EMIT ended();
    accept();
}

} // namespace drover::app
