// SPDX-License-Identifier: MIT
#include "app/command/models_command.h"

#include "app/command/control_commands.h"
#include "app/command/print.h"
#include "app/command/service/stop_signals.h"
#include "app/command/view/models_text.h"
#include "app/command/view/terminal.h"
#include "app/command/view/text_width.h"
#include "app/ollama/model_listing.h"
#include "app/ollama/model_pull.h"
#include "app/ollama/model_shelf.h"
#include "app/ollama/models_folder.h"
#include "app/ollama/ollama_servers.h"
#include "app/settings/secret_store.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QEventLoop>

#include <iostream>
#include <memory>

namespace drover::app {

namespace {

using drover::ModelView;

/// One Ollama and what it has.
struct Listed {
    explicit Listed(const OllamaServer& server)
        : client(server)
    {
    }
    std::string name() const { return client.server().name.toStdString(); }

    OllamaClient client;
    std::vector<ModelView> models = {};
    QString trouble = {}; ///< why it could not be asked
};

std::string printed(const QString& text)
{
    return printable(text.toStdString());
}

/// Asks every Ollama what it has, then does what was asked for. The program's event loop is its own; `finish` ends it.
class ModelsCommand : public QObject {
public:
    ModelsCommand(const Invocation& invocation, const Target& target, const std::vector<OllamaServer>& servers);

    void start();

private:
    struct Place {
        Listed* where = nullptr;
        ModelView model = {};
    };

    void listed();
    void list();
    void load(const std::string& model);
    void unload(const std::vector<Place>& places);
    void unloadNamed(const std::string& model);
    void unloadAll();
    void remove(const std::string& model);
    void pull(const std::string& model);
    void showPull();
    void pullEnded();

    bool isComplete(); ///< every Ollama could be asked; those that could not are told
    std::vector<Place> placesOf(const std::string& model);
    void noSuchModel(const std::string& model);
    void lookAgain() const;
    void finish(ExitCode code) { QCoreApplication::exit(static_cast<int>(code)); }

    const Invocation& m_invocation;
    const Target& m_target;
    std::vector<std::unique_ptr<Listed>> m_all;
    std::size_t m_asked = 0; ///< that have not answered
    std::size_t m_left = 0; ///< to be unloaded
    std::uint64_t m_freed = 0;
    ExitCode m_code = ExitCode::Ok;
    std::unique_ptr<ModelPull> m_pull;
    std::unique_ptr<StopSignals> m_signals;
    std::string m_shown; ///< the last line on the progress of a download
    bool m_stopped = false; ///< a person stopped the download
};

ModelsCommand::ModelsCommand(
    const Invocation& invocation, const Target& target, const std::vector<OllamaServer>& servers)
    : m_invocation(invocation)
    , m_target(target)
{
    for (const OllamaServer& server : servers)
        m_all.push_back(std::make_unique<Listed>(server));
}

void ModelsCommand::start()
{
    m_asked = m_all.size();
    for (const auto& each : m_all) {
        each->client.list([this, raw = each.get()](const OllamaAnswer& answer) {
            raw->trouble = answer.trouble;
            raw->models = listedModels(answer.json);
            if (--m_asked == 0)
                listed();
        });
    }
}

void ModelsCommand::listed()
{
    const std::string& command = m_invocation.command;
    const std::string model = m_invocation.words.empty() ? "" : m_invocation.words.front();
    if (command == "models" || command == "models list")
        return list();
    if (command == "models pull")
        return pull(model);
    if (!isComplete())
        return finish(ExitCode::NotRunning);
    if (command == "models load")
        return load(model);
    if (command == "models rm")
        return remove(model);
    if (command == "free" || m_invocation.all)
        return unloadAll();
    unloadNamed(model);
}

bool ModelsCommand::isComplete()
{
    bool complete = true;
    for (const auto& each : m_all) {
        if (each->trouble.isEmpty())
            continue;
        complain(printed(each->trouble));
        complete = false;
    }
    return complete;
}

void ModelsCommand::list()
{
    std::vector<ListedBackend> backends;
    for (const auto& each : m_all)
        backends.push_back({each->name(), each->client.server().url.toString().toStdString(),
            each->trouble.toStdString(), each->models});
    if (m_invocation.names) // for the completion of shells
        print(modelNamesText(backends));
    else
        print(m_invocation.json ? modelsJson(backends) : modelsText(backends, QDateTime::currentMSecsSinceEpoch()));
    const bool complete = m_invocation.json || isComplete();
    const bool any = std::ranges::any_of(m_all, [](const auto& each) { return each->trouble.isEmpty(); });
    finish(!any ? ExitCode::NotRunning : complete ? ExitCode::Ok : ExitCode::Unhealthy);
}

std::vector<ModelsCommand::Place> ModelsCommand::placesOf(const std::string& model)
{
    std::vector<Place> places;
    for (const auto& each : m_all) {
        for (const ModelView& known : each->models) {
            if (isSameModel(known.name, model))
                places.push_back({each.get(), known});
        }
    }
    return places;
}

void ModelsCommand::noSuchModel(const std::string& model)
{
    complain("there is no model " + printable(model)
        + "; those that are here: drover models, to get one: drover models "
          "pull "
        + printable(model));
    finish(ExitCode::Refused);
}

/// The running Drover need not wait for its next look; where none runs, nobody is told.
void ModelsCommand::lookAgain() const
{
    static_cast<void>(m_target.client().control("POST", "/control/look"));
}

void ModelsCommand::load(const std::string& model)
{
    const auto places = placesOf(model);
    if (places.empty())
        return noSuchModel(model);
    const auto keep = m_invocation.keep ? OllamaClient::Keep::UntilUnloaded : OllamaClient::Keep::AsUsual;
    Listed* const where = places.front().where;
    const QString name = QString::fromStdString(places.front().model.name);
    where->client.load(name, keep, [this, where, name](const OllamaAnswer& answer) {
        if (!answer.ok()) {
            complain(printed(answer.trouble));
            return finish(ExitCode::Refused);
        }
        print(printed(name) + " is loaded on " + printable(where->name())
            + (m_invocation.keep ? ", until it is unloaded.\n" : ".\n"));
        lookAgain();
        finish(ExitCode::Ok);
    });
}

void ModelsCommand::unloadNamed(const std::string& model)
{
    auto places = placesOf(model);
    if (places.empty())
        return noSuchModel(model);
    std::erase_if(places, [](const Place& place) { return !place.model.loaded; });
    if (places.empty()) {
        print(printable(model) + " is not loaded.\n");
        return finish(ExitCode::Ok);
    }
    unload(places);
}

void ModelsCommand::unloadAll()
{
    std::vector<Place> places;
    for (const auto& each : m_all) {
        for (const ModelView& model : each->models) {
            if (model.loaded)
                places.push_back({each.get(), model});
        }
    }
    if (places.empty()) {
        print("No model is loaded.\n");
        return finish(ExitCode::Ok);
    }
    unload(places);
}

void ModelsCommand::unload(const std::vector<Place>& places)
{
    m_left = places.size();
    for (const Place& place : places) {
        const QString name = QString::fromStdString(place.model.name);
        place.where->client.unload(name, [this, name, place](const OllamaAnswer& answer) {
            if (answer.ok()) {
                m_freed += place.model.gpuBytes > 0 ? place.model.gpuBytes : place.model.memoryBytes;
                print(printed(name) + " is unloaded from " + printable(place.where->name()) + ".\n");
            } else {
                complain(printed(answer.trouble));
                m_code = ExitCode::Refused;
            }
            if (--m_left > 0)
                return;
            if (m_freed > 0)
                print("Free again, as soon as jobs that still run are done: " + memoryText(m_freed) + ".\n");
            lookAgain();
            finish(m_code);
        });
    }
}

void ModelsCommand::remove(const std::string& model)
{
    const auto places = placesOf(model);
    if (places.empty())
        return noSuchModel(model);
    if (places.size() > 1) {
        complain("several Ollamas have " + printable(model) + ": name one with --backend");
        return finish(ExitCode::Usage);
    }
    const Place& place = places.front();
    const std::string what =
        printable(place.model.name) + " (" + memoryText(place.model.bytes) + ") from " + printable(place.where->name());
    if (!m_invocation.yes) {
        if (!Terminal::usable()) {
            complain("nobody can be asked here: --yes deletes " + what);
            return finish(ExitCode::Usage);
        }
        print("Delete " + what + "? It would have to be downloaded again. [y/N] ");
        std::string answer;
        std::getline(std::cin, answer);
        if (answer != "y" && answer != "Y" && answer != "yes")
            return finish(ExitCode::Refused);
    }
    place.where->client.remove(QString::fromStdString(place.model.name), [this, what](const OllamaAnswer& answer) {
        if (!answer.ok()) {
            complain(printed(answer.trouble));
            return finish(ExitCode::Refused);
        }
        print("Deleted " + what + ".\n");
        lookAgain();
        finish(ExitCode::Ok);
    });
}

void ModelsCommand::pull(const std::string& model)
{
    const QString name = modelNameTyped(QString::fromStdString(model));
    if (name.isEmpty()) {
        complain(printable(model) + " is no name of a model");
        return finish(ExitCode::Usage);
    }
    Listed& where = *m_all.front();
    if (!where.trouble.isEmpty()) {
        complain(printed(where.trouble));
        return finish(ExitCode::NotRunning);
    }
    const QString folder = where.client.server().modelsFolder;
    m_signals = std::make_unique<StopSignals>();
    m_pull = std::make_unique<ModelPull>(where.client.server(), name, [folder] { return freeBytes(folder); });
    connect(m_signals.get(), &StopSignals::stopRequested, this, [this] {
        m_stopped = true;
        m_pull->cancel();
    });
    connect(m_pull.get(), &ModelPull::changed, this, [this] {
        showPull();
        if (m_pull->state() != ModelPull::State::Running)
            pullEnded();
    });
    m_pull->start();
}

/// On a terminal one line that changes; else a line for every tenth and every phase, so that a log stays readable.
void ModelsCommand::showPull()
{
    const PullView view{m_pull->model().toStdString(), m_pull->progress(), m_pull->bytesPerSecond(), m_pull->left(),
        m_pull->isStalled()};
    const bool live = isTerminal() && !m_invocation.json;
    const std::string line = m_invocation.json ? pullJson(view) : live ? pullLine(view) : pullStep(view);
    if (line == m_shown || line.empty())
        return;
    m_shown = line;
    constexpr const char* lineAnew = "\r\x1b[K";
    print(live ? lineAnew + line : line + "\n");
}

void ModelsCommand::pullEnded()
{
    if (isTerminal() && !m_invocation.json)
        print("\n");
    const std::string name = printed(m_pull->model());
    switch (m_pull->state()) {
    case ModelPull::State::Done:
        if (!m_invocation.json)
            print(name + " is here.\n");
        lookAgain();
        return finish(ExitCode::Ok);
    case ModelPull::State::Failed:
        complain(printed(m_pull->trouble()));
        return finish(ExitCode::Refused);
    case ModelPull::State::Cancelled:
        complain("stopped; what came of " + name + " is kept, and this goes on from there: drover models pull " + name);
        return finish(ExitCode::Failed);
    case ModelPull::State::Waiting:
    case ModelPull::State::Running:
        break;
    }
}

/// The Ollamas of the running Drover with the keys of the settings; those of the settings where none runs.
std::vector<OllamaServer> serversFor(const Target& target, const Settings& settings)
{
    const std::vector<OllamaServer> ofSettings = ollamaServers(settings.config, settings.ollama);
    const auto called = target.client().snapshot();
    const auto* snapshot = std::get_if<drover::Snapshot>(&called);
    if (!snapshot)
        return ofSettings;
    std::vector<OllamaServer> servers;
    for (const drover::BackendView& backend : snapshot->backends) {
        if (backend.kind != drover::BackendKind::Ollama)
            continue;
        const QUrl url(QString::fromStdString(backend.url));
        const auto known = std::ranges::find_if(ofSettings, [&](const OllamaServer& each) {
            return each.url.host() == url.host() && each.url.port(80) == url.port(80) && each.url.path() == url.path();
        });
        OllamaServer server = known != ofSettings.end()
            ? *known
            : OllamaServer{.url = url, .modelsFolder = modelsFolderOf(url, settings.ollama)};
        server.name = QString::fromStdString(backend.name);
        servers.push_back(std::move(server));
    }
    return servers;
}

/// Keys that the settings only name: out of the keyring or its file. Waits for each, as a person may be asked to unlock
/// it; one that cannot be read is told, and its Ollama is asked without.
void readSecrets(Settings& settings, SecretStore& store)
{
    for (std::size_t i = 0; i < settings.backends.size() && i < settings.config.backends.size(); ++i) {
        drover::BackendConfig& config = settings.config.backends[i];
        const std::string& name = settings.backends[i].apiKeySecret;
        if (name.empty() || !config.apiKey.empty() || config.kind != drover::BackendKind::Ollama)
            continue;
        QEventLoop waits;
        store.read(name, &waits, [&](const drover::Result<std::string>& value) {
            if (value)
                config.apiKey = *value;
            else
                complain(printable(value.error().detail));
            waits.quit();
        });
        waits.exec();
    }
}

} // namespace

ExitCode models(
    const Invocation& invocation, const Target& target, const Environment& environment, const Places& places)
{
    Settings settings = SettingsSource(places, environment, {}, invocation.settingsFile).read().resolved.settings;
    SecretStore store(places, environment, SecretStore::UseKeyring::Yes, nullptr);
    readSecrets(settings, store);
    std::vector<OllamaServer> servers = serversFor(target, settings);
    if (!invocation.backend.empty())
        std::erase_if(
            servers, [&](const OllamaServer& server) { return server.name.toStdString() != invocation.backend; });
    if (servers.empty()) {
        complain(invocation.backend.empty() ? "no backend is an Ollama, and only an Ollama's models can be managed"
                                            : "no Ollama is called " + printable(invocation.backend));
        return invocation.backend.empty() ? ExitCode::Failed : ExitCode::Usage;
    }
    if (invocation.command == "models unload" && invocation.words.empty() && !invocation.all) {
        complain("name a model, or say --all");
        return ExitCode::Usage;
    }
    ModelsCommand command(invocation, target, servers);
    command.start();
    return static_cast<ExitCode>(QCoreApplication::exec());
}

} // namespace drover::app
