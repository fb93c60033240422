// SPDX-License-Identifier: MIT
#include "core/fronts/pool_link.h"

#include "core/api/engine.h"
#include "core/fronts/link_exchange.h"

#include <boost/asio/ip/host_name.hpp>

#include <algorithm>

namespace drover {

namespace {

std::string machineName()
{
    error_code error;
    const std::string name = asio::ip::host_name(error);
    return error || name.empty() ? "drover" : name;
}

PoolIdentity identityOf(const PoolConfig& config)
{
    return {config.url, config.workerName.empty() ? machineName() : config.workerName, config.key,
        std::string(versionNumber())};
}

/// Without user, password, query and fragment.
std::string shownUrl(const std::string& url)
{
    std::string shown = url.substr(0, url.find_first_of("?#"));
    const std::size_t host = shown.find("://") == shown.npos ? 0 : shown.find("://") + 3;
    const std::size_t at = shown.find('@', host);
    if (at != shown.npos && at < shown.find('/', host))
        shown.erase(host, at + 1 - host);
    return shown;
}

std::int64_t unixSeconds()
{
    const auto since1970 = std::chrono::system_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::seconds>(since1970).count();
}

} // namespace

PoolLink::PoolLink(asio::io_context& io, PoolConfig config, const LinkSurroundings& around)
    : m_io(io)
    , m_config(std::move(config))
    , m_around(around)
    , m_shownUrl(shownUrl(m_config.url))
    , m_worker(identityOf(m_config))
{
}

PoolLink::~PoolLink() = default;

void PoolLink::begin()
{
    m_socket = m_around.makeSocket([&io = m_io, weak = weak_from_this(), inbox = m_inbox](PoolSocketEvent event) {
        if (const auto* text = std::get_if<PoolSocketText>(&event.what))
            return take(io, weak, inbox, event.connection, text->text);
        asio::post(io, [weak, event = std::move(event)] {
            if (const auto self = weak.lock())
                self->told(event);
        });
    });
    perform(m_worker.start(Clock::now()));
}

/// Reads a message on the thread that has it, so that a large one holds up nobody's answers.
void PoolLink::take(asio::io_context& io, const std::weak_ptr<PoolLink>& weak, const std::shared_ptr<Inbox>& inbox,
    std::uint64_t connection, const std::string& text)
{
    const std::size_t bytes = text.size();
    const bool flooded = inbox->bytes.fetch_add(bytes) + bytes > unreadBytesMost;
    auto message = flooded ? Result<PoolServerMessage>(fail(Errc::TooLarge)) : parsePoolMessage(text);
    asio::post(io, [weak, inbox, connection, bytes, flooded, message = std::move(message)]() mutable {
        inbox->bytes -= bytes;
        const auto self = weak.lock();
        if (!self || connection != self->m_connection || !self->m_socket)
            return;
        const TimePoint now = Clock::now();
        if (flooded)
            self->perform(self->m_worker.giveUp(PoolNuisance::Floods, self->random(), now));
        else
            self->perform(self->m_worker.message(std::move(message), self->random(), now));
    });
}

void PoolLink::offer(const PoolOffer& whole)
{
    PoolOffer offer = whole;
    if (m_config.slots > 0)
        offer.slots = std::min(offer.slots, m_config.slots);
    perform(m_worker.offer(std::move(offer), Clock::now()));
}

void PoolLink::tick(TimePoint now)
{
    if (m_parting && now >= m_partingUntil)
        m_parting.reset();
    perform(m_worker.tick(now, unixSeconds(), random()));
}

void PoolLink::drain()
{
    perform(m_worker.drain());
}

void PoolLink::undrain()
{
    perform(m_worker.undrain(Clock::now()));
}

bool PoolLink::gone() const
{
    const PoolState state = m_worker.state();
    return !m_parting && m_exchanges.empty() && (state == PoolState::Off || state == PoolState::Refused);
}

void PoolLink::shut()
{
    m_socket.reset();
    m_unhanded.clear();
    m_parting.reset();
    for (const auto& [number, exchange] : std::exchange(m_exchanges, {}))
        exchange->leave();
    m_waitingForRoom.wakeAll();
}

void PoolLink::told(const PoolSocketEvent& event)
{
    const TimePoint now = Clock::now();
    if (m_parting == event.connection && std::holds_alternative<PoolSocketClosed>(event.what))
        m_parting.reset();
    if (event.connection != m_connection || !m_socket)
        return;
    if (std::holds_alternative<PoolSocketOpened>(event.what)) {
        perform(m_worker.opened(freshId(), now, unixSeconds()));
    } else if (std::holds_alternative<PoolSocketPong>(event.what)) {
        perform(m_worker.pong(now));
    } else if (const auto* sent = std::get_if<PoolSocketSent>(&event.what)) {
        m_sent = std::clamp(sent->bytes, m_sent, m_given);
        if (hasRoom())
            m_waitingForRoom.wakeAll();
    } else if (const auto* closed = std::get_if<PoolSocketClosed>(&event.what)) {
        perform(m_worker.closed(
            {closed->code, closed->reason, closed->httpStatus, closed->error, closed->distrust, closed->offline},
            random(), now));
        m_waitingForRoom.wakeAll();
    }
}

// ---- doing ----

/// In their order, also when doing one of them makes more.
void PoolLink::perform(PoolActions actions)
{
    m_toDo.insert(m_toDo.end(), std::make_move_iterator(actions.begin()), std::make_move_iterator(actions.end()));
    if (std::exchange(m_performing, true))
        return;
    while (!m_toDo.empty()) {
        PoolAction next = std::move(m_toDo.front());
        m_toDo.pop_front();
        perform(next);
    }
    m_performing = false;
    note(m_worker.state());
}

void PoolLink::perform(PoolAction& action)
{
    if (!m_socket)
        return;
    if (auto* send = std::get_if<PoolSend>(&action)) {
        m_given += send->frame.size();
        sendSoon(std::move(send->frame));
        if (m_given - m_sent > unsentBytesMost)
            perform(m_worker.giveUp(PoolNuisance::TakesNothing, random(), Clock::now()));
    } else if (auto* start = std::get_if<PoolStart>(&action)) {
        startWork(std::move(start->work));
    } else if (const auto* stop = std::get_if<PoolStop>(&action)) {
        if (const auto found = m_exchanges.find(stop->number); found != m_exchanges.end()) {
            const auto exchange = found->second;
            exchange->leave();
            m_waitingForRoom.wakeAll();
        }
    } else if (std::holds_alternative<PoolDial>(action)) {
        m_unhanded.clear();
        m_given = 0;
        m_sent = 0;
        m_socket->open(++m_connection,
            {.url = m_config.url,
                .key = m_config.key,
                .caFile = m_config.caFile,
                .pin = m_config.pin,
                .messageBytesMax = poolFrameBytesMax});
    } else if (std::holds_alternative<PoolPing>(action)) {
        m_socket->ping();
    } else if (auto* hangUp = std::get_if<PoolHangUp>(&action)) {
        sendNow();
        m_parting = m_connection;
        m_partingUntil = Clock::now() + farewellTimeMax;
        m_socket->close(hangUp->code, std::move(hangUp->reason));
        ++m_connection; // what is still told of the old one means nothing
    }
}

/// What one turn makes (head, piece and end of a short answer) wakes the socket's thread once.
void PoolLink::sendSoon(std::string frame)
{
    m_unhanded.push_back(std::move(frame));
    if (m_unhanded.size() == 1)
        asio::post(m_io, [self = shared_from_this()] { self->sendNow(); });
}

void PoolLink::sendNow()
{
    for (std::string& frame : std::exchange(m_unhanded, {}))
        if (m_socket)
            m_socket->send(std::move(frame));
}

void PoolLink::startWork(PoolWork work)
{
    ++m_jobs;
    m_around.changed();
    const auto exchange = std::make_shared<LinkExchange>(shared_from_this(), std::move(work));
    m_exchanges.emplace(exchange->number(), exchange);
    asio::co_spawn(m_io, serve(exchange), asio::detached);
}

Task<> PoolLink::serve(std::shared_ptr<LinkExchange> exchange)
{
    const auto self = shared_from_this();
    try {
        co_await m_around.handler(*exchange);
    } catch (const boost::system::system_error&) {
        // nobody waits for this answer any more
    } catch (const std::exception& error) {
        m_around.log(
            LogLevel::Error, std::string("a pool's request failed inside Drover error=\"") + error.what() + '"');
    }
    const auto fault = exchange->fault();
    m_failed += fault ? 1 : 0;
    m_exchanges.erase(exchange->number());
    perform(m_worker.answerEnd(exchange->number(), fault));
    m_around.changed();
}

void PoolLink::answerHead(
    std::uint64_t number, int status, const std::vector<std::pair<std::string, std::string>>& headers)
{
    perform(m_worker.answerHead(number, status, headers));
}

void PoolLink::answerPiece(std::uint64_t number, std::string_view bytes)
{
    perform(m_worker.answerPiece(number, bytes));
}

void PoolLink::handBack(std::uint64_t number, const std::string& reason)
{
    perform(m_worker.handBack(number, reason));
}

Task<bool> PoolLink::waitForRoom()
{
    WakeList::Waiter waiter(m_waitingForRoom, m_io);
    const TimePoint end = Clock::now() + roomTimeMax;
    co_await waiter.until(end);
    co_return Clock::now() < end;
}

/// One line for each change that a person may want to know of.
void PoolLink::note(PoolState now)
{
    const std::string reason = m_worker.reason();
    if (now == m_loggedState && reason == m_loggedReason)
        return;
    m_loggedState = now;
    m_loggedReason = reason;
    m_around.changed();
    const bool bad = now == PoolState::Refused || (now == PoolState::Connecting && !reason.empty());
    m_around.log(bad ? LogLevel::Warning : LogLevel::Info,
        "pool name=\"" + m_config.name + "\" url=" + m_shownUrl + " state=" + std::string(drover::name(now))
            + (reason.empty() ? "" : " reason=\"" + reason + '"'));
}

/// A random UUID (RFC 9562, version 4).
std::string PoolLink::freshId()
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string id = "xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx";
    for (char& place : id) {
        if (place == 'x')
            place = digits[m_random() & 15];
        else if (place == 'y')
            place = digits[8 + (m_random() & 3)];
    }
    return id;
}

PoolView PoolLink::view(TimePoint now) const
{
    PoolView view;
    view.name = m_config.name;
    view.url = m_shownUrl;
    view.state = m_worker.state();
    view.reason = m_worker.reason();
    view.fix = m_worker.fix();
    view.workerId = m_worker.workerId();
    view.workerName = identityOf(m_config).workerName;
    view.models = m_worker.offered().models;
    view.slots = m_worker.offered().slots;
    view.running = static_cast<std::uint32_t>(m_worker.requests().running());
    view.waiting = static_cast<std::uint32_t>(m_worker.requests().waiting());
    view.jobs = m_jobs;
    view.failed = m_failed;
    view.latency = m_worker.latency();
    view.retryIn = m_worker.retryIn(now);
    view.lastHeartbeat = m_worker.lastHeartbeat();
    return view;
}

} // namespace drover
