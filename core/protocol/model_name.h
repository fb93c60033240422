// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace drover {

/// The one name under which a model is known to the queue: lower case, with a tag, without the default registry and
/// namespace. "Tiny", "tiny:latest", "library/tiny" and "registry.ollama.ai/library/tiny" are all "tiny:latest";
/// "host:5000/me/tiny" is "host:5000/me/tiny:latest". An empty name stays empty.
std::string normaliseModel(std::string_view name);

/// True for names that leave this machine: tag "cloud", or a tag that ends in "-cloud".
bool isCloudModel(std::string_view name);

} // namespace drover
