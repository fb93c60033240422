// SPDX-License-Identifier: MIT
//
// A fast stand-in for Ollama, so that what is measured is the proxy before it. One thread. Speaks just as much HTTP and
// JSON as benchmarks/load.cpp and the proxies send: bodies with Content-Length, compact JSON.
//
// Model `bench` answers at once, `bench-paced` writes one piece per --pace-us, `bench-held` never answers. Answers,
// sizes and writes are like those of ollama serve 0.33: one chunk and one write per piece, the last chunk on its own.
#include "benchmarks/options.h"
#include "benchmarks/process_cost.h"
#include "core/net/asio.h"

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>

#include <charconv>
#include <cmath>
#include <cstdio>
#include <exception>
#include <string>
#include <string_view>

namespace drover::benchmark {
namespace {

namespace beast = boost::beast;
namespace http = beast::http;

const std::string dateLine = "Date: Sat, 21 Nov 2026 08:19:17 GMT\r\n";
const std::string metrics = R"("done":true,"done_reason":"stop","context":[566,321,17,9,4411,203,77,1208,51,6,90,2,)"
                            R"(733,18,4,3990,112,64,8,1],"total_duration":169563253,"load_duration":1022405,)"
                            R"("prompt_eval_count":23,"prompt_eval_duration":159917000,"eval_count":16,)"
                            R"("eval_duration":566000})";
const std::string start = R"({"model":"bench:latest","created_at":"2026-11-21T08:19:17.712583376Z","response":)";

std::string whole(std::string_view contentType, std::string_view body)
{
    return "HTTP/1.1 200 OK\r\nContent-Type: " + std::string(contentType) + "\r\n" + dateLine
        + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

std::string json(std::string_view body)
{
    return whole("application/json; charset=utf-8", body);
}

std::string chunk(std::string_view bytes)
{
    char size[16];
    std::snprintf(size, sizeof size, "%zx\r\n", bytes.size());
    return size + std::string(bytes) + "\r\n";
}

const std::string streamHead =
    "HTTP/1.1 200 OK\r\nContent-Type: application/x-ndjson\r\n" + dateLine + "Transfer-Encoding: chunked\r\n\r\n";
const std::string pieceChunk = chunk(start + R"(" one","done":false})" + "\n");
const std::string lastPieceChunk = chunk(start + R"("",)" + metrics + "\n");
const std::string endChunk = "0\r\n\r\n";
const std::string unstreamed =
    json(start + R"("The sky is blue because air scatters short waves of light more than long ones.",)" + metrics);
const std::string modelEntry = R"({"name":"bench:latest","model":"bench:latest","size":6889143,"digest":"d1",)"
                               R"("details":{"format":"gguf","family":"llama","parameter_size":"1M"}})";

std::string modelList()
{
    std::string list = R"({"models":[)" + modelEntry;
    for (const std::string_view name : {"bench-paced", "bench-held"}) {
        std::string entry = modelEntry;
        for (auto at = entry.find("bench:"); at != std::string::npos; at = entry.find("bench:", at + 1))
            entry.replace(at, 5, name);
        list += "," + entry;
    }
    return list + "]}";
}

/// What a request for a text asks for.
struct Wish {
    bool paced = false;
    bool held = false;
    bool streamed = true;
    int pieces = 16;
};

Wish wishOf(std::string_view body)
{
    Wish wish;
    wish.paced = body.find(R"("bench-paced)") != body.npos;
    wish.held = body.find(R"("bench-held)") != body.npos;
    wish.streamed = body.find(R"("stream":false)") == body.npos;
    constexpr std::string_view count = R"("num_predict":)";
    if (const auto at = body.find(count); at != body.npos)
        std::from_chars(body.data() + at + count.size(), body.data() + body.size(), wish.pieces);
    return wish;
}

/// Gives each stream its own share of the pace: any 16 streams that follow each other are spread evenly, so that their
/// pieces do not arrive together (van der Corput sequence in base 2).
double phaseOf(unsigned stream)
{
    double phase = 0;
    for (double part = 0.5; stream != 0; stream /= 2, part /= 2)
        phase += (stream % 2) * part;
    return phase;
}

class FakeOllama {
public:
    FakeOllama(asio::io_context& io, std::chrono::microseconds pace)
        : m_io(io)
        , m_pace(pace)
    {
    }

    Task<> listen(Tcp::endpoint at)
    {
        Acceptor acceptor(m_io, at);
        acceptor.listen(65'535);
        for (;;) {
            Socket client = co_await acceptor.async_accept(throwing);
            client.set_option(Tcp::no_delay(true));
            asio::co_spawn(m_io, serve(std::move(client)), asio::detached);
        }
    }

private:
    Task<> serve(Socket client)
    try {
        beast::flat_buffer unparsed;
        for (bool keep = true; keep;) {
            http::request_parser<http::string_body> parser;
            if (auto [error, size] = co_await http::async_read(client, unparsed, parser, quiet); error)
                co_return;
            keep = parser.keep_alive();
            co_await answer(client, parser.get());
        }
    } catch (const std::exception&) {
        // The proxy went away.
    }

    Task<> answer(Socket& client, const http::request<http::string_body>& request)
    {
        const std::string_view path(request.target().data(), request.target().size());
        if (request.method() == http::verb::post && (path == "/api/generate" || path == "/api/chat"))
            co_await generate(client, wishOf(request.body()));
        else
            co_await send(client, plainAnswer(path));
    }

    static std::string plainAnswer(std::string_view path)
    {
        if (path == "/")
            return whole("text/plain; charset=utf-8", "Ollama is running");
        if (path == "/api/version")
            return json(R"({"version":"0.33.0"})");
        if (path == "/api/tags")
            return json(modelList());
        if (path == "/api/ps")
            return json(R"({"models":[]})");
        if (path == "/api/show")
            return json(R"({"details":{"family":"llama"},"model_info":{},"capabilities":["completion"]})");
        return "HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 18\r\n\r\n404 page not found";
    }

    Task<> generate(Socket& client, Wish wish)
    {
        if (wish.held) {
            char byte = 0;
            co_await client.async_read_some(asio::buffer(&byte, 1), throwing);
            co_return;
        }
        if (!wish.streamed) {
            co_await send(client, unstreamed);
            co_return;
        }

        Timer timer(m_io.get_executor());
        const auto begin = std::chrono::steady_clock::now();
        const auto late = std::chrono::nanoseconds(std::llround(phaseOf(m_streams++) * 1e3 * double(m_pace.count())));
        co_await send(client, streamHead + pieceChunk);
        for (int piece = 1; piece < wish.pieces; ++piece) {
            if (wish.paced) {
                timer.expires_at(begin + late + piece * m_pace);
                co_await timer.async_wait(throwing);
            }
            co_await send(client, pieceChunk);
        }
        co_await send(client, lastPieceChunk);
        co_await send(client, endChunk);
    }

    static Task<> send(Socket& client, const std::string& bytes)
    {
        co_await asio::async_write(client, asio::buffer(bytes), throwing);
    }

    asio::io_context& m_io;
    std::chrono::microseconds m_pace;
    unsigned m_streams = 0;
};

} // namespace
} // namespace drover::benchmark

int main(int count, char** arguments)
try {
    using namespace drover;
    const benchmark::Options options(count, arguments, {{"port", "21434"}, {"pace-us", "5000"}});
    benchmark::allowManyFiles();
    asio::io_context io(1);
    benchmark::FakeOllama fake(io, std::chrono::microseconds(options.number("pace-us")));
    const auto port = static_cast<std::uint16_t>(options.number("port"));
    asio::co_spawn(io, fake.listen({asio::ip::address_v4::loopback(), port}), [](std::exception_ptr failure) {
        if (failure)
            std::rethrow_exception(failure);
    });
    io.run();
} catch (const std::exception& error) {
    std::fprintf(stderr, "fake_ollama: %s\n", error.what());
    return 1;
}
