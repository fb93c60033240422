// SPDX-License-Identifier: MIT
#include "core/fronts/status_rules.h"

#include <charconv>
#include <string>

namespace drover {

namespace {

constexpr std::string_view digits = "0123456789";

bool isPortOrNothing(std::string_view text)
{
    return text.empty() || (text.front() == ':' && text.find_first_not_of(digits, 1) == std::string_view::npos);
}

} // namespace

bool namesLoopback(std::string_view host)
{
    constexpr std::string_view v6 = "[::1]";
    if (host.starts_with(v6))
        return isPortOrNothing(host.substr(v6.size()));
    const std::size_t end = std::min(host.find(':'), host.size());
    if (!isPortOrNothing(host.substr(end)))
        return false;
    const std::string_view name = host.substr(0, end);
    if (equalsIgnoringCase(name, "localhost") || equalsIgnoringCase(name, "localhost."))
        return true;
    // A name of digits and dots alone is an address: no top-level domain is a number.
    return name.starts_with("127.") && name.find_first_not_of("0123456789.") == std::string_view::npos;
}

Result<> admit(const RequestHead& head, bool overLoopback)
{
    const std::string_view host = head.fields.get("Host");
    if (overLoopback && !host.empty() && !namesLoopback(host))
        return fail(Errc::Forbidden, "the Host must be localhost or 127.0.0.1");
    if (head.fields.count("Host") > 1)
        return fail(Errc::Forbidden, "there must be one Host");
    if (head.fields.has("Origin") && !equalsIgnoringCase(head.fields.get("Origin"), "http://" + std::string(host)))
        return fail(Errc::Forbidden, "pages of other origins may not call this address");
    const std::string_view site = head.fields.get("Sec-Fetch-Site");
    const bool ownSite = site.empty() || site == "none" || site == "same-origin";
    if (!ownSite && head.fields.get("Sec-Fetch-Mode") != "navigate")
        return fail(Errc::Forbidden, "pages of other sites may not call this address");
    return {};
}

std::optional<std::string_view> queryValue(std::string_view target, std::string_view name)
{
    std::size_t begin = target.find('?');
    while (begin < target.size()) {
        ++begin; // behind the ? or &
        const std::size_t end = std::min(target.find('&', begin), target.size());
        const std::string_view pair = target.substr(begin, end - begin);
        const std::size_t equals = std::min(pair.find('='), pair.size());
        if (pair.substr(0, equals) == name)
            return equals < pair.size() ? pair.substr(equals + 1) : std::string_view();
        begin = end;
    }
    return std::nullopt;
}

std::optional<std::uint64_t> naturalNumber(std::string_view text)
{
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

std::optional<std::chrono::seconds> timeSpan(std::string_view text)
{
    constexpr std::uint64_t yearSeconds = 366 * 86'400;
    std::uint64_t unit = 1;
    switch (text.empty() ? 0 : text.back()) {
    case 'd':
        unit *= 24;
        [[fallthrough]];
    case 'h':
        unit *= 60;
        [[fallthrough]];
    case 'm':
        unit *= 60;
        [[fallthrough]];
    case 's':
        text.remove_suffix(1);
    }
    const auto number = naturalNumber(text);
    if (!number || *number > yearSeconds / unit)
        return std::nullopt;
    return std::chrono::seconds(static_cast<std::int64_t>(*number * unit));
}

bool matchesTag(std::string_view field, std::string_view tag)
{
    return field == "*" || field.find(tag) != std::string_view::npos; // the quotes keep it from matching a part
}

Result<LogChoice> logChoice(std::string_view target)
{
    LogChoice choice;
    if (const auto level = queryValue(target, "level")) {
        choice.least = LogLevel::Off;
        for (const auto each : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
            if (*level == name(each))
                choice.least = each;
        }
        if (choice.least == LogLevel::Off)
            return fail(Errc::BadRequest, "?level= must be debug, info, warning or error");
    }
    if (const auto source = queryValue(target, "source")) {
        for (const auto each : {LogSource::Drover, LogSource::Ollama}) {
            if (*source == name(each))
                choice.source = each;
        }
        if (!choice.source)
            return fail(Errc::BadRequest, "?source= must be drover or ollama");
    }
    return choice;
}

} // namespace drover
