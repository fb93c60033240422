// SPDX-License-Identifier: MIT
#include "core/backends/demo_backend.h"

#include "core/net/http_server.h"
#include "core/net/signal.h"
#include "core/protocol/demo_answer.h"
#include "core/protocol/demo_lists.h"
#include "core/protocol/demo_request.h"
#include "core/protocol/demo_text.h"
#include "core/protocol/percent.h"
#include "core/protocol/routes.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <deque>
#include <exception>
#include <optional>
#include <vector>

namespace drover {

namespace {

constexpr std::size_t bodyBytesMax = 128u << 20;
constexpr int wordsOfPrompt = 5; ///< the first word takes as long as this many others
constexpr std::int64_t keptLoadedSeconds = 300;
constexpr std::string_view jsonType = "application/json; charset=utf-8";
constexpr std::string_view textType = "text/plain; charset=utf-8";
constexpr std::string_view label = "Drover demo: a simulated model, not an Ollama";

std::int64_t wallNanoseconds()
{
    const auto sinceEpoch = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(sinceEpoch).count();
}

std::int64_t wallSeconds()
{
    return wallNanoseconds() / 1'000'000'000;
}

/// One request that takes a slot.
struct Run {
    explicit Run(asio::io_context& io)
        : timer(io.get_executor())
    {
    }
    Timer timer;
    Signal turn; ///< its slot is free, or it need not wait any more
    bool left = false; ///< the client went away, or all is over
    bool hasSlot = false;
};

/// The name in a body of /api/show: `model`, or `name` as older clients wrote it.
std::string shownModel(std::string_view body)
{
    boost::json::error_code error;
    const auto parsed = boost::json::parse(boost::json::string_view(body.data(), body.size()), error);
    if (error || !parsed.is_object())
        return {};
    for (const char* key : {"model", "name"}) {
        const auto* value = parsed.get_object().if_contains(key);
        if (value && value->is_string() && !value->get_string().empty())
            return std::string(value->get_string());
    }
    return {};
}

std::string refusedByServer(int status, std::string_view path, const Error& error)
{
    return errorBody(
        findRoute("GET", path).dialect, status, error.detail.empty() ? describe(error.code) : error.detail, {});
}

} // namespace

struct DemoBackend::State : std::enable_shared_from_this<State> {
    State(asio::io_context& context, Log itsLog, DemoPace itsPace)
        : io(context)
        , log(std::move(itsLog))
        , pace(itsPace)
        , created(wallSeconds())
    {
    }

    Task<> handle(Exchange& exchange);
    Task<> tellModels(Exchange& exchange);
    Task<> answerQueued(Exchange& exchange, Endpoint endpoint);
    Task<> serve(Exchange& exchange, const DemoRequest& request, Run& run);
    Task<> speak(Exchange& exchange, const DemoRequest& request, Run& run);
    Task<> refuse(Exchange& exchange, Dialect dialect, const Error& error);
    Task<> takeSlot(Run& run);
    Task<bool> waitFor(Run& run, std::chrono::milliseconds time);
    void leave(Run& run);
    void freeSlot();

    asio::io_context& io;
    Log log;
    DemoPace pace;
    std::int64_t created; ///< seconds since 1970
    std::optional<HttpServer> server;
    std::vector<Run*> runs; ///< under way, those with a slot too
    std::deque<Run*> queue; ///< waiting for a slot
    int busy = 0;
    std::uint64_t answersEver = 0;
    bool stopping = false;
};

Task<> DemoBackend::State::handle(Exchange& exchange)
{
    const auto self = shared_from_this();
    const std::string_view path = exchange.head().path();
    const Route route = findRoute(exchange.head().method, path);
    switch (route.kind) {
    case RouteKind::Queued:
        co_await answerQueued(exchange, route.endpoint);
        break;
    case RouteKind::Forwarded:
        co_await tellModels(exchange);
        break;
    case RouteKind::Root:
    case RouteKind::Health:
        co_await exchange.answer(200, textType, label);
        break;
    case RouteKind::Managed:
        co_await refuse(exchange, Dialect::Ollama,
            fail(Errc::BadRequest,
                "This is Drover's simulated model: there is nothing to pull, push, copy, create or delete."));
        break;
    case RouteKind::WrongMethod:
        co_await exchange.answer(
            405, textType, "405 method not allowed", "Allow: " + std::string(route.allow) + "\r\n");
        break;
    case RouteKind::QueueList:
    case RouteKind::QueueItem:
    case RouteKind::Unknown:
        co_await exchange.answer(404, textType, "404 page not found");
        break;
    }
}

Task<> DemoBackend::State::tellModels(Exchange& exchange)
{
    constexpr std::string_view models = "/v1/models";
    const std::string_view path = exchange.head().path();
    std::string body;
    if (path == "/api/tags") {
        body = demoTags(created);
    } else if (path == "/api/ps") {
        body = demoLoaded(wallSeconds() + keptLoadedSeconds);
    } else if (path == "/api/version") {
        body = R"({"version":"0.0.0-drover-demo"})";
    } else if (path == "/api/status") {
        body = R"({"cloud":{"disabled":true,"source":"env"}})";
    } else if (path == models) {
        body = demoModels(created);
    } else if (path.starts_with(models)) {
        const auto known = checkDemoModel(percentDecoded(path.substr(models.size() + 1)));
        if (!known) {
            co_await refuse(exchange, Dialect::OpenAi, known.error());
            co_return;
        }
        body = demoOpenAiModel(created);
    } else {
        const auto asked = co_await exchange.body(bodyBytesMax);
        const auto known = asked ? checkDemoModel(shownModel(*asked)) : Result<>(asked.error());
        if (!known) {
            co_await refuse(exchange, Dialect::Ollama, known.error());
            co_return;
        }
        body = demoShown(created);
    }
    co_await exchange.answer(200, jsonType, body);
}

Task<> DemoBackend::State::refuse(Exchange& exchange, Dialect dialect, const Error& error)
{
    const int status = statusFor(error.code, dialect);
    const std::string_view message = error.detail.empty() ? describe(error.code) : std::string_view(error.detail);
    co_await exchange.answer(status, jsonType, errorBody(dialect, status, message, {}));
}

Task<> DemoBackend::State::answerQueued(Exchange& exchange, Endpoint endpoint)
{
    const auto body = co_await exchange.body(bodyBytesMax);
    const auto request = body ? parseDemoRequest(endpoint, *body) : Result<DemoRequest>(body.error());
    if (!request) {
        co_await refuse(exchange, dialectOf(endpoint), request.error());
        co_return;
    }
    const auto run = std::make_shared<Run>(io);
    runs.push_back(run.get());
    exchange.onLeave([self = shared_from_this(), run] { self->leave(*run); });
    std::exception_ptr trouble;
    try {
        co_await takeSlot(*run);
        if (!run->left)
            co_await serve(exchange, *request, *run);
    } catch (...) {
        trouble = std::current_exception(); // the client went away: the slot is freed all the same
    }
    exchange.onLeave({});
    std::erase(runs, run.get());
    if (run->hasSlot)
        freeSlot();
    if (trouble)
        std::rethrow_exception(trouble);
    if (run->left)
        exchange.cut();
}

/// Returns with a slot, or when the client has left.
Task<> DemoBackend::State::takeSlot(Run& run)
{
    if (busy < pace.slots && queue.empty()) {
        ++busy;
        run.hasSlot = true;
        co_return;
    }
    queue.push_back(&run);
    co_await run.turn.wait();
}

void DemoBackend::State::leave(Run& run)
{
    run.left = true;
    run.timer.cancel();
    if (std::erase(queue, &run) > 0)
        run.turn.set();
}

/// The next one starts from the event loop, not from within the one that ends.
void DemoBackend::State::freeSlot()
{
    --busy;
    asio::post(io, [self = shared_from_this()] {
        if (self->queue.empty() || self->busy >= self->pace.slots)
            return;
        Run* next = self->queue.front();
        self->queue.pop_front();
        ++self->busy;
        next->hasSlot = true;
        next->turn.set();
    });
}

/// False when the client left meanwhile.
Task<bool> DemoBackend::State::waitFor(Run& run, std::chrono::milliseconds time)
{
    if (!run.left) {
        run.timer.expires_after(time);
        co_await run.timer.async_wait(quiet);
    }
    co_return !run.left;
}

Task<> DemoBackend::State::serve(Exchange& exchange, const DemoRequest& request, Run& run)
{
    if (request.onlyLoads) {
        const DemoMoment now{.wallNanoseconds = wallNanoseconds()};
        co_await exchange.answer(200, jsonType, demoLoadAnswer(request, now));
    } else if (isEmbedding(request.form.endpoint)) {
        if (co_await waitFor(run, pace.wordEvery)) {
            const DemoMoment now{.wallNanoseconds = wallNanoseconds(), .total = pace.wordEvery};
            co_await exchange.answer(200, answerContentType(request.form), demoEmbeddings(request, now));
        }
    } else {
        co_await speak(exchange, request, run);
    }
}

Task<> DemoBackend::State::speak(Exchange& exchange, const DemoRequest& request, Run& run)
{
    const auto begun = std::chrono::steady_clock::now();
    DemoMoment moment{.wallNanoseconds = wallNanoseconds()};
    const auto answer = makeDemoAnswer(request, ++answersEver, moment);
    const std::string_view type = answerContentType(request.form);
    if (!co_await waitFor(run, pace.wordEvery * wordsOfPrompt))
        co_return;
    moment.prompt = std::chrono::steady_clock::now() - begun;
    if (request.form.streamed) {
        co_await exchange.begin(200, type);
        co_await exchange.piece(answer->first());
    }
    std::string text;
    for (const std::string& word : demoSpeech(request)) {
        if (!text.empty() && !co_await waitFor(run, pace.wordEvery))
            co_return;
        text += word;
        if (!request.form.streamed)
            continue;
        moment.wallNanoseconds = wallNanoseconds();
        co_await exchange.piece(answer->word(word, moment));
    }
    moment.wallNanoseconds = wallNanoseconds();
    moment.total = std::chrono::steady_clock::now() - begun;
    if (request.form.streamed) {
        co_await exchange.piece(answer->last(moment));
        co_await exchange.end();
    } else {
        co_await exchange.answer(200, type, answer->whole(text, moment));
    }
}

DemoBackend::DemoBackend(asio::io_context& io, Log log, DemoPace pace)
    : m_state(std::make_shared<State>(io, std::move(log), pace))
{
}

DemoBackend::~DemoBackend()
{
    stop();
}

Result<std::string> DemoBackend::start()
{
    const Limits limits{.bodyBytesMax = bodyBytesMax, .writeTimeMax = std::chrono::hours(1)};
    // The server belongs to the state, so its handler must not own it; `handle` does while it runs.
    m_state->server.emplace(
        m_state->io, limits, [state = m_state.get()](Exchange& exchange) { return state->handle(exchange); },
        refusedByServer, m_state->log);
    if (const auto listening = m_state->server->listen("127.0.0.1", 0); !listening)
        return fail(Errc::Io, "the simulated model cannot listen: " + listening.error().detail);
    const std::string url = "http://127.0.0.1:" + std::to_string(m_state->server->address().port());
    m_state->log(LogLevel::Info, "the simulated model is ready url=" + url);
    return url;
}

void DemoBackend::stop()
{
    if (m_state->stopping)
        return;
    m_state->stopping = true;
    for (Run* run : std::vector<Run*>(m_state->runs)) { // leaving ends some of them at once
        if (std::find(m_state->runs.begin(), m_state->runs.end(), run) != m_state->runs.end())
            m_state->leave(*run);
    }
    if (m_state->server)
        m_state->server->close();
}

std::size_t DemoBackend::running() const
{
    return static_cast<std::size_t>(m_state->busy);
}

std::size_t DemoBackend::waiting() const
{
    return m_state->queue.size();
}

} // namespace drover
