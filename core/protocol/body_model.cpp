// SPDX-License-Identifier: MIT
#include "core/protocol/body_model.h"

#include "core/protocol/json_members.h"
#include "core/protocol/json_text.h"

namespace drover {

std::optional<std::string> withModel(std::string_view body, std::string_view model)
{
    const std::string value = jsonString(model);
    std::string changed;
    std::size_t copied = 0;
    JsonMembers members(body);
    while (const auto member = members.next()) {
        if (!member->isNamedIgnoringCase("model"))
            continue;
        const auto at = static_cast<std::size_t>(member->value.data() - body.data());
        if (changed.empty())
            changed.reserve(body.size() + value.size());
        changed.append(body.substr(copied, at - copied)).append(value);
        copied = at + member->value.size();
    }
    if (changed.empty())
        return {};
    return std::move(changed.append(body.substr(copied)));
}

} // namespace drover
