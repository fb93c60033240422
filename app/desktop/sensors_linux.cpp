// SPDX-License-Identifier: MIT
#include "app/desktop/sensors.h"

#include "app/desktop/full_screen_linux.h"
#include "app/desktop/machine_files_linux.h"
#include "app/desktop/nvidia.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QDateTime>
#include <QFileInfo>
#include <QStorageInfo>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr int replyTimeMaxMs = 300;
constexpr int readsPerFacts = 5; ///< what seldom differs, or costs more, is asked for less often
constexpr int readsPerList = 2;
constexpr double worksFrom = 2; ///< percent of one core: with less a model server answers nobody
constexpr int readsBetweenTries = 30; ///< of a service that does not answer

/// A service of the desktop or the system. One that is not there is asked again now and then.
class BusService {
public:
    BusService(QDBusConnection bus, QString service, QString path)
        : m_bus(std::move(bus))
        , m_service(std::move(service))
        , m_path(std::move(path))
    {
    }

    /// The first value of the answer; invalid when there is none.
    QVariant call(const QString& interface, const QString& method, const QVariantList& arguments = {})
    {
        if (m_readsUntilTry > 0) {
            --m_readsUntilTry;
            return {};
        }
        auto question = QDBusMessage::createMethodCall(m_service, m_path, interface, method);
        question.setAutoStartService(false);
        question.setArguments(arguments);
        const QDBusMessage answer = m_bus.call(question, QDBus::Block, replyTimeMaxMs);
        if (answer.type() == QDBusMessage::ReplyMessage && !answer.arguments().isEmpty())
            return answer.arguments().constFirst();
        m_readsUntilTry = readsBetweenTries;
        return {};
    }

    QVariant property(const QString& interface, const QString& name)
    {
        const QVariant answer =
            call(QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"), {interface, name});
        return answer.value<QDBusVariant>().variant();
    }

private:
    QDBusConnection m_bus;
    QString m_service;
    QString m_path;
    int m_readsUntilTry = 0;
};

/// Without this look one may be started for us, where `drover serve` runs outside any session.
bool hasSessionBus()
{
    return !qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")
        || QFileInfo::exists(qEnvironmentVariable("XDG_RUNTIME_DIR") + QStringLiteral("/bus"));
}

class LinuxSensors final : public SensorSource {
public:
    ~LinuxSensors() override;

    drover::SensorReadings read(const SensorWishes& wishes) override;

private:
    void readFacts(const SensorWishes& wishes);
    std::optional<bool> onBattery();
    std::optional<bool> metered();
    std::optional<std::chrono::seconds> userIdle();

    // Connections of our own: the shared ones belong to the main thread.
    static constexpr auto systemName = "drover-sensors-system";
    static constexpr auto sessionName = "drover-sensors-session";
    QDBusConnection m_system = QDBusConnection::connectToBus(QDBusConnection::SystemBus, QLatin1String(systemName));
    QDBusConnection m_session = hasSessionBus()
        ? QDBusConnection::connectToBus(QDBusConnection::SessionBus, QLatin1String(sessionName))
        : QDBusConnection(QString());
    // https://upower.freedesktop.org/docs/UPower.html
    BusService m_upower{m_system, QStringLiteral("org.freedesktop.UPower"), QStringLiteral("/org/freedesktop/UPower")};
    // https://networkmanager.dev/docs/api/latest/gdbus-org.freedesktop.NetworkManager.html
    BusService m_network{
        m_system, QStringLiteral("org.freedesktop.NetworkManager"), QStringLiteral("/org/freedesktop/NetworkManager")};
    // https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
    BusService m_logind{m_system, QStringLiteral("org.freedesktop.login1"), QStringLiteral("/org/freedesktop/login1")};
    BusService m_mutter{m_session, QStringLiteral("org.gnome.Mutter.IdleMonitor"),
        QStringLiteral("/org/gnome/Mutter/IdleMonitor/Core")};
    BusService m_screenSaver{
        m_session, QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("/org/freedesktop/ScreenSaver")};
    FullScreenWatch m_fullScreen;
    MachineFiles m_files;
    Nvidia m_nvidia{QStringLiteral("libnvidia-ml.so.1")};
    std::vector<std::int64_t> m_modelServers;
    drover::SensorReadings m_facts; ///< of the last `readFacts`
    std::vector<std::string> m_listed; ///< programs that `m_facts` tells of
    std::uint64_t m_reads = 0;
};

LinuxSensors::~LinuxSensors()
{
    QDBusConnection::disconnectFromBus(QLatin1String(systemName));
    QDBusConnection::disconnectFromBus(QLatin1String(sessionName));
}

std::optional<bool> LinuxSensors::onBattery()
{
    const QVariant answer = m_upower.property(QStringLiteral("org.freedesktop.UPower"), QStringLiteral("OnBattery"));
    return answer.userType() == QMetaType::Bool ? std::optional(answer.toBool()) : m_files.onBattery();
}

std::optional<bool> LinuxSensors::metered()
{
    bool isNumber = false;
    const uint answer = m_network.property(QStringLiteral("org.freedesktop.NetworkManager"), QStringLiteral("Metered"))
                            .toUInt(&isNumber);
    switch (isNumber ? answer : 0) { // NMMetered
    case 1: // yes
    case 3: // probably
        return true;
    case 2: // no
    case 4: // probably not
        return false;
    default:
        return {};
    }
}

/// GNOME's own figure, else the screen saver's, else what logind has been told of all sessions.
std::optional<std::chrono::seconds> LinuxSensors::userIdle()
{
    bool isNumber = false;
    const auto milliseconds =
        m_mutter.call(QStringLiteral("org.gnome.Mutter.IdleMonitor"), QStringLiteral("GetIdletime"))
            .toULongLong(&isNumber);
    if (isNumber)
        return std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(milliseconds));
    const uint idle = // milliseconds: KDE gives what KIdleTime tells; on Wayland it answers with an error
        m_screenSaver.call(QStringLiteral("org.freedesktop.ScreenSaver"), QStringLiteral("GetSessionIdleTime"))
            .toUInt(&isNumber);
    if (isNumber)
        return std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(idle));
    const auto manager = QStringLiteral("org.freedesktop.login1.Manager");
    const QVariant hint = m_logind.property(manager, QStringLiteral("IdleHint"));
    if (hint.userType() != QMetaType::Bool)
        return {};
    if (!hint.toBool())
        return 0s;
    const qint64 since = m_logind.property(manager, QStringLiteral("IdleSinceHint")).toLongLong() / 1'000'000;
    return std::chrono::seconds(std::max<qint64>(QDateTime::currentSecsSinceEpoch() - since, 0));
}

void LinuxSensors::readFacts(const SensorWishes& wishes)
{
    m_facts.onBattery = onBattery();
    m_facts.metered = metered();
    m_facts.memoryFreeBytes = m_files.memoryFreeBytes();
    m_facts.diskFreeBytes.reset();
    const QStorageInfo disk(QString::fromStdString(wishes.diskFolder));
    if (!wishes.diskFolder.empty() && disk.isValid() && disk.isReady())
        m_facts.diskFreeBytes = static_cast<std::uint64_t>(std::max<qint64>(disk.bytesAvailable(), 0));
    m_modelServers = m_files.modelServers();
    if (wishes.ollamaPid > 0)
        m_modelServers.push_back(wishes.ollamaPid);
    m_facts.cpuByOthers = m_files.cpuByOthers(m_modelServers);
    m_facts.celsius = m_files.celsius();
    // The system tells only how busy the whole GPU is: while it answers our jobs, what others use stays as it was.
    if (m_files.ofOneCoreByOurs() < worksFrom)
        m_facts.gpuByOthers = m_files.amdGpuBusy();
}

drover::SensorReadings LinuxSensors::read(const SensorWishes& wishes)
{
    if (m_reads % readsPerFacts == 0)
        readFacts(wishes);
    if (m_reads++ % readsPerList == 0 || wishes.programs != m_listed) {
        m_listed = wishes.programs;
        m_facts.programs = m_files.running(m_listed);
    }
    drover::SensorReadings readings = m_facts;
    readings.fullScreenApp = m_fullScreen.app();
    readings.userIdle = userIdle();
    const Nvidia::Reading nvidia = m_nvidia.read(m_modelServers);
    if (nvidia.percentByOthers)
        readings.gpuByOthers = std::max(readings.gpuByOthers.value_or(0), *nvidia.percentByOthers);
    if (nvidia.celsius)
        readings.celsius = std::max(readings.celsius.value_or(0), *nvidia.celsius);
    return readings;
}

} // namespace

std::unique_ptr<SensorSource> makeSensorSource()
{
    return std::make_unique<LinuxSensors>();
}

} // namespace drover::app
