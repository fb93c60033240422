// SPDX-License-Identifier: MIT
#include "core/net/backend_connection.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>
#include <boost/asio/ssl/host_name_verification.hpp>
#include <boost/asio/ssl/stream.hpp>

#include <array>
#include <charconv>
#include <optional>

namespace drover {

namespace ssl = asio::ssl;

class TlsContext {
public:
    ssl::context context{ssl::context::tls_client};
};

struct BackendConnection::Tls {
    std::shared_ptr<TlsContext> context; ///< outlives the stream made from it
    ssl::stream<Socket&> stream;
};

std::string BackendAddress::hostField() const
{
    const bool v6 = host.find(':') != std::string::npos;
    std::string field = v6 ? '[' + host + ']' : host;
    if (port != (tls ? 443 : 80))
        field += ':' + std::to_string(port);
    return field;
}

Result<BackendAddress> parseBackendUrl(std::string_view url)
{
    const std::string shown = '"' + std::string(url) + '"';
    BackendAddress address;
    if (url.starts_with("https://")) {
        address.tls = true;
        url.remove_prefix(8);
    } else if (url.starts_with("http://")) {
        url.remove_prefix(7);
    } else {
        return fail(Errc::BadConfig, shown + " is not the address of a backend; write it as http://127.0.0.1:11434");
    }
    const auto slash = url.find('/');
    std::string_view place = url.substr(0, slash);
    if (slash != std::string_view::npos) {
        address.prefix = url.substr(slash);
        while (address.prefix.ends_with('/'))
            address.prefix.pop_back();
    }
    if (place.find('@') != std::string_view::npos)
        return fail(
            Errc::BadConfig, "a backend's address must not have a user name or password in it; use api_key_env");
    if (address.prefix.find_first_of(" ?#\r\n\t") != std::string::npos)
        return fail(Errc::BadConfig, shown + " has a query or blanks after the host");

    std::string_view port;
    if (place.starts_with('[')) {
        const auto end = place.find(']');
        if (end == std::string_view::npos)
            return fail(Errc::BadConfig, shown + " has '[' without ']'");
        address.host = place.substr(1, end - 1);
        place.remove_prefix(end + 1);
        if (place.starts_with(':'))
            port = place.substr(1);
    } else {
        const auto colon = place.find(':');
        address.host = place.substr(0, colon);
        if (colon != std::string_view::npos)
            port = place.substr(colon + 1);
    }
    address.port = address.tls ? 443 : 80;
    if (!port.empty()) {
        const auto [end, error] = std::from_chars(port.data(), port.data() + port.size(), address.port);
        if (error != std::errc{} || end != port.data() + port.size() || address.port == 0)
            return fail(Errc::BadConfig, shown + " has a port that is not 1 to 65535");
    }
    if (address.host.empty() || address.host.find_first_of(" \t\r\n\"<>") != std::string::npos)
        return fail(Errc::BadConfig, shown + " names no host");
    if (address.host == "0.0.0.0") // what OLLAMA_HOST says to a server means "this machine" to a client
        address.host = "127.0.0.1";
    else if (address.host == "::")
        address.host = "::1";
    return address;
}

Result<std::shared_ptr<TlsContext>> makeTlsContext(const BackendAddress& address)
{
    if (!address.tls)
        return std::shared_ptr<TlsContext>();
    auto tls = std::make_shared<TlsContext>();
    error_code error;
    tls->context.set_verify_mode(ssl::verify_peer, error);
    tls->context.set_default_verify_paths(error);
    if (!address.caFile.empty()) {
        tls->context.load_verify_file(address.caFile, error);
        if (error)
            return fail(Errc::BadConfig, "cannot read the certificates in " + address.caFile + ": " + error.message());
    }
    tls->context.set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1, error);
    return tls;
}

void ConnectionSweep::add(BackendConnection& connection)
{
    m_connections.insert(&connection);
    if (!m_sweeping)
        sweep();
}

void ConnectionSweep::sweep()
{
    const TimePoint now = Clock::now();
    for (BackendConnection* connection : m_connections)
        connection->expireIfDue(now);
    m_sweeping = !m_connections.empty();
    if (!m_sweeping)
        return;
    m_timer.expires_after(every);
    m_timer.async_wait([self = shared_from_this()](error_code error) {
        if (error)
            self->m_sweeping = false;
        else
            self->sweep();
    });
}

void ConnectionSweep::closeAll()
{
    for (BackendConnection* connection : m_connections)
        connection->close();
    m_timer.cancel();
}

BackendConnection::BackendConnection(Socket socket, std::shared_ptr<ConnectionSweep> sweep)
    : m_socket(std::move(socket))
    , m_buffer(new char[bufferBytes])
    , m_sweep(std::move(sweep))
{
    m_sweep->add(*this);
}

BackendConnection::~BackendConnection()
{
    close();
    m_sweep->remove(*this);
}

namespace {

Task<Result<std::vector<Tcp::endpoint>>> resolve(asio::io_context& io, const BackendAddress& address)
{
    error_code error;
    const auto ip = asio::ip::make_address(address.host, error);
    if (!error)
        co_return std::vector<Tcp::endpoint>{{ip, address.port}};
    asio::ip::basic_resolver<Tcp, Executor> resolver(io);
    const auto [failed, found] = co_await resolver.async_resolve(address.host, std::to_string(address.port), quiet);
    if (failed)
        co_return fail(Errc::BackendUnreachable, "cannot find the host " + address.host + ": " + failed.message());
    co_return std::vector<Tcp::endpoint>(found.begin(), found.end());
}

} // namespace

Task<Result<std::unique_ptr<BackendConnection>>> BackendConnection::open(asio::io_context& io,
    const BackendAddress& address, std::shared_ptr<TlsContext> tls, std::shared_ptr<ConnectionSweep> sweep,
    std::chrono::milliseconds timeMax)
{
    const auto endpoints = co_await resolve(io, address);
    if (!endpoints)
        co_return endpoints.error();

    std::unique_ptr<BackendConnection> connection(new BackendConnection(Socket(io), std::move(sweep)));
    // Shared with the timer's handler, which may run after this function.
    struct Limit {
        BackendConnection* connection;
        bool late = false;
    };
    const auto limit = std::make_shared<Limit>(Limit{connection.get()});
    Timer timer(io.get_executor());
    timer.expires_after(timeMax);
    timer.async_wait([limit](error_code error) {
        if (!error && limit->connection) {
            limit->late = true;
            limit->connection->close();
        }
    });
    error_code error = asio::error::host_not_found;
    for (const Tcp::endpoint& endpoint : *endpoints) {
        error_code ignored;
        connection->m_socket.close(ignored);
        std::tie(error) = co_await connection->m_socket.async_connect(endpoint, quiet);
        if (!error || limit->late)
            break;
    }
    if (!error && tls && !limit->late) {
        error_code ignored;
        connection->m_tls = std::make_unique<Tls>(Tls{tls, {connection->m_socket, tls->context}});
        auto& stream = connection->m_tls->stream;
        SSL_set_tlsext_host_name(stream.native_handle(), address.host.c_str());
        stream.set_verify_callback(ssl::host_name_verification(address.host), ignored);
        std::tie(error) = co_await stream.async_handshake(ssl::stream_base::client, quiet);
    }
    limit->connection = nullptr;
    if (limit->late)
        co_return fail(
            Errc::BackendUnreachable, "no connection within " + std::to_string(timeMax.count() / 1000) + " s");
    if (error)
        co_return fail(Errc::BackendUnreachable, error.message());
    error_code ignored;
    connection->m_socket.set_option(Tcp::no_delay(true), ignored);
    connection->m_socket.non_blocking(true, ignored);
    co_return connection;
}

std::size_t BackendConnection::writeNow(std::string_view first, std::string_view second)
{
    if (m_tls)
        return 0;
    const std::array<asio::const_buffer, 2> bytes{asio::buffer(first), asio::buffer(second)};
    error_code error;
    const std::size_t size = m_socket.write_some(bytes, error);
    if (error && !wouldBlock(error))
        throw boost::system::system_error(error);
    return size;
}

Task<> BackendConnection::write(std::string_view first, std::string_view second)
{
    const std::size_t size = writeNow(first, second);
    if (size == first.size() + second.size())
        co_return;
    const std::size_t ofFirst = std::min(size, first.size());
    const std::array<asio::const_buffer, 2> bytes{
        asio::buffer(first.substr(ofFirst)), asio::buffer(second.substr(size - ofFirst))};
    if (m_tls)
        co_await asio::async_write(m_tls->stream, bytes, throwing);
    else
        co_await asio::async_write(m_socket, bytes, throwing);
}

Task<std::tuple<error_code, std::size_t>> BackendConnection::readSome(char* to, std::size_t space)
{
    if (m_tls)
        return m_tls->stream.async_read_some(asio::buffer(to, space), quiet);
    return m_socket.async_read_some(asio::buffer(to, space), quiet);
}

bool BackendConnection::isEnd(const error_code& error)
{
    return error == asio::error::eof || error == ssl::error::stream_truncated;
}

bool BackendConnection::stillIdle()
{
    char byte;
    error_code error;
    m_socket.receive(asio::buffer(&byte, 1), Socket::message_peek, error);
    return !m_closed && wouldBlock(error);
}

void BackendConnection::close()
{
    m_closed = true;
    error_code ignored;
    m_socket.close(ignored);
}

void BackendConnection::expireIfDue(TimePoint now)
{
    if (now < deadline)
        return;
    deadline = TimePoint::max();
    timedOut = true;
    close();
}

} // namespace drover
