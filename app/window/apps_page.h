// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/settings_source.h"
#include "app/window/apps_model.h"
#include "app/window/page.h"

#include <QPointer>
#include <QSortFilterProxyModel>

#include <functional>
#include <string>

class QLabel;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace drover::app {

class ConnectDialog;
class KeysDialog;
class QueueControl;
class RulePanel;
struct EditTrouble;

/// The page *Apps*: who asks, how much of the machine it gets, what rule it has; keys, and how an app is connected.
///
/// Rules and keys are written to the settings file, which counts in the engine a moment later. Keys of the table:
/// Delete cancels an app's jobs, the context menu key opens the menu, Return goes to the rule.
class AppsPage : public Page {
    Q_OBJECT

public:
    /// `control` is borrowed; `source` says which file is written.
    AppsPage(QueueControl& control, SettingsSource source, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot) override;
    QString label(const drover::Snapshot& snapshot) const override; ///< with the number of apps

    void openConnect();
    void openKeys();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLayout* makeTop();
    QTableView* makeTable();
    QWidget* makeEmpty();
    void connectTable();
    void select(const QModelIndex& current);
    void fitColumns();
    std::string selectedApp() const;
    void openMenu(const QPoint& at);
    void changeRule(const std::string& app, const std::vector<std::string>& words);
    void resetRuleOf(const std::string& app);
    void askToCancelAll(const std::string& app);
    void tell(const std::optional<EditTrouble>& trouble);
    void drawSymbols();

    QueueControl& m_control;
    SettingsSource m_source;
    drover::Snapshot m_snapshot = {};
    AppsModel m_model;
    QSortFilterProxyModel m_sorted;
    QTableView* m_table = nullptr;
    RulePanel* m_panel = nullptr;
    QStackedLayout* m_views = nullptr;
    QLabel* m_summary = nullptr;
    QPushButton* m_sort = nullptr;
    QPushButton* m_keys = nullptr;
    QPushButton* m_connect = nullptr;
    QPushButton* m_connectFirst = nullptr;
    QPointer<ConnectDialog> m_connectDialog;
    QPointer<KeysDialog> m_keysDialog;
};

} // namespace drover::app
