// SPDX-License-Identifier: MIT
#include "app/desktop/sensors.h"

#include "app/desktop/nvidia.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <windows.h>

#include <netlistmgr.h>
#include <shellapi.h>
#include <tlhelp32.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <set>
#include <utility>

namespace drover::app {

namespace {

struct Closed {
    void operator()(HANDLE handle) const { CloseHandle(handle); }
};
using Handle = std::unique_ptr<void, Closed>;

std::uint64_t whole(const FILETIME& time)
{
    return std::uint64_t{time.dwHighDateTime} << 32 | time.dwLowDateTime;
}

QString baseNameOf(const wchar_t* path)
{
    return QFileInfo(QString::fromWCharArray(path)).completeBaseName().toLower();
}

struct Program {
    DWORD pid = 0;
    DWORD parent = 0;
    QString name = {}; ///< lower case, without ".exe"
};

std::vector<Program> programs()
{
    std::vector<Program> all;
    const HANDLE taken = CreateToolhelp32Snapshot(TH32CS_SNAPPROCESS, 0);
    if (taken == INVALID_HANDLE_VALUE)
        return all;
    const Handle snapshot(taken);
    PROCESSENTRY32W entry{};
    entry.dwSize = sizeof entry;
    for (BOOL found = Process32FirstW(snapshot.get(), &entry); found; found = Process32NextW(snapshot.get(), &entry))
        all.push_back({entry.th32ProcessID, entry.th32ParentProcessID, baseNameOf(entry.szExeFile)});
    return all;
}

/// Processor time of one program, in units of 100 ns; 0 where it is not told.
std::uint64_t timeOf(DWORD pid)
{
    const Handle process(OpenProcess(PROCESS_QUERY_LIMITED_INFORMATION, FALSE, pid));
    FILETIME made{};
    FILETIME ended{};
    FILETIME kernel{};
    FILETIME user{};
    if (!process || !GetProcessTimes(process.get(), &made, &ended, &kernel, &user))
        return 0;
    return whole(kernel) + whole(user);
}

std::optional<bool> onBattery()
{
    SYSTEM_POWER_STATUS status{};
    if (!GetSystemPowerStatus(&status) || status.ACLineStatus > 1)
        return {};
    return status.ACLineStatus == 0;
}

std::optional<std::chrono::seconds> userIdle()
{
    LASTINPUTINFO last{};
    last.cbSize = sizeof last;
    if (!GetLastInputInfo(&last))
        return {};
    const DWORD milliseconds = static_cast<DWORD>(GetTickCount64()) - last.dwTime; // both wrap after 49 days
    return std::chrono::floor<std::chrono::seconds>(std::chrono::milliseconds(milliseconds));
}

/// Games and presentations tell it, or it shows: the window in front covers its screen.
std::optional<std::string> fullScreenApp()
{
    QUERY_USER_NOTIFICATION_STATE state = QUNS_ACCEPTS_NOTIFICATIONS;
    const bool known = SUCCEEDED(SHQueryUserNotificationState(&state));
    const bool tells = known && (state == QUNS_RUNNING_D3D_FULL_SCREEN || state == QUNS_PRESENTATION_MODE);
    const HWND window = GetForegroundWindow();
    if (!window || window == GetShellWindow() || window == GetDesktopWindow())
        return known ? std::optional(std::string()) : std::nullopt;
    MONITORINFO screen{};
    screen.cbSize = sizeof screen;
    RECT place{};
    const bool covers = GetMonitorInfoW(MonitorFromWindow(window, MONITOR_DEFAULTTONEAREST), &screen)
        && GetWindowRect(window, &place) && EqualRect(&place, &screen.rcMonitor)
        && (GetWindowLongW(window, GWL_STYLE) & WS_CAPTION) != WS_CAPTION;
    if (!tells && !covers)
        return std::string();
    DWORD pid = 0;
    GetWindowThreadProcessId(window, &pid);
    for (const Program& program : programs()) {
        if (program.pid == pid)
            return program.name == QLatin1String("explorer") ? std::string() : program.name.toStdString();
    }
    return std::string("an app");
}

/// https://learn.microsoft.com/windows/win32/api/netlistmgr/nn-netlistmgr-inetworkcostmanager
std::optional<bool> metered()
{
    INetworkCostManager* manager = nullptr;
    if (FAILED(CoCreateInstance(CLSID_NetworkListManager, nullptr, CLSCTX_ALL, IID_INetworkCostManager,
            reinterpret_cast<void**>(&manager))))
        return {};
    DWORD cost = NLM_CONNECTION_COST_UNKNOWN;
    const HRESULT asked = manager->GetCost(&cost, nullptr);
    manager->Release();
    if (FAILED(asked) || cost == NLM_CONNECTION_COST_UNKNOWN)
        return {};
    return (cost & NLM_CONNECTION_COST_UNRESTRICTED) == 0;
}

class WindowsSensors final : public SensorSource {
public:
    WindowsSensors() { m_hasCom = SUCCEEDED(CoInitializeEx(nullptr, COINIT_MULTITHREADED)); }
    ~WindowsSensors() override
    {
        if (m_hasCom)
            CoUninitialize();
    }

    drover::SensorReadings read(const SensorWishes& wishes) override;

private:
    void readFacts(const SensorWishes& wishes);
    std::optional<double> cpuByOthers(const std::vector<Program>& all, std::int64_t ollamaPid);

    bool m_hasCom = false;
    Nvidia m_nvidia{QStringLiteral("nvml.dll")};
    drover::SensorReadings m_facts;
    std::vector<std::int64_t> m_ours;
    std::uint64_t m_allBefore = 0;
    std::uint64_t m_idleBefore = 0;
    std::uint64_t m_oursBefore = 0;
    std::uint64_t m_reads = 0;
};

std::optional<double> WindowsSensors::cpuByOthers(const std::vector<Program>& all, std::int64_t ollamaPid)
{
    std::set<DWORD> ours{GetCurrentProcessId()};
    if (ollamaPid > 0)
        ours.insert(static_cast<DWORD>(ollamaPid));
    for (const Program& program : all) {
        if (program.name.startsWith(QLatin1String("ollama")) || program.name == QLatin1String("llama-server"))
            ours.insert(program.pid);
    }
    for (const Program& program : all) { // a number may be used again: only direct children count
        if (ours.contains(program.parent))
            ours.insert(program.pid);
    }
    m_ours.assign(ours.begin(), ours.end());
    std::uint64_t used = 0;
    for (const DWORD pid : ours)
        used += timeOf(pid);
    FILETIME idle{};
    FILETIME kernel{};
    FILETIME user{};
    if (!GetSystemTimes(&idle, &kernel, &user))
        return {};
    const std::uint64_t whenAll = whole(kernel) + whole(user); // kernel has idle in it
    const std::uint64_t allBefore = std::exchange(m_allBefore, whenAll);
    const std::uint64_t idleBefore = std::exchange(m_idleBefore, whole(idle));
    const std::uint64_t oursBefore = std::exchange(m_oursBefore, used);
    if (allBefore == 0 || whenAll <= allBefore)
        return {};
    const auto time = static_cast<double>(whenAll - allBefore);
    const auto rest = static_cast<double>(whole(idle) - idleBefore);
    const auto by = used > oursBefore ? static_cast<double>(used - oursBefore) : 0.0;
    return std::clamp(100 * (time - rest - by) / time, 0.0, 100.0);
}

void WindowsSensors::readFacts(const SensorWishes& wishes)
{
    m_facts = {.onBattery = onBattery(), .metered = metered()};
    const auto all = programs();
    m_facts.cpuByOthers = cpuByOthers(all, wishes.ollamaPid);
    std::vector<std::string> running;
    for (const std::string& each : wishes.programs) {
        QString wanted = QString::fromStdString(each).toLower();
        if (wanted.endsWith(QLatin1String(".exe")))
            wanted.chop(4);
        if (std::ranges::any_of(all, [&](const Program& program) { return program.name == wanted; }))
            running.push_back(each);
    }
    if (!all.empty())
        m_facts.programs = std::move(running);
    MEMORYSTATUSEX memory{};
    memory.dwLength = sizeof memory;
    if (GlobalMemoryStatusEx(&memory))
        m_facts.memoryFreeBytes = memory.ullAvailPhys;
    const QStorageInfo disk(QString::fromStdString(wishes.diskFolder));
    if (!wishes.diskFolder.empty() && disk.isValid() && disk.isReady())
        m_facts.diskFreeBytes = static_cast<std::uint64_t>(std::max<qint64>(disk.bytesAvailable(), 0));
}

drover::SensorReadings WindowsSensors::read(const SensorWishes& wishes)
{
    constexpr std::uint64_t readsPerFacts = 3;
    if (m_reads++ % readsPerFacts == 0)
        readFacts(wishes);
    drover::SensorReadings readings = m_facts;
    readings.userIdle = userIdle();
    readings.fullScreenApp = fullScreenApp();
    const Nvidia::Reading nvidia = m_nvidia.read(m_ours);
    readings.gpuByOthers = nvidia.percentByOthers;
    readings.celsius = nvidia.celsius; // Windows tells no other temperature to programs without rights
    return readings;
}

} // namespace

std::unique_ptr<SensorSource> makeSensorSource()
{
    return std::make_unique<WindowsSensors>();
}

} // namespace drover::app
