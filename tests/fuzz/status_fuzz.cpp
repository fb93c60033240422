// SPDX-License-Identifier: MIT
// What is read of a status can be told again, and is then read the same.
#include "core/api/status.h"
#include "split.h"

using namespace drover;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const auto once = parseStatus({reinterpret_cast<const char*>(bytes), size});
    if (!once)
        return 0;
    const std::string told = statusJson(*once);
    const auto twice = parseStatus(told);
    require(static_cast<bool>(twice), "what is told can be read");
    require(statusJson(*twice) == told, "telling changes nothing");
    return 0;
}
