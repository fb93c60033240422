// SPDX-License-Identifier: MIT
#include "app/window/jobs_table.h"

#include "app/history/curl_text.h"
#include "app/queue_control.h"
#include "app/window/style.h"
#include "app/window/symbol.h"

#include <QClipboard>
#include <QContextMenuEvent>
#include <QGuiApplication>
#include <QHeaderView>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QStyledItemDelegate>

#include <algorithm>

namespace drover::app {

namespace {

constexpr int heightOfRows = 36;
constexpr int besidesText = 24; ///< padding of a cell
constexpr int besidesSymbol = 26;

/// A long text of each column; empty for those that share what is left.
constexpr const char* samples[JobsModel::columnsMax] = {
    "Running", "", "", "9 min 59 s", "1,000", "9,999 + 999", "999 tok/s", "ollama-2"};

/// Draws the state's symbol beside its word, so that neither colour nor reading is needed to tell them apart.
class StateDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const bool waits = index.data(JobsModel::WaitingRole).toBool();
        const auto& colors = currentTheme();
        option->features |= QStyleOptionViewItem::HasDecoration;
        option->decorationSize = QSize(16, 16);
        option->icon = waits ? symbolOf(Symbol::Waiting, colors.quietText) : symbolOf(Symbol::Running, colors.accent);
    }

private:
    const QIcon& symbolOf(Symbol symbol, const QColor& color) const
    {
        auto& kept = m_icons[symbol == Symbol::Waiting ? 0 : 1];
        if (kept.icon.isNull() || kept.color != color)
            kept = {.color = color, .icon = symbolIcon(symbol, color)};
        return kept.icon;
    }

    struct Kept {
        QColor color = {};
        QIcon icon = {};
    };
    mutable Kept m_icons[2]; ///< drawn once per theme, not once per cell
};

} // namespace

JobsTable::JobsTable(JobsModel& model, QueueControl& control, QWidget* parent)
    : QTableView(parent)
    , m_jobs(model)
    , m_control(control)
{
    m_sorted.setSourceModel(&model);
    m_sorted.setSortRole(JobsModel::SortRole);
    m_sorted.setSortLocaleAware(true);
    setModel(&m_sorted);
    setItemDelegateForColumn(JobsModel::State, new StateDelegate(this));
    setAccessibleName(tr("Jobs"));

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
    horizontalHeader()->setHighlightSections(false);
    horizontalHeader()->setSectionsMovable(true);
    horizontalHeader()->setFont(textFont(TextSize::Caption, QFont::DemiBold));
    for (int column = 0; column < JobsModel::columnsMax; ++column)
        setColumnWidth(column,
            fontMetrics().horizontalAdvance(QLatin1String(samples[column])) + besidesText
                + (column == JobsModel::State ? besidesSymbol : 0));
    for (const auto column : {JobsModel::User, JobsModel::Model})
        horizontalHeader()->setSectionResizeMode(column, QHeaderView::Stretch);
    horizontalHeader()->setSortIndicatorClearable(true);
    horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    setSortingEnabled(true);
    sortBy(-1);
}

void JobsTable::addSortRows(QMenu& menu)
{
    menu.addAction(tr("In their turn"), this, [this] { sortBy(-1); });
    menu.addSeparator();
    for (int column = 0; column < JobsModel::columnsMax; ++column) {
        if (column == JobsModel::Position)
            continue; // the same as their turn
        const bool isNumber = column >= JobsModel::Time && column <= JobsModel::Rate;
        const auto first = isNumber ? Qt::DescendingOrder : Qt::AscendingOrder;
        menu.addAction(m_sorted.headerData(column, Qt::Horizontal).toString(), this, [this, column, first] {
            const auto* header = horizontalHeader();
            const bool again = header->sortIndicatorSection() == column && header->sortIndicatorOrder() == first;
            const auto other = first == Qt::AscendingOrder ? Qt::DescendingOrder : Qt::AscendingOrder;
            sortBy(column, again ? other : first);
        });
    }
}

void JobsTable::sortBy(int column, Qt::SortOrder order)
{
    sortByColumn(column, order);
}

std::vector<drover::JobId> JobsTable::selectedJobs() const
{
    std::vector<drover::JobId> jobs;
    const auto rows = selectionModel()->selectedRows();
    for (const auto& row : rows)
        jobs.push_back(row.data(JobsModel::JobIdRole).toULongLong());
    return jobs;
}

void JobsTable::selectJob(drover::JobId job)
{
    const auto found = m_sorted.match(
        m_sorted.index(0, 0), JobsModel::JobIdRole, QVariant::fromValue<qulonglong>(job), 1, Qt::MatchExactly);
    if (found.isEmpty())
        return;
    selectRow(found.front().row());
    scrollTo(found.front(), PositionAtCenter);
}

bool JobsTable::oneWaitingIsSelected() const
{
    const auto rows = selectionModel()->selectedRows();
    return rows.size() == 1 && rows.front().data(JobsModel::WaitingRole).toBool();
}

void JobsTable::cancelSelected()
{
    const auto jobs = selectedJobs();
    if (jobs.size() > 1)
        askToCancel(jobs);
    else if (!jobs.empty())
        m_control.cancelJobs(jobs);
}

void JobsTable::askToCancel(const std::vector<drover::JobId>& jobs)
{
    auto* question = new QMessageBox(QMessageBox::Question, tr("Cancel jobs"),
        tr("Cancel %n job(s)?", nullptr, static_cast<int>(jobs.size())), QMessageBox::NoButton, this);
    question->setInformativeText(tr("The apps that wait for them get an error."));
    question->setAttribute(Qt::WA_DeleteOnClose);
    question->setIconPixmap(question->windowIcon().pixmap(48, 48));
    const auto* yes = question->addButton(tr("Cancel them"), QMessageBox::DestructiveRole);
    question->addButton(tr("Keep them"), QMessageBox::RejectRole);
    connect(yes, &QAbstractButton::clicked, this, [this, jobs] { m_control.cancelJobs(jobs); });
    question->open();
}

void JobsTable::startSelectedNext()
{
    if (oneWaitingIsSelected())
        m_control.startNext(selectedJobs().front());
}

void JobsTable::copyRequestIds() const
{
    QStringList ids;
    const auto rows = selectionModel()->selectedRows();
    for (const auto& row : rows)
        ids << row.data(JobsModel::RequestIdRole).toString();
    QGuiApplication::clipboard()->setText(ids.join(QLatin1Char('\n')));
}

/// A request like the one selected, with a placeholder for what it says.
void JobsTable::copyCurl() const
{
    const auto selected = selectedJobs();
    const auto& jobs = m_jobs.jobs();
    const auto job = std::ranges::find_if(
        jobs, [&](const auto& each) { return selected.size() == 1 && each.id == selected.front(); });
    if (job != jobs.end())
        QGuiApplication::clipboard()->setText(QString::fromStdString(curlText(*job, m_address.toStdString())));
}

void JobsTable::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Delete) && selectionModel()->hasSelection())
        return cancelSelected();
    QTableView::keyPressEvent(event);
}

void JobsTable::contextMenuEvent(QContextMenuEvent* event)
{
    if (!selectionModel()->hasSelection())
        return;
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto& colors = currentTheme();
    const auto number = static_cast<int>(selectedJobs().size());
    auto* next =
        menu->addAction(symbolIcon(Symbol::Next, colors.text), tr("Start next"), this, &JobsTable::startSelectedNext);
    next->setEnabled(oneWaitingIsSelected());
    menu->addAction(symbolIcon(Symbol::Copy, colors.text), tr("Copy %n request id(s)", nullptr, number), this,
        &JobsTable::copyRequestIds);
    auto* curl = menu->addAction(symbolIcon(Symbol::Copy, colors.text), tr("Copy as curl"), this, &JobsTable::copyCurl);
    curl->setEnabled(number == 1);
    menu->addSeparator();
    auto* cancel = menu->addAction(symbolIcon(Symbol::Cancel, colors.text), tr("Cancel %n job(s)", nullptr, number),
        this, &JobsTable::cancelSelected);
    cancel->setShortcut(QKeySequence::Delete);
    const bool byKeyboard = event->reason() == QContextMenuEvent::Keyboard;
    const auto below = visualRect(currentIndex()).bottomLeft();
    menu->popup(byKeyboard ? viewport()->mapToGlobal(below) : event->globalPos());
}

void JobsTable::selectionChanged(const QItemSelection& selected, const QItemSelection& deselected)
{
    QTableView::selectionChanged(selected, deselected);
    Q_EMIT selectionChangedByAnyone();
}

} // namespace drover::app
