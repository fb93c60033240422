// SPDX-License-Identifier: MIT
#pragma once

#include "app/model_actions.h"
#include "app/ollama/model_pull.h"

#include <memory>
#include <vector>

namespace drover::app {

/// What is done to a model at this moment.
enum class ModelWork { Loading, Unloading, Removing };

/// Does what people ask of the models of every Ollama, and tells how it goes: what is under way, downloads one after
/// the other, what went wrong. Lives on one thread with an event loop.
///
/// Downloads go on only while it lives, see ModelPull.
class ModelShelf : public QObject, public ModelActions {
    Q_OBJECT

public:
    explicit ModelShelf(QObject* parent = nullptr);
    ~ModelShelf() override;

    /// The Ollamas there are. What is under way at one that goes or changes is ended.
    void setServers(const std::vector<OllamaServer>& servers);
    std::vector<OllamaServer> servers() const;

    /// What is loaded where, for `freeMemory` and for what a job may have changed.
    void show(const drover::Snapshot& snapshot);

    void freeMemory() override;
    void loadModel(const std::string& backend, const std::string& model) override;
    void keepLoaded(const std::string& backend, const std::string& model) override;
    void unloadModel(const std::string& backend, const std::string& model) override;
    void removeModel(const std::string& backend, const std::string& model) override;
    void pullModel(const std::string& backend, const std::string& model) override;

    /// Nothing when nothing is done to it.
    std::optional<ModelWork> workOn(const std::string& backend, const std::string& model) const;

    /// Every download that was asked for and not cleared away, in that order. Borrowed until the next `changed`.
    const std::vector<std::unique_ptr<ModelPull>>& pulls() const { return m_pulls; }

    void cancelPull(std::size_t place); ///< of `pulls`; one that is over or does not exist is no error
    void resumePull(std::size_t place); ///< goes on where it ended
    void clearPull(std::size_t place); ///< out of the list; one that runs is cancelled first

    static constexpr std::size_t pullsMax = 50;
    static constexpr int nameLettersMax = 300;

Q_SIGNALS:
    /// Work or downloads are others; figures of a download at most five times a second.
    void changed();

    /// Something was done at a backend: what it has is others than it was.
    void modelsChanged();

    /// A sentence: what was asked could not be done.
    void failed(const QString& sentence);

    void pulled(const QString& model, const QString& backend);

private:
    struct Server;
    struct Task {
        std::string backend;
        std::string model;
        ModelWork work;
        bool operator==(const Task&) const = default;
    };

    Server* find(const std::string& backend);
    OllamaClient* begin(const Task& task);
    void ended(const Task& task, const OllamaAnswer& answer);
    void pullChanged(ModelPull& pull);
    void startPulls();

    std::vector<std::unique_ptr<Server>> m_servers;
    std::vector<Task> m_tasks;
    std::vector<std::unique_ptr<ModelPull>> m_pulls;
    std::vector<std::pair<std::string, std::string>> m_loaded; ///< backend and model
};

/// What somebody typed as the name of a model: without blanks around it, and without the "ollama pull" or "ollama run"
/// of a page that it was copied from. Empty when it cannot be a name.
QString modelNameTyped(const QString& text);

} // namespace drover::app
