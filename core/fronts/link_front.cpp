// SPDX-License-Identifier: MIT
#include "core/fronts/link_front.h"

#include <algorithm>

namespace drover {

PoolOffer poolOffer(const BackendSet& backends)
{
    PoolOffer offer;
    for (const auto& backend : backends.all()) {
        if (!backend->available())
            continue;
        offer.slots += backend->capacity().slots;
        for (const ModelEntry& model : backend->models().entries)
            offer.models.push_back(model.name);
    }
    std::ranges::sort(offer.models);
    const auto same = std::ranges::unique(offer.models);
    offer.models.erase(same.begin(), same.end());
    return offer;
}

LinkFront::LinkFront(asio::io_context& io, LinkSurroundings around)
    : m_io(io)
    , m_around(std::move(around))
{
}

LinkFront::~LinkFront()
{
    close();
}

void LinkFront::configure(const std::vector<PoolConfig>& pools, const PoolOffer& offer)
{
    m_offer = offer;
    if (!m_around.makeSocket)
        return;
    std::vector<std::shared_ptr<PoolLink>> links;
    for (const PoolConfig& pool : pools) {
        const auto same =
            std::ranges::find_if(m_links, [&](const auto& link) { return link && link->config() == pool; });
        if (same != m_links.end()) {
            links.push_back(std::move(*same));
            continue;
        }
        links.push_back(std::make_shared<PoolLink>(m_io, pool, m_around));
        links.back()->offer(m_offer);
        if (m_draining)
            links.back()->drain();
        links.back()->begin();
    }
    for (const auto& link : m_links) {
        if (!link)
            continue;
        link->drain();
        m_leaving.push_back({link, Clock::now() + leaveTimeMax});
    }
    m_links = std::move(links);
    m_around.changed();
}

void LinkFront::tick(TimePoint now, const PoolOffer& offer)
{
    m_offer = offer;
    for (const auto& link : m_links) {
        link->offer(m_offer);
        link->tick(now);
    }
    for (const Leaving& each : m_leaving) {
        each.link->tick(now);
        if (each.link->gone() || now >= each.until)
            each.link->shut();
    }
    std::erase_if(m_leaving, [&](const Leaving& each) { return each.link->gone() || now >= each.until; });
}

void LinkFront::drain()
{
    m_draining = true;
    for (const auto& link : m_links)
        link->drain();
}

void LinkFront::undrain()
{
    m_draining = false;
    for (const auto& link : m_links)
        link->undrain();
}

bool LinkFront::drained() const
{
    return std::ranges::all_of(m_links, [](const auto& link) { return link->gone(); })
        && std::ranges::all_of(m_leaving, [](const Leaving& each) { return each.link->gone(); });
}

void LinkFront::close()
{
    for (const auto& link : m_links)
        link->shut();
    for (const Leaving& each : m_leaving)
        each.link->shut();
    m_links.clear();
    m_leaving.clear();
}

std::vector<PoolView> LinkFront::views(TimePoint now) const
{
    std::vector<PoolView> views;
    for (const auto& link : m_links)
        views.push_back(link->view(now));
    return views;
}

} // namespace drover
