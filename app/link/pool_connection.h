// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/pool_link.h"

#include <QObject>
#include <QWebSocket>

#include <cstdint>
#include <functional>
#include <string>

QT_FORWARD_DECLARE_CLASS(QSslSocket)

namespace drover::app {

/// The WebSocket to a pool's server: sends no Origin and asks for no extension; goes through the system's proxy except
/// to this machine itself. With a pin, nothing is sent to a server that has another key. Link thread.
class PoolConnection : public QObject {
    Q_OBJECT

public:
    explicit PoolConnection(drover::PoolSocketTold told);
    ~PoolConnection() override;

    void open(std::uint64_t number, const drover::PoolAddress& address);
    void send(const std::string& text);
    void ping();
    /// The connection is ended by handshake, at the latest after `farewellTimeMax`, and its end is told then.
    void close(int code, const std::string& reason);

    static constexpr int farewellTimeMax = 2000; ///< milliseconds
    static constexpr std::uint64_t sentBytesStep = 64 * 1024; ///< what has left is told in steps of at least this

private:
    void watch(QWebSocket* socket, std::uint64_t number);
    void watchTls(QWebSocket* socket, std::uint64_t number, const std::string& pin);
    void ended(QWebSocket* socket, std::uint64_t number);
    void tellSent(QWebSocket* socket, std::uint64_t number);
    template <class What> void tell(std::uint64_t number, What what);

    drover::PoolSocketTold m_told;
    QWebSocket* m_socket = nullptr; ///< a child; null when there is no connection that is wanted
    std::uint64_t m_number = 0;
    QSslSocket* m_tls = nullptr; ///< the one below `m_socket`; null without TLS
    drover::PoolDistrust m_distrust = drover::PoolDistrust::None; ///< of this connection
    QString m_distrustWords;
    std::uint64_t m_given = 0; ///< bytes, on this connection
    std::uint64_t m_toldSent = 0;
};

} // namespace drover::app
