// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"
#include "core/api/snapshot.h"

#include <array>
#include <concepts>
#include <type_traits>

namespace drover::app {

std::string_view levelName(drover::LogLevel level); ///< "debug", "info", "warning", "error", "off"

std::string_view name(OllamaMode mode); ///< "adopt", "supervise", "remote"

std::string_view name(Language language); ///< "system", "en", "de"

std::string_view name(ThemeChoice theme); ///< "system", "light", "dark"

std::string_view name(TrayIconStyle style); ///< "auto", "light", "dark", "colour"

template <class Enum> constexpr auto everyOf()
{
    if constexpr (std::same_as<Enum, drover::Fairness>)
        return std::array{Enum::Tokens, Enum::Time, Enum::Requests};
    else if constexpr (std::same_as<Enum, drover::Shedding>)
        return std::array{Enum::None, Enum::Codel};
    else if constexpr (std::same_as<Enum, drover::BackendKind>)
        return std::array{Enum::Ollama, Enum::OpenAi, Enum::Demo};
    else if constexpr (std::same_as<Enum, drover::LaneRule>)
        return std::array{Enum::Automatic, Enum::Interactive, Enum::Normal, Enum::Batch};
    else if constexpr (std::same_as<Enum, drover::MannersPreset>)
        return std::array{Enum::Polite, Enum::Away, Enum::Dedicated};
    else if constexpr (std::same_as<Enum, OllamaMode>)
        return std::array{Enum::Adopt, Enum::Supervise, Enum::Remote};
    else if constexpr (std::same_as<Enum, Language>)
        return std::array{Enum::System, Enum::English, Enum::German};
    else if constexpr (std::same_as<Enum, ThemeChoice>)
        return std::array{Enum::System, Enum::Light, Enum::Dark};
    else if constexpr (std::same_as<Enum, TrayIconStyle>)
        return std::array{Enum::Auto, Enum::Light, Enum::Dark, Enum::Colour};
    else
        return std::array{Enum::Debug, Enum::Info, Enum::Warning, Enum::Error, Enum::Off};
}

inline std::string_view choiceName(drover::LogLevel level)
{
    return levelName(level);
}
inline std::string_view choiceName(OllamaMode mode)
{
    return name(mode);
}
inline std::string_view choiceName(Language language)
{
    return name(language);
}
inline std::string_view choiceName(ThemeChoice theme)
{
    return name(theme);
}
inline std::string_view choiceName(TrayIconStyle style)
{
    return name(style);
}
template <class Enum> std::string_view choiceName(Enum value)
{
    return drover::name(value);
}

/// A field of a struct as a value of the table.
template <class Type> SettingValue toValue(const Type& field)
{
    if constexpr (std::is_enum_v<Type>)
        return std::string(choiceName(field));
    else if constexpr (std::is_integral_v<Type> && !std::same_as<Type, bool>)
        return static_cast<std::int64_t>(field);
    else
        return field;
}

/// The way back. The value fits: its rule was checked.
template <class Type> void assign(Type& field, const SettingValue& value)
{
    if constexpr (std::is_enum_v<Type>) {
        for (const auto each : everyOf<Type>()) {
            if (choiceName(each) == std::get<std::string>(value))
                field = each;
        }
    } else if constexpr (std::is_integral_v<Type> && !std::same_as<Type, bool>)
        field = static_cast<Type>(std::get<std::int64_t>(value));
    else
        field = std::get<Type>(value);
}

/// The names of an enumeration, for the rule of a choice.
template <class Enum> std::vector<std::string_view> choicesOf()
{
    std::vector<std::string_view> names;
    for (const auto each : everyOf<Enum>())
        names.push_back(choiceName(each));
    return names;
}

} // namespace drover::app
