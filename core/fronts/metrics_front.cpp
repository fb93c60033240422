// SPDX-License-Identifier: MIT
#include "core/fronts/metrics_front.h"

#include "core/fronts/status_rules.h"
#include "core/protocol/metrics_text.h"

#include <utility>

namespace drover {

namespace {

constexpr std::string_view textType = "text/plain; charset=utf-8";
const HeaderLines notKept = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";

} // namespace

struct MetricsFront::State : std::enable_shared_from_this<MetricsFront::State> {
    explicit State(std::function<std::string()> textGiven)
        : text(std::move(textGiven))
    {
    }

    Task<> handle(Exchange& exchange)
    {
        const auto self = shared_from_this();
        const RequestHead& head = exchange.head();
        if (closed)
            co_return;
        if (!admit(head, exchange.local().address().is_loopback()))
            co_await exchange.answer(403, textType, "not from a web page\n", notKept);
        else if (head.path() != "/metrics")
            co_await exchange.answer(404, textType, "there is only /metrics\n", notKept);
        else if (head.method != "GET" && head.method != "HEAD")
            co_await exchange.answer(405, textType, "GET\n", "Allow: GET, HEAD\r\n");
        else
            co_await exchange.answer(200, MetricsText::contentType, text(), notKept);
    }

    std::function<std::string()> text;
    bool closed = false;
};

MetricsFront::MetricsFront(asio::io_context& io, std::function<std::string()> text, const Limits& limits, Log log)
    : m_state(std::make_shared<State>(std::move(text)))
    , m_server(
          io, limits, [state = m_state](Exchange& exchange) { return state->handle(exchange); },
          [](int, std::string_view, const Error& error) { return std::string(describe(error.code)) + "\n"; },
          std::move(log))
{
}

MetricsFront::~MetricsFront()
{
    close();
}

void MetricsFront::close()
{
    m_state->closed = true;
    m_server.close();
}

} // namespace drover
