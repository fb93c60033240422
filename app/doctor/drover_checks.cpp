// SPDX-License-Identifier: MIT
#include "app/doctor/checks.h"

#include "app/doctor/check_words.h"
#include "app/settings/address.h"

namespace drover::app {

using namespace check;

namespace {

/// "ollama (pid 12)"
QString holderText(const drover::PortHolder& holder)
{
    return holder.pid == 0 ? text(holder.name) : Doctor::tr("%1 (process %2)").arg(text(holder.name)).arg(holder.pid);
}

/// The same address with the next port.
std::string besides(const std::string& address)
{
    auto other = parseAddress(address);
    if (!other)
        return {};
    other->port = other->port < 65535 ? static_cast<std::uint16_t>(other->port + 1) : 11436;
    return addressText(*other);
}

Finding running(const Facts& facts)
{
    const QString where = text(facts.statusAddress);
    if (facts.snapshot)
        return ok("running", Doctor::tr("Drover answers on %1").arg(where));
    if (!facts.settings.settings.config.statusEnabled)
        return {"running", Verdict::Warning,
            Doctor::tr("whether Drover runs cannot be told: its status address is switched off"),
            Doctor::tr("Switch it on: drover config set status.listen 127.0.0.1:4555"),
            change("status.listen", "127.0.0.1:4555")};
    if (facts.status.outcome == Probe::Outcome::NobodyListens)
        return {"running", Verdict::Problem, Doctor::tr("Drover is not running: nothing answers on %1").arg(where),
            Doctor::tr("Start it: drover serve")};
    const QString who = facts.statusHolder ? holderText(*facts.statusHolder) : Doctor::tr("another program");
    return {"running", Verdict::Problem,
        Doctor::tr("%1 answers on %2 and is not Drover, or not of this age").arg(who, where),
        Doctor::tr("Choose another port: drover config set status.listen %1").arg(text(besides(facts.statusAddress))),
        change("status.listen", besides(facts.statusAddress))};
}

Finding version(const Facts& facts)
{
    if (!facts.snapshot || facts.snapshot->version == facts.ownVersion)
        return ok("version", Doctor::tr("this is version %1").arg(text(facts.ownVersion)));
    return {"version", Verdict::Warning,
        Doctor::tr("the running Drover has version %1, this program %2")
            .arg(text(facts.snapshot->version), text(facts.ownVersion)),
        Doctor::tr("Restart Drover, so that both are of one age.")};
}

Finding state(const Facts& facts)
{
    if (!facts.snapshot)
        return unknown("state");
    const drover::Snapshot& snapshot = *facts.snapshot;
    if (snapshot.state == drover::EngineState::Error)
        return {"state", Verdict::Problem, text(snapshot.reasonText), text(snapshot.fixText)};
    if (snapshot.paused)
        return {"state", Verdict::Warning, Doctor::tr("the queue is paused: nothing starts"),
            Doctor::tr("Go on: drover resume"), {Remedy::Kind::Resume}};
    if (snapshot.draining)
        return {"state", Verdict::Warning, Doctor::tr("Drover takes no new jobs"),
            Doctor::tr("Take them again: drover undrain"), {Remedy::Kind::Undrain}};
    return ok("state", snapshot.reasonText.empty() ? Doctor::tr("the queue is at work") : text(snapshot.reasonText));
}

Finding proxy(const Facts& facts)
{
    const QString where = text(facts.proxyAddress);
    const std::string other = besides(facts.proxyAddress);
    const QString elsewhere =
        Doctor::tr("Give Drover another port: drover config set proxy.listen %1").arg(text(other));
    if (answers(facts.gateway) && facts.gateway.status == 204)
        return {"proxy", Verdict::Problem, Doctor::tr("Ollama's own gateway for Claude holds %1").arg(where), elsewhere,
            change("proxy.listen", other)};
    if (facts.snapshot && answers(facts.proxy) && facts.proxy.status == 200)
        return ok("proxy", Doctor::tr("apps can connect to http://%1").arg(where));
    if (facts.snapshot)
        return {"proxy", Verdict::Problem, Doctor::tr("Drover runs, but apps get no answer from http://%1").arg(where),
            Doctor::tr("Look at drover logs and restart Drover."), {Remedy::Kind::OpenLogs}};
    if (facts.proxy.outcome == Probe::Outcome::NobodyListens && !facts.proxyHolder)
        return ok("proxy", Doctor::tr("the address %1 is free").arg(where));
    const QString who = facts.proxyHolder ? holderText(*facts.proxyHolder) : Doctor::tr("another program");
    return {"proxy", Verdict::Problem, Doctor::tr("%1 holds %2").arg(who, where),
        Doctor::tr("End it, or: %1").arg(elsewhere), change("proxy.listen", other)};
}

Finding token(const Facts& facts)
{
    const QString file = text(facts.tokenFile);
    if (facts.tokenFile == "off")
        return {"token", Verdict::Warning, Doctor::tr("control calls are off: pause, cancel and drain need them"),
            Doctor::tr("Switch them on: drover config set status.token_file \"\""), change("status.token_file", "")};
    if (!facts.tokenThere && !facts.snapshot)
        return notApplicable("token", Doctor::tr("there is no token file yet; Drover makes it"));
    if (!facts.tokenThere)
        return {"token", Verdict::Problem, Doctor::tr("there is no token file %1").arg(file),
            Doctor::tr("Run this as the user who runs Drover, or restart Drover to have it made.")};
    if (!facts.tokenPrivate)
        return {"token", Verdict::Problem, Doctor::tr("others can read the token file %1").arg(file),
            Doctor::tr("Make it private and restart Drover, which then makes another: chmod 600 %1").arg(file),
            {Remedy::Kind::MakePrivate, facts.tokenFile, {}}};
    if (answers(facts.tokenTry) && facts.tokenTry.status != 200)
        return {"token", Verdict::Problem, Doctor::tr("Drover does not take the token in %1").arg(file),
            Doctor::tr("Restart Drover, or check that DROVER_HOME is the same for both.")};
    return ok("token", Doctor::tr("the token for control calls is in its place"));
}

Finding throughProxy(const Facts& facts)
{
    if (!facts.snapshot)
        return unknown("through_proxy");
    if (answers(facts.proxyModels) && facts.proxyModels.status == 200)
        return ok("through_proxy", Doctor::tr("the list of models comes through Drover"));
    return {"through_proxy", Verdict::Problem, Doctor::tr("the list of models does not come through Drover"),
        Doctor::tr("See what is wrong with the machines: drover why"), {Remedy::Kind::OpenLogs}};
}

Finding ollamaHost(const Facts& facts)
{
    const std::string_view host = variable(facts, "OLLAMA_HOST");
    const QString lead =
        Doctor::tr("export OLLAMA_HOST=http://%1 (for apps, not for ollama serve)").arg(text(facts.proxyAddress));
    if (host.empty())
        return {"ollama_host", Verdict::Warning,
            Doctor::tr("OLLAMA_HOST is not set here: the ollama command goes past the queue"), lead};
    const auto url = parseOllamaHost(host);
    if (!url)
        return {"ollama_host", Verdict::Problem, Doctor::tr("OLLAMA_HOST is no address"), lead};
    const auto own = parseAddress(facts.proxyAddress);
    if (own && url->port == own->port && isLoopback(url->host))
        return ok("ollama_host", Doctor::tr("OLLAMA_HOST leads apps to Drover; Drover itself ignores it"));
    return {"ollama_host", Verdict::Warning,
        Doctor::tr("OLLAMA_HOST leads apps to %1, past the queue").arg(text(urlText(*url))), lead};
}

Finding openAiBase(const Facts& facts)
{
    const std::string_view base = variable(facts, "OPENAI_BASE_URL");
    if (base.find(facts.proxyAddress) != base.npos && base.find("/v1") == base.npos)
        return {"openai_base_url", Verdict::Problem, Doctor::tr("OPENAI_BASE_URL lacks /v1 at its end"),
            QStringLiteral("export OPENAI_BASE_URL=http://%1/v1").arg(text(facts.proxyAddress))};
    return ok("openai_base_url",
        base.empty() ? Doctor::tr("OPENAI_BASE_URL is not set here") : Doctor::tr("OPENAI_BASE_URL is in order"));
}

Finding httpProxy(const Facts& facts)
{
    for (const char* name : {"http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"}) {
        if (variable(facts, name).empty())
            continue;
        const std::string_view without = variable(facts, variable(facts, "no_proxy").empty() ? "NO_PROXY" : "no_proxy");
        if (without.find("127.0.0.1") == without.npos && without != "*")
            return {"http_proxy", Verdict::Warning,
                Doctor::tr("%1 makes some apps send calls for 127.0.0.1 elsewhere").arg(QLatin1String(name)),
                QStringLiteral("export NO_PROXY=localhost,127.0.0.1")};
    }
    return ok("http_proxy", Doctor::tr("no web proxy is between apps and Drover"));
}

} // namespace

std::span<const Check> droverChecks()
{
    static constexpr Check all[] = {
        running, version, state, proxy, token, throughProxy, ollamaHost, openAiBase, httpProxy};
    return all;
}

} // namespace drover::app
