// SPDX-License-Identifier: MIT
#pragma once

#include "app/tray/state_mark.h"
#include "app/window/wording.h"

#include <QObject>
#include <QString>

namespace drover::app {

/// What the tray says: mark, tooltip and the texts of its menu, as plain values. Decides everything, draws nothing.
class TrayStatus : public QObject {
    Q_OBJECT

public:
    /// One moment of it.
    struct Look {
        StateMark mark = {};
        QString tooltip = {}; ///< at most three lines
        QString statusLine = {}; ///< the menu's first row
        QString backendsLine = {}; ///< the second; empty when there is nothing to say
        bool pauseOffered = false; ///< there is a running queue that can be paused
        bool resumeOffered = false;
        QString pausedUntil = {}; ///< as a person reads it; empty when somebody must resume
        Addresses addresses = {};
        bool operator==(const Look&) const = default;
    };

    using QObject::QObject;

    const Look& look() const { return m_look; }

    void show(const drover::Snapshot& snapshot);

    static Look lookOf(const drover::Snapshot& snapshot);

Q_SIGNALS:
    /// Only when something a person can see is different.
    void changed();

private:
    Look m_look = {};
};

} // namespace drover::app
