// SPDX-License-Identifier: MIT
#include "app/command/doctor_command.h"

#include "app/command/print.h"
#include "app/settings/settings_source.h"
#include "core/api/engine.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStorageInfo>
#include <QTemporaryFile>

#include <algorithm>
#include <chrono>

namespace drover::app {

using namespace std::chrono_literals;

namespace {

constexpr auto probeLimit = 2s;

Probe probe(const Address& address, const std::string& path, const std::string& token = {})
{
    const auto asked = StatusClient(address, token, probeLimit).ask("GET", path);
    if (const auto* answer = std::get_if<HttpAnswer>(&asked))
        return {Probe::Outcome::Answers, answer->status, answer->body};
    switch (std::get<CallTrouble>(asked).code) {
    case ExitCode::NotRunning:
        return {Probe::Outcome::NobodyListens, 0, {}};
    case ExitCode::TimedOut:
        return {Probe::Outcome::Silent, 0, {}};
    default:
        return {Probe::Outcome::Garbage, 0, {}};
    }
}

bool isPrivate(const QString& file)
{
    constexpr auto others = QFile::ReadGroup | QFile::ReadOther | QFile::WriteGroup | QFile::WriteOther;
    return !(QFile::permissions(file) & others);
}

bool canWrite(const std::string& folder)
{
    QString there = QString::fromStdString(folder);
    while (!QFileInfo::exists(there) && there != QFileInfo(there).path())
        there = QFileInfo(there).path(); // it would be made in the nearest that is there
    QTemporaryFile trial(there + QStringLiteral("/drover-doctor-XXXXXX"));
    return trial.open();
}

std::uint64_t bytesFree(const std::string& folder)
{
    QString there = QString::fromStdString(folder);
    while (!QFileInfo::exists(there) && there != QFileInfo(there).path())
        there = QFileInfo(there).path();
    return static_cast<std::uint64_t>(std::max<qint64>(0, QStorageInfo(there).bytesAvailable()));
}

void collectBackends(Facts& facts)
{
    for (const drover::BackendConfig& backend : facts.settings.settings.config.backends) {
        Facts::Backend found{.url = backend.url};
        if (const auto url = parseUrl(backend.url); url && url->scheme == "http") {
            const bool openAi = backend.kind == drover::BackendKind::OpenAi;
            found.probe = probe({url->host, url->port}, url->path + (openAi ? "/v1/models" : "/api/version"));
        } else
            found.https = true;
        facts.backends.push_back(std::move(found));
    }
}

} // namespace

Facts collectFacts(
    const Invocation& invocation, const Target& target, const Environment& environment, const Places& places)
{
    const SettingsSource source(places, environment, {}, invocation.settingsFile);
    auto reading = source.read();
    Facts facts{.settings = std::move(reading.resolved),
        .settingsFile = source.file(),
        .settingsFileThere = reading.file == SettingsSource::File::Read,
        .settingsFileReadable = reading.file != SettingsSource::File::Unreadable,
        .environment = environment,
        .ownVersion = std::string(drover::versionNumber()),
        .statusAddress = addressText(target.status),
        .proxyAddress = target.proxy,
        .tokenFile = target.tokenFile,
        .stateFolder = places.stateFolder};
    facts.status = probe(target.status, "/status");
    if (const auto snapshot = target.client().snapshot(); std::holds_alternative<drover::Snapshot>(snapshot))
        facts.snapshot = std::get<drover::Snapshot>(snapshot);
    if (const auto proxy = parseAddress(target.proxy)) {
        facts.proxy = probe(*proxy, "/health");
        if (!facts.snapshot)
            facts.gateway = probe(*proxy, "/_ollama/health");
        else
            facts.proxyModels = probe(*proxy, "/api/tags");
    }
    const QString tokenFile = QString::fromStdString(target.tokenFile);
    facts.tokenThere = QFileInfo::exists(tokenFile);
    facts.tokenPrivate = !facts.tokenThere || isPrivate(tokenFile);
    if (facts.snapshot && !target.token.empty())
        facts.tokenTry = probe(target.status, "/logs", target.token);
    collectBackends(facts);
    facts.stateFolderWritable = canWrite(places.stateFolder);
    facts.diskBytesFree = bytesFree(places.stateFolder);
    facts.openFilesMax = openFilesMax();
    return facts;
}

ExitCode doctor(
    const Invocation& invocation, const Target& target, const Environment& environment, const Places& places)
{
    const auto findings = diagnose(collectFacts(invocation, target, environment, places));
    if (invocation.json) {
        QJsonArray rows;
        for (const Finding& finding : findings) {
            static constexpr std::array verdicts = {"fine", "note", "trouble"};
            rows.append(QJsonObject{{QStringLiteral("check"), QString::fromStdString(finding.check)},
                {QStringLiteral("verdict"), QLatin1String(verdicts[static_cast<std::size_t>(finding.verdict)])},
                {QStringLiteral("sentence"), QString::fromStdString(finding.sentence)},
                {QStringLiteral("fix"), QString::fromStdString(finding.fix)}});
        }
        print(QJsonDocument(rows).toJson().toStdString());
    } else
        print(findingsText(findings));
    const bool trouble = std::ranges::find(findings, Finding::Verdict::Trouble, &Finding::verdict) != findings.end();
    return trouble ? ExitCode::Unhealthy : ExitCode::Ok;
}

} // namespace drover::app
