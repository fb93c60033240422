// SPDX-License-Identifier: MIT
#include "app/settings/settings_table.h"

#include <algorithm>
#include <cctype>
#include <numeric>

// For lupdate: the window shows these sentences in its own language. No Qt comes with it.
#define QT_TRANSLATE_NOOP(context, text) text

namespace drover::app {

namespace {

/// Letters to insert, to leave out or to change to make one of the other (Wagner and Fischer 1974).
std::size_t distance(std::string_view a, std::string_view b)
{
    std::vector<std::size_t> costs(b.size() + 1);
    std::iota(costs.begin(), costs.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = costs[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (a[i] == b[j] ? 0 : 1);
            diagonal = costs[j + 1];
            costs[j + 1] = std::min({changed, costs[j] + 1, costs[j + 1] + 1});
        }
    }
    return costs.back();
}

} // namespace

const Setting* findSetting(std::string_view key)
{
    const auto table = settingsTable();
    const auto found = std::ranges::find(table, key, &Setting::key);
    return found == table.end() ? nullptr : &*found;
}

std::string nearestKey(std::string_view unknown)
{
    constexpr std::size_t lengthMax = 64; // nobody means a key by more
    if (unknown.size() > lengthMax)
        return {};
    const std::string_view lastPart = unknown.substr(unknown.rfind('.') + 1);
    std::string_view nearest;
    std::size_t least = std::max<std::size_t>(2, unknown.size() / 4) + 1;
    for (const Setting& setting : settingsTable()) {
        std::size_t away = distance(unknown, setting.key);
        if (setting.name() == lastPart)
            away = std::min<std::size_t>(away, 1); // the right name in the wrong section
        if (away < least) {
            least = away;
            nearest = setting.key;
        }
    }
    return std::string(nearest);
}

std::string_view sectionSentence(std::string_view section)
{
    if (section == "general")
        return QT_TRANSLATE_NOOP("setting", "The window, the tray and this program as a whole.");
    if (section == "tray")
        return QT_TRANSLATE_NOOP("setting", "The icon in the panel, taskbar or menu bar.");
    if (section == "notifications")
        return QT_TRANSLATE_NOOP("setting", "What you are told although no window is open.");
    if (section == "proxy")
        return QT_TRANSLATE_NOOP("setting", "Where apps connect, and what one of them may do.");
    if (section == "queue")
        return QT_TRANSLATE_NOOP("setting", "Who is next, and how long the queue may grow.");
    if (section == "engine")
        return QT_TRANSLATE_NOOP("setting", "The Ollama on this machine: whether Drover starts it, and how.");
    if (section == "sharing")
        return QT_TRANSLATE_NOOP("setting", "When this machine works for pools: you first.");
    if (section == "host")
        return QT_TRANSLATE_NOOP("setting", "A pool on this machine: others join it and ask it.");
    if (section == "history")
        return QT_TRANSLATE_NOOP("setting", "What is kept on disk of requests that ended. Never what they said.");
    if (section == "status")
        return QT_TRANSLATE_NOOP("setting", "For people, monitoring and the drover command.");
    if (section == "log")
        return QT_TRANSLATE_NOOP("setting", "What is written down. Never a prompt, an answer or a key.");
    if (section == "serve")
        return QT_TRANSLATE_NOOP("setting", "Drover without a window: drover serve.");
    return {};
}

std::string environmentName(const Setting& setting)
{
    std::string name = "DROVER_";
    for (const char letter : setting.key)
        name += letter == '.' ? '_' : static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    return name;
}

} // namespace drover::app
