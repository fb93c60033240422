// SPDX-License-Identifier: MIT
#pragma once

#include "app/first_run/first_run_step.h"
#include "app/first_run/trial.h"

#include <QTimer>

class QLabel;
class QPushButton;

namespace drover::app {

class CopyAddressButton;

/// A real request through the queue, timed on screen, and the address to copy.
class TryStep : public FirstRunStep {
    Q_OBJECT

public:
    explicit TryStep(QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot) override;
    bool leave() override;

    const Trial& trial() const { return m_trial; }

Q_SIGNALS:
    void modelsAsked();

private:
    QLabel* addFigure(QLayout& row, const QString& name);
    void start();
    void draw();

    Trial m_trial;
    QTimer m_ticks; ///< while it runs, so that times go on
    QString m_proxy = {};
    QLabel* m_state = nullptr;
    QLabel* m_answer = nullptr;
    QLabel* m_wait = nullptr;
    QLabel* m_load = nullptr;
    QLabel* m_first = nullptr;
    QLabel* m_speed = nullptr;
    QPushButton* m_send = nullptr;
    QPushButton* m_cancel = nullptr;
    QPushButton* m_models = nullptr;
    CopyAddressButton* m_copy = nullptr;
};

} // namespace drover::app
