// SPDX-License-Identifier: MIT
#include "app/ollama/model_shelf.h"

#include "app/ollama/models_folder.h"

#include <algorithm>

namespace drover::app {

struct ModelShelf::Server {
    explicit Server(const OllamaServer& server)
        : client(server)
    {
    }
    OllamaClient client;
};

ModelShelf::ModelShelf(QObject* parent)
    : QObject(parent)
{
}

ModelShelf::~ModelShelf() = default;

void ModelShelf::setServers(const std::vector<OllamaServer>& servers)
{
    if (servers == this->servers())
        return;
    std::vector<std::unique_ptr<Server>> old = std::exchange(m_servers, {});
    for (const OllamaServer& server : servers) {
        const auto same =
            std::ranges::find_if(old, [&](const auto& each) { return each && each->client.server() == server; });
        m_servers.push_back(same == old.end() ? std::make_unique<Server>(server) : std::move(*same));
    }
    for (const auto& gone : old) {
        if (!gone)
            continue;
        const OllamaServer& server = gone->client.server();
        std::erase_if(m_tasks, [&](const Task& task) { return task.backend == server.name.toStdString(); });
        for (const auto& pull : m_pulls) {
            if (pull->server() == server)
                pull->cancel();
        }
    }
    startPulls();
    Q_EMIT changed();
}

std::vector<OllamaServer> ModelShelf::servers() const
{
    std::vector<OllamaServer> all;
    for (const auto& server : m_servers)
        all.push_back(server->client.server());
    return all;
}

void ModelShelf::show(const drover::Snapshot& snapshot)
{
    m_loaded.clear();
    for (const drover::BackendView& backend : snapshot.backends) {
        for (const drover::ModelView& model : backend.models) {
            if (model.loaded && backend.kind == drover::BackendKind::Ollama)
                m_loaded.emplace_back(backend.name, model.name);
        }
    }
}

ModelShelf::Server* ModelShelf::find(const std::string& backend)
{
    const auto found = std::ranges::find_if(
        m_servers, [&](const auto& each) { return each->client.server().name.toStdString() == backend; });
    return found == m_servers.end() ? nullptr : found->get();
}

/// Notes the task; null when the same model is busy already, or there is no such backend, which is told.
OllamaClient* ModelShelf::begin(const Task& task)
{
    Server* const server = find(task.backend);
    if (!server) {
        Q_EMIT failed(tr("%1 is no Ollama of the settings.").arg(QString::fromStdString(task.backend)));
        return nullptr;
    }
    if (workOn(task.backend, task.model))
        return nullptr;
    m_tasks.push_back(task);
    Q_EMIT changed();
    return &server->client;
}

void ModelShelf::ended(const Task& task, const OllamaAnswer& answer)
{
    std::erase(m_tasks, task);
    if (!answer.ok())
        Q_EMIT failed(answer.trouble);
    Q_EMIT changed();
    Q_EMIT modelsChanged();
}

void ModelShelf::freeMemory()
{
    const auto loaded = m_loaded;
    for (const auto& [backend, model] : loaded)
        unloadModel(backend, model);
}

void ModelShelf::loadModel(const std::string& backend, const std::string& model)
{
    const Task task{backend, model, ModelWork::Loading};
    if (auto* client = begin(task))
        client->load(QString::fromStdString(model), OllamaClient::Keep::AsUsual,
            [this, task](const OllamaAnswer& answer) { ended(task, answer); });
}

void ModelShelf::keepLoaded(const std::string& backend, const std::string& model)
{
    const Task task{backend, model, ModelWork::Loading};
    if (auto* client = begin(task))
        client->load(QString::fromStdString(model), OllamaClient::Keep::UntilUnloaded,
            [this, task](const OllamaAnswer& answer) { ended(task, answer); });
}

void ModelShelf::unloadModel(const std::string& backend, const std::string& model)
{
    const Task task{backend, model, ModelWork::Unloading};
    if (auto* client = begin(task))
        client->unload(
            QString::fromStdString(model), [this, task](const OllamaAnswer& answer) { ended(task, answer); });
}

void ModelShelf::removeModel(const std::string& backend, const std::string& model)
{
    const Task task{backend, model, ModelWork::Removing};
    if (auto* client = begin(task))
        client->remove(
            QString::fromStdString(model), [this, task](const OllamaAnswer& answer) { ended(task, answer); });
}

std::optional<ModelWork> ModelShelf::workOn(const std::string& backend, const std::string& model) const
{
    const auto found =
        std::ranges::find_if(m_tasks, [&](const Task& task) { return task.backend == backend && task.model == model; });
    return found == m_tasks.end() ? std::nullopt : std::optional(found->work);
}

// ---- downloads ----

void ModelShelf::pullModel(const std::string& backend, const std::string& model)
{
    const QString name = modelNameTyped(QString::fromStdString(model));
    Server* const server = find(backend);
    if (!server || name.isEmpty()) {
        Q_EMIT failed(name.isEmpty() ? tr("That is no name of a model.")
                                     : tr("%1 is no Ollama of the settings.").arg(QString::fromStdString(backend)));
        return;
    }
    for (std::size_t place = 0; place < m_pulls.size(); ++place) {
        if (m_pulls[place]->model() != name || m_pulls[place]->server() != server->client.server())
            continue;
        if (m_pulls[place]->state() != ModelPull::State::Done)
            return resumePull(place);
        clearPull(place);
        break;
    }
    if (m_pulls.size() >= pullsMax) {
        Q_EMIT failed(tr("%n download(s) are in the list already: clear some away first.", nullptr, int(pullsMax)));
        return;
    }
    const QString folder = server->client.server().modelsFolder;
    auto pull = std::make_unique<ModelPull>(server->client.server(), name, [folder] { return freeBytes(folder); });
    connect(pull.get(), &ModelPull::changed, this, [this, raw = pull.get()] { pullChanged(*raw); });
    m_pulls.push_back(std::move(pull));
    startPulls();
    Q_EMIT changed();
}

void ModelShelf::pullChanged(ModelPull& pull)
{
    Q_EMIT changed();
    if (pull.state() == ModelPull::State::Running || pull.state() == ModelPull::State::Waiting)
        return;
    if (pull.state() == ModelPull::State::Done)
        Q_EMIT pulled(pull.model(), pull.server().name);
    Q_EMIT modelsChanged();
    // Later: this is called from inside of the download that is over.
    QMetaObject::invokeMethod(this, &ModelShelf::startPulls, Qt::QueuedConnection);
}

/// One at a time on each Ollama: two share its line, and the first is of use sooner when it has all of it.
void ModelShelf::startPulls()
{
    for (const auto& next : m_pulls) {
        const bool isBusy = std::ranges::any_of(m_pulls, [&](const auto& other) {
            return other->state() == ModelPull::State::Running && other->server() == next->server();
        });
        if (next->state() == ModelPull::State::Waiting && !isBusy)
            next->start();
    }
}

void ModelShelf::cancelPull(std::size_t place)
{
    if (place < m_pulls.size())
        m_pulls[place]->cancel();
}

void ModelShelf::resumePull(std::size_t place)
{
    if (place >= m_pulls.size())
        return;
    m_pulls[place]->waitAgain();
    startPulls();
}

void ModelShelf::clearPull(std::size_t place)
{
    if (place >= m_pulls.size())
        return;
    m_pulls[place]->disconnect(this);
    m_pulls[place]->cancel();
    m_pulls[place].release()->deleteLater(); // a view may ask for it from one of its signals
    m_pulls.erase(m_pulls.begin() + static_cast<std::ptrdiff_t>(place));
    startPulls();
    Q_EMIT changed();
}

QString modelNameTyped(const QString& text)
{
    QStringList words = text.simplified().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    if (words.size() == 3 && words[0] == QLatin1String("ollama")
        && (words[1] == QLatin1String("pull") || words[1] == QLatin1String("run")))
        words = {words[2]};
    if (words.size() != 1 || words[0].size() > ModelShelf::nameLettersMax || words[0].startsWith(QLatin1Char('-')))
        return {};
    const bool isPlain = std::ranges::all_of(words[0],
        [](QChar letter) { return letter.isPrint() && letter != QLatin1Char('"') && letter != QLatin1Char('\\'); });
    return isPlain ? words[0] : QString();
}

} // namespace drover::app
