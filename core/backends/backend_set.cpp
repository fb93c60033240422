// SPDX-License-Identifier: MIT
#include "core/backends/backend_set.h"

#include "core/protocol/model_alias.h"
#include "core/protocol/model_name.h"

#include <algorithm>
#include <set>

namespace drover {

BackendSet::BackendSet(asio::io_context& io, Log log, Listener listener)
    : m_around{io, m_scanner, std::make_shared<ConnectionSweep>(io), std::move(log)}
    , m_listener(std::move(listener))
{
}

BackendSet::~BackendSet()
{
    close();
}

Result<> BackendSet::configure(const std::vector<BackendConfig>& backends, int concurrency)
{
    std::vector<BackendAddress> addresses;
    std::set<std::string> names;
    for (const BackendConfig& config : backends) {
        auto address = parseBackendUrl(config.url);
        if (!address)
            return address.error();
        address->caFile = config.caFile;
        if (const auto tls = makeTlsContext(*address); !tls)
            return tls.error();
        const std::string name = config.name.empty() ? address->hostField() : config.name;
        if (!names.insert(name).second)
            return fail(Errc::BadConfig, "two backends are called \"" + name + "\"");
        addresses.push_back(std::move(*address));
    }

    std::vector<std::shared_ptr<HttpBackend>> old = std::exchange(m_backends, {});
    for (std::size_t i = 0; i < backends.size(); ++i) {
        BackendConfig config = backends[i];
        if (config.name.empty())
            config.name = addresses[i].hostField();
        const auto same = std::find_if(
            old.begin(), old.end(), [&](const auto& backend) { return backend && backend->config() == config; });
        if (same != old.end()) {
            m_backends.push_back(std::exchange(*same, nullptr));
        } else {
            m_backends.push_back(std::make_shared<HttpBackend>(
                m_around, m_nextId++, config, addresses[i], [this](HttpBackend& backend) { tell(backend); }));
            asio::co_spawn(m_around.io, m_backends.back()->watch(), asio::detached);
        }
        m_backends.back()->setConcurrency(concurrency);
        m_backends.back()->setTakesPooled(m_takesPooled);
        tell(*m_backends.back());
    }
    for (const auto& gone : old) {
        if (gone) {
            gone->retire();
            m_listener.removed(gone->id());
        }
    }
    return {};
}

std::shared_ptr<Backend> BackendSet::find(BackendId id) const
{
    if (const auto worker = m_workers.find(id); worker != m_workers.end())
        return worker->second;
    const auto found =
        std::find_if(m_backends.begin(), m_backends.end(), [id](const auto& backend) { return backend->id() == id; });
    return found == m_backends.end() ? nullptr : *found;
}

void BackendSet::tell(Backend& changed)
{
    m_familiesStale = true;
    m_listener.changed(changed);
}

void BackendSet::findFamilies()
{
    m_families.clear();
    std::set<std::string> seen;
    const auto add = [&](const std::string& model) {
        if (!seen.insert(model).second)
            return;
        if (std::string family = quantFamily(normaliseModel(model)); !family.empty())
            m_families.emplace(std::move(family), model);
    };
    for (const auto& backend : m_backends)
        if (backend->available() && m_takesPooled)
            for (const std::string& model : backend->modelNames())
                add(model);
    for (const auto& [id, worker] : m_workers)
        if (worker->available())
            for (const std::string& model : worker->modelNames())
                add(model);
}

std::optional<std::string> BackendSet::otherQuantization(std::string_view model)
{
    const std::string family = quantFamily(model);
    if (family.empty())
        return {};
    if (std::exchange(m_familiesStale, false))
        findFamilies();
    std::optional<std::string> found;
    const auto [first, last] = m_families.equal_range(family);
    for (auto each = first; each != last; ++each)
        if (!found || each->second < *found)
            found = each->second;
    return found;
}

void BackendSet::join(std::shared_ptr<Backend> worker)
{
    Backend& joined = *worker;
    m_workers.emplace(joined.id(), std::move(worker));
    tell(joined);
}

void BackendSet::leave(BackendId worker)
{
    if (m_workers.erase(worker) == 0)
        return;
    m_familiesStale = true;
    m_listener.removed(worker);
}

void BackendSet::setTakesPooled(bool takes)
{
    m_takesPooled = takes;
    for (const auto& backend : m_backends)
        backend->setTakesPooled(takes);
}

std::shared_ptr<HttpBackend> BackendSet::withModel(std::string_view model) const
{
    for (const auto& backend : m_backends) {
        if (backend->available() && backend->lists(model))
            return backend;
    }
    return nullptr;
}

std::shared_ptr<HttpBackend> BackendSet::firstOllama() const
{
    for (const auto& backend : m_backends) {
        if (backend->available() && backend->config().kind != BackendKind::OpenAi)
            return backend;
    }
    return nullptr;
}

std::shared_ptr<HttpBackend> BackendSet::firstAvailable() const
{
    for (const auto& backend : m_backends) {
        if (backend->available())
            return backend;
    }
    return nullptr;
}

bool BackendSet::mayServeUnlisted(const std::string& model)
{
    if (m_backends.size() == 1 && m_backends[0]->config().kind == BackendKind::OpenAi && m_backends[0]->available())
        return m_backends[0]->alsoServe(model);
    const auto ollama = isCloudModel(model) ? firstOllama() : nullptr;
    return ollama && ollama->alsoServe(model);
}

Task<> BackendSet::refresh()
{
    const auto backends = m_backends; // they may change meanwhile
    for (const auto& backend : backends)
        co_await backend->probe(false);
}

void BackendSet::lookAgain()
{
    for (const auto& backend : m_backends)
        backend->modelsChanged();
}

void BackendSet::freeMemory()
{
    for (const auto& backend : m_backends)
        asio::co_spawn(m_around.io, backend->freeMemory(), asio::detached);
}

void BackendSet::startedWith(const std::string& name, int slots)
{
    for (const auto& backend : m_backends)
        backend->startedWith(backend->name() == name ? slots : 0);
}

void BackendSet::close()
{
    for (const auto& backend : m_backends)
        backend->retire();
    m_around.sweep->closeAll();
    m_scanner.join();
}

} // namespace drover
