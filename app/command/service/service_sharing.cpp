// SPDX-License-Identifier: MIT

// The service's part of the manners: sensors for the engine, memory freed for it, its pause kept.
#include "app/command/service/service.h"

#include "app/command/service/pause_note.h"
#include "app/settings/address.h"

#include <QJsonArray>

namespace drover::app {

void Service::keepSnooze(const drover::Snooze& snooze)
{
    const drover::Pause pause{
        .paused = snooze.kind == drover::SnoozeKind::Open || snooze.kind == drover::SnoozeKind::Until,
        .until = snooze.until};
    if (!writePauseNote(m_places, PauseOf::Sharing, pause))
        log(drover::LogLevel::Warning, "the pause cannot be kept for the next start: " + m_places.stateFolder);
}

/// They rest while no rule asks for them.
void Service::watchSensors()
{
    const drover::Config& config = m_settings.config;
    const bool wanted = !config.pools.empty() || config.sharing.ownToo || drover::answersHostedPool(config);
    if (!wanted && m_sensors)
        m_sensors->rest();
    if (!wanted)
        return;
    if (!m_sensors)
        m_sensors = std::make_unique<Sensors>(makeSensorSource, [this](const drover::SensorReadings& readings) {
            QMetaObject::invokeMethod(
                this,
                [this, readings] {
                    if (m_engine)
                        m_engine->setReadings(readings);
                },
                Qt::QueuedConnection);
        });
    SensorWishes wishes{.programs = m_settings.config.sharing.programs, .diskFolder = m_places.stateFolder};
    if (m_supervisor)
        wishes.ollamaPid = m_supervisor->supervision().pid;
    m_sensors->watch(std::move(wishes));
}

/// Of the Ollamas on this machine, as `drover free` does of all.
void Service::freeMemory()
{
    m_freeing.clear(); // what the last time began has long ended, or is asked for again
    for (const OllamaServer& server : ollamas()) {
        if (!isLoopback(server.url.host().toStdString()))
            continue;
        auto& client = m_freeing.emplace_back(std::make_unique<OllamaClient>(server));
        client->list([this, asked = client.get()](const OllamaAnswer& answer) {
            for (const QJsonValue& each : answer.json[QLatin1String("loaded")].toArray()) {
                const QString model = each.toObject()[QLatin1String("name")].toString();
                log(drover::LogLevel::Info, "sharing frees memory model=\"" + model.toStdString() + '"');
                asked->unload(model, [this](const OllamaAnswer& unloaded) {
                    if (!unloaded.ok())
                        log(drover::LogLevel::Warning, "a model was not unloaded: " + unloaded.trouble.toStdString());
                    m_engine->lookAtBackends();
                });
            }
        });
    }
}

} // namespace drover::app
