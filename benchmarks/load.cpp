// SPDX-License-Identifier: MIT
//
// Makes load on an Ollama or a proxy before one, and prints what it saw and what that cost another process, as one line
// of JSON. One thread. Requests are those of the Python client `ollama`, byte for byte but for the model's name.
#include "benchmarks/answer_end.h"
#include "benchmarks/options.h"
#include "benchmarks/process_cost.h"
#include "core/net/asio.h"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

namespace drover::benchmark {
namespace {

using namespace std::chrono_literals;
using Now = std::chrono::steady_clock;
namespace beast = boost::beast;

const std::string question =
    "You are a careful assistant who answers in one short paragraph. Somebody who looks out of the window on a clear "
    "afternoon asks why the sky is blue, why it turns red in the evening, and whether it would look the same on Mars. "
    "Explain it so that a child of ten understands it, name the effect, and end with one thing that can be tried at "
    "home with a glass of water, a little milk and a torch. Do not use formulas. If there is something that people "
    "often get wrong about it, such as the light that the sea throws back, say so in a sentence of its own.";

struct Load {
    std::uint16_t port = 0;
    int process = 0; ///< whose cost is counted
    int second = 0; ///< another, counted apart
    int clients = 1;
    int idle = 0; ///< more connections, which have had one answer and send nothing more
    int waiting = 0; ///< requests that get no answer
    std::string model = "bench";
    int pieces = 0; ///< of a streamed answer; 0 means one that is not streamed
    std::chrono::milliseconds warmUp{0};
    std::chrono::milliseconds time{0};
};

std::string requestOf(const Load& load)
{
    const std::string body = R"({"model":")" + load.model + R"(","prompt":")" + question + R"(","stream":)"
        + (load.pieces > 0 ? "true" : "false")
        + R"(,"options":{"temperature":0.7,"top_p":0.9,"num_ctx":4096,"num_predict":)"
        + std::to_string(std::max(load.pieces, 1)) + R"(},"keep_alive":"5m"})";
    return "POST /api/generate HTTP/1.1\r\nHost: 127.0.0.1:" + std::to_string(load.port)
        + "\r\nAccept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\ncontent-type: application/json\r\n"
          "accept: application/json\r\nuser-agent: ollama-python/0.6.1 (x86_64 linux) Python/3.11.2\r\n"
          "authorization: Bearer 0f5c2a7d9b1e4c63a8d2e7f4b6019c3d\r\nContent-Length: "
        + std::to_string(body.size()) + "\r\n\r\n" + body;
}

/// The value that `share` of all are not above, in microseconds; 0 when there are none.
double quantile(std::vector<Now::duration>& values, double share)
{
    if (values.empty())
        return 0;
    const auto at = values.begin() + static_cast<std::ptrdiff_t>(share * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    return std::chrono::duration<double, std::micro>(*at).count();
}

class Generator {
public:
    Generator(asio::io_context& io, Load load)
        : m_io(io)
        , m_load(std::move(load))
        , m_request(requestOf(m_load))
    {
    }

    /// Closed loop: each client sends its next request when it has the last byte of its answer.
    Task<> answered()
    {
        std::vector<Socket> idle;
        for (int at = 0; at < m_load.idle; ++at) {
            idle.push_back(co_await connected(at));
            co_await ask(idle.back());
        }
        for (int at = 0; at < m_load.clients; ++at)
            asio::co_spawn(m_io, client(), [this](std::exception_ptr failure) { stopOn(failure); });
        co_await pause(m_load.warmUp);

        m_answers = m_lines = 0;
        m_wholes.clear();
        m_firsts.clear();
        const auto costBefore = costOf(m_load.process);
        const auto secondBefore = costOf(m_load.second);
        const auto begin = Now::now();
        co_await pause(m_load.time);
        const auto cost = costOf(m_load.process).cpu - costBefore.cpu;
        const auto second = costOf(m_load.second).cpu - secondBefore.cpu;
        const auto took = std::chrono::duration<double>(Now::now() - begin).count();

        const double microseconds = std::chrono::duration<double, std::micro>(cost).count();
        std::printf("{\"requests\": %zu, \"lines\": %zu, \"seconds\": %.3f, \"cpu_us\": %.1f, "
                    "\"cpu_us_per_request\": %.3f, \"cpu_us_per_line\": %.3f, \"second_cpu_us\": %.1f, "
                    "\"whole_p50_us\": %.1f, \"whole_p99_us\": %.1f, \"first_p50_us\": %.1f, "
                    "\"first_p99_us\": %.1f}\n",
            m_answers, m_lines, took, microseconds, microseconds / double(std::max<std::size_t>(m_answers, 1)),
            microseconds / double(std::max<std::size_t>(m_lines, 1)),
            std::chrono::duration<double, std::micro>(second).count(), quantile(m_wholes, 0.5),
            quantile(m_wholes, 0.99), quantile(m_firsts, 0.5), quantile(m_firsts, 0.99));
        close(idle);
        m_io.stop();
    }

    /// Requests that get no answer: what one more of them costs in memory.
    Task<> waiting()
    {
        co_await quiet();
        const auto before = costOf(m_load.process);
        std::vector<Socket> sockets;
        for (int at = 0; at < m_load.waiting; ++at) {
            sockets.push_back(co_await connected(at));
            co_await asio::async_write(sockets.back(), asio::buffer(m_request), throwing);
        }
        co_await quiet();
        const auto all = costOf(m_load.process);

        std::size_t open = 0;
        for (Socket& socket : sockets)
            open += isOpen(socket);
        close(sockets);
        co_await quiet();
        const auto after = costOf(m_load.process);
        std::printf("{\"waiting\": %zu, \"bytes_per_waiting\": %.0f, \"resident_before\": %zu, \"resident_waiting\": "
                    "%zu, \"resident_after\": %zu, \"cpu_us_per_waiting\": %.2f}\n",
            open, (double(all.residentBytes) - double(before.residentBytes)) / double(std::max<std::size_t>(open, 1)),
            before.residentBytes, all.residentBytes, after.residentBytes,
            std::chrono::duration<double, std::micro>(all.cpu - before.cpu).count() / double(m_load.waiting));
        m_io.stop();
    }

    void stopOn(std::exception_ptr failure)
    {
        if (failure && !m_failure)
            m_failure = failure;
        if (failure)
            m_io.stop();
    }

    void rethrow() const
    {
        if (m_failure)
            std::rethrow_exception(m_failure);
    }

private:
    Task<> client()
    {
        Socket socket = co_await connected(-1);
        for (;;)
            co_await ask(socket);
    }

    Task<> ask(Socket& socket)
    {
        const auto asked = Now::now();
        co_await asio::async_write(socket, asio::buffer(m_request), throwing);
        AnswerEnd answer;
        beast::flat_buffer unparsed;
        while (!answer.is_done()) {
            const bool begun = answer.bodyBegun();
            const auto lines = answer.lines();
            unparsed.commit(co_await socket.async_read_some(unparsed.prepare(16 * 1024), throwing));
            answer.take(unparsed);
            if (!begun && answer.bodyBegun())
                m_firsts.push_back(Now::now() - asked);
            m_lines += answer.lines() - lines;
        }
        if (answer.status() != 200)
            throw std::runtime_error("an answer with status " + std::to_string(answer.status()));
        ++m_answers;
        m_wholes.push_back(Now::now() - asked);
    }

    /// One address has some 28,000 ports, but the loopback network has 2^24 addresses: every 10,000 connections come
    /// from one of their own. Naming the port saves the system a long search. -1 leaves both to the system.
    Task<Socket> connected(int number)
    {
        Socket socket(m_io.get_executor());
        socket.open(Tcp::v4());
        if (number >= 0) {
            const auto address = 0x7F010001u + static_cast<unsigned>(number / 10'000);
            socket.set_option(asio::socket_base::reuse_address(true));
            socket.bind({asio::ip::address_v4(address), static_cast<std::uint16_t>(40'000 + number % 10'000)});
        }
        co_await socket.async_connect({asio::ip::address_v4::loopback(), m_load.port}, throwing);
        socket.set_option(Tcp::no_delay(true));
        co_return socket;
    }

    /// Resets the connections, so that none is in TIME_WAIT when the next run wants its port. Asio's destructor would
    /// not: it ends a lingering that was asked for.
    static void close(std::vector<Socket>& sockets)
    {
        for (Socket& socket : sockets) {
            socket.set_option(asio::socket_base::linger(true, 0));
            socket.close();
        }
    }

    /// An answer that came all the same (a refusal) or an end makes a socket readable.
    static bool isOpen(Socket& socket)
    {
        error_code error;
        return socket.available(error) == 0 && !error;
    }

    /// Until the process has used less than 5 % of a CPU for half a second; half a minute at most.
    Task<> quiet()
    {
        auto before = costOf(m_load.process).cpu;
        for (int round = 0; round < 60; ++round) {
            co_await pause(500ms);
            const auto used = costOf(m_load.process).cpu;
            if (used - before < 25ms)
                co_return;
            before = used;
        }
    }

    Task<> pause(std::chrono::milliseconds time)
    {
        Timer timer(m_io.get_executor(), time);
        co_await timer.async_wait(throwing);
    }

    asio::io_context& m_io;
    Load m_load;
    std::string m_request;
    std::size_t m_answers = 0;
    std::size_t m_lines = 0;
    std::vector<Now::duration> m_wholes;
    std::vector<Now::duration> m_firsts;
    std::exception_ptr m_failure;
};

Load loadOf(const Options& options)
{
    Load load;
    load.port = static_cast<std::uint16_t>(options.number("port"));
    load.process = static_cast<int>(options.number("process"));
    load.second = static_cast<int>(options.number("second"));
    load.clients = static_cast<int>(options.number("clients"));
    load.idle = static_cast<int>(options.number("idle"));
    load.waiting = static_cast<int>(options.number("waiting"));
    load.model = options.text("model");
    load.pieces = static_cast<int>(options.number("pieces"));
    load.warmUp = std::chrono::milliseconds(options.number("warm-up-ms"));
    load.time = std::chrono::milliseconds(options.number("time-ms"));
    return load;
}

} // namespace
} // namespace drover::benchmark

int main(int count, char** arguments)
try {
    using namespace drover;
    const benchmark::Options options(count, arguments,
        {{"port", "21434"}, {"process", "0"}, {"second", "0"}, {"clients", "1"}, {"idle", "0"}, {"waiting", "0"},
            {"model", "bench"}, {"pieces", "0"}, {"warm-up-ms", "300"}, {"time-ms", "2000"}});
    benchmark::allowManyFiles();
    const auto load = benchmark::loadOf(options);
    asio::io_context io(1);
    benchmark::Generator generator(io, load);
    asio::co_spawn(io, load.waiting > 0 ? generator.waiting() : generator.answered(),
        [&](std::exception_ptr failure) { generator.stopOn(failure); });
    io.run();
    generator.rethrow();
} catch (const std::exception& error) {
    std::fprintf(stderr, "load: %s\n", error.what());
    return 1;
}
