// SPDX-License-Identifier: MIT
#include "app/doctor_desk.h"

#include "app/command/doctor_command.h"
#include "app/command/service/service.h"

#include <QCoreApplication>

namespace drover::app {

namespace {

Result<> notRunning()
{
    return drover::fail(
        drover::Errc::Io, QCoreApplication::translate("DoctorDialog", "Drover's queue does not run").toStdString());
}

std::string programFolder()
{
    return QCoreApplication::applicationDirPath().toStdString();
}

} // namespace

DoctorDesk::DoctorDesk(Places places, SettingsSource source, std::function<Service*()> service)
    : m_places(std::move(places))
    , m_source(std::move(source))
    , m_service(std::move(service))
{
}

DoctorScene DoctorDesk::scene()
{
    Invocation invocation;
    invocation.settingsFile = m_source.file();
    const auto found = findTarget(invocation, m_source.environment(), m_places);
    const auto* target = std::get_if<Target>(&found);
    return doctorScene(m_source, target ? *target : Target{}, m_source.environment(), m_places, programFolder());
}

BundleSources DoctorDesk::bundleSources()
{
    BundleSources sources{.logFile = m_places.logFile, .secretFiles = {m_places.stateFolder + "/secrets.json"}};
    const Service* service = m_service();
    if (service && !service->settings().logFile.empty())
        sources.logFile = service->settings().logFile;
    if (service && service->supervisor())
        sources.ollamaOutput = service->supervisor()->output();
    return sources;
}

Result<> DoctorDesk::mend(const Remedy& remedy)
{
    const LoginItem loginItem(m_source.environment(), loginCommand(m_source.environment(), programFolder()));
    return Mender(m_source, loginItem, *this).mend(remedy);
}

Result<> DoctorDesk::resume()
{
    if (!m_service())
        return notRunning();
    m_service()->engine().resume();
    return {};
}

Result<> DoctorDesk::undrain()
{
    if (!m_service())
        return notRunning();
    m_service()->engine().undrain();
    return {};
}

Result<> DoctorDesk::startOllama()
{
    if (!m_service())
        return notRunning();
    m_service()->startRuntime();
    return {};
}

} // namespace drover::app
