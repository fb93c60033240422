// SPDX-License-Identifier: MIT
#pragma once

#include "core/backends/backend_set.h"
#include "core/fronts/pool_link.h"

#include <memory>
#include <vector>

namespace drover {

/// What the backends that answer can do for a pool together.
PoolOffer poolOffer(const BackendSet& backends);

/// The way in for the pools of the settings: one link to each. Core thread.
class LinkFront {
public:
    LinkFront(asio::io_context& io, LinkSurroundings around);
    ~LinkFront();

    /// Links that stay the same go on; those that are out of the settings finish what they run and say goodbye.
    void configure(const std::vector<PoolConfig>& pools, const PoolOffer& offer);

    /// Passing of time, and what this machine can do at the moment; call about four times a second.
    void tick(TimePoint now, const PoolOffer& offer);

    void drain();
    void undrain();
    bool drained() const; ///< after `drain`: every link has said its goodbye
    /// Ends everything at once.
    void close();

    bool empty() const { return m_links.empty() && m_leaving.empty(); }
    std::vector<PoolView> views(TimePoint now) const;

    static constexpr std::chrono::seconds leaveTimeMax{60};

private:
    struct Leaving {
        std::shared_ptr<PoolLink> link;
        TimePoint until;
    };

    asio::io_context& m_io;
    LinkSurroundings m_around;
    std::vector<std::shared_ptr<PoolLink>> m_links; ///< shared with what they have under way
    std::vector<Leaving> m_leaving;
    PoolOffer m_offer;
    bool m_draining = false;
};

} // namespace drover
