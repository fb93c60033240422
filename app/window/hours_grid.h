// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/sharing.h"

#include <QAbstractTableModel>
#include <QTableView>

#include <optional>

namespace drover::app {

/// The hours of a week, a row for each day and a column for each hour. GUI thread.
class HoursModel : public QAbstractTableModel {
    Q_OBJECT

public:
    using QAbstractTableModel::QAbstractTableModel;

    const drover::WeekHours& hours() const { return m_hours; }
    void show(const drover::WeekHours& hours);
    void set(const QModelIndexList& cells, bool shares);
    bool isSet(const QModelIndex& index) const { return m_hours.contains(index.row(), index.column()); }

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    drover::WeekHours m_hours;
};

/// Chooses the hours of a week: the mouse draws over them, the space bar turns those that are selected. An hour that
/// shares has a colour and a mark. GUI thread.
class HoursGrid : public QTableView {
    Q_OBJECT

public:
    explicit HoursGrid(QWidget* parent = nullptr);

    void show(const drover::WeekHours& hours);
    const drover::WeekHours& hours() const { return m_model.hours(); }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

Q_SIGNALS:
    /// The person has chosen others; not while the mouse draws.
    void edited();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void draw(const QModelIndex& index);

    HoursModel m_model;
    std::optional<bool> m_draws; ///< while the mouse draws: what
    QModelIndex m_drawnLast;
};

} // namespace drover::app
