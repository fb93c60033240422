// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace drover::app {

/// What /proc and /sys tell of this machine. Blocks for milliseconds; one thread.
class MachineFiles {
public:
    /// Tests give folders of their own.
    explicit MachineFiles(std::filesystem::path proc = "/proc", std::filesystem::path sys = "/sys");

    /// Percent of all cores since the call before, without the programs of `ours` and what they started, and without
    /// this one. Nothing at the first call.
    std::optional<double> cpuByOthers(const std::vector<std::int64_t>& ours);
    /// Percent of one core that `ours` used between the last two such calls; 0 before.
    double ofOneCoreByOurs() const { return m_ofOneCore; }

    /// Those of `wanted` that run; a name is that of the program's file, of its process or of what it says it is.
    /// Nothing where processes cannot be listed.
    std::optional<std::vector<std::string>> running(const std::vector<std::string>& wanted) const;

    /// Processes whose name begins with "ollama" or is that of llama.cpp's server.
    std::vector<std::int64_t> modelServers() const;

    std::optional<std::uint64_t> memoryFreeBytes() const;

    /// A battery of the machine is being emptied, and no plug is in. Nothing where no power supply is listed.
    std::optional<bool> onBattery() const;

    /// Of processor and GPU, the hottest sensor there is.
    std::optional<double> celsius() const;

    /// Percent that an AMD GPU works, the busiest of several. Nothing where there is none.
    std::optional<double> amdGpuBusy() const;

private:
    struct Ticks {
        std::uint64_t all = 0;
        std::uint64_t busy = 0;
        unsigned cores = 1;
    };
    std::optional<Ticks> ticks() const;
    /// Of these programs and what they started, also what has ended.
    std::uint64_t ticksOf(std::set<std::int64_t> programs) const;
    std::vector<std::int64_t> processes() const;

    std::filesystem::path m_proc;
    std::filesystem::path m_sys;
    std::optional<Ticks> m_before = {};
    std::uint64_t m_oursBefore = 0;
    double m_ofOneCore = 0;
};

} // namespace drover::app
