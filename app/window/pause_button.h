// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QPushButton>

namespace drover::app {

class QueueControl;

/// Pauses the queue, or resumes it when it is paused.
class PauseButton : public QPushButton {
    Q_OBJECT

public:
    explicit PauseButton(QueueControl& control, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot);

protected:
    void changeEvent(QEvent* event) override;

private:
    void draw();
    void drawSymbol();

    QueueControl& m_control;
    bool m_paused = false;
};

} // namespace drover::app
