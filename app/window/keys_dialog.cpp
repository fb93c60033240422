// SPDX-License-Identifier: MIT
#include "app/window/keys_dialog.h"

#include "app/apps/app_keys.h"
#include "app/settings/settings_edit.h"
#include "app/window/card.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QClipboard>
#include <QDate>
#include <QDateTime>
#include <QDialogButtonBox>
#include <QFontDatabase>
#include <QFrame>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QSignalBlocker>
#include <QTableWidget>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

constexpr QSize usualSize(620, 460);

enum Column { Name, Prefix, Made, Used, columnsMax };

QString dayText(const std::string& day)
{
    const auto date = QDate::fromString(wording::text(day), Qt::ISODate);
    return date.isValid() ? QLocale().toString(date, QLocale::ShortFormat) : QString();
}

QString usedText(std::int64_t since1970)
{
    if (since1970 == 0)
        return KeysDialog::tr("Not since Drover's start");
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(since1970), QLocale::ShortFormat);
}

} // namespace

KeysDialog::KeysDialog(SettingsSource source, QWidget* parent)
    : QDialog(parent)
    , m_source(std::move(source))
    , m_complaint(new QLabel)
{
    setWindowTitle(tr("Keys"));
    setAttribute(Qt::WA_DeleteOnClose);
    resize(usualSize);
    auto* about =
        quiet(new QLabel(tr("On this machine no app needs a key. One gives an app a name of its own, and lets "
                            "apps on other machines in. Drover keeps only its hash.")));
    about->setWordWrap(true);
    m_complaint->setObjectName(QStringLiteral("trouble"));
    m_complaint->setWordWrap(true);
    m_complaint->hide();
    makeTable();
    m_revoke = new QPushButton(tr("Revoke"));
    connect(m_revoke, &QPushButton::clicked, this, &KeysDialog::askToRevoke);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    buttons->button(QDialogButtonBox::Close)->setIcon({});
    buttons->addButton(m_revoke, QDialogButtonBox::ActionRole);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addWidget(about);
    whole->addWidget(makeAdding());
    whole->addWidget(makeOnce());
    whole->addWidget(m_complaint);
    whole->addWidget(m_table, 1);
    whole->addWidget(buttons);
    readKeys();
}

QWidget* KeysDialog::makeAdding()
{
    m_name = new QLineEdit;
    m_name->setPlaceholderText(tr("Name of the app or machine"));
    m_name->setAccessibleName(tr("Name of the app or machine"));
    m_name->setMaxLength(64);
    m_add = new QPushButton(tr("Create key"));
    m_add->setProperty("primary", true);
    m_add->setDefault(true);
    m_add->setEnabled(false);
    connect(m_name, &QLineEdit::textChanged, this,
        [this](const QString& name) { m_add->setEnabled(!name.trimmed().isEmpty()); });
    connect(m_add, &QPushButton::clicked, this, &KeysDialog::add);
    auto* adding = new QWidget;
    auto* row = new QHBoxLayout(adding);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_name, 1);
    row->addWidget(m_add);
    return adding;
}

QWidget* KeysDialog::makeOnce()
{
    m_once = new QFrame;
    m_once->setObjectName(QStringLiteral("card"));
    m_onceText = new QLabel;
    m_onceText->setWordWrap(true);
    m_key = new QLineEdit;
    m_key->setReadOnly(true);
    m_key->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_key->setAccessibleName(tr("The new key"));
    auto* copy = new QPushButton(tr("Copy"));
    copy->setAccessibleName(tr("Copy the new key"));
    copy->setAutoDefault(false);
    connect(copy, &QPushButton::clicked, this, [this, copy] {
        QGuiApplication::clipboard()->setText(m_key->text());
        copy->setText(tr("Copied"));
    });
    auto* row = new QHBoxLayout;
    row->addWidget(m_key, 1);
    row->addWidget(copy);
    auto* rows = new QVBoxLayout(m_once);
    rows->setContentsMargins(space::large, space::medium, space::large, space::medium);
    rows->addWidget(m_onceText);
    rows->addLayout(row);
    m_once->hide();
    return m_once;
}

void KeysDialog::makeTable()
{
    m_table = new QTableWidget(0, columnsMax);
    m_table->setAccessibleName(tr("Keys"));
    m_table->setHorizontalHeaderLabels({tr("App"), tr("Key"), tr("Made"), tr("Last used")});
    m_table->setSelectionBehavior(QTableView::SelectRows);
    m_table->setSelectionMode(QTableView::SingleSelection);
    m_table->setEditTriggers(QTableView::DoubleClicked | QTableView::EditKeyPressed);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->verticalHeader()->hide();
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(Name, QHeaderView::Stretch);
    connect(m_table, &QTableWidget::itemSelectionChanged, this,
        [this] { m_revoke->setEnabled(m_table->currentRow() >= 0 && !m_table->selectedItems().isEmpty()); });
    connect(m_table, &QTableWidget::cellChanged, this, [this](int row, int column) {
        if (column != Name || row >= static_cast<int>(m_keys.size()))
            return;
        // Later: the table is filled anew then, which must not happen while a cell is at work.
        const auto from = m_keys[static_cast<std::size_t>(row)].name;
        const auto to = m_table->item(row, Name)->text().trimmed().toStdString();
        QMetaObject::invokeMethod(
            this, [this, from, to] { rename(from, to); }, Qt::QueuedConnection);
    });
}

void KeysDialog::show(const drover::Snapshot& snapshot)
{
    if (snapshot.keys == m_used)
        return;
    m_used = snapshot.keys;
    readKeys();
}

/// The file is what counts; a snapshot is a moment behind it, and only knows of use.
void KeysDialog::readKeys()
{
    std::vector<drover::KeyView> keys;
    for (const auto& key : m_source.read().resolved.settings.config.keys) {
        const auto used = std::ranges::find(m_used, key.name, &drover::KeyView::name);
        keys.push_back({key.name, key.prefix, key.created, used == m_used.end() ? 0 : used->lastUsed});
    }
    if (m_keys == keys && m_table->rowCount() == static_cast<int>(keys.size()))
        return;
    m_keys = std::move(keys);
    fill();
}

void KeysDialog::fill()
{
    const QSignalBlocker quietly(m_table);
    const auto chosen = m_table->currentRow();
    m_table->setRowCount(static_cast<int>(m_keys.size()));
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto& key = m_keys[static_cast<std::size_t>(row)];
        const QString texts[columnsMax] = {wording::text(key.name),
            key.prefix.empty() ? QString() : tr("%1…").arg(wording::text(key.prefix)), dayText(key.created),
            usedText(key.lastUsed)};
        for (int column = 0; column < columnsMax; ++column) {
            auto* item = new QTableWidgetItem(texts[column]);
            if (column != Name)
                item->setFlags(item->flags() & ~Qt::ItemIsEditable);
            m_table->setItem(row, column, item);
        }
    }
    m_table->setCurrentCell(std::min(std::max(chosen, 0), m_table->rowCount() - 1), Name);
    m_revoke->setEnabled(m_table->currentRow() >= 0);
}

void KeysDialog::add()
{
    const auto name = m_name->text().trimmed().toStdString();
    const auto key = makeKey();
    const auto config = describeKey(key, name, QDate::currentDate().toString(Qt::ISODate).toStdString());
    const auto trouble = editSettings(m_source, [&](const std::string& file) { return addKey(file, config); });
    m_complaint->setVisible(trouble.has_value());
    if (trouble)
        return m_complaint->setText(wording::text(trouble->sentence));
    m_onceText->setText(tr("The key for %1. It is shown only until this window is closed.").arg(wording::text(name)));
    m_key->setText(wording::text(key));
    m_once->show();
    m_name->clear();
    readKeys();
    m_key->setFocus();
    m_key->selectAll();
}

void KeysDialog::rename(const std::string& from, const std::string& to)
{
    if (from == to)
        return;
    const auto trouble = editSettings(m_source, [&](const std::string& file) { return renameKey(file, from, to); });
    m_complaint->setVisible(trouble.has_value());
    if (trouble)
        m_complaint->setText(wording::text(trouble->sentence));
    m_keys.clear(); // the cell may have another text than the file
    readKeys();
}

void KeysDialog::askToRevoke()
{
    const auto row = m_table->currentRow();
    if (row < 0)
        return;
    const auto name = m_keys[static_cast<std::size_t>(row)].name;
    auto* question = new QMessageBox(QMessageBox::Question, tr("Revoke a key"),
        tr("Revoke the key of %1?").arg(wording::text(name)), QMessageBox::NoButton, this);
    question->setInformativeText(tr("What uses it is refused from other machines at once. This cannot be undone."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIconPixmap(question->windowIcon().pixmap(48, 48));
    const auto* yes = question->addButton(tr("Revoke it"), QMessageBox::DestructiveRole);
    question->addButton(tr("Keep it"), QMessageBox::RejectRole);
    connect(yes, &QAbstractButton::clicked, this, [this, name] {
        const auto trouble = editSettings(m_source, [&](const std::string& file) { return revokeKey(file, name); });
        m_complaint->setVisible(trouble.has_value());
        if (trouble)
            m_complaint->setText(wording::text(trouble->sentence));
        readKeys();
    });
    question->open();
}

} // namespace drover::app
