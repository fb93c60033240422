// SPDX-License-Identifier: MIT
#include "app/window/host_page.h"

#include "app/joining/pool_desk.h"
#include "app/queue_control.h"
#include "app/window/advice_row.h"
#include "app/window/card.h"
#include "app/window/host_address_card.h"
#include "app/window/host_intro.h"
#include "app/window/host_new_keys.h"
#include "app/window/host_plan.h"
#include "app/window/host_table.h"
#include "app/window/jobs_table.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

constexpr int tableHeightMin = 120;

QPushButton* plainButton(const QString& text, const QString& tip = {})
{
    auto* button = new QPushButton(text);
    button->setToolTip(tip);
    return button;
}

QLabel* heading(const QString& text)
{
    auto* label = new QLabel(text);
    label->setFont(textFont(TextSize::Body, QFont::DemiBold));
    return label;
}

/// The snapshot with the jobs of the pool's clients alone.
drover::Snapshot ofThePool(const drover::Snapshot& snapshot)
{
    drover::Snapshot only;
    std::ranges::copy_if(
        snapshot.jobs, std::back_inserter(only.jobs), [](const drover::JobView& job) { return job.hosted; });
    return only;
}

} // namespace

HostPage::HostPage(HostDesk desk, QueueControl& control, std::function<QStringList()> own, QWidget* parent)
    : Page({PageId::Host, tr("Host"), Symbol::Host}, parent)
    , m_desk(std::move(desk))
    , m_control(control)
    , m_addresses(new HostAddressCard(std::move(own)))
    , m_views(new QStackedLayout)
{
    auto* intro = new HostIntro;
    connect(intro->button(), &QPushButton::clicked, this, &HostPage::setUp);
    m_views->addWidget(intro);
    m_views->addWidget(makeFilled());
    m_banner = new QFrame;
    m_banner->setObjectName(QStringLiteral("banner"));
    m_bannerText = new QLabel;
    m_bannerText->setWordWrap(true);
    m_bannerText->setTextFormat(Qt::PlainText);
    auto* close = new QPushButton(tr("Close"));
    close->setAccessibleName(tr("Close the message"));
    connect(close, &QPushButton::clicked, m_banner, &QWidget::hide);
    auto* banner = new QHBoxLayout(m_banner);
    banner->setContentsMargins(space::large, space::small, space::small, space::small);
    banner->addWidget(m_bannerText, 1);
    banner->addWidget(close);
    m_banner->hide();
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addLayout(makeTop());
    whole->addWidget(m_banner);
    whole->addLayout(m_views, 1);
    drawSymbols();
    show({});
}

HostPage::~HostPage() = default;

QString HostPage::label(const drover::Snapshot& snapshot) const
{
    const drover::HostView& host = snapshot.hosting;
    return !host.enabled || host.connected == 0 ? name().name : tr("Host (%1)").arg(host.connected);
}

QLayout* HostPage::makeTop()
{
    m_title = new QLabel(tr("Host"));
    m_title->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    m_title->setTextFormat(Qt::PlainText);
    m_summary = quiet(new ElidedLabel);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(m_title);
    words->addWidget(m_summary);
    m_inviteButton = plainButton(tr("Invite a machine…"));
    m_inviteButton->setProperty("primary", true);
    m_keysButton = plainButton(tr("Keys…"), tr("The keys of clients and machines"));
    m_change = plainButton(tr("Change…"), tr("Name, reach and port of the pool"));
    m_stop = plainButton(tr("Stop hosting…"));
    connect(m_inviteButton, &QPushButton::clicked, this, &HostPage::invite);
    connect(m_keysButton, &QPushButton::clicked, this, &HostPage::keys);
    connect(m_change, &QPushButton::clicked, this, &HostPage::setUp);
    connect(m_stop, &QPushButton::clicked, this, &HostPage::askToStop);
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addLayout(words, 1);
    for (auto* each : {m_inviteButton, m_keysButton, m_change, m_stop})
        top->addWidget(each, 0, Qt::AlignVCenter);
    return top;
}

QWidget* HostPage::makeMachines()
{
    m_table = new HostTable(m_model);
    m_table->setMinimumHeight(tableHeightMin);
    m_details = quiet(new ElidedLabel);
    m_columns = plainButton(tr("Columns"), tr("Which columns are shown, and in which order the machines are"));
    auto* menu = new QMenu(m_columns);
    connect(menu, &QMenu::aboutToShow, this, [this, menu] {
        menu->clear();
        m_table->addColumnRows(*menu);
    });
    m_columns->setMenu(menu);
    m_drain = plainButton(tr("Finish, then rest"));
    m_remove = plainButton(tr("Remove…"), tr("End the connection of the selected machine (Delete)"));
    connect(m_table, &HostTable::chosenChanged, this, &HostPage::showChosen);
    connect(m_table, &HostTable::drainAsked, this, &HostPage::drain);
    connect(m_table, &HostTable::removeAsked, this, &HostPage::askToRemove);
    connect(m_table, &HostTable::copyAsked, this, &HostPage::copyDetails);
    connect(m_drain, &QPushButton::clicked, this, &HostPage::drain);
    connect(m_remove, &QPushButton::clicked, this, &HostPage::askToRemove);
    auto* actions = new QHBoxLayout;
    actions->setSpacing(space::small);
    actions->addWidget(m_columns);
    actions->addWidget(m_details, 1);
    actions->addWidget(m_drain);
    actions->addWidget(m_remove);
    auto* box = new QWidget;
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::small);
    rows->addWidget(m_table, 1);
    rows->addLayout(actions);
    return box;
}

QWidget* HostPage::makeFilled()
{
    m_advice = new AdviceRow;
    connect(m_advice->button(), &QPushButton::clicked, this, [this] {
        if (m_snapshot.hosting.listening)
            invite();
        else
            setUp();
    });
    m_requests = new JobsTable(m_jobs, m_control);
    m_requests->setAccessibleName(tr("Requests of the pool's clients"));
    m_requests->setMinimumHeight(0);
    m_requestsTitle = heading({});
    auto* filled = new QWidget;
    auto* rows = new QVBoxLayout(filled);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::small);
    rows->addWidget(m_advice);
    rows->addWidget(m_addresses);
    rows->addWidget(makeMachines(), 3);
    rows->addWidget(m_requestsTitle);
    rows->addWidget(m_requests, 2);
    return filled;
}

void HostPage::show(const drover::Snapshot& snapshot)
{
    if (&snapshot != &m_snapshot)
        m_snapshot = snapshot;
    const drover::HostView& host = m_snapshot.hosting;
    m_views->setCurrentIndex(host.enabled ? 1 : 0);
    for (auto* each : {m_inviteButton, m_keysButton, m_change, m_stop})
        each->setVisible(host.enabled);
    m_inviteButton->setEnabled(host.listening);
    setTextOf(m_title, host.enabled && !host.name.empty() ? tr("Pool %1").arg(wording::text(host.name)) : tr("Host"));
    if (!host.enabled)
        return setTextOf(m_summary, tr("This machine hosts no pool"));
    setTextOf(m_summary,
        tr("%1; %2 running, %3 waiting", "machines, requests")
            .arg(tr("%n machine(s)", nullptr, static_cast<int>(host.connected)))
            .arg(host.running)
            .arg(host.waiting));
    m_model.show(host.workers);
    if (m_model.rowCount() > 0 && !m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_table->model()->index(0, 0));
    m_jobs.show(ofThePool(m_snapshot));
    m_requests->setVisible(m_jobs.rowCount() > 0);
    setTextOf(m_requestsTitle,
        m_jobs.rowCount() > 0
            ? tr("Requests of the pool's clients")
            : tr("No request of the pool's clients at present; %1 answered, %2 failed, %3 refused")
                  .arg(wording::count(host.answered), wording::count(host.failed), wording::count(host.refused)));
    m_addresses->show(host);
    showAdvice();
    showChosen();
}

void HostPage::showAdvice()
{
    const drover::HostView& host = m_snapshot.hosting;
    const QString reason = wording::told(host.reason);
    const QString fix = wording::told(host.fix);
    if (!host.listening)
        return m_advice->show(
            AdviceRow::Mark::Bad, reason.isEmpty() ? tr("The pool does not listen yet.") : reason, fix, tr("Change…"));
    if (!reason.isEmpty())
        return m_advice->show(AdviceRow::Mark::Odd, reason, fix, {});
    if (host.connected == 0)
        return m_advice->show(
            AdviceRow::Mark::Odd, tr("The pool is open, and no machine has joined yet."), {}, tr("Invite a machine…"));
    m_advice->show(host.keysNeeded ? AdviceRow::Mark::Good : AdviceRow::Mark::Odd,
        host.tls              ? tr("The pool is open, encrypted and with keys.")
            : host.keysNeeded ? tr("The pool is open, with keys.")
                              : tr("The pool is open to everybody who reaches it."),
        {}, {});
}

void HostPage::showChosen()
{
    const drover::WorkerView* worker = m_table->chosen();
    const bool isHere = worker != nullptr && worker->state != drover::WorkerState::Gone;
    m_drain->setEnabled(isHere);
    m_remove->setEnabled(isHere);
    const QString verb =
        worker != nullptr && worker->drainedByHost ? tr("Give it work again") : tr("Finish, then rest");
    if (m_drain->text() != verb)
        m_drain->setText(verb);
    QStringList facts;
    if (worker != nullptr) {
        for (const std::string* each :
            {&worker->address, &worker->hostName, &worker->osName, &worker->backendFamily, &worker->lastError})
            if (!each->empty())
                facts << wording::text(*each);
        if (!worker->key.empty())
            facts.prepend(tr("key %1").arg(wording::text(worker->key)));
    }
    setTextOf(m_details, facts.join(QStringLiteral(" · ")));
}

void HostPage::search(const QString& words)
{
    for (int row = 0; row < m_table->model()->rowCount(); ++row) {
        const QModelIndex cell = m_table->model()->index(row, HostModel::Name);
        if (cell.data().toString() == words)
            m_table->setCurrentIndex(cell);
    }
}

void HostPage::drain()
{
    if (const drover::WorkerView* worker = m_table->chosen())
        m_desk.command(
            worker->number, worker->drainedByHost ? drover::WorkerCommand::Undrain : drover::WorkerCommand::Drain);
}

void HostPage::copyDetails() const
{
    const drover::WorkerView* worker = m_table->chosen();
    if (worker == nullptr)
        return;
    QStringList lines{tr("%1: %2").arg(wording::text(worker->name), HostModel::stateText(*worker)),
        wording::text(worker->id), wording::text(worker->address), wording::text(worker->version),
        wording::text(worker->lastError)};
    for (const std::string& model : worker->models)
        lines << QStringLiteral("- ") + wording::text(model);
    lines.removeAll(QString());
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

HostSetup* HostPage::setUp()
{
    if (!m_setup) {
        m_setup = new HostSetup(m_desk, window());
        connect(m_setup, &HostSetup::hosted, this, [this](const std::vector<drover::NewKey>& made) {
            if (!made.empty())
                (new HostNewKeys(made, window()))->open();
        });
        m_setup->open();
    }
    m_setup->raise();
    m_setup->activateWindow();
    return m_setup;
}

HostInvite* HostPage::invite()
{
    if (!m_invite) {
        m_invite = new HostInvite(m_desk, m_addresses->addresses(), window());
        m_invite->open();
    }
    m_invite->raise();
    return m_invite;
}

HostKeysDialog* HostPage::keys()
{
    if (!m_keys) {
        m_keys = new HostKeysDialog(m_desk, window());
        m_keys->open();
    }
    m_keys->raise();
    return m_keys;
}

QMessageBox* HostPage::ask(const QString& title, const QString& question, const QString& about)
{
    m_question = new QMessageBox(this);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setWindowTitle(title);
    m_question->setText(question);
    m_question->setInformativeText(about);
    auto* cancel = m_question->addButton(tr("Cancel"), QMessageBox::RejectRole);
    m_question->setEscapeButton(cancel);
    m_question->setDefaultButton(cancel);
    return m_question;
}

void HostPage::askToRemove()
{
    const drover::WorkerView* worker = m_table->chosen();
    if (worker == nullptr || worker->state == drover::WorkerState::Gone)
        return;
    if (m_question)
        return m_question->raise();
    auto* question = ask(tr("Remove a machine"),
        tr("Remove %1 from the pool?").arg(wording::text(worker->name.empty() ? worker->id : worker->name)),
        tr("Its connection is ended at once, and what it is working on goes elsewhere or fails. It may connect again: "
           "to keep it out, revoke its key."));
    auto* yes = question->addButton(tr("Remove it"), QMessageBox::DestructiveRole);
    connect(yes, &QPushButton::clicked, this,
        [this, number = worker->number] { m_desk.command(number, drover::WorkerCommand::Remove); });
    question->open();
}

void HostPage::askToStop()
{
    if (m_question)
        return m_question->raise();
    auto* question = ask(tr("Stop hosting"), tr("Stop hosting the pool?"),
        tr("Its port is closed and its machines are disconnected. Keys and invitations stay, so that it can be hosted "
           "again."));
    auto* yes = question->addButton(tr("Stop it"), QMessageBox::DestructiveRole);
    connect(yes, &QPushButton::clicked, this, [this] {
        if (const auto trouble = m_desk.settings.edit(stopHostingEdit()))
            tell(wording::sentence(trouble->sentence));
    });
    question->open();
}

void HostPage::tell(const QString& sentence)
{
    m_bannerText->setText(sentence);
    m_banner->show();
}

void HostPage::drawSymbols()
{
    setSymbol(*m_inviteButton, Symbol::Pools, currentTheme().onAccent);
}

void HostPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_requestsTitle != nullptr)
        drawSymbols();
}

} // namespace drover::app
