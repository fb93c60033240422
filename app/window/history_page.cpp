// SPDX-License-Identifier: MIT
#include "app/window/history_page.h"

#include "app/history/curl_text.h"
#include "app/window/card.h"
#include "app/window/history_details.h"
#include "app/window/history_errand.h"
#include "app/window/history_filter_bar.h"
#include "app/window/history_model.h"
#include "app/window/history_source.h"
#include "app/window/history_table.h"
#include "app/window/percentile_strip.h"
#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/wording.h"

#include <QClipboard>
#include <QDateTime>
#include <QEvent>
#include <QFileDialog>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStackedLayout>
#include <QStandardPaths>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds figuresRest = 2s; ///< between two readings of all rows
constexpr int figuresRestFactor = 20; ///< and this many times what the last one took: at most 5 % of one core
constexpr int textWidth = 440;

int amount(std::uint64_t number)
{
    return static_cast<int>(std::min<std::uint64_t>(number, 1'000'000'000));
}

void askWithDialog(
    QWidget* parent, const QString& suggested, const QString& kinds, const std::function<void(const QString&)>& chosen)
{
    auto* dialog = new QFileDialog(parent, HistoryPage::tr("Export history"), suggested, kinds);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->selectFile(suggested);
    QObject::connect(dialog, &QFileDialog::fileSelected, parent, chosen);
    dialog->open();
}

} // namespace

HistoryPage::HistoryPage(const std::string& file, QWidget* parent)
    : Page({PageId::History, tr("History"), Symbol::History}, parent)
    , m_source(new HistorySource(file, this))
    , m_model(new HistoryModel(*m_source, this))
    , m_table(new HistoryTable(*m_model))
    , m_filter(new HistoryFilterBar)
    , m_strip(new PercentileStrip)
    , m_details(new HistoryDetails)
    , m_errand(new HistoryErrand(file))
    , m_views(new QStackedLayout)
    , m_askForFile(askWithDialog)
{
    m_views->addWidget(makeMessage());
    m_views->addWidget(m_table);
    m_details->hide();
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addLayout(makeTop());
    whole->addWidget(makeBanner());
    whole->addWidget(m_filter);
    whole->addWidget(m_strip);
    whole->addLayout(m_views, 1);
    whole->addWidget(m_details);
    whole->addWidget(m_errand);
    connectParts();
    drawSymbols();
    showState();
}

HistoryPage::~HistoryPage()
{
    delete m_table; // before its model
    m_table = nullptr;
}

QLayout* HistoryPage::makeTop()
{
    auto* title = new QLabel(tr("History"));
    title->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    m_summary = quiet(new ElidedLabel(tr("What apps asked and how it ended, never what was said.")));
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(m_summary);

    m_columns = new QPushButton(tr("Columns"));
    auto* columns = new QMenu(m_columns);
    m_table->addColumnRows(*columns);
    m_columns->setMenu(columns);
    m_export = new QPushButton(tr("Export"));
    auto* formats = new QMenu(m_export);
    formats->addAction(tr("CSV, for spreadsheets"), this, [this] { askToExport(RowFormat::Csv); });
    formats->addAction(tr("JSON, for programs"), this, [this] { askToExport(RowFormat::Json); });
    m_export->setMenu(formats);
    m_delete = new QPushButton(tr("Delete"));
    m_delete->setToolTip(tr("Delete the records that are shown below"));
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addLayout(words, 1);
    for (auto* button : {m_columns, m_export, m_delete})
        top->addWidget(button, 0, Qt::AlignVCenter);
    return top;
}

QFrame* HistoryPage::makeBanner()
{
    m_banner = new QFrame;
    m_banner->setObjectName(QStringLiteral("banner"));
    m_bannerText = new QLabel;
    m_bannerText->setWordWrap(true);
    m_bannerText->setTextFormat(Qt::PlainText);
    auto* row = new QHBoxLayout(m_banner);
    row->setContentsMargins(space::large, space::small, space::large, space::small);
    row->addWidget(m_bannerText);
    m_banner->hide();
    return m_banner;
}

QWidget* HistoryPage::makeMessage()
{
    auto* card = new Card({});
    m_messageTitle = new QLabel;
    m_messageTitle->setFont(textFont(TextSize::Figure, QFont::DemiBold));
    m_messageText = quiet(new QLabel);
    m_messageText->setWordWrap(true);
    m_messageText->setAlignment(Qt::AlignCenter);
    m_messageText->setTextFormat(Qt::PlainText);
    m_messageText->setFixedWidth(textWidth);
    m_messageButton = new QPushButton(tr("Show all"));
    card->body()->addStretch(2);
    card->body()->addWidget(m_messageTitle, 0, Qt::AlignHCenter);
    card->body()->addWidget(m_messageText, 0, Qt::AlignHCenter);
    card->body()->addSpacing(space::small);
    card->body()->addWidget(m_messageButton, 0, Qt::AlignHCenter);
    card->body()->addStretch(3);
    return card;
}

void HistoryPage::connectParts()
{
    connect(m_filter, &HistoryFilterBar::changed, this, &HistoryPage::applyFilter);
    connect(m_messageButton, &QPushButton::clicked, m_filter, &HistoryFilterBar::clear);
    connect(m_model, &HistoryModel::stateChanged, this, &HistoryPage::showState);
    connect(m_model, &QAbstractItemModel::rowsInserted, this, &HistoryPage::showState);
    connect(m_model, &QAbstractItemModel::modelReset, this, &HistoryPage::hideDetails);
    connect(m_table, &HistoryTable::detailsAsked, this, &HistoryPage::showDetails);
    connect(m_table, &QAbstractItemView::doubleClicked, this, &HistoryPage::showDetails);
    connect(m_table, &HistoryTable::curlAsked, this, &HistoryPage::copyCurl);
    connect(m_table, &HistoryTable::logAsked, this, &Page::logAsked);
    connect(m_table, &HistoryTable::currentRowChanged, this, [this] {
        if (m_details->isVisible())
            showDetails();
    });
    connect(m_details, &HistoryDetails::curlAsked, this, &HistoryPage::copyCurl);
    connect(m_details, &HistoryDetails::closeAsked, this, &HistoryPage::hideDetails);
    connect(m_delete, &QPushButton::clicked, this, &HistoryPage::askToDelete);
    connect(m_errand, &HistoryErrand::busyChanged, this, &HistoryPage::showState);
    connect(m_errand, &HistoryErrand::deleted, this, &HistoryPage::lookAgain);
    m_figuresDue.setSingleShot(true);
    connect(&m_figuresDue, &QTimer::timeout, this, &HistoryPage::askForFigures);
}

void HistoryPage::show(const drover::Snapshot& snapshot)
{
    const bool hasNewRows = snapshot.history.lastRow != m_state.lastRow;
    const bool isOtherFile = snapshot.history.reasonCode != m_state.reasonCode;
    m_state = snapshot.history;
    m_address = addressesOf(snapshot).ollama.toStdString();
    showTrouble();
    if (!m_isBegun || isOtherFile) {
        m_isBegun = true;
        return lookAgain();
    }
    if (!hasNewRows)
        return;
    m_model->takeNew();
    askForFiguresLater();
}

/// What keeps the history from being written, or that a damaged one was replaced.
void HistoryPage::showTrouble()
{
    const bool isOff = m_state.reasonCode == "off";
    const bool hasTrouble = !m_state.reasonCode.empty();
    const auto sentence = isOff ? tr("New requests are not recorded: the setting history.keep is off.")
                                : tr("%1 %2", "a sentence, and what to do")
                                      .arg(wording::text(m_state.reasonText), wording::text(m_state.fixText));
    setTextOf(m_bannerText, hasTrouble ? sentence : QString());
    m_banner->setVisible(hasTrouble);
}

void HistoryPage::applyFilter()
{
    m_model->setFilter(m_filter->filter(QDateTime::currentMSecsSinceEpoch()));
    ++m_figuresTurn;
    m_figuresAsked = false;
    askForFigures();
}

void HistoryPage::lookAgain()
{
    m_model->reload();
    askForNames();
    ++m_figuresTurn;
    m_figuresAsked = false;
    askForFigures();
}

void HistoryPage::askForFigures()
{
    if (m_figuresAsked)
        return askForFiguresLater();
    m_figuresAsked = true;
    m_figuresDue.stop();
    m_figuresTook.start();
    using Summary = drover::HistorySummary;
    m_source->ask<Summary>(
        this, [filter = m_model->query().filter](drover::HistoryReader& reader) { return reader.summary(filter); },
        [this, turn = m_figuresTurn](const drover::Result<Summary>& answer) {
            if (turn != m_figuresTurn)
                return;
            m_figuresAsked = false;
            m_figuresCost = m_figuresTook.elapsed();
            m_figures = answer ? *answer : Summary{};
            m_strip->show(m_figures);
        });
}

/// Rows have come: the figures follow after a while, since they read every row.
void HistoryPage::askForFiguresLater()
{
    const auto rest = std::max<qint64>(figuresRest.count(), m_figuresCost * figuresRestFactor);
    if (!m_figuresDue.isActive())
        m_figuresDue.start(static_cast<int>(std::min<qint64>(rest, 600'000)));
}

void HistoryPage::askForNames()
{
    using Names = drover::HistoryNames;
    m_source->ask<Names>(
        this, [](drover::HistoryReader& reader) { return reader.names(); },
        [this](const drover::Result<Names>& answer) {
            if (answer)
                m_filter->offer(*answer);
        });
}

void HistoryPage::showState()
{
    using State = HistoryModel::State;
    const State state = m_model->state();
    const bool hasRows = m_model->rowCount() > 0;
    const bool isFree = hasRows && !m_errand->isBusy();
    m_export->setEnabled(isFree);
    m_delete->setEnabled(isFree);
    m_views->setCurrentIndex(hasRows ? 1 : 0);
    m_strip->setVisible(hasRows);
    m_filter->setEnabled(hasRows || !m_filter->isEmpty());
    if (hasRows)
        return;
    if (state == State::Failed)
        showMessage(tr("The history cannot be read"), wording::text(m_model->trouble().detail), false);
    else if (state == State::Loading)
        showMessage(tr("Reading"), {}, false);
    else if (!m_filter->isEmpty())
        showMessage(tr("No request matches"), tr("None of the recorded requests has all of that."), true);
    else
        showMessage(tr("No request yet"),
            tr("Each request that an app sends through Drover is listed here when it ended: who asked, how long it "
               "waited "
               "and took, and how it ended. What was said is never kept."),
            false);
}

void HistoryPage::showMessage(const QString& title, const QString& text, bool offersAll)
{
    setTextOf(m_messageTitle, title);
    setTextOf(m_messageText, text);
    m_messageText->setMinimumHeight(std::max(0, m_messageText->heightForWidth(textWidth)));
    m_messageButton->setVisible(offersAll);
}

void HistoryPage::showDetails()
{
    if (m_table->currentRow() < 0)
        return;
    m_details->show(m_model->row(m_table->currentRow()));
    m_details->setVisible(true);
    m_table->scrollTo(m_table->currentIndex());
}

void HistoryPage::hideDetails()
{
    if (!m_details->isVisible())
        return;
    const bool hadFocus = m_details->isAncestorOf(focusWidget());
    m_details->hide();
    if (hadFocus)
        m_table->setFocus();
}

void HistoryPage::copyCurl()
{
    if (m_table->currentRow() < 0)
        return;
    const auto& job = m_model->row(m_table->currentRow()).finished.job;
    const std::string address = m_address.empty() ? "http://127.0.0.1:11435" : m_address;
    QGuiApplication::clipboard()->setText(QString::fromStdString(curlText(job, address)));
}

void HistoryPage::askToExport(RowFormat format)
{
    const bool isCsv = format == RowFormat::Csv;
    const QString name =
        QStringLiteral("drover-history-%1.%2")
            .arg(QDate::currentDate().toString(Qt::ISODate), isCsv ? QStringLiteral("csv") : QStringLiteral("json"));
    const QString folder = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    m_askForFile(this, folder + QLatin1Char('/') + name, isCsv ? tr("CSV files (*.csv)") : tr("JSON files (*.json)"),
        [this, format](const QString& file) { exportTo(file, format); });
}

void HistoryPage::exportTo(const QString& file, RowFormat format)
{
    if (!file.isEmpty() && !m_errand->isBusy())
        m_errand->exportRows(m_model->query(), format, file, m_figures.rows);
}

/// What is shown is what goes: the filter is the range.
void HistoryPage::askToDelete()
{
    auto filter = m_model->query().filter;
    if (!filter.to) // what ends while the question is open stays
        filter.to = QDateTime::currentMSecsSinceEpoch() + 1;
    const auto rows = m_figures.rows;
    const QString text = m_filter->isEmpty() ? tr("Delete all %n record(s)?", nullptr, amount(rows))
                                             : tr("Delete the %n record(s) that are shown?", nullptr, amount(rows));
    auto* question = new QMessageBox(QMessageBox::Warning, tr("Delete history"), text, QMessageBox::NoButton, this);
    question->setInformativeText(tr("They cannot be brought back. The sums per day stay."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    const auto* yes = question->addButton(tr("Delete them"), QMessageBox::DestructiveRole);
    auto* no = question->addButton(tr("Keep them"), QMessageBox::RejectRole);
    question->setDefaultButton(no);
    connect(yes, &QAbstractButton::clicked, this, [this, filter, rows] {
        if (!m_errand->isBusy())
            m_errand->deleteRows(filter, rows);
    });
    question->open();
}

void HistoryPage::drawSymbols()
{
    const auto& colors = currentTheme();
    setSymbol(*m_columns, Symbol::Table, colors.text);
    setSymbol(*m_export, Symbol::Copy, colors.text);
    setSymbol(*m_delete, Symbol::Cancel, colors.text);
}

void HistoryPage::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Escape && m_details->isVisible())
        return hideDetails();
    Page::keyPressEvent(event);
}

void HistoryPage::changeEvent(QEvent* event)
{
    Page::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_delete != nullptr)
        drawSymbols();
}

} // namespace drover::app
