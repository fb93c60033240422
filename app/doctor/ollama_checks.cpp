// SPDX-License-Identifier: MIT
#include "app/doctor/checks.h"

#include "app/doctor/check_words.h"
#include "app/settings/number_text.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QVersionNumber>

#include <algorithm>
#include <optional>

namespace drover::app {

using namespace check;

namespace {

/// A model that an Ollama has in memory, as GET /api/ps tells of it.
struct LoadedModel {
    QString name = {};
    double bytes = 0;
    double graphicsBytes = 0; ///< of them on a graphics card
    int context = 0; ///< tokens; 0 when not told
};

std::vector<LoadedModel> loadedModels(const Facts& facts)
{
    std::vector<LoadedModel> found;
    for (const Facts::Backend& backend : facts.backends) {
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(backend.loaded.body)).object();
        for (const auto& value : json.value(QLatin1String("models")).toArray()) {
            const auto model = value.toObject();
            found.push_back({model.value(QLatin1String("name")).toString(),
                model.value(QLatin1String("size")).toDouble(), model.value(QLatin1String("size_vram")).toDouble(),
                model.value(QLatin1String("context_length")).toInt()});
        }
    }
    return found;
}

bool isSimulated(const Facts& facts)
{
    return facts.settings.settings.config.demo || (facts.snapshot && facts.snapshot->demo);
}

Finding backends(const Facts& facts)
{
    if (isSimulated(facts))
        return {"backends", Verdict::Warning, Doctor::tr("answers are simulated (demonstration)"),
            Doctor::tr("Leave out --demo, or drover config set proxy.demo false"), change("proxy.demo", "false")};
    for (const Facts::Backend& backend : facts.backends) {
        if (backend.https || answers(backend.probe))
            continue;
        const bool nobody = backend.probe.outcome == Probe::Outcome::NobodyListens;
        const bool ollama = backend.kind == drover::BackendKind::Ollama && backend.local;
        return {"backends", Verdict::Problem,
            (nobody ? Doctor::tr("%1: nobody listens there") : Doctor::tr("%1: something is there but gives no answer"))
                .arg(text(backend.url)),
            ollama ? Doctor::tr("Start Ollama: ollama serve")
                   : Doctor::tr("Start it, or correct its address in the settings."),
            ollama && nobody ? Remedy{Remedy::Kind::StartOllama} : open("backend")};
    }
    if (facts.backends.empty())
        return {"backends", Verdict::Problem, Doctor::tr("no machine is set up that could answer"),
            Doctor::tr("Add a backend to the settings."), open("backend")};
    return ok("backends",
        facts.backends.size() == 1 ? Doctor::tr("%1 answers").arg(text(facts.backends.front().url))
                                   : Doctor::tr("every machine answers"));
}

Finding ollamaVersion(const Facts& facts)
{
    // The first that says in /api/ps how much room a model has, and keeps thinking apart.
    static const QVersionNumber oldest(0, 9, 0);
    QString found;
    for (const Facts::Backend& backend : facts.backends) {
        if (backend.kind != drover::BackendKind::Ollama || !answers(backend.probe))
            continue;
        found = QJsonDocument::fromJson(QByteArray::fromStdString(backend.probe.body))
                    .object()
                    .value(QLatin1String("version"))
                    .toString();
        if (found.isEmpty())
            return {"ollama_version", Verdict::Warning,
                Doctor::tr("what answers on %1 does not say which Ollama it is").arg(text(backend.url)),
                Doctor::tr("If it is another kind of server, say so: kind = \"openai\" in its [[backend]]."),
                open("backend")};
        const auto version = QVersionNumber::fromString(found);
        if (!version.isNull() && version.majorVersion() == 0 && version < oldest && version.minorVersion() > 0)
            return {"ollama_version", Verdict::Warning,
                Doctor::tr("Ollama %1 is old; some of what Drover shows needs %2").arg(found, oldest.toString()),
                Doctor::tr("Update Ollama.")};
    }
    return found.isEmpty() ? notApplicable("ollama_version", Doctor::tr("no Ollama answers"))
                           : ok("ollama_version", Doctor::tr("Ollama has version %1").arg(found));
}

Finding backendHealth(const Facts& facts)
{
    if (!facts.snapshot)
        return unknown("backend_health");
    for (const drover::BackendView& backend : facts.snapshot->backends) {
        if (backend.state != drover::BackendState::Resting && backend.state != drover::BackendState::Down)
            continue;
        const QString what = backend.state == drover::BackendState::Resting ? Doctor::tr("%1 rests after failures")
                                                                            : Doctor::tr("%1 does not answer");
        return {"backend_health", Verdict::Problem,
            what.arg(text(backend.name))
                + (backend.reason.empty() ? QString() : QStringLiteral(": ") + text(backend.reason)),
            Doctor::tr("See that it runs; Drover tries it again by itself."), {Remedy::Kind::OpenLogs}};
    }
    return ok("backend_health", Doctor::tr("no machine is resting"));
}

Finding models(const Facts& facts)
{
    if (!facts.snapshot)
        return unknown("models");
    std::size_t models = 0;
    for (const drover::BackendView& backend : facts.snapshot->backends)
        models += backend.models.size();
    if (models == 0)
        return {"models", Verdict::Problem, Doctor::tr("no machine has a model"),
            Doctor::tr("Fetch one: ollama pull llama3.2"), {Remedy::Kind::OpenModels}};
    return ok("models", Doctor::tr("models: %1").arg(models));
}

Finding slots(const Facts& facts)
{
    if (!facts.snapshot)
        return unknown("slots");
    for (const drover::BackendView& backend : facts.snapshot->backends) {
        if (backend.slots == 1 && facts.snapshot->waiting > 0)
            return {"slots", Verdict::Warning,
                Doctor::tr("%1 runs one request at a time, and others wait").arg(text(backend.name)),
                Doctor::tr("If it can do more at once, say so: drover config set queue.concurrency 4"),
                open("queue.concurrency")};
    }
    return ok("slots", Doctor::tr("requests that can run at once: %1").arg(facts.snapshot->slots));
}

/// Drover's slots and what Ollama runs at once should be the same.
Finding parallelism(const Facts& facts)
{
    const Settings& settings = facts.settings.settings;
    const auto ofOllama = text(ollamaVariable(facts, "OLLAMA_NUM_PARALLEL")).toInt();
    const int wanted = settings.config.concurrency;
    if (wanted == 0 || facts.settings.origin("queue.concurrency").find("OLLAMA_NUM_PARALLEL") != std::string::npos)
        return ok("parallelism", Doctor::tr("Drover runs as many requests at once as the machine does"));
    if (ofOllama == 0)
        return notApplicable("parallelism", Doctor::tr("OLLAMA_NUM_PARALLEL is not set here"));
    if (ofOllama == wanted)
        return ok("parallelism", Doctor::tr("Drover and Ollama agree on what runs at once: %1").arg(wanted));
    return {"parallelism", Verdict::Warning,
        Doctor::tr("Drover sends %1 requests at once, Ollama runs %2 (OLLAMA_NUM_PARALLEL)").arg(wanted).arg(ofOllama),
        wanted > ofOllama ? Doctor::tr("The rest waits inside Ollama, where nobody is fair. Let Drover ask: "
                                       "drover config set queue.concurrency auto")
                          : Doctor::tr("Some of Ollama's memory is unused. Let Drover ask: "
                                       "drover config set queue.concurrency auto"),
        change("queue.concurrency", "auto")};
}

Finding processor(const Facts& facts)
{
    const auto loaded = loadedModels(facts);
    const auto whole = [](const LoadedModel& model) { return model.graphicsBytes >= model.bytes; };
    if (loaded.empty())
        return notApplicable("processor", Doctor::tr("no model is loaded"));
    const auto slow = std::ranges::find_if_not(loaded, whole);
    if (slow == loaded.end())
        return ok("processor", Doctor::tr("every loaded model is whole on the graphics card"));
    const int percent = slow->bytes > 0 ? static_cast<int>(slow->graphicsBytes * 100 / slow->bytes) : 0;
    if (facts.system.graphicsCard == false && percent == 0)
        return ok("processor", Doctor::tr("models run on the processor; there is no graphics card for them"));
    if (percent == 0)
        return {"processor", Verdict::Warning, Doctor::tr("%1 runs on the processor alone").arg(slow->name),
            facts.system.graphicsCard == true
                ? Doctor::tr("There is a graphics card. Look in Ollama's output for why it is not used; after an "
                             "update of its driver, restart the machine.")
                : Doctor::tr("It is slow. With a graphics card, look in Ollama's output for why it is not used."),
            {Remedy::Kind::OpenLogs}};
    return {"processor", Verdict::Warning,
        Doctor::tr("only %1 % of %2 is on the graphics card").arg(percent).arg(slow->name),
        Doctor::tr("Use a smaller model, or let fewer requests run at once."), {Remedy::Kind::OpenModels}};
}

Finding context(const Facts& facts)
{
    constexpr int small = 4096; // Ollama's default where memory is short
    const auto loaded = loadedModels(facts);
    const auto cut = std::ranges::find_if(
        loaded, [](const LoadedModel& model) { return model.context > 0 && model.context <= small; });
    if (loaded.empty())
        return notApplicable("context", Doctor::tr("no model is loaded"));
    if (cut == loaded.end())
        return ok("context", Doctor::tr("the loaded models have room for long conversations"));
    const bool ours = facts.settings.settings.ollama.mode == OllamaMode::Supervise;
    return {"context", Verdict::Warning,
        Doctor::tr("%1 has room for %2 tokens; what is longer is cut off without a word")
            .arg(cut->name)
            .arg(cut->context),
        ours ? Doctor::tr("Give it more: OLLAMA_CONTEXT_LENGTH=16384 in engine.environment")
             : Doctor::tr("Give it more: start Ollama with OLLAMA_CONTEXT_LENGTH=16384"),
        ours ? open("engine.environment") : Remedy{}};
}

/// A service of the system beside a Drover that starts Ollama itself.
Finding otherService(const Facts& facts)
{
    const auto& services = facts.system.ollamaServices;
    if (services.empty())
        return ok("ollama_service", Doctor::tr("no service of the system starts an Ollama"));
    const QString which = text(services.front());
    if (facts.settings.settings.ollama.mode != OllamaMode::Supervise)
        return ok("ollama_service", Doctor::tr("the system starts Ollama (%1), and Drover uses it").arg(which));
    return {"ollama_service", Verdict::Warning,
        Doctor::tr("the system starts an Ollama of its own (%1), so Drover's settings for Ollama do not count")
            .arg(which),
        Doctor::tr("Have one of them start it: drover config set engine.mode adopt, or switch the service off."),
        change("engine.mode", "adopt")};
}

} // namespace

std::span<const Check> ollamaChecks()
{
    static constexpr Check all[] = {
        backends, ollamaVersion, backendHealth, models, slots, parallelism, processor, context, otherService};
    return all;
}

} // namespace drover::app
