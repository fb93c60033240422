// SPDX-License-Identifier: MIT
#include "core/net/http_server.h"

#include "core/net/connection.h"

#include <list>
#include <optional>
#include <vector>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr auto sweepEvery = 250ms;
constexpr auto acceptRetryAfter = 100ms;
constexpr auto lookForRenewedFilesEvery = 10s;

/// The status for a request that no handler sees.
int statusOf(const Error& error)
{
    if (error.code == Errc::TooLarge)
        return 431;
    return error.code == Errc::BackendTimeout ? 408 : 400;
}

} // namespace

struct HttpServer::State : std::enable_shared_from_this<State> {
    State(asio::io_context& context, Limits serverLimits, Handler serverHandler, ErrorBody body, Log serverLog)
        : io(context)
        , limits(serverLimits)
        , handler(std::move(serverHandler))
        , errorBody(std::move(body))
        , log(std::move(serverLog))
        , sweeper(context.get_executor())
        , pause(context.get_executor())
    {
    }

    asio::io_context& io;
    Limits limits;
    Handler handler;
    ErrorBody errorBody;
    Log log;
    Timer sweeper;
    Timer pause; ///< of accepting, when there are no file descriptors
    std::optional<Acceptor> acceptor;
    Tcp::endpoint address;
    std::list<Connection*> connections;
    std::shared_ptr<ServerTls> tls; ///< null: plain
    TimePoint tlsLookedAt = {};
    std::shared_ptr<OpenWebSockets> webSockets = std::make_shared<OpenWebSockets>();
    std::uint64_t connectionsEver = 0;
    std::size_t bodiesHeld = 0; ///< bytes
    bool sweeping = false;
    bool stopping = false;

    Task<> accept();
    Task<> serve(Socket socket);
    Task<> serveAll(Connection& connection);
    Task<> refuse(Connection& connection, const Error& error);
    std::unique_ptr<TlsSession> tlsSession();
    void sweep();
};

Task<> HttpServer::State::accept()
{
    bool saidFull = false;
    const auto self = shared_from_this();
    while (acceptor && acceptor->is_open()) {
        auto [error, socket] = co_await acceptor->async_accept(quiet);
        if (stopping)
            break;
        if (error) {
            if (error == asio::error::operation_aborted)
                break;
            if (!std::exchange(saidFull, true))
                log(LogLevel::Warning, "cannot accept a connection error=\"" + error.message() + "\" retrying=yes");
            pause.expires_after(acceptRetryAfter);
            co_await pause.async_wait(quiet);
            continue;
        }
        saidFull = false;
        asio::co_spawn(io, serve(std::move(socket)), asio::detached);
    }
}

Task<> HttpServer::State::refuse(Connection& connection, const Error& error)
{
    const int status = statusOf(error);
    connection.closeAfter();
    co_await connection.answer(status, "application/json", errorBody(status, connection.head().path(), error), {});
    co_await connection.linger();
}

/// One connection, from its first request to its last.
Task<> HttpServer::State::serve(Socket socket)
{
    const auto self = shared_from_this();
    std::unique_ptr<TlsSession> session = tlsSession();
    if (tls && !session)
        co_return; // never plainly instead
    ClientSocket accepted(std::move(socket), std::move(session));
    const auto connection =
        std::make_shared<Connection>(std::move(accepted), ++connectionsEver, limits, bodiesHeld, webSockets);
    const auto place = connections.insert(connections.end(), connection.get());
    if (!sweeping)
        sweep();
    try {
        if (const auto secured = co_await connection->secure(); secured)
            co_await serveAll(*connection);
        else if (secured.error().code != Errc::Cancelled)
            co_await refuse(*connection, secured.error());
    } catch (const boost::system::system_error&) {
        // the client went away: nothing is left to tell it
    } catch (const std::exception& error) {
        log(LogLevel::Error, std::string("a request failed inside Drover error=\"") + error.what() + '"');
    }
    connection->close();
    connections.erase(place);
}

Task<> HttpServer::State::serveAll(Connection& connection)
{
    if (limits.connectionsMax > 0 && connections.size() + webSockets->size() > limits.connectionsMax) {
        const Error full = fail(Errc::TooLarge, "too many connections (" + std::to_string(limits.connectionsMax) + ")");
        connection.closeAfter();
        co_await connection.answer(503, "application/json", errorBody(503, "/", full), "Retry-After: 1\r\n");
        co_return;
    }
    for (;;) {
        if (const auto head = co_await connection.nextHead(); !head) {
            if (head.error().code != Errc::Cancelled)
                co_await refuse(connection, head.error());
            break;
        }
        co_await handler(connection);
        if (!connection.finishedWhole() && !co_await connection.finishExchange())
            break;
    }
}

std::unique_ptr<TlsSession> HttpServer::State::tlsSession()
{
    if (!tls)
        return nullptr;
    if (const TimePoint now = Clock::now(); now - tlsLookedAt >= lookForRenewedFilesEvery) {
        tlsLookedAt = now;
        if (const auto renewed = tls->reloadIfChanged(); !renewed)
            log(LogLevel::Error, "the renewed certificate cannot be used error=\"" + renewed.error().detail + '"');
        else if (*renewed)
            log(LogLevel::Info, "took a renewed certificate");
    }
    return tls->session();
}

void HttpServer::State::sweep()
{
    sweeping = !connections.empty();
    if (!sweeping)
        return;
    const TimePoint now = Clock::now();
    // Expiring one may end others, so none is touched while the list is walked.
    std::vector<std::shared_ptr<Connection>> due;
    for (Connection* connection : connections) {
        if (connection->dueBy(now))
            due.push_back(connection->shared_from_this());
    }
    for (const auto& connection : due)
        connection->expireIfDue(now);
    sweeper.expires_after(sweepEvery);
    sweeper.async_wait([self = shared_from_this()](error_code error) {
        if (!error)
            self->sweep();
        else
            self->sweeping = false;
    });
}

HttpServer::HttpServer(asio::io_context& io, Limits limits, Handler handler, ErrorBody errorBody, Log log)
    : m_state(std::make_shared<State>(io, limits, std::move(handler), std::move(errorBody), std::move(log)))
{
}

HttpServer::~HttpServer()
{
    close();
}

Result<> HttpServer::listen(const std::string& host, std::uint16_t port)
{
    error_code error;
    const auto ip = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
    if (error)
        return fail(Errc::BadConfig, "\"" + host + "\" is not an address to listen on, such as 127.0.0.1 or 0.0.0.0");
    const Tcp::endpoint wanted(ip, port);
    auto& acceptor = m_state->acceptor.emplace(m_state->io);
    acceptor.open(wanted.protocol(), error);
#ifndef _WIN32 // there it would let two programs share the port
    if (!error)
        acceptor.set_option(Acceptor::reuse_address(true), error);
#endif
    if (!error)
        acceptor.bind(wanted, error);
    if (!error)
        acceptor.listen(asio::socket_base::max_listen_connections, error);
    if (error) {
        m_state->acceptor.reset();
        const std::string where = host + ":" + std::to_string(port);
        if (error == asio::error::address_in_use)
            return fail(Errc::PortTaken, where);
        return fail(Errc::Io, "cannot listen on " + where + ": " + error.message());
    }
    m_state->address = acceptor.local_endpoint(error);
    asio::co_spawn(m_state->io, m_state->accept(), asio::detached);
    return {};
}

void HttpServer::setTls(std::shared_ptr<ServerTls> tls)
{
    m_state->tls = std::move(tls);
    m_state->tlsLookedAt = Clock::now();
}

std::string textOf(const Tcp::endpoint& endpoint)
{
    if (endpoint.port() == 0)
        return {};
    const std::string ip = endpoint.address().to_string();
    return (endpoint.address().is_v6() ? '[' + ip + ']' : ip) + ':' + std::to_string(endpoint.port());
}

Tcp::endpoint HttpServer::address() const
{
    return m_state->address;
}

void HttpServer::setLimits(Limits limits)
{
    m_state->limits = limits;
}

std::size_t HttpServer::connections() const
{
    return m_state->connections.size() + m_state->webSockets->size();
}

void HttpServer::stopListening()
{
    m_state->stopping = true;
    error_code ignored;
    if (m_state->acceptor)
        m_state->acceptor->close(ignored);
    m_state->pause.cancel();
    std::vector<std::shared_ptr<Connection>> all;
    for (Connection* connection : m_state->connections)
        all.push_back(connection->shared_from_this());
    for (const auto& connection : all)
        connection->setIdleClose(true);
}

void HttpServer::close()
{
    stopListening();
    std::vector<std::shared_ptr<Connection>> all;
    for (Connection* connection : m_state->connections)
        all.push_back(connection->shared_from_this());
    for (const auto& connection : all)
        connection->close();
    m_state->webSockets->endAll();
    m_state->sweeper.cancel();
}

} // namespace drover
