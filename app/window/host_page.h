// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/host_addresses.h"
#include "app/window/host_desk.h"
#include "app/window/host_invite.h"
#include "app/window/host_keys_dialog.h"
#include "app/window/host_model.h"
#include "app/window/host_setup.h"
#include "app/window/jobs_model.h"
#include "app/window/page.h"

#include <QPointer>

#include <functional>

class QFrame;
class QLabel;
class QMessageBox;
class QPushButton;
class QStackedLayout;

namespace drover::app {

class AdviceRow;
class HostAddressCard;
class HostTable;
class JobsTable;
class QueueControl;

/// The page *Host*: the pool that this machine hosts. While there is none it explains what that is; then it has the
/// addresses to give away, the machines that joined, the requests of the pool's clients, invitations and keys.
class HostPage : public Page {
    Q_OBJECT

public:
    /// `own` gives the addresses of this machine in its networks, see ownAddresses(). All that is borrowed lives
    /// longer.
    HostPage(HostDesk desk, QueueControl& control, std::function<QStringList()> own = ownAddresses,
        QWidget* parent = nullptr);
    ~HostPage() override;

    void show(const drover::Snapshot& snapshot) override;
    QString label(const drover::Snapshot& snapshot) const override; ///< with the machines that are connected
    void search(const QString& words) override; ///< chooses the machine of that name

    HostSetup* setUp(); ///< opens the dialog, or the one that is open
    HostInvite* invite();
    HostKeysDialog* keys();

    /// Ask before.
    void askToRemove();
    void askToStop();

    const HostModel& model() const { return m_model; }
    const JobsModel& jobs() const { return m_jobs; }

private:
    QLayout* makeTop();
    QWidget* makeFilled();
    QWidget* makeMachines();
    void showAdvice();
    void showChosen();
    void drain();
    void copyDetails() const;
    void tell(const QString& sentence);
    void drawSymbols();
    void changeEvent(QEvent* event) override;
    QMessageBox* ask(const QString& title, const QString& question, const QString& about);

    HostDesk m_desk;
    QueueControl& m_control;
    drover::Snapshot m_snapshot = {};
    HostAddressCard* m_addresses;
    HostModel m_model;
    JobsModel m_jobs;
    QPointer<HostSetup> m_setup;
    QPointer<HostInvite> m_invite;
    QPointer<HostKeysDialog> m_keys;
    QPointer<QMessageBox> m_question;
    QLabel* m_title = nullptr;
    QLabel* m_summary = nullptr;
    QPushButton* m_inviteButton = nullptr;
    QPushButton* m_keysButton = nullptr;
    QPushButton* m_change = nullptr;
    QPushButton* m_stop = nullptr;
    QFrame* m_banner = nullptr;
    QLabel* m_bannerText = nullptr;
    QStackedLayout* m_views = nullptr;
    AdviceRow* m_advice = nullptr;
    HostTable* m_table = nullptr;
    QLabel* m_details = nullptr;
    QPushButton* m_columns = nullptr;
    QPushButton* m_drain = nullptr;
    QPushButton* m_remove = nullptr;
    JobsTable* m_requests = nullptr;
    QLabel* m_requestsTitle = nullptr;
};

} // namespace drover::app
