// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/key_file.h"

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace drover::app {

/// Whom a key is for.
enum class KeyKind {
    App, ///< an app that asks the queue of this machine; kept in the settings file
    Pool, ///< a client of the pool that this machine hosts; this and the next are kept in its key file
    Worker ///< a machine that joined the pool
};

/// Options of `drover keys` and `drover invite` as they were typed; empty where they were not.
struct KeyWords {
    std::optional<KeyKind> kind = {}; ///< --app, --pool, --worker
    std::string expires = {}; ///< "30d"
    std::string grace = {}; ///< of rotate
    std::string models = {}; ///< "llama3*,qwen*", or all
    std::string weight = {};
    std::string requestsPerMinute = {}; ///< these four: "100k", or off
    std::string tokensPerMinute = {};
    std::string tokensPerDay = {};
    std::string running = {};
    std::string note = {};
    std::string uses = {};
    std::string url = {}; ///< of invite: where the link points
    std::optional<bool> qr = {}; ///< --qr, --no-qr
    int limit = 0; ///< rows of audit

    bool allowsAnything() const; ///< one of the options of an allowance is there
};

/// `before` with what the options say. Fails with BadRequest and a sentence.
drover::Result<drover::KeyAllowance> allowanceOf(const KeyWords& words, drover::KeyAllowance before = {});

/// "30d", of an option called `option`; between `least` and `most`. Fails with BadRequest and a sentence.
drover::Result<std::chrono::seconds> secondsOf(
    const std::string& text, const std::string& option, std::chrono::seconds least, std::chrono::seconds most);

/// "1000"; between 1 and `most`.
drover::Result<std::uint32_t> countOf(const std::string& text, const std::string& option, std::uint32_t most);

/// What is not everybody's: "weight=2 models=llama*,qwen* rpm=60 tpm=100k tpd=1M running=4"; empty when nothing is.
std::string allowanceText(const drover::KeyAllowance& allowance);

std::string_view name(KeyKind kind); ///< "app", "pool", "worker"

} // namespace drover::app
