// SPDX-License-Identifier: MIT
#include "app/command/key_words.h"

#include "app/settings/number_text.h"
#include "app/settings/value_text.h"

#include <limits>

namespace drover::app {

namespace {

drover::Error bad(const std::string& option, const std::string& what)
{
    return drover::fail(drover::Errc::BadRequest, option + " must be " + what);
}

/// "100k", "off"; `into` stays as it is for no text at all.
template <class Number> drover::Result<> readCount(const std::string& text, const std::string& option, Number& into)
{
    if (text.empty())
        return {};
    if (text == "off") {
        into = 0;
        return {};
    }
    constexpr std::int64_t most = std::min<std::uint64_t>(std::numeric_limits<Number>::max(), 1'000'000'000'000'000);
    const auto value = parseValue({.type = ValueType::Count, .least = 1, .most = most}, text);
    if (!value)
        return bad(option, "off or " + value.error().detail);
    into = static_cast<Number>(std::get<std::int64_t>(*value));
    return {};
}

drover::Result<> readWeight(const std::string& text, double& into)
{
    if (text.empty())
        return {};
    const Decimal number = parseDecimal(text);
    if (number.length != text.size() || number.number < 0.01 || number.number > 100)
        return bad("--weight", "a number between 0.01 and 100");
    into = number.number;
    return {};
}

std::vector<std::string> split(std::string_view text)
{
    std::vector<std::string> parts;
    while (!text.empty()) {
        const std::size_t end = std::min(text.find(','), text.size());
        if (const auto part = trimmed(text.substr(0, end)); !part.empty())
            parts.emplace_back(part);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return parts;
}

std::string countText(std::uint64_t count)
{
    return inUnits(static_cast<std::int64_t>(count), countUnitsWritten, "");
}

} // namespace

bool KeyWords::allowsAnything() const
{
    return !(models.empty() && weight.empty() && requestsPerMinute.empty() && tokensPerMinute.empty()
        && tokensPerDay.empty() && running.empty());
}

drover::Result<drover::KeyAllowance> allowanceOf(const KeyWords& words, drover::KeyAllowance before)
{
    drover::KeyAllowance allowance = std::move(before);
    if (!words.models.empty())
        allowance.models = words.models == "all" ? std::vector<std::string>() : split(words.models);
    for (const auto& read : {readWeight(words.weight, allowance.weight),
             readCount(words.requestsPerMinute, "--rpm", allowance.requestsPerMinute),
             readCount(words.tokensPerMinute, "--tpm", allowance.tokensPerMinute),
             readCount(words.tokensPerDay, "--tpd", allowance.tokensPerDay),
             readCount(words.running, "--running", allowance.runningMax)})
        if (!read)
            return read.error();
    return allowance;
}

drover::Result<std::chrono::seconds> secondsOf(
    const std::string& text, const std::string& option, std::chrono::seconds least, std::chrono::seconds most)
{
    using std::chrono::milliseconds;
    const ValueRule rule{
        .type = ValueType::Duration, .least = milliseconds(least).count(), .most = milliseconds(most).count()};
    const auto value = parseValue(rule, text);
    if (!value)
        return bad(option, value.error().detail);
    return std::chrono::duration_cast<std::chrono::seconds>(std::get<milliseconds>(*value));
}

drover::Result<std::uint32_t> countOf(const std::string& text, const std::string& option, std::uint32_t most)
{
    const auto number = parseWhole(text);
    if (!number || *number < 1 || *number > most)
        return bad(option, "a whole number between 1 and " + std::to_string(most));
    return static_cast<std::uint32_t>(*number);
}

std::string allowanceText(const drover::KeyAllowance& allowance)
{
    std::string text;
    const auto add = [&text](std::string_view word, const std::string& value) {
        text += (text.empty() ? "" : " ") + std::string(word) + '=' + value;
    };
    if (allowance.weight != 1) {
        std::string weight = std::to_string(allowance.weight);
        weight.erase(weight.find_last_not_of('0') + 1);
        add("weight", weight.ends_with('.') ? weight.substr(0, weight.size() - 1) : weight);
    }
    std::string models;
    for (const std::string& model : allowance.models)
        models += (models.empty() ? "" : ",") + model;
    if (!models.empty())
        add("models", models);
    if (allowance.requestsPerMinute > 0)
        add("rpm", countText(allowance.requestsPerMinute));
    if (allowance.tokensPerMinute > 0)
        add("tpm", countText(allowance.tokensPerMinute));
    if (allowance.tokensPerDay > 0)
        add("tpd", countText(allowance.tokensPerDay));
    if (allowance.runningMax > 0)
        add("running", std::to_string(allowance.runningMax));
    return text;
}

std::string_view name(KeyKind kind)
{
    switch (kind) {
    case KeyKind::App:
        return "app";
    case KeyKind::Pool:
        return "pool";
    case KeyKind::Worker:
        return "worker";
    }
    return {};
}

} // namespace drover::app
