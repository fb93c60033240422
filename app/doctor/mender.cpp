// SPDX-License-Identifier: MIT
#include "app/doctor/mender.h"

#include "app/doctor/check_words.h"
#include "app/settings/settings_edit.h"

#include <QDir>
#include <QFile>

namespace drover::app {

namespace {

constexpr auto ownerReadsAndWrites = QFile::ReadOwner | QFile::WriteOwner;

Result<> makePrivate(const std::string& file)
{
    if (QFile::setPermissions(QString::fromStdString(file), ownerReadsAndWrites))
        return {};
    return drover::fail(drover::Errc::Io, file + " could not be made private");
}

Result<> makeFolder(const std::string& path)
{
    const QString folder = QString::fromStdString(path);
    if (QDir().mkpath(folder) && QFile::setPermissions(folder, ownerReadsAndWrites | QFile::ExeOwner))
        return {};
    return drover::fail(drover::Errc::Io, path + " could not be made");
}

} // namespace

Mender::Mender(const SettingsSource& source, const LoginItem& loginItem, Port& port)
    : m_source(source)
    , m_loginItem(loginItem)
    , m_port(port)
{
}

Result<> Mender::mend(const Remedy& remedy) const
{
    switch (remedy.kind) {
    case Remedy::Kind::ChangeSetting:
        if (const auto trouble = changeSetting(m_source, remedy.target, remedy.value))
            return drover::fail(drover::Errc::BadConfig, trouble->sentence);
        return {};
    case Remedy::Kind::MakePrivate:
        return makePrivate(remedy.target);
    case Remedy::Kind::MakeFolder:
        return makeFolder(remedy.target);
    case Remedy::Kind::Resume:
        return m_port.resume();
    case Remedy::Kind::Undrain:
        return m_port.undrain();
    case Remedy::Kind::StartOllama:
        return m_port.startOllama();
    case Remedy::Kind::TurnLoginItemOn:
        return m_loginItem.switchOn();
    case Remedy::Kind::None:
    case Remedy::Kind::OpenSetting:
    case Remedy::Kind::OpenModels:
    case Remedy::Kind::OpenLogs:
        break;
    }
    return drover::fail(drover::Errc::BadConfig, "this is for a person to do");
}

QString questionOf(const Remedy& remedy)
{
    switch (remedy.kind) {
    case Remedy::Kind::ChangeSetting:
        return Doctor::tr("Set %1 to %2?")
            .arg(check::text(remedy.target), remedy.value.empty() ? QStringLiteral("\"\"") : check::text(remedy.value));
    case Remedy::Kind::MakePrivate:
        return Doctor::tr("Take %1 from everybody but you?").arg(check::text(remedy.target));
    case Remedy::Kind::MakeFolder:
        return Doctor::tr("Make the folder %1?").arg(check::text(remedy.target));
    case Remedy::Kind::Resume:
        return Doctor::tr("Let waiting requests start again?");
    case Remedy::Kind::Undrain:
        return Doctor::tr("Take new requests again?");
    case Remedy::Kind::StartOllama:
        return Doctor::tr("Start Ollama?");
    case Remedy::Kind::TurnLoginItemOn:
        return Doctor::tr("Make the login entry anew?");
    case Remedy::Kind::None:
    case Remedy::Kind::OpenSetting:
    case Remedy::Kind::OpenModels:
    case Remedy::Kind::OpenLogs:
        break;
    }
    return {};
}

} // namespace drover::app
