// SPDX-License-Identifier: MIT
// Where each app's setting is documented (looked up in November 2026):
//   Open WebUI   docs.openwebui.com, environment configuration: OLLAMA_BASE_URL, ENABLE_FORWARD_USER_INFO_HEADERS
//   Continue     docs.continue.dev/customize/model-providers/top-level/ollama: config.yaml, models[].apiBase
//   Zed          zed.dev/docs/ai/use-a-local-model: settings.json, language_models.ollama.api_url
//   OpenAI       github.com/openai/openai-python, openai-node: OPENAI_BASE_URL, OPENAI_API_KEY
//   Ollama       docs.ollama.com/faq, ollama-python, ollama-js: OLLAMA_HOST, Client(host), new Ollama({ host })
//   Anthropic    docs.ollama.com/api/anthropic-compatibility: ANTHROPIC_BASE_URL without /v1, ANTHROPIC_AUTH_TOKEN
//   Codex        developers.openai.com/codex/config-advanced: ~/.codex/config.toml, model_providers, wire_api
//   opencode     docs.ollama.com/integrations/opencode: opencode.json, provider.NAME.options.baseURL
//   n8n          docs.n8n.io/integrations/builtin/credentials/ollama: Base URL, API Key
//   Obsidian     github.com/logancyang/obsidian-copilot, local_copilot.md: Add Custom Model, provider ollama, Base URL
#include "app/apps/connect_cards.h"

#include "app/settings/address.h"

#include <QCoreApplication>

#include <algorithm>
#include <array>
#include <cctype>
#include <span>

namespace drover::app {

namespace {

using drover::Dialect;

/// A card before its address, key and model are filled in: {base}, {host}, {key} and {model}.
struct Template {
    struct Text {
        const char* where; ///< to be translated
        const char* text;
    };
    std::string_view id;
    std::string_view name;
    std::vector<const char*> steps; ///< to be translated
    std::vector<Text> texts;
    std::vector<std::string_view> callers; ///< parts of the user's name, in lower case
    std::vector<Dialect> dialects;
};

const std::vector<Template>& templates()
{
    static const std::vector<Template> all = {
        {"open-webui", "Open WebUI",
            {QT_TRANSLATE_NOOP("connect",
                 "In Open WebUI open Admin Settings, Connections, and put the address below "
                 "under Ollama API. Or start it with the variables."),
                QT_TRANSLATE_NOOP("connect",
                    "In Docker write host.docker.internal instead of 127.0.0.1. Drover must "
                    "then accept other hosts, which needs a key: drover keys add.")},
            {{QT_TRANSLATE_NOOP("connect", "Ollama API"), "{base}"},
                {QT_TRANSLATE_NOOP("connect", "in a terminal"),
                    "OLLAMA_BASE_URL={base} ENABLE_FORWARD_USER_INFO_HEADERS=true open-webui serve"}},
            {"open webui", "open-webui", "@"}, {Dialect::Ollama, Dialect::OpenAi}},
        {"continue", "Continue",
            {QT_TRANSLATE_NOOP("connect", "Put this into Continue's configuration (VS Code, JetBrains).")},
            {{QT_TRANSLATE_NOOP("connect", "~/.continue/config.yaml"),
                "models:\n  - name: {model}\n    provider: ollama\n    model: {model}\n    apiBase: {base}"}},
            {"vs code", "vscodium", "cursor", "jetbrains", "intellij", "pycharm", "webstorm", "clion", "goland",
                "continue"},
            {Dialect::Ollama}},
        {"zed", "Zed",
            {QT_TRANSLATE_NOOP("connect",
                "Open Zed's settings (zed: open settings) and add this. Zed finds the models "
                "by itself.")},
            {{QT_TRANSLATE_NOOP("connect", "settings.json"),
                "{\n  \"language_models\": {\n    \"ollama\": { \"api_url\": \"{base}\" }\n  }\n}"}},
            {"zed"}, {Dialect::Ollama}},
        {"openai", "OpenAI Python / JavaScript",
            {QT_TRANSLATE_NOOP("connect", "Scripts with the openai package, and whatever reads its variables.")},
            {{QT_TRANSLATE_NOOP("connect", "in a terminal"), "export OPENAI_BASE_URL={base}/v1 OPENAI_API_KEY={key}"},
                {QT_TRANSLATE_NOOP("connect", "Python"),
                    "from openai import OpenAI\nclient = OpenAI(base_url=\"{base}/v1\", api_key=\"{key}\")"},
                {QT_TRANSLATE_NOOP("connect", "JavaScript"),
                    "import OpenAI from \"openai\";\nconst client = new OpenAI({ baseURL: \"{base}/v1\", apiKey: "
                    "\"{key}\" });"}},
            {}, {Dialect::OpenAi}},
        {"ollama", "Ollama Python / JavaScript / CLI",
            {QT_TRANSLATE_NOOP("connect", "The ollama command, and scripts with the ollama package.")},
            {{QT_TRANSLATE_NOOP("connect", "in a terminal"), "OLLAMA_HOST={host} ollama run {model}"},
                {QT_TRANSLATE_NOOP("connect", "Python"), "from ollama import Client\nclient = Client(host=\"{base}\")"},
                {QT_TRANSLATE_NOOP("connect", "JavaScript"),
                    "import { Ollama } from \"ollama\";\nconst ollama = new Ollama({ host: \"{base}\" });"}},
            {"ollama"}, {Dialect::Ollama}},
        {"claude", "Claude Code",
            {QT_TRANSLATE_NOOP("connect",
                "Set these variables and start it with one of your models. The address has no "
                "/v1 here.")},
            {{QT_TRANSLATE_NOOP("connect", "in a terminal"),
                "export ANTHROPIC_BASE_URL={base} ANTHROPIC_AUTH_TOKEN={key} ANTHROPIC_API_KEY=\nclaude --model "
                "{model}"}},
            {"claude"}, {Dialect::Anthropic}},
        {"anthropic", "Anthropic Python / JavaScript",
            {QT_TRANSLATE_NOOP("connect", "Scripts with the anthropic package.")},
            {{QT_TRANSLATE_NOOP("connect", "Python"),
                 "import anthropic\nclient = anthropic.Anthropic(base_url=\"{base}\", api_key=\"{key}\")"},
                {QT_TRANSLATE_NOOP("connect", "JavaScript"),
                    "import Anthropic from \"@anthropic-ai/sdk\";\nconst client = new Anthropic({ baseURL: \"{base}\", "
                    "apiKey: \"{key}\" });"}},
            {}, {Dialect::Anthropic}},
        {"codex", "Codex", {QT_TRANSLATE_NOOP("connect", "Add this to Codex's configuration, then start: codex")},
            {{QT_TRANSLATE_NOOP("connect", "~/.codex/config.toml"),
                "model = \"{model}\"\nmodel_provider = \"drover\"\n\n[model_providers.drover]\nname = \"Drover\"\n"
                "base_url = \"{base}/v1\"\nwire_api = \"responses\""}},
            {"codex"}, {Dialect::OpenAi}},
        {"opencode", "opencode",
            {QT_TRANSLATE_NOOP("connect", "Add this to opencode's configuration, then choose the model with /models.")},
            {{QT_TRANSLATE_NOOP("connect", "~/.config/opencode/opencode.json"),
                "{\n  \"$schema\": \"https://opencode.ai/config.json\",\n  \"provider\": {\n    \"drover\": {\n"
                "      \"npm\": \"@ai-sdk/openai-compatible\",\n      \"name\": \"Drover\",\n"
                "      \"options\": { \"baseURL\": \"{base}/v1\" },\n"
                "      \"models\": { \"{model}\": { \"name\": \"{model}\" } }\n    }\n  }\n}"}},
            {"opencode"}, {Dialect::OpenAi}},
        {"n8n", "n8n",
            {QT_TRANSLATE_NOOP("connect",
                "Create a credential of the kind Ollama and put this under Base URL. The API "
                "Key may stay empty on this machine.")},
            {{QT_TRANSLATE_NOOP("connect", "Base URL"), "{base}"}}, {"n8n"}, {Dialect::Ollama}},
        {"obsidian", "Obsidian (Copilot)",
            {QT_TRANSLATE_NOOP("connect",
                "In the settings of the plugin Copilot choose Add Custom Model, the provider "
                "Ollama, and this Base URL.")},
            {{QT_TRANSLATE_NOOP("connect", "Model Name"), "{model}"},
                {QT_TRANSLATE_NOOP("connect", "Base URL"), "{base}"}},
            {"obsidian"}, {Dialect::Ollama}},
    };
    return all;
}

std::string translated(const char* text)
{
    return QCoreApplication::translate("connect", text).toStdString();
}

std::string filled(std::string text, const ConnectFacts& facts)
{
    const std::string base = baseUrl(facts.address);
    const std::array<std::pair<std::string_view, std::string>, 4> values = {
        std::pair<std::string_view, std::string>{"{base}", base}, {"{host}", base.substr(base.find("//") + 2)},
        {"{key}", facts.key.empty() ? "drover" : facts.key},
        {"{model}", facts.model.empty() ? "llama3.2" : facts.model}};
    for (const auto& [name, value] : values)
        for (std::size_t at = text.find(name); at != text.npos; at = text.find(name, at + value.size()))
            text.replace(at, name.size(), value);
    return text;
}

const Template* findTemplate(std::string_view id)
{
    const auto found = std::ranges::find(templates(), id, &Template::id);
    return found == templates().end() ? nullptr : &*found;
}

bool isNamed(const Template& card, const std::string& name)
{
    return std::ranges::any_of(
        card.callers, [&](std::string_view part) { return name.find(part) != std::string::npos; });
}

} // namespace

ConnectFacts connectFacts(const drover::Snapshot& snapshot)
{
    ConnectFacts facts;
    if (!snapshot.address.empty())
        facts.address = snapshot.address;
    for (const drover::BackendView& backend : snapshot.backends)
        for (const drover::ModelView& model : backend.models)
            if (facts.model.empty() || model.loaded) {
                facts.model = model.name;
                if (model.loaded)
                    return facts;
            }
    return facts;
}

std::vector<ConnectCard> connectCards(const ConnectFacts& facts)
{
    std::vector<ConnectCard> cards;
    for (const Template& each : templates()) {
        ConnectCard& card = cards.emplace_back();
        card.id = each.id;
        card.name = each.name;
        for (const char* step : each.steps)
            card.steps.push_back(translated(step));
        for (const auto& [where, text] : each.texts)
            card.snippets.push_back({translated(where), filled(text, facts)});
    }
    return cards;
}

std::string baseUrl(const std::string& text)
{
    auto address = parseAddress(text);
    if (!address)
        return "http://" + text;
    if (address->host == "0.0.0.0")
        address->host = "127.0.0.1";
    else if (address->host == "::")
        address->host = "::1";
    return "http://" + addressText(*address);
}

Match matchApp(std::string_view id, std::string_view userName, drover::Dialect dialect)
{
    const Template* card = findTemplate(id);
    if (!card)
        return Match::None;
    std::string name(userName);
    std::ranges::transform(
        name, name.begin(), [](unsigned char letter) { return static_cast<char>(std::tolower(letter)); });
    if (isNamed(*card, name))
        return Match::Certain;
    const bool speaks = std::ranges::find(card->dialects, dialect) != card->dialects.end();
    const bool another =
        std::ranges::any_of(templates(), [&](const Template& other) { return &other != card && isNamed(other, name); });
    return speaks && !another ? Match::Likely : Match::None;
}

} // namespace drover::app
