// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/client/answer_reader.h"
#include "app/settings/address.h"
#include "core/api/snapshot.h"

#include <QObject>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

namespace drover::app {

/// Follows `/events` of a running Drover, and connects again, once a second, when it goes. Needs an event loop.
class EventStream : public QObject {
    Q_OBJECT

public:
    explicit EventStream(Address address, QObject* parent = nullptr);

    void start();

Q_SIGNALS:
    void changed(const QByteArray& json, const drover::Snapshot& snapshot);
    void lost(); ///< once for each time that the link is gone or cannot be made

private:
    void connectAgain();
    void read();
    void takeLines();
    void loseLink();

    Address m_address;
    std::unique_ptr<QTcpSocket> m_socket = {};
    AnswerReader m_answer = {};
    std::string m_text = {}; ///< of the stream, not yet taken
    QTimer m_retry;
    QTimer m_silence; ///< the server sends a comment when it has nothing to say
    bool m_lost = false;
};

} // namespace drover::app
