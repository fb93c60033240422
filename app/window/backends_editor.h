// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/live_settings.h"
#include "app/settings/settings_blocks.h"
#include "app/window/backend_keys.h"

#include <QNetworkAccessManager>
#include <QPointer>
#include <QWidget>

#include <vector>

class QLabel;
class QPushButton;
class QVBoxLayout;

namespace drover::app {

class BackendDialog;

/// The [[backend]] blocks of the settings: add, change, remove, test.
class BackendsEditor : public QWidget {
    Q_OBJECT

public:
    /// Both are borrowed and live longer.
    BackendsEditor(LiveSettings& settings, SecretStore& secrets, QWidget* parent = nullptr);
    ~BackendsEditor() override;

    /// Shows what was read last.
    void readAgain();

    bool matches(const QStringList& words) const;

Q_SIGNALS:
    /// A key was kept under a name that the settings may have had before.
    void keyChanged();

private:
    struct Row;

    void addRow(const BackendSetting& backend);
    void ask(std::optional<std::size_t> index);
    void chosen(std::optional<std::size_t> index);
    void keep(std::optional<std::size_t> index);
    void showNote();
    std::optional<EditTrouble> save(std::optional<std::size_t> index, const BlockFields& fields);
    void askToRemove(std::size_t index);
    void test(std::size_t index);

    LiveSettings& m_settings;
    BackendKeys m_keys;
    QNetworkAccessManager m_network;
    std::vector<BackendSetting> m_shown;
    std::vector<Row> m_rows;
    QVBoxLayout* m_list = nullptr;
    QLabel* m_note = nullptr; ///< why nothing can be changed, or what went wrong
    QPushButton* m_add = nullptr;
    QPointer<BackendDialog> m_dialog;
};

/// The text of a settings file in which every backend that counts has its block, so that one of them can be changed:
/// a file without a block stands for the default one. Pure.
drover::Result<std::string> withEveryBackend(const std::string& text, const std::vector<BackendSetting>& backends);

} // namespace drover::app
