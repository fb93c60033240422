// SPDX-License-Identifier: MIT
// Whatever a backend lists, what Drover makes of it is a list again, with the same models.
#include "core/protocol/model_lists.h"
#include "core/protocol/model_name.h"
#include "split.h"

#include <array>
#include <set>
#include <string>

using namespace drover;
using fuzz::require;

namespace {

constexpr std::array kinds{ModelListKind::Tags, ModelListKind::Loaded, ModelListKind::OpenAi};

std::set<std::string> namesOf(const ModelList& list)
{
    std::set<std::string> names;
    for (const ModelEntry& entry : list.entries) {
        require(!entry.name.empty() && !entry.rawJson.empty(), "entries have a name and a text");
        names.insert(normaliseModel(entry.name));
    }
    return names;
}

void check(const ModelList& list, ModelListKind asked)
{
    const auto again = parseModelList(asked, mergeModelLists(asked, {list, list}));
    require(static_cast<bool>(again), "a merged list is a list");
    const bool apart = (list.kind == ModelListKind::Loaded) != (asked == ModelListKind::Loaded);
    if (list.kind == asked)
        require(namesOf(*again) == namesOf(list), "the same models");
    else
        require(again->entries.size() == (apart ? 0 : namesOf(list).size()), "as many models");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view body(reinterpret_cast<const char*>(bytes), size);
    for (const ModelListKind kind : kinds) {
        const auto list = parseModelList(kind, body);
        if (!list)
            continue;
        for (const ModelListKind asked : kinds)
            check(*list, asked);
        if (!list->entries.empty() && kind != ModelListKind::Loaded)
            require(!findOpenAiModel(list->entries.front().name, {*list}).empty(), "a listed model is found");
    }
    return 0;
}
