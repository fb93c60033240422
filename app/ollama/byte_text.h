// SPDX-License-Identifier: MIT
#pragma once

#include <QString>

#include <cstdint>

namespace drover::app {

/// "12.4 GB", "820 MB", "4 kB", "0 B" in the language of the application: decimal, as Ollama and disks count.
QString byteText(std::uint64_t bytes);

} // namespace drover::app
