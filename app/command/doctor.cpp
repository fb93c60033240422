// SPDX-License-Identifier: MIT
#include "app/command/doctor.h"

#include "app/command/view/text_width.h"
#include "app/settings/address.h"

#include <algorithm>

namespace drover::app {

namespace {

using Verdict = Finding::Verdict;

bool answers(const Probe& probe)
{
    return probe.outcome == Probe::Outcome::Answers;
}

std::string_view variable(const Facts& facts, const std::string& name)
{
    const auto found = facts.environment.find(name);
    return found == facts.environment.end() ? std::string_view() : std::string_view(found->second);
}

Finding checkSettings(const Facts& facts)
{
    if (!facts.settingsFileReadable)
        return {"settings", Verdict::Trouble, facts.settingsFile + " cannot be read",
            "Give yourself the right to read it, or name another file with CONFIG_FILE."};
    if (!facts.settings.problems.empty())
        return {"settings", Verdict::Trouble, facts.settings.problems.front().text(),
            "Correct it; drover config validate lists every problem."};
    return {"settings", Verdict::Fine,
        facts.settingsFileThere ? facts.settingsFile + " is in order" : "no settings file, the defaults count", {}};
}

Finding checkSettingsNotes(const Facts& facts)
{
    if (facts.settings.warnings.empty())
        return {"settings_notes", Verdict::Fine, "nothing odd in the settings and the environment", {}};
    return {"settings_notes", Verdict::Note, facts.settings.warnings.front().text(),
        facts.settings.warnings.size() > 1 ? "drover config validate lists them all."
                                           : "Change it if it is not meant."};
}

Finding checkRunning(const Facts& facts)
{
    if (facts.snapshot)
        return {"running", Verdict::Fine, "Drover answers on " + facts.statusAddress, {}};
    if (facts.status.outcome == Probe::Outcome::NobodyListens)
        return {"running", Verdict::Trouble, "Drover is not running: nothing answers on " + facts.statusAddress,
            "Start it: drover serve"};
    return {"running", Verdict::Trouble,
        "what answers on " + facts.statusAddress + " is not Drover, or not of this age",
        "Choose another port: drover config set status.listen 127.0.0.1:4556"};
}

Finding checkVersion(const Facts& facts)
{
    if (!facts.snapshot || facts.snapshot->version == facts.ownVersion)
        return {"version", Verdict::Fine, "this is version " + facts.ownVersion, {}};
    return {"version", Verdict::Note,
        "the running Drover has version " + facts.snapshot->version + ", this command " + facts.ownVersion,
        "Restart Drover, so that both are of one age."};
}

Finding checkState(const Facts& facts)
{
    if (!facts.snapshot)
        return {"state", Verdict::Fine, "not known while Drover does not run", {}};
    const drover::Snapshot& snapshot = *facts.snapshot;
    if (snapshot.state == drover::EngineState::Error)
        return {"state", Verdict::Trouble, snapshot.reasonText, snapshot.fixText};
    if (snapshot.paused)
        return {"state", Verdict::Note, "the queue is paused: nothing starts", "Go on: drover resume"};
    if (snapshot.draining)
        return {"state", Verdict::Note, "Drover takes no new jobs", "Take them again: drover undrain"};
    return {"state", Verdict::Fine, snapshot.reasonText.empty() ? "the queue is at work" : snapshot.reasonText, {}};
}

Finding checkProxy(const Facts& facts)
{
    const std::string& where = facts.proxyAddress;
    if (answers(facts.gateway) && facts.gateway.status == 204)
        return {"proxy", Verdict::Trouble, "Ollama's own gateway for Claude holds " + where,
            "Give Drover another port: drover config set proxy.listen 127.0.0.1:11436"};
    if (facts.snapshot && answers(facts.proxy) && facts.proxy.status == 200)
        return {"proxy", Verdict::Fine, "apps can connect to http://" + where, {}};
    if (facts.snapshot)
        return {"proxy", Verdict::Trouble, "Drover runs, but apps get no answer from http://" + where,
            "Look at drover logs and restart Drover."};
    if (facts.proxy.outcome == Probe::Outcome::NobodyListens)
        return {"proxy", Verdict::Fine, "the address " + where + " is free", {}};
    return {"proxy", Verdict::Trouble, "another program holds " + where,
        "End it, or give Drover another port: drover config set proxy.listen 127.0.0.1:11436"};
}

Finding checkToken(const Facts& facts)
{
    if (facts.tokenFile == "off")
        return {"token", Verdict::Note, "control calls are off: pause, cancel and drain need them",
            "drover config set status.token_file \"\""};
    if (!facts.tokenThere)
        return {"token", facts.snapshot ? Verdict::Trouble : Verdict::Fine, "there is no token file " + facts.tokenFile,
            facts.snapshot ? "Run this as the user who runs Drover, or restart Drover to have it made." : ""};
    if (!facts.tokenPrivate)
        return {"token", Verdict::Trouble, "others can read the token file " + facts.tokenFile,
            "Make it private: chmod 600 " + facts.tokenFile + " and restart Drover, which then makes a new one."};
    if (answers(facts.tokenTry) && facts.tokenTry.status != 200)
        return {"token", Verdict::Trouble, "Drover does not take the token in " + facts.tokenFile,
            "Restart Drover, or check that DROVER_HOME is the same for both."};
    return {"token", Verdict::Fine, "the token for control calls is in its place", {}};
}

Finding checkBackends(const Facts& facts)
{
    if (facts.settings.settings.config.demo || (facts.snapshot && facts.snapshot->demo))
        return {"backends", Verdict::Note, "answers are simulated (demonstration)",
            "Leave out --demo, or drover config set proxy.demo false"};
    for (const Facts::Backend& backend : facts.backends) {
        if (backend.https || answers(backend.probe))
            continue;
        const bool nobody = backend.probe.outcome == Probe::Outcome::NobodyListens;
        return {"backends", Verdict::Trouble,
            backend.url + (nobody ? ": nobody listens there" : ": something is there but gives no answer"),
            backend.url.find(":11434") != std::string::npos ? "Start Ollama: ollama serve"
                                                            : "Start it, or correct its address in the settings."};
    }
    return {"backends", Verdict::Fine,
        facts.backends.size() == 1 ? facts.backends.front().url + " answers" : "every backend answers", {}};
}

Finding checkBackendHealth(const Facts& facts)
{
    if (facts.snapshot) {
        for (const drover::BackendView& backend : facts.snapshot->backends) {
            if (backend.state == drover::BackendState::Resting || backend.state == drover::BackendState::Down)
                return {"backend_health", Verdict::Trouble,
                    backend.name + " is " + std::string(drover::name(backend.state))
                        + (backend.reason.empty() ? "" : ": " + backend.reason),
                    "See that it runs; Drover tries it again by itself."};
        }
    }
    return {"backend_health", Verdict::Fine, "no backend is resting", {}};
}

Finding checkModels(const Facts& facts)
{
    if (!facts.snapshot)
        return {"models", Verdict::Fine, "not known while Drover does not run", {}};
    std::size_t models = 0;
    for (const drover::BackendView& backend : facts.snapshot->backends)
        models += backend.models.size();
    if (models == 0)
        return {"models", Verdict::Trouble, "no backend has a model", "Fetch one: ollama pull llama3.2"};
    return {"models", Verdict::Fine, std::to_string(models) + (models == 1 ? " model" : " models"), {}};
}

Finding checkThroughProxy(const Facts& facts)
{
    if (!facts.snapshot)
        return {"through_proxy", Verdict::Fine, "not known while Drover does not run", {}};
    if (answers(facts.proxyModels) && facts.proxyModels.status == 200)
        return {"through_proxy", Verdict::Fine, "the list of models comes through Drover", {}};
    return {"through_proxy", Verdict::Trouble, "the list of models does not come through Drover",
        "drover why says what is wrong with the backends."};
}

Finding checkSlots(const Facts& facts)
{
    if (!facts.snapshot)
        return {"slots", Verdict::Fine, "not known while Drover does not run", {}};
    for (const drover::BackendView& backend : facts.snapshot->backends) {
        const std::string slotsText = backend.name + ": " + std::to_string(backend.slots)
            + (backend.slots == 1 ? " slot" : " slots")
            + (backend.slotsReason.empty() ? "" : ", " + backend.slotsReason);
        if (backend.slots == 1 && facts.snapshot->waiting > 0)
            return {"slots", Verdict::Note, slotsText,
                "If it can do more at once, say so: drover config set queue.concurrency 4"};
        if (&backend == &facts.snapshot->backends.back())
            return {"slots", Verdict::Fine, slotsText, {}};
    }
    return {"slots", Verdict::Fine, "there is no backend", {}};
}

Finding checkOllamaHost(const Facts& facts)
{
    const std::string_view host = variable(facts, "OLLAMA_HOST");
    const auto proxy = parseAddress(facts.proxyAddress);
    if (host.empty())
        return {"ollama_host", Verdict::Note, "OLLAMA_HOST is not set here: the ollama command goes past the queue",
            "export OLLAMA_HOST=http://" + facts.proxyAddress + " (for apps, not for ollama serve)"};
    const auto url = parseOllamaHost(host);
    if (!url)
        return {"ollama_host", Verdict::Trouble, "OLLAMA_HOST is no address",
            "export OLLAMA_HOST=http://" + facts.proxyAddress};
    if (proxy && url->port == proxy->port && isLoopback(url->host))
        return {"ollama_host", Verdict::Fine, "OLLAMA_HOST leads apps to Drover; Drover itself ignores it", {}};
    return {"ollama_host", Verdict::Note, "OLLAMA_HOST leads apps to " + urlText(*url) + ", past the queue",
        "export OLLAMA_HOST=http://" + facts.proxyAddress};
}

Finding checkOpenAiBase(const Facts& facts)
{
    const std::string_view base = variable(facts, "OPENAI_BASE_URL");
    if (base.find(facts.proxyAddress) != base.npos && base.find("/v1") == base.npos)
        return {"openai_base_url", Verdict::Trouble, "OPENAI_BASE_URL lacks /v1 at its end",
            "export OPENAI_BASE_URL=http://" + facts.proxyAddress + "/v1"};
    return {"openai_base_url", Verdict::Fine,
        base.empty() ? "OPENAI_BASE_URL is not set here" : "OPENAI_BASE_URL is in order", {}};
}

Finding checkHttpProxy(const Facts& facts)
{
    for (const char* name : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}) {
        if (variable(facts, name).empty())
            continue;
        const std::string_view without = variable(facts, variable(facts, "no_proxy").empty() ? "NO_PROXY" : "no_proxy");
        if (without.find("127.0.0.1") == without.npos && without != "*")
            return {"http_proxy", Verdict::Note,
                std::string(name) + " makes some apps send calls for 127.0.0.1 elsewhere",
                "export NO_PROXY=localhost,127.0.0.1"};
    }
    return {"http_proxy", Verdict::Fine, "no web proxy is between apps and Drover", {}};
}

Finding checkExposure(const Facts& facts)
{
    const drover::Config& config = facts.settings.settings.config;
    if (isLoopback(config.host))
        return {"exposure", Verdict::Fine, "only programs on this machine can connect", {}};
    if (config.keys.empty())
        return {"exposure", Verdict::Trouble, "other machines can use the queue without a key",
            "Add a [[key]] to the settings, or drover config set proxy.listen 127.0.0.1:11435"};
    return {"exposure", Verdict::Note, "other machines can connect with a key", "Switch it off if it is not meant."};
}

Finding checkFolder(const Facts& facts)
{
    constexpr std::uint64_t bytesLeast = 100u << 20;
    if (!facts.stateFolderWritable)
        return {"state_folder", Verdict::Trouble, facts.stateFolder + " cannot be written",
            "Give yourself the right to write there, or name another place with DROVER_HOME."};
    if (facts.diskBytesFree < bytesLeast)
        return {"state_folder", Verdict::Trouble, "the disk with " + facts.stateFolder + " is nearly full",
            "Free some space; models are usually the largest files: ollama list"};
    return {"state_folder", Verdict::Fine, facts.stateFolder + " can be written", {}};
}

Finding checkOpenFiles(const Facts& facts)
{
    constexpr std::uint64_t least = 1024;
    if (facts.openFilesMax != 0 && facts.openFilesMax < least)
        return {"open_files", Verdict::Note,
            "only " + std::to_string(facts.openFilesMax) + " files may be open at once, connections included",
            "Raise the limit: ulimit -n 65536"};
    return {"open_files", Verdict::Fine, "enough files may be open at once", {}};
}

std::string_view mark(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Fine:
        return "ok      ";
    case Verdict::Note:
        return "note    ";
    case Verdict::Trouble:
        return "TROUBLE ";
    }
    return {};
}

} // namespace

std::vector<Finding> diagnose(const Facts& facts)
{
    std::vector<Finding> findings;
    for (auto* check : {checkSettings, checkSettingsNotes, checkFolder, checkOpenFiles, checkExposure, checkRunning,
             checkVersion, checkState, checkProxy, checkToken, checkBackends, checkBackendHealth, checkModels,
             checkThroughProxy, checkSlots, checkOllamaHost, checkOpenAiBase, checkHttpProxy})
        findings.push_back(check(facts));
    return findings;
}

std::string findingsText(const std::vector<Finding>& findings)
{
    std::string text;
    for (const Finding& finding : findings) {
        text += std::string(mark(finding.verdict)) + printable(finding.sentence) + "\n";
        if (!finding.fix.empty())
            text += "        -> " + printable(finding.fix) + "\n";
    }
    const auto troubles = std::ranges::count(findings, Verdict::Trouble, &Finding::verdict);
    text += troubles == 0
        ? "All is well.\n"
        : "\n" + std::to_string(troubles) + (troubles == 1 ? " thing needs" : " things need") + " mending.\n";
    return text;
}

} // namespace drover::app
