// SPDX-License-Identifier: MIT
#include "app/ollama/backend_check.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QSslCertificate>
#include <QSslConfiguration>

namespace drover::app {

namespace {

BackendFound judgeAnswer(QNetworkReply& reply, drover::BackendKind kind)
{
    using enum BackendFound::Outcome;
    constexpr qint64 bytesMax = 1 << 20; // a router lists hundreds of models
    const QJsonObject answer = QJsonDocument::fromJson(reply.read(bytesMax)).object();
    if (kind == drover::BackendKind::OpenAi) {
        const QJsonValue models = answer.value(QLatin1String("data"));
        if (models.isArray())
            return {.outcome = Answers, .models = static_cast<int>(models.toArray().size())};
        return {.outcome = Stranger};
    }
    const QJsonValue version = answer.value(QLatin1String("version"));
    return version.isString() ? BackendFound{.outcome = Answers, .version = version.toString()}
                              : BackendFound{.outcome = Stranger};
}

BackendFound judgeSilence(QNetworkReply::NetworkError error)
{
    using enum BackendFound::Outcome;
    switch (error) {
    case QNetworkReply::OperationCanceledError: // what the timeout makes of it
    case QNetworkReply::TimeoutError:
        return {.outcome = Silent};
    case QNetworkReply::SslHandshakeFailedError:
        return {.outcome = Untrusted};
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return {.outcome = Stranger};
    default:
        return {.outcome = Nobody};
    }
}

BackendFound judge(QNetworkReply& reply, drover::BackendKind kind)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 200)
        return judgeAnswer(reply, kind);
    if (status == 401 || status == 403)
        return {.outcome = BackendFound::Outcome::NeedsKey};
    if (status != 0)
        return {.outcome = BackendFound::Outcome::Stranger};
    return judgeSilence(reply.error());
}

} // namespace

void checkBackend(QNetworkAccessManager& network, const drover::BackendConfig& backend,
    std::chrono::milliseconds timeMax, QObject* context, std::function<void(const BackendFound&)> found)
{
    const bool openAi = backend.kind == drover::BackendKind::OpenAi;
    QUrl url(QString::fromStdString(backend.url));
    url.setPath(url.path() + (openAi ? QStringLiteral("/v1/models") : QStringLiteral("/api/version")));
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(timeMax.count()));
    request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
    request.setRawHeader("Connection", "close");
    if (!backend.apiKey.empty())
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(backend.apiKey));
    if (!backend.caFile.empty()) {
        auto trusted = QSslConfiguration::defaultConfiguration();
        trusted.addCaCertificates(QString::fromStdString(backend.caFile));
        request.setSslConfiguration(trusted);
    }
    network.setProxy(QNetworkProxy::NoProxy);
    QNetworkReply* reply = network.get(request);
    QObject::connect(reply, &QNetworkReply::finished, context, [reply, kind = backend.kind, found = std::move(found)] {
        reply->deleteLater();
        found(judge(*reply, kind));
    });
}

} // namespace drover::app
