// SPDX-License-Identifier: MIT
#include "app/link/pool_transport.h"

#include "app/link/pool_connection.h"

#include <QMetaObject>

#include <mutex>

namespace drover::app {

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

PoolTransport::PoolTransport(QThread& linkThread, drover::PoolSocketTold told)
    : m_gate(std::make_shared<Gate>())
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

template <class Work> void PoolTransport::onLinkThread(Work work)
{
    QMetaObject::invokeMethod(m_connection, std::move(work), Qt::QueuedConnection);
}

void PoolTransport::open(std::uint64_t connection, const drover::PoolAddress& address)
{
    onLinkThread([to = m_connection, connection, address] { to->open(connection, address); });
}

void PoolTransport::send(std::string text)
{
    onLinkThread([to = m_connection, text = std::move(text)] { to->send(text); });
}

void PoolTransport::ping()
{
    onLinkThread([to = m_connection] { to->ping(); });
}

void PoolTransport::close(int code, std::string reason)
{
    onLinkThread([to = m_connection, code, reason = std::move(reason)] { to->close(code, reason); });
}

} // namespace drover::app
