// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/asio.h"

#include <charconv>
#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace drover {

/// Runs a coroutine to its end on an io_context, and everything else there meanwhile. Throws what it throws, and when
/// it is not done within `limit`.
template <class Work>
void runToEnd(asio::io_context& io, Work work, std::chrono::seconds limit = std::chrono::seconds(20))
{
    std::exception_ptr failure = std::make_exception_ptr(std::runtime_error("not done in time"));
    asio::co_spawn(io, work(), [&](std::exception_ptr thrown) {
        failure = thrown;
        io.stop();
    });
    io.restart();
    io.run_for(limit);
    if (failure)
        std::rethrow_exception(failure);
}

/// An HTTP client that sends what it is told to, byte for byte, and reads simple answers. Throws when the other end
/// closes too early.
class PlainClient {
public:
    struct Answer {
        int status = 0;
        std::string head = {}; ///< status line and fields
        std::string body = {};
        std::string_view field(std::string_view name) const ///< spelled as it is sent; empty when it is not there
        {
            const std::string start = "\r\n" + std::string(name) + ": ";
            const auto at = head.find(start);
            if (at == std::string::npos)
                return {};
            const auto begin = at + start.size();
            return std::string_view(head).substr(begin, head.find("\r\n", begin) - begin);
        }
    };

    explicit PlainClient(asio::io_context& io)
        : m_socket(io.get_executor())
    {
    }

    Socket& socket() { return m_socket; }

    Task<> connect(Tcp::endpoint to) { co_await m_socket.async_connect(to, throwing); }

    Task<> send(std::string bytes) { co_await asio::async_write(m_socket, asio::buffer(bytes), throwing); }

    /// One request, one answer. `fields` are header lines, each ended by CRLF.
    Task<Answer> ask(std::string method, std::string target, std::string fields = "Host: localhost\r\n")
    {
        co_await send(method + " " + target + " HTTP/1.1\r\n" + fields + "\r\n");
        Answer answer = co_await head();
        if (method != "HEAD" && answer.status != 304 && answer.status != 204)
            answer.body = co_await body(answer);
        co_return answer;
    }

    /// A request as it is, and its whole answer.
    Task<Answer> askWith(std::string request)
    {
        co_await send(std::move(request));
        Answer answer = co_await head();
        answer.body = co_await body(answer);
        co_return answer;
    }

    Task<> skip(std::size_t bytes) { co_await exactly(bytes); }

    /// The status and fields of an answer, whose body may come piece by piece.
    Task<Answer> head()
    {
        Answer answer;
        answer.head = co_await upTo("\r\n\r\n");
        answer.status = std::stoi(answer.head.substr(answer.head.find(' ') + 1));
        co_return answer;
    }

    /// The next chunk of a body; empty at its end.
    Task<std::string> chunk()
    {
        const std::string line = co_await upTo("\r\n");
        std::size_t size = 0;
        std::from_chars(line.data(), line.data() + line.size(), size, 16);
        std::string bytes = co_await exactly(size + 2);
        bytes.resize(size);
        co_return bytes;
    }

private:
    Task<std::string> body(const Answer& answer)
    {
        std::string all;
        if (const auto length = answer.field("Content-Length"); !length.empty()) {
            all = co_await exactly(std::stoul(std::string(length)));
            co_return all;
        }
        for (std::string piece = co_await chunk(); !piece.empty(); piece = co_await chunk())
            all += piece;
        co_return all;
    }

protected:
    Task<std::string> upTo(std::string_view end)
    {
        while (m_unread.find(end) == std::string::npos)
            co_await readSome();
        const std::size_t size = m_unread.find(end) + end.size();
        std::string bytes = m_unread.substr(0, size);
        m_unread.erase(0, size);
        co_return bytes;
    }

    Task<std::string> exactly(std::size_t size)
    {
        while (m_unread.size() < size)
            co_await readSome();
        std::string bytes = m_unread.substr(0, size);
        m_unread.erase(0, size);
        co_return bytes;
    }

private:
    Task<> readSome()
    {
        std::string buffer(64 * 1024, '\0');
        const std::size_t size = co_await m_socket.async_read_some(asio::buffer(buffer), throwing);
        m_unread.append(buffer, 0, size);
    }

    Socket m_socket;
    std::string m_unread;
};

} // namespace drover
