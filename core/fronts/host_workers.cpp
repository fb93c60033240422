// SPDX-License-Identifier: MIT
#include "core/fronts/host_workers.h"

#include "core/protocol/json_text.h"
#include "core/protocol/model_name.h"
#include "core/protocol/wildcard.h"

#include <algorithm>
#include <set>

namespace drover {

namespace {

constexpr std::uint16_t goingAway = 1001;
constexpr std::uint16_t policyViolation = 1008;
constexpr std::uint16_t tryAgainLater = 1013;

std::int64_t wallClockSeconds()
{
    return std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch())
        .count();
}

} // namespace

HostWorkers::HostWorkers(Surroundings around)
    : m_around(std::move(around))
{
}

HostWorkers::~HostWorkers() = default;

void HostWorkers::setConfig(const HostingConfig& config)
{
    m_config = config;
    m_unread.bytesMax = config.limits.unreadBytesMax;
    m_unread.bytesOfAllMax = config.limits.unreadBytesOfAllMax;
    forgetSome();
    for (auto& [id, joined] : m_workers)
        if (joined.isBackend)
            m_around.backends.changed(*joined.worker);
}

void HostWorkers::join(std::unique_ptr<WebSocket> socket, std::string address, std::string key)
{
    const BackendId id = m_around.backends.nextId();
    const Worker::Surroundings around{m_around.io, m_config, m_unread, *this, m_around.log};
    const auto worker = std::make_shared<Worker>(around, id, std::move(socket), std::move(address));
    m_workers.emplace(id, Joined{.worker = worker, .key = std::move(key)});
    worker->begin();
    if (m_workers.size() > m_config.limits.workersMax)
        worker->remove(tryAgainLater, "pool full");
    m_around.changed();
}

// ---- told by workers ----

void HostWorkers::registered(Worker& worker)
{
    const auto place = m_workers.find(worker.id());
    if (place == m_workers.end())
        return;
    Joined& joined = place->second;
    const std::string key = joined.key.empty() ? worker.facts().key : std::exchange(joined.key, {});
    auto admission = m_around.admits(worker, key);
    if (!admission) {
        m_around.log(LogLevel::Warning,
            "worker refused worker=\"" + worker.facts().name + "\" address=" + worker.address() + " reason=key");
        worker.refuse("unauthorized");
        return;
    }
    joined.admission = std::move(*admission);
    worker.admit(joined.admission.key, joined.admission.number);
    m_around.log(LogLevel::Info,
        "worker joined worker=\"" + worker.name() + "\" address=" + worker.address() + " models="
            + std::to_string(worker.facts().models.size()) + " slots=" + std::to_string(worker.facts().slots));
    joined.isBackend = true;
    m_around.joined(worker);
    update(worker);
    m_around.backends.join(joined.worker);
}

/// Takes over what it says it has, as far as its key allows.
void HostWorkers::update(Worker& worker)
{
    const auto place = m_workers.find(worker.id());
    std::vector<std::string> models = worker.facts().models;
    const std::vector<std::string>& allowed = place->second.admission.models;
    std::erase_if(models, [&](const std::string& model) {
        return !allowed.empty() && std::ranges::none_of(allowed, [&](const std::string& pattern) {
            return matchesWildcard(normaliseModel(model), pattern) || matchesWildcard(model, pattern);
        });
    });
    worker.setModels(std::move(models));
    m_modelsStale = true;
    m_around.changed();
}

void HostWorkers::changed(Worker& worker)
{
    const auto place = m_workers.find(worker.id());
    if (place == m_workers.end() || !place->second.isBackend)
        return;
    update(worker);
    m_around.backends.changed(worker);
}

void HostWorkers::left(Worker& worker)
{
    const auto place = m_workers.find(worker.id());
    if (place == m_workers.end())
        return;
    const Joined joined = std::move(place->second);
    m_workers.erase(place);
    if (joined.isBackend) {
        m_gone.push_front(worker.view(Clock::now()));
        forgetSome();
        m_around.log(LogLevel::Info, "worker left worker=\"" + worker.name() + "\" address=" + worker.address());
        m_around.backends.leave(worker.id());
        m_modelsStale = true;
    }
    m_parting.push_back(joined.worker);
    m_around.changed();
}

void HostWorkers::forgetSome()
{
    while (m_gone.size() > m_config.limits.goneWorkersMax) {
        m_around.forgotten(m_gone.back().number);
        m_gone.pop_back();
    }
}

// ---- looking after them ----

void HostWorkers::tick(TimePoint now)
{
    std::vector<std::shared_ptr<Worker>> all; // one may leave meanwhile
    for (const auto& [id, joined] : m_workers)
        all.push_back(joined.worker);
    for (const auto& worker : all)
        worker->tick(now);
    std::erase_if(m_parting, [](const auto& worker) { return worker->parted(); });
}

void HostWorkers::command(WorkerNumber number, WorkerCommand command)
{
    const auto place = m_workers.find(number);
    if (place == m_workers.end())
        return;
    const auto worker = place->second.worker;
    switch (command) {
    case WorkerCommand::Drain:
        return worker->setDrained(true);
    case WorkerCommand::Undrain:
        return worker->setDrained(false);
    case WorkerCommand::Remove:
        return worker->remove(policyViolation, "removed by the host");
    }
}

void HostWorkers::dropKeys(const std::function<bool(std::int64_t)>& isGood)
{
    std::vector<std::shared_ptr<Worker>> dropped;
    for (const auto& [id, joined] : m_workers)
        if (joined.admission.number != 0 && !isGood(joined.admission.number))
            dropped.push_back(joined.worker);
    for (const auto& worker : dropped)
        worker->remove(policyViolation, "unauthorized");
}

void HostWorkers::closeAll()
{
    std::vector<std::shared_ptr<Worker>> all;
    for (const auto& [id, joined] : m_workers)
        all.push_back(joined.worker);
    for (const auto& worker : all)
        worker->remove(goingAway, "the pool has closed");
}

// ---- telling ----

std::vector<WorkerView> HostWorkers::views(TimePoint now, std::size_t most) const
{
    std::vector<WorkerView> views;
    views.reserve(std::min(most, m_workers.size() + m_gone.size()));
    for (const auto& [id, joined] : m_workers)
        if (joined.isBackend && views.size() < most)
            views.push_back(joined.worker->view(now));
    for (const WorkerView& gone : m_gone)
        if (views.size() < most)
            views.push_back(gone);
    return views;
}

std::string HostWorkers::nameOf(BackendId worker, std::string_view model) const
{
    const auto place = m_workers.find(worker);
    if (place != m_workers.end())
        for (const std::string& each : place->second.worker->models())
            if (normaliseModel(each) == model)
                return each;
    return std::string(model);
}

std::uint32_t HostWorkers::connected() const
{
    return static_cast<std::uint32_t>(
        std::ranges::count_if(m_workers, [](const auto& each) { return each.second.isBackend; }));
}

int HostWorkers::slots() const
{
    int slots = 0;
    for (const auto& [id, joined] : m_workers)
        if (joined.isBackend && joined.worker->available())
            slots += joined.worker->facts().slots;
    return slots;
}

const ModelList& HostWorkers::models()
{
    if (!std::exchange(m_modelsStale, false))
        return m_models;
    std::map<std::string, std::set<std::string>> owners;
    for (const auto& [id, joined] : m_workers) {
        if (!joined.isBackend || !joined.worker->available())
            continue;
        for (const std::string& model : joined.worker->models())
            owners[model].insert(joined.worker->name());
    }
    std::map<std::string, std::int64_t> firstSeen;
    m_models.entries.clear();
    for (const auto& [model, names] : owners) {
        const auto known = m_firstSeen.find(model);
        const std::int64_t created = known == m_firstSeen.end() ? wallClockSeconds() : known->second;
        firstSeen.emplace(model, created);
        std::string owned;
        std::size_t shown = 0;
        for (const std::string& name : names) {
            if (++shown > ownersShownMax)
                break;
            owned += (owned.empty() ? "" : ",") + name;
        }
        ModelEntry entry;
        entry.name = model;
        entry.created = created;
        entry.rawJson = "{\"id\":" + jsonString(model) + ",\"object\":\"model\",\"created\":" + std::to_string(created)
            + ",\"owned_by\":" + jsonString(owned) + "}";
        m_models.entries.push_back(std::move(entry));
    }
    m_firstSeen = std::move(firstSeen);
    return m_models;
}

} // namespace drover
