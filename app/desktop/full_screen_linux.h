// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <optional>
#include <string>

namespace drover::app {

/// What fills the screen, as the window manager tells it to X clients: _NET_ACTIVE_WINDOW with
/// _NET_WM_STATE_FULLSCREEN (Extended Window Manager Hints 1.5). libxcb is loaded at run time: `drover serve` runs
/// without it. One thread.
///
/// Wayland tells nobody what fills the screen. What runs there through Xwayland, as most games do, is still seen.
class FullScreenWatch {
public:
    FullScreenWatch();
    ~FullScreenWatch();

    /// The class of the window, such as "firefox"; empty when none fills the screen, nothing when nobody tells.
    std::optional<std::string> app();

private:
    struct Display;

    std::unique_ptr<Display> m_display; ///< none while there is no X server
    int m_readsUntilTry = 0; ///< of the next connection
};

} // namespace drover::app
