// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/log.h"

#include <string>
#include <string_view>

namespace drover::app {

// Lines that Ollama writes. Its server uses Go's log/slog in text form, its HTTP part writes "[GIN] ... | 200 | ...".
// Pure.

/// How important Ollama means a line to be; Info where it does not say.
drover::LogLevel ollamaLevel(std::string_view line);

/// The line without what might be a secret: passwords in addresses, bearer tokens, values of names such as API_KEY.
/// Ollama writes its whole environment at its start, proxies included.
std::string withoutSecrets(std::string_view line);

} // namespace drover::app
