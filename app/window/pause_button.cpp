// SPDX-License-Identifier: MIT
#include "app/window/pause_button.h"

#include "app/queue_control.h"
#include "app/window/pause_choices.h"
#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/wording.h"

#include <QEvent>
#include <QMenu>
#include <QStyle>

namespace drover::app {

PauseButton::PauseButton(QueueControl& control, QWidget* parent)
    : QPushButton(parent)
    , m_control(control)
{
    m_choices = new QMenu(this);
    addPauseChoices(*m_choices, m_control);
    connect(this, &QPushButton::clicked, this, [this] {
        if (m_paused) // else the menu opens
            m_control.resume();
    });
    draw();
}

void PauseButton::show(const drover::Snapshot& snapshot)
{
    setEnabled(!snapshot.address.empty() && !snapshot.draining);
    if (snapshot.paused == m_paused && snapshot.pausedUntil == m_pausedUntil)
        return;
    m_paused = snapshot.paused;
    m_pausedUntil = snapshot.pausedUntil;
    draw();
}

void PauseButton::draw()
{
    setProperty("primary", m_paused);
    style()->unpolish(this);
    style()->polish(this);
    setMenu(m_paused ? nullptr : m_choices);
    setText(m_paused ? tr("Resume") : tr("Pause"));
    if (m_paused && m_pausedUntil > 0)
        setToolTip(tr("New jobs wait until %1. Let them start now").arg(wording::clock(m_pausedUntil)));
    else
        setToolTip(
            m_paused ? tr("Let waiting jobs start again") : tr("Running jobs go on, waiting ones stay in the queue"));
    drawSymbol();
}

void PauseButton::drawSymbol()
{
    const auto& colors = currentTheme();
    setSymbol(*this, m_paused ? Symbol::Resume : Symbol::Pause, m_paused ? colors.onAccent : colors.text);
}

void PauseButton::changeEvent(QEvent* event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange)
        drawSymbol();
}

} // namespace drover::app
