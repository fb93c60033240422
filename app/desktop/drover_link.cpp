// SPDX-License-Identifier: MIT
#include "app/desktop/drover_link.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

namespace drover::app {

namespace {

using Page = DroverLink::Page;

constexpr std::string_view scheme = "drover:";

constexpr std::array<std::pair<std::string_view, Page>, 10> pages{{{"now", Page::Now}, {"queue", Page::Queue},
    {"history", Page::History}, {"apps", Page::Apps}, {"models", Page::Models}, {"pools", Page::Pools},
    {"machine", Page::Machine}, {"playground", Page::Playground}, {"logs", Page::Logs}, {"settings", Page::Settings}}};

/// ASCII only: what a link means does not depend on the language of the machine.
std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& letter : result)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return result;
}

} // namespace

bool looksLikeLink(std::string_view text)
{
    return lower(text.substr(0, scheme.size())) == scheme;
}

Result<DroverLink> parseDroverLink(std::string_view text)
{
    if (text.size() > linkBytesMax)
        return fail(Errc::TooLarge, "the link is too long");
    std::string rest = lower(text);
    if (!rest.starts_with("drover://"))
        return fail(Errc::BadRequest, "a link to Drover begins with drover://");
    rest.erase(0, scheme.size() + 2);
    if (rest.ends_with('/')) // browsers add one
        rest.pop_back();
    if (rest == "open")
        return DroverLink{};
    constexpr std::string_view open = "open/";
    if (!rest.starts_with(open))
        return fail(Errc::BadRequest, "this Drover opens pages from links and does nothing else: drover://open/queue");
    rest.erase(0, open.size());
    const auto page = std::ranges::find(pages, rest, &std::pair<std::string_view, Page>::first);
    if (page == pages.end())
        return fail(Errc::BadRequest, "the link names a page that there is not; drover://open opens the window");
    return DroverLink{page->second};
}

} // namespace drover::app
