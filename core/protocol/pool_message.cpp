// SPDX-License-Identifier: MIT
#include "core/protocol/pool_message.h"

#include "core/protocol/base64.h"
#include "core/protocol/json_text.h"
#include "core/protocol/json_writer.h"
#include "core/protocol/limited_memory.h"

#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <algorithm>
#include <cstdlib>
#include <new>

namespace drover {

namespace json = boost::json;

namespace {

constexpr std::size_t nestingMax = 32;
constexpr std::size_t modelBytesMax = 256;
constexpr std::size_t modelsBytesMax = 24u << 10; ///< of all names in one message
constexpr std::size_t faultBytesMax = 2u << 10;

std::string_view textOf(const json::object& object, std::string_view key)
{
    const json::value* found = object.if_contains(key);
    const json::string* text = found ? found->if_string() : nullptr;
    return text ? std::string_view(*text) : std::string_view();
}

bool truthOf(const json::object& object, std::string_view key)
{
    const json::value* found = object.if_contains(key);
    return found && found->is_bool() && found->get_bool();
}

Result<std::string> idOf(const json::object& object, std::string_view key)
{
    const std::string_view id = textOf(object, key);
    const bool plain = std::all_of(id.begin(), id.end(), [](char c) { return c > ' ' && c < 127; });
    if (id.empty() || id.size() > poolIdBytesMax || !plain)
        return fail(Errc::BadRequest, std::string(key) + " is missing or unusable");
    return std::string(id);
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

Result<> readHeaders(const json::object& message, PoolProxyRequest& request)
{
    const json::value* found = message.if_contains("headers");
    if (!found || found->is_null())
        return {};
    const json::object* headers = found->if_object();
    if (!headers)
        return fail(Errc::BadRequest, "headers is no object");
    if (headers->size() > poolHeadersMax)
        return fail(Errc::TooLarge, "too many headers");
    std::size_t bytes = 0;
    for (const auto& member : *headers) {
        const json::string* value = member.value().if_string();
        const std::string_view name = member.key();
        if (!value || !isFieldName(name) || !isFieldValue(std::string_view(*value)))
            return fail(Errc::BadRequest, "a header is malformed");
        bytes += name.size() + value->size();
        if (bytes > poolHeaderBytesMax)
            return fail(Errc::TooLarge, "the headers are too large");
        request.headers.emplace_back(name, std::string_view(*value));
    }
    return {};
}

Result<PoolServerMessage> readProxyRequest(const json::object& message)
{
    PoolProxyRequest request;
    auto id = idOf(message, "request_id");
    if (!id)
        return id.error();
    request.id = std::move(*id);
    request.method = textOf(message, "method");
    request.path = textOf(message, "path");
    request.stream = truthOf(message, "stream");
    if (const auto read = readHeaders(message, request); !read)
        return read.error();
    auto body = fromBase64(textOf(message, "body"));
    if (!body)
        return fail(Errc::BadRequest, "body is not base64");
    request.body = std::move(*body);
    return PoolServerMessage(std::move(request));
}

Result<PoolServerMessage> readJobRequest(const json::object& message)
{
    PoolJobRequest request;
    auto id = idOf(message, "job_id");
    if (!id)
        return id.error();
    request.id = std::move(*id);
    request.endpoint = textOf(message, "endpoint");
    const json::value* payload = message.if_contains("payload");
    if (!payload || !payload->is_object())
        return fail(Errc::BadRequest, "payload is no object");
    json::object body = payload->get_object();
    request.stream = truthOf(body, "stream");
    body["stream"] = request.stream; // Ollama streams unless told not to, the job exchange does not unless told to
    request.payload = json::serialize(body);
    return PoolServerMessage(std::move(request));
}

Result<PoolServerMessage> readMessage(const json::object& message)
{
    const std::string_view type = textOf(message, "type");
    if (type == "http_proxy_request")
        return readProxyRequest(message);
    if (type == "job_request")
        return readJobRequest(message);
    if (type == "http_proxy_cancel") {
        auto id = idOf(message, "request_id");
        if (!id)
            return id.error();
        return PoolServerMessage(PoolProxyCancel{std::move(*id)});
    }
    if (type == "cancel_job") {
        auto id = idOf(message, "job_id");
        if (!id)
            return id.error();
        return PoolServerMessage(PoolJobCancel{std::move(*id)});
    }
    return PoolServerMessage(PoolUnknown{});
}

/// The names that fit into one message together.
void writeModels(JsonWriter& text, const std::vector<std::string>& models)
{
    std::size_t bytes = 0;
    text.key("models");
    text.open('[');
    for (const std::string& model : models) {
        const std::size_t written = jsonString(model).size() + 1;
        if (model.size() > modelBytesMax || bytes + written > modelsBytesMax)
            continue;
        bytes += written;
        text.value(model);
    }
    text.close(']');
}

void writeFault(JsonWriter& text, const PoolFault& fault)
{
    text.field("code", std::string_view(fault.code).substr(0, faultBytesMax));
    text.field("message", std::string_view(fault.message).substr(0, faultBytesMax));
}

std::string finished(JsonWriter& text)
{
    text.close('}');
    return text.take();
}

/// A message around a JSON value that is there as text.
std::string aroundJson(std::string_view type, std::string_view id, std::string_view value)
{
    std::string frame = "{\"type\":\"";
    frame.reserve(64 + id.size() + value.size());
    frame.append(type).append("\",\"job_id\":");
    appendJsonString(frame, id);
    return frame.append(",\"data\":").append(value).append("}");
}

} // namespace

Result<PoolServerMessage> parsePoolMessage(std::string_view frame)
try {
    if (frame.size() > poolFrameBytesMax)
        return fail(Errc::TooLarge, "the frame is too large");
    constexpr std::size_t memoryLeast = 64u << 10;
    LimitedMemory memory(3 * frame.size() + memoryLeast);
    json::error_code error;
    const json::value value = parsedWithin(memory, frame, nestingMax, error);
    if (error)
        return fail(Errc::BadRequest, "not JSON: " + error.message());
    const json::object* message = value.if_object();
    if (!message)
        return fail(Errc::BadRequest, "not a JSON object");
    return readMessage(*message);
} catch (const std::bad_alloc&) {
    return fail(Errc::TooLarge, "reading it takes too much memory");
}

std::string poolFrame(const PoolRegister& message)
{
    JsonWriter text;
    text.open('{');
    text.field("type", "register");
    text.field("worker_id", message.workerId);
    text.field("worker_name", message.workerName);
    if (!message.key.empty()) {
        text.field("worker_key", message.key);
        text.field("client_key", message.key);
    }
    writeModels(text, message.models);
    text.field("max_concurrency", message.maxConcurrency);
    text.field("version", message.version);
    text.key("agent_config"); // servers read all of it as texts; another Drover knows by it what it may ask
    text.open('{');
    text.field("backend_family", poolBackendFamily);
    text.close('}');
    return finished(text);
}

std::string poolFrame(const PoolHeartbeat& message)
{
    return "{\"type\":\"heartbeat\",\"ts\":" + std::to_string(message.seconds) + "}";
}

std::string poolFrame(const PoolStatusUpdate& message)
{
    JsonWriter text;
    text.open('{');
    text.field("type", "status_update");
    text.field("max_concurrency", message.maxConcurrency);
    writeModels(text, message.models);
    text.field("status", message.status);
    return finished(text);
}

std::string poolFrame(const PoolAnswerHead& message)
{
    JsonWriter text;
    text.open('{');
    text.field("type", "http_proxy_response_headers");
    text.field("request_id", message.id);
    text.field("status", message.status);
    text.key("headers");
    text.open('{');
    for (const auto& [name, value] : message.headers)
        text.field(name, value);
    text.close('}');
    return finished(text);
}

std::string poolFrame(const PoolAnswerChunk& message)
{
    std::string frame = R"({"type":"http_proxy_response_chunk","request_id":)";
    frame.reserve(96 + message.id.size() + message.bytes.size() / 3 * 4);
    appendJsonString(frame, message.id);
    frame += ",\"data\":\"";
    appendBase64(frame, message.bytes);
    return frame += "\"}";
}

std::string poolFrame(const PoolAnswerEnd& message)
{
    JsonWriter text;
    text.open('{');
    text.field("type", "http_proxy_response_end");
    text.field("request_id", message.id);
    if (message.fault) {
        text.key("error");
        text.open('{');
        writeFault(text, *message.fault);
        text.close('}');
    }
    return finished(text);
}

std::string poolFrame(const PoolJobChunk& message)
{
    return aroundJson("job_chunk", message.id, message.json);
}

std::string poolFrame(const PoolJobResult& message)
{
    return aroundJson("job_result", message.id, message.json);
}

std::string poolFrame(const PoolJobError& message)
{
    JsonWriter text;
    text.open('{');
    text.field("type", "job_error");
    text.field("job_id", message.id);
    writeFault(text, message.fault);
    return finished(text);
}

std::optional<std::string> poolJobValue(std::string_view text, std::size_t bytesMax)
try {
    constexpr std::size_t memoryPerByte = 64; // a list of small numbers, while it grows
    LimitedMemory memory(memoryPerByte * text.size() + 4096);
    json::error_code error;
    json::value value = parsedWithin(memory, text, nestingMax, error);
    if (error)
        return {};
    std::string shortest = json::serialize(value);
    if (json::object* object = value.if_object(); object && shortest.size() > bytesMax && object->erase("context") > 0)
        shortest = json::serialize(value);
    if (shortest.size() > bytesMax)
        return {};
    return shortest;
} catch (const std::bad_alloc&) {
    return {};
}

} // namespace drover
