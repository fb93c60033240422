// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/target.h"
#include "app/command/exit_code.h"
#include "app/command/view/terminal.h"
#include "app/command/view/top_view.h"

#include <QObject>
#include <QTimer>

#include <functional>

namespace drover::app {

/// Shows snapshots in a terminal and turns keys into requests. Main thread.
class Top : public QObject {
    Q_OBJECT

public:
    /// Does what a key asked for; returns a sentence for the last line, or nothing.
    using Act = std::function<std::string(const TopRequest&)>;

    Top(Act act, const Environment& environment, QObject* parent = nullptr);

    void show(const drover::Snapshot& snapshot);
    void showLost();

Q_SIGNALS:
    void quit();

private:
    void press(const KeyPress& key);
    void drawSoon();
    void draw();

    Act m_act;
    Terminal m_terminal;
    TopState m_state = {};
    drover::Snapshot m_snapshot = {};
    std::vector<std::string> m_drawn = {};
    TerminalSize m_drawnSize = {};
    QTimer m_soon;
};

/// `drover top`.
ExitCode top(const Target& target, const Environment& environment);

} // namespace drover::app
