// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <cstddef>
#include <string_view>

namespace drover::app {

/// A `drover://` link, understood: what it asks Drover to show. A link changes nothing by itself. A value.
struct DroverLink {
    enum class Page { Window, Now, Queue, History, Apps, Models, Pools, Machine, Playground, Logs, Settings };

    Page page = Page::Window; ///< `Window` is the one that is open already
    bool operator==(const DroverLink&) const = default;
};

inline constexpr std::size_t linkBytesMax = 2048;

/// True for what somebody meant as a link: it begins with "drover:", in letters of any case.
bool looksLikeLink(std::string_view text);

/// Understands `drover://open` and `drover://open/PAGE`. All else fails with BadRequest, or TooLarge beyond
/// `linkBytesMax`, and a sentence that repeats nothing of the link. Pure.
Result<DroverLink> parseDroverLink(std::string_view text);

} // namespace drover::app
