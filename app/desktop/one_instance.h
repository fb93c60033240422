// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/places.h"
#include "core/api/error.h"

#include <QLocalServer>
#include <QLockFile>
#include <QObject>
#include <QStringList>

class QLocalSocket;

namespace drover::app {

/// Lets one drover-tray of a person and state folder run; another one hands its arguments over and ends.
///
/// A lock file says who is first: it is taken over when its process is gone, however that ended. The first one listens
/// on a socket that only this person can use. Messages, callers and waiting are bounded. GUI thread.
class OneInstance : public QObject {
    Q_OBJECT

public:
    static constexpr qsizetype messageBytesMax = 64 * 1024;
    static constexpr int callersMax = 8;
    static constexpr int answerTimeMaxMs = 5000;

    explicit OneInstance(const Places& places, QObject* parent = nullptr);
    ~OneInstance() override;

    enum class Role {
        First, ///< from here on `startedAgain` tells of others
        HandedOver, ///< another one runs and has taken the arguments
        FirstIsSilent ///< another one runs and did not answer within `answerTimeMaxMs`
    };

    /// A start of Drover, as the first one hears of it.
    struct Start {
        QStringList arguments = {};
        /// Lets the first one raise its window on Wayland (xdg-activation-v1); empty elsewhere.
        QByteArray activationToken = {};
        bool operator==(const Start&) const = default;
    };

    /// Fails with Io when lock or socket cannot be made, or with TooLarge.
    Result<Role> begin(const Start& start);

    /// The process that is first; 0 when that cannot be told.
    qint64 firstProcess() const;

    /// Where the first one listens: a path, or on Windows the name of a pipe.
    const QString& socketName() const { return m_socketName; }

Q_SIGNALS:
    /// Somebody started Drover again.
    void startedAgain(const drover::app::OneInstance::Start& start);

private:
    Result<> listen();
    void takeCallers();
    void read(QLocalSocket& caller);

    Places m_places;
    QString m_socketName;
    QLockFile m_lock;
    QLocalServer m_server;
};

} // namespace drover::app
