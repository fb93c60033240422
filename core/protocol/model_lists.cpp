// SPDX-License-Identifier: MIT
#include "core/protocol/model_lists.h"

#include "core/api/snapshot.h"
#include "core/protocol/json_text.h"
#include "core/protocol/model_name.h"
#include "core/protocol/rfc3339.h"

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <limits>
#include <set>

namespace json = boost::json;

namespace drover {

namespace {

std::string_view arrayName(ModelListKind kind)
{
    return kind == ModelListKind::OpenAi ? "data" : "models";
}

std::string textOf(const json::object& object, std::string_view key)
{
    const auto* member = object.if_contains(key);
    const auto* text = member == nullptr ? nullptr : member->if_string();
    return text == nullptr ? std::string() : std::string(text->data(), text->size());
}

std::uint64_t numberOf(const json::object& object, std::string_view key)
{
    const auto* member = object.if_contains(key);
    if (member == nullptr)
        return 0;
    if (const auto* whole = member->if_int64())
        return *whole < 0 ? 0 : static_cast<std::uint64_t>(*whole);
    if (const auto* large = member->if_uint64())
        return *large;
    const auto* real = member->if_double();
    return real != nullptr && *real >= 0 && *real < 1e18 ? static_cast<std::uint64_t>(*real) : 0;
}

const json::object& objectOf(const json::object& object, std::string_view key)
{
    static const json::object none;
    const auto* member = object.if_contains(key);
    const auto* inner = member == nullptr ? nullptr : member->if_object();
    return inner == nullptr ? none : *inner;
}

std::uint32_t contextOf(const json::object& entry)
{
    // Ollama's two places, vLLM's, LM Studio's, llama.cpp's.
    std::uint64_t tokens = numberOf(entry, "context_length");
    for (const char* key : {"max_model_len", "max_context_length"})
        tokens = tokens == 0 ? numberOf(entry, key) : tokens;
    if (tokens == 0)
        tokens = numberOf(objectOf(entry, "details"), "context_length");
    if (tokens == 0)
        tokens = numberOf(objectOf(entry, "meta"), "n_ctx_train");
    constexpr std::uint64_t most = std::numeric_limits<std::uint32_t>::max();
    return static_cast<std::uint32_t>(tokens < most ? tokens : most);
}

/// Cut at a character's edge.
std::string detailOf(const json::object& details, std::string_view key)
{
    std::string text = textOf(details, key);
    if (text.size() <= detailBytesMax)
        return text;
    std::size_t end = detailBytesMax;
    while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80)
        --end;
    text.resize(end);
    return text;
}

/// Ollama writes "never" (keep_alive below 0) as a time some hundred years ahead (protocols/ollama.md section 3).
std::int64_t expiryOf(std::string_view text)
{
    constexpr std::int64_t farAhead = 7'258'118'400; // the year 2200
    const std::int64_t seconds = parseRfc3339(text).value_or(0);
    return seconds >= farAhead ? ModelView::expiresNever : seconds * 1000;
}

ModelEntry entryFrom(ModelListKind kind, const json::object& object)
{
    ModelEntry entry;
    if (kind == ModelListKind::OpenAi) {
        entry.name = textOf(object, "id");
        entry.bytes = numberOf(objectOf(object, "meta"), "size");
        constexpr std::uint64_t latest = 253'402'300'799; // the end of the year 9999
        const std::uint64_t created = numberOf(object, "created");
        entry.created = static_cast<std::int64_t>(created < latest ? created : latest);
    } else {
        entry.name = textOf(object, "name");
        if (entry.name.empty())
            entry.name = textOf(object, "model");
        entry.bytes = numberOf(object, "size");
        entry.gpuBytes = numberOf(object, "size_vram");
        entry.created = parseRfc3339(textOf(object, "modified_at")).value_or(0);
        if (kind == ModelListKind::Loaded)
            entry.expiresAt = expiryOf(textOf(object, "expires_at"));
    }
    const json::object& details = objectOf(object, "details");
    entry.family = detailOf(details, "family");
    entry.parameterSize = detailOf(details, "parameter_size");
    entry.quantization = detailOf(details, "quantization_level");
    entry.contextTokens = contextOf(object);
    return entry;
}

/// Cuts a text that is known to be valid JSON into its values, so that they can be passed on as they came.
class JsonCutter {
public:
    explicit JsonCutter(std::string_view text)
        : m_rest(text)
    {
    }

    bool at(char c)
    {
        skipBlanks();
        return m_rest.starts_with(c);
    }

    bool take(char c)
    {
        if (!at(c))
            return false;
        m_rest.remove_prefix(1);
        return true;
    }

    /// The next value or key.
    std::string_view value()
    {
        skipBlanks();
        const std::string_view begin = m_rest;
        int depth = 0;
        do {
            if (m_rest.empty())
                break;
            const char c = m_rest.front();
            if (c == '"') {
                skipString();
            } else if (c == '{' || c == '[') {
                ++depth;
                m_rest.remove_prefix(1);
            } else if (c == '}' || c == ']') {
                --depth;
                m_rest.remove_prefix(1);
            } else {
                skipPlain(depth);
            }
        } while (depth > 0);
        return begin.substr(0, begin.size() - m_rest.size());
    }

private:
    void skipBlanks()
    {
        while (!m_rest.empty() && (m_rest.front() == ' ' || (m_rest.front() >= '\t' && m_rest.front() <= '\r')))
            m_rest.remove_prefix(1);
    }

    void skipString()
    {
        m_rest.remove_prefix(1);
        while (!m_rest.empty() && m_rest.front() != '"')
            m_rest.remove_prefix(m_rest.front() == '\\' && m_rest.size() > 1 ? 2 : 1);
        if (!m_rest.empty())
            m_rest.remove_prefix(1);
    }

    /// Numbers, words, and inside of brackets also what stands between values.
    void skipPlain(int depth)
    {
        const std::size_t end = m_rest.find_first_of(depth > 0 ? "\"{}[]" : ",}] \t\r\n");
        m_rest.remove_prefix(end == std::string_view::npos ? m_rest.size() : end == 0 ? 1 : end);
    }

    std::string_view m_rest;
};

/// The elements of the top-level member `name`, the last one of that name; `text` is valid JSON.
std::vector<std::string_view> elementsOf(std::string_view text, std::string_view name)
{
    std::vector<std::string_view> elements;
    JsonCutter cutter(text);
    if (!cutter.take('{'))
        return elements;
    while (cutter.at('"')) {
        const std::string_view key = cutter.value();
        cutter.take(':');
        const std::string_view value = cutter.value();
        if (key.size() == name.size() + 2 && key.substr(1, name.size()) == name) {
            elements.clear();
            JsonCutter inner(value);
            if (inner.take('[') && !inner.at(']')) {
                do {
                    elements.push_back(inner.value());
                } while (inner.take(','));
            }
        }
        if (!cutter.take(','))
            break;
    }
    return elements;
}

/// 64 hex digits that stand for a model whose backend tells no digest; `ollama list` shows the first twelve and
/// cannot do without. FNV-1a over the name, four times.
std::string standInDigest(std::string_view name)
{
    std::string digest;
    for (std::uint64_t round = 0; round < 4; ++round) {
        std::uint64_t hash = 14695981039346656037ULL + round;
        for (const char c : name)
            hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
        for (int shift = 60; shift >= 0; shift -= 4)
            digest += "0123456789abcdef"[hash >> shift & 15];
    }
    return digest;
}

std::string asTag(const ModelEntry& entry)
{
    std::string text = "{\"name\":" + jsonString(entry.name) + ",\"model\":" + jsonString(entry.name);
    // The year 1 is Go's "not known", which `ollama list` knows.
    text += ",\"modified_at\":\"" + (entry.created == 0 ? "0001-01-01T00:00:00Z" : formatRfc3339(entry.created));
    text += "\",\"size\":" + std::to_string(entry.bytes) + ",\"digest\":\"" + standInDigest(entry.name);
    text += "\",\"details\":{\"parent_model\":\"\",\"format\":\"\",\"family\":\"\",\"families\":null,"
            "\"parameter_size\":\"\",\"quantization_level\":\"\"}}";
    return text;
}

/// Ollama gives the namespace as owner.
std::string ownerOf(std::string_view name)
{
    const std::size_t last = name.rfind('/');
    if (last == std::string_view::npos)
        return "library";
    const std::string_view before = name.substr(0, last);
    const std::size_t slash = before.rfind('/');
    return std::string(slash == std::string_view::npos ? before : before.substr(slash + 1));
}

std::string asOpenAi(const ModelEntry& entry)
{
    return "{\"id\":" + jsonString(entry.name) + ",\"object\":\"model\",\"created\":" + std::to_string(entry.created)
        + ",\"owned_by\":" + jsonString(ownerOf(entry.name)) + "}";
}

bool canBecome(ModelListKind from, ModelListKind asked)
{
    return (from == ModelListKind::Loaded) == (asked == ModelListKind::Loaded);
}

std::string entryAs(ModelListKind asked, ModelListKind from, const ModelEntry& entry)
{
    if (from == asked)
        return entry.rawJson;
    return asked == ModelListKind::OpenAi ? asOpenAi(entry) : asTag(entry);
}

} // namespace

Result<ModelList> parseModelList(ModelListKind kind, std::string_view body)
{
    json::error_code failed;
    const json::value value = json::parse(body, failed, {}, {.max_depth = 64, .allow_invalid_utf8 = true});
    const auto* top = failed ? nullptr : value.if_object();
    const auto* array = top == nullptr ? nullptr : top->if_contains(arrayName(kind));
    if (array == nullptr || !(array->is_array() || array->is_null()))
        return fail(Errc::BackendFailed, "the list of models is not what it should be");
    ModelList list{kind, {}};
    if (array->is_null()) // Go's empty list
        return list;
    const json::array& items = array->get_array();
    const std::vector<std::string_view> raw = elementsOf(body, arrayName(kind));
    for (std::size_t i = 0; i < items.size() && list.entries.size() < modelsMax; ++i) {
        const auto* object = items[i].if_object();
        if (object == nullptr)
            continue;
        ModelEntry entry = entryFrom(kind, *object);
        if (entry.name.empty())
            continue;
        // The cutter does not see a key that is written with escapes; then the entry is written anew.
        entry.rawJson = raw.size() == items.size() ? std::string(raw[i]) : json::serialize(items[i]);
        list.entries.push_back(std::move(entry));
    }
    return list;
}

std::string mergeModelLists(ModelListKind asked, const std::vector<ModelList>& lists)
{
    std::string body = asked == ModelListKind::OpenAi ? "{\"object\":\"list\",\"data\":[" : "{\"models\":[";
    std::set<std::string> seen;
    for (const ModelList& list : lists) {
        if (!canBecome(list.kind, asked))
            continue;
        for (const ModelEntry& entry : list.entries) {
            if (!seen.insert(normaliseModel(entry.name)).second)
                continue;
            if (seen.size() > 1)
                body += ',';
            body += entryAs(asked, list.kind, entry);
        }
    }
    return body + "]}";
}

std::string findOpenAiModel(std::string_view id, const std::vector<ModelList>& lists)
{
    const std::string wanted = normaliseModel(id);
    for (const ModelList& list : lists) {
        if (list.kind == ModelListKind::Loaded)
            continue;
        for (const ModelEntry& entry : list.entries) {
            if (normaliseModel(entry.name) == wanted)
                return entryAs(ModelListKind::OpenAi, list.kind, entry);
        }
    }
    return {};
}

} // namespace drover
