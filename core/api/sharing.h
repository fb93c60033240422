// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/pause.h"
#include "core/api/reason_table.h"

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// What the sensors of this machine tell at one moment. Nothing where a system does not tell it.
struct SensorReadings {
    std::optional<bool> onBattery = {};
    std::optional<std::string> fullScreenApp = {}; ///< its name; empty when none fills the screen
    std::optional<std::vector<std::string>> programs = {}; ///< those of SharingRules::programs that run
    std::optional<double> gpuByOthers = {}; ///< 0..100 percent of the busiest GPU, not used by our backends
    std::optional<double> cpuByOthers = {}; ///< 0..100 percent of all cores, by neither us nor our Ollama
    std::optional<std::chrono::seconds> userIdle = {}; ///< since the person touched the machine
    std::optional<bool> metered = {}; ///< the network is paid for by volume
    std::optional<double> celsius = {}; ///< of the hottest part that is watched
    std::optional<std::uint64_t> diskFreeBytes = {}; ///< where models and Drover's files are
    std::optional<std::uint64_t> memoryFreeBytes = {}; ///< main memory that programs could still get
    bool operator==(const SensorReadings&) const = default;
};

/// What this machine does for its pools; stricter ones come later.
enum class SharingVerdict {
    Go,
    Finish, ///< take nothing new, finish what runs
    Stop, ///< hand back at once what runs for pools
    StopAndFree ///< the same, and unload the models
};

/// The rules, in the order in which they are shown.
enum class SharingRule {
    Battery,
    FullScreen,
    Programs,
    Gpu,
    Cpu,
    UserActive,
    Metered,
    Schedule,
    Temperature,
    Disk,
    Memory,
    Tokens,
    Jobs,
    Time
};
inline constexpr std::size_t sharingRuleCount = 14;

enum class RuleState {
    Off, ///< switched off, or not a rule of the chosen manners
    Unknown, ///< no sensor tells what it asks for: it holds nothing back
    Allows,
    Holds ///< it is why nothing is shared
};

/// Which of the rules count.
enum class MannersPreset {
    Polite, ///< all but that the person is there
    Away, ///< that one too
    Dedicated ///< only those that keep the machine from harm or cost: battery, network, hours, heat, space and limits
};

/// The hours of a week in which this machine may share, local time. Monday is day 0; bit 0 is midnight to 1:00.
struct WeekHours {
    static constexpr std::uint32_t allDay = (1u << 24) - 1;
    std::array<std::uint32_t, 7> days = {allDay, allDay, allDay, allDay, allDay, allDay, allDay};

    bool contains(int day, int hour) const { return (days.at(static_cast<std::size_t>(day)) >> hour & 1u) != 0; }
    void set(int day, int hour, bool shares)
    {
        auto& hours = days.at(static_cast<std::size_t>(day));
        hours = shares ? hours | 1u << hour : hours & ~(1u << hour);
    }
    bool always() const { return *this == WeekHours{}; }
    bool operator==(const WeekHours&) const = default;
};

/// "always", "never", or days with their hours: "mon-fri 18-24,0-8; sat,sun 0-24". Days that are not named share
/// nothing. The inverse of `parseWeekHours`.
std::string weekHoursText(const WeekHours& hours);
/// Nothing for text that is no such thing. Upper and lower case and further blanks do not matter.
std::optional<WeekHours> parseWeekHours(std::string_view text);

/// When this machine shares. A limit of 0 switches its rule off.
struct SharingRules {
    MannersPreset manners = MannersPreset::Polite;
    bool pauseOnBattery = true;
    bool pauseForFullScreen = true;
    std::vector<std::string> programs = {}; ///< names, without ".exe"; case does not matter
    int gpuByOthersMax = 30; ///< percent
    int cpuByOthersMax = 50; ///< percent
    std::chrono::milliseconds userIdleMin{180'000}; ///< of MannersPreset::Away
    bool pauseOnMetered = true;
    WeekHours hours = {};
    int celsiusMax = 87;
    std::uint64_t diskFreeMin = 5ull << 30; ///< bytes
    std::uint64_t memoryFreeMin = 1ull << 30; ///< bytes
    std::uint64_t tokensPerDay = 0; ///< for all pools, prompt and output, from midnight to midnight
    std::uint64_t jobsPerDay = 0;
    std::chrono::milliseconds timePerDay{0}; ///< of a slot
    bool ownToo = false; ///< the rules hold back the apps of this machine, too
    bool operator==(const SharingRules&) const = default;
};

/// How long a person has paused sharing.
enum class SnoozeKind {
    None,
    Open, ///< until somebody resumes
    Until, ///< until that time
    Program, ///< until that program has ended
    PluggedIn ///< until the machine is on mains power
};

/// A pause of sharing by a person: beats every rule. The apps of this machine go on.
struct Snooze {
    SnoozeKind kind = SnoozeKind::None;
    std::optional<WallTime> until = {}; ///< of Until
    std::int64_t pid = 0; ///< of Program
    std::string program = {}; ///< of Program: its name, for people
    SharingVerdict verdict = SharingVerdict::Stop;
    bool operator==(const Snooze&) const = default;
};

/// How one rule stands. Value and limit are in percent, degrees Celsius, bytes, seconds, tokens or jobs; 0 or 1 for
/// what is or is not.
struct RuleView {
    SharingRule rule = SharingRule::Battery;
    RuleState state = RuleState::Off;
    SharingVerdict verdict = SharingVerdict::Go; ///< Go unless it holds
    double value = 0; ///< that is measured; means nothing while Off or Unknown
    double limit = 0; ///< that it is compared with
    std::string subject = {}; ///< such as the program that fills the screen
    std::int64_t since = 0; ///< milliseconds since 1970: when it began or ceased to hold; 0 when it never did
    std::int64_t changesAt = 0; ///< milliseconds since 1970: when that changes if all stays as it is; 0: not by itself
    bool operator==(const RuleView&) const = default;
};

/// Whether this machine shares, and why.
struct SharingView {
    bool present = false; ///< there is a pool, or the rules count for the apps, too; else nothing else says something
    SharingVerdict verdict = SharingVerdict::Go;
    MannersPreset manners = MannersPreset::Polite;
    bool holdsOwn = false; ///< the rules hold back the apps at the moment, too
    std::string reasonCode = {}; ///< stable word, such as "sharing", "sharing_battery", "sharing_paused_until"
    std::string reasonText = {}; ///< one sentence for people
    std::vector<std::string> reasonArguments = {}; ///< the particulars in it
    std::string fixText = {}; ///< what to do about it, or empty
    FixAction fixAction = FixAction::None; ///< the same as a button
    std::string fixSetting = {}; ///< of FixAction::OpenSetting: its key
    std::int64_t changesAt = 0; ///< milliseconds since 1970: the earliest moment of another verdict; 0: not known
    SnoozeKind snooze = SnoozeKind::None;
    std::int64_t snoozedUntil = 0; ///< of SnoozeKind::Until: milliseconds since 1970
    std::int64_t snoozedPid = 0; ///< of SnoozeKind::Program
    std::vector<RuleView> rules = {}; ///< each once, in the order of SharingRule
    bool operator==(const SharingView&) const = default;
};

std::string_view name(SharingVerdict verdict); ///< "go", "finish", "stop", "stop_and_free"
/// "battery", "full_screen", "programs", "gpu", "cpu", "user_active", "metered", "schedule", "temperature", "disk",
/// "memory", "tokens", "jobs", "time"
std::string_view name(SharingRule rule);
std::string_view name(RuleState state); ///< "off", "unknown", "allows", "holds"
std::string_view name(MannersPreset preset); ///< "polite", "away", "dedicated"
std::string_view name(SnoozeKind kind); ///< "none", "open", "until", "program", "plugged_in"

/// The key of the setting that a rule is about, such as "sharing.on_battery".
std::string_view settingOf(SharingRule rule);

} // namespace drover
