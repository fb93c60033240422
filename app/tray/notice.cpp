// SPDX-License-Identifier: MIT
#include "app/tray/notice.h"

#include <QCoreApplication>

namespace drover::app {

namespace {

/// Gives the texts of this file their context.
struct NoticeTexts {
    Q_DECLARE_TR_FUNCTIONS(Notice)
};

constexpr qsizetype namedMax = 3;

/// "Zed, Open WebUI, aider and 2 more"
QString listed(const QStringList& names)
{
    const auto list = names.mid(0, namedMax).join(QStringLiteral(", "));
    const auto more = static_cast<int>(names.size() - namedMax);
    return more <= 0 ? list : NoticeTexts::tr("%1 and %n more", nullptr, more).arg(list);
}

QString lastOf(const QStringList& sentences, const QString& otherwise)
{
    return sentences.isEmpty() ? otherwise : sentences.back();
}

} // namespace

Notice noticeOf(NoticeKind kind, const QStringList& subjects)
{
    using enum NoticeAct;
    const auto number = static_cast<int>(subjects.size());
    switch (kind) {
    case NoticeKind::OllamaGaveUp:
        return {.kind = kind,
            .title = NoticeTexts::tr("Ollama stopped working"),
            .text = lastOf(subjects, NoticeTexts::tr("It ended too often. Drover does not start it again by itself.")),
            .onClick = OpenNow,
            .buttons = {{OpenLogs, NoticeTexts::tr("Open log")}}};
    case NoticeKind::DiskFull:
        return {.kind = kind,
            .title = NoticeTexts::tr("The disk is almost full"),
            .text = lastOf(subjects, NoticeTexts::tr("There is not enough space left.")),
            .onClick = OpenModels,
            .buttons = {{OpenModels, NoticeTexts::tr("Open models")}}};
    case NoticeKind::OllamaRestarted:
        return {.kind = kind,
            .title = NoticeTexts::tr("Ollama was started again"),
            .text = lastOf(subjects, NoticeTexts::tr("It had ended by itself. Waiting requests go on.")),
            .onClick = OpenNow,
            .buttons = {{OpenLogs, NoticeTexts::tr("Open log")}}};
    case NoticeKind::PoolRefused:
        return {.kind = kind,
            .title = NoticeTexts::tr("A pool refuses this machine"),
            .text = lastOf(subjects, QString()),
            .onClick = OpenPools,
            .buttons = {{OpenPools, NoticeTexts::tr("Open pools")}}};
    case NoticeKind::PoolLost:
        return {.kind = kind,
            .title = NoticeTexts::tr("The connection to a pool is lost"),
            .text = lastOf(subjects, QString()),
            .onClick = OpenPools,
            .buttons = {{OpenPools, NoticeTexts::tr("Open pools")}}};
    case NoticeKind::AppLimited:
        return {.kind = kind,
            .title = NoticeTexts::tr("%n app(s) reached a limit", nullptr, number),
            .text = NoticeTexts::tr("Requests of %1 were refused, because of a limit of its own.", "apps", number)
                        .arg(listed(subjects)),
            .onClick = OpenApps,
            .buttons = {{OpenApps, NoticeTexts::tr("Change limits")}}};
    case NoticeKind::QueueLong:
        return {.kind = kind,
            .title = NoticeTexts::tr("The queue is long"),
            .text = lastOf(subjects, QString()),
            .onClick = OpenQueue,
            .buttons = {{OpenQueue, NoticeTexts::tr("Open queue")}}};
    case NoticeKind::DownloadFinished:
        return {.kind = kind,
            .title = NoticeTexts::tr("%n model(s) downloaded", nullptr, number),
            .text = NoticeTexts::tr("Ready to use: %1").arg(listed(subjects)),
            .onClick = OpenModels,
            .buttons = {{OpenModels, NoticeTexts::tr("Open models")}}};
    case NoticeKind::PauseOver:
        return {.kind = kind,
            .title = NoticeTexts::tr("The pause is over"),
            .text = lastOf(subjects, QString()),
            .onClick = OpenQueue,
            .buttons = {{OpenQueue, NoticeTexts::tr("Open queue")}}};
    case NoticeKind::WeeklySummary:
        return {.kind = kind,
            .title = NoticeTexts::tr("Your last week"),
            .text = lastOf(subjects, QString()),
            .onClick = OpenHistory,
            .buttons = {{OpenHistory, NoticeTexts::tr("Open history")}}};
    case NoticeKind::InBackground:
        return {.kind = kind,
            .title = NoticeTexts::tr("Drover runs in the background"),
            .text = NoticeTexts::tr("Its icon in the panel tells what it does. A click opens the window."),
            .onClick = OpenNow,
            .buttons = {{OpenNow, NoticeTexts::tr("Show me")}}};
    case NoticeKind::AddressCopied:
        return {.kind = kind,
            .title = NoticeTexts::tr("Address copied"),
            .text = lastOf(subjects, QString()),
            .onClick = OpenNow};
    }
    return {};
}

} // namespace drover::app
