// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace drover {

/// True when a web page of this origin may call us: this machine's own (localhost, 127.0.0.1, [::1], 0.0.0.0 with any
/// port), desktop apps (app, file, tauri, vscode-webview, vscode-file), the origin that `host` names, or one that
/// matches a pattern of `extra` (`*` stands for anything). "null" is refused unless listed. Call only for requests that
/// have an Origin field.
bool originAllowed(std::string_view origin, std::string_view host, const std::vector<std::string>& extra);

/// What decides whether a Host field is taken.
struct HostRules {
    bool listensOnLoopback = true; ///< every host is taken when not
    std::string machineName = {}; ///< of this machine, any case
};

/// False for names that a web page could have bound to our address (DNS rebinding). Taken are: none, addresses that
/// are loopback, private or link-local, localhost, the machine's name, *.localhost, *.local, *.internal.
bool hostAllowed(std::string_view hostHeader, const HostRules& rules);

/// Header lines for an answer to an allowed origin, each ended by CRLF; none when there is no origin, or when it has
/// bytes that do not belong in a field.
std::string corsLines(std::string_view origin);

/// Header lines for the 204 that answers a preflight. `requestedHeaders` is the value of
/// Access-Control-Request-Headers; those we know are granted (Authorization, x-stainless-*, anthropic-*,
/// X-Priority...).
std::string preflightLines(std::string_view origin, std::string_view requestedHeaders);

} // namespace drover
