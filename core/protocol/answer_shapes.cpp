// SPDX-License-Identifier: MIT
#include "core/protocol/answer_shapes.h"

#include "core/protocol/json_text.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

namespace json = boost::json;

namespace drover {

namespace {

/// `error.type` of OpenAI's and Anthropic's error objects.
std::string_view errorType(Dialect dialect, int status)
{
    const bool anthropic = dialect == Dialect::Anthropic;
    switch (status) {
    case 401:
        return "authentication_error";
    case 403:
        return "permission_error";
    case 404:
        return "not_found_error";
    case 413:
        return anthropic ? "request_too_large" : "invalid_request_error";
    case 429:
        return "rate_limit_error";
    case 503:
    case 529:
        return anthropic ? "overloaded_error" : "api_error";
    case 504:
        return anthropic ? "timeout_error" : "api_error";
    default:
        return status >= 400 && status < 500 ? "invalid_request_error" : "api_error";
    }
}

std::string openAiErrorObject(int status, std::string_view message)
{
    std::string body = "{\"message\":";
    appendJsonString(body, message);
    body += ",\"type\":\"";
    body += errorType(Dialect::OpenAi, status);
    body += "\",\"param\":null,\"code\":null}";
    return body;
}

/// OpenAI's `error` event of a Responses stream, with the object `error` beside it that makes the official clients
/// raise rather than hand the event on.
std::string responsesErrorEvent(int status, std::string_view message)
{
    std::string text = "event: error\ndata: {\"type\":\"error\",\"code\":\"";
    text += errorType(Dialect::OpenAi, status);
    text += "\",\"message\":";
    appendJsonString(text, message);
    text += ",\"param\":null,\"error\":" + openAiErrorObject(status, message) + "}\n\n";
    return text;
}

/// The error, framed as a piece of the stream.
std::string framed(AnswerForm form, int status, std::string_view message, std::string_view requestId)
{
    switch (dialectOf(form.endpoint)) {
    case Dialect::Ollama:
        return errorBody(Dialect::Ollama, status, message, requestId) + "\n";
    case Dialect::Anthropic:
        return "event: error\ndata: " + errorBody(Dialect::Anthropic, status, message, requestId) + "\n\n";
    case Dialect::OpenAi:
        if (form.endpoint == Endpoint::OpenAiResponses)
            return responsesErrorEvent(status, message);
        return "data: " + errorBody(Dialect::OpenAi, status, message, requestId) + "\n\n";
    }
    return {};
}

/// What ends the half line or event that `lastByte` may belong to.
std::string_view separator(AnswerForm form, char lastByte)
{
    if (lastByte == 0)
        return {};
    const bool lineEnded = lastByte == '\n';
    if (dialectOf(form.endpoint) == Dialect::Ollama)
        return lineEnded ? "" : "\n";
    return lineEnded ? "\n" : "\n\n"; // an empty line too many does no harm in SSE
}

/// The deepest text under `error` and `message`, looked at `levels` deep, also in JSON inside a string.
std::string messageUnder(const json::value& value, int levels)
{
    if (levels == 0)
        return {};
    if (const auto* text = value.if_string()) {
        json::error_code failed;
        const std::string_view inner(text->data(), text->size());
        if (inner.starts_with('{')) {
            const json::value parsed = json::parse(inner, failed);
            if (!failed) {
                std::string found = messageUnder(parsed, levels - 1);
                if (!found.empty())
                    return found;
            }
        }
        return std::string(inner);
    }
    const auto* object = value.if_object();
    if (object == nullptr)
        return {};
    for (const char* key : {"error", "message", "detail"}) {
        if (const auto* member = object->if_contains(key)) {
            std::string found = messageUnder(*member, levels - 1);
            if (!found.empty())
                return found;
        }
    }
    return {};
}

/// The body itself where it is an error object of this dialect, on one line; empty where it is not.
std::string asOwnShape(Dialect dialect, std::string_view body)
{
    json::error_code failed;
    const json::value value = json::parse(body, failed);
    const auto* object = failed ? nullptr : value.if_object();
    const auto* error = object == nullptr ? nullptr : object->if_contains("error");
    if (error == nullptr || (dialect == Dialect::Ollama) != error->is_string())
        return {};
    if (dialect == Dialect::Anthropic && object->if_contains("type") == nullptr)
        return {};
    std::string line;
    for (const char c : body) {
        if (c != '\n' && c != '\r') // in JSON they stand only between its tokens
            line += c;
    }
    return line;
}

} // namespace

AnswerForm answerForm(Endpoint endpoint, std::optional<bool> stream)
{
    return AnswerForm{endpoint, !isEmbedding(endpoint) && stream.value_or(streamedByDefault(endpoint))};
}

bool streamedByDefault(Endpoint endpoint)
{
    return endpoint == Endpoint::OllamaGenerate || endpoint == Endpoint::OllamaChat;
}

std::string_view answerContentType(AnswerForm form)
{
    const bool ollama = dialectOf(form.endpoint) == Dialect::Ollama;
    if (form.streamed)
        return ollama ? "application/x-ndjson" : "text/event-stream";
    return ollama ? "application/json; charset=utf-8" : "application/json";
}

int statusFor(Errc code, Dialect dialect)
{
    switch (code) {
    case Errc::BadRequest:
        return 400;
    case Errc::Unauthorized:
        return 401;
    case Errc::Forbidden:
    case Errc::UserBlocked:
    case Errc::ModelNotAllowed:
        return 403;
    case Errc::NotFound:
        return 404;
    case Errc::TooLarge:
        return 413;
    case Errc::UserQueueFull:
        return dialect == Dialect::Ollama ? 503 : 429;
    case Errc::DailyTokensUsed:
        return 429; // no use in trying again soon, so for Ollama's clients too
    case Errc::RateLimited:
        return 429;
    case Errc::QueueFull:
    case Errc::WaitedTooLong:
    case Errc::NoBackend:
    case Errc::ShuttingDown:
        return 503;
    case Errc::BackendUnreachable:
    case Errc::BackendFailed:
        return 502;
    case Errc::BackendTimeout:
        return 504;
    case Errc::Cancelled:
        return 499; // as Ollama; the official clients do not try that again by themselves
    case Errc::PortTaken:
    case Errc::BadConfig:
    case Errc::Io:
        return 500;
    }
    return 500;
}

std::string errorBody(Dialect dialect, int status, std::string_view message, std::string_view requestId)
{
    switch (dialect) {
    case Dialect::Ollama:
        return "{\"error\":" + jsonString(message) + "}";
    case Dialect::OpenAi:
        return "{\"error\":" + openAiErrorObject(status, message) + "}";
    case Dialect::Anthropic: {
        std::string body = "{\"type\":\"error\",\"error\":{\"type\":\"";
        body += errorType(Dialect::Anthropic, status);
        body += "\",\"message\":" + jsonString(message) + "},\"request_id\":" + jsonString(requestId) + "}";
        return body;
    }
    }
    return {};
}

std::string keepAlivePiece(AnswerForm form, const WaitingNote& note)
{
    if (!form.streamed)
        return " ";
    switch (dialectOf(form.endpoint)) {
    case Dialect::Ollama: {
        const bool chat = form.endpoint == Endpoint::OllamaChat;
        std::string line = "{\"model\":" + jsonString(note.model) + ",\"created_at\":" + jsonString(note.createdAt);
        line += chat ? ",\"message\":{\"role\":\"assistant\",\"content\":\"\"}" : ",\"response\":\"\"";
        line += ",\"done\":false}\n";
        return line;
    }
    case Dialect::OpenAi:
        return note.position == 0 ? ": the model is at work\n\n"
                                  : ": waiting, " + positionInWords(note.position) + "\n\n";
    case Dialect::Anthropic:
        return "event: ping\ndata: {\"type\": \"ping\"}\n\n";
    }
    return {};
}

std::string streamErrorPiece(AnswerForm form, const BrokenAnswer& broken)
{
    if (!form.streamed) {
        const bool begun = broken.lastByte != 0 && broken.lastByte != ' ';
        return begun ? std::string()
                     : errorBody(dialectOf(form.endpoint), broken.status, broken.message, broken.requestId);
    }
    return std::string(separator(form, broken.lastByte))
        + framed(form, broken.status, broken.message, broken.requestId);
}

std::string errorAsStreamPiece(AnswerForm form, int status, std::string_view backendBody, std::string_view requestId)
{
    const Dialect dialect = dialectOf(form.endpoint);
    if (!form.streamed)
        return std::string(backendBody);
    std::string own = form.endpoint == Endpoint::OpenAiResponses ? std::string() : asOwnShape(dialect, backendBody);
    if (own.empty())
        return framed(form, status, errorMessageIn(backendBody), requestId);
    if (dialect == Dialect::Ollama)
        return own + "\n";
    return (dialect == Dialect::Anthropic ? "event: error\ndata: " : "data: ") + own + "\n\n";
}

std::string errorMessageIn(std::string_view body)
{
    constexpr std::size_t bytesMax = 500;
    constexpr int levelsMax = 6;
    json::error_code failed;
    const json::value value = json::parse(body, failed);
    std::string found = failed ? std::string() : messageUnder(value, levelsMax);
    if (!found.empty())
        return found;
    std::string_view start = body.substr(0, bytesMax);
    while (!start.empty() && static_cast<unsigned char>(start.back()) <= ' ')
        start.remove_suffix(1);
    return start.empty() ? "the backend gave no reason" : validUtf8(start);
}

std::string positionInWords(std::uint32_t position)
{
    if (position <= 1)
        return "next in line";
    const std::uint32_t tens = position % 100;
    const std::uint32_t ones = position % 10;
    const bool teen = tens >= 11 && tens <= 13;
    const char* ending = teen ? "th" : ones == 1 ? "st" : ones == 2 ? "nd" : ones == 3 ? "rd" : "th";
    return std::to_string(position) + ending + " in line";
}

} // namespace drover
