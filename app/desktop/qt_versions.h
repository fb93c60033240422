// SPDX-License-Identifier: MIT
#pragma once

#include <QGuiApplication>
#include <QObject>
#include <QStyleHints>

#include <optional>

// The one place that knows what differs between Qt 6.4 and later versions.

namespace drover::app {

/// Whether Qt says that windows are dark; nothing when it does not know (always so before Qt 6.5).
inline std::optional<bool> qtSaysDark()
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    switch (QGuiApplication::styleHints()->colorScheme()) {
    case Qt::ColorScheme::Dark:
        return true;
    case Qt::ColorScheme::Light:
        return false;
    case Qt::ColorScheme::Unknown:
        return std::nullopt;
    }
#endif
    return std::nullopt;
}

/// Calls `changed` each time Qt notices that the system went light or dark; never before Qt 6.5.
template <class Function> void onQtColorsChanged([[maybe_unused]] QObject* context, [[maybe_unused]] Function changed)
{
#if QT_VERSION >= QT_VERSION_CHECK(6, 5, 0)
    QObject::connect(QGuiApplication::styleHints(), &QStyleHints::colorSchemeChanged, context, changed);
#endif
}

} // namespace drover::app
