// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/pool_link.h"

#include <QThread>

namespace drover::app {

/// The thread of the links to pools; runs from the first link on. Must outlive the engine that has its maker.
class LinkThread {
public:
    LinkThread() = default;
    ~LinkThread();
    Q_DISABLE_COPY_MOVE(LinkThread)

    /// For EngineHooks. The maker may be called from any thread.
    drover::PoolSocketMaker maker();

private:
    QThread m_thread;
};

} // namespace drover::app
