// SPDX-License-Identifier: MIT
#pragma once

#include "app/history/row_export.h"
#include "app/window/page.h"

#include "core/api/history.h"

#include <QElapsedTimer>
#include <QTimer>

#include <functional>

class QFrame;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace drover::app {

class HistoryDetails;
class HistoryErrand;
class HistoryFilterBar;
class HistoryModel;
class HistorySource;
class HistoryTable;
class PercentileStrip;

/// The page *History*: every request that ended, with filters, figures, details, exports. Reads the file itself, also
/// when no engine runs.
class HistoryPage : public Page {
    Q_OBJECT

public:
    /// Asks a person for a file to write; `chosen` is called later, and not when they change their mind.
    using AskForFile = std::function<void(
        QWidget* parent, const QString& suggested, const QString& kinds, std::function<void(const QString&)> chosen)>;

    /// `file` is that of the history, UTF-8.
    explicit HistoryPage(const std::string& file, QWidget* parent = nullptr);
    ~HistoryPage() override;

    void show(const drover::Snapshot& snapshot) override;

    void setAskForFile(AskForFile ask) { m_askForFile = std::move(ask); }

    HistoryModel& model() { return *m_model; }
    bool hasFigures() const { return m_isBegun && !m_figuresAsked; } ///< of all rows, a moment ago

protected:
    void changeEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QLayout* makeTop();
    QFrame* makeBanner();
    QWidget* makeMessage();
    void connectParts();
    void applyFilter();
    void lookAgain();
    void askForFigures();
    void askForFiguresLater();
    void askForNames();
    void showState();
    void showMessage(const QString& title, const QString& text, bool offersAll);
    void showTrouble();
    void showDetails();
    void hideDetails();
    void copyCurl();
    void askToExport(RowFormat format);
    void exportTo(const QString& file, RowFormat format);
    void askToDelete();
    void drawSymbols();

    HistorySource* m_source = nullptr;
    HistoryModel* m_model = nullptr;
    HistoryTable* m_table = nullptr;
    HistoryFilterBar* m_filter = nullptr;
    PercentileStrip* m_strip = nullptr;
    HistoryDetails* m_details = nullptr;
    HistoryErrand* m_errand = nullptr;
    QLabel* m_summary = nullptr;
    QPushButton* m_columns = nullptr;
    QPushButton* m_export = nullptr;
    QPushButton* m_delete = nullptr;
    QFrame* m_banner = nullptr;
    QLabel* m_bannerText = nullptr;
    QStackedLayout* m_views = nullptr;
    QLabel* m_messageTitle = nullptr;
    QLabel* m_messageText = nullptr;
    QPushButton* m_messageButton = nullptr;

    AskForFile m_askForFile;
    drover::HistoryState m_state = {};
    drover::HistorySummary m_figures = {};
    std::string m_address; ///< of the proxy, for curl
    bool m_isBegun = false; ///< the page was shown once
    bool m_figuresAsked = false; ///< they are on their way
    std::uint64_t m_figuresTurn = 0; ///< answers for another filter are dropped
    QTimer m_figuresDue; ///< figures are made again a while after rows came, since they read every row
    QElapsedTimer m_figuresTook;
    qint64 m_figuresCost = 0; ///< milliseconds that the last reading took
};

} // namespace drover::app
