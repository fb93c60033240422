// SPDX-License-Identifier: MIT
// A body with another model says that model and nothing else anew; names and paths of strangers are sorted without
// harm.
#include "core/protocol/body_model.h"
#include "core/protocol/host_routes.h"
#include "core/protocol/model_alias.h"
#include "core/protocol/model_name.h"
#include "split.h"

#include <boost/json/parse.hpp>

#include <string>

using namespace drover;
using fuzz::require;

namespace {

namespace json = boost::json;

bool isModel(std::string_view name)
{
    constexpr std::string_view model = "model";
    return name.size() == model.size()
        && std::equal(name.begin(), name.end(), model.begin(), [](char a, char b) { return (a | 32) == b; });
}

void checkBody(std::string_view body)
{
    const auto changed = withModel(body, "new\"1");
    json::error_code error;
    json::value before = json::parse(body, error);
    if (error || !before.is_object())
        return;
    bool has = false;
    for (auto& member : before.get_object()) {
        if (!isModel(member.key()))
            continue;
        has = true;
        member.value() = "new\"1";
    }
    require(has == changed.has_value(), "changed where there is a model");
    require(!changed || json::parse(*changed) == before, "nothing else is changed");
}

void checkNames(std::string_view text)
{
    const std::string name = normaliseModel(text);
    const std::string family = quantFamily(name);
    require(std::string_view(name).starts_with(family), "a family is the beginning of a name");
    require(family.empty() || quantFamily(family + "-q4_0") == family, "with a quantization it is the same family");
    const HostRoute route = findHostRoute("GET", text, "/own");
    require(route.kind != HostRouteKind::Model || text.ends_with(route.model), "a model is the end of a path");
    require((route.kind == HostRouteKind::Unknown) == route.allow.empty(), "known paths allow something");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    checkBody(text);
    checkNames(text);
    return 0;
}
