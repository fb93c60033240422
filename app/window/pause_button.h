// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QPushButton>

class QMenu;

namespace drover::app {

class QueueControl;

/// Pauses the queue for as long as its menu offers, or resumes it when it is paused.
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
    QMenu* m_choices = nullptr;
    bool m_paused = false;
    qint64 m_pausedUntil = 0; ///< as in the snapshot
};

} // namespace drover::app
