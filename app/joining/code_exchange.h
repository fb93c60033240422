// SPDX-License-Identifier: MIT
#pragma once

#include "app/joining/join_view.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QString>

#include <chrono>
#include <cstddef>
#include <string>

class QNetworkReply;

namespace drover::app {

/// Trades the code of an invitation for a key of this machine's own, once: docs/joining.md has both sides.
///
/// The code goes over the encrypted connection alone, and to nobody whose certificate is not the one that the
/// invitation names. Main thread; needs an event loop.
class CodeExchange : public QObject {
    Q_OBJECT

public:
    struct Offer {
        std::string url = {}; ///< where workers connect: ws or wss
        std::string code = {};
        std::string workerName = {}; ///< what the pool calls this machine
        std::string fingerprint = {}; ///< SHA-256 that the server's certificate must have, or empty
    };
    struct Outcome {
        JoinTrouble trouble = JoinTrouble::None;
        QString detail = {};
        std::string key = {};
        std::string url = {}; ///< where workers connect, when the server named another place; else empty
    };

    static constexpr std::chrono::milliseconds answerTimeMax{15'000};
    static constexpr std::size_t answerBytesMax = 16 * 1024;

    explicit CodeExchange(QObject* parent = nullptr);
    ~CodeExchange() override;

    /// `finished` follows, once.
    void start(const Offer& offer);
    /// The code may have been used up nevertheless.
    void cancel();

Q_SIGNALS:
    void finished(const drover::app::CodeExchange::Outcome& outcome);

private:
    void answered(QNetworkReply& reply);
    void end(const Outcome& outcome);

    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    QString m_tlsTrouble;
    bool m_isOther = false; ///< the certificate
};

/// What the answer to the code means. Pure.
CodeExchange::Outcome readExchange(int status, const QByteArray& body);

} // namespace drover::app
