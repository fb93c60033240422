// SPDX-License-Identifier: MIT
#include "app/window/pools_page.h"

#include "app/history/row_text.h"
#include "app/joining/invitation.h"
#include "app/settings/settings_blocks.h"
#include "app/settings/settings_source.h"
#include "app/window/advice_row.h"
#include "app/window/card.h"
#include "app/window/day_bars.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QClipboard>
#include <QDateTime>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QInputDialog>
#include <QKeyEvent>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QSaveFile>
#include <QStackedLayout>
#include <QTableView>
#include <QThreadPool>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr int heightOfRows = 36;
constexpr int tableHeightMin = 150;
constexpr auto ledgerAfter = 1500ms; ///< the history is written once a second

std::vector<std::string> namesOf(const Settings& settings)
{
    std::vector<std::string> names;
    for (const PoolSetting& pool : settings.pools)
        names.push_back(pool.pool.name);
    return names;
}

std::uint64_t jobsInAll(const drover::Snapshot& snapshot)
{
    std::uint64_t jobs = 0;
    for (const drover::PoolView& pool : snapshot.pools)
        jobs += pool.total.jobs;
    return jobs;
}

QPushButton* plainButton(const QString& text, const QString& tip = {})
{
    auto* button = new QPushButton(text);
    button->setToolTip(tip);
    return button;
}

bool isKeyTrouble(const PoolsModel::Row& row)
{
    return row.waitsForKey
        || (row.pool.state == drover::PoolState::Refused && row.pool.reason.find("key") != row.pool.reason.npos);
}

} // namespace

PoolsPage::PoolsPage(PoolDesk& desk, std::string historyFile, CancelJobs cancelJobs, QWidget* parent)
    : Page({PageId::Pools, tr("Pools"), Symbol::Pools}, parent)
    , m_desk(desk)
    , m_historyFile(std::move(historyFile))
    , m_cancelJobs(std::move(cancelJobs))
    , m_views(new QStackedLayout)
{
    setAcceptDrops(true);
    m_views->addWidget(makeEmpty());
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
    m_readLedger.setSingleShot(true);
    connect(&m_readLedger, &QTimer::timeout, this, &PoolsPage::readLedger);
    drawSymbols();
    show({});
}

PoolsPage::~PoolsPage() = default;

QString PoolsPage::label(const drover::Snapshot& snapshot) const
{
    std::uint32_t running = 0;
    for (const drover::PoolView& pool : snapshot.pools)
        running += pool.running;
    return running == 0 ? name().name : tr("Pools (%1)").arg(running);
}

QLayout* PoolsPage::makeTop()
{
    auto* title = new QLabel(tr("Pools"));
    title->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    m_summary = quiet(new ElidedLabel);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(m_summary);
    m_join = plainButton(tr("Join a pool…"));
    connect(m_join, &QPushButton::clicked, this, [this] { join()->startAt(JoinDialog::Start::Text); });
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addLayout(words, 1);
    top->addWidget(m_join, 0, Qt::AlignVCenter);
    return top;
}

QWidget* PoolsPage::makeEmpty()
{
    auto* empty = new Card({});
    auto* title = new QLabel(tr("Share this machine with a pool"));
    title->setFont(textFont(TextSize::Figure, QFont::DemiBold));
    auto* text = quiet(new QLabel(
        tr("A pool is a server that hands questions of its members to machines like this one. Drover connects to it by "
           "itself, no port is opened here, and your own apps always come first. It works with llamapool and nfrx "
           "servers.")));
    constexpr int textWidth = 480;
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setFixedWidth(textWidth);
    text->setMinimumHeight(text->heightForWidth(textWidth));
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    buttons->addStretch();
    const std::pair<QString, JoinDialog::Start> ways[] = {{tr("Paste an invitation…"), JoinDialog::Start::Text},
        {tr("Open a file…"), JoinDialog::Start::File}, {tr("Type an address…"), JoinDialog::Start::ByHand}};
    for (const auto& [words, start] : ways) {
        auto* button = plainButton(words);
        connect(button, &QPushButton::clicked, this, [this, start = start] { join()->startAt(start); });
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto* hint = quiet(new QLabel(tr("A link drover://join… opens this too, and a file can be dropped here.")));
    hint->setFont(textFont(TextSize::Caption));
    hint->setWordWrap(true);
    hint->setAlignment(Qt::AlignCenter);
    empty->body()->addStretch(2);
    empty->body()->addWidget(title, 0, Qt::AlignHCenter);
    empty->body()->addWidget(text, 0, Qt::AlignHCenter);
    empty->body()->addSpacing(space::medium);
    empty->body()->addLayout(buttons);
    empty->body()->addWidget(hint);
    empty->body()->addStretch(3);
    return empty;
}

void PoolsPage::makeTable(QTableView* table, const QString& tableName)
{
    table->setAccessibleName(tableName);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    table->setTabKeyNavigation(false);
    table->setShowGrid(false);
    table->setWordWrap(false);
    table->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->setHorizontalScrollMode(QAbstractItemView::ScrollPerPixel);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(heightOfRows);
    table->horizontalHeader()->setHighlightSections(false);
    table->horizontalHeader()->setFont(textFont(TextSize::Caption, QFont::DemiBold));
}

QWidget* PoolsPage::makeFilled()
{
    m_table = new QTableView;
    m_table->setModel(&m_model);
    makeTable(m_table, tr("Pools that this machine works for"));
    m_table->setMinimumHeight(tableHeightMin);
    m_table->installEventFilter(this);
    auto* header = m_table->horizontalHeader();
    header->setSectionResizeMode(QHeaderView::ResizeToContents);
    header->setSectionResizeMode(PoolsModel::Offers, QHeaderView::Stretch);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PoolsPage::showChosen);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &PoolsPage::showChosen);
    m_advice = new AdviceRow;
    connect(m_advice->button(), &QPushButton::clicked, this, &PoolsPage::mend);
    m_details = quiet(new QLabel);
    m_details->setWordWrap(true);
    m_details->setTextFormat(Qt::PlainText);
    m_details->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_copy = plainButton(tr("Copy details"), tr("What is known of the selected pool, without its key (Ctrl+C)"));
    m_key = plainButton(tr("Change the key…"));
    m_leave = plainButton(tr("Leave…"), tr("Take this machine out of the selected pool (Delete)"));
    connect(m_copy, &QPushButton::clicked, this, &PoolsPage::copyDetails);
    connect(m_key, &QPushButton::clicked, this, [this] {
        if (const auto* row = chosen())
            changeKey(row->pool.name);
    });
    connect(m_leave, &QPushButton::clicked, this, [this] {
        if (const auto* row = chosen())
            askToLeave(row->pool.name);
    });
    auto* actions = new QHBoxLayout;
    actions->setSpacing(space::small);
    actions->addWidget(m_copy);
    actions->addWidget(m_key);
    actions->addStretch();
    actions->addWidget(m_leave);
    auto* filled = new QWidget;
    auto* rows = new QVBoxLayout(filled);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::small);
    rows->addWidget(m_table, 1);
    rows->addWidget(m_advice);
    rows->addWidget(m_details);
    rows->addLayout(actions);
    rows->addWidget(makeLedger(), 1);
    return filled;
}

QWidget* PoolsPage::makeLedger()
{
    auto* card = new Card(tr("Given, last %n day(s)", nullptr, DayBars::daysShown));
    m_bars = new DayBars;
    m_ledgerTable = new QTableView;
    m_ledgerTable->setModel(&m_ledger);
    makeTable(m_ledgerTable, tr("What pools were given per day"));
    m_ledgerTable->verticalHeader()->setDefaultSectionSize(m_ledgerTable->fontMetrics().height() + space::small);
    m_ledgerTable->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_ledgerTable->setMinimumHeight(0);
    m_toggle = new QPushButton;
    m_toggle->setProperty("flat", true);
    m_export = plainButton(tr("Save as CSV…"));
    m_export->setProperty("flat", true);
    connect(m_toggle, &QPushButton::clicked, this, &PoolsPage::toggleLedger);
    connect(m_export, &QPushButton::clicked, this, &PoolsPage::exportLedger);
    card->corner()->addWidget(m_export);
    card->corner()->addWidget(m_toggle);
    m_ledgerViews = new QStackedLayout;
    m_ledgerViews->addWidget(m_bars);
    m_ledgerViews->addWidget(m_ledgerTable);
    card->body()->addLayout(m_ledgerViews, 1);
    return card;
}

void PoolsPage::show(const drover::Snapshot& snapshot)
{
    if (&snapshot != &m_snapshot)
        m_snapshot = snapshot;
    m_model.show(m_snapshot, namesOf(m_desk.settings()));
    const bool isEmpty = m_model.rowCount() == 0;
    m_views->setCurrentIndex(isEmpty ? 0 : 1);
    m_join->setVisible(!isEmpty);
    if (!isEmpty && !m_table->currentIndex().isValid())
        m_table->setCurrentIndex(m_model.index(0, 0));
    const auto connected = std::ranges::count_if(
        m_snapshot.pools, [](const auto& pool) { return pool.state == drover::PoolState::Connected; });
    drover::GivenSum today;
    for (const drover::PoolView& pool : m_snapshot.pools)
        today += pool.today;
    setTextOf(m_summary,
        isEmpty ? tr("This machine works for no pool")
                : tr("%1 of %2 connected; %3 jobs and %4 tokens given today")
                      .arg(connected)
                      .arg(m_model.rowCount())
                      .arg(wording::count(today.jobs), wording::count(today.promptTokens + today.outputTokens)));
    showChosen();
    if (!isEmpty && jobsInAll(m_snapshot) != m_jobsRead && !m_readLedger.isActive())
        m_readLedger.start(m_ledger.rowCount() == 0 && m_jobsRead == ~std::uint64_t{0} ? 0ms : ledgerAfter);
    showToDialog(m_snapshot);
}

void PoolsPage::showToDialog(const drover::Snapshot& snapshot)
{
    if (m_dialog)
        m_dialog->show(snapshot);
}

void PoolsPage::search(const QString& words)
{
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (wording::text(m_model.at(row)->pool.name) == words)
            m_table->setCurrentIndex(m_model.index(row, 0));
    }
}

const PoolsModel::Row* PoolsPage::chosen() const
{
    return m_model.at(m_table->currentIndex().row());
}

void PoolsPage::showChosen()
{
    const PoolsModel::Row* row = chosen();
    for (auto* button : {m_copy, m_key, m_leave})
        button->setEnabled(row != nullptr);
    m_advice->setVisible(row != nullptr);
    m_details->setVisible(row != nullptr);
    if (row == nullptr)
        return;
    const drover::PoolView& pool = row->pool;
    setTextOf(m_details, detailsOf(*row));
    const QString reason = wording::text(pool.reason);
    const QString fix = wording::text(pool.fix);
    if (row->waitsForKey)
        return m_advice->show(AdviceRow::Mark::Odd,
            tr("The key of %1 is not there: the keyring is locked, or has lost it.").arg(wording::text(pool.name)),
            tr("Unlock the keyring, or set the key again."), tr("Change the key…"));
    switch (pool.state) {
    case drover::PoolState::Connected:
        return m_advice->show(AdviceRow::Mark::Good,
            pool.running > 0
                ? tr("%n job(s) running for %1", nullptr, static_cast<int>(pool.running)).arg(wording::text(pool.name))
                : tr("Ready for jobs of %1").arg(wording::text(pool.name)),
            {}, {});
    case drover::PoolState::Refused:
        return m_advice->show(
            AdviceRow::Mark::Bad, reason, fix, isKeyTrouble(*row) ? tr("Change the key…") : QString());
    case drover::PoolState::Unready:
        return m_advice->show(AdviceRow::Mark::Odd, reason, fix,
            m_snapshot.paused         ? tr("Resume")
                : pool.models.empty() ? tr("Open Models")
                                      : QString());
    case drover::PoolState::Connecting:
        return m_advice->show(AdviceRow::Mark::Odd, reason.isEmpty() ? tr("Connecting") : reason, fix, {});
    case drover::PoolState::Draining:
    case drover::PoolState::Off:
        return m_advice->show(AdviceRow::Mark::None, reason.isEmpty() ? PoolsModel::stateText(*row) : reason, fix, {});
    }
}

QString PoolsPage::detailsOf(const PoolsModel::Row& row) const
{
    const drover::PoolView& pool = row.pool;
    QStringList lines;
    if (!pool.url.empty())
        lines << wording::text(pool.url);
    if (!pool.workerName.empty())
        lines << tr("known there as %1").arg(wording::text(pool.workerName));
    if (pool.lastHeartbeat > 0)
        lines << tr("last sign of life sent %1").arg(wording::clock(pool.lastHeartbeat * 1000));
    if (pool.total.jobs > 0)
        lines << tr("%n job(s) given in all", nullptr, static_cast<int>(pool.total.jobs));
    if (pool.failed > 0)
        lines << tr("%n job(s) failed since the start", nullptr, static_cast<int>(pool.failed));
    return lines.join(QStringLiteral(" · "));
}

void PoolsPage::copyDetails() const
{
    const PoolsModel::Row* row = chosen();
    if (row == nullptr)
        return;
    QStringList lines{tr("%1: %2").arg(wording::text(row->pool.name), PoolsModel::stateText(*row)), detailsOf(*row),
        wording::text(row->pool.reason)};
    for (const std::string& model : row->pool.models)
        lines << QStringLiteral("- ") + wording::text(model);
    lines.removeAll(QString());
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

/// The button beside what is wrong.
void PoolsPage::mend()
{
    const PoolsModel::Row* row = chosen();
    if (row == nullptr)
        return;
    if (isKeyTrouble(*row))
        return changeKey(row->pool.name);
    Q_EMIT fixAsked(m_snapshot.paused ? drover::FixAction::Resume : drover::FixAction::OpenModels, {});
}

void PoolsPage::changeKey(const std::string& pool)
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Key of %1").arg(wording::text(pool)));
    dialog->setLabelText(tr("The key that this pool's workers use:"));
    dialog->setTextEchoMode(QLineEdit::Password);
    connect(dialog, &QInputDialog::textValueSelected, this, [this, pool](const QString& text) {
        const std::string key = text.trimmed().toStdString();
        if (!isPoolKey(key))
            return tell(tr("The key must be one line of letters, digits and signs, without spaces."));
        const std::string secret = poolSecretName(pool);
        m_desk.keepKey(secret, key, this, [this, pool, secret](const drover::Result<std::string>& kept) {
            if (!kept)
                return tell(tr("The key could not be kept: %1").arg(wording::sentence(kept.error().detail)));
            const auto names = namesOf(m_desk.settings());
            const auto index = static_cast<std::size_t>(std::ranges::find(names, pool) - names.begin());
            const auto trouble = m_desk.edit([&](const std::string& settings) {
                return changeBlock(
                    settings, "pool", index, {{"key_secret", secret}, {"key_file", ""}, {"key_env", ""}});
            });
            if (trouble)
                return tell(wording::sentence(trouble->sentence));
            if (!kept->empty())
                tell(wording::sentence(*kept));
        });
    });
    dialog->open();
}

JoinDialog* PoolsPage::join()
{
    if (!m_dialog) {
        m_dialog = new JoinDialog(m_desk, window());
        connect(
            m_dialog, &JoinDialog::modelsAsked, this, [this] { Q_EMIT fixAsked(drover::FixAction::OpenModels, {}); });
        m_dialog->show(m_snapshot);
        m_dialog->open();
    }
    m_dialog->raise();
    m_dialog->activateWindow();
    return m_dialog;
}

void PoolsPage::askToLeave(const std::string& pool)
{
    if (m_question)
        return m_question->raise();
    const auto found = std::ranges::find(m_snapshot.pools, pool, &drover::PoolView::name);
    const int running = found == m_snapshot.pools.end() ? 0 : static_cast<int>(found->running);
    m_question = new QMessageBox(this);
    m_question->setAttribute(Qt::WA_DeleteOnClose);
    m_question->setTextFormat(Qt::PlainText);
    m_question->setWindowTitle(tr("Leave a pool"));
    m_question->setText(tr("Leave %1?").arg(wording::text(pool)));
    m_question->setInformativeText(
        tr("Its settings and its key are removed from this machine. What it was given stays in the ledger.")
        + (running > 0 ? QStringLiteral("\n") + tr("%n job(s) run for it.", nullptr, running) : QString()));
    auto* finish = m_question->addButton(running > 0 ? tr("Finish, then leave") : tr("Leave"), QMessageBox::AcceptRole);
    connect(finish, &QPushButton::clicked, this, [this, pool] { leave(pool, false); });
    if (running > 0) {
        auto* stop = m_question->addButton(tr("Stop them and leave"), QMessageBox::DestructiveRole);
        connect(stop, &QPushButton::clicked, this, [this, pool] { leave(pool, true); });
    }
    auto* cancel = m_question->addButton(tr("Cancel"), QMessageBox::RejectRole);
    m_question->setEscapeButton(cancel);
    m_question->setDefaultButton(cancel);
    m_question->open();
}

void PoolsPage::leave(const std::string& pool, bool stopsJobs)
{
    std::vector<drover::JobId> jobs;
    for (const drover::JobView& job : m_snapshot.jobs) {
        if (job.pool == pool)
            jobs.push_back(job.id);
    }
    const Left left = leavePool(m_desk, pool);
    if (stopsJobs && !left.trouble)
        m_cancelJobs(jobs);
    tell(leftText(left, pool));
    show(m_snapshot);
}

void PoolsPage::tell(const QString& sentence)
{
    m_bannerText->setText(sentence);
    m_banner->show();
}

/// On another thread: a disk may take its time.
void PoolsPage::readLedger()
{
    m_jobsRead = jobsInAll(m_snapshot);
    QThreadPool::globalInstance()->start([file = m_historyFile, page = QPointer(this)] {
        const auto reader = drover::makeHistoryReader(file);
        auto rows = reader ? (*reader)->ledger({}) : drover::Result<std::vector<drover::LedgerRow>>(reader.error());
        QMetaObject::invokeMethod(
            qApp,
            [page, rows = rows ? std::move(*rows) : std::vector<drover::LedgerRow>{}]() mutable {
                if (!page)
                    return;
                page->m_bars->show(rows, QDate::currentDate());
                page->m_ledger.show(std::move(rows));
                page->m_export->setEnabled(page->m_ledger.rowCount() > 0);
            },
            Qt::QueuedConnection);
    });
}

void PoolsPage::exportLedger()
{
    auto* dialog = new QFileDialog(this, tr("Save the ledger"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setNameFilter(tr("Tables (*.csv)"));
    dialog->selectFile(QStringLiteral("drover-ledger.csv"));
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString& name) {
        std::string text = ledgerCsvHeader();
        for (const drover::LedgerRow& row : m_ledger.rows())
            text += ledgerCsv(row);
        QSaveFile file(name);
        const bool written =
            file.open(QIODevice::WriteOnly) && file.write(QByteArray::fromStdString(text)) >= 0 && file.commit();
        tell(written ? tr("Saved as %1.").arg(name) : tr("%1 cannot be written: %2").arg(name, file.errorString()));
    });
    dialog->open();
}

void PoolsPage::toggleLedger()
{
    m_ledgerViews->setCurrentIndex(1 - m_ledgerViews->currentIndex());
    drawSymbols();
}

void PoolsPage::drawSymbols()
{
    const auto& colors = currentTheme();
    const bool isChart = m_ledgerViews->currentIndex() == 0;
    m_toggle->setText(isChart ? tr("Show as table") : tr("Show as chart"));
    setSymbol(*m_toggle, isChart ? Symbol::Table : Symbol::Chart, colors.accent);
    setSymbol(*m_join, Symbol::Pools, colors.text);
    setSymbol(*m_copy, Symbol::Copy, colors.text);
}

void PoolsPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_toggle != nullptr)
        drawSymbols();
}

bool PoolsPage::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_table && event->type() == QEvent::KeyPress) {
        auto* key = static_cast<QKeyEvent*>(event);
        if (key->matches(QKeySequence::Copy)) {
            copyDetails();
            return true;
        }
        if (key->key() == Qt::Key_Delete && chosen() != nullptr) {
            askToLeave(chosen()->pool.name);
            return true;
        }
    }
    return Page::eventFilter(watched, event);
}

void PoolsPage::dragEnterEvent(QDragEnterEvent* event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void PoolsPage::dropEvent(QDropEvent* event)
{
    const auto urls = event->mimeData()->urls();
    if (!urls.isEmpty() && urls.first().isLocalFile()) {
        const auto text = readTextFile(urls.first().toLocalFile().toStdString());
        return join()->takeText(text ? QString::fromStdString(*text) : QString());
    }
    join()->takeText(event->mimeData()->text());
}

} // namespace drover::app
