// SPDX-License-Identifier: MIT
#pragma once

#include "app/ollama/ollama_search.h"
#include "app/settings/setting.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QString>
#include <QUrl>

#include <functional>

namespace drover::app {

/// What there is of an Ollama on this machine. A value.
struct EngineFound {
    QUrl server = {}; ///< where it was looked for
    ServerFound answer = {};
    QString program = {}; ///< that could be started; empty when none is found
    QString holder = {}; ///< who has the port, where it is no Ollama: "Port 11434 is used by ..."
};

/// Looks at the address that the settings name, and for a program to start. `found` is called once, later, on this
/// thread, within some seconds; never once `context` is gone.
void probeEngine(QNetworkAccessManager& network, const Settings& settings, QObject* context,
    std::function<void(const EngineFound&)> found);

/// What a person can do about the engine.
enum class EngineChoice { Use, Start, Address };

/// What to suggest: the one that runs, else starting one, else another address. Pure.
EngineChoice suggested(const EngineFound& found);

} // namespace drover::app
