// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/asio.h"

#include <cstddef>
#include <string_view>

struct ssl_st; // of OpenSSL

namespace drover {

/// The server's end of one TLS connection, over a non-blocking socket that is given to each call. Core thread.
///
/// Reads and writes like the socket itself: what it can at once, else `would_block`. It then says what to wait for, and
/// whether it holds bytes that no wait on the socket would ever tell of.
class TlsSession {
public:
    enum class Step {
        Done,
        Waits, ///< for what `readWait` says
        SpeaksPlain, ///< the client began with HTTP; nothing was read from the socket
        Failed
    };

    explicit TlsSession(ssl_st* ssl); ///< takes it
    ~TlsSession();
    TlsSession(const TlsSession&) = delete;
    TlsSession& operator=(const TlsSession&) = delete;

    Step handshake(Socket& socket); ///< until it is no longer Waits
    std::size_t read(Socket& socket, char* to, std::size_t bytesMax, error_code& error);

    /// Bytes that were not taken must be given again, first and unchanged: they may be in the middle of a record.
    std::size_t write(Socket& socket, std::string_view bytes, error_code& error);

    /// Tells the peer that nothing more comes, so that it can tell the end from a cut. Tries once.
    void sayEnd(Socket& socket);

    Socket::wait_type readWait() const { return m_readWait; }
    Socket::wait_type writeWait() const { return m_writeWait; }
    bool holdsInput() const { return m_holdsInput; }
    bool holdsOutput() const { return m_begunBytes > 0; }

    static constexpr std::size_t recordBytes = 16 * 1024; ///< the most that one record carries

private:
    ssl_st* m_ssl;
    std::size_t m_begunBytes = 0; ///< of the record that is encrypted and not wholly sent
    Socket::wait_type m_readWait = Socket::wait_read;
    Socket::wait_type m_writeWait = Socket::wait_write;
    bool m_holdsInput = false;
    bool m_begun = false; ///< the client's first byte was seen to be TLS
};

} // namespace drover
