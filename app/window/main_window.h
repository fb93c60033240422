// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QMainWindow>

#include <vector>

class QButtonGroup;
class QLabel;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace drover::app {

class Page;
class QueueControl;
enum class PageId;

/// The window: pages on the right, their names on the left; Ctrl+1, Ctrl+2 and so on go to them.
///
/// Shows the newest snapshot only while it can be seen, and takes it up when it is opened.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    /// With the pages *Now* and *Queue*.
    explicit MainWindow(QueueControl& control, QWidget* parent = nullptr);
    ~MainWindow() override;

    void show(const drover::Snapshot& snapshot);

    /// Opens the window, or brings it to the front.
    void raiseToPerson();

    /// Takes the page and puts it where its id belongs. Before the window is first shown.
    void addPage(Page* page);

    /// Nothing happens when there is no such page.
    void goToPage(PageId page);
    void searchPage(PageId page, const QString& words); ///< shows there what has these words

    /// Goes to the page *Queue* and selects the job, if it is there.
    void goToJob(drover::JobId job);

    /// Does what the button of a reason says; `setting` is the key for FixAction::OpenSetting.
    void carryOut(drover::FixAction action, const QString& setting);

Q_SIGNALS:
    /// The person closed it; it is still open.
    void closeAsked();
    void quitAsked();
    void undrainAsked();
    void doctorAsked();

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    struct Entry;

    QWidget* makeSidebar();
    Entry* entryOf(PageId page);
    void drawSymbols();
    void numberPages();
    void update();

    QueueControl& m_control;
    drover::Snapshot m_snapshot = {};
    QButtonGroup* m_navigation = nullptr;
    QVBoxLayout* m_names = nullptr;
    QStackedWidget* m_stack = nullptr;
    std::vector<Entry> m_entries; ///< in the order of the sidebar
    QLabel* m_version = nullptr;
    QPushButton* m_doctor = nullptr;
};

} // namespace drover::app
