// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"
#include "app/settings/places.h"

namespace drover::app {

/// Reads all places that settings come from, as often as wanted: options beat the environment beats the file.
class SettingsSource {
public:
    /// What the program is: a queue for the apps of this machine, or only the server of a pool.
    enum class Purpose { Queue, PoolServer };

    /// An empty `file` means CONFIG_FILE of the environment, else the usual place.
    SettingsSource(const Places& places, Environment environment, FlagTexts flags, std::string file = {},
        Purpose purpose = Purpose::Queue);

    enum class File { Read, Missing, Unreadable };
    struct Reading {
        Resolved resolved = {};
        File file = File::Read;
    };

    /// A missing file is no problem in the usual place, but one where somebody named it.
    Reading read() const;

    const std::string& file() const { return m_file; }
    const Environment& environment() const { return m_environment; }

private:
    Environment m_environment;
    FlagTexts m_flags;
    std::string m_file;
    bool m_named = false; ///< by an option or variable
    Layer m_server = {}; ///< of the environment of a pool's server
    Purpose m_purpose;
};

/// The whole text of a file of at most 2 MB; nothing when it cannot be read.
std::optional<std::string> readTextFile(const std::string& path);

} // namespace drover::app
