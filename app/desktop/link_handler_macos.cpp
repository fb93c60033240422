// SPDX-License-Identifier: MIT
#include "app/desktop/link_handler.h"

namespace drover::app {

Result<> registerLinks(const Environment&, const std::string&)
{
    return {}; // the bundle's Info.plist does it (CFBundleURLTypes) as soon as the bundle is there
}

} // namespace drover::app
