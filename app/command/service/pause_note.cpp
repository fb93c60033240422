// SPDX-License-Identifier: MIT
#include "app/command/service/pause_note.h"

#include "app/settings/settings_source.h"

#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>

namespace drover::app {

namespace {

using std::chrono::milliseconds;

constexpr QLatin1String untilKey{"until_ms"}; ///< since 1970; missing in a pause without an end

QString fileOf(const Places& places, PauseOf what)
{
    const char* name = what == PauseOf::Queue ? "/pause.json" : "/sharing_pause.json";
    return QString::fromStdString(places.stateFolder + name);
}

} // namespace

bool writePauseNote(const Places& places, PauseOf what, const drover::Pause& pause)
{
    if (!pause.paused)
        return !QFile::exists(fileOf(places, what)) || QFile::remove(fileOf(places, what));
    QJsonObject json;
    if (pause.until)
        json[untilKey] = qint64{std::chrono::floor<milliseconds>(*pause.until).time_since_epoch().count()};
    QSaveFile file(fileOf(places, what));
    return file.open(QIODevice::WriteOnly) && file.write(QJsonDocument(json).toJson()) > 0 && file.commit();
}

drover::Pause readPauseNote(const Places& places, PauseOf what, drover::WallTime now)
{
    const auto text = readTextFile(fileOf(places, what).toStdString());
    if (!text)
        return {};
    const QJsonDocument json = QJsonDocument::fromJson(QByteArray::fromStdString(*text));
    if (!json.isObject())
        return {};
    if (!json.object().contains(untilKey))
        return {.paused = true};
    constexpr qint64 longest = milliseconds(drover::pauseLengthMax).count();
    const qint64 until = json[untilKey].toInteger();
    const qint64 left = until - std::chrono::floor<milliseconds>(now).time_since_epoch().count();
    if (left <= 0 || left > longest)
        return {};
    return {.paused = true,
        .until = drover::WallTime(std::chrono::duration_cast<drover::WallTime::duration>(milliseconds(until)))};
}

} // namespace drover::app
