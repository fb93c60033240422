// SPDX-License-Identifier: MIT
#include "core/protocol/demo_text.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace drover {

namespace {

constexpr std::string_view opening = "This is Drover's simulated model speaking.";

constexpr std::string_view sentences[] = {
    "No real model runs here, these words are made up.",
    "They come one by one so that you can watch the queue at work.",
    "Every app that asks gets its turn, and a busy one delays a quiet one by a single job.",
    "Open a second terminal, ask again, and see both share the two slots.",
    "Point an app at this address and it shows up by its own name.",
    "Cancel this answer in the window and its slot is free at once.",
    "A real model would answer your question, this one only fills the time.",
    "Install Ollama, start Drover without the demo, and the answers become real.",
    "Words arrive about twenty five times a second, as a small model on a laptop would send them.",
    "Whoever waits sees the place in line and moves up as others finish.",
    "Nothing that you type is stored, and nothing leaves this machine.",
    "Sheep follow a drover, requests follow Drover, and the simile ends there.",
};

/// The next number of a sequence (SplitMix64 of Steele, Lea and Flood, 2014).
std::uint64_t next(std::uint64_t& state)
{
    state += 0x9E3779B97F4A7C15u;
    std::uint64_t mixed = state;
    mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9u;
    mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBu;
    return mixed ^ (mixed >> 31);
}

void append(std::vector<std::string>& words, std::string_view sentence, std::size_t countMax)
{
    while (!sentence.empty() && words.size() < countMax) {
        const std::size_t end = std::min(sentence.find(' '), sentence.size());
        std::string word = words.empty() ? "" : " ";
        words.push_back(word.append(sentence.substr(0, end)));
        sentence.remove_prefix(std::min(end + 1, sentence.size()));
    }
}

} // namespace

std::uint64_t demoSeed(std::string_view text, std::uint64_t before)
{
    for (const char c : text)
        before = (before ^ static_cast<unsigned char>(c)) * 1099511628211u;
    return before;
}

std::size_t demoLength(std::uint64_t seed)
{
    return 40 + next(seed) % 80;
}

std::vector<std::string> demoWords(std::uint64_t seed, std::size_t count)
{
    std::vector<std::string> words;
    append(words, opening, count);
    std::size_t last = std::size(sentences);
    while (words.size() < count) {
        const std::size_t chosen = next(seed) % std::size(sentences);
        if (chosen == last)
            continue;
        append(words, sentences[chosen], count);
        last = chosen;
    }
    return words;
}

std::vector<float> demoEmbedding(std::string_view text, std::size_t dimensions)
{
    std::uint64_t state = demoSeed(text);
    std::vector<double> values(dimensions);
    double squares = 0;
    for (double& value : values) {
        value = static_cast<double>(next(state) >> 11) / static_cast<double>(1ull << 52) - 1;
        squares += value * value;
    }
    const double length = squares > 0 ? std::sqrt(squares) : 1;
    std::vector<float> embedding;
    embedding.reserve(dimensions);
    for (const double value : values)
        embedding.push_back(static_cast<float>(value / length));
    return embedding;
}

} // namespace drover
