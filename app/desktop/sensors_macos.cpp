// SPDX-License-Identifier: MIT
#include "app/desktop/sensors.h"

#include <QFileInfo>
#include <QStorageInfo>

#include <CoreFoundation/CoreFoundation.h>
#include <CoreGraphics/CoreGraphics.h>
#include <IOKit/ps/IOPSKeys.h>
#include <IOKit/ps/IOPowerSources.h>

#include <libproc.h>
#include <mach/mach.h>
#include <mach/mach_time.h>
#include <sys/sysctl.h>
#include <unistd.h>
#include <utility>

#include <algorithm>
#include <map>
#include <memory>
#include <set>

namespace drover::app {

namespace {

struct Released {
    void operator()(CFTypeRef reference) const { CFRelease(reference); }
};
using Owned = std::unique_ptr<const void, Released>;

std::optional<bool> onBattery()
{
    const Owned sources(IOPSCopyPowerSourcesInfo());
    if (!sources)
        return {};
    const CFStringRef kind = IOPSGetProvidingPowerSourceType(sources.get()); // not ours to release
    return kind ? std::optional(CFEqual(kind, CFSTR(kIOPMBatteryPowerKey)) != 0) : std::nullopt;
}

std::chrono::seconds userIdle()
{
    return std::chrono::seconds(static_cast<std::int64_t>(
        CGEventSourceSecondsSinceLastEventType(kCGEventSourceStateHIDSystemState, kCGAnyInputEventType)));
}

template <class Number> Number numberIn(CFDictionaryRef window, CFStringRef key)
{
    Number number = 0;
    const auto* found = static_cast<CFNumberRef>(CFDictionaryGetValue(window, key));
    if (found)
        CFNumberGetValue(found, sizeof(Number) == sizeof(int) ? kCFNumberIntType : kCFNumberDoubleType, &number);
    return number;
}

/// The frontmost window of the ordinary level that covers a whole display, menu bar and all. Needs no permission: the
/// names of programs and the places of windows are told to everybody.
std::optional<std::string> fullScreenApp()
{
    const Owned list(CGWindowListCopyWindowInfo(
        kCGWindowListOptionOnScreenOnly | kCGWindowListExcludeDesktopElements, kCGNullWindowID));
    if (!list)
        return {};
    const CGRect screen = CGDisplayBounds(CGMainDisplayID());
    const auto* windows = static_cast<CFArrayRef>(list.get());
    for (CFIndex at = 0; at < CFArrayGetCount(windows); ++at) {
        const auto* window = static_cast<CFDictionaryRef>(CFArrayGetValueAtIndex(windows, at));
        if (numberIn<int>(window, kCGWindowLayer) != 0)
            continue;
        CGRect place{};
        const auto* bounds = static_cast<CFDictionaryRef>(CFDictionaryGetValue(window, kCGWindowBounds));
        if (!bounds || !CGRectMakeWithDictionaryRepresentation(bounds, &place) || !CGRectEqualToRect(place, screen))
            return std::string(); // the first one is in front
        char name[2 * MAXCOMLEN] = {};
        const int length = proc_name(numberIn<int>(window, kCGWindowOwnerPID), name, sizeof name);
        return length > 0 ? std::string(name, static_cast<std::size_t>(length)) : std::string("an app");
    }
    return std::string();
}

std::optional<std::uint64_t> memoryFreeBytes()
{
    vm_statistics64_data_t pages{};
    mach_msg_type_number_t size = HOST_VM_INFO64_COUNT;
    if (host_statistics64(mach_host_self(), HOST_VM_INFO64, reinterpret_cast<host_info64_t>(&pages), &size)
        != KERN_SUCCESS)
        return {};
    const std::uint64_t free = std::uint64_t{pages.free_count} + pages.inactive_count + pages.purgeable_count;
    return free * static_cast<std::uint64_t>(getpagesize());
}

class MacSensors final : public SensorSource {
public:
    drover::SensorReadings read(const SensorWishes& wishes) override;

private:
    void readFacts(const SensorWishes& wishes);
    std::optional<double> cpuByOthers(std::uint64_t usedByOurs);

    drover::SensorReadings m_facts;
    std::uint64_t m_allBefore = 0;
    std::uint64_t m_busyBefore = 0;
    std::uint64_t m_oursBefore = 0;
    std::uint64_t m_reads = 0;
};

/// `usedByOurs` in ticks of the host, a hundredth of a second each.
std::optional<double> MacSensors::cpuByOthers(std::uint64_t usedByOurs)
{
    host_cpu_load_info_data_t load{};
    mach_msg_type_number_t size = HOST_CPU_LOAD_INFO_COUNT;
    if (host_statistics(mach_host_self(), HOST_CPU_LOAD_INFO, reinterpret_cast<host_info_t>(&load), &size)
        != KERN_SUCCESS)
        return {};
    const std::uint64_t busy = std::uint64_t{load.cpu_ticks[CPU_STATE_USER]} + load.cpu_ticks[CPU_STATE_SYSTEM]
        + load.cpu_ticks[CPU_STATE_NICE];
    const std::uint64_t all = busy + load.cpu_ticks[CPU_STATE_IDLE];
    const std::uint64_t allBefore = std::exchange(m_allBefore, all);
    const std::uint64_t busyBefore = std::exchange(m_busyBefore, busy);
    const std::uint64_t oursBefore = std::exchange(m_oursBefore, usedByOurs);
    if (allBefore == 0 || all <= allBefore || busy < busyBefore)
        return {};
    const auto ours = usedByOurs > oursBefore ? static_cast<double>(usedByOurs - oursBefore) : 0.0;
    return std::clamp(
        100 * (static_cast<double>(busy - busyBefore) - ours) / static_cast<double>(all - allBefore), 0.0, 100.0);
}

void MacSensors::readFacts(const SensorWishes& wishes)
{
    m_facts = {.onBattery = onBattery(), .memoryFreeBytes = memoryFreeBytes()};
    std::vector<pid_t> pids(static_cast<std::size_t>(std::max(0, proc_listallpids(nullptr, 0))) + 64);
    const int count = proc_listallpids(pids.data(), static_cast<int>(pids.size() * sizeof(pid_t)));
    pids.resize(static_cast<std::size_t>(std::max(0, count)));
    std::set<QString> names;
    std::uint64_t used = 0; ///< in units of mach_timebase_info
    for (const pid_t pid : pids) {
        char text[2 * MAXCOMLEN] = {};
        if (proc_name(pid, text, sizeof text) <= 0)
            continue;
        const QString name = QString::fromUtf8(text).toLower();
        names.insert(name);
        const bool ours = pid == getpid() || pid == wishes.ollamaPid || name.startsWith(QLatin1String("ollama"))
            || name == QLatin1String("llama-server");
        proc_taskinfo task{};
        if (ours && proc_pidinfo(pid, PROC_PIDTASKINFO, 0, &task, sizeof task) == static_cast<int>(sizeof task))
            used += task.pti_total_user + task.pti_total_system;
    }
    constexpr std::uint64_t nanosecondsPerTick = 10'000'000;
    mach_timebase_info_data_t unit{};
    mach_timebase_info(&unit);
    m_facts.cpuByOthers = cpuByOthers(unit.denom > 0 ? used / unit.denom * unit.numer / nanosecondsPerTick : 0);
    std::vector<std::string> running;
    for (const std::string& each : wishes.programs) {
        if (names.contains(QString::fromStdString(each).toLower()))
            running.push_back(each);
    }
    m_facts.programs = std::move(running);
    const QStorageInfo disk(QString::fromStdString(wishes.diskFolder));
    if (!wishes.diskFolder.empty() && disk.isValid() && disk.isReady())
        m_facts.diskFreeBytes = static_cast<std::uint64_t>(std::max<qint64>(disk.bytesAvailable(), 0));
}

drover::SensorReadings MacSensors::read(const SensorWishes& wishes)
{
    constexpr std::uint64_t readsPerFacts = 3;
    if (m_reads++ % readsPerFacts == 0)
        readFacts(wishes);
    drover::SensorReadings readings = m_facts;
    readings.userIdle = userIdle();
    readings.fullScreenApp = fullScreenApp();
    return readings; // temperature, GPU and cost of the network are told only to programs of Apple
}

} // namespace

std::unique_ptr<SensorSource> makeSensorSource()
{
    return std::make_unique<MacSensors>();
}

} // namespace drover::app
