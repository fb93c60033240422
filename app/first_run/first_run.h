// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/login_item.h"
#include "app/settings/live_settings.h"
#include "core/api/snapshot.h"

#include <QDialog>

#include <functional>
#include <vector>

class QLabel;
class QPushButton;
class QStackedWidget;

namespace drover::app {

class FirstRunStep;
class ModelShelf;

/// The first steps after installing. Every step can be left out, and what was reached is told, so that somebody who
/// breaks off goes on there. What is chosen counts at once, by the same settings that the page *Settings* changes.
class FirstRun : public QDialog {
    Q_OBJECT

public:
    /// Of the steps: who has been through these is not asked again. One more when a step asks something else.
    static constexpr int version = 1;

    /// What the steps work with. `settings` is borrowed and lives longer.
    struct Needs {
        LiveSettings& settings;
        LoginItem loginItem;
        std::function<void()> startOllama = [] {}; ///< starts the local one and looks after it
        ModelShelf* shelf = nullptr; ///< borrowed; without one no model is offered for download
    };

    /// Begins at `step`, or at the first where there is no such step.
    FirstRun(Needs needs, int step, QWidget* parent = nullptr);

    int step() const;
    void show(const drover::Snapshot& snapshot);

Q_SIGNALS:
    void stepReached(int step);
    /// The person came to the end, or wants no more of it. Not told when they only close the window.
    void ended();
    void modelsAsked();
    void joinAsked();

private:
    QLayout* makeButtons();
    void add(FirstRunStep* step);
    void goTo(int step);
    void next();

    std::vector<FirstRunStep*> m_steps;
    QStackedWidget* m_pages = nullptr;
    QLabel* m_progress = nullptr;
    QPushButton* m_skip = nullptr;
    QPushButton* m_back = nullptr;
    QPushButton* m_next = nullptr;
};

} // namespace drover::app
