// SPDX-License-Identifier: MIT
#include "core/protocol/worker_message.h"

#include "core/protocol/base64.h"
#include "core/protocol/http_head.h"
#include "core/protocol/json_members.h"
#include "core/protocol/json_text.h"
#include "core/protocol/limited_memory.h"
#include "core/protocol/worker_facts.h"

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <array>
#include <new>

namespace drover {

namespace json = boost::json;

namespace {

constexpr std::size_t nestingMax = 32;
constexpr std::size_t faultCodeBytesMax = 64;
constexpr std::size_t faultBytesMax = 512;

std::string idIn(const json::object& message, std::string_view key)
{
    const std::string_view id = workerText(message, key);
    return id.size() <= poolIdBytesMax ? std::string(id) : std::string();
}

bool isFieldName(std::string_view name)
{
    constexpr std::string_view others = "!#$%&'*+-.^_`|~";
    return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || others.find(c) != others.npos;
    });
}

bool isFieldValue(std::string_view value)
{
    return std::all_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte == '\t' || (byte >= ' ' && byte != 127);
    });
}

/// What a client is told by us alone, or not at all.
bool isOurs(std::string_view name)
{
    return isHopByHop(name, {}) || equalsIgnoringCase(name, "Set-Cookie") || equalsIgnoringCase(name, "Alt-Svc")
        || equalsIgnoringCase(name, "Strict-Transport-Security");
}

Result<WorkerMessage> readHead(const json::object& message)
{
    WorkerAnswerHead head;
    head.id = idIn(message, "request_id");
    const double status = workerNumber(message, "status").value_or(0);
    head.status = status >= 200 && status <= 599 ? static_cast<int>(status) : 0;
    const json::value* found = workerMember(message, "headers");
    const json::object* fields = found ? found->if_object() : nullptr;
    if (!fields)
        return WorkerMessage(std::move(head));
    std::size_t bytes = 0;
    for (const auto& member : *fields) {
        const json::string* value = member.value().if_string();
        const std::string_view name = member.key();
        if (!value || !isFieldName(name) || !isFieldValue(std::string_view(*value)) || isOurs(name))
            continue;
        bytes += name.size() + value->size();
        if (bytes > poolHeaderBytesMax || head.fields.size() == poolHeadersMax)
            break;
        head.fields.emplace_back(name, std::string_view(*value));
    }
    return WorkerMessage(std::move(head));
}

Result<WorkerMessage> readChunk(const json::object& message)
{
    WorkerAnswerChunk chunk{.id = idIn(message, "request_id")};
    if (!appendFromBase64(chunk.bytes, workerText(message, "data")))
        return fail(Errc::BadRequest, "data is not base64");
    return WorkerMessage(std::move(chunk));
}

PoolFault faultIn(const json::object& object)
{
    return {plainName(workerText(object, "code"), faultCodeBytesMax),
        plainName(workerText(object, "message"), faultBytesMax)};
}

Result<WorkerMessage> readEnd(const json::object& message)
{
    WorkerAnswerEnd end{.id = idIn(message, "request_id")};
    const json::value* error = workerMember(message, "error");
    if (error && !error->is_null())
        end.fault = error->is_object() ? faultIn(error->get_object()) : PoolFault{"upstream_error", ""};
    return WorkerMessage(std::move(end));
}

Result<WorkerMessage> readJobAnswer(const json::object& message, std::string_view text, std::string_view type)
{
    WorkerJobAnswer answer{.id = idIn(message, "job_id"), .whole = type == "job_result"};
    const json::value* value = workerMember(message, "data");
    const auto raw = memberText(text, "data");
    if (!value || !raw)
        return fail(Errc::BadRequest, "there is no data");
    answer.json = *raw;
    std::replace_if(
        answer.json.begin(), answer.json.end(), [](char c) { return c == '\n' || c == '\r'; }, ' ');
    const json::object* object = value->if_object();
    if (!object)
        return WorkerMessage(std::move(answer));
    const json::value* done = object->if_contains("done");
    const json::value* error = object->if_contains("error");
    answer.done = done && done->is_bool() && done->get_bool();
    answer.bare = answer.done && object->size() == 1;
    if (error && !answer.done)
        answer.error = error->is_string() ? plainName(std::string_view(error->get_string()), faultBytesMax) : "";
    return WorkerMessage(std::move(answer));
}

Result<WorkerMessage> readMessage(const json::object& message, std::string_view text, const HostLimits& limits)
{
    const std::string_view type = workerText(message, "type");
    if (type == "http_proxy_response_chunk")
        return readChunk(message);
    if (type == "http_proxy_response_headers")
        return readHead(message);
    if (type == "http_proxy_response_end")
        return readEnd(message);
    if (type == "heartbeat")
        return WorkerMessage(readHeartbeat(message));
    if (type == "status_update") {
        auto update = readStatusUpdate(message, limits);
        return update ? Result<WorkerMessage>(WorkerMessage(std::move(*update))) : update.error();
    }
    if (type == "job_chunk" || type == "job_result")
        return readJobAnswer(message, text, type);
    if (type == "job_error")
        return WorkerMessage(WorkerJobError{idIn(message, "job_id"), faultIn(message)});
    if (type == "register") {
        auto registration = readRegister(message, limits);
        return registration ? Result<WorkerMessage>(WorkerMessage(std::move(*registration))) : registration.error();
    }
    return WorkerMessage(WorkerUnknown{});
}

} // namespace

Result<WorkerMessage> parseWorkerMessage(std::string_view text, const HostLimits& limits)
try {
    constexpr std::size_t memoryLeast = 2u << 20; // thousands of short names
    constexpr std::size_t stackBytes = 4096;
    LimitedMemory memory(3 * text.size() + memoryLeast);
    unsigned char stack[stackBytes];
    json::monotonic_resource values(stack, sizeof stack, &memory);
    json::error_code error;
    const json::value value = parsedInto(&values, memory, text, nestingMax, error);
    if (error)
        return fail(Errc::BadRequest, "not JSON: " + error.message());
    const json::object* message = value.if_object();
    if (!message)
        return fail(Errc::BadRequest, "not a JSON object");
    return readMessage(*message, text, limits);
} catch (const std::bad_alloc&) {
    return fail(Errc::TooLarge, "reading it takes too much memory");
}

// ---- the plain forms ----

namespace {

constexpr std::string_view chunkBegin = R"({"type":"http_proxy_response_chunk","request_id":")";
constexpr std::string_view chunkMiddle = R"(","data":")";
constexpr std::string_view endBegin = R"({"type":"http_proxy_response_end","request_id":")";
constexpr std::string_view textEnd = "\"}";

} // namespace

std::optional<PlainChunk> plainChunk(std::string_view text)
{
    if (!text.starts_with(chunkBegin) || !text.ends_with(textEnd))
        return {};
    const std::string_view rest = text.substr(chunkBegin.size(), text.size() - chunkBegin.size() - textEnd.size());
    const std::size_t idEnd = rest.substr(0, poolIdBytesMax + 1).find('"');
    if (idEnd == rest.npos || rest.substr(idEnd, chunkMiddle.size()) != chunkMiddle)
        return {};
    return PlainChunk{rest.substr(0, idEnd), rest.substr(idEnd + chunkMiddle.size())};
}

std::optional<std::string_view> plainEnd(std::string_view text)
{
    if (!text.starts_with(endBegin) || !text.ends_with(textEnd))
        return {};
    const std::string_view id = text.substr(endBegin.size(), text.size() - endBegin.size() - textEnd.size());
    if (id.size() > poolIdBytesMax || id.find_first_of("\"\\") != id.npos)
        return {};
    return id;
}

// ---- to a worker ----

namespace {

/// Everything else is between the client and us: keys, cookies, addresses.
constexpr std::array<std::string_view, 8> headersSent{"Content-Type", "Accept", "Accept-Language", "User-Agent",
    "X-Request-Id", "Cache-Control", "anthropic-version", "anthropic-beta"};

bool isSent(std::string_view name)
{
    return std::any_of(
        headersSent.begin(), headersSent.end(), [&](std::string_view sent) { return equalsIgnoringCase(sent, name); });
}

void appendHeaders(std::string& frame, const std::vector<std::pair<std::string, std::string>>& headers)
{
    std::size_t bytes = 0;
    char before = '{';
    for (auto header = headers.begin(); header != headers.end(); ++header) {
        const auto& [name, value] = *header;
        const bool again = std::any_of(headers.begin(), header,
            [header](const auto& other) { return equalsIgnoringCase(other.first, header->first); });
        if (again || !isSent(name) || !isFieldValue(value) || bytes + value.size() > poolHeaderBytesMax)
            continue;
        bytes += value.size();
        frame += before;
        before = ',';
        appendJsonString(frame, name);
        frame += ':';
        appendJsonString(frame, value);
    }
    frame += before == '{' ? "{}" : "}";
}

} // namespace

std::string workerFrame(const HostProxyRequest& request)
{
    constexpr std::size_t aroundBytes = 512;
    std::string frame = R"({"type":"http_proxy_request","request_id":")";
    frame.reserve(aroundBytes + request.body.size() / 3 * 4);
    frame.append(request.id).append(R"(","method":"POST","path":")").append(request.path).append(R"(","headers":)");
    appendHeaders(frame, request.headers);
    if (request.stream)
        frame += R"(,"stream":true)";
    if (!request.body.empty()) {
        frame += R"(,"body":")";
        appendBase64(frame, request.body);
        frame += '"';
    }
    return frame += '}';
}

std::string workerFrame(const HostJobRequest& request)
{
    std::string frame = R"({"type":"job_request","job_id":")";
    frame.append(request.id).append(R"(","endpoint":"generate","payload":{)");
    JsonMembers members(request.payload);
    while (const auto member = members.next()) {
        if (!member->isNamed("stream"))
            frame.append("\"").append(member->name).append("\":").append(member->value).append(",");
    }
    return frame.append("\"stream\":").append(request.stream ? "true" : "false").append("}}");
}

std::string proxyCancelFrame(std::string_view id)
{
    return std::string(R"({"type":"http_proxy_cancel","request_id":")").append(id).append("\"}");
}

std::string jobCancelFrame(std::string_view id)
{
    return std::string(R"({"type":"cancel_job","job_id":")").append(id).append("\"}");
}

bool fitsJobExchange(std::string_view generateBody)
try {
    JsonMembers members(generateBody);
    while (const auto member = members.next()) {
        if (!member->isNamed("model") && !member->isNamed("prompt") && !member->isNamed("stream"))
            return false;
    }
    LimitedMemory memory(3 * generateBody.size() + 4096);
    json::error_code error;
    const json::value value = parsedWithin(memory, generateBody, nestingMax, error);
    return !error && value.is_object();
} catch (const std::bad_alloc&) {
    return false;
}

} // namespace drover
