// SPDX-License-Identifier: MIT
#include "app/tray/notice_board.h"

namespace drover::app {

namespace {

using std::chrono::steady_clock;

bool isWanted(NoticeKind kind, const NotificationSettings& wanted)
{
    switch (kind) {
    case NoticeKind::OllamaGaveUp:
        return wanted.enabled && wanted.ollamaGaveUp;
    case NoticeKind::DiskFull:
        return wanted.enabled && wanted.diskFull;
    case NoticeKind::OllamaRestarted:
        return wanted.enabled && wanted.ollamaRestarted;
    case NoticeKind::PoolRefused:
    case NoticeKind::PoolLost:
        return wanted.enabled && wanted.poolLost;
    case NoticeKind::AppLimited:
        return wanted.enabled && wanted.appLimited;
    case NoticeKind::QueueLong:
        return wanted.enabled && wanted.queueLong;
    case NoticeKind::DownloadFinished:
        return wanted.enabled && wanted.downloadFinished;
    case NoticeKind::PauseOver:
        return wanted.enabled && wanted.pauseOver;
    case NoticeKind::WeeklySummary:
        return wanted.enabled && wanted.weeklySummary;
    case NoticeKind::InBackground:
    case NoticeKind::AddressCopied:
        break;
    }
    return wanted.enabled;
}

} // namespace

NoticeBoard::NoticeBoard(Notifier& notifier, NoticeBudget budget, QObject* parent)
    : QObject(parent)
    , m_notifier(notifier)
    , m_budget(std::move(budget))
{
    m_due.setSingleShot(true);
    connect(&m_due, &QTimer::timeout, this, &NoticeBoard::showDue);
    connect(&m_notifier, &Notifier::quietChanged, this, &NoticeBoard::showDue);
}

void NoticeBoard::setWanted(const NotificationSettings& wanted)
{
    m_wanted = wanted;
    m_rules.setWanted(wanted);
}

void NoticeBoard::show(const drover::Snapshot& snapshot)
{
    for (const auto& event : m_rules.take(snapshot, QDateTime::currentDateTime()))
        tell(event.kind, event.subject);
}

void NoticeBoard::tell(NoticeKind kind, const QString& subject)
{
    if (!isWanted(kind, m_wanted))
        return;
    m_budget.add(kind, subject, steady_clock::now());
    showDue();
}

void NoticeBoard::answer(NoticeKind kind, const QString& subject)
{
    if (m_wanted.enabled)
        m_notifier.show(noticeOf(kind, subject.isEmpty() ? QStringList() : QStringList(subject)));
}

void NoticeBoard::showDue()
{
    if (m_notifier.isQuiet())
        return; // `quietChanged` comes back here
    while (const auto notice = m_budget.take(steady_clock::now()))
        m_notifier.show(*notice);
    if (const auto next = m_budget.nextAt())
        m_due.start(std::max(
            std::chrono::milliseconds(1), std::chrono::ceil<std::chrono::milliseconds>(*next - steady_clock::now())));
}

} // namespace drover::app
