// SPDX-License-Identifier: MIT
#pragma once

#include "app/ollama/ollama_server.h"

#include <QByteArray>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QObject>

#include <functional>

namespace drover::app {

/// How a request to an Ollama ended.
struct OllamaAnswer {
    QString trouble = {}; ///< a sentence; empty when all went well
    QJsonObject json = {}; ///< what it answered, where that is one object
    bool ok() const { return trouble.isEmpty(); }
};

/// The models of one Ollama: load, unload, remove, look at. Uses no proxy of the system.
///
/// Each `done` is called once, later, on this thread; never once the client is gone, which ends what is under way.
class OllamaClient : public QObject {
    Q_OBJECT

public:
    using Done = std::function<void(const OllamaAnswer&)>;

    explicit OllamaClient(OllamaServer server, QObject* parent = nullptr);
    ~OllamaClient() override;

    const OllamaServer& server() const { return m_server; }

    enum class Keep { AsUsual, UntilUnloaded };

    /// Reads it into memory: minutes for a large one, so there is no time limit. One that only embeds is loaded too.
    void load(const QString& model, Keep keep, Done done);

    /// Out of memory, after the jobs that it runs. No error when it is not loaded.
    void unload(const QString& model, Done done);

    /// From the disk.
    void remove(const QString& model, Done done);

    /// What it is: GET-like, `json` as Ollama tells it.
    void show(const QString& model, Done done);

    /// The installed models and those in memory: `json` has the arrays "models" and "loaded" as Ollama tells them.
    void list(Done done);

    /// Begins a download; the caller reads the reply and deletes it.
    QNetworkReply* startPull(const QString& model);

    /// Why a request failed, as a sentence. Empty when it did not. `body` is what was answered.
    QString troubleOf(const QNetworkReply& reply, const QByteArray& body, const QString& model = {}) const;

    static constexpr qint64 answerBytesMax = 16 << 20;
    static constexpr int answerTimeMaxMs = 30'000;

private:
    enum class Limit { InTime, Endless };

    QNetworkRequest request(const QString& path, Limit limit) const;
    QNetworkReply* send(const QByteArray& method, const QString& path, const QJsonObject& body, Limit limit);
    void finish(QNetworkReply* reply, const QString& model, Done done);
    void loadAs(const QString& path, QJsonObject body, const QString& model, Done done);

    OllamaServer m_server;
    QNetworkAccessManager m_network;
};

/// Ollama's own words in an error body, at most 300 characters of them; empty when there are none.
QString errorWords(const QByteArray& body);

} // namespace drover::app
