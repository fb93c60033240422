// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/api/snapshot.h"

#include <string>

namespace drover {

/// {"error": sentence, "code": word}.
std::string errorJson(const Error& error);

/// llamapool's three fields and Boost's version.
std::string versionJson();

struct Readiness {
    bool ready = false; ///< a new request would be taken and a backend answers; a paused queue counts
    std::string checks = {}; ///< one line each: "[+] backend here", "[-] backend there: refused"
    std::string sentence = {}; ///< "ready", "not ready: draining"
};
Readiness readiness(const Snapshot& snapshot);

} // namespace drover
