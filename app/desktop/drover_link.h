// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/snapshot.h"

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace drover::app {

/// A `drover://` link, understood. A link changes nothing by itself: all but opening a page needs a person's click. A
/// value.
struct DroverLink {
    enum class Kind { Open, Pause, Resume, Job, Join };
    enum class Page { Window, Now, Queue, History, Apps, Models, Pools, Host, Machine, Playground, Logs, Settings };

    Kind kind = Kind::Open;
    Page page = Page::Window; ///< of Open; `Window` is the one that is open already
    std::optional<std::chrono::seconds> pauseFor = {}; ///< of Pause; nothing: until somebody resumes
    drover::JobId job = 0; ///< of Job
    std::string invitation = {}; ///< of Join: the whole link, see parseInvitation; may hold a secret
    bool operator==(const DroverLink&) const = default;
};

inline constexpr std::size_t linkBytesMax = 2048;

/// True for what somebody meant as a link: it begins with "drover:", in letters of any case.
bool looksLikeLink(std::string_view text);

/// Understands `drover://open`, `open/PAGE`, `pause`, `pause?for=15m`, `resume`, `queue/NUMBER` and `join?...`. All
/// else fails with BadRequest, or TooLarge beyond `linkBytesMax`, and a sentence that repeats nothing of the link.
/// Pure.
Result<DroverLink> parseDroverLink(std::string_view text);

} // namespace drover::app
