// SPDX-License-Identifier: MIT
#include "core/fronts/status_feed.h"

#include "core/api/status.h"

namespace drover {

namespace {

constexpr std::string_view eventEnd = "\n\n";

}

StatusPicture::StatusPicture(const Snapshot& snapshot)
    : m_sequence(snapshot.sequence)
    , m_event("id: " + std::to_string(snapshot.sequence) + "\ndata: ")
{
    m_jsonBegin = m_event.size();
    m_event.append(statusJson(snapshot)).append(eventEnd); // the JSON has no line ends
}

std::string_view StatusPicture::json() const
{
    return std::string_view(m_event).substr(m_jsonBegin, m_event.size() - m_jsonBegin - eventEnd.size());
}

StatusFeed::StatusFeed(Engine& engine, std::chrono::milliseconds freshFor)
    : m_engine(&engine)
    , m_freshFor(freshFor)
{
}

StatusFeed::Picture StatusFeed::latest()
{
    if (m_engine == nullptr)
        return m_newest;
    const Snapshot snapshot = m_engine->snapshot();
    if (Clock::now() - m_madeAt >= m_freshFor)
        make(snapshot);
    else
        show(snapshot);
    return m_newest;
}

void StatusFeed::show(const Snapshot& snapshot)
{
    if (m_newest == nullptr || m_newest->sequence() != snapshot.sequence)
        make(snapshot);
}

void StatusFeed::make(const Snapshot& snapshot)
{
    m_newest = std::make_shared<const StatusPicture>(snapshot);
    m_madeAt = Clock::now();
    m_waiting.wakeAll();
}

void StatusFeed::close()
{
    m_engine = nullptr;
    m_subscription.reset();
    m_waiting.wakeAll();
}

StatusFeed::Watcher::Watcher(StatusFeed& feed, asio::io_context& io)
    : m_feed(feed)
    , m_waiter(feed.m_waiting, io)
{
    if (feed.m_engine != nullptr && feed.watchers() == 1)
        feed.m_subscription = feed.m_engine->subscribe([&feed](const Snapshot& snapshot) { feed.show(snapshot); });
}

StatusFeed::Watcher::~Watcher()
{
    if (m_feed.watchers() == 1) // the last one leaves
        m_feed.m_subscription.reset();
}

} // namespace drover
