// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <vector>

namespace drover::app {

/// A QR code: a square of dark and light modules, without the light border of four that it needs around it.
struct QrModules {
    static constexpr int border = 4; ///< modules, as ISO/IEC 18004 wants

    int side = 0;
    std::vector<bool> dark = {}; ///< row by row

    /// Light outside.
    bool isDark(int x, int y) const;
};

/// The text as a QR code of which a seventh may be unreadable; nothing for a text that is too long for one (2 KB).
std::optional<QrModules> qrModules(std::string_view text);

} // namespace drover::app
