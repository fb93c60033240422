// SPDX-License-Identifier: MIT
#include "app/settings/layer.h"
#include "app/settings/settings_table.h"
#include "app/settings/settings_text.h"
#include "app/settings/value_text.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

using namespace drover::app;

namespace {

void must(bool holds)
{
    if (!holds)
        std::abort();
}

/// Whatever a value is read from, what is written of it means the same. The TOML of one setting, as the text's length
/// says, because reading TOML takes its time.
void checkValues(std::string_view text)
{
    const Setting& written = settingsTable()[text.size() % settingsTable().size()];
    for (const Setting& setting : settingsTable()) {
        const auto value = parseValue(setting.rule, text);
        if (!value) {
            must(!value.error().detail.empty());
            continue;
        }
        if (!setting.isScalar())
            continue;
        const auto again = parseValue(setting.rule, valueText(setting.rule, *value));
        must(again && *again == *value);
        if (&setting != &written)
            continue;
        const std::string line = "[" + std::string(setting.section()) + "]\n" + std::string(setting.name()) + " = "
            + tomlText(setting.rule, *value);
        const Layer layer = readSettingsFile(line, "f");
        must(layer.problems.empty() && layer.assignments.size() == 1 && layer.assignments[0].value == *value);
    }
}

/// A setting that was written into a file is there, and the rest is as before.
void checkEdit(const std::string& file, std::string_view key, std::string_view value)
{
    const auto changed = setInFile(file, key, value);
    if (!changed)
        return;
    const Layer before = readSettingsFile(file, "f");
    const Layer after = readSettingsFile(*changed, "f");
    must(after.problems.size() <= before.problems.size());
    must(after.assignments.size() >= before.assignments.size());
    const auto twice = setInFile(*changed, key, value);
    must(twice && *twice == *changed);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const std::string file(input.substr(0, input.find('\0')));
    const std::string_view rest = input.substr(std::min(size, file.size() + 1));
    const std::string_view key = rest.substr(0, rest.find('\0'));
    const std::string_view value = rest.substr(std::min(rest.size(), key.size() + 1));

    const Layer layer = readSettingsFile(file, "f");
    for (const Problem& problem : layer.problems)
        must(!problem.sentence.empty() && problem.line >= 0);
    const std::string text(value);
    resolve({layer, readEnvironment({{"PORT", text}, {"OLLAMA_URL", text}, {"LOG_DIR", text}, {"DROVER_X", text}}),
                readFlags({{"--set", std::string(key)}, {"--host", text}})},
        {{"OLLAMA_HOST", text}}, {});
    checkValues(value);
    checkEdit(file, key, value);
    return 0;
}
