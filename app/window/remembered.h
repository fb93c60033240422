// SPDX-License-Identifier: MIT
#pragma once

#include <QSettings>

namespace drover::app {

/// How somebody left the window: its place, columns and the like, never a setting. In the user's configuration folder.
inline QSettings rememberedThings()
{
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("drover"), QStringLiteral("window"));
}

} // namespace drover::app
