// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QMainWindow>

class QButtonGroup;
class QLabel;
class QStackedWidget;

namespace drover::app {

class NowPage;
class QueueControl;
class QueuePage;

/// The window: pages on the right, their names on the left; Ctrl+1, Ctrl+2 and so on go to them.
///
/// Shows the newest snapshot only while it can be seen, and takes it up when it is opened.
class MainWindow : public QMainWindow {
    Q_OBJECT

public:
    explicit MainWindow(QueueControl& control, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot);

    /// Opens the window, or brings it to the front.
    void raiseToPerson();

    /// 0 is *Now*, 1 is *Queue*.
    void goToPage(int page);

Q_SIGNALS:
    /// The person closed it; it is still open.
    void closeAsked();
    void quitAsked();

protected:
    void closeEvent(QCloseEvent* event) override;
    void showEvent(QShowEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    QWidget* makeSidebar();
    void addPage(const QString& name, QWidget* page);
    void drawSymbols();
    void update();

    drover::Snapshot m_snapshot = {};
    QButtonGroup* m_navigation = nullptr;
    QLayout* m_names = nullptr;
    QStackedWidget* m_pages = nullptr;
    NowPage* m_now = nullptr;
    QueuePage* m_queue = nullptr;
    QLabel* m_version = nullptr;
};

} // namespace drover::app
