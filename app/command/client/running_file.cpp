// SPDX-License-Identifier: MIT
#include "app/command/client/running_file.h"

#include "app/settings/settings_source.h"

#include <QCoreApplication>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace drover::app {

bool writeRunningNote(const Places& places, const RunningNote& note)
{
    const QJsonObject json{{QStringLiteral("process_id"), note.processId},
        {QStringLiteral("status_address"), QString::fromStdString(note.statusAddress)},
        {QStringLiteral("proxy_address"), QString::fromStdString(note.proxyAddress)},
        {QStringLiteral("token_file"), QString::fromStdString(note.tokenFile)},
        {QStringLiteral("log_file"), QString::fromStdString(note.logFile)}};
    QSaveFile file(QString::fromStdString(places.runningFile));
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(json).toJson()) > 0 && file.commit();
}

std::optional<RunningNote> readRunningNote(const Places& places)
{
    const auto text = readTextFile(places.runningFile);
    if (!text)
        return {};
    const QJsonDocument json = QJsonDocument::fromJson(QByteArray::fromStdString(*text));
    if (!json.isObject())
        return {};
    const auto textOf = [&](QLatin1String key) { return json[key].toString().toStdString(); };
    return RunningNote{json[QLatin1String("process_id")].toInteger(), textOf(QLatin1String("status_address")),
        textOf(QLatin1String("proxy_address")), textOf(QLatin1String("token_file")), textOf(QLatin1String("log_file"))};
}

void removeRunningNote(const Places& places)
{
    const auto note = readRunningNote(places);
    if (note && note->processId == QCoreApplication::applicationPid())
        QFile::remove(QString::fromStdString(places.runningFile));
}

} // namespace drover::app
