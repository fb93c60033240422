// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/host_desk.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableWidget;

namespace drover::app {

/// The keys of the hosted pool's clients and machines: makes one and shows it once, rotates and revokes. Written to the
/// file of keys at once, which the running host sees within a moment.
class HostKeysDialog : public QDialog {
    Q_OBJECT

public:
    explicit HostKeysDialog(HostDesk desk, QWidget* parent = nullptr);

    /// Reads the file again, as the command line may have changed it.
    void readAgain();

private:
    QWidget* makeAdding();
    void makeTable();
    void add();
    void rotate();
    void askToRevoke();
    void fill();
    const drover::KeyRecord* chosen() const;
    void showNew(const drover::Result<drover::NewKey>& made);
    void complain(const drover::Error& error);

    HostDesk m_desk;
    std::unique_ptr<drover::KeyFile> m_file; ///< nothing where it cannot be opened
    std::vector<drover::KeyRecord> m_keys; ///< as they are shown
    QTableWidget* m_table = nullptr;
    QComboBox* m_role = nullptr;
    QLineEdit* m_name = nullptr;
    QPushButton* m_add = nullptr;
    QPushButton* m_rotate = nullptr;
    QPushButton* m_revoke = nullptr;
    QLabel* m_complaint = nullptr;
};

} // namespace drover::app
