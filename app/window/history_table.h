// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/history_model.h"

#include <QTableView>

class QMenu;

namespace drover::app {

/// The table of finished jobs. Remembers which columns somebody wants, how wide, in which order.
///
/// Keys: Return shows the details, Ctrl+C copies rows as CSV, Ctrl+Shift+C as curl, the context menu key opens the
/// menu. A click on a heading sorts; so does a key in the "Columns" menu's "Sort by".
class HistoryTable : public QTableView {
    Q_OBJECT

public:
    explicit HistoryTable(HistoryModel& model, QWidget* parent = nullptr);
    ~HistoryTable() override;

    /// Fills `menu` with a row to tick per column, and with ways to sort.
    void addColumnRows(QMenu& menu);

    /// The row that has the cursor, -1 where none has.
    int currentRow() const;

    void copyRows() const; ///< those selected, as CSV with a heading

Q_SIGNALS:
    void currentRowChanged();
    void detailsAsked();
    void curlAsked();
    void logAsked(const QString& words);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void currentChanged(const QModelIndex& current, const QModelIndex& previous) override;

private:
    /// Wide enough for the heading and a long text, in the language of the application.
    int usualWidth(int column) const;
    void restoreColumns();
    void rememberColumns() const;

    HistoryModel& m_model;
};

} // namespace drover::app
