// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting_access.h"

#include <cstdint>
#include <string_view>
#include <vector>

// For lupdate: the window shows these sentences in its own language. No Qt comes with it.
#ifndef QT_TRANSLATE_NOOP
#define QT_TRANSLATE_NOOP(context, text) text
#endif

// What the rows of the table of settings are written with.
namespace drover::app {

inline constexpr std::int64_t second = 1'000;
inline constexpr std::int64_t minute = 60 * second;
inline constexpr std::int64_t hour = 60 * minute;
inline constexpr std::int64_t day = 24 * hour;
inline constexpr std::int64_t kibi = 1 << 10;
inline constexpr std::int64_t mebi = 1 << 20;
inline constexpr std::int64_t gibi = 1 << 30;

/// Other names of a setting, and when a change of it counts.
struct Names {
    Effect effect = Effect::AtOnce;
    std::vector<EnvironmentName> environment = {};
    std::vector<Flag> flags = {};
};

/// A row for the field that `Field` returns a reference to; one lambda both reads and writes it.
template <class Field>
Setting row(std::string_view key, const ValueRule& rule, std::string_view sentence, Field, const Names& names = {})
{
    return {.key = key,
        .rule = rule,
        .sentence = sentence,
        .effect = names.effect,
        .environment = names.environment,
        .flags = names.flags,
        .get = [](const Settings& settings) { return toValue(Field{}(settings)); },
        .set = [](Settings& settings, const SettingValue& value) { assign(Field{}(settings), value); }};
}

inline ValueRule ruled(
    ValueType type, std::int64_t least, std::int64_t most, std::string_view word = {}, std::int64_t wordValue = 0)
{
    return {.type = type, .least = least, .most = most, .word = word, .wordValue = wordValue};
}

/// The rows of the pool that this machine hosts.
std::vector<Setting> hostRows();

} // namespace drover::app
