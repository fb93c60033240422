// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/pool_link.h"

#include <QThread>

#include <memory>

namespace drover::app {

class PoolConnection;

/// Brings the core's wishes to a PoolConnection on the link thread, and its news back. The only place where these two
/// threads meet. What is wished for while the link thread is at work reaches it together.
class PoolTransport final : public drover::PoolSocket {
public:
    PoolTransport(QThread& linkThread, drover::PoolSocketTold told);
    ~PoolTransport() override;
    Q_DISABLE_COPY_MOVE(PoolTransport)

    void open(std::uint64_t connection, const drover::PoolAddress& address) override;
    void send(std::string text) override;
    void ping() override;
    void close(int code, std::string reason) override;

private:
    struct Gate;
    struct Wishes;
    template <class Wish> void wish(Wish wish);

    std::shared_ptr<Gate> m_gate; ///< shared with the connection's thread, which may be about to tell something
    std::shared_ptr<Wishes> m_wishes; ///< shared with the connection's thread, which may be about to fulfil some
    PoolConnection* m_connection; ///< lives on the link thread and is deleted there
};

} // namespace drover::app
