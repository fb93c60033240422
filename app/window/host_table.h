// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/host_model.h"

#include <QSortFilterProxyModel>
#include <QTableView>

class QMenu;

namespace drover::app {

/// The machines of the hosted pool: sorts by any column, remembers which columns somebody wants.
///
/// Keys: Delete removes after a question, Ctrl+C copies what is known of the machine, the context menu key opens the
/// menu.
class HostTable : public QTableView {
    Q_OBJECT

public:
    explicit HostTable(HostModel& model, QWidget* parent = nullptr);
    ~HostTable() override;

    /// The machine that has the cursor; nothing where none has.
    const drover::WorkerView* chosen() const;

    /// Fills `menu` with a row to tick per column, and with ways to sort.
    void addColumnRows(QMenu& menu);

Q_SIGNALS:
    void chosenChanged();
    void removeAsked();
    void drainAsked(); ///< or the end of it
    void copyAsked();

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    void rememberColumns() const;

    HostModel& m_model;
    QSortFilterProxyModel m_sorted;
};

} // namespace drover::app
