// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/jobs_model.h"

#include <QSortFilterProxyModel>
#include <QTableView>

#include <vector>

class QMenu;

namespace drover::app {

class QueueControl;

/// The live table of jobs: sorts by any column, and cancels or starts next what is selected.
///
/// Keys: Delete cancels, the context menu key opens the menu.
class JobsTable : public QTableView {
    Q_OBJECT

public:
    JobsTable(JobsModel& model, QueueControl& control, QWidget* parent = nullptr);

    /// Fills `menu` with one row per way to sort.
    void addSortRows(QMenu& menu);

    /// In their turn when `column` is negative.
    void sortBy(int column, Qt::SortOrder order = Qt::AscendingOrder);

    std::vector<drover::JobId> selectedJobs() const;
    bool oneWaitingIsSelected() const;

    /// Selects it and brings it into view; nothing happens when it is not there.
    void selectJob(drover::JobId job);

    /// Where a copied command sends its request: "http://127.0.0.1:11435".
    void setAddress(const QString& address) { m_address = address; }

    /// Asks first when there are several.
    void cancelSelected();
    void startSelectedNext();

Q_SIGNALS:
    void selectionChangedByAnyone();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void selectionChanged(const QItemSelection& selected, const QItemSelection& deselected) override;

private:
    void copyRequestIds() const;
    void copyCurl() const;
    void askToCancel(const std::vector<drover::JobId>& jobs);

    const JobsModel& m_jobs;
    QueueControl& m_control;
    QString m_address;
    QSortFilterProxyModel m_sorted;
};

} // namespace drover::app
