// SPDX-License-Identifier: MIT
#include "core/api/engine.h"

#include <boost/version.hpp>

#include <string>

namespace drover {

std::string_view versionNumber()
{
    return DROVER_VERSION;
}

std::string_view revision()
{
    return DROVER_REVISION;
}

std::string_view buildDate()
{
    return DROVER_BUILD_DATE;
}

std::string_view boostVersion()
{
    static const std::string text = std::to_string(BOOST_VERSION / 100000) + "."
        + std::to_string(BOOST_VERSION / 100 % 1000) + "." + std::to_string(BOOST_VERSION % 100);
    return text;
}

} // namespace drover
