// SPDX-License-Identifier: MIT
#include "core/fronts/status_front.h"

#include "core/fronts/control_token.h"
#include "core/fronts/status_commands.h"
#include "core/fronts/status_feed.h"
#include "core/fronts/status_rules.h"
#include "core/fronts/status_texts.h"

#include <algorithm>
#include <iterator>
#include <random>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr std::string_view jsonType = "application/json";
constexpr std::string_view textType = "text/plain; charset=utf-8";
constexpr std::size_t logPieceBytesMax = 64 * 1024;

const HeaderLines notKept = "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
const HeaderLines streamed = notKept + "X-Accel-Buffering: no\r\n";

int statusFor(Errc code)
{
    switch (code) {
    case Errc::Unauthorized:
        return 401;
    case Errc::Forbidden:
        return 403;
    case Errc::NotFound:
        return 404;
    case Errc::QueueFull:
        return 503;
    default:
        return 400;
    }
}

bool isLoopback(const asio::ip::address& address)
{
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).is_loopback();
    return address.is_loopback();
}

/// Wakes one that waits when the client leaves, for as long as it lives.
class LeaveWatch {
public:
    LeaveWatch(Exchange& exchange, std::function<void()> left)
        : m_exchange(exchange)
    {
        m_exchange.onLeave(std::move(left));
    }
    ~LeaveWatch() { m_exchange.onLeave({}); }
    LeaveWatch(const LeaveWatch&) = delete;
    LeaveWatch& operator=(const LeaveWatch&) = delete;

private:
    Exchange& m_exchange;
};

/// Differs from start to start, so that nobody takes this Drover's tenth picture for the last one's.
std::string startMark()
{
    constexpr std::string_view hex = "0123456789abcdef";
    std::random_device random;
    std::string mark;
    for (unsigned bits = random(), digit = 0; digit < 8; ++digit, bits >>= 4)
        mark += hex[bits & 15];
    return mark;
}

} // namespace

Limits statusLimits(const Limits& proxy)
{
    Limits limits = proxy;
    limits.bodyBytesMax = 64 * 1024;
    limits.connectionsMax = 256;
    limits.writeTimeMax = std::min(proxy.writeTimeMax, 30'000ms);
    limits.idleTimeMax = std::min(proxy.idleTimeMax, 60'000ms);
    return limits;
}

struct StatusFront::State : std::enable_shared_from_this<State> {
    State(asio::io_context& context, Engine& watched, MetricsRegistry& counted, LogRing& lines, EngineHooks told,
        StatusOptions chosen)
        : io(context)
        , engine(watched)
        , metrics(counted)
        , logs(lines)
        , log(told.log)
        , commands(watched, std::move(told))
        , options(std::move(chosen))
        , feed(watched, options.freshFor)
        , mark(startMark())
    {
    }

    asio::io_context& io;
    Engine& engine;
    MetricsRegistry& metrics;
    LogRing& logs;
    Log log;
    StatusCommands commands;
    StatusOptions options;
    StatusFeed feed;
    WakeList followers; ///< of the log
    std::string mark;
    bool closed = false; ///< the engine and the others may be gone

    struct Page {
        std::string_view path;
        Task<> (State::*answer)(Exchange&);
        std::string_view about;
    };
    static const Page pages[];

    Task<> handle(Exchange& exchange);
    Task<> refuse(Exchange& exchange, const Error& error, HeaderLines more = {});
    Task<> refuseMethod(Exchange& exchange, std::string_view allowed);
    Task<> control(Exchange& exchange, const StatusCommands::Command& command);
    Result<> authorized(const RequestHead& head) const;

    Task<> index(Exchange& exchange);
    Task<> status(Exchange& exchange);
    Task<> version(Exchange& exchange);
    Task<> events(Exchange& exchange);
    Task<> alive(Exchange& exchange);
    Task<> ready(Exchange& exchange);
    Task<> metricsPage(Exchange& exchange);
    Task<> logPage(Exchange& exchange);
    Task<> followLog(Exchange& exchange, std::string begin, std::uint64_t next, LogChoice choice);
    Task<StatusFeed::Picture> newerThan(StatusFeed::Picture seen, Exchange& exchange, std::chrono::seconds limit);
};

const StatusFront::State::Page StatusFront::State::pages[] = {
    {"/", &State::index, "this list"},
    {"/status", &State::status, "everything as JSON; ?wait=SECONDS answers when it changes"},
    {"/events", &State::events, "the same as server-sent events"},
    {"/version", &State::version, "what runs here"},
    {"/metrics", &State::metricsPage, "for Prometheus"},
    {"/livez", &State::alive, "200 while Drover runs"},
    {"/healthz", &State::alive, "the same"},
    {"/readyz", &State::ready, "200 while a request would be answered, else 503; ?verbose says why"},
    {"/logs", &State::logPage,
        "the latest lines of the log; ?follow=1 goes on, ?source=ollama, ?level=warning; needs X-Auth-Token"},
};

Task<> StatusFront::State::handle(Exchange& exchange)
{
    const auto self = shared_from_this();
    const RequestHead& head = exchange.head();
    if (closed)
        co_return;
    if (const auto admitted = admit(head, isLoopback(exchange.local().address())); !admitted) {
        co_await refuse(exchange, admitted.error());
        co_return;
    }
    const std::string_view path = head.path();
    for (const Page& page : pages) {
        if (page.path != path)
            continue;
        if (head.method == "GET" || head.method == "HEAD")
            co_await (this->*page.answer)(exchange);
        else
            co_await refuseMethod(exchange, "GET, HEAD");
        co_return;
    }
    if (const auto* command = StatusCommands::find(path); command == nullptr)
        co_await refuse(exchange, fail(Errc::NotFound, "there is no such path; GET / lists them"));
    else if (head.method == "POST")
        co_await control(exchange, *command);
    else
        co_await refuseMethod(exchange, "POST");
}

Task<> StatusFront::State::refuse(Exchange& exchange, const Error& error, HeaderLines more)
{
    co_await exchange.answer(statusFor(error.code), jsonType, errorJson(error), notKept + more);
}

Task<> StatusFront::State::refuseMethod(Exchange& exchange, std::string_view allowed)
{
    const Error error = fail(Errc::BadRequest, "this path takes " + std::string(allowed));
    co_await exchange.answer(405, jsonType, errorJson(error), notKept + "Allow: " + std::string(allowed) + "\r\n");
}

Result<> StatusFront::State::authorized(const RequestHead& head) const
{
    if (options.token.empty())
        return fail(Errc::Forbidden, "control is off: there is no token file");
    if (!sameToken(head.fields.get("X-Auth-Token"), options.token))
        return fail(Errc::Unauthorized, "X-Auth-Token must be the content of the token file");
    return {};
}

Task<> StatusFront::State::control(Exchange& exchange, const StatusCommands::Command& command)
{
    auto result = authorized(exchange.head());
    if (result)
        result = commands.run(command, exchange.head().target);
    log(LogLevel::Info,
        "control call=" + std::string(command.word) + " client=" + exchange.client().address().to_string()
            + " result=" + (result ? "done" : std::string(codeName(result.error().code))));
    if (!result)
        co_await refuse(exchange, result.error());
    else
        co_await exchange.answer(200, jsonType, "{\"ok\":true}", notKept);
}

Task<> StatusFront::State::index(Exchange& exchange)
{
    const auto line = [](std::string_view what, std::string_view about) {
        constexpr std::size_t column = 24;
        std::string text(what);
        text.resize(std::max(column, text.size() + 1), ' ');
        return text.append(about).append("\n");
    };
    std::string text = "Drover " + std::string(versionNumber()) + "\n\n";
    for (const Page& page : pages)
        text += line("GET " + std::string(page.path), page.about);
    text += "\nWith the header X-Auth-Token, the content of the token file:\n\n";
    for (const StatusCommands::Command& command : StatusCommands::all())
        text += line("POST /control/" + std::string(command.word), command.about);
    co_await exchange.answer(200, textType, text, notKept);
}

Task<> StatusFront::State::version(Exchange& exchange)
{
    co_await exchange.answer(200, jsonType, versionJson(), notKept);
}

Task<> StatusFront::State::alive(Exchange& exchange)
{
    co_await exchange.answer(200, textType, "ok\n", notKept);
}

Task<> StatusFront::State::ready(Exchange& exchange)
{
    const Readiness found = readiness(engine.snapshot());
    const bool verbose = queryValue(exchange.head().target, "verbose").has_value();
    const std::string text = (verbose ? found.checks : "") + found.sentence + "\n";
    const int status = found.ready ? 200 : 503;
    co_await exchange.answer(status, textType, text, notKept);
}

Task<> StatusFront::State::metricsPage(Exchange& exchange)
{
    co_await exchange.answer(200, MetricsText::contentType, metrics.text(engine.snapshot()), notKept);
}

Task<> StatusFront::State::status(Exchange& exchange)
{
    const RequestHead& head = exchange.head();
    const std::string_view known = head.fields.get("If-None-Match");
    const auto tagOf = [this](const StatusPicture& shown) {
        return '"' + mark + '-' + std::to_string(shown.sequence()) + '"';
    };
    StatusFeed::Picture picture = feed.latest();
    if (const auto wait = queryValue(head.target, "wait")) {
        const auto seconds = naturalNumber(*wait);
        if (!seconds) {
            co_await refuse(exchange, fail(Errc::BadRequest, "?wait= must be a number of seconds"));
            co_return;
        }
        if (known.empty() || matchesTag(known, tagOf(*picture))) {
            const auto limit = std::min<std::uint64_t>(*seconds, std::uint64_t(options.waitMax / 1s));
            picture = co_await newerThan(picture, exchange, std::chrono::seconds(limit));
        }
        if (picture == nullptr)
            co_return;
    }
    const std::string tag = tagOf(*picture);
    const HeaderLines lines = "ETag: " + tag + "\r\nCache-Control: no-cache\r\nX-Content-Type-Options: nosniff\r\n";
    if (matchesTag(known, tag))
        co_await exchange.answer(304, {}, {}, lines);
    else
        co_await exchange.answer(200, jsonType, picture->json(), lines);
}

/// The next picture, or the same when the limit is over; nothing when there is nobody to tell it to.
Task<StatusFeed::Picture> StatusFront::State::newerThan(
    StatusFeed::Picture seen, Exchange& exchange, std::chrono::seconds limit)
{
    if (feed.watchers() >= options.watchersMax) {
        co_await refuse(exchange, fail(Errc::QueueFull, "too many clients wait for news"), "Retry-After: 5\r\n");
        co_return nullptr;
    }
    StatusFeed::Watcher watcher(feed, io);
    const TimePoint end = Clock::now() + limit;
    const LeaveWatch leaving(exchange, [&watcher] { watcher.wake(); });
    while (!closed && !exchange.clientLeft() && watcher.newest()->sequence() == seen->sequence() && Clock::now() < end)
        co_await watcher.until(end);
    if (closed || exchange.clientLeft())
        co_return nullptr;
    co_return watcher.newest();
}

Task<> StatusFront::State::events(Exchange& exchange)
{
    if (exchange.head().method != "GET") {
        co_await refuseMethod(exchange, "GET");
        co_return;
    }
    if (feed.watchers() >= options.watchersMax) {
        co_await refuse(exchange, fail(Errc::QueueFull, "too many clients wait for news"), "Retry-After: 5\r\n");
        co_return;
    }
    StatusFeed::Picture sent;
    feed.latest();
    StatusFeed::Watcher watcher(feed, io);
    const LeaveWatch leaving(exchange, [&watcher] { watcher.wake(); });
    co_await exchange.begin(200, "text/event-stream", streamed);
    TimePoint last = Clock::now() - options.eventEvery;
    while (!closed && !exchange.clientLeft()) {
        const bool news = sent == nullptr || watcher.newest()->sequence() != sent->sequence();
        const TimePoint next = last + (news ? options.eventEvery : options.commentEvery);
        if (Clock::now() < next) {
            co_await watcher.until(next);
            continue;
        }
        if (news)
            sent = watcher.newest(); // what came meanwhile to a slow reader is left out
        const std::string_view event = news ? std::string_view(sent->event()) : std::string_view(": still here\n\n");
        co_await exchange.piece(event);
        last = Clock::now();
    }
}

Task<> StatusFront::State::logPage(Exchange& exchange)
{
    const RequestHead& head = exchange.head();
    if (const auto allowed = authorized(head); !allowed) {
        co_await refuse(exchange, allowed.error());
        co_return;
    }
    const bool follow = queryValue(head.target, "follow").value_or("0") != "0";
    const auto wanted = naturalNumber(queryValue(head.target, "lines").value_or(std::to_string(LogRing::linesMax)));
    if (!wanted) {
        co_await refuse(exchange, fail(Errc::BadRequest, "?lines= must be a number"));
        co_return;
    }
    const auto choice = logChoice(head.target);
    if (!choice) {
        co_await refuse(exchange, choice.error());
        co_return;
    }
    const std::uint64_t from = logs.startOfLast(*wanted, *choice);
    LogRing::Lines lines = logs.linesFrom(from, LogRing::linesMax * LogRing::lineBytesMax * 2, *choice);
    if (!follow)
        co_await exchange.answer(200, textType, lines.text, notKept);
    else if (head.method != "GET")
        co_await refuseMethod(exchange, "GET");
    else
        co_await followLog(exchange, std::move(lines.text), lines.next, *choice);
}

Task<> StatusFront::State::followLog(Exchange& exchange, std::string begin, std::uint64_t next, LogChoice choice)
{
    if (followers.size() >= options.watchersMax) {
        co_await refuse(exchange, fail(Errc::QueueFull, "too many clients follow the log"), "Retry-After: 5\r\n");
        co_return;
    }
    WakeList::Waiter waiter(followers, io);
    const LeaveWatch leaving(exchange, [&waiter] { waiter.wake(); });
    co_await exchange.begin(200, textType, streamed);
    co_await exchange.piece(begin);
    while (!closed && !exchange.clientLeft()) {
        const std::uint64_t asked = next;
        const LogRing::Lines lines = logs.linesFrom(next, logPieceBytesMax, choice);
        next = lines.next;
        if (lines.text.empty()) {
            if (next == logs.end())
                co_await waiter.until(TimePoint::max());
            continue;
        }
        if (const std::uint64_t gone = logs.first() > asked ? logs.first() - asked : 0; gone > 0)
            co_await exchange.piece("(" + std::to_string(gone) + " lines left out)\n");
        co_await exchange.piece(lines.text);
    }
}

StatusFront::StatusFront(asio::io_context& io, Engine& engine, MetricsRegistry& metrics, LogRing& logs,
    EngineHooks hooks, StatusOptions options)
    : m_state(std::make_shared<State>(io, engine, metrics, logs, hooks, options))
    , m_server(
          io, options.limits, [state = m_state](Exchange& exchange) { return state->handle(exchange); },
          [](int, std::string_view, const Error& error) { return errorJson(error); }, hooks.log)
{
    logs.onAppend([state = std::weak_ptr(m_state)] {
        if (const auto watched = state.lock())
            watched->followers.wakeAll();
    });
}

StatusFront::~StatusFront()
{
    close();
}

void StatusFront::close()
{
    if (std::exchange(m_state->closed, true))
        return;
    m_state->logs.onAppend({});
    m_state->feed.close();
    m_state->followers.wakeAll();
    m_server.close();
}

} // namespace drover
