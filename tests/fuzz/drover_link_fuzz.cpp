// SPDX-License-Identifier: MIT
// drover:// links, which any web page can make somebody click.
#include "app/desktop/drover_link.h"
#include "split.h"

#include <algorithm>

using namespace drover::app;
using drover::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto link = parseDroverLink(text);
    if (!link) {
        require(!link.error().detail.empty(), "a refusal has a sentence");
        return 0;
    }
    require(text.size() <= linkBytesMax && looksLikeLink(text), "only short links are accepted");
    require(!link->pauseFor || (*link->pauseFor > std::chrono::seconds(0) && *link->pauseFor <= drover::pauseLengthMax),
        "a pause is neither nothing nor endless");
    require((link->kind == DroverLink::Kind::Job) == (link->job != 0), "a job has a number");
    if (link->kind == DroverLink::Kind::Join) // see invitation_fuzz.cpp
        return 0;
    require(std::ranges::all_of(text, [](char letter) { return letter > ' ' && letter < '\x7f' && letter != '%'; }),
        "nothing hides in a link");
    return 0;
}
