// SPDX-License-Identifier: MIT
#include "app/settings/worker_environment.h"

#include "app/settings/address.h"
#include "app/settings/value_text.h"

#include <algorithm>
#include <array>

namespace drover::app {

namespace {

constexpr std::array options{
    WorkerOption{"--server-url", "SERVER_URL", "URL", "Address where a pool's server takes workers"},
    WorkerOption{
        "--worker-key", "WORKER_KEY", "KEY", "The pool's key; better in WORKER_KEY, where others cannot see it"},
    WorkerOption{"--client-key", "CLIENT_KEY", "KEY", "The same"},
    WorkerOption{"--worker-name", "WORKER_NAME", "TEXT", "What the pool is told; this machine's name otherwise"},
    WorkerOption{"--max-concurrency", "MAX_CONCURRENCY", "N", "The pool's jobs at once"},
    WorkerOption{"--ollama-base-url", "OLLAMA_BASE_URL", "URL", "The Ollama to queue in front of, as --ollama-url"},
    WorkerOption{"--ollama-api-key", "OLLAMA_API_KEY", "KEY", "Key of the Ollama; better in OLLAMA_API_KEY"},
    WorkerOption{"--worker-id", "", "TEXT", "Not used: every connection has an id of its own"},
    WorkerOption{"--reconnect", "", "", "Not needed: Drover always connects again"},
};

/// The first of these that is set to something.
std::string valueOf(const Environment& environment, std::initializer_list<const char*> names)
{
    for (const char* name : names) {
        const auto found = environment.find(name);
        if (found != environment.end() && !found->second.empty())
            return found->second;
    }
    return {};
}

void takePool(Resolved& resolved, const Environment& environment)
{
    const std::string server = valueOf(environment, {"SERVER_URL"});
    if (!server.starts_with("ws://") && !server.starts_with("wss://"))
        return;
    constexpr std::string_view origin = "environment SERVER_URL";
    const auto url = poolUrl(server);
    if (!url) {
        resolved.problems.push_back({std::string(origin), 0, "SERVER_URL must be " + url.error().detail});
        return;
    }
    auto& pools = resolved.settings.config.pools;
    const auto same = [&](const drover::PoolConfig& pool) {
        const auto its = poolUrl(pool.url);
        return its && *its == *url;
    };
    if (std::ranges::any_of(pools, same))
        return;
    drover::PoolConfig pool;
    pool.url = *url;
    const std::size_t host = url->find("://") + 3;
    pool.name = url->substr(host, url->find_first_of(":/", host) - host);
    while (std::ranges::any_of(pools, [&](const auto& each) { return each.name == pool.name; }))
        pool.name += "-2";
    pool.key = valueOf(environment, {"WORKER_KEY", "CLIENT_KEY"});
    pool.workerName = valueOf(environment, {"WORKER_NAME", "CLIENT_NAME"});
    if (const std::string most = valueOf(environment, {"MAX_CONCURRENCY"}); !most.empty()) {
        const bool number = most.size() < 5 && most.find_first_not_of("0123456789") == most.npos;
        pool.slots = number ? std::stoi(most) : 0;
        if (!number || pool.slots < 1 || pool.slots > 1024)
            resolved.problems.push_back(
                {"environment", 0, "MAX_CONCURRENCY must be a number from 1 to 1024, not " + tomlQuoted(most)});
    }
    resolved.settings.pools.push_back({.pool = pool});
    pools.push_back(std::move(pool));
    resolved.origins.try_emplace("pool", origin);
}

} // namespace

std::span<const WorkerOption> workerOptions()
{
    return options;
}

Environment withWorkerOptions(Environment environment, const FlagTexts& flags)
{
    for (const auto& [name, text] : flags) {
        const auto option = std::ranges::find(options, std::string_view(name), &WorkerOption::flag);
        if (option != options.end() && !option->variable.empty())
            environment[std::string(option->variable)] = text;
        if (option != options.end() && option->flag == "--server-url" && text.find("://") == text.npos)
            environment["SERVER_URL"] = "ws://" + text;
    }
    return environment;
}

bool isWorkerFile(std::string_view name)
{
    return name.ends_with(".yaml") || name.ends_with(".yml");
}

void takeWorkerEnvironment(Resolved& resolved, const Environment& environment)
{
    takePool(resolved, environment);
    // Ollama's own programs have OLLAMA_API_KEY too, for ollama.com: a backend that nobody meant must not get that key.
    const std::string key = valueOf(environment, {"OLLAMA_API_KEY"});
    if (key.empty() || valueOf(environment, {"OLLAMA_BASE_URL"}).empty())
        return;
    for (std::size_t i = 0; i < resolved.settings.config.backends.size(); ++i) {
        const BackendSetting& from = resolved.settings.backends[i];
        const bool hasOne = !from.apiKeyEnv.empty() || !from.apiKeyFile.empty() || !from.apiKeySecret.empty();
        std::string& its = resolved.settings.config.backends[i].apiKey;
        if (!hasOne && its.empty())
            its = key;
    }
}

} // namespace drover::app
