// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/exit_code.h"
#include "app/command/invocation.h"
#include "app/desktop/login_item.h"

#include <string>

namespace drover::app {

/// `drover login-item on|off|status`. Ends with Failed where the entry cannot be read or written, Refused where it was
/// made and the system still holds it back, Unhealthy when what it starts is not there any more.
ExitCode loginItem(const Invocation& invocation, const LoginItem& item);

/// One sentence for people, and what to do where there is something to do.
std::string loginItemText(const LoginItemStatus& status, const LoginItem& item);

} // namespace drover::app
