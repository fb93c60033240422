// SPDX-License-Identifier: MIT
// "Registering an Application to a URI Scheme" on learn.microsoft.com.
#include "app/desktop/link_handler.h"

#include <QDir>
#include <QFileInfo>
#include <QSettings>

namespace drover::app {

Result<> registerLinks(const Environment&, const std::string& program)
{
    QSettings key(QStringLiteral("HKEY_CURRENT_USER\\Software\\Classes\\drover"), QSettings::NativeFormat);
    const auto openKey = QStringLiteral("shell/open/command/.");
    const QString registered = key.value(openKey).toString().section(QLatin1Char('"'), 1, 1);
    if (!registered.isEmpty() && QFileInfo(registered).isFile())
        return {};
    key.setValue(QStringLiteral("."), QStringLiteral("URL:Drover"));
    key.setValue(QStringLiteral("URL Protocol"), QString());
    key.setValue(openKey,
        QStringLiteral("\"%1\" \"%2\"")
            .arg(QDir::toNativeSeparators(QString::fromStdString(program)), QStringLiteral("%1")));
    key.sync();
    if (key.status() != QSettings::NoError)
        return fail(Errc::Io, "HKEY_CURRENT_USER\\Software\\Classes\\drover: it cannot be written");
    return {};
}

} // namespace drover::app
