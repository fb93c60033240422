// SPDX-License-Identifier: MIT
// The half of ClientWebSocket that writes and ends.
#include "core/net/client_web_socket_state.h"

#include <algorithm>
#include <utility>

namespace drover {

// ---- writing ----

void ClientWebSocket::State::send(std::string text)
{
    if (m_phase != Phase::Open || m_writeFailed)
        return;
    m_unsent += text.size();
    Frame frame{.opcode = WebSocketOpcode::Text, .payload = std::move(text)};
    const bool direct = m_queue.empty() && !m_awaitingRoom;
    if (direct && writeSome(frame))
        return;
    if (m_writeFailed)
        return;
    m_queue.push_back(std::move(frame));
    awaitRoom();
}

/// Goes before all that was not begun. One of each kind waits at most, with the newest payload.
void ClientWebSocket::State::sendControl(WebSocketOpcode opcode, std::string_view payload)
{
    if (m_phase != Phase::Open || m_writeFailed)
        return;
    auto at = m_queue.begin();
    if (at != m_queue.end() && at->begun)
        ++at;
    for (auto waiting = at; waiting != m_queue.end() && waiting->opcode >= WebSocketOpcode::Close; ++waiting) {
        if (waiting->opcode == opcode) {
            *waiting = Frame{.opcode = opcode, .payload = std::string(payload)};
            return;
        }
    }
    m_queue.insert(at, Frame{.opcode = opcode, .payload = std::string(payload)});
    if (!m_awaitingRoom)
        flush();
}

/// True when the frame is written whole.
bool ClientWebSocket::State::writeSome(Frame& frame)
{
    const std::string_view head = frame.head.text().substr(std::min<std::size_t>(frame.written, frame.head.size));
    const std::size_t before = frame.payloadWritten();
    const std::string_view payload = std::string_view(frame.payload).substr(before);
    error_code error;
    const std::size_t size = m_socket.writeSome(head, payload, error);
    if (error && !wouldBlock(error)) {
        m_writeFailed = true;
        m_unsent = 0;
        m_queue.clear();
        tellLater();
        return false;
    }
    frame.written += size;
    frame.begun = frame.written > 0 || m_socket.holdsOutput();
    if (frame.opcode == WebSocketOpcode::Text)
        m_unsent -= frame.payloadWritten() - before;
    return frame.done();
}

void ClientWebSocket::State::flush()
{
    while (!m_queue.empty()) {
        if (!writeSome(m_queue.front())) {
            if (!m_writeFailed)
                awaitRoom();
            return;
        }
        m_closeWritten = m_queue.front().opcode == WebSocketOpcode::Close;
        m_queue.pop_front();
    }
    flushed();
}

void ClientWebSocket::State::awaitRoom()
{
    if (m_awaitingRoom || m_phase == Phase::Ended)
        return;
    m_awaitingRoom = true;
    m_socket.socket().async_wait(m_socket.writeWait(), [self = shared_from_this()](error_code error) {
        self->m_awaitingRoom = false;
        if (self->m_phase == Phase::Ended)
            return;
        if (error)
            self->lost();
        else
            self->flush();
    });
}

// ---- ending ----

/// A write failed. What the peer said before may still say why, so it is read first.
void ClientWebSocket::State::tellLater()
{
    asio::post(m_socket.socket().get_executor(), [self = shared_from_this()] {
        if (self->m_phase == Phase::Ended)
            return;
        if (self->m_started)
            self->readAll();
        if (self->m_phase != Phase::Ended)
            self->lost();
    });
}

void ClientWebSocket::State::close(std::uint16_t code, std::string_view reason)
{
    if (m_phase != Phase::Open || m_writeFailed)
        return;
    m_phase = Phase::Closing;
    m_ours = {code, std::string(reason)};
    m_queue.push_back(Frame{.opcode = WebSocketOpcode::Close, .payload = webSocketClosePayload(code, reason)});
    expireLater();
    if (!m_awaitingRoom)
        flush();
    if (!m_started)
        asio::post(m_socket.socket().get_executor(), [self = shared_from_this()] { self->takeInput(); });
}

/// Gives up what was not begun, sends this close frame and keeps the socket until it has arrived.
void ClientWebSocket::State::lastFrame(std::string payload)
{
    if (m_phase == Phase::Ended)
        return;
    m_phase = Phase::Lingering;
    auto unbegun = m_queue.begin();
    if (unbegun != m_queue.end() && unbegun->begun)
        ++unbegun;
    const bool begunClose = unbegun != m_queue.begin() && m_queue.front().opcode == WebSocketOpcode::Close;
    m_queue.erase(unbegun, m_queue.end());
    m_unsent = 0;
    if (!begunClose && !m_closeWritten)
        m_queue.push_back(Frame{.opcode = WebSocketOpcode::Close, .payload = std::move(payload)});
    expireLater();
    if (!m_awaitingRoom && !m_writeFailed)
        flush();
}

void ClientWebSocket::State::flushed()
{
    if (m_phase != Phase::Lingering)
        return;
    m_socket.endWriting();
    if (m_peerClosed)
        end();
}

void ClientWebSocket::State::expireLater()
{
    if (m_timer)
        return;
    m_timer.emplace(m_socket.socket().get_executor());
    m_timer->expires_after(std::chrono::seconds(closeTimeMaxSeconds));
    m_timer->async_wait([self = shared_from_this()](error_code error) {
        if (!error && self->m_phase != Phase::Ended)
            self->lost();
    });
}

void ClientWebSocket::State::finish(std::uint16_t code, std::string_view reason)
{
    if (m_outcome)
        return;
    m_outcome = Outcome{code, std::string(reason)};
    tell();
}

void ClientWebSocket::State::tell()
{
    if (!m_started || m_told)
        return;
    m_told = true;
    const Listener listener = std::exchange(m_listener, {});
    if (listener.closed)
        listener.closed(m_outcome->code, m_outcome->reason);
}

void ClientWebSocket::State::endNow()
{
    end();
    asio::post(m_socket.socket().get_executor(),
        [self = shared_from_this()] { self->finish(close_code::vanished, "the server has ended"); });
}

void ClientWebSocket::State::detach()
{
    m_told = true;
    if (!m_telling)
        m_listener = {};
    if (m_phase != Phase::Lingering)
        end();
}

void ClientWebSocket::State::end()
{
    if (m_phase == Phase::Ended)
        return;
    m_phase = Phase::Ended;
    m_all->remove(m_place);
    m_queue.clear();
    m_unsent = 0;
    if (m_timer)
        m_timer->cancel();
    m_socket.close();
}

} // namespace drover
