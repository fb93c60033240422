// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_client.h"

#include <QJsonDocument>
#include <QNetworkProxy>
#include <QSslCertificate>
#include <QSslConfiguration>

#include <utility>

namespace drover::app {

namespace {

constexpr int wordsMax = 300;

QByteArray bytesOf(const QJsonObject& json)
{
    return QJsonDocument(json).toJson(QJsonDocument::Compact);
}

/// A request as it is often turned down: the model can do something else.
bool isOfAnotherKind(const QNetworkReply& reply, const QString& trouble)
{
    return reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt() == 400
        && trouble.contains(QLatin1String("does not support"));
}

} // namespace

QString errorWords(const QByteArray& body)
{
    const QJsonValue error = QJsonDocument::fromJson(body)[QLatin1String("error")];
    QString words = error.isObject() ? error[QLatin1String("message")].toString() : error.toString();
    // What a runner says comes as JSON inside of the text.
    const QJsonDocument inner = QJsonDocument::fromJson(words.toUtf8());
    if (inner.isObject() && inner[QLatin1String("error")][QLatin1String("message")].isString())
        words = inner[QLatin1String("error")][QLatin1String("message")].toString();
    return words.simplified().left(wordsMax);
}

OllamaClient::OllamaClient(OllamaServer server, QObject* parent)
    : QObject(parent)
    , m_server(std::move(server))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

OllamaClient::~OllamaClient() = default;

QNetworkRequest OllamaClient::request(const QString& path, Limit limit) const
{
    QUrl url = m_server.url;
    url.setPath(m_server.url.path() + path);
    QNetworkRequest made(url);
    made.setHeader(QNetworkRequest::ContentTypeHeader, QByteArrayLiteral("application/json"));
    made.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    if (!m_server.apiKey.isEmpty())
        made.setRawHeader("Authorization", "Bearer " + m_server.apiKey.toUtf8());
    if (!m_server.caFile.isEmpty()) {
        QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
        tls.addCaCertificates(m_server.caFile);
        made.setSslConfiguration(tls);
    }
    made.setTransferTimeout(limit == Limit::InTime ? answerTimeMaxMs : 0);
    return made;
}

QNetworkReply* OllamaClient::send(const QByteArray& method, const QString& path, const QJsonObject& body, Limit limit)
{
    if (method == "GET")
        return m_network.get(request(path, limit));
    return m_network.sendCustomRequest(request(path, limit), method, bytesOf(body));
}

QString OllamaClient::troubleOf(const QNetworkReply& reply, const QByteArray& body, const QString& model) const
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 200 && status < 300 && reply.error() == QNetworkReply::NoError)
        return {};
    const QString words = errorWords(body);
    if (status == 404 && !model.isEmpty() && words.contains(QLatin1String("not found")))
        return tr("There is no model %1 on %2.").arg(model, m_server.name);
    if (status == 401 || (status == 403 && words.isEmpty()))
        return tr("%1 refuses this program (status %2).").arg(m_server.name).arg(status);
    if (status >= 300)
        return words.isEmpty() ? tr("%1 answers with status %2.").arg(m_server.name).arg(status)
                               : tr("%1 says: %2").arg(m_server.name, words);
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError:
    case QNetworkReply::TimeoutError:
        return tr("%1 did not answer in time.").arg(m_server.name);
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
        return tr("%1 does not answer. Is Ollama running?").arg(m_server.name);
    case QNetworkReply::SslHandshakeFailedError:
        return tr("The certificate of %1 cannot be trusted.").arg(m_server.name);
    default:
        return tr("The connection to %1 broke off.").arg(m_server.name);
    }
}

void OllamaClient::finish(QNetworkReply* reply, const QString& model, Done done)
{
    // A reply that grows without end is cut: nothing that Ollama answers here is large.
    connect(reply, &QNetworkReply::downloadProgress, this, [reply](qint64 received, qint64) {
        if (received > answerBytesMax)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, model, done = std::move(done)] {
        reply->deleteLater();
        const QByteArray body = reply->readAll();
        done({.trouble = troubleOf(*reply, body, model), .json = QJsonDocument::fromJson(body).object()});
    });
}

void OllamaClient::loadAs(const QString& path, QJsonObject body, const QString& model, Done done)
{
    QNetworkReply* const reply = send("POST", path, body, Limit::Endless);
    connect(reply, &QNetworkReply::finished, this, [this, reply, path, body, model, done = std::move(done)]() mutable {
        reply->deleteLater();
        const QByteArray answer = reply->read(answerBytesMax);
        const QString trouble = troubleOf(*reply, answer, model);
        const QString embedding = QStringLiteral("/api/embed");
        if (path != embedding && isOfAnotherKind(*reply, trouble)) {
            body.insert(QStringLiteral("input"), QString());
            loadAs(embedding, body, model, std::move(done));
            return;
        }
        done({.trouble = trouble, .json = QJsonDocument::fromJson(answer).object()});
    });
}

void OllamaClient::load(const QString& model, Keep keep, Done done)
{
    QJsonObject body{{QStringLiteral("model"), model}, {QStringLiteral("stream"), false}};
    if (keep == Keep::UntilUnloaded)
        body.insert(QStringLiteral("keep_alive"), -1);
    loadAs(QStringLiteral("/api/generate"), body, model, std::move(done));
}

void OllamaClient::unload(const QString& model, Done done)
{
    const QJsonObject body{
        {QStringLiteral("model"), model}, {QStringLiteral("keep_alive"), 0}, {QStringLiteral("stream"), false}};
    loadAs(QStringLiteral("/api/generate"), body, model, std::move(done));
}

void OllamaClient::remove(const QString& model, Done done)
{
    const QJsonObject body{{QStringLiteral("model"), model}};
    finish(send("DELETE", QStringLiteral("/api/delete"), body, Limit::InTime), model, std::move(done));
}

void OllamaClient::show(const QString& model, Done done)
{
    const QJsonObject body{{QStringLiteral("model"), model}};
    finish(send("POST", QStringLiteral("/api/show"), body, Limit::InTime), model, std::move(done));
}

void OllamaClient::list(Done done)
{
    finish(send("GET", QStringLiteral("/api/tags"), {}, Limit::InTime), {},
        [this, done = std::move(done)](const OllamaAnswer& installed) {
            if (!installed.ok())
                return done(installed);
            finish(send("GET", QStringLiteral("/api/ps"), {}, Limit::InTime), {},
                [installed, done](const OllamaAnswer& loaded) {
                    OllamaAnswer both = installed;
                    both.trouble = loaded.trouble;
                    both.json.insert(QStringLiteral("loaded"), loaded.json[QLatin1String("models")]);
                    done(both);
                });
        });
}

QNetworkReply* OllamaClient::startPull(const QString& model)
{
    return send("POST", QStringLiteral("/api/pull"), {{QStringLiteral("model"), model}}, Limit::Endless);
}

} // namespace drover::app
