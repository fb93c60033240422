// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <vector>

namespace drover::app {

/// What a person may be told although no window is open; the most important first.
enum class NoticeKind {
    OllamaGaveUp, ///< it ended too often and is not started again
    DiskFull, ///< there is hardly any space left where Drover keeps its files
    OllamaRestarted, ///< it ended by itself and was started again
    PoolRefused, ///< a pool does not take this machine any more
    PoolLost, ///< not connected for a while
    AppLimited, ///< requests of an app were refused because of its own limits
    QueueLong, ///< many jobs have waited for a while
    DownloadFinished, ///< a model is there
    PauseOver, ///< its time has come
    WeeklySummary, ///< what the last week brought
    InBackground, ///< Drover runs without its window for the first time
    AddressCopied ///< the answer to a click
};

/// What a click on a notice does.
enum class NoticeAct { OpenNow, OpenQueue, OpenLogs, OpenApps, OpenModels, OpenPools, OpenHistory };

/// One notice, in the language of the application. A value.
struct Notice {
    struct Button {
        NoticeAct act;
        QString text;
        bool operator==(const Button&) const = default;
    };

    NoticeKind kind = NoticeKind::InBackground;
    QString title = {};
    QString text = {}; ///< plain, no markup
    NoticeAct onClick = NoticeAct::OpenNow;
    std::vector<Button> buttons = {}; ///< at most two; not every desktop shows them
    bool operator==(const Notice&) const = default;
};

/// The notice on all that happened of one kind. `subjects`: names of apps or models, or one sentence of the reason;
/// each once, the latest last; empty where the kind needs none.
Notice noticeOf(NoticeKind kind, const QStringList& subjects);

} // namespace drover::app
