// SPDX-License-Identifier: MIT
#pragma once

#include "app/doctor/facts.h"
#include "app/doctor/finding.h"

#include <QCoreApplication>

#include <string>
#include <string_view>

namespace drover::app {

/// Gives the texts of the checks their context.
struct Doctor {
    Q_DECLARE_TR_FUNCTIONS(Doctor)
};

namespace check {

using Verdict = Finding::Verdict;

inline QString text(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

inline Finding ok(const char* check, const QString& sentence)
{
    return {.check = check, .verdict = Verdict::Ok, .sentence = sentence};
}

inline Finding notApplicable(const char* check, const QString& sentence)
{
    return {.check = check, .verdict = Verdict::NotApplicable, .sentence = sentence};
}

/// What was not looked at because Drover does not run.
inline Finding unknown(const char* check)
{
    return notApplicable(check, Doctor::tr("not known while Drover does not run"));
}

inline bool answers(const Probe& probe)
{
    return probe.outcome == Probe::Outcome::Answers;
}

/// The value of a variable; empty when it is not set.
inline std::string_view variable(const Facts& facts, const std::string& name)
{
    const auto found = facts.environment.find(name);
    return found == facts.environment.end() ? std::string_view() : std::string_view(found->second);
}

/// What an Ollama that Drover starts gets for a variable of its own: by the settings, else from the environment.
inline std::string_view ollamaVariable(const Facts& facts, const std::string& name)
{
    for (const std::string& each : facts.settings.settings.ollama.environment) {
        if (each.starts_with(name + "="))
            return std::string_view(each).substr(name.size() + 1);
    }
    return variable(facts, name);
}

inline Remedy change(std::string key, std::string value)
{
    return {Remedy::Kind::ChangeSetting, std::move(key), std::move(value)};
}

inline Remedy open(std::string key)
{
    return {Remedy::Kind::OpenSetting, std::move(key), {}};
}

} // namespace check

} // namespace drover::app
