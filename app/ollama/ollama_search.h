// SPDX-License-Identifier: MIT
#pragma once

#include <QNetworkAccessManager>
#include <QString>
#include <QStringList>
#include <QUrl>

#include <chrono>
#include <functional>

namespace drover::app {

/// What is found at the address of an Ollama.
struct ServerFound {
    enum class Outcome {
        Answers, ///< as Ollama does
        Stranger, ///< something that is no Ollama
        Nobody, ///< nothing listens there
        Silent ///< no answer in time
    };
    Outcome outcome = Outcome::Nobody;
    QString version = {}; ///< of an Ollama
};

/// Asks `server` for its version (GET /api/version). `found` is called once, later, on this thread, at the latest after
/// `timeMax`; never once `context` is gone. Uses no proxy of the system.
void askServer(QNetworkAccessManager& network, const QUrl& server, std::chrono::milliseconds timeMax, QObject* context,
    std::function<void(const ServerFound&)> found);

/// The program to start, as an absolute path; empty when there is none. `wanted` is what somebody named, a path or a
/// name, and then nothing else counts; empty looks in the folders of `path` (as of PATH, an empty list means PATH) and
/// in the usual places.
QString findOllamaProgram(const QString& wanted, const QStringList& path, const QStringList& usualPlaces);

/// Where installers put the program on this system, most usual first. Not all of them are there.
QStringList usualOllamaPlaces();

/// "Port 11434 is used by python3 (pid 12)", without a full stop.
std::string portHolderText(int port);

} // namespace drover::app
