// SPDX-License-Identifier: MIT
#include "app/window/host_keys_dialog.h"

#include "app/window/card.h"
#include "app/window/host_new_keys.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QComboBox>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr QSize usualSize(680, 480);
constexpr auto graceOfOldKeys = 0s; ///< who rotates by hand has the new one at hand

enum Column { Role, Name, Prefix, Made, Used, State, columnsMax };

QString momentText(std::int64_t since1970)
{
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(since1970), QLocale::ShortFormat);
}

QString stateOf(const drover::KeyRecord& key)
{
    if (key.revokedAt != 0)
        return HostKeysDialog::tr("revoked %1").arg(momentText(key.revokedAt));
    if (key.expiresAt == 0)
        return HostKeysDialog::tr("good");
    return key.expiresAt <= QDateTime::currentMSecsSinceEpoch()
        ? HostKeysDialog::tr("over")
        : HostKeysDialog::tr("until %1").arg(momentText(key.expiresAt));
}

} // namespace

HostKeysDialog::HostKeysDialog(HostDesk desk, QWidget* parent)
    : QDialog(parent)
    , m_desk(std::move(desk))
    , m_complaint(new QLabel)
{
    setWindowTitle(tr("Keys of the pool"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(usualSize);
    auto* about =
        quiet(new QLabel(tr("Each client has a key that it sends as its API key, each machine one that it joins "
                            "with. Revoking one counts at once: a machine is dropped, a client refused.")));
    about->setWordWrap(true);
    m_complaint->setObjectName(QStringLiteral("trouble"));
    m_complaint->setWordWrap(true);
    m_complaint->setTextFormat(Qt::PlainText);
    m_complaint->hide();
    m_rotate = new QPushButton(tr("Make anew…"));
    m_rotate->setToolTip(tr("Another key of the same name; the old one ends"));
    m_revoke = new QPushButton(tr("Revoke…"));
    for (auto* each : {m_rotate, m_revoke})
        each->setAutoDefault(false);
    connect(m_rotate, &QPushButton::clicked, this, &HostKeysDialog::rotate);
    connect(m_revoke, &QPushButton::clicked, this, &HostKeysDialog::askToRevoke);
    makeTable();
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    buttons->addButton(m_rotate, QDialogButtonBox::ActionRole);
    buttons->addButton(m_revoke, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addWidget(about);
    whole->addWidget(makeAdding());
    whole->addWidget(m_complaint);
    whole->addWidget(m_table, 1);
    whole->addWidget(buttons);
    if (auto file = m_desk.openKeys())
        m_file = std::move(*file);
    else
        complain(file.error());
    readAgain();
}

QWidget* HostKeysDialog::makeAdding()
{
    m_role = new QComboBox;
    m_role->addItem(tr("Client"), static_cast<int>(drover::KeyRole::Client));
    m_role->addItem(tr("Machine"), static_cast<int>(drover::KeyRole::Worker));
    m_role->setAccessibleName(tr("Whose key it is"));
    m_name = new QLineEdit;
    m_name->setPlaceholderText(tr("Name of the person, app or machine"));
    m_name->setAccessibleName(tr("Name of the person, app or machine"));
    m_name->setMaxLength(64);
    m_add = new QPushButton(tr("Create key"));
    m_add->setProperty("primary", true);
    m_add->setDefault(true);
    m_add->setEnabled(false);
    connect(m_name, &QLineEdit::textChanged, this,
        [this](const QString& name) { m_add->setEnabled(m_file && !name.trimmed().isEmpty()); });
    connect(m_add, &QPushButton::clicked, this, &HostKeysDialog::add);
    auto* adding = new QWidget;
    auto* row = new QHBoxLayout(adding);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_role);
    row->addWidget(m_name, 1);
    row->addWidget(m_add);
    return adding;
}

void HostKeysDialog::makeTable()
{
    m_table = new QTableWidget(0, columnsMax);
    m_table->setAccessibleName(tr("Keys of the pool"));
    m_table->setHorizontalHeaderLabels({tr("For"), tr("Name"), tr("Key"), tr("Made"), tr("Last used"), tr("State")});
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setEditTriggers(QTableView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(Name, QHeaderView::Stretch);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, [this] {
        const bool isGood = chosen() != nullptr && chosen()->revokedAt == 0;
        m_rotate->setEnabled(isGood);
        m_revoke->setEnabled(isGood);
    });
}

void HostKeysDialog::readAgain()
{
    if (!m_file)
        return fill();
    auto keys = m_file->keys();
    if (!keys)
        return complain(keys.error());
    m_keys = std::move(*keys);
    fill();
}

void HostKeysDialog::fill()
{
    const int before = m_table->currentRow();
    m_table->setRowCount(static_cast<int>(m_keys.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const drover::KeyRecord& key = m_keys[static_cast<std::size_t>(row)];
        const QString texts[columnsMax] = {key.role == drover::KeyRole::Client ? tr("Client") : tr("Machine"),
            wording::text(key.name), tr("%1…").arg(wording::text(key.prefix)), momentText(key.createdAt),
            key.lastUsedAt == 0 ? tr("Never") : momentText(key.lastUsedAt), stateOf(key)};
        for (int column = 0; column < columnsMax; ++column)
            m_table->setItem(row, column, new QTableWidgetItem(texts[column]));
    }
    m_table->setCurrentCell(std::min(std::max(before, 0), m_table->rowCount() - 1), Name);
    Q_EMIT m_table->itemSelectionChanged();
}

const drover::KeyRecord* HostKeysDialog::chosen() const
{
    const int row = m_table->currentRow();
    return row < 0 || row >= static_cast<int>(m_keys.size()) ? nullptr : &m_keys[static_cast<std::size_t>(row)];
}

void HostKeysDialog::complain(const drover::Error& error)
{
    setTextOf(m_complaint, wording::sentence(error.detail.empty() ? std::string(describe(error.code)) : error.detail));
    m_complaint->show();
}

void HostKeysDialog::showNew(const drover::Result<drover::NewKey>& made)
{
    m_complaint->hide();
    if (!made)
        return complain(made.error());
    readAgain();
    auto* sheet = new HostNewKeys({*made}, this);
    sheet->open();
}

void HostKeysDialog::add()
{
    const drover::KeyOrder order{.role = static_cast<drover::KeyRole>(m_role->currentData().toInt()),
        .name = m_name->text().trimmed().toStdString()};
    const auto made = m_file->create(order, byTheWindow);
    if (made)
        m_name->clear();
    showNew(made);
}

void HostKeysDialog::rotate()
{
    if (chosen() == nullptr)
        return;
    const auto [role, name] = std::pair{chosen()->role, chosen()->name};
    auto* question = new QMessageBox(QMessageBox::NoIcon, tr("Make a key anew"),
        tr("Make another key for %1?").arg(wording::text(name)), QMessageBox::NoButton, this);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(tr("The one it has ends at once."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    const auto* yes = question->addButton(tr("Make it"), QMessageBox::AcceptRole);
    question->setDefaultButton(question->addButton(tr("Cancel"), QMessageBox::RejectRole));
    connect(yes, &QAbstractButton::clicked, this,
        [this, role, name] { showNew(m_file->rotate(role, name, graceOfOldKeys, byTheWindow)); });
    question->open();
}

void HostKeysDialog::askToRevoke()
{
    if (chosen() == nullptr)
        return;
    const auto [role, name] = std::pair{chosen()->role, chosen()->name};
    auto* question = new QMessageBox(QMessageBox::NoIcon, tr("Revoke a key"),
        tr("Revoke the key of %1?").arg(wording::text(name)), QMessageBox::NoButton, this);
    question->setTextFormat(Qt::PlainText);
    question->setInformativeText(role == drover::KeyRole::Worker
            ? tr("The machine is dropped at once, with what it is working on. This cannot be undone.")
            : tr("Its requests are refused at once. This cannot be undone."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    const auto* yes = question->addButton(tr("Revoke it"), QMessageBox::DestructiveRole);
    question->setDefaultButton(question->addButton(tr("Keep it"), QMessageBox::RejectRole));
    connect(yes, &QAbstractButton::clicked, this, [this, role, name] {
        m_complaint->hide();
        if (const auto revoked = m_file->revoke(role, name, byTheWindow); !revoked)
            complain(revoked.error());
        readAgain();
    });
    question->open();
}

} // namespace drover::app
