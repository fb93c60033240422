// SPDX-License-Identifier: MIT
//
// Many workers of a hosted pool in one process, one WebSocket each: they register with models, tell every five seconds
// that they live, and answer what they are asked at once, but the first `--hold` requests never. Listens on
// `--ready-port` when all have registered. Speaks as Drover's own workers do, which take every call; built without the
// core, as its adversary.
#include "benchmarks/options.h"
#include "benchmarks/process_cost.h"
#include "core/net/asio.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/websocket/stream.hpp>

#include <cstdio>
#include <deque>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace drover::benchmark {
namespace {

using namespace std::chrono_literals;
namespace beast = boost::beast;

constexpr int modelsInAll = 300;
constexpr auto heartbeatEvery = 5s;

/// {"model":"bench:latest","response":"Air scatters.","done":true,"eval_count":3}
constexpr std::string_view answerInBase64 =
    "eyJtb2RlbCI6ImJlbmNoOmxhdGVzdCIsInJlc3BvbnNlIjoiQWlyIHNjYXR0ZXJzLiIsImRvbmUi"
    "OnRydWUsImV2YWxfY291bnQiOjN9";

struct Load {
    std::uint16_t port = 0;
    int count = 0;
    int models = 0;
    int slots = 0;
    long hold = 0;
};

std::string registration(const Load& load, int number)
{
    std::string models = R"("bench:latest")";
    for (int at = 1; at < load.models; ++at)
        models += R"(,"model-)" + std::to_string((number * 7 + at * 31) % modelsInAll) + R"(:latest")";
    const std::string name = "fake-" + std::to_string(number);
    return R"({"type":"register","worker_id":")" + name + R"(","worker_name":")" + name
        + R"(","worker_key":"","client_key":"","models":[)" + models + R"(],"max_concurrency":)"
        + std::to_string(load.slots)
        + R"(,"embedding_batch_size":0,"version":"v0.9.6","build_sha":"c0ffee1","build_date":"2025-11-02"})";
}

/// The text of a member that has no escapes; empty when there is none.
std::string_view textOf(std::string_view message, std::string_view member)
{
    const std::string key = '"' + std::string(member) + R"(":")";
    const auto at = message.find(key);
    if (at == message.npos)
        return {};
    const auto begin = at + key.size();
    return message.substr(begin, message.find('"', begin) - begin);
}

class Worker : public std::enable_shared_from_this<Worker> {
public:
    Worker(asio::io_context& io, long& held)
        : m_socket(io)
        , m_heartbeat(io)
        , m_held(held)
    {
    }

    Task<> join(const Load& load, int number)
    {
        Socket& plain = m_socket.next_layer();
        co_await plain.async_connect({asio::ip::address_v4::loopback(), load.port}, throwing);
        plain.set_option(Tcp::no_delay(true));
        co_await m_socket.async_handshake("127.0.0.1:" + std::to_string(load.port), "/api/workers/connect", throwing);
        m_socket.text(true);
        const std::string text = registration(load, number);
        co_await m_socket.async_write(asio::buffer(text), throwing);
    }

    Task<> work()
    {
        const auto self = shared_from_this();
        beast::flat_buffer message;
        for (;;) {
            co_await m_socket.async_read(message, throwing);
            const std::string_view text(static_cast<const char*>(message.data().data()), message.size());
            const std::string_view type = textOf(text, "type");
            if (type == "http_proxy_request" && --m_held < 0)
                answer(std::string(textOf(text, "request_id")));
            message.consume(message.size());
        }
    }

    Task<> live(std::chrono::milliseconds first)
    {
        const auto self = shared_from_this();
        for (auto pause = first;; pause = heartbeatEvery) {
            m_heartbeat.expires_after(pause);
            co_await m_heartbeat.async_wait(throwing);
            send(R"({"type":"heartbeat","ts":1764500000})");
        }
    }

private:
    void answer(const std::string& id)
    {
        const std::string tail = R"(","request_id":")" + id + '"';
        send(R"({"type":"http_proxy_response_headers)" + tail
            + R"(,"status":200,"headers":{"Content-Type":"application/json"}})");
        send(R"({"type":"http_proxy_response_chunk)" + tail + R"(,"data":")" + std::string(answerInBase64) + R"("})");
        send(R"({"type":"http_proxy_response_end)" + tail + "}");
    }

    void send(std::string text)
    {
        m_unsent.push_back(std::move(text));
        if (m_unsent.size() == 1)
            asio::co_spawn(m_socket.get_executor(), write(), asio::detached);
    }

    Task<> write()
    {
        const auto self = shared_from_this();
        while (!m_unsent.empty()) {
            co_await m_socket.async_write(asio::buffer(m_unsent.front()), throwing);
            m_unsent.pop_front();
        }
    }

    beast::websocket::stream<Socket> m_socket;
    Timer m_heartbeat;
    std::deque<std::string> m_unsent; ///< the first is being written
    long& m_held;
};

void rethrow(std::exception_ptr failure)
{
    if (failure)
        std::rethrow_exception(failure);
}

Task<> joinAll(asio::io_context& io, Load load, std::uint16_t readyPort)
{
    static long held = load.hold;
    for (int number = 0; number < load.count; ++number) {
        const auto worker = std::make_shared<Worker>(io, held);
        co_await worker->join(load, number);
        asio::co_spawn(io, worker->work(), rethrow);
        asio::co_spawn(io, worker->live(heartbeatEvery * (number + 1) / (load.count + 1)), rethrow);
    }
    Acceptor ready(io, {asio::ip::address_v4::loopback(), readyPort});
    for (;;)
        co_await ready.async_accept(throwing);
}

} // namespace
} // namespace drover::benchmark

int main(int count, char** arguments)
try {
    using namespace drover;
    const benchmark::Options options(count, arguments,
        {{"port", "8080"}, {"ready-port", "21434"}, {"count", "1000"}, {"models", "10"}, {"slots", "1"},
            {"hold", "0"}});
    benchmark::allowManyFiles();
    benchmark::Load load;
    load.port = static_cast<std::uint16_t>(options.number("port"));
    load.count = static_cast<int>(options.number("count"));
    load.models = static_cast<int>(options.number("models"));
    load.slots = static_cast<int>(options.number("slots"));
    load.hold = options.number("hold");
    asio::io_context io(1);
    asio::co_spawn(
        io, benchmark::joinAll(io, load, static_cast<std::uint16_t>(options.number("ready-port"))), benchmark::rethrow);
    io.run();
} catch (const std::exception& error) {
    std::fprintf(stderr, "fake_workers: %s\n", error.what());
    return 1;
}
