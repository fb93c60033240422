// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"

#include <span>

namespace drover::app {

/// Every setting there is, in the order of the written file. From it come parsing, validation, the written file,
/// environment names, command-line options and their documentation.
std::span<const Setting> settingsTable();

/// Nothing when there is no such key.
const Setting* findSetting(std::string_view key);

/// The key that somebody who wrote `unknown` most likely meant; empty when none is near.
std::string nearestKey(std::string_view unknown);

/// One sentence on a section of the file; empty when there is no such section.
std::string_view sectionSentence(std::string_view section);

/// "DROVER_QUEUE_WAITING_MAX" of "queue.waiting_max".
std::string environmentName(const Setting& setting);

/// A field of [[user]], [[backend]], [[key]] or [[pool]]; `Row` is UserRule, BackendSetting, KeyConfig or PoolSetting.
template <class Row> struct RowField {
    std::string_view name;
    ValueRule rule;
    std::string_view sentence;
    SettingValue (*get)(const Row&);
    void (*set)(Row&, const SettingValue&);
};

std::span<const RowField<drover::UserRule>> userFields();
std::span<const RowField<BackendSetting>> backendFields();
std::span<const RowField<drover::KeyConfig>> keyFields();
std::span<const RowField<PoolSetting>> poolFields();

} // namespace drover::app
