// SPDX-License-Identifier: MIT
// What the pool's port answers itself: lists, state, health, metrics, and the trade of invitations.
#include "core/fronts/host_state.h"

#include "core/api/engine.h"
#include "core/fronts/host_page_text.h"
#include "core/protocol/answer_shapes.h"
#include "core/protocol/host_state_json.h"
#include "core/protocol/json_text.h"
#include "core/protocol/model_name.h"
#include "core/protocol/percent.h"
#include "core/protocol/refusal.h"

#include <boost/json/parse.hpp>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr std::string_view jsonType = "application/json";
constexpr std::string_view pageType = "text/html; charset=utf-8";
constexpr std::size_t workerNameBytesMax = 64;

const HeaderLines notKept = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";

std::string textIn(const boost::json::object& object, std::string_view key)
{
    const boost::json::value* found = object.if_contains(key);
    return found && found->is_string() ? std::string(found->get_string()) : std::string();
}

/// Wakes one that waits when the client leaves, for as long as it lives.
struct LeaveWatch {
    LeaveWatch(Exchange& watched, std::function<void()> left)
        : exchange(watched)
    {
        exchange.onLeave(std::move(left));
    }
    ~LeaveWatch() { exchange.onLeave({}); }
    LeaveWatch(const LeaveWatch&) = delete;
    LeaveWatch& operator=(const LeaveWatch&) = delete;
    Exchange& exchange;
};

} // namespace

HostView HostFront::State::view(TimePoint now) const
{
    HostView view;
    view.enabled = hosting.enabled;
    view.listening = server != nullptr;
    view.name = hosting.name.empty() ? hostRules.machineName : hosting.name;
    view.reason = !reason.empty() ? reason : keys && !keys->trouble().empty() ? keys->trouble() : tlsWarning;
    view.fix = fix;
    if (server) {
        view.address = textOf(server->address());
        view.tls = tls != nullptr;
        view.keysNeeded = needsKey(KeyRole::Client);
        view.publicUrl = hosting.publicUrl.empty() ? (tls ? "https://" : "http://") + view.address : hosting.publicUrl;
        while (view.publicUrl.ends_with('/'))
            view.publicUrl.pop_back();
    }
    view.workers = workers.views(now, HostView::workersShownMax);
    view.connected = workers.connected();
    for (const auto& [id, live] : around.jobs.all())
        if (live->job.realm == Realm::Pooled)
            ++(live->running ? view.running : view.waiting);
    view.accepted = books.accepted;
    view.answered = books.answered;
    view.refused = books.refused;
    view.failed = books.failed;
    view.cancelled = books.cancelled;
    return view;
}

// ---- lists ----

/// What the pool's clients may ask for: of the workers, and of this machine where it answers too.
std::vector<ModelList> HostFront::State::lists()
{
    std::vector<ModelList> lists;
    if (hosting.localBackends)
        for (const auto& backend : around.backends.all())
            if (backend->available())
                lists.push_back(backend->models());
    lists.push_back(workers.models());
    return lists;
}

Task<> HostFront::State::models(Exchange& exchange, const HostRoute& route)
{
    const std::vector<ModelList> all = lists();
    if (route.kind == HostRouteKind::Model) {
        const std::string id = percentDecoded(route.model);
        const std::string entry = findOpenAiModel(id, all);
        if (entry.empty())
            co_await refuse(exchange, route.dialect, 404, "model '" + id + "' not found");
        else
            co_await exchange.answer(200, jsonType, entry, {});
        co_return;
    }
    if (route.kind == HostRouteKind::Loaded) {
        co_await exchange.answer(200, jsonType, "{\"models\":[]}", {});
        co_return;
    }
    const ModelListKind asked = route.kind == HostRouteKind::Tags ? ModelListKind::Tags : ModelListKind::OpenAi;
    co_await exchange.answer(200, jsonType, mergeModelLists(asked, all), {});
}

/// Workers do not tell more of a model than its name; its particulars are those of its name.
Task<> HostFront::State::show(Exchange& exchange, const HostRoute& route)
{
    auto body = co_await exchange.body(showBytesMax);
    if (!body) {
        if (body.error().code != Errc::Cancelled)
            co_await refuse(exchange, route.dialect, statusFor(body.error().code, route.dialect), body.error().detail);
        co_return;
    }
    boost::system::error_code error;
    const auto json = boost::json::parse(*body, error);
    std::string model;
    if (!error && json.is_object()) {
        model = textIn(json.get_object(), "model");
        if (model.empty())
            model = textIn(json.get_object(), "name");
    }
    if (model.empty() || findOpenAiModel(model, lists()).empty()) {
        const std::string why = model.empty() ? "model is required" : "model '" + model + "' not found";
        const int status = model.empty() ? 400 : 404;
        co_await refuse(exchange, route.dialect, status, why);
        co_return;
    }
    co_await exchange.answer(200, jsonType,
        "{\"details\":{\"parent_model\":\"\",\"format\":\"gguf\",\"family\":\"\",\"families\":[],\"parameter_size\":"
        "\"\","
        "\"quantization_level\":\"\"},\"model_info\":{},\"capabilities\":[\"completion\"]}",
        {});
}

// ---- state ----

std::string HostFront::State::stateText(const HostRoute& route)
{
    const TimePoint now = Clock::now();
    HostMoment moment;
    moment.now =
        std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch())
            .count();
    moment.upTime = std::chrono::duration_cast<std::chrono::milliseconds>(now - startedAt);
    moment.draining = draining;
    moment.queueCapacity = limits.queueWaitingMax;
    if (route.kind == HostRouteKind::PluginState || route.kind == HostRouteKind::PluginStateStream)
        return hostPluginState(view(now), moment);
    return hostState(view(now), metrics, moment);
}

Task<> HostFront::State::stateDocument(Exchange& exchange, const HostRoute& route)
{
    co_await exchange.answer(200, jsonType, stateText(route), notKept);
}

Task<> HostFront::State::stateStream(Exchange& exchange, const HostRoute& route)
{
    if (streams >= streamsMax) {
        co_await refuse(exchange, route.dialect, 503, "Too many clients watch the state.", "Retry-After: 5\r\n");
        co_return;
    }
    struct Counted {
        std::size_t& streams;
        ~Counted() { --streams; }
    } counted{++streams};
    Timer timer(around.io.get_executor());
    const LeaveWatch leaving(exchange, [&timer] { timer.cancel(); });
    co_await exchange.begin(200, "text/event-stream", "Cache-Control: no-cache\r\nX-Accel-Buffering: no\r\n");
    while (server && !exchange.clientLeft()) {
        const std::string event = "data: " + stateText(route) + "\n\n";
        co_await exchange.piece(event);
        timer.expires_after(streamEvery);
        co_await timer.async_wait(quiet);
    }
}

Task<> HostFront::State::page(Exchange& exchange, const HostRoute& route)
{
    if (route.kind == HostRouteKind::Health) {
        std::string body = "{\"status\":\"";
        body.append(draining ? "draining" : "ok").append("\",\"workers\":");
        body.append(std::to_string(workers.connected())).append("}");
        co_await exchange.answer(200, jsonType, body, notKept);
    } else if (route.kind == HostRouteKind::Version) {
        co_await exchange.answer(200, jsonType, "{\"version\":" + jsonString(versionNumber()) + "}", {});
    } else if (route.kind == HostRouteKind::Root) {
        co_await exchange.answer(200, "text/plain; charset=utf-8", "Ollama is running", {});
    } else {
        co_await exchange.answer(200, pageType, statePage(), pageLines());
    }
}

Task<> HostFront::State::metricsPage(Exchange& exchange)
{
    const std::string text = metrics.text(view(Clock::now())) + (around.metrics ? around.metrics() : std::string());
    co_await exchange.answer(200, MetricsText::contentType, text, notKept);
}

// ---- invitations ----

/// docs/joining.md.
Task<> HostFront::State::join(Exchange& exchange, const std::string& address)
{
    if (exchange.head().method != "POST") {
        co_await exchange.answer(200, pageType, invitationPage(), pageLines());
        co_return;
    }
    auto body = co_await exchange.body(tradeBytesMax);
    if (!body) {
        if (body.error().code != Errc::Cancelled)
            co_await refuse(
                exchange, Dialect::Ollama, statusFor(body.error().code, Dialect::Ollama), body.error().detail);
        co_return;
    }
    const std::string network = networkOf(address);
    if (const auto wait = guesses.waitOf(network, Clock::now()); wait > 0ms) {
        co_await refuse(exchange, Dialect::Ollama, 429,
            "Too many wrong codes came from your network. Try again in " + durationInWords(wait) + ".",
            retryLines(wait));
        co_return;
    }
    boost::system::error_code error;
    const auto json = boost::json::parse(*body, error);
    const std::string code = !error && json.is_object() ? textIn(json.get_object(), "code") : std::string();
    std::string name = !error && json.is_object() ? textIn(json.get_object(), "name") : std::string();
    if (code.empty()) {
        co_await refuse(
            exchange, Dialect::Ollama, 400, "Send {\"code\": \"XXXX-XXXX-XXXX\", \"name\": \"this machine\"}.");
        co_return;
    }
    name.resize(std::min(name.size(), workerNameBytesMax));
    if (name.empty())
        name = "worker";
    auto traded = co_await keys->trade(code, name, address);
    if (!traded && traded.error().code == Errc::Unauthorized) {
        guesses.failed(network, Clock::now());
        co_await refuse(
            exchange, Dialect::Ollama, 403, "This invitation is unknown, over, or was used. Ask for another.");
        co_return;
    }
    if (!traded) {
        const bool theirs = traded.error().code == Errc::BadRequest;
        const std::string why = theirs ? traded.error().detail : "Keys cannot be made at the moment.";
        const int status = theirs ? 400 : 503;
        co_await refuse(exchange, Dialect::Ollama, status, why);
        co_return;
    }
    guesses.succeeded(network, Clock::now());
    co_await exchange.answer(200, jsonType, "{\"key\":" + jsonString(traded->key) + "}", notKept);
}

} // namespace drover
