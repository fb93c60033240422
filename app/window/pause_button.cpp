// SPDX-License-Identifier: MIT
#include "app/window/pause_button.h"

#include "app/queue_control.h"
#include "app/window/style.h"
#include "app/window/symbol.h"

#include <QEvent>
#include <QStyle>

namespace drover::app {

PauseButton::PauseButton(QueueControl& control, QWidget* parent)
    : QPushButton(parent)
    , m_control(control)
{
    connect(this, &QPushButton::clicked, this, [this] {
        if (m_paused)
            m_control.resume();
        else
            m_control.pause();
    });
    draw();
}

void PauseButton::show(const drover::Snapshot& snapshot)
{
    setEnabled(!snapshot.address.empty() && !snapshot.draining);
    if (snapshot.paused == m_paused)
        return;
    m_paused = snapshot.paused;
    draw();
}

void PauseButton::draw()
{
    setProperty("primary", m_paused);
    style()->unpolish(this);
    style()->polish(this);
    setText(m_paused ? tr("Resume") : tr("Pause"));
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
