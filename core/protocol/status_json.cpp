// SPDX-License-Identifier: MIT
#include "core/api/status.h"
#include "core/protocol/json_writer.h"
#include "core/protocol/worker_status.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

#include <array>
#include <type_traits>

namespace drover {

namespace {

namespace json = boost::json;

// The fields of each value, named once and visited by the writer and by the reader alike.
template <class T> struct Fields;

template <> struct Fields<JobView> {
    static void visit(auto& field, auto& job)
    {
        field("id", job.id);
        field("request_id", job.requestId);
        field("user", job.user);
        field("pool", job.pool);
        field("hosted", job.hosted);
        field("model", job.model);
        field("path", job.path);
        field("backend", job.backend);
        field("dialect", job.dialect);
        field("lane", job.lane);
        field("state", job.state);
        field("streamed", job.streamed);
        field("position", job.position);
        field("waited_ms", job.waited);
        field("ran_ms", job.ran);
        field("prompt_tokens", job.promptTokens);
        field("output_tokens", job.outputTokens);
        field("tokens_per_second", job.tokensPerSecond);
        field("silence_ms", job.silence);
    }
};

template <> struct Fields<FinishedJob> {
    static void visit(auto& field, auto& finished)
    {
        Fields<JobView>::visit(field, finished.job);
        field("outcome", finished.outcome);
        field("status", finished.status);
        field("reason", finished.reason);
        field("finished_at_ms", finished.finishedAt);
        field("reason_code", finished.reasonCode);
    }
};

template <> struct Fields<UserRule> {
    static void visit(auto& field, auto& rule)
    {
        field("name", rule.name);
        field("weight", rule.weight);
        field("running_max", rule.runningMax);
        field("waiting_max", rule.waitingMax);
        field("tokens_per_day", rule.tokensPerDay);
        field("lane", rule.lane);
        field("models", rule.models);
        field("blocked", rule.blocked);
    }
};

template <> struct Fields<UserView> {
    static void visit(auto& field, auto& user)
    {
        field("name", user.name);
        field("source", user.source);
        field("dialect", user.dialect);
        field("rule", user.rule);
        field("waiting", user.waiting);
        field("running", user.running);
        field("requests", user.requests);
        field("refused", user.refused);
        field("prompt_tokens", user.promptTokens);
        field("output_tokens", user.outputTokens);
        field("tokens_today", user.tokensToday);
        field("share", user.share);
        field("last_seen_ms", user.lastSeen);
    }
};

template <> struct Fields<KeyView> {
    static void visit(auto& field, auto& key)
    {
        field("name", key.name);
        field("prefix", key.prefix);
        field("created", key.created);
        field("last_used_ms", key.lastUsed);
    }
};

template <> struct Fields<ModelView> {
    static void visit(auto& field, auto& model)
    {
        field("name", model.name);
        field("loaded", model.loaded);
        field("bytes", model.bytes);
        field("family", model.family);
        field("parameter_size", model.parameterSize);
        field("quantization", model.quantization);
        field("context_tokens", model.contextTokens);
        field("memory_bytes", model.memoryBytes);
        field("gpu_bytes", model.gpuBytes);
        field("expires_at_ms", model.expiresAt);
    }
};

template <> struct Fields<BackendView> {
    static void visit(auto& field, auto& backend)
    {
        field("name", backend.name);
        field("url", backend.url);
        field("kind", backend.kind);
        field("state", backend.state);
        field("reason", backend.reason);
        field("version", backend.version);
        field("slots", backend.slots);
        field("slots_reason", backend.slotsReason);
        field("running", backend.running);
        field("models", backend.models);
        field("retry_in_ms", backend.retryIn);
    }
};

template <> struct Fields<RuntimeView> {
    static void visit(auto& field, auto& runtime)
    {
        field("present", runtime.present);
        field("backend", runtime.backend);
        field("mode", runtime.mode);
        field("state", runtime.state);
        field("pid", runtime.pid);
        field("version", runtime.version);
        field("restarts", runtime.restarts);
        field("slots", runtime.slots);
        field("reason_code", runtime.reasonCode);
        field("reason_text", runtime.reasonText);
        field("reason_arguments", runtime.reasonArguments);
        field("fix_text", runtime.fixText);
        field("fix", runtime.fix);
    }
};

template <> struct Fields<GivenSum> {
    static void visit(auto& field, auto& given)
    {
        field("jobs", given.jobs);
        field("failed", given.failed);
        field("prompt_tokens", given.promptTokens);
        field("output_tokens", given.outputTokens);
        field("ran_ms", given.ran);
    }
};

template <> struct Fields<PoolView> {
    static void visit(auto& field, auto& pool)
    {
        field("name", pool.name);
        field("url", pool.url);
        field("state", pool.state);
        field("reason", pool.reason);
        field("fix", pool.fix);
        field("worker_id", pool.workerId);
        field("worker_name", pool.workerName);
        field("models", pool.models);
        field("slots", pool.slots);
        field("running", pool.running);
        field("waiting", pool.waiting);
        field("jobs", pool.jobs);
        field("failed", pool.failed);
        field("latency_ms", pool.latency);
        field("retry_in_ms", pool.retryIn);
        field("last_heartbeat", pool.lastHeartbeat);
        field("today", pool.today);
        field("total", pool.total);
    }
};

template <> struct Fields<RuleView> {
    static void visit(auto& field, auto& rule)
    {
        field("rule", rule.rule);
        field("state", rule.state);
        field("verdict", rule.verdict);
        field("value", rule.value);
        field("limit", rule.limit);
        field("subject", rule.subject);
        field("since_ms", rule.since);
        field("changes_at_ms", rule.changesAt);
    }
};

template <> struct Fields<SharingView> {
    static void visit(auto& field, auto& sharing)
    {
        field("present", sharing.present);
        field("verdict", sharing.verdict);
        field("manners", sharing.manners);
        field("holds_own", sharing.holdsOwn);
        field("reason_code", sharing.reasonCode);
        field("reason_text", sharing.reasonText);
        field("reason_arguments", sharing.reasonArguments);
        field("fix_text", sharing.fixText);
        field("fix_action", sharing.fixAction);
        field("fix_setting", sharing.fixSetting);
        field("changes_at_ms", sharing.changesAt);
        field("snooze", sharing.snooze);
        field("snoozed_until_ms", sharing.snoozedUntil);
        field("snoozed_pid", sharing.snoozedPid);
        field("rules", sharing.rules);
    }
};

template <> struct Fields<WorkerView> {
    static void visit(auto& field, auto& worker)
    {
        field("number", worker.number);
        field("id", worker.id);
        field("name", worker.name);
        field("key", worker.key);
        field("address", worker.address);
        field("version", worker.version);
        field("dialect", worker.dialect);
        field("state", worker.state);
        field("drained_by_host", worker.drainedByHost);
        field("models", worker.models);
        field("slots", worker.slots);
        field("running", worker.running);
        field("tokens_per_second", worker.tokensPerSecond);
        field("processed", worker.processed);
        field("failed", worker.failed);
        field("prompt_tokens", worker.promptTokens);
        field("output_tokens", worker.outputTokens);
        field("ran_ms", worker.ran);
        field("connected_at_ms", worker.connectedAt);
        field("last_heartbeat_ms", worker.lastHeartbeat);
        field("last_error", worker.lastError);
        field("host_name", worker.hostName);
        field("os_name", worker.osName);
        field("os_version", worker.osVersion);
        field("backend_family", worker.backendFamily);
        field("backend_version", worker.backendVersion);
        field("build_sha", worker.buildSha);
        field("build_date", worker.buildDate);
        field("embedding_batch_size", worker.embeddingBatchSize);
        field("cpu_percent", worker.cpuPercent);
        field("memory_percent", worker.memoryPercent);
    }
};

template <> struct Fields<HostView> {
    static void visit(auto& field, auto& host)
    {
        field("enabled", host.enabled);
        field("listening", host.listening);
        field("name", host.name);
        field("address", host.address);
        field("public_url", host.publicUrl);
        field("tls", host.tls);
        field("keys_needed", host.keysNeeded);
        field("reason", host.reason);
        field("fix", host.fix);
        field("workers", host.workers);
        field("connected", host.connected);
        field("running", host.running);
        field("waiting", host.waiting);
        field("accepted", host.accepted);
        field("answered", host.answered);
        field("refused", host.refused);
        field("failed", host.failed);
        field("cancelled", host.cancelled);
    }
};

template <> struct Fields<Totals> {
    static void visit(auto& field, auto& totals)
    {
        field("requests", totals.requests);
        field("done", totals.done);
        field("failed", totals.failed);
        field("refused", totals.refused);
        field("cancelled", totals.cancelled);
        field("prompt_tokens", totals.promptTokens);
        field("output_tokens", totals.outputTokens);
    }
};

template <> struct Fields<UsageSum> {
    static void visit(auto& field, auto& usage)
    {
        field("requests", usage.requests);
        field("prompt_tokens", usage.promptTokens);
        field("output_tokens", usage.outputTokens);
        field("ran_ms", usage.ran);
    }
};

template <> struct Fields<UserToday> {
    static void visit(auto& field, auto& user)
    {
        field("name", user.name);
        Fields<UsageSum>::visit(field, user.usage);
    }
};

template <> struct Fields<Today> {
    static void visit(auto& field, auto& today)
    {
        field("date", today.date);
        Fields<UsageSum>::visit(field, today.all);
        field("users", today.users);
    }
};

template <> struct Fields<HistoryState> {
    static void visit(auto& field, auto& history)
    {
        field("kept", history.kept);
        field("reason_code", history.reasonCode);
        field("reason_text", history.reasonText);
        field("fix_text", history.fixText);
        field("last_row", history.lastRow);
        field("rows_lost", history.rowsLost);
    }
};

/// One row of `queue.by_user`: told, but not read again, since `users` has it too.
struct UserQueue {
    std::string user;
    std::uint32_t running;
    std::uint32_t waiting;
};

template <> struct Fields<UserQueue> {
    static void visit(auto& field, auto& line)
    {
        field("user", line.user);
        field("running", line.running);
        field("waiting", line.waiting);
    }
};

std::vector<UserQueue> queueByUser(const Snapshot& snapshot)
{
    std::vector<UserQueue> lines;
    for (const UserView& user : snapshot.users) {
        if (user.running + user.waiting > 0)
            lines.push_back({user.name, user.running, user.waiting});
    }
    return lines;
}

template <> struct Fields<WorkerStatus> {
    static void visit(auto& field, auto& worker)
    {
        field("state", worker.state);
        field("connected_to_server", worker.connectedToServer);
        field("connected_to_ollama", worker.connectedToOllama);
        field("connected_to_backend", worker.connectedToBackend);
        field("current_jobs", worker.currentJobs);
        field("max_concurrency", worker.maxConcurrency);
        field("models", worker.models);
        field("last_error", worker.lastError);
        field("last_heartbeat", worker.lastHeartbeat);
        field("worker_id", worker.workerId);
        field("worker_name", worker.workerName);
    }
};

template <> struct Fields<Snapshot> {
    static void visit(auto& field, auto& snapshot)
    {
        field("sequence", snapshot.sequence);
        field("version", snapshot.version);
        field("engine", snapshot.state);
        field("reason_code", snapshot.reasonCode);
        field("reason_text", snapshot.reasonText);
        field("reason_arguments", snapshot.reasonArguments);
        field("fix_text", snapshot.fixText);
        field("fix_action", snapshot.fixAction);
        field("fix_setting", snapshot.fixSetting);
        field("demo", snapshot.demo);
        field("paused", snapshot.paused);
        field("paused_until_ms", snapshot.pausedUntil);
        field("draining", snapshot.draining);
        field("address", snapshot.address);
        field("status_address", snapshot.statusAddress);
        field("up_time_ms", snapshot.upTime);
        field.group("queue", [&](auto& queue) {
            queue("running", snapshot.running);
            queue("waiting", snapshot.waiting);
            queue("waiting_bytes", snapshot.waitingBytes);
            queue("slots", snapshot.slots);
            if constexpr (std::is_const_v<std::remove_reference_t<decltype(snapshot)>>)
                queue("by_user", queueByUser(snapshot));
        });
        field("jobs", snapshot.jobs);
        field("users", snapshot.users);
        field("keys", snapshot.keys);
        field("backends", snapshot.backends);
        field.group("runtime", [&](auto& runtime) { Fields<RuntimeView>::visit(runtime, snapshot.runtime); });
        field("pools", snapshot.pools);
        field("sharing", snapshot.sharing);
        field("hosting", snapshot.hosting);
        field("finished", snapshot.finished);
        field.group("rates", [&](auto& rates) {
            rates("tokens_per_second", snapshot.tokensPerSecond);
            rates("requests_per_second", snapshot.requestsPerSecond);
            rates("history", snapshot.tokensHistory);
        });
        field("totals", snapshot.totals);
        field("today", snapshot.today);
        field("history", snapshot.history);
    }
};

/// Visits fields and writes them.
class FieldWriter {
public:
    template <class T> void operator()(std::string_view key, const T& value)
    {
        m_text.key(key);
        write(value);
    }

    void group(std::string_view key, auto visit)
    {
        m_text.key(key);
        m_text.open('{');
        visit(*this);
        m_text.close('}');
    }

    JsonWriter& text() { return m_text; }

private:
    template <class T> void write(const T& value)
    {
        if constexpr (std::is_enum_v<T>) {
            m_text.value(name(value));
        } else if constexpr (std::is_arithmetic_v<T> || std::is_convertible_v<T, std::string_view>) {
            m_text.value(value);
        } else {
            m_text.open('{');
            Fields<T>::visit(*this, value);
            m_text.close('}');
        }
    }

    void write(std::chrono::milliseconds value) { m_text.value(std::int64_t{value.count()}); }

    template <class T> void write(const std::vector<T>& values)
    {
        m_text.open('[');
        for (const T& value : values)
            write(value);
        m_text.close(']');
    }

    JsonWriter m_text;
};

/// Visits fields and fills them from a parsed object. The first field of a wrong type is remembered.
class FieldReader {
public:
    FieldReader(const json::value& from, std::string& wrong)
        : m_object(from.if_object())
        , m_wrong(wrong)
    {
    }

    template <class T> void operator()(std::string_view key, T& value)
    {
        const json::value* found = m_object == nullptr ? nullptr : m_object->if_contains(key);
        if (found != nullptr && !read(*found, value) && m_wrong.empty())
            m_wrong = key;
    }

    void group(std::string_view key, auto visit)
    {
        const json::value* found = m_object == nullptr ? nullptr : m_object->if_contains(key);
        if (found == nullptr)
            return;
        FieldReader inner(*found, m_wrong);
        if (inner.m_object != nullptr)
            visit(inner);
        else if (m_wrong.empty())
            m_wrong = key;
    }

private:
    template <class T> bool read(const json::value& from, T& value)
    {
        if constexpr (std::is_enum_v<T>) {
            return readWord(from, value);
        } else if constexpr (std::is_same_v<T, bool>) {
            return from.is_bool() && ((value = from.get_bool()), true);
        } else if constexpr (std::is_arithmetic_v<T>) {
            return readNumber(from, value);
        } else {
            FieldReader inner(from, m_wrong);
            Fields<T>::visit(inner, value);
            return inner.m_object != nullptr;
        }
    }

    bool read(const json::value& from, std::string& value)
    {
        return from.is_string() && ((value = std::string_view(from.get_string())), true);
    }

    bool read(const json::value& from, std::chrono::milliseconds& value)
    {
        std::int64_t count = 0;
        const bool right = readNumber(from, count);
        value = std::chrono::milliseconds(count);
        return right;
    }

    template <class T> bool read(const json::value& from, std::vector<T>& values)
    {
        const json::array* array = from.if_array();
        if (array == nullptr)
            return false;
        values.resize(array->size());
        for (std::size_t index = 0; index < array->size(); ++index) {
            if (!read((*array)[index], values[index]))
                return false;
        }
        return true;
    }

    template <class T> static bool readNumber(const json::value& from, T& value)
    {
        using Number = std::conditional_t<std::is_floating_point_v<T>, double, T>;
        json::error_code error;
        const auto number = from.to_number<Number>(error);
        if (error)
            return false;
        value = static_cast<T>(number);
        return true;
    }

    template <class Enum> static bool readWord(const json::value& from, Enum& value)
    {
        const json::string* word = from.if_string();
        for (int index = 0; word != nullptr; ++index) {
            const std::string_view known = name(static_cast<Enum>(index));
            if (known.empty()) // one past the last
                return false;
            if (known == std::string_view(*word)) {
                value = static_cast<Enum>(index);
                return true;
            }
        }
        return false;
    }

    const json::object* m_object;
    std::string& m_wrong;
};

} // namespace

std::string statusJson(const Snapshot& snapshot)
{
    constexpr std::size_t bytesPerJob = 420; // about; saves copies while it grows
    const std::size_t jobs = snapshot.jobs.size() + snapshot.finished.size();

    FieldWriter write;
    write.text().reserve(4096 + bytesPerJob * (jobs + snapshot.users.size()));
    write.text().open('{');
    write("schema", statusSchema);
    const WorkerStatus worker = workerStatus(snapshot);
    Fields<WorkerStatus>::visit(write, worker);
    Fields<Snapshot>::visit(write, snapshot);
    write.text().close('}');
    return write.text().take();
}

Result<Snapshot> parseStatus(std::string_view text)
try {
    json::error_code error;
    const json::value parsed = json::parse(text, error);
    if (error)
        return fail(Errc::BadRequest, "the status is not JSON: " + error.message());

    std::string wrong;
    int schema = 0;
    FieldReader read(parsed, wrong);
    read("schema", schema);
    if (schema != statusSchema)
        return fail(Errc::BadRequest,
            schema == 0 ? "this is not the status of a Drover"
                        : "the status has schema " + std::to_string(schema) + ", not " + std::to_string(statusSchema));

    Snapshot snapshot;
    Fields<Snapshot>::visit(read, snapshot);
    if (!wrong.empty())
        return fail(Errc::BadRequest, "the status field " + wrong + " has an unexpected value");
    return snapshot;
} catch (const std::exception& failure) { // memory
    return fail(Errc::BadRequest, failure.what());
}

} // namespace drover
