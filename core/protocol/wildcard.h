// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace drover {

/// `*` in the pattern stands for any run of bytes. Letters count as they are. Linear in the product of the sizes at
/// worst.
bool matchesWildcard(std::string_view text, std::string_view pattern);

} // namespace drover
