// SPDX-License-Identifier: MIT
#include "app/desktop/drover_link.h"

#include "app/joining/invitation.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>
#include <utility>

namespace drover::app {

namespace {

using Page = DroverLink::Page;

constexpr std::string_view scheme = "drover:";

constexpr std::array<std::pair<std::string_view, Page>, 11> pages{
    {{"now", Page::Now}, {"queue", Page::Queue}, {"history", Page::History}, {"apps", Page::Apps},
        {"models", Page::Models}, {"pools", Page::Pools}, {"host", Page::Host}, {"machine", Page::Machine},
        {"playground", Page::Playground}, {"logs", Page::Logs}, {"settings", Page::Settings}}};

/// ASCII only: what a link means does not depend on the language of the machine.
std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& letter : result)
        if (letter >= 'A' && letter <= 'Z')
            letter = static_cast<char>(letter - 'A' + 'a');
    return result;
}

std::optional<std::uint64_t> number(std::string_view digits)
{
    std::uint64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc() || end != digits.data() + digits.size())
        return {};
    return value;
}

/// "15m", "2h", "90s", "1d": more than nothing, at most the longest pause.
std::optional<std::chrono::seconds> span(std::string_view text)
{
    constexpr std::string_view units = "smhd";
    constexpr std::array<std::int64_t, 4> seconds{1, 60, 3'600, 86'400};
    const auto unit = text.empty() ? units.npos : units.find(text.back());
    const auto count = number(text.substr(0, text.empty() ? 0 : text.size() - 1));
    if (unit == units.npos || !count || *count == 0)
        return {};
    const auto most = std::chrono::seconds(drover::pauseLengthMax).count() / seconds[unit];
    if (*count > static_cast<std::uint64_t>(most))
        return {};
    return std::chrono::seconds(static_cast<std::int64_t>(*count) * seconds[unit]);
}

Result<DroverLink> openLink(std::string_view page)
{
    const auto known = std::ranges::find(pages, page, &std::pair<std::string_view, Page>::first);
    if (known == pages.end())
        return fail(Errc::BadRequest, "the link names a page that there is not; drover://open opens the window");
    return DroverLink{.page = known->second};
}

Result<DroverLink> pauseLink(std::string_view query)
{
    constexpr std::string_view name = "?for=";
    if (query.empty())
        return DroverLink{.kind = DroverLink::Kind::Pause};
    const auto time = query.starts_with(name) ? span(query.substr(name.size())) : std::nullopt;
    if (!time)
        return fail(Errc::BadRequest, "the link names no time to pause for, such as drover://pause?for=15m");
    return DroverLink{.kind = DroverLink::Kind::Pause, .pauseFor = time};
}

Result<DroverLink> jobLink(std::string_view id)
{
    const auto job = number(id);
    if (!job || *job == 0)
        return fail(Errc::BadRequest, "the link names no job; drover://open/queue shows them all");
    return DroverLink{.kind = DroverLink::Kind::Job, .job = *job};
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
    if (looksLikeJoinLink(text)) { // keys are told apart by the case of their letters
        if (const auto invitation = parseInvitation(text); !invitation)
            return invitation.error();
        return DroverLink{.kind = DroverLink::Kind::Join, .invitation = std::string(text)};
    }
    std::string rest = lower(text);
    if (!rest.starts_with("drover://"))
        return fail(Errc::BadRequest, "a link to Drover begins with drover://");
    rest.erase(0, scheme.size() + 2);
    if (rest.ends_with('/')) // browsers add one
        rest.pop_back();
    const std::string_view what = rest;
    constexpr std::string_view open = "open/";
    constexpr std::string_view pause = "pause";
    constexpr std::string_view queue = "queue/";
    if (what == "open")
        return DroverLink{};
    if (what.starts_with(open))
        return openLink(what.substr(open.size()));
    if (what == pause || what.starts_with("pause?"))
        return pauseLink(what.substr(pause.size()));
    if (what == "resume")
        return DroverLink{.kind = DroverLink::Kind::Resume};
    if (what.starts_with(queue))
        return jobLink(what.substr(queue.size()));
    return fail(Errc::BadRequest, "this Drover can do nothing that the link asks for");
}

} // namespace drover::app
