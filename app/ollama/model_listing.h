// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QJsonObject>

#include <vector>

namespace drover::app {

/// What OllamaClient::list was answered, as the engine would show it: the installed models by name, each with what it
/// takes while loaded. More than `listedModelsMax` are left out. Pure.
std::vector<drover::ModelView> listedModels(const QJsonObject& listing);

inline constexpr int listedModelsMax = 10'000;

/// Whether two names mean one model: "Tiny" and "tiny:latest" do. Pure.
bool isSameModel(const std::string& one, const std::string& other);

} // namespace drover::app
