// SPDX-License-Identifier: MIT
#include "app/ollama/model_listing.h"

#include <QDateTime>
#include <QJsonArray>
#include <QJsonValue>

#include <algorithm>

namespace drover::app {

namespace {

constexpr int textLettersMax = 64;

std::uint64_t sizeOf(const QJsonValue& value)
{
    constexpr double most = 1e18;
    const double number = value.toDouble();
    return number > 0 && number < most ? static_cast<std::uint64_t>(number) : 0;
}

std::string textOf(const QJsonValue& value)
{
    return value.toString().left(textLettersMax).toStdString();
}

/// Ollama writes "never" as a time some hundred years ahead (protocols/ollama.md section 3).
std::int64_t expiryOf(const QJsonValue& value)
{
    constexpr int farAhead = 2200;
    const QDateTime when = QDateTime::fromString(value.toString(), Qt::ISODate);
    if (!when.isValid() || when.toMSecsSinceEpoch() < 0)
        return 0;
    return when.toUTC().date().year() >= farAhead ? drover::ModelView::expiresNever : when.toMSecsSinceEpoch();
}

drover::ModelView viewOf(const QJsonObject& entry)
{
    drover::ModelView view;
    view.name = entry[QLatin1String("name")].toString().toStdString();
    view.bytes = sizeOf(entry[QLatin1String("size")]);
    const QJsonValue details = entry[QLatin1String("details")];
    view.family = textOf(details[QLatin1String("family")]);
    view.parameterSize = textOf(details[QLatin1String("parameter_size")]);
    view.quantization = textOf(details[QLatin1String("quantization_level")]);
    std::uint64_t context = sizeOf(entry[QLatin1String("context_length")]);
    if (context == 0)
        context = sizeOf(details[QLatin1String("context_length")]);
    view.contextTokens = static_cast<std::uint32_t>(std::min<std::uint64_t>(context, 0xFFFFFFFFu));
    return view;
}

std::string wholeName(const std::string& name)
{
    std::string whole = QString::fromStdString(name).toLower().toStdString();
    const std::size_t slash = whole.rfind('/');
    if (whole.find(':', slash == whole.npos ? 0 : slash) == whole.npos)
        whole += ":latest";
    return whole;
}

} // namespace

bool isSameModel(const std::string& one, const std::string& other)
{
    return one == other || wholeName(one) == wholeName(other);
}

std::vector<drover::ModelView> listedModels(const QJsonObject& listing)
{
    std::vector<drover::ModelView> models;
    const QJsonArray installed = listing[QLatin1String("models")].toArray();
    for (const QJsonValue& entry : installed) {
        drover::ModelView view = viewOf(entry.toObject());
        if (!view.name.empty() && models.size() < listedModelsMax)
            models.push_back(std::move(view));
    }
    std::ranges::sort(models, {}, &drover::ModelView::name);
    const QJsonArray loaded = listing[QLatin1String("loaded")].toArray();
    for (const QJsonValue& entry : loaded) {
        const drover::ModelView view = viewOf(entry.toObject());
        if (view.name.empty() || models.size() >= listedModelsMax)
            continue;
        auto place =
            std::ranges::find_if(models, [&](const auto& model) { return isSameModel(model.name, view.name); });
        if (place == models.end()) { // deleted while it was loaded
            models.push_back(view);
            place = std::prev(models.end());
            place->bytes = 0;
        }
        place->loaded = true;
        place->memoryBytes = view.bytes;
        place->gpuBytes = sizeOf(entry[QLatin1String("size_vram")]);
        place->expiresAt = expiryOf(entry[QLatin1String("expires_at")]);
        if (view.contextTokens > 0)
            place->contextTokens = view.contextTokens;
    }
    return models;
}

} // namespace drover::app
