// SPDX-License-Identifier: MIT
#pragma once

#include "app/first_run/engine_probe.h"
#include "app/first_run/first_run_step.h"
#include "app/settings/live_settings.h"

#include <functional>
#include <optional>

class QLabel;
class QLineEdit;
class QPushButton;
class QRadioButton;

namespace drover::app {

/// Which Ollama answers: the one that runs, one that Drover starts, or one at another address. Says what was found.
class EngineStep : public FirstRunStep {
    Q_OBJECT

public:
    /// `settings` is borrowed and lives longer. `startOllama` starts the local one and looks after it.
    EngineStep(LiveSettings& settings, std::function<void()> startOllama, QWidget* parent = nullptr);

    void enter() override;
    bool leave() override;

private:
    QRadioButton* addChoice(const QString& name, const QString& about);
    void look();
    void show(const EngineFound& found);
    void choose(EngineChoice choice);
    void test();
    bool takeAddress();

    LiveSettings& m_settings;
    std::function<void()> m_startOllama;
    QNetworkAccessManager m_network;
    std::optional<EngineFound> m_found = {};
    QLabel* m_finding = nullptr;
    QPushButton* m_again = nullptr;
    QPushButton* m_guide = nullptr;
    QRadioButton* m_use = nullptr;
    QRadioButton* m_start = nullptr;
    QRadioButton* m_other = nullptr;
    QLineEdit* m_address = nullptr;
    QPushButton* m_test = nullptr;
    QLabel* m_tested = nullptr;
};

} // namespace drover::app
