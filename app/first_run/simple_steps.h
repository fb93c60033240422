// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/login_item.h"
#include "app/first_run/first_run_step.h"
#include "app/settings/live_settings.h"

class QLabel;

namespace drover::app {

class CopyAddressButton;
class LoginItemRow;
class SettingEditor;

/// Language and theme, and one sentence on privacy.
class WelcomeStep : public FirstRunStep {
    Q_OBJECT

public:
    explicit WelcomeStep(LiveSettings& settings, QWidget* parent = nullptr);

    void enter() override;
    bool leave() override;

private:
    void addChoice(const char* key);

    LiveSettings& m_settings;
    std::vector<std::pair<const Setting*, SettingEditor*>> m_editors;
};

/// What Drover does for the apps on this machine, the address that they use for it, and a way to share with a pool.
class PurposeStep : public FirstRunStep {
    Q_OBJECT

public:
    explicit PurposeStep(QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot) override;

Q_SIGNALS:
    void joinAsked();

private:
    QLabel* m_pools = nullptr;
    QLabel* m_address = nullptr;
    CopyAddressButton* m_copy = nullptr;
};

/// Whether Drover starts at login; off until somebody ticks it.
class LoginStep : public FirstRunStep {
    Q_OBJECT

public:
    explicit LoginStep(LoginItem item, QWidget* parent = nullptr);

    void enter() override;

private:
    LoginItemRow* m_row = nullptr;
};

} // namespace drover::app
