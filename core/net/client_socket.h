// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/asio.h"
#include "core/net/tls_session.h"

#include <array>
#include <memory>
#include <string_view>
#include <utility>

namespace drover {

/// The socket of a client that connected to us, plain or with TLS. Non-blocking. Core thread.
class ClientSocket {
public:
    ClientSocket(Socket socket, std::unique_ptr<TlsSession> tls)
        : m_socket(std::move(socket))
        , m_tls(std::move(tls))
    {
    }

    /// For waits and options; bytes go through the functions below.
    Socket& socket() { return m_socket; }
    bool secure() const { return m_tls != nullptr; }

    /// With TLS only.
    TlsSession::Step handshake() { return m_tls->handshake(m_socket); }
    /// Speaks plainly from now on, to a client that does so too.
    void giveUpTls() { m_tls.reset(); }

    std::size_t readSome(char* to, std::size_t bytesMax, error_code& error)
    {
        if (m_tls)
            return m_tls->read(m_socket, to, bytesMax, error);
        return m_socket.read_some(asio::buffer(to, bytesMax), error);
    }

    /// Bytes that were not taken must be given again, first and unchanged, while `holdsOutput`.
    std::size_t writeSome(std::string_view bytes, error_code& error)
    {
        if (m_tls)
            return m_tls->write(m_socket, bytes, error);
        return m_socket.write_some(asio::buffer(bytes.data(), bytes.size()), error);
    }

    /// Both as one, with one system call.
    std::size_t writeSome(std::string_view first, std::string_view second, error_code& error)
    {
        if (m_tls)
            return writeTogether(first, second, error);
        const std::array<asio::const_buffer, 2> parts{
            asio::buffer(first.data(), first.size()), asio::buffer(second.data(), second.size())};
        return m_socket.write_some(parts, error);
    }

    /// There may be input that was taken from the socket already: read instead of waiting.
    bool holdsInput() const { return m_tls && m_tls->holdsInput(); }
    bool holdsOutput() const { return m_tls && m_tls->holdsOutput(); }
    Socket::wait_type readWait() const { return m_tls ? m_tls->readWait() : Socket::wait_read; }
    Socket::wait_type writeWait() const { return m_tls ? m_tls->writeWait() : Socket::wait_write; }

    /// Nothing more is sent, and the peer can tell that all was.
    void endWriting()
    {
        error_code ignored;
        if (m_tls)
            m_tls->sayEnd(m_socket);
        m_socket.shutdown(Socket::shutdown_send, ignored);
    }

    void close()
    {
        error_code ignored;
        m_socket.close(ignored);
    }

private:
    /// One record of both as far as they fit, then the rest.
    std::size_t writeTogether(std::string_view first, std::string_view second, error_code& error);

    Socket m_socket;
    std::unique_ptr<TlsSession> m_tls; ///< none: plain
};

} // namespace drover
