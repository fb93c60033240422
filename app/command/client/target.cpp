// SPDX-License-Identifier: MIT
#include "app/command/client/target.h"

#include "app/settings/settings_source.h"

namespace drover::app {

namespace {

std::string readToken(const std::string& path)
{
    std::string token = readTextFile(path).value_or(std::string());
    std::erase_if(token, [](unsigned char letter) { return letter <= ' ' || letter >= 127; });
    return token;
}

/// Where to connect to for what listens on `address`.
Address reachable(Address address)
{
    if (address.host == "0.0.0.0")
        address.host = "127.0.0.1";
    else if (address.host == "::")
        address.host = "::1";
    return address;
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
    target.token = readToken(target.tokenFile);
    target.status = reachable(target.status);
    if (const auto proxy = parseAddress(target.proxy))
        target.proxy = addressText(reachable(*proxy));
    return target;
}

} // namespace drover::app
