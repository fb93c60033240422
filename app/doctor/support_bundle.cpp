// SPDX-License-Identifier: MIT
#include "app/doctor/support_bundle.h"

#include "app/settings/settings_source.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"
#include "core/api/engine.h"
#include "core/api/status.h"

#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSaveFile>
#include <QSysInfo>

#include <algorithm>
#include <array>

namespace drover::app {

namespace {

constexpr qint64 logBytesMax = 512 << 10;
constexpr const char* folder = "drover-support/";

constexpr const char* explanation =
    "Made by drover doctor for somebody who helps. Keys, tokens, passwords, addresses of people, the private parts of\n"
    "URLs, your name and that of this machine were taken out. Prompts and answers are never in it. Look through it\n"
    "before you send it.\n";

std::string versions()
{
    return "drover " + std::string(drover::versionNumber()) + " (git " + std::string(drover::revision()) + ", built "
        + std::string(drover::buildDate()) + ")\nQt " + qVersion() + "\nBoost " + std::string(drover::boostVersion())
        + "\n" + QSysInfo::prettyProductName().toStdString() + ", " + QSysInfo::kernelType().toStdString() + " "
        + QSysInfo::kernelVersion().toStdString() + ", " + QSysInfo::currentCpuArchitecture().toStdString() + "\n";
}

/// Variables that matter here and whose values tell nobody's secrets by their nature.
bool isShown(std::string_view name)
{
    constexpr std::array exact = {"LANG", "LC_ALL", "XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "CUDA_VISIBLE_DEVICES",
        "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES", "HSA_OVERRIDE_GFX_VERSION", "http_proxy", "HTTP_PROXY",
        "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY", "no_proxy", "NO_PROXY", "OPENAI_BASE_URL",
        "ANTHROPIC_BASE_URL"};
    constexpr std::array ollama = {"OLLAMA_HOST", "OLLAMA_NUM_PARALLEL", "OLLAMA_CONTEXT_LENGTH", "OLLAMA_KEEP_ALIVE",
        "OLLAMA_MODELS", "OLLAMA_FLASH_ATTENTION", "OLLAMA_KV_CACHE_TYPE", "OLLAMA_MAX_LOADED_MODELS",
        "OLLAMA_MAX_QUEUE", "OLLAMA_ORIGINS", "OLLAMA_DEBUG", "OLLAMA_LOAD_TIMEOUT", "OLLAMA_GPU_OVERHEAD",
        "OLLAMA_SCHED_SPREAD", "OLLAMA_NO_CLOUD", "OLLAMA_LLM_LIBRARY"};
    return std::ranges::find(exact, name) != exact.end() || std::ranges::find(ollama, name) != ollama.end()
        || (name.starts_with("DROVER_") && !looksSecret(name));
}

std::string environmentText(const Environment& environment)
{
    std::string text;
    for (const auto& [name, value] : environment) {
        if (isShown(name))
            text += name + "=" + value + "\n";
    }
    return text;
}

std::string settingsText(const Resolved& resolved)
{
    std::string text;
    for (const Setting& setting : settingsTable())
        text += std::string(setting.key) + " = " + valueText(setting.rule, setting.get(resolved.settings)) + "   # "
            + resolved.origin(setting.key) + "\n";
    for (const Problem& problem : resolved.problems)
        text += "problem: " + problem.text() + "\n";
    for (const Problem& warning : resolved.warnings)
        text += "warning: " + warning.text() + "\n";
    return text;
}

/// The whole text of a small file; empty when there is none.
std::string contentOf(const std::string& path)
{
    return path.empty() ? std::string() : readTextFile(path).value_or(std::string());
}

/// The last lines of a file, whole ones.
std::string tailOf(const std::string& path)
{
    QFile file(QString::fromStdString(path));
    if (path.empty() || !file.open(QIODevice::ReadOnly))
        return {};
    const bool cut = file.size() > logBytesMax;
    if (cut)
        file.seek(file.size() - logBytesMax);
    const QByteArray bytes = file.readAll();
    return bytes.mid(cut ? bytes.indexOf('\n') + 1 : 0).toStdString();
}

void addLines(std::vector<std::string>& secrets, const std::string& text)
{
    for (const QString& line : QString::fromStdString(text).split(QLatin1Char('\n'))) {
        if (const auto trimmed = line.trimmed().toStdString(); !trimmed.empty())
            secrets.push_back(trimmed);
    }
}

/// Every text in a JSON value, however deep.
void addTexts(std::vector<std::string>& secrets, const QJsonValue& json)
{
    if (json.isString())
        secrets.push_back(json.toString().toStdString());
    for (const auto& each : json.toArray())
        addTexts(secrets, each);
    for (const auto& each : json.toObject())
        addTexts(secrets, each);
}

void addVariable(std::vector<std::string>& secrets, const std::string& name, const std::string& value)
{
    if (looksSecret(name))
        secrets.push_back(value);
    for (std::string& each : urlSecrets(value))
        secrets.push_back(std::move(each));
}

} // namespace

std::vector<ArchiveFile> bundleFiles(
    const Facts& facts, const std::vector<Finding>& findings, const BundleSources& sources)
{
    std::vector<ArchiveFile> files;
    const auto add = [&files](const char* name, std::string text) {
        if (!text.empty())
            files.push_back({std::string(folder) + name, std::move(text)});
    };
    add("README.txt", explanation);
    add("versions.txt", versions());
    add("doctor.txt", findingsText(findings).toStdString());
    add("doctor.json", findingsJson(findings).toStdString());
    add("settings.txt", settingsText(facts.settings));
    add("drover.toml", contentOf(facts.settingsFile));
    add("environment.txt", environmentText(facts.environment));
    if (facts.snapshot)
        add("status.json", drover::statusJson(*facts.snapshot));
    for (std::size_t at = 0; at < facts.backends.size(); ++at)
        add(("loaded-" + std::to_string(at + 1) + ".json").c_str(), facts.backends[at].loaded.body);
    add("drover.log", tailOf(sources.logFile));
    add("ollama.log", sources.ollamaOutput.join(QLatin1Char('\n')).toStdString());
    return files;
}

Private privateThings(const Facts& facts, const BundleSources& sources)
{
    Private known{.homeFolder = QDir::homePath().toStdString(),
        .userName = QDir::home().dirName().toStdString(),
        .hostName = QSysInfo::machineHostName().toStdString()};
    auto& secrets = known.secrets;
    const Settings& settings = facts.settings.settings;
    for (const BackendSetting& backend : settings.backends) {
        secrets.push_back(backend.backend.apiKey);
        addLines(secrets, contentOf(backend.apiKeyFile));
        if (const auto found = facts.environment.find(backend.apiKeyEnv); found != facts.environment.end())
            secrets.push_back(found->second);
        addVariable(secrets, {}, backend.backend.url);
    }
    for (const drover::BackendConfig& backend : settings.config.backends)
        secrets.push_back(backend.apiKey);
    for (const drover::KeyConfig& key : settings.config.keys)
        secrets.push_back(key.sha256Hex);
    for (const std::string& each : settings.ollama.environment) {
        const auto at = std::min(each.find('='), each.size());
        const auto name = each.substr(0, at);
        const auto value = each.substr(std::min(at + 1, each.size()));
        addVariable(secrets, name, value);
        if (!isShown(name))
            secrets.push_back(value);
    }
    for (const auto& [name, value] : facts.environment)
        addVariable(secrets, name, value);
    for (const char* name : {"USER", "USERNAME", "LOGNAME"}) {
        if (const auto found = facts.environment.find(name); found != facts.environment.end())
            known.userName = found->second;
    }
    addLines(secrets, contentOf(facts.tokenFile));
    for (const std::string& file : sources.secretFiles) {
        const std::string content = contentOf(file);
        addLines(secrets, content);
        addTexts(secrets, QJsonDocument::fromJson(QByteArray::fromStdString(content)).object());
    }
    return known;
}

std::string bundleArchive(const std::vector<ArchiveFile>& files, const Clean& clean, std::int64_t seconds)
{
    std::vector<ArchiveFile> cleaned;
    for (const ArchiveFile& file : files)
        cleaned.push_back({file.name, clean(file.text)});
    return tarGz(cleaned, seconds);
}

Result<> saveBundle(const std::string& path, const std::string& archive)
{
    QSaveFile file(QString::fromStdString(path));
    const auto size = static_cast<qint64>(archive.size());
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner)
        || file.write(archive.data(), size) != size || !file.commit())
        return drover::fail(drover::Errc::Io, path + " cannot be written: " + file.errorString().toStdString());
    return {};
}

QString bundleName(std::int64_t seconds)
{
    return QStringLiteral("drover-support-%1.tar.gz")
        .arg(QDateTime::fromSecsSinceEpoch(seconds).date().toString(Qt::ISODate));
}

} // namespace drover::app
