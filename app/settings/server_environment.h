// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/layer.h"

#include <span>
#include <string_view>

namespace drover::app {

/// What `drover pool-server` takes as llamapool's and nfrx's servers do: a variable, an option, or both.
struct ServerOption {
    std::string_view variable; ///< "REQUEST_TIMEOUT"
    std::string_view flag; ///< "--request-timeout"
    std::string_view type; ///< "TIME"
    std::string_view setting; ///< key of the one that it stands for; empty for a secret, which no option may hold
    Part part = Part::Whole;
    std::string_view sentence = {}; ///< for the help
};
std::span<const ServerOption> serverOptions();

/// What is so in `drover pool-server` unless something else is said: it has no backend of its own, and apps of this
/// machine are no matter of its.
Layer poolServerDefaults();

/// PORT, METRICS_PORT, REQUEST_TIMEOUT and WS_PATH as such a server understands them. A METRICS_PORT that is PORT needs
/// no second listener: the metrics are on the pool's port in any case. A file of such a server, which is YAML, is a
/// problem: its keys would be ignored, and the pool be open to everybody.
Layer readServerEnvironment(const Environment& environment);

/// The environment without what means something else to a queue: PORT, and a worker's SERVER_URL.
Environment withoutServerVariables(Environment environment);

/// Adds the keys of the hosted pool, none of which is in the file, to settings that were made of everything else: of
/// every client from API_KEY or host.client_key_file, of every worker from WORKER_KEY, CLIENT_KEY or
/// host.worker_key_file. Where SERVER_URL joins a pool, WORKER_KEY and CLIENT_KEY are that pool's. A file that cannot
/// be read is a problem, since the pool would be open.
void takeHostKeys(Resolved& resolved, const Environment& environment, const ReadText& readText);

/// Checks what concerns more than one setting of the hosted pool; only where one is hosted.
void checkHosting(Resolved& resolved);

} // namespace drover::app
