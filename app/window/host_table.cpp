// SPDX-License-Identifier: MIT
#include "app/window/host_table.h"

#include "app/window/remembered.h"
#include "app/window/style.h"

#include <QContextMenuEvent>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMenu>

#include <algorithm>

namespace drover::app {

namespace {

constexpr auto columnsKey = "host/columns";
constexpr int heightOfRows = 36;
constexpr int besidesText = 26; ///< padding of a cell
constexpr int besidesSymbol = 26;

/// A long text of each column; empty for those that share what is left.
constexpr const char* samples[HostModel::columnsMax] = {
    "not ready", "", "", "99 of 99", "999 tok/s", "99,999", "9,999", "v0.10.10", "192.168.100.100", "23:59"};

constexpr HostModel::Column hiddenAtFirst[] = {HostModel::Version, HostModel::Failed, HostModel::Address};

} // namespace

HostTable::HostTable(HostModel& model, QWidget* parent)
    : QTableView(parent)
    , m_model(model)
{
    m_sorted.setSourceModel(&model);
    m_sorted.setSortRole(HostModel::SortRole);
    m_sorted.setSortLocaleAware(true);
    setModel(&m_sorted);
    setAccessibleName(tr("Machines of the pool"));
    setSelectionBehavior(SelectRows);
    setSelectionMode(SingleSelection);
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
    for (int column = 0; column < HostModel::columnsMax; ++column) {
        const QString heading = model.headerData(column, Qt::Horizontal).toString();
        const int widest = std::max(fontMetrics().horizontalAdvance(QLatin1String(samples[column])),
            QFontMetrics(header->font()).horizontalAdvance(heading));
        setColumnWidth(column, widest + besidesText + (column == HostModel::State ? besidesSymbol : 0));
    }
    for (const auto column : hiddenAtFirst)
        setColumnHidden(column, true);
    if (const auto state = rememberedThings().value(QLatin1String(columnsKey)).toByteArray(); !state.isEmpty())
        header->restoreState(state);
    for (const auto column : {HostModel::Name, HostModel::Models})
        header->setSectionResizeMode(column, QHeaderView::Stretch);
    header->setSortIndicatorClearable(true);
    header->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    sortByColumn(-1, Qt::AscendingOrder);
    connect(&m_sorted, &QAbstractItemModel::dataChanged, this, &HostTable::chosenChanged);
    connect(header, &QHeaderView::customContextMenuRequested, this, [this, header](const QPoint& at) {
        auto* menu = new QMenu(this);
        menu->setAttribute(Qt::WA_DeleteOnClose);
        addColumnRows(*menu);
        menu->popup(header->mapToGlobal(at));
    });
}

HostTable::~HostTable()
{
    rememberColumns();
}

const drover::WorkerView* HostTable::chosen() const
{
    return m_model.at(m_sorted.mapToSource(currentIndex()).row());
}

void HostTable::addColumnRows(QMenu& menu)
{
    auto* sorts = menu.addMenu(tr("Sort by"));
    sorts->addAction(tr("The order of joining"), this, [this] { sortByColumn(-1, Qt::AscendingOrder); });
    for (int column = 0; column < HostModel::columnsMax; ++column) {
        const auto first = HostModel::isNumber(column) ? Qt::DescendingOrder : Qt::AscendingOrder;
        const auto other = first == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
        sorts->addAction(m_model.headerData(column, Qt::Horizontal).toString(), this, [this, column, first, other] {
            const auto* header = horizontalHeader();
            const bool again = header->sortIndicatorSection() == column && header->sortIndicatorOrder() == first;
            sortByColumn(column, again ? other : first);
        });
    }
    menu.addSeparator();
    for (int column = 0; column < HostModel::columnsMax; ++column) {
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

void HostTable::rememberColumns() const
{
    rememberedThings().setValue(QLatin1String(columnsKey), horizontalHeader()->saveState());
}

void HostTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy))
        Q_EMIT copyAsked();
    else if (event->matches(QKeySequence::Delete))
        Q_EMIT removeAsked();
    else
        QTableView::keyPressEvent(event);
}

void HostTable::contextMenuEvent(QContextMenuEvent* event)
{
    const drover::WorkerView* worker = chosen();
    if (worker == nullptr)
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const bool isHere = worker->state != drover::WorkerState::Gone;
    menu->addAction(
            worker->drainedByHost ? tr("Give it work again") : tr("Finish, then rest"), this, &HostTable::drainAsked)
        ->setEnabled(isHere);
    menu->addAction(tr("Copy details"), this, &HostTable::copyAsked);
    menu->addSeparator();
    menu->addAction(tr("Remove…"), this, &HostTable::removeAsked)->setEnabled(isHere);
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    menu->popup(byKeyboard ? viewport()->mapToGlobal(visualRect(currentIndex()).bottomLeft()) : event->globalPos());
}

void HostTable::currentChanged(const QModelIndex& current, const QModelIndex& previous)
{
    QTableView::currentChanged(current, previous);
    Q_EMIT chosenChanged();
}

} // namespace drover::app
