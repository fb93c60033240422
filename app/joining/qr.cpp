// SPDX-License-Identifier: MIT
#include "app/joining/qr.h"

#include <qrcodegen.hpp>

#include <cstddef>
#include <string>

namespace drover::app {

bool QrModules::isDark(int x, int y) const
{
    if (x < 0 || y < 0 || x >= side || y >= side)
        return false;
    return dark[static_cast<std::size_t>(y) * static_cast<std::size_t>(side) + static_cast<std::size_t>(x)];
}

std::optional<QrModules> qrModules(std::string_view text)
{
    try {
        const auto code = qrcodegen::QrCode::encodeText(std::string(text).c_str(), qrcodegen::QrCode::Ecc::MEDIUM);
        QrModules modules{.side = code.getSize()};
        for (int y = 0; y < modules.side; ++y)
            for (int x = 0; x < modules.side; ++x)
                modules.dark.push_back(code.getModule(x, y));
        return modules;
    } catch (const qrcodegen::data_too_long&) {
        return {};
    }
}

} // namespace drover::app
