// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/client_web_socket.h"
#include "core/protocol/web_socket_frames.h"

#include <list>
#include <optional>

namespace drover {

/// All of a ClientWebSocket; lives as long as anything of it is under way.
class ClientWebSocket::State final : private WebSocketReader::Sink,
                                     private OpenWebSockets::Member,
                                     public std::enable_shared_from_this<State> {
public:
    State(ClientSocket socket, std::string input, std::size_t messageBytesMax, std::shared_ptr<OpenWebSockets> all)
        : m_socket(std::move(socket))
        , m_reader(messageBytesMax, *this)
        , m_input(std::move(input))
        , m_all(std::move(all))
        , m_place(m_all->add(*this))
    {
    }
    ~State() override { end(); }

    void start(Listener listener);
    void send(std::string text);
    void ping() { sendControl(WebSocketOpcode::Ping, {}); }
    void close(std::uint16_t code, std::string_view reason);
    void detach();
    std::size_t unsent() const { return m_unsent; }
    std::uint64_t bytesRead() const { return m_bytesRead; }

private:
    struct Frame {
        WebSocketOpcode opcode;
        std::string payload;
        WebSocketFrameHead head{opcode, payload.size()};
        std::size_t written = 0; ///< bytes, those of the head first
        bool begun = false; ///< what goes next must be the rest of it
        bool done() const { return written == head.size + payload.size(); }
        std::size_t payloadWritten() const { return written > head.size ? written - head.size : 0; }
    };
    enum class Phase {
        Open,
        Closing, ///< our close frame is on its way; the peer's is awaited
        Lingering, ///< the outcome is told; only the last frame has to arrive
        Ended
    };
    struct Outcome {
        std::uint16_t code = 0;
        std::string reason = {};
    };

    bool message(std::string_view text) override;
    bool pinged(std::string_view payload) override;
    bool ponged() override { return m_phase != Phase::Ended; }
    bool closing(std::uint16_t code, std::string_view reason) override;
    void broken(std::uint16_t code, std::string_view reason) override;
    void endNow() override;

    void watch();
    void readable(error_code error);
    void readAll();
    void takeInput();
    void lost();
    void sendControl(WebSocketOpcode opcode, std::string_view payload);
    bool writeSome(Frame& frame);
    void flush();
    void awaitRoom();
    void flushed();
    void lastFrame(std::string payload);
    void expireLater();
    void finish(std::uint16_t code, std::string_view reason);
    void tell();
    void tellLater();
    void end();

    ClientSocket m_socket;
    WebSocketReader m_reader;
    std::string m_input; ///< read before the start
    std::shared_ptr<OpenWebSockets> m_all;
    OpenWebSockets::Place m_place;
    Listener m_listener;
    std::list<Frame> m_queue; ///< the first may be begun
    std::size_t m_unsent = 0;
    std::uint64_t m_bytesRead = 0;
    std::optional<Timer> m_timer; ///< of the end
    std::optional<Outcome> m_outcome;
    Outcome m_ours; ///< what `close` was given
    Phase m_phase = Phase::Open;
    bool m_started = false;
    bool m_told = false;
    bool m_telling = false; ///< a message is being told
    bool m_watching = false; ///< a wait for readability is under way
    bool m_awaitingRoom = false; ///< a wait for writability is under way
    bool m_writeFailed = false;
    bool m_closeWritten = false; ///< our close frame, whole
    bool m_peerClosed = false; ///< its close frame came
};

} // namespace drover
