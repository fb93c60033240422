// SPDX-License-Identifier: MIT
#pragma once

#include "app/joining/join_view.h"
#include "core/api/error.h"

#include <QNetworkAccessManager>
#include <QNetworkProxy>
#include <QObject>
#include <QPointer>
#include <QUrl>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

class QNetworkReply;

namespace drover::app {

/// The addresses at which a pool's server may take workers, most likely first: "wss://host:port/path". Of a server
/// without a path each path that llamapool and nfrx servers had; without a scheme wss, then ws (on this machine ws
/// first). Fails with BadRequest. Pure.
drover::Result<std::vector<std::string>> poolAddresses(std::string_view server);

/// "pool.example.org", "10.0.0.5:8080" of such an address.
QString hostText(const std::string& url);

/// The same place for plain requests: http of ws, https of wss.
QUrl webUrl(const std::string& url);

/// The system's proxy for it; none within this machine.
QNetworkProxy proxyFor(const QUrl& url);

/// Finds out where on a server workers connect, by plain requests that a WebSocket server answers with 426; no key is
/// sent. GUI or main thread.
class PoolProbe : public QObject {
    Q_OBJECT

public:
    struct Outcome {
        JoinTrouble trouble = JoinTrouble::None;
        QString detail = {};
        std::string url = {}; ///< where workers connect, when there is no trouble
        std::chrono::seconds clockAhead{0}; ///< of our clock by the answer's Date; 0 when small or unknown
        std::chrono::milliseconds latency{0}; ///< of the whole answer
    };

    static constexpr std::chrono::milliseconds answerTimeMax{10'000};
    static constexpr std::chrono::seconds clockToleranceMax{120};

    explicit PoolProbe(QObject* parent = nullptr);
    ~PoolProbe() override;

    /// `fingerprint`: SHA-256 that the server's certificate must have, or empty. `finished` follows, once.
    void start(const std::vector<std::string>& addresses, const std::string& fingerprint);
    void cancel();

Q_SIGNALS:
    void finished(const drover::app::PoolProbe::Outcome& outcome);

private:
    enum class Answer { Pool, Elsewhere, Ended };
    void tryNext();
    void answered(QNetworkReply& reply);
    Answer judge(QNetworkReply& reply);
    Answer judgeStatus(const QNetworkReply& reply, int status);
    void judgeFailure(const QNetworkReply& reply);
    void end(Outcome outcome);

    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    std::vector<std::string> m_addresses;
    std::size_t m_at = 0;
    std::string m_fingerprint;
    QStringList m_tlsTroubles;
    bool m_datesAreWrong = false;
    bool m_isOther = false; ///< the certificate
    Outcome m_worst; ///< what to say when no address is right
    std::chrono::steady_clock::time_point m_asked{};
};

} // namespace drover::app
