// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/jobs_model.h"
#include "app/window/page.h"

class QFrame;
class QLabel;
class QPushButton;
class QStackedLayout;

namespace drover::app {

class CopyAddressButton;
class JobsTable;
class PauseButton;
class QueueControl;

/// The page *Queue*: every job that runs or waits, live, and what can be done to it.
class QueuePage : public Page {
    Q_OBJECT

public:
    explicit QueuePage(QueueControl& control, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot) override;
    QString label(const drover::Snapshot& snapshot) const override; ///< with the number of jobs

    /// See JobsTable.
    void selectJob(drover::JobId job);

protected:
    void changeEvent(QEvent* event) override;

private:
    QLayout* makeTop(QueueControl& control);
    QFrame* makeBanner();
    QWidget* makeEmpty();
    void connectTable();
    void updateActions();
    void drawSymbols();

    JobsModel m_model;
    JobsTable* m_table = nullptr;
    QLabel* m_summary = nullptr;
    QPushButton* m_sort = nullptr;
    QPushButton* m_next = nullptr;
    QPushButton* m_cancel = nullptr;
    PauseButton* m_pause = nullptr;
    QFrame* m_banner = nullptr;
    QLabel* m_bannerText = nullptr;
    QStackedLayout* m_views = nullptr;
    QLabel* m_emptyAddress = nullptr;
    CopyAddressButton* m_copy = nullptr;
    QLabel* m_rest = nullptr;
};

} // namespace drover::app
