// SPDX-License-Identifier: MIT
#include "app/link/pool_transport.h"

#include "app/link/pool_connection.h"

#include <QMetaObject>

#include <mutex>
#include <variant>
#include <vector>

namespace drover::app {

namespace {

struct Open {
    std::uint64_t connection;
    drover::PoolAddress address;
};
struct Send {
    std::string text;
};
struct Ping { };
struct Close {
    int code;
    std::string reason;
};

void fulfil(PoolConnection& connection, const Open& open)
{
    connection.open(open.connection, open.address);
}

void fulfil(PoolConnection& connection, const Send& send)
{
    connection.send(send.text);
}

void fulfil(PoolConnection& connection, const Ping&)
{
    connection.ping();
}

void fulfil(PoolConnection& connection, const Close& close)
{
    connection.close(close.code, close.reason);
}

} // namespace

/// What is told goes through here until the transport is destroyed, which waits for a telling that is under way.
struct PoolTransport::Gate {
    std::mutex mutex;
    drover::PoolSocketTold told;

    void tell(drover::PoolSocketEvent&& event)
    {
        const std::lock_guard lock(mutex);
        if (told)
            told(std::move(event));
    }
};

/// What the connection shall do next, in this order.
struct PoolTransport::Wishes {
    std::mutex mutex;
    std::vector<std::variant<Open, Send, Ping, Close>> all;

    std::vector<std::variant<Open, Send, Ping, Close>> take()
    {
        const std::lock_guard lock(mutex);
        return std::exchange(all, {});
    }
};

PoolTransport::PoolTransport(QThread& linkThread, drover::PoolSocketTold told)
    : m_gate(std::make_shared<Gate>())
    , m_wishes(std::make_shared<Wishes>())
    , m_connection(
          new PoolConnection([gate = m_gate](drover::PoolSocketEvent&& event) { gate->tell(std::move(event)); }))
{
    m_gate->told = std::move(told);
    m_connection->moveToThread(&linkThread);
    QObject::connect(&linkThread, &QThread::finished, m_connection, &QObject::deleteLater);
}

PoolTransport::~PoolTransport()
{
    {
        const std::lock_guard lock(m_gate->mutex);
        m_gate->told = nullptr;
    }
    m_connection->deleteLater();
}

template <class Wish> void PoolTransport::wish(Wish wish)
{
    bool first = false;
    {
        const std::lock_guard lock(m_wishes->mutex);
        first = m_wishes->all.empty();
        m_wishes->all.emplace_back(std::move(wish));
    }
    if (!first) // the link thread was woken, and takes this one along
        return;
    QMetaObject::invokeMethod(
        m_connection,
        [to = m_connection, wishes = m_wishes] {
            for (const auto& each : wishes->take())
                std::visit([&](const auto& one) { fulfil(*to, one); }, each);
        },
        Qt::QueuedConnection);
}

void PoolTransport::open(std::uint64_t connection, const drover::PoolAddress& address)
{
    wish(Open{connection, address});
}

void PoolTransport::send(std::string text)
{
    wish(Send{std::move(text)});
}

void PoolTransport::ping()
{
    wish(Ping{});
}

void PoolTransport::close(int code, std::string reason)
{
    wish(Close{code, std::move(reason)});
}

} // namespace drover::app
