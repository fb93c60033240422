// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/http_server.h"

#include <boost/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <vector>

namespace drover {

/// A small Ollama for tests, on its caller's io_context: tells one model, and answers `/api/generate` by the script
/// that the prompt names. Counts what it was asked.
class ScriptedBackend {
public:
    using Script = std::function<Task<>(Exchange&)>;

    explicit ScriptedBackend(asio::io_context& io)
        : m_server(
            io, Limits{}, [this](Exchange& exchange) { return serve(exchange); },
            [](int, std::string_view, const Error& error) { return error.detail; }, Log{})
    {
        if (!m_server.listen("127.0.0.1", 0))
            std::abort();
    }

    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_server.address().port()); }
    void close() { m_server.close(); }

    std::map<std::string, Script> scripts; ///< by prompt
    std::vector<std::string> prompts; ///< in the order in which they came
    int running = 0;
    int runningMost = 0;
    int left = 0; ///< askers who went away before their answer was whole

private:
    Task<> serve(Exchange& exchange)
    {
        const std::string path(exchange.head().path());
        if (path == "/api/version") {
            co_await exchange.answer(200, "application/json", R"({"version":"0.0.0-test"})");
        } else if (path == "/api/tags" || path == "/api/ps") {
            co_await exchange.answer(
                200, "application/json", R"({"models":[{"name":"tiny:latest","model":"tiny:latest","size":1}]})");
        } else {
            const auto body = co_await exchange.body(1u << 20);
            const auto request = boost::json::parse(body ? *body : "{}");
            const std::string prompt(request.at("prompt").as_string());
            prompts.push_back(prompt);
            exchange.onLeave([this] { ++left; });
            runningMost = std::max(runningMost, ++running);
            struct Leave {
                int& running;
                ~Leave() { --running; }
            } leave{running};
            const auto script = scripts.find(prompt);
            if (script != scripts.end())
                co_await script->second(exchange);
            else
                co_await exchange.answer(200, "application/json",
                    R"({"model":"tiny","response":"ok","done":true,"prompt_eval_count":3,"eval_count":2})");
        }
    }

    HttpServer m_server;
};

} // namespace drover
