// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_search.h"

#include "core/api/port_holder.h"
#include "core/api/reason.h"

#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QNetworkRequest>
#include <QStandardPaths>

namespace drover::app {

namespace {

ServerFound judge(QNetworkReply& reply)
{
    using enum ServerFound::Outcome;
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status == 200) {
        constexpr qint64 bytesMax = 4'096;
        const QJsonValue version =
            QJsonDocument::fromJson(reply.read(bytesMax)).object().value(QLatin1String("version"));
        if (version.isString())
            return {.outcome = Answers, .version = version.toString()};
    }
    if (status != 0)
        return {.outcome = Stranger};
    switch (reply.error()) {
    case QNetworkReply::OperationCanceledError: // what the timeout makes of it
    case QNetworkReply::TimeoutError:
        return {.outcome = Silent};
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ProtocolFailure:
    case QNetworkReply::ProtocolUnknownError:
    case QNetworkReply::ProtocolInvalidOperationError:
        return {.outcome = Stranger};
    default:
        return {.outcome = Nobody};
    }
}

} // namespace

void askServer(QNetworkAccessManager& network, const QUrl& server, std::chrono::milliseconds timeMax, QObject* context,
    std::function<void(const ServerFound&)> found)
{
    QUrl url = server;
    url.setPath(server.path() + QStringLiteral("/api/version"));
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(timeMax.count()));
    request.setRawHeader("Connection", "close"); // a kept connection would outlive the server that it asks about
    QNetworkReply* reply = network.get(request);
    QObject::connect(reply, &QNetworkReply::finished, context, [reply, found = std::move(found)] {
        reply->deleteLater();
        found(judge(*reply));
    });
}

QString findOllamaProgram(const QString& wanted, const QStringList& path, const QStringList& usualPlaces)
{
    const auto absolute = [](const QString& found) {
        return found.isEmpty() ? found : QFileInfo(found).absoluteFilePath();
    };
    if (!wanted.isEmpty()) {
        const bool isPath = wanted.contains(QLatin1Char('/')) || QFileInfo(wanted).isAbsolute();
        return absolute(QStandardPaths::findExecutable(wanted, isPath ? QStringList() : path));
    }
    QString found = QStandardPaths::findExecutable(QStringLiteral("ollama"), path);
    for (auto place = usualPlaces.begin(); found.isEmpty() && place != usualPlaces.end(); ++place)
        found = QStandardPaths::findExecutable(*place); // an absolute one is only checked
    return absolute(found);
}

std::string portHolderText(int port)
{
    const auto holder = drover::portHolder(static_cast<std::uint16_t>(port));
    const std::string number = std::to_string(port);
    if (!holder)
        return drover::give("port_used", {number}).text;
    const std::string pid = holder->pid == 0 ? "" : " (pid " + std::to_string(holder->pid) + ")";
    return drover::give("port_used_by", {number, holder->name + pid}).text;
}

} // namespace drover::app
