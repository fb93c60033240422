// SPDX-License-Identifier: MIT
#include "app/command/view/models_text.h"

#include "app/command/view/status_text.h"
#include "app/command/view/table_text.h"
#include "app/command/view/text_width.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <set>

namespace drover::app {

namespace {

QString text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QJsonValue number(std::uint64_t value)
{
    return QJsonValue(static_cast<qint64>(value));
}

std::string_view nameOf(PullProgress::Phase phase)
{
    switch (phase) {
    case PullProgress::Phase::Asking:
        return "asking";
    case PullProgress::Phase::Downloading:
        return "downloading";
    case PullProgress::Phase::Checking:
        return "checking";
    case PullProgress::Phase::Writing:
        return "writing";
    case PullProgress::Phase::Done:
        return "done";
    }
    return {};
}

/// "5.2 GB", "5.2 GB, 60% GPU".
std::string inMemory(const drover::ModelView& model)
{
    if (!model.loaded)
        return {};
    if (model.memoryBytes == 0)
        return "loaded";
    const double share = 100.0 * static_cast<double>(model.gpuBytes) / static_cast<double>(model.memoryBytes);
    const std::string where = model.gpuBytes == 0 ? "CPU"
        : model.gpuBytes >= model.memoryBytes     ? "GPU"
                                                  : std::to_string(std::lround(share)) + "% GPU";
    return memoryText(model.memoryBytes) + ", " + where;
}

std::string expiry(const drover::ModelView& model, std::int64_t now)
{
    if (!model.loaded || model.expiresAt == 0)
        return {};
    if (model.expiresAt == drover::ModelView::expiresNever)
        return "never";
    return model.expiresAt <= now ? "in use" : "in " + durationText(std::chrono::milliseconds(model.expiresAt - now));
}

QJsonObject jsonOf(const drover::ModelView& model)
{
    return {{QStringLiteral("name"), text(model.name)}, {QStringLiteral("loaded"), model.loaded},
        {QStringLiteral("bytes"), number(model.bytes)}, {QStringLiteral("family"), text(model.family)},
        {QStringLiteral("parameter_size"), text(model.parameterSize)},
        {QStringLiteral("quantization"), text(model.quantization)},
        {QStringLiteral("context_tokens"), number(model.contextTokens)},
        {QStringLiteral("memory_bytes"), number(model.memoryBytes)},
        {QStringLiteral("gpu_bytes"), number(model.gpuBytes)},
        {QStringLiteral("expires_at_ms"), static_cast<qint64>(model.expiresAt)}};
}

std::string sizes(const PullProgress& progress)
{
    return memoryText(std::min(progress.completed, progress.total)) + " of " + memoryText(progress.total);
}

} // namespace

std::string memoryText(std::uint64_t bytes)
{
    constexpr std::uint64_t giga = 1'000'000'000;
    constexpr std::uint64_t mega = 1'000'000;
    constexpr std::uint64_t kilo = 1'000;
    if (bytes >= giga)
        return rateText(static_cast<double>(bytes) / static_cast<double>(giga)) + " GB";
    if (bytes >= mega)
        return std::to_string((bytes + mega / 2) / mega) + " MB";
    return bytes >= kilo ? std::to_string((bytes + kilo / 2) / kilo) + " kB" : std::to_string(bytes) + " B";
}

std::string modelsText(const std::vector<ListedBackend>& backends, std::int64_t now)
{
    std::vector<std::vector<std::string>> rows;
    const bool several = backends.size() > 1;
    for (const ListedBackend& backend : backends) {
        for (const drover::ModelView& model : backend.models) {
            rows.push_back({model.name, memoryText(model.bytes), model.parameterSize, model.quantization,
                model.contextTokens == 0 ? "" : countText(model.contextTokens), inMemory(model), expiry(model, now)});
            if (several)
                rows.back().push_back(backend.name);
        }
    }
    if (rows.empty())
        return "No model is installed. Download one: drover models pull llama3.2\n";
    std::vector<Column> columns{{"MODEL", Align::Left, 60}, {"SIZE", Align::Right}, {"PARAMETERS", Align::Right},
        {"QUANTIZATION"}, {"CONTEXT", Align::Right}, {"IN MEMORY"}, {"UNLOADS"}};
    if (several)
        columns.push_back({"BACKEND"});
    return tableText(columns, rows);
}

std::string modelsJson(const std::vector<ListedBackend>& backends)
{
    QJsonArray all;
    for (const ListedBackend& backend : backends) {
        QJsonArray models;
        for (const drover::ModelView& model : backend.models)
            models.append(jsonOf(model));
        all.append(QJsonObject{{QStringLiteral("name"), text(backend.name)}, {QStringLiteral("url"), text(backend.url)},
            {QStringLiteral("trouble"), text(backend.trouble)}, {QStringLiteral("models"), models}});
    }
    return QJsonDocument(QJsonObject{{QStringLiteral("backends"), all}}).toJson(QJsonDocument::Compact).toStdString()
        + "\n";
}

std::string modelNamesText(const std::vector<ListedBackend>& backends)
{
    std::set<std::string> names;
    for (const ListedBackend& backend : backends) {
        for (const drover::ModelView& model : backend.models)
            names.insert(printable(model.name));
    }
    std::string all;
    for (const std::string& name : names)
        all += name + "\n";
    return all;
}

std::string pullLine(const PullView& view)
{
    const std::string name = printable(view.model);
    const auto percent = view.progress.percent();
    if (view.progress.phase != PullProgress::Phase::Downloading || !percent)
        return name + ": " + std::string(nameOf(view.progress.phase)) + " ...";
    constexpr int barWidth = 24;
    const int filled = barWidth * *percent / 100;
    std::string line = name + " [" + std::string(static_cast<std::size_t>(filled), '#')
        + std::string(static_cast<std::size_t>(barWidth - filled), '.') + "] " + std::to_string(*percent) + "%  "
        + sizes(view.progress);
    if (view.stalled)
        return line + "  nothing comes; Ollama goes on trying";
    if (view.bytesPerSecond >= 1)
        line += "  " + memoryText(static_cast<std::uint64_t>(view.bytesPerSecond)) + "/s";
    if (view.left)
        line += "  " + durationText(*view.left) + " left";
    return line;
}

std::string pullStep(const PullView& view)
{
    constexpr int step = 10;
    const auto percent = view.progress.percent();
    std::string line = printable(view.model) + ": " + std::string(nameOf(view.progress.phase));
    if (view.progress.phase == PullProgress::Phase::Downloading && percent)
        line += ' ' + std::to_string(*percent / step * step) + "% of " + memoryText(view.progress.total);
    return line + (view.stalled ? ", nothing comes" : "");
}

std::string pullJson(const PullView& view)
{
    const auto phase = nameOf(view.progress.phase);
    QJsonObject json{{QStringLiteral("model"), text(view.model)},
        {QStringLiteral("phase"), QString::fromLatin1(phase.data(), static_cast<qsizetype>(phase.size()))},
        {QStringLiteral("total_bytes"), number(view.progress.total)},
        {QStringLiteral("completed_bytes"), number(view.progress.completed)},
        {QStringLiteral("bytes_per_second"), number(static_cast<std::uint64_t>(std::max(0.0, view.bytesPerSecond)))},
        {QStringLiteral("stalled"), view.stalled}};
    if (view.left)
        json.insert(QStringLiteral("left_s"), static_cast<qint64>(view.left->count()));
    return QJsonDocument(json).toJson(QJsonDocument::Compact).toStdString();
}

} // namespace drover::app
