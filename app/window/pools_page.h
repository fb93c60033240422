// SPDX-License-Identifier: MIT
#pragma once

#include "app/joining/pool_desk.h"
#include "app/window/join_dialog.h"
#include "app/window/page.h"
#include "app/window/pools_model.h"

#include <QPointer>
#include <QTimer>

#include <functional>

class QFrame;
class QLabel;
class QMessageBox;
class QPushButton;
class QStackedLayout;
class QTableView;

namespace drover::app {

class AdviceRow;
class DayBars;

/// The page *Pools*: the pools that this machine works for, how each stands and what it was given; joining and leaving.
///
/// Keys in the table: Delete leaves after a question, Ctrl+C copies what is known of the pool.
class PoolsPage : public Page {
    Q_OBJECT

public:
    using CancelJobs = std::function<void(const std::vector<drover::JobId>&)>;

    /// `desk` is borrowed and lives longer; `historyFile` has the ledger, UTF-8.
    PoolsPage(PoolDesk& desk, std::string historyFile, CancelJobs cancelJobs, QWidget* parent = nullptr);
    ~PoolsPage() override;

    void show(const drover::Snapshot& snapshot) override;
    QString label(const drover::Snapshot& snapshot) const override; ///< with the jobs that run for pools
    void search(const QString& words) override; ///< chooses the pool of that name

    /// Opens the dialog, or the one that is open.
    JoinDialog* join();

    /// Asks whether to leave.
    void askToLeave(const std::string& pool);

    /// The snapshot goes to the dialog also while the page is not seen.
    void showToDialog(const drover::Snapshot& snapshot);

    const PoolsModel& model() const { return m_model; }
    const LedgerModel& ledger() const { return m_ledger; }

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    QLayout* makeTop();
    QWidget* makeEmpty();
    QWidget* makeFilled();
    QWidget* makeLedger();
    void makeTable(QTableView* table, const QString& name);
    const PoolsModel::Row* chosen() const;
    void showChosen();
    void mend();
    void changeKey(const std::string& pool);
    void leave(const std::string& pool, bool stopsJobs);
    void copyDetails() const;
    void readLedger();
    void exportLedger();
    void toggleLedger();
    void tell(const QString& sentence);
    void drawSymbols();
    QString detailsOf(const PoolsModel::Row& row) const;

    PoolDesk& m_desk;
    std::string m_historyFile;
    CancelJobs m_cancelJobs;
    drover::Snapshot m_snapshot = {};
    PoolsModel m_model;
    LedgerModel m_ledger;
    QTimer m_readLedger; ///< a moment after the figures changed, when they are on disk
    std::uint64_t m_jobsRead = ~std::uint64_t{0}; ///< the jobs in all when it was read last
    QPointer<JoinDialog> m_dialog;
    QPointer<QMessageBox> m_question;
    QLabel* m_summary = nullptr;
    QPushButton* m_join = nullptr;
    QStackedLayout* m_views = nullptr;
    QFrame* m_banner = nullptr;
    QLabel* m_bannerText = nullptr;
    QTableView* m_table = nullptr;
    AdviceRow* m_advice = nullptr;
    QLabel* m_details = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_key = nullptr;
    QPushButton* m_leave = nullptr;
    DayBars* m_bars = nullptr;
    QTableView* m_ledgerTable = nullptr;
    QStackedLayout* m_ledgerViews = nullptr;
    QPushButton* m_toggle = nullptr;
    QPushButton* m_export = nullptr;
};

} // namespace drover::app
