// SPDX-License-Identifier: MIT
// The half of ClientWebSocket that reads.
#include "core/net/client_web_socket.h"

#include "core/net/client_web_socket_state.h"
#include "core/protocol/base64.h"
#include "core/protocol/web_socket_handshake.h"

#include <openssl/evp.h>

#include <array>
#include <utility>

namespace drover {
namespace {

constexpr std::size_t readBytes = 64 * 1024;
/// Full reads of one connection before the others have their turn.
constexpr int readsAtOnceMax = 4;

} // namespace

void ClientWebSocket::State::start(Listener listener)
{
    m_listener = std::move(listener);
    m_started = true;
    asio::post(m_socket.socket().get_executor(), [self = shared_from_this()] {
        if (self->m_outcome)
            self->tell();
        else if (self->m_phase != Phase::Ended)
            self->takeInput();
    });
}

void ClientWebSocket::State::takeInput()
{
    std::string input = std::exchange(m_input, {});
    m_bytesRead += input.size();
    if (!input.empty() && m_phase != Phase::Ended)
        m_reader.feed(input.data(), input.size());
    watch();
}

void ClientWebSocket::State::watch()
{
    if (m_watching || m_phase == Phase::Ended)
        return;
    m_watching = true;
    Socket& plain = m_socket.socket();
    if (m_socket.holdsInput())
        asio::post(plain.get_executor(), [self = shared_from_this()] { self->readable({}); });
    else
        plain.async_wait(m_socket.readWait(), [self = shared_from_this()](error_code error) { self->readable(error); });
}

void ClientWebSocket::State::readable(error_code error)
{
    m_watching = false;
    if (m_phase == Phase::Ended)
        return;
    if (error)
        lost();
    else
        readAll();
    watch();
}

void ClientWebSocket::State::readAll()
{
    static thread_local char buffer[readBytes];
    for (int reads = 0; reads < readsAtOnceMax && m_phase != Phase::Ended; ++reads) {
        error_code error;
        const std::size_t size = m_socket.readSome(buffer, sizeof buffer, error);
        if (error && wouldBlock(error))
            return;
        if (error)
            return lost();
        m_bytesRead += size;
        if (m_phase != Phase::Lingering)
            m_reader.feed(buffer, size);
        if (size < sizeof buffer)
            return;
    }
}

/// The peer went without a close frame, or after one of ours.
void ClientWebSocket::State::lost()
{
    const bool closing = m_phase == Phase::Closing;
    end();
    if (closing)
        finish(m_ours.code, m_ours.reason);
    else
        finish(close_code::vanished, "the connection was lost");
}

bool ClientWebSocket::State::message(std::string_view text)
{
    if (m_phase == Phase::Open && m_listener.message) {
        m_telling = true;
        std::optional<std::string> failure;
        try {
            m_listener.message(text);
        } catch (const std::exception& error) {
            failure = error.what();
        }
        m_telling = false;
        if (m_told) { // the owner has destroyed the WebSocket meanwhile
            m_listener = {};
        } else if (failure && m_phase != Phase::Ended) {
            lastFrame(webSocketClosePayload(close_code::ourFault, "internal error"));
            finish(close_code::ourFault, *failure);
        }
    }
    return m_phase == Phase::Open || m_phase == Phase::Closing;
}

bool ClientWebSocket::State::pinged(std::string_view payload)
{
    sendControl(WebSocketOpcode::Pong, payload);
    return m_phase != Phase::Ended;
}

bool ClientWebSocket::State::closing(std::uint16_t code, std::string_view reason)
{
    const Outcome outcome = m_phase == Phase::Closing ? m_ours : Outcome{code, std::string(reason)};
    m_peerClosed = true;
    lastFrame(outcome.code == close_code::noneGiven ? std::string{} : webSocketClosePayload(outcome.code, {}));
    finish(outcome.code, outcome.reason);
    return false;
}

void ClientWebSocket::State::broken(std::uint16_t code, std::string_view reason)
{
    const Outcome outcome = m_phase == Phase::Closing ? m_ours : Outcome{code, std::string(reason)};
    lastFrame(webSocketClosePayload(code, reason));
    finish(outcome.code, outcome.reason);
}

ClientWebSocket::ClientWebSocket(
    ClientSocket socket, std::string input, std::size_t messageBytesMax, std::shared_ptr<OpenWebSockets> all)
    : m_state(std::make_shared<State>(std::move(socket), std::move(input), messageBytesMax, std::move(all)))
{
}

ClientWebSocket::~ClientWebSocket()
{
    m_state->detach();
}

void ClientWebSocket::start(Listener listener)
{
    m_state->start(std::move(listener));
}

void ClientWebSocket::send(std::string text)
{
    m_state->send(std::move(text));
}

std::size_t ClientWebSocket::unsent() const
{
    return m_state->unsent();
}

void ClientWebSocket::ping()
{
    m_state->ping();
}

std::uint64_t ClientWebSocket::bytesRead() const
{
    return m_state->bytesRead();
}

void ClientWebSocket::close(std::uint16_t code, std::string_view reason)
{
    m_state->close(code, reason);
}

std::string webSocketAccept(std::string_view key)
{
    std::string text(key);
    text.append(webSocketKeySuffix);
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    EVP_Digest(text.data(), text.size(), digest.data(), &size, EVP_sha1(), nullptr);
    std::string accept;
    appendBase64(accept, {reinterpret_cast<const char*>(digest.data()), size});
    return accept;
}

} // namespace drover
