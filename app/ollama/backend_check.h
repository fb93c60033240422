// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/config.h"

#include <QNetworkAccessManager>
#include <QString>

#include <chrono>
#include <functional>

namespace drover::app {

/// What answers at the address of a backend.
struct BackendFound {
    enum class Outcome {
        Answers, ///< as its kind does
        NeedsKey, ///< it wants a key, or another one
        Stranger, ///< something of another kind
        Untrusted, ///< https with a certificate that nobody here vouches for
        Nobody, ///< nothing listens there
        Silent ///< no answer in time
    };
    Outcome outcome = Outcome::Nobody;
    QString version = {}; ///< of an Ollama
    int models = -1; ///< of an OpenAI-compatible server; -1 when not told
};

/// Asks a backend what it is: GET /api/version of an Ollama, GET /v1/models of the others, with its key and its
/// authority. `found` is called once, later, on this thread, at the latest after `timeMax`; never once `context` is
/// gone. Uses no proxy of the system.
void checkBackend(QNetworkAccessManager& network, const drover::BackendConfig& backend,
    std::chrono::milliseconds timeMax, QObject* context, std::function<void(const BackendFound&)> found);

} // namespace drover::app
