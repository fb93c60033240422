// SPDX-License-Identifier: MIT
#include "core/backends/http_backend.h"

#include "core/api/reason.h"
#include "core/backends/runner_slots.h"
#include "core/protocol/head_parser.h"
#include "core/protocol/json_text.h"
#include "core/protocol/model_name.h"

#include <boost/json/parse.hpp>

#include <algorithm>
#include <map>

namespace drover {

using namespace std::chrono_literals;

namespace {

constexpr auto probeEveryReady = 30s; ///< idle: one small request
constexpr auto probeEveryUsed = 10s; ///< while it is used: what it has loaded
constexpr auto probeFirstRetry = 500ms;
constexpr auto probeLongestRetry = 10s;
constexpr auto listFresh = 30s; ///< the list of models is asked for again after

class TextSink : public BodySink {
public:
    void body(std::string_view bytes) override { text.append(bytes); }
    std::string text;
};

ModelView modelView(const ModelEntry& entry)
{
    ModelView view;
    view.name = entry.name;
    view.bytes = entry.bytes;
    view.family = entry.family;
    view.parameterSize = entry.parameterSize;
    view.quantization = entry.quantization;
    view.contextTokens = entry.contextTokens;
    return view;
}

/// The installed models in their order, each with what it takes while loaded; then what is loaded and not installed,
/// as after a deletion.
std::vector<ModelView> modelViews(const ModelList& installed, const ModelList& memory)
{
    std::map<std::string, std::size_t> places;
    std::vector<ModelView> views;
    for (const ModelEntry& entry : installed.entries) {
        places.emplace(normaliseModel(entry.name), views.size());
        views.push_back(modelView(entry));
    }
    for (const ModelEntry& entry : memory.entries) {
        const auto [place, isNew] = places.emplace(normaliseModel(entry.name), views.size());
        if (isNew) {
            views.push_back(modelView(entry));
            views.back().bytes = 0;
        }
        ModelView& view = views[place->second];
        view.loaded = true;
        view.memoryBytes = entry.bytes;
        view.gpuBytes = entry.gpuBytes;
        view.expiresAt = entry.expiresAt;
        if (entry.contextTokens > 0)
            view.contextTokens = entry.contextTokens;
    }
    return views;
}

/// "in 2 s" for people and logs.
std::string seconds(std::chrono::milliseconds time)
{
    return std::to_string((time.count() + 999) / 1000) + " s";
}

} // namespace

HttpBackend::HttpBackend(
    BackendSurroundings around, BackendId id, BackendConfig config, BackendAddress address, Changed changed)
    : m_around(std::move(around))
    , m_id(id)
    , m_config(std::move(config))
    , m_address(std::move(address))
    , m_changed(std::move(changed))
    , m_wake(m_around.io.get_executor())
    , m_reason(give("machine_new").text)
    , m_slotsReason("1 until it has been asked.")
{
    if (m_config.name.empty())
        m_config.name = m_address.hostField();
    if (m_config.slots > 0)
        setSlots(m_config.slots, "The settings of this backend say so.");
}

std::unique_ptr<BackendConnection> HttpBackend::takeIdle()
{
    while (!m_idle.empty()) {
        auto connection = std::move(m_idle.back());
        m_idle.pop_back();
        if (Clock::now() - connection->idleSince < trustedIdle || connection->stillIdle()) {
            connection->reused = true;
            return connection;
        }
    }
    return nullptr;
}

Task<Result<std::unique_ptr<BackendConnection>>> HttpBackend::connect(Reuse reuse)
{
    if (reuse == Reuse::Allowed) {
        if (auto connection = takeIdle())
            co_return connection;
    }
    if (m_address.tls && !m_tls) {
        auto tls = makeTlsContext(m_address);
        if (!tls)
            co_return tls.error();
        m_tls = *tls;
    }
    co_return co_await BackendConnection::open(m_around.io, m_address, m_tls, m_around.sweep, connectTimeMax);
}

void HttpBackend::giveBack(std::unique_ptr<BackendConnection> connection)
{
    connection->deadline = TimePoint::max();
    connection->idleSince = Clock::now();
    if (!connection->closed() && !m_retired && m_idle.size() < idleConnectionsMax)
        m_idle.push_back(std::move(connection));
}

Task<Result<FetchedAnswer>> HttpBackend::fetch(std::string_view method, std::string_view target, std::string_view body)
{
    auto opened = co_await connect(Reuse::Never);
    if (!opened)
        co_return opened.error();
    const std::unique_ptr<BackendConnection> connection = std::move(*opened);
    std::string request(method);
    request.append(" ")
        .append(m_address.prefix)
        .append(target)
        .append(" HTTP/1.1\r\nHost: ")
        .append(m_address.hostField());
    request.append("\r\nUser-Agent: drover\r\nAccept: application/json\r\nConnection: close\r\n");
    if (!m_config.apiKey.empty())
        request.append("Authorization: Bearer ").append(m_config.apiKey).append("\r\n");
    if (!body.empty())
        request.append("Content-Type: application/json\r\nContent-Length: ")
            .append(std::to_string(body.size()))
            .append("\r\n");
    request.append("\r\n").append(body);

    TextSink sink;
    AnswerParser parser(sink);
    parser.reset(method == "HEAD");
    connection->deadline = Clock::now() + fetchTimeMax;
    try {
        co_await connection->write(request);
        std::string unparsed;
        while (!parser.done()) {
            const auto [error, size] =
                co_await connection->readSome(connection->buffer(), BackendConnection::bufferBytes);
            if (error && !BackendConnection::isEnd(error))
                throw boost::system::system_error(error);
            if (error) {
                if (auto closed = parser.close(); !closed)
                    co_return closed.error();
                break;
            }
            unparsed.append(connection->buffer(), size);
            for (std::size_t used = 1; used > 0 && !unparsed.empty() && !parser.done();) {
                const auto fed = parser.feed(unparsed);
                if (!fed)
                    co_return fed.error();
                used = *fed;
                unparsed.erase(0, used);
            }
            if (sink.text.size() + unparsed.size() > fetchedBytesMax)
                co_return fail(Errc::BackendFailed, "its answer to " + std::string(target) + " is too large");
        }
    } catch (const boost::system::system_error& error) {
        if (connection->timedOut)
            co_return fail(
                Errc::BackendTimeout, "no answer to " + std::string(target) + " within " + seconds(fetchTimeMax));
        co_return fail(Errc::BackendFailed, error.code().message());
    }
    co_return FetchedAnswer{
        parser.head().status, std::string(parser.head().fields.get("Content-Type")), std::move(sink.text)};
}

void HttpBackend::modelsChanged()
{
    m_listedAt = {};
    m_wake.cancel();
}

Task<> HttpBackend::freeMemory()
{
    if (m_config.kind != BackendKind::Ollama)
        co_return;
    const auto self = shared_from_this();
    co_await probe(true);
    std::vector<std::string> loaded;
    for (const ModelEntry& entry : m_memory.entries)
        loaded.push_back(entry.name);
    for (const std::string& model : loaded) {
        const std::string body = "{\"model\":" + jsonString(model) + ",\"keep_alive\":0,\"stream\":false";
        const std::string generate = body + "}";
        const std::string embed = body + ",\"input\":\"\"}"; // for a model that only embeds
        auto answer = co_await fetch("POST", "/api/generate", generate);
        if (answer && answer->status == 400)
            answer = co_await fetch("POST", "/api/embed", embed);
        if (!answer || answer->status != 200)
            m_around.log(LogLevel::Warning,
                "not unloaded backend=" + name() + " model=" + model + " detail=\""
                    + (answer ? "status " + std::to_string(answer->status) : answer.error().detail) + '"');
    }
    modelsChanged();
}

bool HttpBackend::lists(std::string_view model) const
{
    return std::any_of(m_models.entries.begin(), m_models.entries.end(),
        [model](const ModelEntry& entry) { return normaliseModel(entry.name) == model; });
}

void HttpBackend::setTakesPooled(bool takes)
{
    if (std::exchange(m_takesPooled, takes) != takes && m_changed)
        m_changed(*this);
}

// ---- trust ----

void HttpBackend::succeeded()
{
    m_failures = 0;
    m_rests = 0;
    m_usedSinceProbe = true;
}

void HttpBackend::brokeOff(const Error& error)
{
    m_around.log(LogLevel::Warning,
        "backend failed backend=" + name() + " error=" + std::string(codeName(error.code)) + " detail=\"" + error.detail
            + '"');
    m_idle.clear(); // they are likely to be as dead
    m_wake.cancel();
}

/// Why it is down: nobody answers, or what answers is not what it should be.
std::string HttpBackend::downText(const Error& error) const
{
    if (error.code == Errc::BackendFailed)
        return give("machine_unusable", {name(), error.detail}).text;
    return give("machine_silent", {name(), error.detail}).text;
}

void HttpBackend::failed(const Error& error)
{
    if (error.code == Errc::BackendUnreachable && m_state == BackendState::Ready) {
        setState(BackendState::Down, downText(error));
    } else if (++m_failures >= failuresMax && m_state == BackendState::Ready) {
        const auto rest = std::min(restLongest, restFirst * (1 << std::min(m_rests++, 5)));
        m_restsUntil = Clock::now() + rest;
        m_failures = 0;
        setState(BackendState::Resting,
            give("machine_failing", {std::to_string(failuresMax), error.detail, seconds(rest)}).text);
    }
    brokeOff(error);
}

void HttpBackend::setState(BackendState state, std::string reason)
{
    const bool differs = state != m_state;
    if (differs) {
        m_around.log(state == BackendState::Ready ? LogLevel::Info : LogLevel::Warning,
            "backend " + std::string(drover::name(state)) + " backend=" + name() + " reason=\"" + reason + '"');
    }
    m_state = state;
    m_reason = std::move(reason);
    if (differs && m_changed)
        m_changed(*this);
}

void HttpBackend::setSlots(int slots, std::string reason)
{
    const bool differs = slots != m_slots;
    m_slots = slots;
    m_slotsReason = std::move(reason);
    if (differs && m_changed)
        m_changed(*this);
}

void HttpBackend::setConcurrency(int concurrency)
{
    m_concurrency = concurrency;
    if (m_config.slots == 0 && concurrency > 0)
        setSlots(concurrency, "The setting queue.concurrency says so.");
}

// ---- asking it ----

std::chrono::milliseconds HttpBackend::untilProbe() const
{
    switch (m_state) {
    case BackendState::Ready:
        return m_usedSinceProbe ? probeEveryUsed : probeEveryReady;
    case BackendState::Resting:
        return std::max(50ms, std::chrono::duration_cast<std::chrono::milliseconds>(m_restsUntil - Clock::now()));
    case BackendState::Unknown:
    case BackendState::Down:
        break;
    }
    return std::min<std::chrono::milliseconds>(probeLongestRetry, probeFirstRetry * (1 << std::min(m_failedProbes, 5)));
}

Task<> HttpBackend::watch()
{
    const auto self = shared_from_this();
    while (!m_retired) {
        co_await probe(true);
        m_wake.expires_after(untilProbe());
        const auto [cancelled] = co_await m_wake.async_wait(quiet);
        if (cancelled && m_state == BackendState::Resting && !m_retired) { // a failure must not end a rest early
            m_wake.expires_at(m_restsUntil);
            co_await m_wake.async_wait(quiet);
        }
    }
}

Task<> HttpBackend::probe(bool force)
{
    const auto self = shared_from_this();
    if (m_probing) {
        const auto told = m_probeWaiters.emplace_back(std::make_shared<Signal>());
        co_await told->wait();
        co_return;
    }
    if (!force && (m_state == BackendState::Resting || Clock::now() - m_listedAt < 1s))
        co_return;
    m_probing = true;
    if (!force)
        m_listedAt = {};
    Result<> asked; // no co_await inside ?: anywhere: GCC 12 destroys its temporaries twice
    if (m_config.kind == BackendKind::OpenAi)
        asked = co_await askOpenAi();
    else
        asked = co_await askOllama();
    m_probedAt = Clock::now();
    m_usedSinceProbe = false;
    if (asked) {
        m_failedProbes = 0;
        if (m_state != BackendState::Ready) // it may answer probes and fail at jobs
            m_failures = 0;
        co_await findSlots();
        setState(BackendState::Ready, {});
    } else if (++m_failedProbes < 2 && m_state == BackendState::Ready && asked.error().code == Errc::BackendTimeout) {
        // busy, perhaps: it gets a second chance before its jobs are refused
    } else {
        m_listedAt = {};
        m_version.clear();
        m_idle.clear();
        setState(BackendState::Down, downText(asked.error()));
        m_reason = downText(asked.error());
    }
    m_probing = false;
    for (const auto& waiter : std::exchange(m_probeWaiters, {}))
        waiter->set();
}

Task<Result<>> HttpBackend::askOllama()
{
    if (m_version.empty() || m_state != BackendState::Ready) {
        const auto answer = co_await fetch("GET", "/api/version");
        if (!answer)
            co_return answer.error();
        boost::system::error_code error;
        const auto json = boost::json::parse(answer->body, error);
        const auto* version = !error && json.is_object() ? json.get_object().if_contains("version") : nullptr;
        if (!version || !version->is_string())
            co_return fail(Errc::BackendFailed, "what answers at " + m_address.hostField() + " is not Ollama");
        m_version = version->get_string();
    }
    std::vector<std::string> loaded;
    const auto ps = co_await fetch("GET", "/api/ps");
    if (!ps)
        co_return ps.error();
    auto memory = parseModelList(ModelListKind::Loaded, ps->body);
    if (!memory)
        memory = ModelList{ModelListKind::Loaded, {}};
    for (const ModelEntry& entry : memory->entries)
        loaded.push_back(normaliseModel(entry.name));
    std::sort(loaded.begin(), loaded.end());
    bool differs = m_memory != *memory;
    m_loaded = std::move(loaded);
    m_memory = std::move(*memory);
    // The epoch, which stands for never, is the machine's start: less than `listFresh` ago right after it.
    if (m_listedAt == TimePoint{} || Clock::now() - m_listedAt >= listFresh) {
        const auto tags = co_await fetch("GET", "/api/tags");
        if (!tags)
            co_return tags.error();
        const auto list = parseModelList(ModelListKind::Tags, tags->body);
        if (!list)
            co_return list.error();
        differs = differs || !(m_models == *list);
        m_models = *list;
        m_listedAt = Clock::now();
    }
    if (differs && m_state == BackendState::Ready && m_changed)
        m_changed(*this);
    co_return Result<>{};
}

Task<Result<>> HttpBackend::askOpenAi()
{
    const auto models = co_await fetch("GET", "/v1/models");
    if (!models)
        co_return models.error();
    if (models->status == 401 || models->status == 403)
        co_return fail(Errc::BackendFailed, "it refuses our key (status " + std::to_string(models->status) + ")");
    if (models->status != 200)
        co_return fail(Errc::BackendFailed, "it answers GET /v1/models with status " + std::to_string(models->status));
    const auto list = parseModelList(ModelListKind::OpenAi, models->body);
    if (!list)
        co_return list.error();
    const bool differs = !(m_models == *list);
    m_models = *list;
    m_listedAt = Clock::now();
    if (differs && m_state == BackendState::Ready && m_changed)
        m_changed(*this);
    co_return Result<>{};
}

/// What "automatic" means here: the runner's own number where it can be seen, else 1.
Task<> HttpBackend::findSlots()
{
    if (m_config.slots > 0 || m_concurrency > 0)
        co_return;
    if (m_config.kind == BackendKind::Demo) {
        setSlots(2, "The simulated model has two slots.");
        co_return;
    }
    if (m_config.kind == BackendKind::OpenAi) {
        // llama.cpp's server tells; others do not.
        const auto props = co_await fetch("GET", "/props");
        boost::system::error_code error;
        const auto json = props && props->status == 200 ? boost::json::parse(props->body, error) : boost::json::value();
        const auto* slots = !error && json.is_object() ? json.get_object().if_contains("total_slots") : nullptr;
        const std::int64_t told = slots && slots->is_int64() ? slots->get_int64() : 0;
        if (told > 0)
            setSlots(static_cast<int>(std::min<std::int64_t>(told, 1024)), "The server tells it (total_slots).");
        else
            setSlots(1,
                "The server does not tell how many requests it runs at once, so one at a time. Set queue.concurrency "
                "if it runs more.");
        co_return;
    }
    boost::system::error_code error;
    const auto ip = asio::ip::make_address(m_address.host, error);
    std::optional<RunnerSlots> seen;
    if ((!error && ip.is_loopback()) || m_address.host == "localhost") {
        seen = co_await asio::co_spawn(
            m_around.scanner,
            [port = m_address.port]() -> asio::awaitable<std::optional<RunnerSlots>> { co_return runnerSlots(port); },
            throwing);
    }
    if (seen)
        setSlots(seen->slots, seen->reason);
    else if (m_startedWith > 0)
        setSlots(m_startedWith,
            "Drover started this Ollama with OLLAMA_NUM_PARALLEL=" + std::to_string(m_startedWith) + ".");
    else
        setSlots(1,
            "Ollama's parallelism cannot be seen from here, so one at a time, which is its default. Set "
            "queue.concurrency if OLLAMA_NUM_PARALLEL is more.");
}

// ---- telling ----

bool HttpBackend::alsoServe(const std::string& model)
{
    if (m_unlisted.size() >= unlistedMax)
        return false;
    m_unlisted.push_back(model);
    if (m_changed)
        m_changed(*this);
    return true;
}

BackendCapacity HttpBackend::capacity() const
{
    BackendCapacity capacity;
    capacity.slots = m_slots;
    capacity.available = available();
    for (const ModelEntry& entry : m_models.entries)
        capacity.models.push_back(normaliseModel(entry.name));
    capacity.models.insert(capacity.models.end(), m_unlisted.begin(), m_unlisted.end());
    capacity.loaded = m_loaded;
    capacity.takesPooled = m_takesPooled;
    return capacity;
}

std::vector<std::string> HttpBackend::modelNames() const
{
    std::vector<std::string> names;
    for (const ModelEntry& entry : m_models.entries)
        names.push_back(entry.name);
    return names;
}

BackendView HttpBackend::view(TimePoint now) const
{
    BackendView view;
    view.name = name();
    view.url = (m_address.tls ? "https://" : "http://") + m_address.hostField() + m_address.prefix;
    view.kind = m_config.kind;
    view.state = m_state;
    view.reason = m_reason;
    view.version = m_version;
    view.slots = m_slots;
    view.slotsReason = m_slotsReason;
    view.models = modelViews(m_models, m_memory);
    if (m_state == BackendState::Resting && m_restsUntil > now)
        view.retryIn = std::chrono::duration_cast<std::chrono::milliseconds>(m_restsUntil - now);
    return view;
}

void HttpBackend::retire()
{
    m_retired = true;
    m_idle.clear();
    m_changed = nullptr;
    m_wake.cancel();
}

} // namespace drover
