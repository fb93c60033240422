// SPDX-License-Identifier: MIT
#include "app/window/hours_grid.h"

#include "app/window/style.h"

#include <QHeaderView>
#include <QKeyEvent>
#include <QLocale>
#include <QMouseEvent>
#include <QPainter>
#include <QStyledItemDelegate>
#include <QTime>

#include <algorithm>

namespace drover::app {

namespace {

constexpr int days = 7;
constexpr int hoursOfDay = 24;
constexpr int dayHeight = 22;
constexpr int cellWidthLeast = 16;

QString dayName(int day, QLocale::FormatType format)
{
    return QLocale().dayName(day + 1, format);
}

/// An hour that shares has the accent and a dot; one that is selected, or has the focus, a frame.
class HourPainter : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const auto& colors = currentTheme();
        const bool shares = !index.data().toString().isEmpty();
        const QRect cell = option.rect.adjusted(1, 1, -1, -1);
        painter->save();
        painter->setRenderHint(QPainter::Antialiasing);
        painter->fillRect(cell, shares ? colors.accent : colors.cardRaised);
        if (shares) {
            constexpr int dot = 2; // radius
            painter->setPen(Qt::NoPen);
            painter->setBrush(colors.onAccent);
            painter->drawEllipse(QRectF(cell).center(), dot, dot);
        }
        if (option.state.testFlag(QStyle::State_Selected) || option.state.testFlag(QStyle::State_HasFocus)) {
            painter->setRenderHint(QPainter::Antialiasing, false);
            painter->setPen(QPen(colors.text, option.state.testFlag(QStyle::State_HasFocus) ? 2 : 1));
            painter->setBrush(Qt::NoBrush);
            painter->drawRect(cell.adjusted(1, 1, -1, -1));
        }
        painter->restore();
    }
};

QString hourText(int hour)
{
    return QLocale().toString(QTime(hour % hoursOfDay, 0), QLocale::ShortFormat);
}

} // namespace

void HoursModel::show(const drover::WeekHours& hours)
{
    if (hours == m_hours)
        return;
    m_hours = hours;
    Q_EMIT dataChanged(index(0, 0), index(days - 1, hoursOfDay - 1));
}

void HoursModel::set(const QModelIndexList& cells, bool shares)
{
    for (const QModelIndex& cell : cells) {
        if (!cell.isValid() || isSet(cell) == shares)
            continue;
        m_hours.set(cell.row(), cell.column(), shares);
        Q_EMIT dataChanged(cell, cell);
    }
}

int HoursModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : days;
}

int HoursModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : hoursOfDay;
}

QVariant HoursModel::data(const QModelIndex& index, int role) const
{
    if (!index.isValid())
        return {};
    const bool shares = isSet(index);
    switch (role) {
    case Qt::DisplayRole:
        return shares ? QStringLiteral("•") : QString();
    case Qt::TextAlignmentRole:
        return int{Qt::AlignCenter};
    case Qt::ToolTipRole:
    case Qt::AccessibleTextRole:
        return (shares ? tr("%1, %2 to %3: shares") : tr("%1, %2 to %3: does not share"))
            .arg(dayName(index.row(), QLocale::LongFormat), hourText(index.column()), hourText(index.column() + 1));
    default:
        return {};
    }
}

QVariant HoursModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (role != Qt::DisplayRole)
        return {};
    if (orientation == Qt::Vertical)
        return dayName(section, QLocale::ShortFormat);
    constexpr int labelled = 3; // the others would not fit
    return section % labelled == 0 ? QString::number(section) : QString();
}

HoursGrid::HoursGrid(QWidget* parent)
    : QTableView(parent)
{
    setObjectName(QStringLiteral("hoursGrid"));
    setModel(&m_model);
    setAccessibleName(tr("Hours of the week in which this machine shares"));
    setAccessibleDescription(tr("Space turns the selected hours on or off"));
    setItemDelegate(new HourPainter(this));
    setShowGrid(false);
    setStyleSheet(QStringLiteral("QTableView { padding: 0; border: none; background: transparent; }"
                                 "QHeaderView::section { padding: 0 2px; border: none; background: transparent; }"
                                 "QTableCornerButton::section { border: none; background: transparent; }"));
    setEditTriggers(NoEditTriggers);
    setTabKeyNavigation(false);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFrameShape(NoFrame);
    horizontalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    horizontalHeader()->setMinimumSectionSize(cellWidthLeast);
    horizontalHeader()->setSectionsClickable(false);
    horizontalHeader()->setHighlightSections(false);
    verticalHeader()->setSectionResizeMode(QHeaderView::Fixed);
    verticalHeader()->setDefaultSectionSize(dayHeight);
    verticalHeader()->setSectionsClickable(false);
    verticalHeader()->setHighlightSections(false);
    setFixedHeight(sizeHint().height());
}

QSize HoursGrid::sizeHint() const
{
    return {verticalHeader()->sizeHint().width() + hoursOfDay * cellWidthLeast,
        horizontalHeader()->sizeHint().height() + days * dayHeight + 2};
}

void HoursGrid::show(const drover::WeekHours& hours)
{
    if (!m_draws)
        m_model.show(hours);
}

void HoursGrid::resizeEvent(QResizeEvent* event)
{
    QTableView::resizeEvent(event);
    horizontalHeader()->setDefaultSectionSize(std::max(cellWidthLeast, viewport()->width() / hoursOfDay));
}

void HoursGrid::keyPressEvent(QKeyEvent* event)
{
    if (event->key() != Qt::Key_Space)
        return QTableView::keyPressEvent(event);
    const auto cells = selectionModel()->selectedIndexes();
    const auto some = cells.isEmpty() ? QModelIndexList{currentIndex()} : cells;
    if (!some.constFirst().isValid())
        return;
    m_model.set(some, !m_model.isSet(currentIndex().isValid() ? currentIndex() : some.constFirst()));
    Q_EMIT edited();
}

void HoursGrid::mousePressEvent(QMouseEvent* event)
{
    const auto cell = indexAt(event->position().toPoint());
    if (event->button() != Qt::LeftButton || !cell.isValid())
        return QTableView::mousePressEvent(event);
    setCurrentIndex(cell);
    m_draws = !m_model.isSet(cell);
    m_drawnLast = cell;
    draw(cell);
}

/// All hours of the box between the last cell and this one, so that a quick mouse leaves out none.
void HoursGrid::draw(const QModelIndex& index)
{
    QModelIndexList cells;
    const auto [top, bottom] = std::minmax({m_drawnLast.row(), index.row()});
    const auto [first, last] = std::minmax({m_drawnLast.column(), index.column()});
    for (int row = top; row <= bottom; ++row)
        for (int column = first; column <= last; ++column)
            cells << m_model.index(row, column);
    m_model.set(cells, *m_draws);
    m_drawnLast = index;
}

void HoursGrid::mouseMoveEvent(QMouseEvent* event)
{
    if (!m_draws)
        return QTableView::mouseMoveEvent(event);
    if (const auto cell = indexAt(event->position().toPoint()); cell.isValid())
        draw(cell);
}

void HoursGrid::mouseReleaseEvent(QMouseEvent* event)
{
    if (!m_draws)
        return QTableView::mouseReleaseEvent(event);
    m_draws.reset();
    Q_EMIT edited();
}

} // namespace drover::app
