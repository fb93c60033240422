// SPDX-License-Identifier: MIT
#pragma once

#include "app/tray/state_mark.h"
#include "app/window/wording.h"

#include <QElapsedTimer>
#include <QObject>
#include <QString>
#include <QStringList>
#include <QTimer>

#include <chrono>

namespace drover::app {

/// What the tray says: mark, tooltip and the texts of its menu, as plain values. Decides everything, draws nothing.
class TrayStatus : public QObject {
    Q_OBJECT

public:
    /// One moment of it.
    struct Look {
        StateMark mark = {};
        QString tooltip = {}; ///< at most four lines
        QString statusLine = {}; ///< the menu's first row
        QString backendsLine = {}; ///< the second; empty when there is nothing to say
        bool pauseOffered = false; ///< there is a running queue that can be paused
        bool resumeOffered = false;
        QString pausedUntil = {}; ///< as a person reads it; empty when somebody must resume
        QString sharingLine = {}; ///< the third row; empty where there is no pool
        QString hostLine = {}; ///< on the pool that is hosted; empty where there is none
        bool snoozeOffered = false; ///< sharing can be paused
        bool wakeOffered = false; ///< ... and is, by a person
        QString freeMemory = {}; ///< the row that unloads models; empty when none is loaded
        drover::FixAction fix = drover::FixAction::None; ///< of trouble: the row that does something about it
        QString fixSetting = {}; ///< of FixAction::OpenSetting: its key
        QStringList pools = {}; ///< their names
        Addresses addresses = {};
        bool operator==(const Look&) const = default;
    };

    static constexpr std::chrono::milliseconds stateEvery{150}; ///< at most, however it goes to and fro
    static constexpr std::chrono::milliseconds figuresEvery{1000}; ///< at most

    explicit TrayStatus(QObject* parent = nullptr);

    /// What is shown; the newest picture may be a moment ahead of it.
    const Look& look() const { return m_look; }

    void show(const drover::Snapshot& snapshot);

    static Look lookOf(const drover::Snapshot& snapshot);

Q_SIGNALS:
    /// Only when something a person can see is different: another state soon, other figures at most once a second.
    void changed();

private:
    void publish();

    Look m_look = {};
    Look m_newest = {};
    QElapsedTimer m_sincePublished; ///< invalid before the first
    QTimer m_publish;
};

} // namespace drover::app
