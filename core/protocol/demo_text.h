// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// The name of the one model that the demo has.
inline constexpr std::string_view demoModel = "drover-demo:latest";

/// A number that stands for a text, the same on every machine (FNV-1a, 64 bit).
std::uint64_t demoSeed(std::string_view text, std::uint64_t before = 14695981039346656037u);

/// How many words an answer has when nobody limits it: 40 to 119, by its seed.
std::size_t demoLength(std::uint64_t seed);

/// What the simulated model says: words with the blank before them, the first without. The first sentence says that it
/// is simulated. Only letters and `.,:'`, so that it fits into a JSON string as it is.
std::vector<std::string> demoWords(std::uint64_t seed, std::size_t count);

/// A made-up embedding of a text: length 1, the same for the same text. `dimensions` is at least 1.
std::vector<float> demoEmbedding(std::string_view text, std::size_t dimensions);

inline constexpr std::size_t demoDimensions = 64;
inline constexpr std::size_t demoDimensionsMax = 4'096;

} // namespace drover
