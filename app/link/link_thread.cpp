// SPDX-License-Identifier: MIT
#include "app/link/link_thread.h"

#include "app/link/pool_transport.h"

namespace drover::app {

LinkThread::~LinkThread()
{
    m_thread.quit();
    m_thread.wait();
}

drover::PoolSocketMaker LinkThread::maker()
{
    return [this](drover::PoolSocketTold told) -> std::unique_ptr<drover::PoolSocket> {
        if (!m_thread.isRunning()) {
            m_thread.setObjectName(QStringLiteral("link"));
            m_thread.start();
        }
        return std::make_unique<PoolTransport>(m_thread, std::move(told));
    };
}

} // namespace drover::app
