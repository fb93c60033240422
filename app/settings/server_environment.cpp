// SPDX-License-Identifier: MIT
#include "app/settings/server_environment.h"

#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"
#include "app/settings/worker_environment.h"

#include <algorithm>
#include <array>

namespace drover::app {

namespace {

constexpr std::array options{
    ServerOption{"PORT", "--port", "PORT", "host.listen", Part::Port, "Port of the pool, for this machine alone"},
    ServerOption{"METRICS_PORT", {}, {}, "status.metrics_listen", Part::Port, {}},
    ServerOption{"REQUEST_TIMEOUT", "--request-timeout", "TIME", "host.silence_max", Part::Whole,
        "Longest silence of a worker within a request"},
    ServerOption{
        "WS_PATH", "--ws-path", "PATH", "host.worker_path", Part::Whole, "One more path where workers connect"},
    ServerOption{"API_KEY", "--api-key", "KEY", {}, Part::Whole, "Refused: everybody here could see it. Use API_KEY"},
    ServerOption{"WORKER_KEY", "--worker-key", "KEY", {}, Part::Whole, "Refused likewise. Use WORKER_KEY"},
    ServerOption{"CLIENT_KEY", "--client-key", "KEY", {}, Part::Whole, "Refused likewise. Use WORKER_KEY"},
};

const std::string* textOf(const Environment& environment, std::string_view name)
{
    const auto found = environment.find(std::string(name));
    return found == environment.end() || found->second.empty() ? nullptr : &found->second;
}

/// The first of these variables that is set to something.
const std::string* firstOf(const Environment& environment, std::initializer_list<const char*> names)
{
    for (const char* name : names)
        if (const std::string* text = textOf(environment, name))
            return text;
    return nullptr;
}

/// Where a key of the host is to come from.
struct KeyPlace {
    const std::string* variable = nullptr; ///< its text, if it is set
    const std::string& file;
    std::string_view setting; ///< "host.client_key_file"
};

std::string takeKey(Resolved& resolved, const KeyPlace& from, const ReadText& readText)
{
    std::string key;
    if (!from.file.empty() && readText) {
        if (const auto text = readText(from.file))
            key = text->substr(0, text->find_first_of("\r\n"));
        if (key.empty())
            resolved.problems.push_back({resolved.origin(from.setting), 0,
                std::string(from.setting) + ": there is no key in " + tomlQuoted(from.file)
                    + " that this user can read, and without it the pool would be open"});
    } else if (from.variable)
        key = *from.variable;
    constexpr std::size_t bytesMax = 4096;
    const bool sound =
        key.size() <= bytesMax && std::ranges::all_of(key, [](unsigned char c) { return c > ' ' && c < 127; });
    if (!sound) // the key itself is shown to nobody
        resolved.problems.push_back({from.file.empty() ? "environment" : from.file, 0,
            "a key must be one line of at most 4096 printable characters without blanks"});
    return key;
}

} // namespace

std::span<const ServerOption> serverOptions()
{
    return options;
}

Layer poolServerDefaults()
{
    Layer layer;
    const std::string where = "drover pool-server";
    layer.assignments.push_back({findSetting("backend"), std::vector<BackendSetting>{}, Part::Whole, where, 0});
    layer.assignments.push_back({findSetting("proxy.listen"), std::string("127.0.0.1:0"), Part::Whole, where, 0});
    return layer;
}

Layer readServerEnvironment(const Environment& environment)
{
    Layer layer;
    const std::string* port = textOf(environment, "PORT");
    for (const ServerOption& option : options) {
        const std::string* text = textOf(environment, option.variable);
        if (option.setting.empty() || !text)
            continue;
        if (option.variable == "METRICS_PORT" && port && *port == *text)
            continue;
        assignText(
            layer, *findSetting(option.setting), option.part, *text, {"environment", std::string(option.variable)});
    }
    if (const std::string* file = textOf(environment, "CONFIG_FILE"); file && isWorkerFile(*file))
        layer.problems.push_back({"environment", 0,
            "CONFIG_FILE names " + tomlQuoted(*file)
                + ", which is YAML and not read: give PORT, API_KEY, WORKER_KEY and the like as variables, the rest in "
                  "a drover.toml"});
    return layer;
}

Environment withoutServerVariables(Environment environment)
{
    environment.erase("PORT");
    environment.erase("SERVER_URL");
    return environment;
}

void takeHostKeys(Resolved& resolved, const Environment& environment, const ReadText& readText)
{
    drover::HostingConfig& hosting = resolved.settings.config.hosting;
    if (!hosting.enabled)
        return;
    const HostKeySources& from = resolved.settings.hostKeys;
    const std::string* server = textOf(environment, "SERVER_URL");
    const bool joinsOne = server && (server->starts_with("ws://") || server->starts_with("wss://"));
    const std::string* workerKey = joinsOne ? nullptr : firstOf(environment, {"WORKER_KEY", "CLIENT_KEY"});
    hosting.clientKey =
        takeKey(resolved, {firstOf(environment, {"API_KEY"}), from.clientKeyFile, "host.client_key_file"}, readText);
    hosting.workerKey = takeKey(resolved, {workerKey, from.workerKeyFile, "host.worker_key_file"}, readText);
}

} // namespace drover::app
