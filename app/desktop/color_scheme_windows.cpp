// SPDX-License-Identifier: MIT
#include "app/desktop/color_scheme.h"

#include <QSettings>

#include <windows.h>

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

Contrast systemContrast()
{
    HIGHCONTRASTW answer = {};
    answer.cbSize = sizeof answer;
    const bool told = ::SystemParametersInfoW(SPI_GETHIGHCONTRAST, sizeof answer, &answer, 0) != 0;
    return told && (answer.dwFlags & HCF_HIGHCONTRASTON) != 0 ? Contrast::High : Contrast::Normal;
}

void listenToSystemColors(QObject*)
{
    // Qt 6.5 tells of it; before, a change shows at the next start.
}

} // namespace drover::app
