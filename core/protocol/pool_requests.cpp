// SPDX-License-Identifier: MIT
#include "core/protocol/pool_requests.h"

#include "core/protocol/answer_shapes.h"
#include "core/protocol/http_head.h"

#include <algorithm>
#include <array>

namespace drover {

namespace {

/// Room in a message of the job exchange for what stands around its JSON value.
constexpr std::size_t jobValueBytesMax = poolMessageBytesMax - 256 - poolIdBytesMax;

struct OfferedPath {
    std::string_view path;
    std::string_view withoutPrefix; ///< as newer servers write it; empty when they do not
};

constexpr std::array offeredPaths{OfferedPath{"/v1/chat/completions", "/chat/completions"},
    OfferedPath{"/v1/completions", "/completions"}, OfferedPath{"/v1/responses", "/responses"},
    OfferedPath{"/v1/embeddings", "/embeddings"}, OfferedPath{"/v1/messages", "/messages"},
    OfferedPath{"/api/generate", ""}, OfferedPath{"/api/chat", ""}, OfferedPath{"/api/embed", ""},
    OfferedPath{"/api/embeddings", ""}};

/// Everything else in a pool's headers is none of our backend's business: keys, cookies, addresses of its clients.
constexpr std::array<std::string_view, 5> headersTaken{
    "Content-Type", "Accept", "X-Request-ID", "anthropic-version", "anthropic-beta"};

PoolFault draining()
{
    return {"worker_draining", "worker is draining"};
}

std::vector<std::pair<std::string, std::string>> taken(std::vector<std::pair<std::string, std::string>> headers)
{
    std::erase_if(headers, [](const auto& header) {
        return header.second.empty()
            || std::none_of(headersTaken.begin(), headersTaken.end(),
                [&](std::string_view name) { return equalsIgnoringCase(name, header.first); });
    });
    return headers;
}

} // namespace

std::optional<std::string_view> poolPath(std::string_view method, std::string_view path)
{
    if (method != "POST" || path.empty())
        return {};
    for (const OfferedPath& each : offeredPaths) {
        if (path == each.path || path == each.withoutPrefix)
            return each.path;
    }
    return {};
}

PoolRequests::PoolRequests(PoolActions& actions)
    : m_actions(actions)
{
}

void PoolRequests::setRunningMax(int count)
{
    m_runningMax = static_cast<std::size_t>(std::max(count, 0));
    startWaiting();
}

// ---- requests ----

void PoolRequests::take(PoolProxyRequest request)
{
    PoolWork work{
        .id = std::move(request.id), .headers = taken(std::move(request.headers)), .body = std::move(request.body)};
    takeIn(std::move(work), Form::Proxy, request.method, request.path);
}

void PoolRequests::take(PoolJobRequest request)
{
    PoolWork work{.id = std::move(request.id),
        .headers = {{"Content-Type", "application/json"}},
        .body = std::move(request.payload)};
    takeIn(std::move(work), request.stream ? Form::JobStream : Form::Job, "POST", "/api/" + request.endpoint);
}

void PoolRequests::takeIn(PoolWork work, Form form, std::string_view method, std::string_view path)
{
    const auto sameId = [&](const auto& each) { return each == work.id; };
    if (std::ranges::any_of(m_running, [&](const auto& each) { return !each.second.silent && sameId(each.second.id); })
        || std::ranges::any_of(m_waiting, [&](const Waiting& each) { return sameId(each.work.id); }))
        return; // two answers under one id would be mixed up
    if (m_draining)
        return refuse(work.id, form, 503, draining());
    const auto offered = poolPath(method, path);
    if (!offered)
        return refuse(work.id, form, 403, {"not_offered", "This worker does not offer that call."});
    if (m_runningMax == 0)
        return refuse(work.id, form, 503, {"worker_not_ready", "This worker takes no requests at the moment."});
    work.path = *offered;
    work.number = ++m_lastNumber;
    if (m_running.size() < m_runningMax && m_waiting.empty())
        return start({std::move(work), form});
    if (m_waiting.size() >= waitingMax || m_waitingBytes + work.body.size() > waitingBytesMax)
        return refuse(work.id, form, 503, {"worker_busy", "Too many requests wait for this worker."});
    m_waitingBytes += work.body.size();
    m_waiting.push_back({std::move(work), form});
}

void PoolRequests::start(Waiting waiting)
{
    m_running.emplace(waiting.work.number, Request{.id = waiting.work.id, .form = waiting.form});
    m_actions.emplace_back(PoolStart{std::move(waiting.work)});
}

void PoolRequests::startWaiting()
{
    while (!m_waiting.empty() && m_running.size() < m_runningMax) {
        Waiting next = std::move(m_waiting.front());
        m_waiting.pop_front();
        m_waitingBytes -= next.work.body.size();
        start(std::move(next));
    }
}

void PoolRequests::refuse(const std::string& id, Form form, int status, PoolFault fault)
{
    if (form != Form::Proxy)
        return send(poolFrame(PoolJobError{id, fault}));
    send(poolFrame(PoolAnswerHead{id, status, {{"Content-Type", "application/json"}}}));
    send(poolFrame(PoolAnswerChunk{id, errorBody(Dialect::OpenAi, status, fault.message, id)}));
    const std::optional<PoolFault> told =
        status >= 500 ? std::optional<PoolFault>(std::move(fault)) : std::optional<PoolFault>();
    send(poolFrame(PoolAnswerEnd{id, told}));
}

void PoolRequests::cancel(const std::string& id)
{
    const PoolFault fault{"cancelled", "cancelled by the pool"};
    const auto end = [&](Form form) {
        if (form == Form::Proxy)
            send(poolFrame(PoolAnswerEnd{id, fault}));
        else
            send(poolFrame(PoolJobError{id, fault}));
    };
    const auto waiting = std::ranges::find(m_waiting, id, [](const Waiting& each) { return each.work.id; });
    if (waiting != m_waiting.end()) {
        const Form form = waiting->form;
        m_waitingBytes -= waiting->work.body.size();
        m_waiting.erase(waiting);
        return end(form);
    }
    for (auto& [number, request] : m_running) {
        if (request.silent || request.id != id)
            continue;
        request.silent = true;
        m_actions.emplace_back(PoolStop{number});
        return end(request.form);
    }
}

void PoolRequests::drain()
{
    m_draining = true;
    refuseWaiting(draining());
}

void PoolRequests::refuseWaiting(const PoolFault& fault)
{
    for (const Waiting& each : std::exchange(m_waiting, {}))
        refuse(each.work.id, each.form, 503, fault);
    m_waitingBytes = 0;
}

/// Without a head it is refused as if it had never run, so that a server may try another worker.
void PoolRequests::handBack(std::uint64_t number, const PoolFault& fault)
{
    const auto found = m_running.find(number);
    if (found == m_running.end() || std::exchange(found->second.silent, true))
        return;
    const Request& request = found->second;
    if (request.form == Form::Proxy && request.status != 0)
        send(poolFrame(PoolAnswerEnd{request.id, fault}));
    else
        refuse(request.id, request.form, 503, fault);
    m_actions.emplace_back(PoolStop{number});
}

void PoolRequests::handBackAll(const PoolFault& fault)
{
    std::vector<std::uint64_t> numbers;
    for (const auto& [number, request] : m_running)
        numbers.push_back(number);
    for (const std::uint64_t number : numbers)
        handBack(number, fault);
}

void PoolRequests::lost()
{
    m_waiting.clear();
    m_waitingBytes = 0;
    for (auto& [number, request] : m_running) {
        if (!std::exchange(request.silent, true))
            m_actions.emplace_back(PoolStop{number});
    }
}

// ---- answers ----

void PoolRequests::answerHead(
    std::uint64_t number, int status, const std::vector<std::pair<std::string, std::string>>& headers)
{
    const auto found = m_running.find(number);
    if (found == m_running.end() || found->second.silent || found->second.status != 0)
        return;
    Request& request = found->second;
    request.status = status;
    if (request.form == Form::Proxy)
        send(poolFrame(PoolAnswerHead{request.id, status, headers}));
}

void PoolRequests::answerPiece(std::uint64_t number, std::string_view bytes)
{
    const auto found = m_running.find(number);
    if (found == m_running.end() || found->second.silent)
        return;
    Request& request = found->second;
    if (request.form == Form::Proxy) {
        for (; !bytes.empty(); bytes.remove_prefix(std::min(bytes.size(), poolChunkBytesMax)))
            send(poolFrame(PoolAnswerChunk{request.id, bytes.substr(0, poolChunkBytesMax)}));
        return;
    }
    const std::size_t room = resultBytesMax - std::min(request.kept.size(), resultBytesMax);
    request.keptAll = request.keptAll && bytes.size() <= room;
    request.kept.append(bytes.substr(0, room));
    if (request.form == Form::JobStream && request.status < 400)
        sendLines(request);
}

/// The whole lines of a streamed generate, each as a message.
void PoolRequests::sendLines(Request& request)
{
    std::size_t begin = 0;
    for (std::size_t end = request.kept.find('\n'); end != std::string::npos; end = request.kept.find('\n', begin)) {
        const auto line = std::string_view(request.kept).substr(begin, end - begin);
        if (const auto value = poolJobValue(line, jobValueBytesMax))
            send(poolFrame(PoolJobChunk{request.id, *value}));
        begin = end + 1;
    }
    request.kept.erase(0, begin);
}

void PoolRequests::answerEnd(std::uint64_t number, std::optional<PoolFault> fault)
{
    const auto found = m_running.find(number);
    if (found == m_running.end())
        return;
    Request request = std::move(found->second);
    m_running.erase(found);
    if (!request.silent) {
        if (request.form == Form::Proxy)
            endProxy(request, fault);
        else
            endJob(request, std::move(fault));
    }
    startWaiting();
}

void PoolRequests::endProxy(const Request& request, const std::optional<PoolFault>& fault)
{
    if (request.status == 0)
        return refuse(
            request.id, request.form, 502, fault.value_or(PoolFault{"upstream_error", "There was no answer."}));
    send(poolFrame(PoolAnswerEnd{request.id, fault}));
}

void PoolRequests::endJob(Request& request, std::optional<PoolFault> fault)
{
    if (!fault && request.status == 0)
        fault = PoolFault{"upstream_error", "There was no answer."};
    if (!fault && request.status >= 400)
        fault = PoolFault{"upstream_error", errorMessageIn(request.kept)};
    if (!fault && request.form == Form::JobStream) {
        request.kept += '\n';
        sendLines(request);
        return send(poolFrame(PoolJobChunk{request.id, R"({"done":true})"}));
    }
    if (!fault) {
        const auto value = request.keptAll ? poolJobValue(request.kept, jobValueBytesMax) : std::nullopt;
        if (value)
            return send(poolFrame(PoolJobResult{request.id, *value}));
        fault = PoolFault{"too_large", "The answer does not fit into one message. Ask for it as a stream."};
    }
    send(poolFrame(PoolJobError{request.id, *fault}));
}

} // namespace drover
