// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/dispatch/job.h"
#include "core/net/asio.h"

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

namespace drover {

/// Where a backend is, read from its url.
struct BackendAddress {
    std::string host;
    std::uint16_t port = 0;
    bool tls = false;
    std::string prefix = {}; ///< path put before every forwarded path; never ends with '/'
    std::string caFile = {}; ///< extra authorities, PEM

    std::string hostField() const; ///< for the Host field and for people: "127.0.0.1:11434"
    bool operator==(const BackendAddress&) const = default;
};

/// Fails with BadConfig and a sentence.
Result<BackendAddress> parseBackendUrl(std::string_view url);

/// Certificates are checked against the system's authorities and `caFile`, names against the host. Shared by the
/// connections of one backend. Null for http.
class TlsContext;
Result<std::shared_ptr<TlsContext>> makeTlsContext(const BackendAddress& address);

class BackendConnection;

/// Ends connections to backends whose time limit has passed; looks at them a few times a second. Core thread; kept
/// alive by the connections it watches.
class ConnectionSweep : public std::enable_shared_from_this<ConnectionSweep> {
public:
    explicit ConnectionSweep(asio::io_context& io)
        : m_timer(io.get_executor())
    {
    }
    void add(BackendConnection& connection);
    void remove(BackendConnection& connection) { m_connections.erase(&connection); }
    void closeAll();

    static constexpr std::chrono::milliseconds every{250};

private:
    void sweep();
    Timer m_timer;
    std::set<BackendConnection*> m_connections;
    bool m_sweeping = false;
};

/// A connection of ours to a backend, plain or TLS. Used by one request at a time. Core thread.
///
/// Its time limit is a point in time that the owner's sweep compares with the clock (`expireIfDue`); what waits then
/// ends with an error and `timedOut` is true. `close` may be called at any time; it ends what waits.
class BackendConnection {
public:
    /// Connects within `timeMax`; tries every address of the host. Fails with BackendUnreachable.
    static Task<Result<std::unique_ptr<BackendConnection>>> open(asio::io_context& io, const BackendAddress& address,
        std::shared_ptr<TlsContext> tls, std::shared_ptr<ConnectionSweep> sweep, std::chrono::milliseconds timeMax);

    ~BackendConnection();
    BackendConnection(const BackendConnection&) = delete;
    BackendConnection& operator=(const BackendConnection&) = delete;

    /// Writes all; throws boost::system::system_error. `second` follows `first` in the same segment where it fits.
    Task<> write(std::string_view first, std::string_view second = {});

    /// The same for what the socket takes at once, without a coroutine: returns how many bytes, 0 with TLS.
    std::size_t writeNow(std::string_view first, std::string_view second);

    /// Reads what comes next, at most `space` bytes. At the end it gives an error that `isEnd` holds for.
    Task<std::tuple<error_code, std::size_t>> readSome(char* to, std::size_t space);
    static bool isEnd(const error_code& error);

    /// False when the backend closed it, or sent something unasked, while it was idle.
    bool stillIdle();

    void close();
    bool closed() const { return m_closed; }

    TimePoint deadline = TimePoint::max();
    bool timedOut = false;
    bool reused = false;
    TimePoint idleSince{}; ///< set by who keeps it
    void expireIfDue(TimePoint now);

    /// Working memory of the relay: kept with the connection, so that a request costs no allocation.
    static constexpr std::size_t bufferBytes = 16 * 1024;
    char* buffer() { return m_buffer.get(); }

private:
    struct Tls;
    BackendConnection(Socket socket, std::shared_ptr<ConnectionSweep> sweep);

    Socket m_socket;
    std::unique_ptr<Tls> m_tls;
    std::unique_ptr<char[]> m_buffer;
    std::shared_ptr<ConnectionSweep> m_sweep;
    bool m_closed = false;
};

} // namespace drover
