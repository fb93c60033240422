// SPDX-License-Identifier: MIT
#include "app/first_run/engine_probe.h"

namespace drover::app {

void probeEngine(QNetworkAccessManager& network, const Settings& settings, QObject* context,
    std::function<void(const EngineFound&)> found)
{
    constexpr std::chrono::seconds timeMax{3};
    EngineFound known;
    known.server = QUrl(QString::fromStdString(settings.backends.front().backend.url));
    known.program = findOllamaProgram(QString::fromStdString(settings.ollama.program), {}, usualOllamaPlaces());
    askServer(
        network, known.server, timeMax, context, [known, found = std::move(found)](const ServerFound& answer) mutable {
            known.answer = answer;
            const bool taken =
                answer.outcome == ServerFound::Outcome::Stranger || answer.outcome == ServerFound::Outcome::Silent;
            if (taken)
                known.holder = QString::fromStdString(portHolderText(known.server.port(80)));
            found(known);
        });
}

EngineChoice suggested(const EngineFound& found)
{
    using enum ServerFound::Outcome;
    if (found.answer.outcome == Answers)
        return EngineChoice::Use;
    if (found.answer.outcome == Nobody && !found.program.isEmpty())
        return EngineChoice::Start;
    return found.answer.outcome == Nobody ? EngineChoice::Use : EngineChoice::Address;
}

} // namespace drover::app
