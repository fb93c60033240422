// SPDX-License-Identifier: MIT
#pragma once

#include "app/joining/qr.h"

#include <string>

namespace drover::app {

enum class QrColors {
    Terminal, ///< light on dark by escape sequences, whatever the terminal's own colours are
    None ///< for a light text on a dark ground
};

/// A QR code in half blocks, two modules to a letter, with its border; lines end with a line feed.
std::string qrText(const QrModules& code, QrColors colors);

} // namespace drover::app
