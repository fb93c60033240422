// SPDX-License-Identifier: MIT
#include "core/protocol/worker_facts.h"

#include "core/protocol/http_head.h"

#include <boost/json/value.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <tuple>
#include <unordered_set>

namespace drover {

namespace json = boost::json;

namespace {

constexpr std::size_t membersSearchedMax = 64; ///< of an object whose names are compared in any case
constexpr std::size_t factBytesMax = 128;
constexpr std::size_t statusBytesMax = 32;
constexpr std::size_t keyBytesMax = 1024;
constexpr int batchSizeMax = 10'000;

bool isControl(char c)
{
    return static_cast<unsigned char>(c) < ' ' || c == 127;
}

/// Each once, in their order; those that are no usable names are left out.
Result<std::vector<std::string>> modelsIn(const json::value& value, const HostLimits& limits)
{
    std::vector<std::string> models;
    if (value.is_null())
        return models;
    const json::array* list = value.if_array();
    if (!list)
        return fail(Errc::BadRequest, "models is no list");
    std::unordered_set<std::string_view> seen;
    for (const json::value& each : *list) {
        const json::string* text = each.if_string();
        if (!text || text->empty() || text->size() > limits.nameBytesMax
            || std::any_of(text->begin(), text->end(), isControl) || !seen.insert(std::string_view(*text)).second)
            continue;
        if (models.size() == limits.modelsPerWorkerMax)
            break;
        models.emplace_back(std::string_view(*text));
    }
    return models;
}

int slotsIn(const json::object& message, const HostLimits& limits)
{
    const double slots = workerNumber(message, "max_concurrency").value_or(0);
    return static_cast<int>(std::clamp(slots, 0.0, static_cast<double>(limits.slotsPerWorkerMax)));
}

double percentIn(double number)
{
    return std::isfinite(number) ? std::clamp(number, 0.0, 100.0) : 0;
}

std::string factIn(const json::object& object, std::string_view key)
{
    return plainName(workerText(object, key), factBytesMax);
}

int batchSizeIn(const json::object& config)
{
    const std::string_view text = workerText(config, "embedding_batch_size");
    int size = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), size);
    return read.ec == std::errc() ? std::clamp(size, 0, batchSizeMax) : 0;
}

/// Three numbers of "v0.7.5" or "0.7"; nothing of "dev".
std::optional<std::tuple<int, int, int>> versionNumbers(std::string_view version)
{
    if (version.starts_with('v'))
        version.remove_prefix(1);
    int numbers[3] = {0, 0, 0};
    for (int& number : numbers) {
        const auto read = std::from_chars(version.data(), version.data() + version.size(), number);
        if (read.ec != std::errc())
            return {};
        version.remove_prefix(static_cast<std::size_t>(read.ptr - version.data()));
        if (!version.starts_with('.'))
            break;
        version.remove_prefix(1);
    }
    return std::tuple(numbers[0], numbers[1], numbers[2]);
}

/// Go workers always write their field of the key, even empty, and only one of the two. Ours writes both or none.
void tellDialect(const json::object& message, WorkerRegister& registration)
{
    const bool olderKey = workerMember(message, "worker_key") || workerMember(message, "token");
    const bool newerKey = workerMember(message, "client_key");
    WorkerFacts& facts = registration.facts;
    if (facts.backendFamily == poolBackendFamily || (olderKey && newerKey)) {
        registration.reach = WorkerReach::Everything;
        registration.anySize = true;
        facts.dialect = WorkerDialect::Nfrx;
        return;
    }
    const auto version = versionNumbers(facts.version);
    const json::value* config = workerMember(message, "agent_config");
    registration.reach = newerKey ? WorkerReach::OpenAiBase : WorkerReach::Root;
    registration.anySize = newerKey && (version ? *version >= std::tuple(0, 7, 5) : config && config->is_object());
    if (newerKey)
        facts.dialect = registration.anySize ? WorkerDialect::Nfrx : WorkerDialect::Infero;
    else
        facts.dialect = version && *version >= std::tuple(0, 3, 0) ? WorkerDialect::Infero : WorkerDialect::Llamapool;
}

std::string nameFor(const WorkerFacts& facts)
{
    constexpr std::size_t shownOfId = 8;
    return facts.id.empty() ? std::string("worker") : plainName(facts.id, shownOfId);
}

} // namespace

const json::value* workerMember(const json::object& object, std::string_view key)
{
    if (const json::value* found = object.if_contains(key))
        return found;
    if (object.size() > membersSearchedMax)
        return nullptr;
    const auto found = std::find_if(
        object.begin(), object.end(), [&](const auto& member) { return equalsIgnoringCase(member.key(), key); });
    return found == object.end() ? nullptr : &found->value();
}

std::string_view workerText(const json::object& object, std::string_view key)
{
    const json::value* found = workerMember(object, key);
    const json::string* text = found ? found->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

std::optional<double> workerNumber(const json::object& object, std::string_view key)
{
    const json::value* found = workerMember(object, key);
    if (!found || !found->is_number())
        return {};
    json::error_code error;
    const auto number = found->to_number<double>(error);
    return error ? std::nullopt : std::optional<double>(number);
}

std::string plainName(std::string_view text, std::size_t bytesMax)
{
    if (text.size() > bytesMax) {
        std::size_t end = bytesMax;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
            --end;
        text = text.substr(0, end);
    }
    std::string name(text);
    std::replace_if(name.begin(), name.end(), isControl, ' ');
    return name;
}

Result<WorkerRegister> readRegister(const json::object& message, const HostLimits& limits)
{
    WorkerRegister registration;
    WorkerFacts& facts = registration.facts;
    facts.id = plainName(workerText(message, "worker_id"), limits.nameBytesMax);
    facts.name = plainName(workerText(message, "worker_name"), limits.nameBytesMax);
    if (facts.name.find_first_not_of(' ') == facts.name.npos)
        facts.name = nameFor(facts);
    for (const std::string_view field : {"worker_key", "token", "client_key"}) {
        const std::string_view key = workerText(message, field);
        if (facts.key.empty() && key.size() <= keyBytesMax)
            facts.key = key;
    }
    if (const json::value* value = workerMember(message, "models")) {
        auto models = modelsIn(*value, limits);
        if (!models)
            return models.error();
        facts.models = std::move(*models);
    }
    facts.version = factIn(message, "version");
    facts.buildSha = factIn(message, "build_sha");
    facts.buildDate = factIn(message, "build_date");
    const json::value* config = workerMember(message, "agent_config");
    if (config && config->is_object()) {
        const json::object& object = config->get_object();
        facts.hostName = factIn(object, "hostname");
        facts.osName = factIn(object, "os_name");
        facts.osVersion = factIn(object, "os_version");
        facts.backendFamily = factIn(object, "backend_family");
        facts.backendVersion = factIn(object, "backend_version");
        facts.embeddingBatchSize = batchSizeIn(object);
    }
    tellDialect(message, registration);
    facts.slots = slotsIn(message, limits);
    if (facts.dialect == WorkerDialect::Llamapool && !workerMember(message, "max_concurrency"))
        facts.slots = std::min(1, limits.slotsPerWorkerMax); // its servers never looked at it
    return registration;
}

WorkerHeartbeat readHeartbeat(const json::object& message)
{
    WorkerHeartbeat heartbeat;
    if (const auto percent = workerNumber(message, "host_cpu_percent"))
        heartbeat.cpuPercent = percentIn(*percent);
    if (const auto percent = workerNumber(message, "host_ram_used_percent"))
        heartbeat.memoryPercent = percentIn(*percent);
    return heartbeat;
}

Result<WorkerStatusUpdate> readStatusUpdate(const json::object& message, const HostLimits& limits)
{
    WorkerStatusUpdate update;
    update.slots = slotsIn(message, limits);
    const json::value* value = workerMember(message, "models");
    if (value && !value->is_null()) {
        auto models = modelsIn(*value, limits);
        if (!models)
            return models.error();
        update.models = std::move(*models);
    }
    const json::value* status = workerMember(message, "status");
    if (status && status->is_string())
        update.status = plainName(std::string_view(status->get_string()), statusBytesMax);
    const json::value* config = workerMember(message, "agent_config");
    if (config && config->is_object()) {
        const json::object& object = config->get_object();
        update.configured = true;
        update.backendFamily = factIn(object, "backend_family");
        update.backendVersion = factIn(object, "backend_version");
        update.embeddingBatchSize = batchSizeIn(object);
    }
    return update;
}

} // namespace drover
