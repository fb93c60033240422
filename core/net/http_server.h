// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/error.h"
#include "core/api/log.h"
#include "core/net/exchange.h"
#include "core/net/server_tls.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace drover {

/// "127.0.0.1:11435", "[::1]:11435"; empty for port 0.
std::string textOf(const Tcp::endpoint& endpoint);

/// Accepts HTTP/1.0 and 1.1 on one address and hands each request to a handler. Core thread.
///
/// Keeps every promise of `Limits`: heads, bodies, idle and stalled connections. Malformed requests are answered (400,
/// 408, 413, 431) by `errorBody` and closed. Two requests of one connection are never under way at the same time; what
/// a client pipelines waits in the socket. With TLS the handshake has the time of a head, and whoever speaks plainly is
/// answered 400.
class HttpServer {
public:
    using Handler = std::function<Task<>(Exchange&)>;
    /// Body of an answer to a request that the handler never sees: JSON.
    using ErrorBody = std::function<std::string(int status, std::string_view path, const Error& error)>;

    HttpServer(asio::io_context& io, Limits limits, Handler handler, ErrorBody errorBody, Log log);
    ~HttpServer();

    /// Fails with PortTaken, BadConfig (not an address) or Io.
    Result<> listen(const std::string& host, std::uint16_t port);
    /// New connections speak TLS with this; null: plainly. Looks for renewed files itself, with the next connection.
    void setTls(std::shared_ptr<ServerTls> tls);
    Tcp::endpoint address() const; ///< with the real port when 0 was asked for

    void setLimits(Limits limits);
    std::size_t connections() const; ///< with the WebSockets that they became; `Limits::connectionsMax` is for both

    /// No new connections; idle ones close, others after their answer. WebSockets stay: whoever took them closes them.
    void stopListening();
    /// Everything ends now, WebSockets too; they tell their owners later, with 1006.
    void close();

private:
    struct State;
    std::shared_ptr<State> m_state; ///< shared with the coroutines of its connections, which may end after it
};

} // namespace drover
