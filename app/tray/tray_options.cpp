// SPDX-License-Identifier: MIT
#include "app/tray/tray_options.h"

#include "app/command/command_line.h"
#include "app/desktop/login_item.h"

#include "core/api/engine.h"

#include <QtGlobal>

#include <algorithm>

namespace drover::app {

namespace {

constexpr const char* help =
    R"(Drover: a fair queue in front of the local Ollama, with an icon in the tray and a window.

Usage: drover-tray [OPTIONS] [LINK]

  -h, --help       Print this help and end
      --version    Print version, revision, build date, Qt and Boost versions
      --hidden     Start without the window where there is a tray
      --home DIR   Keep settings and state in this folder, as the variable DROVER_HOME does
      --setup      Go through the first steps again

A link such as drover://open/queue opens that page; drover://pause?for=15m, drover://resume and drover://queue/NUMBER ask
first. Where Drover runs already, its window is opened and this one ends.
All options of `drover serve` count here too, such as --demo, --config FILE and --port PORT: see drover serve --help.
)";

std::string versionText()
{
    return "drover-tray " + std::string(drover::versionNumber()) + " (git " + std::string(drover::revision())
        + ", built " + std::string(drover::buildDate()) + ", Qt " + qVersion() + ", Boost "
        + std::string(drover::boostVersion()) + ")\n";
}

} // namespace

TrayOptions parseTrayOptions(const std::vector<std::string>& arguments)
{
    const auto has = [&arguments](const char* word) { return std::ranges::find(arguments, word) != arguments.end(); };
    if (has("--help") || has("-h"))
        return {.answer = TrayOptions::Answer{0, help}};
    if (has("--version"))
        return {.answer = TrayOptions::Answer{0, versionText()}};

    std::vector<std::string> rest{"serve"};
    std::optional<DroverLink> link;
    std::string linkRefusal;
    std::string home;
    bool takesHome = false;
    for (const std::string& word : arguments) {
        if (looksLikeLink(word)) {
            if (const auto parsed = parseDroverLink(word))
                link = *parsed;
            else
                linkRefusal = parsed.error().detail;
        } else if (word == homeOption) {
            takesHome = true;
        } else if (takesHome) {
            home = word;
            takesHome = false;
        } else if (word != "--hidden" && word != "--setup") {
            rest.push_back(word);
        }
    }
    if (takesHome)
        return {
            .answer = TrayOptions::Answer{static_cast<int>(ExitCode::Usage), "drover-tray: --home needs a folder\n"}};
    auto parsed = parseCommandLine(rest);
    if (parsed.ended || parsed.invocation.tui)
        return {.answer = TrayOptions::Answer{static_cast<int>(ExitCode::Usage),
                    parsed.ended ? parsed.output : "drover-tray: --tui is for drover serve\n"}};
    return {.hidden = has("--hidden"),
        .setup = has("--setup"),
        .flags = std::move(parsed.invocation.flags),
        .settingsFile = std::move(parsed.invocation.settingsFile),
        .home = std::move(home),
        .link = link,
        .linkRefusal = std::move(linkRefusal)};
}

} // namespace drover::app
