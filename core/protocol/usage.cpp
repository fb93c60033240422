// SPDX-License-Identifier: MIT
#include "core/protocol/usage.h"

#include <charconv>

namespace drover {

namespace {

constexpr int eventsLookedAt = 3; ///< from the end; figures stand in one of these with every server seen

bool isBlank(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

std::string_view trimmed(std::string_view text)
{
    while (!text.empty() && isBlank(text.back()))
        text.remove_suffix(1);
    while (!text.empty() && isBlank(text.front()))
        text.remove_prefix(1);
    return text;
}

/// The last place of a quoted key before `end`; npos when there is none. Several times as fast as rfind, which calls a
/// function for every byte.
std::size_t lastPlace(std::string_view text, std::string_view quotedKey, std::size_t end)
{
    for (std::size_t at = end; at-- > 0;) {
        if (text[at] == '"' && text.size() - at > 1 && text[at + 1] == quotedKey[1]
            && text.substr(at).starts_with(quotedKey))
            return at;
    }
    return std::string_view::npos;
}

/// What follows the last `"key":` in the text, without blanks before; empty when the key is not there.
///
/// Inside a JSON string a quote has a backslash before it, so `"key"` with a colon after is a key wherever it
/// stands.
std::string_view lastValue(std::string_view text, std::string_view quotedKey)
{
    std::size_t at = lastPlace(text, quotedKey, text.size());
    for (; at != std::string_view::npos; at = lastPlace(text, quotedKey, at)) {
        const std::string_view after = trimmed(text.substr(at + quotedKey.size()));
        if (after.starts_with(':'))
            return trimmed(after.substr(1));
    }
    return {};
}

std::optional<std::uint64_t> lastNumber(std::string_view text, std::string_view quotedKey)
{
    const std::string_view value = lastValue(text, quotedKey);
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), number);
    return error == std::errc() && end != value.data() ? std::optional(number) : std::nullopt;
}

/// True for an object whose first member has this (quoted) name.
bool beginsWithMember(std::string_view text, std::string_view quotedKey)
{
    text = trimmed(text);
    if (!text.starts_with('{'))
        return false;
    return trimmed(text.substr(1)).starts_with(quotedKey);
}

void readFigures(Usage& usage, Endpoint endpoint, std::string_view text)
{
    switch (endpoint) {
    case Endpoint::OllamaGenerate:
    case Endpoint::OllamaChat:
    case Endpoint::OllamaEmbed:
        usage.promptTokens = lastNumber(text, "\"prompt_eval_count\"");
        usage.outputTokens = lastNumber(text, "\"eval_count\"");
        return;
    case Endpoint::OllamaEmbeddings:
        return; // tells none
    case Endpoint::OpenAiChat:
    case Endpoint::OpenAiCompletions:
    case Endpoint::OpenAiEmbeddings:
        usage.promptTokens = lastNumber(text, "\"prompt_tokens\"");
        usage.outputTokens = lastNumber(text, "\"completion_tokens\"");
        if (!usage.promptTokens && !usage.outputTokens) { // llama.cpp's `timings`
            usage.outputTokens = lastNumber(text, "\"predicted_n\"");
            usage.promptTokens = lastNumber(text, "\"prompt_n\"");
            if (usage.promptTokens)
                *usage.promptTokens += lastNumber(text, "\"cache_n\"").value_or(0);
        }
        return;
    case Endpoint::OpenAiResponses:
    case Endpoint::AnthropicMessages:
        usage.promptTokens = lastNumber(text, "\"input_tokens\"");
        usage.outputTokens = lastNumber(text, "\"output_tokens\"");
        return;
    }
}

/// One Ollama answer, or the last line of a stream of them; its beginning may be missing.
Usage readOllama(Endpoint endpoint, std::string_view line)
{
    Usage usage;
    usage.error = beginsWithMember(line, "\"error\"");
    if (usage.error)
        return usage;
    const std::string_view done = lastValue(line, "\"done\"");
    if (done.starts_with("false"))
        return usage;
    readFigures(usage, endpoint, line);
    // A line that is longer than the tail begins after `done`, with generate's `context`; only last ones have times.
    usage.complete =
        done.starts_with("true") || (!line.starts_with('{') && !lastValue(line, "\"total_duration\"").empty());
    return usage;
}

Usage readWhole(AnswerForm form, std::string_view body)
{
    Usage usage;
    usage.error = beginsWithMember(body, "\"error\"")
        || (beginsWithMember(body, "\"type\"") && lastValue(body.substr(0, 40), "\"type\"").starts_with("\"error\""));
    readFigures(usage, form.endpoint, body);
    const bool generates = form.endpoint == Endpoint::OllamaGenerate || form.endpoint == Endpoint::OllamaChat;
    usage.complete = !generates || !lastValue(body, "\"done\"").starts_with("false");
    return usage;
}

/// One event of a stream of server-sent events, read from its end.
struct Event {
    std::string_view name = {};
    std::string_view data = {}; ///< of its last `data` line
    std::string_view text = {}; ///< all of it
    bool whole = false; ///< its beginning is there
};

/// Takes the last event off the text; comments alone are none. Its text is empty when there is no more.
Event takeLastEvent(std::string_view& text)
{
    Event event;
    while (!text.empty()) {
        while (!text.empty() && isBlank(text.back()))
            text.remove_suffix(1);
        const std::string_view all = text;
        const char* last = text.data() + text.size();
        bool fields = false;
        while (!text.empty() && text.back() != '\n') {
            const std::size_t before = text.rfind('\n');
            const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
            const std::string_view line = text.substr(begin);
            text = text.substr(0, begin);
            event.whole = begin > 0 || line.starts_with("data:") || line.starts_with("event:");
            fields = fields || !line.starts_with(':');
            if (line.starts_with("data:") && event.data.empty())
                event.data = trimmed(line.substr(5));
            if (line.starts_with("event:"))
                event.name = trimmed(line.substr(6));
            // A line break belongs to the line before it; a second one in a row ends the event before.
            if (text.ends_with('\n'))
                text.remove_suffix(1);
            if (text.ends_with('\r'))
                text.remove_suffix(1);
        }
        if (fields) {
            event.text =
                std::string_view(all.data() + text.size(), static_cast<std::size_t>(last - all.data()) - text.size());
            return event;
        }
    }
    return event;
}

bool isError(const Event& event)
{
    return event.name == "error" || beginsWithMember(event.data, "\"error\"");
}

/// True for an event of that (quoted) type, told by its `event` line or by the first member of its data.
bool isOfType(const Event& event, std::string_view quotedType)
{
    if (event.name == quotedType.substr(1, quotedType.size() - 2))
        return true;
    constexpr std::size_t typeWithin = 64;
    const std::string_view start = event.data.substr(0, typeWithin);
    return beginsWithMember(start, "\"type\"") && lastValue(start, "\"type\"").starts_with(quotedType);
}

/// True for a dialect's last event.
bool isLast(Endpoint endpoint, const Event& event)
{
    if (endpoint == Endpoint::AnthropicMessages)
        return isOfType(event, "\"message_stop\"");
    if (endpoint != Endpoint::OpenAiResponses)
        return event.data == "[DONE]";
    for (const std::string_view type : {"\"response.completed\"", "\"response.failed\"", "\"response.incomplete\""}) {
        if (isOfType(event, type))
            return true;
    }
    // One so long that its beginning is lost: only the last one has figures.
    return !event.whole && lastNumber(event.text, "\"output_tokens\"").has_value();
}

Usage readEvents(Endpoint endpoint, std::string_view tail)
{
    Usage usage;
    std::string_view rest = tail;
    for (int i = 0; i < eventsLookedAt; ++i) {
        const Event event = takeLastEvent(rest);
        if (event.text.empty())
            break;
        if (i == 0)
            usage.complete = isLast(endpoint, event);
        if (i == 0 || (i == 1 && usage.complete))
            usage.error = usage.error || isError(event);
    }
    readFigures(usage, endpoint, tail.substr(rest.size()));
    return usage;
}

} // namespace

Usage readUsage(AnswerForm form, std::string_view tail)
{
    if (!form.streamed)
        return readWhole(form, tail);
    if (dialectOf(form.endpoint) != Dialect::Ollama)
        return readEvents(form.endpoint, tail);
    const std::string_view text = trimmed(tail);
    const std::size_t newline = text.rfind('\n');
    return readOllama(form.endpoint, newline == std::string_view::npos ? text : text.substr(newline + 1));
}

} // namespace drover
