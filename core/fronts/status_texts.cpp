// SPDX-License-Identifier: MIT
#include "core/fronts/status_texts.h"

#include "core/api/engine.h"
#include "core/protocol/json_writer.h"

namespace drover {

std::string errorJson(const Error& error)
{
    JsonWriter text;
    text.open('{');
    text.field("error", error.detail.empty() ? describe(error.code) : std::string_view(error.detail));
    text.field("code", codeName(error.code));
    text.close('}');
    return text.take();
}

std::string versionJson()
{
    JsonWriter text;
    text.open('{');
    text.field("version", versionNumber());
    text.field("build_sha", revision());
    text.field("build_date", buildDate());
    text.field("boost", boostVersion());
    text.close('}');
    return text.take();
}

Readiness readiness(const Snapshot& snapshot)
{
    Readiness found;
    const bool takesJobs = !snapshot.draining;
    found.checks = takesJobs ? "[+] takes new requests\n" : "[-] takes new requests: Drover is draining\n";
    bool answers = false;
    for (const BackendView& backend : snapshot.backends) {
        const bool up = backend.state == BackendState::Ready;
        answers = answers || up;
        found.checks.append(up ? "[+] " : "[-] ").append("backend ").append(backend.name);
        if (!up && !backend.reason.empty())
            found.checks.append(": ").append(backend.reason);
        found.checks += '\n';
    }
    found.ready = takesJobs && answers;
    if (found.ready)
        found.sentence = "ready";
    else
        found.sentence = takesJobs ? "not ready: no backend answers" : "not ready: draining";
    return found;
}

} // namespace drover
