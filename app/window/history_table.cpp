// SPDX-License-Identifier: MIT
#include "app/window/history_table.h"

#include "app/history/row_text.h"
#include "app/window/remembered.h"
#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/wording.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>

#include <algorithm>

namespace drover::app {

namespace {

constexpr auto columnsKey = "history/columns";
constexpr int heightOfRows = 32;
constexpr int besidesText = 24; ///< padding of a cell

/// A long text of each column.
constexpr const char* samples[HistoryModel::columnsMax] = {"11/21/26 23:59:59", "python train.py", "qwen2.5-coder:7b",
    "Incomplete", "59 min 5", "First token", "59 min 59 s", "9,999 + 999", "999 tok/s", "ollama-2",
    "/v1/chat/completions", "Interactive", "Status", "req_0123456789abcdef"};

constexpr HistoryModel::Column hiddenAtFirst[] = {HistoryModel::Ran, HistoryModel::Path, HistoryModel::Lane,
    HistoryModel::Status, HistoryModel::RequestId, HistoryModel::Backend};

} // namespace

HistoryTable::HistoryTable(HistoryModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    setModel(&model);
    setAccessibleName(tr("Requests that ended"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(ExtendedSelection);
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setShowGrid(false);
    setWordWrap(false);
    setVerticalScrollMode(ScrollPerPixel);
    setHorizontalScrollMode(ScrollPerPixel);
    verticalHeader()->hide();
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(heightOfRows);
    auto* header = horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsMovable(true);
    header->setFont(textFont(TextSize::Caption, QFont::DemiBold));
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    for (int column = 0; column < HistoryModel::columnsMax; ++column)
        setColumnWidth(column, usualWidth(column));
    for (const auto column : hiddenAtFirst)
        setColumnHidden(column, true);
    header->setSortIndicator(HistoryModel::Time, Qt::DescendingOrder);
    restoreColumns();
    setSortingEnabled(true);
    connect(header, &QHeaderView::customContextMenuRequested, this, [this, header](const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        addColumnRows(*menu);
        menu->popup(header->mapToGlobal(at));
    });
}

HistoryTable::~HistoryTable()
{
    rememberColumns();
}

int HistoryTable::usualWidth(int column) const
{
    int widest = fontMetrics().horizontalAdvance(QLatin1String(samples[column]));
    if (column == HistoryModel::Result) {
        for (const auto outcome :
            {Outcome::Done, Outcome::Failed, Outcome::Refused, Outcome::Cancelled, Outcome::Incomplete})
            widest = std::max(widest, fontMetrics().horizontalAdvance(HistoryModel::outcomeText(outcome)));
    }
    const QString heading = m_model.headerData(column, Qt::Horizontal).toString();
    return std::max(widest, fontMetrics().horizontalAdvance(heading)) + besidesText;
}

void HistoryTable::restoreColumns()
{
    const auto state = rememberedThings().value(QLatin1String(columnsKey)).toByteArray();
    if (state.isEmpty())
        return;
    auto* header = horizontalHeader();
    header->restoreState(state);
    if (header->count() == header->hiddenSectionCount()) // of a version with fewer columns
        setColumnHidden(HistoryModel::Time, false);
    // The order of rows is not remembered: who opens the page looks for the latest.
    header->setSortIndicator(HistoryModel::Time, Qt::DescendingOrder);
}

void HistoryTable::rememberColumns() const
{
    rememberedThings().setValue(QLatin1String(columnsKey), horizontalHeader()->saveState());
}

void HistoryTable::addColumnRows(QMenu& menu)
{
    auto* sorts = menu.addMenu(tr("Sort by"));
    for (int column = 0; column <= HistoryModel::Backend; ++column) {
        sorts->addAction(m_model.headerData(column, Qt::Horizontal).toString(), this, [this, column] {
            const auto* header = horizontalHeader();
            const bool again =
                header->sortIndicatorSection() == column && header->sortIndicatorOrder() == Qt::DescendingOrder;
            sortByColumn(column, again ? Qt::AscendingOrder : Qt::DescendingOrder);
        });
    }
    menu.addSeparator();
    for (int column = 0; column < HistoryModel::columnsMax; ++column) {
        auto* row = menu.addAction(m_model.headerData(column, Qt::Horizontal).toString());
        row->setCheckable(true);
        row->setChecked(!isColumnHidden(column));
        connect(row, &QAction::toggled, this, [this, column](bool isShown) {
            const auto* header = horizontalHeader();
            if (isShown || header->hiddenSectionCount() + 1 < header->count()) // one always stays
                setColumnHidden(column, !isShown);
            rememberColumns();
        });
    }
}

int HistoryTable::currentRow() const
{
    return currentIndex().isValid() ? currentIndex().row() : -1;
}

void HistoryTable::copyRows() const
{
    std::string text = historyCsvHeader();
    const auto rows = selectionModel()->selectedRows();
    for (const auto& row : rows)
        text += historyCsv(m_model.row(row.row()));
    QGuiApplication::clipboard()->setText(QString::fromStdString(text));
}

void HistoryTable::keyPressEvent(QKeyEvent* event)
{
    const bool isReturn = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (isReturn && currentRow() >= 0)
        return Q_EMIT detailsAsked();
    if (event->key() == Qt::Key_C && event->modifiers() == (Qt::ControlModifier | Qt::ShiftModifier)
        && currentRow() >= 0)
        return Q_EMIT curlAsked();
    if (event->matches(QKeySequence::Copy) && selectionModel()->hasSelection())
        return copyRows();
    QTableView::keyPressEvent(event);
}

void HistoryTable::contextMenuEvent(QContextMenuEvent* event)
{
    if (currentRow() < 0)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto& colors = currentTheme();
    const auto number = static_cast<int>(selectionModel()->selectedRows().size());
    menu->addAction(tr("Show details"), this, &HistoryTable::detailsAsked);
    menu->addAction(symbolIcon(Symbol::Copy, colors.text), tr("Copy as curl"), this, &HistoryTable::curlAsked);
    menu->addAction(symbolIcon(Symbol::Copy, colors.text), tr("Copy %n row(s) as CSV", nullptr, number), this,
        &HistoryTable::copyRows);
    const auto& finished = m_model.row(currentRow()).finished;
    auto* log = menu->addAction(
        tr("Show in the log"), this, [this, id = wording::text(finished.job.requestId)] { Q_EMIT logAsked(id); });
    log->setEnabled(!finished.reason.empty()); // the log has no line of a job that went well
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const auto below = visualRect(currentIndex()).bottomLeft();
    menu->popup(byKeyboard ? viewport()->mapToGlobal(below) : event->globalPos());
}

void HistoryTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT currentRowChanged();
}

} // namespace drover::app
