// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/login_item.h"
#include "app/settings/live_settings.h"
#include "app/settings/secret_store.h"
#include "app/window/page.h"

#include <vector>

class QCheckBox;
class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QScrollArea;
class QVBoxLayout;

namespace drover::app {

class BackendsEditor;
class Card;
class LoginItemRow;
class SettingRow;

/// Every setting of the table, in groups, with a search. Shows what the file says while anybody changes it; a row that
/// somebody adds to the table is here without further work.
class SettingsPage : public Page {
    Q_OBJECT

public:
    /// `settings` and `secrets`, for the keys of backends, are borrowed and live longer.
    SettingsPage(LiveSettings& settings, SecretStore& secrets, LoginItem loginItem, QWidget* parent = nullptr);
    ~SettingsPage() override;

    void show(const drover::Snapshot& snapshot) override;

    /// The settings that the engine runs with, which may be older than the file; nothing while none runs. A copy is
    /// kept.
    void showInForce(const Settings* inForce);

    /// Shows only the rows that have all of these words.
    void search(const QString& words) override;

    void setVisible(bool visible) override;

Q_SIGNALS:
    void restartAsked();
    void setupAsked();
    void appsAsked();
    /// A secret was given another value, which the running engine does not know yet.
    void keyChanged();

protected:
    void showEvent(QShowEvent* event) override;

private:
    struct Group;

    QLayout* makeTop();
    QFrame* makeBanner();
    void makeGroups();
    Group& groupOf(std::string_view section);
    void addRow(const Setting& setting);
    void readAgain();
    void showBanner();
    void filter(const QString& words);

    LiveSettings& m_settings;
    SecretStore& m_secrets;
    LoginItem m_loginItem;
    std::optional<Settings> m_inForce = {};
    std::vector<Group> m_groups;
    QLineEdit* m_search = nullptr;
    QLabel* m_nothing = nullptr; ///< found
    QFrame* m_banner = nullptr;
    QLabel* m_bannerText = nullptr;
    QPushButton* m_restart = nullptr;
    QScrollArea* m_scroll = nullptr;
    QVBoxLayout* m_rows = nullptr;
    LoginItemRow* m_login = nullptr;
    BackendsEditor* m_backends = nullptr;
};

} // namespace drover::app
