// SPDX-License-Identifier: MIT
#include "app/command/target.h"

#include "app/settings/settings_source.h"

namespace drover::app {

namespace {

std::string firstLine(const std::string& path)
{
    const auto text = readTextFile(path);
    return text ? text->substr(0, text->find_first_of("\r\n")) : std::string();
}

} // namespace

Called<Target> findTarget(const Invocation& invocation, const Environment& environment, const Places& places)
{
    const Resolved resolved = SettingsSource(places, environment, {}, invocation.settingsFile).read().resolved;
    const drover::Config& config = resolved.settings.config;
    const auto note = readRunningNote(places);
    Target target{.status = {config.statusHost, config.statusPort},
        .proxy = addressText({config.host, config.port}),
        .tokenFile = config.controlTokenFile.empty() ? places.tokenFile : config.controlTokenFile,
        .logFile = resolved.settings.logFile};
    std::string given = invocation.statusAddress;
    if (note && given.empty() && resolved.origin("status.listen") == "default")
        given = note->statusAddress;
    if (!given.empty()) {
        const auto address = parseAddress(given);
        if (!address)
            return CallTrouble{ExitCode::Usage, "--status-addr must be " + address.error().detail};
        target.status = *address;
    }
    if (note && note->statusAddress == addressText(target.status)) {
        target.proxy = note->proxyAddress;
        target.tokenFile = note->tokenFile;
        target.logFile = note->logFile;
    }
    target.token = firstLine(target.tokenFile);
    return target;
}

} // namespace drover::app
