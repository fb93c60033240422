// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/host_addresses.h"
#include "app/window/host_desk.h"

#include <QDialog>

#include <vector>

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTableWidget;

namespace drover::app {

class CopyRow;
class QrPicture;

/// Invites machines into the hosted pool: makes an invitation, shows its link, code and QR once, and withdraws those
/// that are still good.
class HostInvite : public QDialog {
    Q_OBJECT

public:
    /// `addresses` as hostAddresses() gives them: the first is the one that is offered.
    HostInvite(HostDesk desk, std::vector<HostAddress> addresses, QWidget* parent = nullptr);

    /// Reads the file again, as invitations are used meanwhile.
    void readAgain();

private:
    QWidget* makeMaking();
    QWidget* makeOnce();
    void makeTable();
    void invite();
    void showCode();
    void withdraw();
    const drover::InvitationRecord* chosen() const;
    void complain(const drover::Error& error);

    HostDesk m_desk;
    std::vector<HostAddress> m_addresses;
    std::unique_ptr<drover::KeyFile> m_file; ///< nothing where it cannot be opened
    std::vector<drover::InvitationRecord> m_invitations; ///< as they are shown
    QString m_code; ///< of the invitation that was made last
    QSpinBox* m_uses = nullptr;
    QComboBox* m_lifetime = nullptr;
    QComboBox* m_address = nullptr;
    QLineEdit* m_note = nullptr;
    QPushButton* m_make = nullptr;
    QWidget* m_once = nullptr;
    CopyRow* m_link = nullptr;
    CopyRow* m_codeRow = nullptr;
    CopyRow* m_command = nullptr;
    QrPicture* m_qr = nullptr;
    QTableWidget* m_table = nullptr;
    QPushButton* m_withdraw = nullptr;
    QLabel* m_complaint = nullptr;
};

} // namespace drover::app
