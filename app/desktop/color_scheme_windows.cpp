// SPDX-License-Identifier: MIT
#include "app/desktop/color_scheme.h"

#include <QSettings>

namespace drover::app {

namespace {

std::optional<ColorScheme> personalized(const QString& name)
{
    const QSettings registry(
        QStringLiteral("HKEY_CURRENT_USER\\Software\\Microsoft\\Windows\\CurrentVersion\\Themes\\Personalize"),
        QSettings::NativeFormat);
    const auto isLight = registry.value(name);
    if (!isLight.isValid())
        return std::nullopt;
    return isLight.toInt() == 0 ? ColorScheme::Dark : ColorScheme::Light;
}

} // namespace

std::optional<ColorScheme> systemWindowColors()
{
    return personalized(QStringLiteral("AppsUseLightTheme"));
}

std::optional<ColorScheme> systemPanelColors()
{
    return personalized(QStringLiteral("SystemUsesLightTheme"));
}

void listenToSystemColors(QObject*)
{
    // Qt 6.5 tells of it; before, a change shows at the next start.
}

} // namespace drover::app
