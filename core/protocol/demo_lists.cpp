// SPDX-License-Identifier: MIT
#include "core/protocol/demo_lists.h"

#include "core/protocol/demo_text.h"
#include "core/protocol/json_text.h"
#include "core/protocol/rfc3339.h"

namespace drover {

namespace {

constexpr std::string_view digest = "0000000000000000000000000000000000000000000000000000000000000000";
constexpr std::string_view details =
    R"("details":{"parent_model":"","format":"simulated","family":"simulated","families":["simulated"],)"
    R"("parameter_size":"","quantization_level":""})";
constexpr std::string_view capabilities = R"("capabilities":["completion","embedding"])";
constexpr std::string_view contextTokens = "4096";

/// An entry of a list of models, left open.
std::string entry()
{
    std::string text = "{\"name\":" + jsonString(demoModel) + ",\"model\":" + jsonString(demoModel);
    return text.append(",\"size\":0,\"digest\":\"").append(digest).append("\",").append(details);
}

} // namespace

std::string demoTags(std::int64_t created)
{
    std::string text = "{\"models\":[" + entry() + ",\"modified_at\":" + jsonString(formatRfc3339(created)) + ",";
    return text.append(capabilities).append("}]}");
}

std::string demoLoaded(std::int64_t expires)
{
    std::string text = "{\"models\":[" + entry() + ",\"expires_at\":" + jsonString(formatRfc3339(expires));
    return text.append(",\"size_vram\":0,\"context_length\":").append(contextTokens).append("}]}");
}

std::string demoOpenAiModel(std::int64_t created)
{
    return "{\"id\":" + jsonString(demoModel) + ",\"object\":\"model\",\"created\":" + std::to_string(created)
        + ",\"owned_by\":\"drover-demo\"}";
}

std::string demoModels(std::int64_t created)
{
    return "{\"object\":\"list\",\"data\":[" + demoOpenAiModel(created) + "]}";
}

std::string demoShown(std::int64_t created)
{
    std::string text = R"({"license":"MIT","modelfile":"# Drover's simulated model. There is nothing behind it.",)"
                       R"("parameters":"","template":"{{ .Prompt }}",)";
    text.append(details).append(R"(,"model_info":{"general.architecture":"simulated","general.parameter_count":0,)");
    text.append(R"("simulated.context_length":)").append(contextTokens).append("},").append(capabilities);
    return text + ",\"modified_at\":" + jsonString(formatRfc3339(created)) + "}";
}

} // namespace drover
