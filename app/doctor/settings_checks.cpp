// SPDX-License-Identifier: MIT
#include "app/doctor/checks.h"

#include "app/doctor/check_words.h"
#include "app/settings/address.h"

#include <algorithm>

namespace drover::app {

using namespace check;

namespace {

Finding settings(const Facts& facts)
{
    const QString file = text(facts.settingsFile);
    if (!facts.settingsFileReadable)
        return {"settings", Verdict::Problem, Doctor::tr("%1 cannot be read").arg(file),
            Doctor::tr("Give yourself the right to read it, or name another file with CONFIG_FILE.")};
    if (!facts.settings.problems.empty())
        return {"settings", Verdict::Problem, text(facts.settings.problems.front().text()),
            Doctor::tr("Correct it; drover config validate lists every problem.")};
    return ok("settings",
        facts.settingsFileThere ? Doctor::tr("%1 is in order").arg(file)
                                : Doctor::tr("no settings file, the defaults count"));
}

Finding settingsNotes(const Facts& facts)
{
    const auto& warnings = facts.settings.warnings;
    if (warnings.empty())
        return ok("settings_notes", Doctor::tr("nothing odd in the settings and the environment"));
    return {"settings_notes", Verdict::Warning, text(warnings.front().text()),
        warnings.size() > 1 ? Doctor::tr("drover config validate lists them all.")
                            : Doctor::tr("Change it if it is not meant.")};
}

Finding exposure(const Facts& facts)
{
    const drover::Config& config = facts.settings.settings.config;
    if (isLoopback(config.host))
        return ok("exposure", Doctor::tr("only programs on this machine can connect"));
    if (config.keys.empty())
        return {"exposure", Verdict::Problem, Doctor::tr("Drover listens to other machines, and no key is set up"),
            Doctor::tr("Listen to this machine alone, or make a key for the others."),
            change("proxy.listen", addressText({"127.0.0.1", config.port}))};
    return {"exposure", Verdict::Warning, Doctor::tr("other machines can connect with a key"),
        Doctor::tr("Switch it off if it is not meant."), open("proxy.listen")};
}

/// Web pages that may use the queue.
Finding origins(const Facts& facts)
{
    const auto& allowed = facts.settings.settings.config.origins;
    const auto all = std::ranges::find_if(
        allowed, [](const std::string& each) { return each == "*" || each == "http://*" || each == "https://*"; });
    if (all != allowed.end())
        return {"cors", Verdict::Problem,
            Doctor::tr("every web page that you open may use your models: proxy.origins has %1").arg(text(*all)),
            Doctor::tr("Name the pages that you mean."), open("proxy.origins")};
    if (answers(facts.strangeOrigin) && facts.strangeOrigin.status == 200)
        return {"cors", Verdict::Problem, Doctor::tr("a web page of somebody else was let in"),
            Doctor::tr("Restart Drover, so that its settings count."), open("proxy.origins")};
    const auto ofOllama = ollamaVariable(facts, "OLLAMA_ORIGINS");
    if (!ofOllama.empty() && allowed.empty())
        return {"cors", Verdict::Warning,
            Doctor::tr("OLLAMA_ORIGINS lets web pages in at Ollama, but Drover does not know them"),
            Doctor::tr("Name the same pages in proxy.origins."), open("proxy.origins")};
    return ok("cors",
        allowed.empty() ? Doctor::tr("no web page but this machine's own may use the queue")
                        : Doctor::tr("web pages that may use the queue: %1").arg(allowed.size()));
}

} // namespace

std::span<const Check> settingsChecks()
{
    static constexpr Check all[] = {settings, settingsNotes, exposure, origins};
    return all;
}

} // namespace drover::app
