// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/hosting.h"
#include "core/api/key_file.h"

#include <functional>
#include <memory>

namespace drover::app {

class PoolDesk;

/// What the page *Host* and its dialogs do things by. A value; what it borrows lives longer.
struct HostDesk {
    PoolDesk& settings; ///< the settings and their file
    std::function<drover::Result<std::unique_ptr<drover::KeyFile>>()> openKeys; ///< fails where there is no such file
    std::function<void(drover::WorkerNumber, drover::WorkerCommand)> command;
};

/// Who did it, in the audit log of the keys.
inline constexpr const char* byTheWindow = "window";

} // namespace drover::app
