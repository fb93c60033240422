// SPDX-License-Identifier: MIT
#pragma once

#include "app/tray/notice_budget.h"
#include "app/tray/notice_rules.h"
#include "app/tray/notifier.h"

#include <QTimer>

namespace drover::app {

/// Turns what happens into notices: rules see the events, the budget holds them back, the notifier shows them.
///
/// Nothing is shown while the desktop is not to be disturbed; what waits for longer than an hour is let go. GUI thread.
class NoticeBoard : public QObject {
    Q_OBJECT

public:
    /// `notifier` is borrowed and lives longer.
    explicit NoticeBoard(Notifier& notifier, NoticeBudget budget = NoticeBudget(), QObject* parent = nullptr);

    void setWanted(const NotificationSettings& wanted);

    void show(const drover::Snapshot& snapshot);

    /// Something that no picture of the engine tells. Held back like the rest.
    void tell(NoticeKind kind, const QString& subject = {});

    /// The answer to what a person just did: at once, and not counted.
    void answer(NoticeKind kind, const QString& subject = {});

private:
    void showDue();

    Notifier& m_notifier;
    NotificationSettings m_wanted = {};
    NoticeRules m_rules;
    NoticeBudget m_budget;
    QTimer m_due;
};

} // namespace drover::app
