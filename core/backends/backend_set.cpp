// SPDX-License-Identifier: MIT
#include "core/backends/backend_set.h"

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

    std::vector<std::shared_ptr<Backend>> old = std::exchange(m_backends, {});
    for (std::size_t i = 0; i < backends.size(); ++i) {
        BackendConfig config = backends[i];
        if (config.name.empty())
            config.name = addresses[i].hostField();
        const auto same = std::find_if(
            old.begin(), old.end(), [&](const auto& backend) { return backend && backend->config() == config; });
        if (same != old.end()) {
            m_backends.push_back(std::exchange(*same, nullptr));
        } else {
            m_backends.push_back(
                std::make_shared<Backend>(m_around, m_nextId++, config, addresses[i], m_listener.changed));
            asio::co_spawn(m_around.io, m_backends.back()->watch(), asio::detached);
        }
        m_backends.back()->setConcurrency(concurrency);
        m_listener.changed(*m_backends.back());
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
    const auto found =
        std::find_if(m_backends.begin(), m_backends.end(), [id](const auto& backend) { return backend->id() == id; });
    return found == m_backends.end() ? nullptr : *found;
}

std::shared_ptr<Backend> BackendSet::withModel(std::string_view model) const
{
    for (const auto& backend : m_backends) {
        if (backend->available() && backend->lists(model))
            return backend;
    }
    return nullptr;
}

std::shared_ptr<Backend> BackendSet::firstOllama() const
{
    for (const auto& backend : m_backends) {
        if (backend->available() && backend->config().kind != BackendKind::OpenAi)
            return backend;
    }
    return nullptr;
}

std::shared_ptr<Backend> BackendSet::firstAvailable() const
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
