// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"
#include "core/api/error.h"

#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

/// What the system says about starting Drover at login. A value.
struct LoginItemStatus {
    enum class State {
        Off, ///< there is no entry
        On,
        SwitchedOffBySystem ///< the entry is there, but the desktop's or system's own settings hold it back
    };
    State state = State::Off;
    std::vector<std::string> command = {}; ///< program and arguments that the entry starts; empty when there is none
    bool programGone = false; ///< there is no such program any more
    bool operator==(const LoginItemStatus&) const = default;
};

/// "off", "on" or "switched_off_by_system", for programs.
std::string_view codeName(LoginItemStatus::State state);

/// The entry by which the system starts a program when this person logs in: on Linux a file in
/// $XDG_CONFIG_HOME/autostart, on macOS a LaunchAgent, on Windows a value of the Run key.
///
/// Keeps nothing: every call asks the system. One definition per operating system.
class LoginItem {
public:
    /// `environment` tells where the entry is; `command` is what it shall start, by absolute path.
    LoginItem(Environment environment, std::vector<std::string> command);

    /// Fails with Io when the entry is there and cannot be read.
    Result<LoginItemStatus> status() const;

    /// Makes the entry, or makes it anew. What Task Manager or launchctl switched off stays so until it is switched on
    /// there. Fails with Io when it cannot be written.
    Result<> switchOn() const;

    /// Takes the entry away; that there was none is no error. Fails with Io when it is still there.
    Result<> switchOff() const;

    /// Where the entry is: a file, or a value of the registry.
    std::string place() const;

    /// Which settings of the system hold an entry back: "Task Manager, Startup apps".
    static std::string_view heldBackIn();

    const std::vector<std::string>& command() const { return m_command; }

private:
    Environment m_environment;
    std::vector<std::string> m_command;
};

/// Writes the entry anew when it is there and starts a program that is not there any more, so that Drover goes on to
/// start at login after it was moved. An entry that starts another Drover is left alone.
Result<> renewLoginItem(const LoginItem& item);

/// The option of drover-tray that stands for the variable DROVER_HOME, which no login brings along.
inline constexpr const char* homeOption = "--home";

/// What starts drover-tray without its window: the AppImage that this program runs from, else the drover-tray beside it
/// or in PATH. Empty when there is none. With DROVER_HOME in `environment` it is given that folder. `programFolder` is
/// that of this program.
std::vector<std::string> loginCommand(const Environment& environment, const std::string& programFolder);

} // namespace drover::app
