// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/settings_source.h"
#include "core/api/snapshot.h"

#include <QDialog>

#include <string>
#include <vector>

class QFrame;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace drover::app {

/// The keys of apps: makes one and shows it once, renames and revokes. Written to the settings file at once.
class KeysDialog : public QDialog {
    Q_OBJECT

public:
    explicit KeysDialog(SettingsSource source, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot);

private:
    QWidget* makeAdding();
    QWidget* makeOnce();
    void makeTable();
    void add();
    void rename(const std::string& from, const std::string& to);
    void askToRevoke();
    void readKeys();
    void fill();

    SettingsSource m_source;
    std::vector<drover::KeyView> m_keys; ///< as they are shown
    std::vector<drover::KeyView> m_used; ///< of the last snapshot
    QTableWidget* m_table = nullptr;
    QLineEdit* m_name = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_revoke = nullptr;
    QFrame* m_once = nullptr;
    QLabel* m_onceText = nullptr;
    QLineEdit* m_key = nullptr; ///< the one key that can be seen, until the dialog is closed
    QLabel* m_complaint = nullptr;
};

} // namespace drover::app
