// SPDX-License-Identifier: MIT
#include "app/settings/layer.h"

#include "app/settings/address.h"
#include "app/settings/server_environment.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"
#include "app/settings/worker_environment.h"

#include <algorithm>
#include <cctype>
#include <set>

namespace drover::app {

namespace {

constexpr std::string_view logFileName = "drover.log";

/// The rule that a text must keep when it stands for a part of a setting.
ValueRule partRule(const Setting& setting, Part part)
{
    switch (part) {
    case Part::Port:
        return {.type = ValueType::Integer, .least = 0, .most = 65535};
    case Part::Host:
    case Part::Folder:
        return {.type = ValueType::Text};
    case Part::Whole:
        break;
    }
    return setting.rule;
}

/// The whole value when a part of the one so far is replaced.
SettingValue merged(const Settings& settings, const Assignment& assignment)
{
    if (assignment.part == Part::Whole)
        return assignment.value;
    if (assignment.part == Part::Folder) {
        const auto& folder = std::get<std::string>(assignment.value);
        return folder + (folder.ends_with('/') ? "" : "/") + std::string(logFileName);
    }
    const auto before = parseAddress(std::get<std::string>(assignment.setting->get(settings)));
    Address address = before ? *before : Address{};
    if (assignment.part == Part::Port)
        address.port = static_cast<std::uint16_t>(std::get<std::int64_t>(assignment.value));
    else
        address.host = std::get<std::string>(assignment.value);
    return addressText(address);
}

std::string shownOrigin(const Assignment& assignment)
{
    return assignment.where + (assignment.line > 0 ? ":" + std::to_string(assignment.line) : "");
}

/// True when a client of `url` on this machine would reach the proxy of these settings.
bool isOurselves(const UrlParts& url, const drover::Config& config)
{
    return url.port == config.port && config.port != 0 && (isLoopback(url.host) || url.host == config.host);
}

void takeOllamaHost(Resolved& resolved, const Environment& environment)
{
    const auto variable = environment.find("OLLAMA_HOST");
    if (variable == environment.end() || variable->second.empty() || resolved.origins.contains("backend"))
        return;
    const auto url = parseOllamaHost(variable->second);
    if (!url) {
        resolved.warnings.push_back({"environment", 0, "OLLAMA_HOST is ignored: it is no address"});
        return;
    }
    if (isOurselves(*url, resolved.settings.config)) {
        resolved.warnings.push_back({"environment", 0,
            "OLLAMA_HOST names Drover itself, which is right for apps; Drover takes the default backend instead"});
        return;
    }
    const Setting* setting = findSetting("backend");
    setting->set(resolved.settings, std::vector<BackendSetting>{{.backend = {.url = urlText(*url)}}});
    resolved.origins["backend"] = "environment OLLAMA_HOST";
}

void takeKeys(Resolved& resolved, const Environment& environment, const ReadText& readText)
{
    for (std::size_t i = 0; i < resolved.settings.backends.size(); ++i) {
        const BackendSetting& from = resolved.settings.backends[i];
        std::string& key = resolved.settings.config.backends[i].apiKey;
        const std::string of = "the key of backend " + from.backend.url;
        if (!from.apiKeyEnv.empty()) {
            const auto variable = environment.find(from.apiKeyEnv);
            if (variable != environment.end() && !variable->second.empty())
                key = variable->second;
            else
                resolved.warnings.push_back(
                    {"environment", 0, of + " is missing: the variable " + tomlQuoted(from.apiKeyEnv) + " is not set"});
        } else if (!from.apiKeyFile.empty() && readText) {
            if (const auto text = readText(from.apiKeyFile))
                key = text->substr(0, text->find_first_of("\r\n"));
            else
                resolved.warnings.push_back({from.apiKeyFile, 0, of + " is missing: the file cannot be read"});
        }
    }
}

void checkBackends(Resolved& resolved)
{
    const drover::Config& config = resolved.settings.config;
    const std::string origin = resolved.origin("backend");
    std::set<std::string> names;
    for (const drover::BackendConfig& backend : config.backends) {
        const auto url = parseUrl(backend.url);
        if (url && isOurselves(*url, config) && !config.demo)
            resolved.problems.push_back(
                {origin, 0, "the backend " + backend.url + " is Drover's own address; name the Ollama behind it"});
        const std::string name = !backend.name.empty() ? backend.name
            : url                                      ? addressText({url->host, url->port})
                                                       : backend.url;
        if (!names.insert(name).second)
            resolved.problems.push_back(
                {origin, 0, "two backends are called " + tomlQuoted(name) + "; give each its name"});
    }
    if (config.backends.empty() && !config.demo && !config.hosting.enabled)
        resolved.problems.push_back({origin, 0, "at least one [[backend]] is needed"});
}

void takePoolKeys(Resolved& resolved, const Environment& environment, const ReadText& readText)
{
    for (std::size_t i = 0; i < resolved.settings.pools.size(); ++i) {
        const PoolSetting& from = resolved.settings.pools[i];
        std::string& key = resolved.settings.config.pools[i].key;
        const std::string of = "the key of pool " + tomlQuoted(from.pool.name);
        if (!from.keyFile.empty() && readText) {
            if (const auto text = readText(from.keyFile))
                key = text->substr(0, text->find_first_of("\r\n"));
            else
                resolved.warnings.push_back({from.keyFile, 0, of + " is missing: the file cannot be read"});
        } else if (!from.keyEnv.empty()) {
            const auto variable = environment.find(from.keyEnv);
            if (variable != environment.end())
                key = variable->second;
            else if (readText)
                resolved.warnings.push_back(
                    {"environment", 0, of + " is missing: the variable " + tomlQuoted(from.keyEnv) + " is not set"});
        }
    }
}

/// Of a SHA-256, as curl has it.
bool isPin(std::string_view text)
{
    constexpr std::string_view prefix = "sha256//";
    constexpr std::size_t digits = 43;
    if (!text.starts_with(prefix) || text.size() != prefix.size() + digits + 1 || text.back() != '=')
        return false;
    const std::string_view code = text.substr(prefix.size(), digits);
    return std::ranges::all_of(code, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    });
}

void checkPools(Resolved& resolved)
{
    const std::string origin = resolved.origin("pool");
    std::set<std::string> names;
    for (drover::PoolConfig& pool : resolved.settings.config.pools) {
        const auto url = poolUrl(pool.url);
        if (pool.name.empty())
            resolved.problems.push_back({origin, 0, "[[pool]] needs a name"});
        else if (!names.insert(pool.name).second)
            resolved.problems.push_back({origin, 0, "two pools are called " + tomlQuoted(pool.name)});
        if (url)
            pool.url = *url;
        else
            resolved.problems.push_back({origin, 0, "pool.url must be " + url.error().detail});
        if (!pool.pin.empty() && !isPin(pool.pin))
            resolved.problems.push_back(
                {origin, 0, "pool.pin must be \"sha256//\" and 44 characters of base64, not " + tomlQuoted(pool.pin)});
        else if (!pool.pin.empty() && url && !url->starts_with("wss://"))
            resolved.problems.push_back({origin, 0, "pool.pin needs a wss address: there is no key without TLS"});
    }
}

/// "NAME=VALUE" with a name as programs know them.
bool isVariable(std::string_view text)
{
    const std::string_view name = text.substr(0, text.find('='));
    return name.size() < text.size() && !name.empty() && std::ranges::all_of(name, [](unsigned char letter) {
        return letter == '_' || (letter < 128 && std::isalnum(letter));
    });
}

void checkOllama(Resolved& resolved)
{
    const std::string origin = resolved.origin("engine.environment");
    for (const std::string& each : resolved.settings.ollama.environment) {
        const std::string name = each.substr(0, each.find('='));
        if (!isVariable(each)) // the value may be a secret: only the name is shown
            resolved.problems.push_back({origin, 0,
                "engine.environment must be a list such as [\"OLLAMA_KEEP_ALIVE=30m\"], not " + tomlQuoted(name)});
        else if (name == "OLLAMA_HOST")
            resolved.problems.push_back(
                {origin, 0, "engine.environment cannot have OLLAMA_HOST: Ollama is started on the backend's address"});
    }
}

void checkAddresses(Resolved& resolved)
{
    const drover::Config& config = resolved.settings.config;
    if (config.statusEnabled && config.port != 0 && config.port == config.statusPort
        && config.host == config.statusHost)
        resolved.problems.push_back(
            {resolved.origin("status.listen"), 0, "status.listen and proxy.listen are the same address"});
    const auto metricsAre = [&](const std::string& host, std::uint16_t port) {
        return config.metricsEnabled && port != 0 && config.metricsPort == port && config.metricsHost == host;
    };
    if (metricsAre(config.host, config.port)
        || (config.statusEnabled && metricsAre(config.statusHost, config.statusPort)))
        resolved.problems.push_back({resolved.origin("status.metrics_listen"), 0,
            "status.metrics_listen is an address of its own; metrics are at status.listen too"});
    if (!isLoopback(config.host) && config.keys.empty())
        resolved.warnings.push_back({resolved.origin("proxy.listen"), 0,
            "other machines can use the queue without a key; add a [[key]] or listen on 127.0.0.1"});
}

} // namespace

void assignText(Layer& layer, const Setting& setting, Part part, std::string_view text, const TextPlace& from)
{
    auto value = parseValue(partRule(setting, part), text);
    if (value && part == Part::Host && !parseAddress(addressText({std::string(text), 0})))
        value = drover::fail(drover::Errc::BadConfig, "an address such as \"127.0.0.1\", not " + tomlQuoted(text));
    if (value)
        layer.assignments.push_back({&setting, *value, part, from.place + " " + from.name, 0});
    else
        layer.problems.push_back({from.place, 0, from.name + " must be " + value.error().detail});
}

Layer readEnvironment(const Environment& environment)
{
    Layer layer;
    std::set<std::string> known = {"DROVER_HOME"};
    const auto textOf = [&](const std::string& name) -> const std::string* {
        const auto found = environment.find(name);
        return found == environment.end() || found->second.empty() ? nullptr : &found->second;
    };
    for (const Setting& setting : settingsTable()) {
        std::vector<EnvironmentName> older = setting.environment;
        std::ranges::reverse(older); // the strongest is laid on last
        for (const EnvironmentName& name : older) {
            if (const std::string* text = textOf(std::string(name.name)))
                assignText(layer, setting, name.part, *text, {"environment", std::string(name.name)});
        }
        if (!setting.isScalar())
            continue;
        const std::string name = environmentName(setting);
        known.insert(name);
        if (const std::string* text = textOf(name))
            assignText(layer, setting, Part::Whole, *text, {"environment", name});
    }
    for (const auto& [name, text] : environment) {
        const bool isSecret = name.starts_with("DROVER_SECRET_"); // see SecretStore
        if (name.starts_with("DROVER_") && !isSecret && !known.contains(name))
            layer.warnings.push_back({"environment", 0, name + " is no setting of Drover and is ignored"});
    }
    return layer;
}

Layer readFlags(const FlagTexts& flags)
{
    Layer layer;
    for (const auto& [name, text] : flags) {
        if (name == "--set") {
            const std::size_t equals = text.find('=');
            const std::string key = text.substr(0, equals);
            const Setting* setting = findSetting(key);
            if (setting && setting->isScalar() && equals != std::string::npos)
                assignText(layer, *setting, Part::Whole, std::string_view(text).substr(equals + 1),
                    {std::string(commandLine), key});
            else
                layer.problems.push_back({std::string(commandLine), 0,
                    "--set needs KEY=VALUE"
                        + (setting || nearestKey(key).empty() ? std::string()
                                                              : "; did you mean " + nearestKey(key) + "?")});
            continue;
        }
        for (const Setting& setting : settingsTable()) {
            for (const Flag& flag : setting.flags) {
                if (flag.name != name)
                    continue;
                assignText(layer, setting, flag.part, text, {std::string(commandLine), name});
                if (setting.key == "host.listen") // who says where means that it shall be hosted
                    assignText(
                        layer, *findSetting("host.enabled"), Part::Whole, "true", {std::string(commandLine), name});
            }
        }
    }
    return layer;
}

std::string Resolved::origin(std::string_view key) const
{
    const auto found = origins.find(key);
    return found == origins.end() ? "default" : found->second;
}

Resolved resolve(const std::vector<Layer>& layers, const Environment& environment, const ReadText& readText)
{
    Resolved resolved;
    for (const Layer& layer : layers) {
        for (const Assignment& assignment : layer.assignments) {
            assignment.setting->set(resolved.settings, merged(resolved.settings, assignment));
            resolved.origins[std::string(assignment.setting->key)] = shownOrigin(assignment);
        }
        resolved.problems.insert(resolved.problems.end(), layer.problems.begin(), layer.problems.end());
        resolved.warnings.insert(resolved.warnings.end(), layer.warnings.begin(), layer.warnings.end());
    }
    takeOllamaHost(resolved, environment);
    takeKeys(resolved, environment, readText);
    takePoolKeys(resolved, environment, readText);
    takeWorkerEnvironment(resolved, environment);
    takeHostKeys(resolved, environment, readText);
    checkBackends(resolved);
    checkPools(resolved);
    checkHosting(resolved);
    checkAddresses(resolved);
    checkOllama(resolved);
    return resolved;
}

} // namespace drover::app
