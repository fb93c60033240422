// SPDX-License-Identifier: MIT
#include "app/command/import_command.h"

#include "app/command/print.h"
#include "app/command/view/text_width.h"
#include "app/command/worker_file.h"
#include "app/settings/address.h"
#include "app/settings/settings_blocks.h"
#include "app/settings/settings_edit.h"
#include "app/settings/settings_source.h"
#include "app/settings/settings_text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <iostream>

namespace drover::app {

namespace {

/// What becomes of the file.
struct Plan {
    std::string name = {}; ///< of the pool
    WorkerFile file = {};
    BlockFields pool = {};
    BlockFields backend = {}; ///< empty where Drover's own default is meant
    std::vector<std::pair<std::string, std::string>> settings = {}; ///< key and value
};

std::string keyFileOf(const Places& places, const std::string& name)
{
    return places.stateFolder + "/pools/" + name + ".key";
}

drover::Result<Plan> planOf(const WorkerFile& file, const Places& places)
{
    Plan plan;
    plan.file = file;
    const auto url = poolUrl(file.server);
    if (!url)
        return drover::fail(drover::Errc::BadRequest, "its server_url is missing, or no address of a pool");
    const std::size_t host = url->find("://") + 3;
    plan.name = url->substr(host, url->find_first_of(":/", host) - host);
    std::ranges::replace_if(
        plan.name, [](char c) { return c == '[' || c == ']'; }, '-');
    plan.pool = {{"name", plan.name}, {"url", *url}, {"worker_name", file.workerName}, {"slots", file.slots}};
    if (!file.key.empty())
        plan.pool.emplace_back("key_file", keyFileOf(places, plan.name));
    const bool usual =
        file.ollama.empty() || file.ollama == "http://127.0.0.1:11434" || file.ollama == "http://localhost:11434";
    if (!usual || !file.ollamaKey.empty()) {
        plan.backend = {{"url", file.ollama.empty() ? "http://127.0.0.1:11434" : file.ollama}};
        if (!file.ollamaKey.empty())
            plan.backend.emplace_back("api_key_file", keyFileOf(places, plan.name + "-ollama"));
    }
    for (const auto& [key, value] : {std::pair<const char*, const std::string&>{"status.listen", file.statusAddress},
             {"status.metrics_listen", file.metricsAddress}, {"serve.drain_timeout", file.drainTimeout}})
        if (!value.empty())
            plan.settings.emplace_back(key, value);
    return plan;
}

std::string textOf(const Plan& plan, const std::string& from)
{
    std::string text = "Settings of a worker in " + printable(from) + ":\n";
    const auto add = [&](std::string_view what, const BlockFields& fields) {
        for (const auto& [name, value] : fields)
            if (!value.empty())
                text += "  " + std::string(what) + name + " = " + printable(value) + "\n";
    };
    add("pool ", plan.pool);
    add("backend ", plan.backend);
    add("", plan.settings);
    if (!plan.file.key.empty() || !plan.file.ollamaKey.empty())
        text += "  Keys go into files that only you can read.\n";
    for (const std::string& key : plan.file.unknown)
        text += "  " + printable(key) + " means nothing to Drover and is left out.\n";
    return text;
}

bool writeKey(const std::string& path, const std::string& key)
{
    if (key.empty())
        return true;
    const QString name = QString::fromStdString(path);
    QDir().mkpath(QFileInfo(name).absolutePath());
    QFile::remove(name);
    QFile file(name);
    return file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner)
        && file.write(QByteArray::fromStdString(key + "\n")) > 0 && file.flush();
}

drover::Result<std::string> edited(const Plan& plan, std::string text)
{
    if (!plan.backend.empty()) {
        auto next = addBlock(text, "backend", plan.backend);
        if (!next)
            return next;
        text = std::move(*next);
    }
    for (const auto& [key, value] : plan.settings) {
        auto next = setInFile(text, key, value);
        if (!next)
            return next;
        text = std::move(*next);
    }
    return addBlock(text, "pool", plan.pool);
}

/// The first file that is there.
std::string foundFile(const Invocation& invocation, const Environment& environment)
{
    if (!invocation.words.empty())
        return invocation.words.front();
    for (const std::string& place : workerFilePlaces(environment))
        if (QFileInfo::exists(QString::fromStdString(place)))
            return place;
    return {};
}

bool agrees(const Invocation& invocation)
{
    if (invocation.yes)
        return true;
    print("Take them over? The file stays as it is. [y/N] ");
    std::string answer;
    return std::getline(std::cin, answer) && (answer == "y" || answer == "Y" || answer == "yes");
}

} // namespace

ExitCode importWorker(const Invocation& invocation, const Environment& environment, const Places& places)
{
    const std::string from = foundFile(invocation, environment);
    if (from.empty()) {
        complain("there is no worker.yaml in the usual places; name it: drover import FILE");
        return ExitCode::Unreadable;
    }
    const auto text = readTextFile(from);
    if (!text) {
        complain("the file cannot be read: " + printable(from));
        return ExitCode::Unreadable;
    }
    const auto file = readWorkerFile(*text);
    const auto plan = file ? planOf(*file, places) : drover::Result<Plan>(file.error());
    if (!plan) {
        complain(printable(from) + ": " + printable(plan.error().detail));
        return ExitCode::BadConfig;
    }
    print(textOf(*plan, from));
    if (!agrees(invocation)) {
        complain("nothing was changed; --yes takes them over without the question");
        return ExitCode::Failed;
    }
    const SettingsSource source(places, environment, {}, invocation.settingsFile);
    makeStateFolder(places);
    const std::string poolKey = keyFileOf(places, plan->name);
    const std::string ollamaKey = keyFileOf(places, plan->name + "-ollama");
    const bool keysWritten = writeKey(poolKey, file->key) && writeKey(ollamaKey, file->ollamaKey);
    if (!keysWritten) {
        complain("the keys cannot be written to " + printable(places.stateFolder) + "/pools");
        return ExitCode::CannotWrite;
    }
    const auto trouble = editSettings(source, [&](const std::string& old) { return edited(*plan, old); });
    if (trouble) {
        QFile::remove(QString::fromStdString(poolKey));
        QFile::remove(QString::fromStdString(ollamaKey));
        complain("nothing was changed. " + printable(trouble->sentence));
        return trouble->cause == EditTrouble::Cause::Unwritable ? ExitCode::CannotWrite : ExitCode::BadConfig;
    }
    print("Taken over. Stop the old worker, then: drover serve\n");
    return ExitCode::Ok;
}

std::optional<std::string> importOffer(const Environment& environment, const Places& places)
{
    if (QFileInfo::exists(QString::fromStdString(places.settingsFile)))
        return {};
    const std::string from = foundFile({}, environment);
    const auto text = from.empty() ? std::nullopt : readTextFile(from);
    const auto file = text ? readWorkerFile(*text) : drover::Result<WorkerFile>(drover::fail(drover::Errc::NotFound));
    if (!file || file->server.empty())
        return {};
    return "there are settings of a worker of " + printable(file->server) + " in " + printable(from)
        + "; to take them over: drover import";
}

} // namespace drover::app
