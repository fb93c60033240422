// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/live_settings.h"
#include "app/window/page.h"
#include "app/window/rules_model.h"

#include <vector>

class QAbstractButton;
class QButtonGroup;
class QLabel;
class QPushButton;
class QTableView;

namespace drover::app {

class HoursGrid;
class SettingRow;
class SharingControl;

/// When this machine shares with its pools: the verdict with its reason, a pause, the manners, each rule live, the
/// hours of the week, the limits of a day. Offered once there is something to share. GUI thread.
class MachinePage : public Page {
    Q_OBJECT

public:
    /// Both are borrowed and live longer.
    MachinePage(LiveSettings& settings, SharingControl& control, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot) override;
    bool isOffered(const drover::Snapshot& snapshot) const override;

private:
    QWidget* makeContent();
    QWidget* makeTop();
    QWidget* makeManners();
    QWidget* makeRules();
    QWidget* makeHours();
    QWidget* makeLimits();
    QPushButton* makePause();
    void showSettings();
    void openSettingOf(const QModelIndex& index);
    void write(std::string_view key, const std::string& value);

    LiveSettings& m_settings;
    SharingControl& m_control;
    RulesModel m_rules;
    QLabel* m_reason = nullptr;
    QLabel* m_effect = nullptr;
    QPushButton* m_pause = nullptr;
    QPushButton* m_resume = nullptr;
    QButtonGroup* m_manners = nullptr;
    QTableView* m_table = nullptr;
    HoursGrid* m_hours = nullptr;
    QLabel* m_trouble = nullptr; ///< of a setting that could not be written
    std::vector<SettingRow*> m_limits;
};

} // namespace drover::app
