// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"
#include "core/api/log.h"

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace drover::app {

/// A backend as the settings name it: its key is somewhere else, never in the file.
struct BackendSetting {
    drover::BackendConfig backend = {};
    std::string apiKeyEnv = {}; ///< environment variable that holds the key
    std::string apiKeyFile = {}; ///< file whose first line is the key
    std::string apiKeySecret = {}; ///< name of the secret that is the key, see SecretStore
    bool operator==(const BackendSetting&) const = default;
};

/// A pool as the settings name it: its key is elsewhere.
struct PoolSetting {
    drover::PoolConfig pool = {};
    std::string keyFile = {}; ///< file whose first line is the key
    std::string keyEnv = {}; ///< or the environment variable that holds it
    std::string keySecret = {}; ///< or the name of the secret that is the key, see SecretStore
    bool operator==(const PoolSetting&) const = default;
};

/// Where the keys of the pool that this machine hosts are, which are never in the file.
struct HostKeySources {
    std::string clientKeyFile = {}; ///< file whose first line is the key of every client
    std::string clientKeySecret = {}; ///< or the name of the secret that it is, see SecretStore
    std::string workerKeyFile = {}; ///< the same for every worker
    std::string workerKeySecret = {};
    bool operator==(const HostKeySources&) const = default;
};

/// What Drover does about the local Ollama.
enum class OllamaMode {
    Adopt, ///< use the one that runs; never start, stop or restart one
    Supervise, ///< use the one that runs, else start one and keep it running
    Remote ///< it is none of this machine's business
};

struct OllamaSettings {
    OllamaMode mode = OllamaMode::Adopt;
    std::string program = {}; ///< path or name; empty means found in PATH and the usual places
    std::vector<std::string> environment = {}; ///< "NAME=VALUE", for an Ollama that Drover starts
    std::chrono::milliseconds hangTimeMax{120'000}; ///< silence after which it is ended and started again
    bool operator==(const OllamaSettings&) const = default;
};

enum class Language { System, English, German };

enum class ThemeChoice { System, Light, Dark };

/// Of the window and the tray.
struct GeneralSettings {
    Language language = Language::System;
    ThemeChoice theme = ThemeChoice::System;
    bool startHidden = false; ///< without the window, where there is a tray
    bool confirmQuit = true; ///< asks while there are jobs
    bool operator==(const GeneralSettings&) const = default;
};

/// Of the marks in the tray.
enum class TrayIconStyle {
    Auto, ///< one colour that fits the panel
    Light,
    Dark,
    Colour ///< of the state, besides its shape
};

/// What people are told although no window is open.
struct NotificationSettings {
    bool enabled = true; ///< else none of them
    bool ollamaGaveUp = true;
    bool ollamaRestarted = false;
    bool appLimited = true; ///< once a day for each app
    bool downloadFinished = true;
    bool poolLost = true; ///< refused, or not connected for a while
    bool diskFull = true;
    bool queueLong = false;
    std::int64_t queueLongJobs = 20; ///< waiting jobs that are not long yet
    std::chrono::milliseconds queueLongTime{300'000}; ///< for so long
    bool pauseOver = false; ///< by itself, not by somebody
    bool weeklySummary = false; ///< on the first day of the week that Drover runs
    bool operator==(const NotificationSettings&) const = default;
};

/// Everything Drover can be told: what the engine gets, and what the program around it needs itself.
struct Settings {
    drover::Config config = {};
    std::vector<BackendSetting> backends = {BackendSetting{}}; ///< `config.backends` is made from these
    std::vector<PoolSetting> pools = {}; ///< `config.pools` is made from these
    HostKeySources hostKeys = {};
    drover::LogLevel logLevel = drover::LogLevel::Info;
    std::string logFile = {}; ///< empty means standard error
    std::chrono::milliseconds drainTimeout{60'000}; ///< at a stop; 0 means at once, -1 no limit
    OllamaSettings ollama = {};
    GeneralSettings general = {};
    TrayIconStyle trayIconStyle = TrayIconStyle::Auto;
    NotificationSettings notifications = {};
    bool operator==(const Settings&) const = default;
};

/// Integers, counts and bytes are std::int64_t; choices, addresses and texts are std::string.
using SettingValue = std::variant<bool, std::int64_t, double, std::chrono::milliseconds, std::string,
    std::vector<std::string>, std::vector<drover::UserRule>, std::vector<BackendSetting>,
    std::vector<drover::KeyConfig>, std::vector<PoolSetting>>;

enum class ValueType {
    Bool,
    Integer,
    Number, ///< with a fraction; `least` and `most` are in hundredths
    Count, ///< "100k", "2.5M"; a plain number is itself
    Duration, ///< "10m", "1h30m", "500ms"; a plain number is seconds
    Bytes, ///< "32 KiB", "64MB"; a plain number is bytes
    Choice,
    Text,
    Address, ///< "host:port", ":port"; where the rule has a word, that word too
    Url,
    TextList,
    WeekHours, ///< "mon-fri 18-24,0-8; sat,sun 0-24", see drover::weekHoursText
    Users, ///< [[user]]
    Backends, ///< [[backend]]
    Keys, ///< [[key]]
    Pools ///< [[pool]]
};

/// What a value must look like.
struct ValueRule {
    ValueType type = ValueType::Text;
    std::int64_t least = 0; ///< of Integer; of Duration in milliseconds; of Bytes
    std::int64_t most = 0;
    std::string_view word = {}; ///< a word that may stand for `wordValue`, such as "auto"
    std::int64_t wordValue = 0;
    std::vector<std::string_view> choices = {};
};

enum class Effect { AtOnce, AfterRestart };

/// How much of a setting an older name stands for.
enum class Part {
    Whole,
    Host, ///< of an address
    Port, ///< of an address
    Folder ///< of a file; its name is drover.log
};

/// A name from before the table: an environment variable.
struct EnvironmentName {
    std::string_view name;
    Part part = Part::Whole;
};

/// An option of `drover serve`.
struct Flag {
    std::string_view name; ///< "--port"
    char shortName = 0; ///< 'p'
    Part part = Part::Whole;
    std::string_view sentence = {}; ///< when it says something else than the setting's
};

/// One setting: a row of the table.
struct Setting {
    std::string_view key; ///< "queue.waiting_max"
    ValueRule rule = {};
    std::string_view sentence = {}; ///< for people: the file's comment, the option's help, the window
    Effect effect = Effect::AtOnce;
    std::vector<EnvironmentName> environment = {}; ///< besides environmentName(); the first that is set counts
    std::vector<Flag> flags = {};
    SettingValue (*get)(const Settings&) = nullptr;
    void (*set)(Settings&, const SettingValue&) = nullptr; ///< the value must be one that parseValue made

    /// "waiting_max" of "queue.waiting_max".
    std::string_view name() const { return key.substr(key.find('.') + 1); }
    /// "queue" of "queue.waiting_max"; empty for user, backend and key.
    std::string_view section() const { return key.substr(0, key.find('.') == key.npos ? 0 : key.find('.')); }
    /// True for what fits on one line of the file, an environment variable or an option.
    bool isScalar() const { return rule.type < ValueType::Users; }
};

/// Something wrong with what Drover was told, or worth knowing about it.
struct Problem {
    std::string where = {}; ///< a file, "environment" or "command line"
    int line = 0; ///< 1 is the first; 0 where there are none
    std::string sentence = {};
    bool operator==(const Problem&) const = default;

    /// "drover.toml:12: queue.waiting_max must be ...".
    std::string text() const
    {
        return (where.empty() ? "" : where + (line > 0 ? ":" + std::to_string(line) : "") + ": ") + sentence;
    }
};

} // namespace drover::app
