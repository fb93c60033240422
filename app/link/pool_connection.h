// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/pool_link.h"

#include <QObject>
#include <QWebSocket>

#include <cstdint>
#include <functional>

namespace drover::app {

/// The WebSocket to a pool's server: sends no Origin and asks for no extension; goes through the system's proxy except
/// to this machine itself. Link thread.
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

private:
    void watch(QWebSocket* socket, std::uint64_t number);
    void ended(QWebSocket* socket, std::uint64_t number);
    void tellSent(QWebSocket* socket, std::uint64_t number);
    template <class What> void tell(std::uint64_t number, What what);

    drover::PoolSocketTold m_told;
    QWebSocket* m_socket = nullptr; ///< a child; null when there is no connection that is wanted
    std::uint64_t m_number = 0;
    std::uint64_t m_given = 0; ///< bytes, on this connection
};

} // namespace drover::app
