// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"
#include "core/api/error.h"

#include <string>

namespace drover::app {

/// Has the system open `drover://` links of this person with `program`, an absolute path, where no installed Drover
/// does that already and none that is still there was registered before. One definition per operating system.
///
/// Fails with Io when what the system reads cannot be written.
Result<> registerLinks(const Environment& environment, const std::string& program);

} // namespace drover::app
