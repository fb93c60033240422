// SPDX-License-Identifier: MIT
#include "core/net/tls_session.h"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <algorithm>

namespace drover {
namespace {

// OpenSSL's own sockets raise SIGPIPE and know nothing of Asio's; these calls go through Asio's socket.

/// What one call of OpenSSL reads and writes.
struct Transport {
    Socket* socket = nullptr;
    error_code error = {}; ///< the last that was not would_block
};

Transport& transportOf(BIO* bio)
{
    return *static_cast<Transport*>(BIO_get_data(bio));
}

int moved(BIO* bio, const error_code& error, bool reading)
{
    if (!error)
        return 1;
    if (!wouldBlock(error))
        transportOf(bio).error = error;
    else if (reading)
        BIO_set_retry_read(bio);
    else
        BIO_set_retry_write(bio);
    return 0;
}

int readTransport(BIO* bio, char* to, std::size_t size, std::size_t* taken)
{
    BIO_clear_retry_flags(bio);
    error_code error;
    *taken = transportOf(bio).socket->read_some(asio::buffer(to, size), error);
    return moved(bio, error, true);
}

int writeTransport(BIO* bio, const char* from, std::size_t size, std::size_t* taken)
{
    BIO_clear_retry_flags(bio);
    error_code error;
    *taken = transportOf(bio).socket->write_some(asio::buffer(from, size), error);
    return moved(bio, error, false);
}

long controlTransport(BIO*, int command, long, void*)
{
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

BIO_METHOD* makeMethod()
{
    BIO_METHOD* method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "Asio socket");
    BIO_meth_set_read_ex(method, readTransport);
    BIO_meth_set_write_ex(method, writeTransport);
    BIO_meth_set_ctrl(method, controlTransport);
    return method;
}

/// Lets one call use the socket.
class Use {
public:
    Use(ssl_st* ssl, Socket& socket)
        : m_bio(SSL_get_rbio(ssl))
        , m_transport{&socket}
    {
        BIO_set_data(m_bio, &m_transport);
        ERR_clear_error();
    }
    ~Use() { BIO_set_data(m_bio, nullptr); }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

    /// Why the call that returned `result` failed.
    error_code failure(int sslError) const
    {
        if (m_transport.error)
            return m_transport.error;
        return sslError == SSL_ERROR_ZERO_RETURN || sslError == SSL_ERROR_SYSCALL
            ? error_code(asio::error::make_error_code(asio::error::eof))
            : error_code(asio::error::make_error_code(asio::error::connection_aborted));
    }

private:
    BIO* m_bio;
    Transport m_transport;
};

constexpr unsigned char tlsHandshakeByte = 0x16; ///< that every client's first record begins with

} // namespace

TlsSession::TlsSession(ssl_st* ssl)
    : m_ssl(ssl)
{
    static BIO_METHOD* const method = makeMethod();
    BIO* bio = BIO_new(method);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    SSL_set_accept_state(ssl);
}

TlsSession::~TlsSession()
{
    SSL_free(m_ssl);
}

TlsSession::Step TlsSession::handshake(Socket& socket)
{
    if (!m_begun) {
        unsigned char first = 0;
        error_code error;
        const std::size_t size = socket.receive(asio::buffer(&first, 1), Socket::message_peek, error);
        if (error || size == 0)
            return error && wouldBlock(error) ? Step::Waits : Step::Failed;
        if (first >= 'A' && first <= 'Z' && first != tlsHandshakeByte)
            return Step::SpeaksPlain;
        m_begun = true;
    }
    const Use use(m_ssl, socket);
    const int result = SSL_do_handshake(m_ssl);
    if (result == 1) {
        m_holdsInput = true; // what the client sent right behind may have been read already
        m_readWait = Socket::wait_read;
        return Step::Done;
    }
    const int error = SSL_get_error(m_ssl, result);
    m_readWait = error == SSL_ERROR_WANT_WRITE ? Socket::wait_write : Socket::wait_read;
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? Step::Waits : Step::Failed;
}

std::size_t TlsSession::read(Socket& socket, char* to, std::size_t bytesMax, error_code& error)
{
    const Use use(m_ssl, socket);
    std::size_t taken = 0;
    m_holdsInput = true;
    while (taken < bytesMax) {
        std::size_t size = 0;
        const int result = SSL_read_ex(m_ssl, to + taken, bytesMax - taken, &size);
        if (result == 1) {
            taken += size;
            continue;
        }
        const int why = SSL_get_error(m_ssl, result);
        if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
            m_holdsInput = false;
            m_readWait = why == SSL_ERROR_WANT_WRITE ? Socket::wait_write : Socket::wait_read;
            if (taken == 0)
                error = asio::error::would_block;
        } else if (taken == 0) { // otherwise the next read says it again
            error = use.failure(why);
        }
        break;
    }
    return taken;
}

std::size_t TlsSession::write(Socket& socket, std::string_view bytes, error_code& error)
{
    const Use use(m_ssl, socket);
    std::size_t taken = 0;
    while (taken < bytes.size()) {
        // A record that was begun is asked for again in the same length.
        const std::size_t wanted = m_begunBytes > 0 ? m_begunBytes : std::min(bytes.size() - taken, recordBytes);
        if (wanted > bytes.size() - taken) {
            error = asio::error::invalid_argument;
            break;
        }
        std::size_t size = 0;
        const int result = SSL_write_ex(m_ssl, bytes.data() + taken, wanted, &size);
        if (result == 1) {
            m_begunBytes = 0;
            taken += size;
            continue;
        }
        const int why = SSL_get_error(m_ssl, result);
        if (why == SSL_ERROR_WANT_READ || why == SSL_ERROR_WANT_WRITE) {
            m_begunBytes = wanted;
            m_writeWait = why == SSL_ERROR_WANT_READ ? Socket::wait_read : Socket::wait_write;
            if (taken == 0)
                error = asio::error::would_block;
        } else if (taken == 0) {
            error = use.failure(why);
        }
        break;
    }
    return taken;
}

void TlsSession::sayEnd(Socket& socket)
{
    if (holdsOutput() || SSL_is_init_finished(m_ssl) == 0)
        return;
    const Use use(m_ssl, socket);
    SSL_shutdown(m_ssl);
}

} // namespace drover
