// SPDX-License-Identifier: MIT
#include "app/command/worker_file.h"

#include "app/settings/worker_environment.h"

#include <QStandardPaths>

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cctype>

namespace drover::app {

namespace {

/// In small letters, without what joins words.
std::string plainKey(const std::string& key)
{
    std::string plain;
    for (const char c : key)
        if (c != '_' && c != '-' && c != '.')
            plain += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return plain;
}

/// Completion servers are named with the path of their API.
std::string withoutApiPath(std::string url)
{
    while (url.ends_with('/'))
        url.pop_back();
    if (url.ends_with("/v1"))
        url.resize(url.size() - 3);
    return url;
}

struct Place {
    std::string_view key;
    std::string WorkerFile::*field;
};

constexpr Place places[] = {
    {"serverurl", &WorkerFile::server},
    {"workerkey", &WorkerFile::key},
    {"clientkey", &WorkerFile::key},
    {"token", &WorkerFile::key},
    {"workername", &WorkerFile::workerName},
    {"clientname", &WorkerFile::workerName},
    {"maxconcurrency", &WorkerFile::slots},
    {"ollamabaseurl", &WorkerFile::ollama},
    {"ollamaurl", &WorkerFile::ollama},
    {"completionbaseurl", &WorkerFile::ollama},
    {"ollamaapikey", &WorkerFile::ollamaKey},
    {"completionapikey", &WorkerFile::ollamaKey},
    {"statusaddr", &WorkerFile::statusAddress},
    {"metricsaddr", &WorkerFile::metricsAddress},
    {"draintimeout", &WorkerFile::drainTimeout},
};

/// Things that Drover does by itself, or that are not worth a word.
constexpr std::string_view needless[] = {"reconnect", "workerid", "clientid", "logdir", "configfile", "debug",
    "loglevel", "modelpollinterval", "requesttimeout"};

} // namespace

drover::Result<WorkerFile> readWorkerFile(std::string_view text)
try {
    constexpr std::size_t bytesMax = 64 << 10;
    if (text.size() > bytesMax)
        return drover::fail(drover::Errc::TooLarge, "the file is too large for a worker's settings");
    const YAML::Node root = YAML::Load(std::string(text));
    if (!root.IsMap())
        return drover::fail(drover::Errc::BadRequest, "the file is no list of settings");
    WorkerFile file;
    for (const auto& member : root) {
        const std::string name = member.first.as<std::string>();
        const std::string key = plainKey(name);
        const auto* const place = std::ranges::find(places, std::string_view(key), &Place::key);
        if (place != std::end(places) && member.second.IsScalar()) {
            std::string& field = file.*place->field;
            if (field.empty())
                field = member.second.as<std::string>();
        } else if (std::ranges::find(needless, std::string_view(key)) == std::end(needless)) {
            file.unknown.push_back(name);
        }
    }
    std::ranges::sort(file.unknown);
    file.ollama = withoutApiPath(file.ollama);
    return file;
} catch (const YAML::Exception& error) {
    return drover::fail(drover::Errc::BadRequest, std::string("the file is no YAML: ") + error.what());
}

std::vector<std::string> workerFilePlaces(const Environment& environment)
{
    std::vector<std::string> found;
    const auto named = environment.find("CONFIG_FILE");
    if (named != environment.end() && isWorkerFile(named->second))
        found.push_back(named->second);
    for (const char* program : {"llamapool/worker.yaml", "nfrx/worker.yaml", "nfrx/llm.yaml"})
        for (const QString& folder : QStandardPaths::standardLocations(QStandardPaths::GenericConfigLocation))
            found.push_back((folder + u'/' + QLatin1String(program)).toStdString());
    return found;
}

} // namespace drover::app
