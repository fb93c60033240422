// SPDX-License-Identifier: MIT
#include "app/command/view/qr_text.h"

#include <array>

namespace drover::app {

std::string qrText(const QrModules& code, QrColors colors)
{
    static constexpr std::array<const char*, 4> blocks = {"█", "▀", "▄", " "}; // light is what is drawn
    std::string text;
    for (int y = -QrModules::border; y < code.side + QrModules::border; y += 2) {
        if (colors == QrColors::Terminal)
            text += "\x1b[97;40m";
        for (int x = -QrModules::border; x < code.side + QrModules::border; ++x) {
            const bool upper = code.isDark(x, y);
            const bool lower = code.isDark(x, y + 1);
            text += blocks[(upper ? 2u : 0u) + (lower ? 1u : 0u)];
        }
        text += colors == QrColors::Terminal ? "\x1b[0m\n" : "\n";
    }
    return text;
}

} // namespace drover::app
