// SPDX-License-Identifier: MIT
#include "app/window/host_invite.h"

#include "app/joining/invitation_link.h"
#include "app/window/card.h"
#include "app/window/host_parts.h"
#include "app/window/qr_picture.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr QSize usualSize(780, 600);
constexpr int usesMax = 1000;

enum Column { Code, Note, Uses, Until, State, columnsMax };

bool isGood(const drover::InvitationRecord& each)
{
    return each.withdrawnAt == 0 && each.uses < each.usesMax && each.expiresAt > QDateTime::currentMSecsSinceEpoch();
}

QString stateOf(const drover::InvitationRecord& each)
{
    if (each.withdrawnAt != 0)
        return HostInvite::tr("withdrawn");
    if (each.uses >= each.usesMax)
        return HostInvite::tr("used up");
    return isGood(each) ? HostInvite::tr("good") : HostInvite::tr("over");
}

} // namespace

HostInvite::HostInvite(HostDesk desk, std::vector<HostAddress> addresses, QWidget* parent)
    : QDialog(parent)
    , m_desk(std::move(desk))
    , m_addresses(std::move(addresses))
    , m_complaint(new QLabel)
{
    setWindowTitle(tr("Invite a machine"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(usualSize);
    auto* about = quiet(new QLabel(tr(
        "Whoever opens the link, scans the picture or types the code in Drover has their machine join this pool. It is "
        "traded for a key of that machine's own.")));
    about->setWordWrap(true);
    m_complaint->setObjectName(QStringLiteral("trouble"));
    m_complaint->setWordWrap(true);
    m_complaint->setTextFormat(Qt::PlainText);
    m_complaint->hide();
    m_withdraw = new QPushButton(tr("Withdraw"));
    m_withdraw->setAutoDefault(false);
    connect(m_withdraw, &QPushButton::clicked, this, &HostInvite::withdraw);
    makeTable();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    buttons->addButton(m_withdraw, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addWidget(about);
    whole->addWidget(makeMaking());
    whole->addWidget(makeOnce());
    whole->addWidget(m_complaint);
    whole->addWidget(m_table, 1);
    whole->addWidget(buttons);
    if (auto file = m_desk.openKeys())
        m_file = std::move(*file);
    else
        complain(file.error());
    m_make->setEnabled(m_file != nullptr && !m_addresses.empty());
    readAgain();
}

QWidget* HostInvite::makeMaking()
{
    m_uses = new QSpinBox;
    m_uses->setRange(1, usesMax);
    m_uses->setAccessibleName(tr("How many machines may use it"));
    m_lifetime = new QComboBox;
    m_lifetime->setAccessibleName(tr("How long it is good"));
    const std::pair<QString, std::chrono::seconds> lifetimes[] = {
        {tr("10 minutes"), 10min}, {tr("1 hour"), 1h}, {tr("1 day"), 24h}, {tr("1 week"), 7 * 24h}};
    for (const auto& [words, time] : lifetimes)
        m_lifetime->addItem(words, static_cast<qlonglong>(time.count()));
    m_note = new QLineEdit;
    m_note->setMaxLength(64);
    m_note->setPlaceholderText(tr("Note, such as for whom"));
    m_note->setAccessibleName(tr("Note, such as for whom"));
    m_make = new QPushButton(tr("Make an invitation"));
    m_make->setProperty("primary", true);
    m_make->setDefault(true);
    connect(m_make, &QPushButton::clicked, this, &HostInvite::invite);
    m_address = new QComboBox;
    m_address->setAccessibleName(tr("Address in the link"));
    for (const HostAddress& each : m_addresses)
        m_address->addItem(each.base);
    connect(m_address, &QComboBox::currentIndexChanged, this, &HostInvite::showCode);
    auto* box = new QWidget;
    auto* row = new QHBoxLayout;
    row->setSpacing(space::small);
    row->addWidget(new QLabel(tr("Machines")));
    row->addWidget(m_uses);
    row->addWidget(new QLabel(tr("good for")));
    row->addWidget(m_lifetime);
    row->addWidget(m_note, 1);
    row->addWidget(m_make);
    auto* rows = new QVBoxLayout(box);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->addLayout(row);
    rows->addWidget(m_address);
    m_address->setVisible(m_addresses.size() > 1);
    return box;
}

QWidget* HostInvite::makeOnce()
{
    auto* card = new Card({});
    m_link = new CopyRow(tr("Link"));
    m_codeRow = new CopyRow(tr("Code"));
    m_command = new CopyRow(tr("Command"));
    m_qr = new QrPicture;
    auto* hint = quiet(new QLabel(tr("Shown only until this window is closed.")));
    hint->setFont(textFont(TextSize::Caption));
    auto* rows = new QVBoxLayout;
    rows->setSpacing(space::small);
    rows->addStretch();
    for (auto* each : {m_link, m_codeRow, m_command})
        rows->addWidget(each);
    rows->addWidget(hint);
    rows->addStretch();
    auto* both = new QHBoxLayout;
    both->setSpacing(space::large);
    both->addLayout(rows, 1);
    both->addWidget(m_qr, 0, Qt::AlignCenter);
    card->body()->addLayout(both);
    card->hide();
    m_once = card;
    return m_once;
}

void HostInvite::makeTable()
{
    m_table = new QTableWidget(0, columnsMax);
    m_table->setAccessibleName(tr("Invitations"));
    m_table->setHorizontalHeaderLabels({tr("Code"), tr("Note"), tr("Used"), tr("Good until"), tr("State")});
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setEditTriggers(QTableView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(Note, QHeaderView::Stretch);
    connect(m_table, &QTableWidget::itemSelectionChanged, this,
        [this] { m_withdraw->setEnabled(chosen() != nullptr && isGood(*chosen())); });
}

const drover::InvitationRecord* HostInvite::chosen() const
{
    const int row = m_table->currentRow();
    return row < 0 || row >= static_cast<int>(m_invitations.size()) ? nullptr
                                                                    : &m_invitations[static_cast<std::size_t>(row)];
}

void HostInvite::readAgain()
{
    if (m_file) {
        auto read = m_file->invitations();
        if (!read)
            return complain(read.error());
        m_invitations = std::move(*read);
    }
    const int before = m_table->currentRow();
    m_table->setRowCount(static_cast<int>(m_invitations.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const drover::InvitationRecord& each = m_invitations[static_cast<std::size_t>(row)];
        const QString texts[columnsMax] = {tr("%1…").arg(wording::text(each.prefix)), wording::text(each.note),
            tr("%1 of %2", "uses").arg(each.uses).arg(each.usesMax), wording::clock(each.expiresAt), stateOf(each)};
        for (int column = 0; column < columnsMax; ++column)
            m_table->setItem(row, column, new QTableWidgetItem(texts[column]));
    }
    m_table->setCurrentCell(std::min(std::max(before, 0), m_table->rowCount() - 1), Code);
    Q_EMIT m_table->itemSelectionChanged();
}

void HostInvite::complain(const drover::Error& error)
{
    setTextOf(m_complaint, wording::sentence(error.detail.empty() ? std::string(describe(error.code)) : error.detail));
    m_complaint->show();
}

void HostInvite::invite()
{
    m_complaint->hide();
    const auto made = m_file->invite({.usesMax = static_cast<std::uint32_t>(m_uses->value()),
                                         .lifetime = std::chrono::seconds(m_lifetime->currentData().toLongLong()),
                                         .note = m_note->text().trimmed().toStdString()},
        byTheWindow);
    if (!made)
        return complain(made.error());
    m_code = wording::text(made->code);
    m_note->clear();
    m_once->show();
    showCode();
    readAgain();
}

void HostInvite::showCode()
{
    const int at = m_address->currentIndex();
    if (m_code.isEmpty() || at < 0)
        return;
    const QString link = wording::text(
        invitationLink(m_addresses[static_cast<std::size_t>(at)].base.toStdString(), m_code.toStdString()));
    m_link->show(link);
    m_codeRow->show(m_code);
    m_command->show(QStringLiteral("drover join '%1'").arg(link));
    m_qr->show(link);
}

void HostInvite::withdraw()
{
    if (!m_file || chosen() == nullptr)
        return;
    m_complaint->hide();
    if (const auto done = m_file->withdraw(chosen()->number, byTheWindow); !done)
        complain(done.error());
    readAgain();
}

} // namespace drover::app
