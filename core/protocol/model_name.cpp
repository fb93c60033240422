// SPDX-License-Identifier: MIT
#include "core/protocol/model_name.h"

namespace drover {

namespace {

/// Drops what says no more than the name alone; repeatedly, so that a name made here stays as it is.
void dropDefaults(std::string& name)
{
    for (bool dropped = true; dropped;) {
        dropped = false;
        for (const std::string_view prefix : {"https://", "http://", "registry.ollama.ai/", "library/"}) {
            if (name.size() > prefix.size() && name.starts_with(prefix) && name[prefix.size()] != ':') {
                name.erase(0, prefix.size());
                dropped = true;
            }
        }
    }
}

/// Where the tag's colon is; npos when there is none. A colon before the last slash belongs to a port.
std::size_t tagColon(std::string_view name)
{
    const std::size_t slash = name.rfind('/');
    return name.find(':', slash == std::string_view::npos ? 0 : slash);
}

} // namespace

std::string normaliseModel(std::string_view name)
{
    std::string result(name);
    for (char& c : result) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    dropDefaults(result);
    if (result.empty())
        return result;
    const std::size_t colon = tagColon(result);
    if (colon == std::string::npos)
        result += ":latest";
    else if (colon + 1 == result.size())
        result += "latest";
    return result;
}

bool isCloudModel(std::string_view name)
{
    const std::size_t colon = tagColon(name);
    if (colon == std::string_view::npos)
        return false;
    std::string tag(name.substr(colon + 1));
    for (char& c : tag) {
        if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return tag == "cloud" || tag.ends_with("-cloud");
}

} // namespace drover
