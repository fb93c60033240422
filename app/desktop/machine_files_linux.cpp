// SPDX-License-Identifier: MIT
#include "app/desktop/machine_files_linux.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <iterator>
#include <map>
#include <sstream>
#include <string_view>
#include <unistd.h>
#include <utility>

namespace drover::app {

namespace {

namespace fs = std::filesystem;

constexpr std::size_t commLettersMax = 15; ///< proc(5): a longer name is cut off
constexpr std::streamsize fileBytesMax = 64 << 10; ///< of one file of /proc

std::string textOf(const fs::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::string text(fileBytesMax, '\0');
    file.read(text.data(), fileBytesMax);
    text.resize(static_cast<std::size_t>(file.gcount()));
    return text;
}

std::string firstLine(const fs::path& path)
{
    std::ifstream file(path);
    std::string line;
    std::getline(file, line);
    return line;
}

template <class Number> std::optional<Number> numberIn(std::string_view text)
{
    Number number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size() && !text.empty() ? std::optional(number)
                                                                                     : std::nullopt;
}

std::string lower(std::string text)
{
    std::ranges::transform(text, text.begin(),
        [](char each) { return each >= 'A' && each <= 'Z' ? static_cast<char>(each - 'A' + 'a') : each; });
    constexpr std::string_view ofWindows = ".exe"; // what Wine runs
    if (text.ends_with(ofWindows))
        text.resize(text.size() - ofWindows.size());
    return text;
}

/// The last part of a path of either kind of system.
std::string fileName(const std::string& path)
{
    return path.substr(path.find_last_of("/\\") + 1);
}

struct Process {
    std::int64_t parent = 0;
    std::uint64_t ticks = 0; ///< with those of children that have ended
};

/// proc(5), /proc/pid/stat: the name in brackets may hold anything.
std::optional<Process> processIn(const std::string& stat)
{
    const std::size_t name = stat.rfind(')');
    if (name == std::string::npos)
        return {};
    std::istringstream fields(stat.substr(name + 1));
    std::string state;
    Process process;
    fields >> state >> process.parent;
    std::string skipped;
    constexpr int betweenParentAndTicks = 9; // fields 5 to 13; 14 to 17 are utime, stime, cutime, cstime
    for (int field = 0; field < betweenParentAndTicks; ++field)
        fields >> skipped;
    for (int field = 0; field < 4; ++field) {
        std::uint64_t part = 0;
        fields >> part;
        process.ticks += part;
    }
    return fields ? std::optional(process) : std::nullopt;
}

/// Sensors of disks, batteries and network cards are left out.
bool watchesTheChip(const std::string& name)
{
    static constexpr std::string_view chips[] = {"coretemp", "k10temp", "zenpower", "amdgpu", "radeon", "nouveau", "xe",
        "i915", "cpu_thermal", "cpu-thermal", "x86_pkg_temp", "soc_thermal", "soc-thermal", "gpu-thermal"};
    return std::ranges::find(chips, name) != std::end(chips);
}

} // namespace

MachineFiles::MachineFiles(fs::path proc, fs::path sys)
    : m_proc(std::move(proc))
    , m_sys(std::move(sys))
{
}

std::vector<std::int64_t> MachineFiles::processes() const
{
    std::vector<std::int64_t> all;
    std::error_code error;
    for (fs::directory_iterator entry(m_proc, error), end; !error && entry != end; entry.increment(error)) {
        if (const auto pid = numberIn<std::int64_t>(entry->path().filename().native()))
            all.push_back(*pid);
    }
    return all;
}

std::optional<MachineFiles::Ticks> MachineFiles::ticks() const
{
    const std::string stat = textOf(m_proc / "stat"); // one line for all cores, then one for each
    std::istringstream line(stat.substr(0, stat.find('\n')));
    std::string word;
    line >> word;
    if (word != "cpu")
        return {};
    Ticks found;
    for (std::size_t at = stat.find("\ncpu"); at != stat.npos; at = stat.find("\ncpu", at + 1))
        ++found.cores;
    found.cores = std::max(1u, found.cores - 1);
    constexpr int idle = 3;
    constexpr int waitsForDisk = 4;
    constexpr int guest = 8; // from here on it is counted before already
    std::uint64_t part = 0;
    for (int field = 0; field < guest && line >> part; ++field) {
        found.all += part;
        if (field != idle && field != waitsForDisk)
            found.busy += part;
    }
    return found.all > 0 ? std::optional(found) : std::nullopt;
}

std::uint64_t MachineFiles::ticksOf(std::set<std::int64_t> programs) const
{
    std::map<std::int64_t, Process> known;
    for (const std::int64_t pid : processes()) {
        if (const auto process = processIn(textOf(m_proc / std::to_string(pid) / "stat")))
            known.emplace(pid, *process);
    }
    std::uint64_t sum = 0;
    const auto belongs = [&](std::int64_t pid) {
        constexpr int depthMax = 32; // of parents; a circle cannot be, but files are read one after the other
        for (int depth = 0; depth < depthMax && pid > 1; ++depth) {
            if (programs.contains(pid))
                return true;
            const auto found = known.find(pid);
            if (found == known.end())
                return false;
            pid = found->second.parent;
        }
        return false;
    };
    for (const auto& [pid, process] : known) {
        if (belongs(pid))
            sum += process.ticks;
    }
    return sum;
}

std::optional<double> MachineFiles::cpuByOthers(const std::vector<std::int64_t>& ours)
{
    const auto now = ticks();
    std::set<std::int64_t> programs(ours.begin(), ours.end());
    programs.insert(getpid());
    const std::uint64_t oursNow = ticksOf(std::move(programs));
    const auto before = std::exchange(m_before, now);
    const std::uint64_t oursBefore = std::exchange(m_oursBefore, oursNow);
    if (!now || !before || now->all <= before->all)
        return {};
    const auto all = static_cast<double>(now->all - before->all);
    const auto busy = static_cast<double>(now->busy - std::min(now->busy, before->busy));
    // One of ours that has ended takes its ticks along, unless its parent is ours, too.
    const auto used = oursNow > oursBefore ? static_cast<double>(oursNow - oursBefore) : 0.0;
    m_ofOneCore = 100 * used * now->cores / all;
    return std::clamp(100 * (busy - used) / all, 0.0, 100.0);
}

std::optional<std::vector<std::string>> MachineFiles::running(const std::vector<std::string>& wanted) const
{
    std::vector<std::string> found;
    if (wanted.empty())
        return found;
    const auto all = processes();
    if (all.empty())
        return {};
    std::set<std::string> names;
    for (const std::int64_t pid : all) {
        const fs::path folder = m_proc / std::to_string(pid);
        names.insert(lower(firstLine(folder / "comm")));
        const std::string line = textOf(folder / "cmdline");
        names.insert(lower(fileName(line.substr(0, line.find('\0')))));
        std::error_code error;
        if (const fs::path file = fs::read_symlink(folder / "exe", error); !error)
            names.insert(lower(file.filename().string()));
    }
    for (const std::string& each : wanted) {
        const std::string name = lower(each);
        if (names.contains(name) || names.contains(name.substr(0, commLettersMax)))
            found.push_back(each);
    }
    return found;
}

std::vector<std::int64_t> MachineFiles::modelServers() const
{
    std::vector<std::int64_t> found;
    for (const std::int64_t pid : processes()) {
        const std::string name = firstLine(m_proc / std::to_string(pid) / "comm");
        if (name.starts_with("ollama") || name == "llama-server")
            found.push_back(pid);
    }
    return found;
}

std::optional<std::uint64_t> MachineFiles::memoryFreeBytes() const
{
    std::ifstream file(m_proc / "meminfo");
    std::string name;
    std::uint64_t kibibytes = 0;
    std::string unit;
    while (file >> name >> kibibytes && std::getline(file, unit)) {
        if (name == "MemAvailable:")
            return kibibytes << 10;
    }
    return {};
}

std::optional<bool> MachineFiles::onBattery() const
{
    bool listed = false;
    bool empties = false;
    bool pluggedIn = false;
    std::error_code error;
    for (fs::directory_iterator supply(m_sys / "class/power_supply", error), end; !error && supply != end;
         supply.increment(error)) {
        const fs::path& folder = supply->path();
        if (firstLine(folder / "scope") == "Device") // of a mouse or the like
            continue;
        listed = true;
        if (firstLine(folder / "type") == "Battery")
            empties = empties || firstLine(folder / "status") == "Discharging";
        else
            pluggedIn = pluggedIn || firstLine(folder / "online") == "1";
    }
    return listed ? std::optional(empties && !pluggedIn) : std::nullopt;
}

std::optional<double> MachineFiles::celsius() const
{
    std::optional<double> hottest;
    const auto take = [&](const fs::path& file) {
        constexpr double most = 150; // above it a sensor is broken or says that it measures nothing
        const auto thousandths = numberIn<std::int64_t>(firstLine(file));
        if (!thousandths)
            return;
        const double degrees = static_cast<double>(*thousandths) / 1000;
        if (degrees > 0 && degrees < most)
            hottest = std::max(hottest.value_or(degrees), degrees);
    };
    std::error_code error;
    for (fs::directory_iterator chip(m_sys / "class/hwmon", error), end; !error && chip != end; chip.increment(error)) {
        if (!watchesTheChip(firstLine(chip->path() / "name")))
            continue;
        std::error_code inner;
        for (fs::directory_iterator file(chip->path(), inner), last; !inner && file != last; file.increment(inner)) {
            const std::string name = file->path().filename().string();
            if (name.starts_with("temp") && name.ends_with("_input"))
                take(file->path());
        }
    }
    if (hottest)
        return hottest;
    for (fs::directory_iterator zone(m_sys / "class/thermal", error), end; !error && zone != end;
         zone.increment(error)) {
        if (watchesTheChip(firstLine(zone->path() / "type")))
            take(zone->path() / "temp");
    }
    return hottest;
}

std::optional<double> MachineFiles::amdGpuBusy() const
{
    std::optional<double> busiest;
    std::error_code error;
    for (fs::directory_iterator card(m_sys / "class/drm", error), end; !error && card != end; card.increment(error)) {
        const auto percent = numberIn<unsigned>(firstLine(card->path() / "device/gpu_busy_percent"));
        if (percent && *percent <= 100)
            busiest = std::max(busiest.value_or(0), static_cast<double>(*percent));
    }
    return busiest;
}

} // namespace drover::app
