// SPDX-License-Identifier: MIT
#include "app/command/doctor_command.h"

#include "app/command/print.h"
#include "app/command/view/text_width.h"
#include "app/doctor/checks.h"
#include "app/doctor/mender.h"
#include "app/doctor/support_bundle.h"

#include <QCoreApplication>
#include <QDateTime>

#include <algorithm>
#include <iostream>

namespace drover::app {

namespace {

/// What only the running Drover can do, asked over its status address.
class ControlPort : public Mender::Port {
public:
    explicit ControlPort(const Target& target)
        : m_client(target.client())
    {
    }

    Result<> resume() override { return post("/control/resume"); }
    Result<> undrain() override { return post("/control/undrain"); }
    Result<> startOllama() override { return post("/control/start-runtime"); }

private:
    Result<> post(const char* path) const
    {
        const auto called = m_client.control("POST", path);
        if (const auto* trouble = std::get_if<CallTrouble>(&called))
            return drover::fail(drover::Errc::Io, trouble->sentence);
        return {};
    }

    StatusClient m_client;
};

/// Looks, and waits for what it sees.
Facts look(const DoctorScene& scene)
{
    Facts facts;
    FactCollector collector(scene);
    QObject::connect(&collector, &FactCollector::finished, qApp, [&facts](const Facts& seen) {
        facts = seen;
        QCoreApplication::quit();
    });
    collector.start();
    QCoreApplication::exec();
    return facts;
}

bool agrees(const QString& question)
{
    print(question.toStdString() + " [y/N] ");
    std::string answer;
    return std::getline(std::cin, answer) && (answer == "y" || answer == "Y" || answer == "yes");
}

/// Mends what can be mended; how many things that were.
int mendAll(const std::vector<Finding>& findings, const Mender& mender, bool unasked)
{
    int mended = 0;
    for (const Finding& finding : bySeverity(findings)) {
        if (!mendsAlone(finding.remedy.kind))
            continue;
        print(printable(finding.sentence.toStdString()) + "\n");
        const QString question = questionOf(finding.remedy);
        if (unasked)
            print(question.toStdString() + " yes\n");
        else if (!agrees(question))
            continue;
        if (const auto done = mender.mend(finding.remedy); done)
            ++mended;
        else
            complain(printable(done.error().detail));
    }
    return mended;
}

ExitCode writeBundle(const std::string& path, const Facts& facts, const std::vector<Finding>& findings)
{
    const std::string& stateFolder = facts.stateFolder.path;
    const BundleSources sources{.logFile = facts.logFile.path, .secretFiles = {stateFolder + "/secrets.json"}};
    const Redactor redactor(privateThings(facts, sources));
    const std::int64_t now = QDateTime::currentSecsSinceEpoch();
    const auto archive = bundleArchive(
        bundleFiles(facts, findings, sources), [&](std::string_view text) { return redactor.redacted(text); }, now);
    if (const auto saved = saveBundle(path, archive); !saved) {
        complain(saved.error().detail);
        return ExitCode::CannotWrite;
    }
    print("Saved " + path + ". Look through it before you send it.\n");
    return ExitCode::Ok;
}

} // namespace

DoctorScene doctorScene(const SettingsSource& source, const Target& target, const Environment& environment,
    const Places& places, const std::string& programFolder)
{
    return {.source = source,
        .places = places,
        .status = target.status,
        .proxy = target.proxy,
        .tokenFile = target.tokenFile,
        .token = target.token,
        .logFile = target.logFile,
        .loginCommand = loginCommand(environment, programFolder),
        .historyFile = places.historyFile};
}

ExitCode doctor(
    const Invocation& invocation, const Target& target, const Environment& environment, const Places& places)
{
    const SettingsSource source(places, environment, {}, invocation.settingsFile);
    const DoctorScene scene =
        doctorScene(source, target, environment, places, QCoreApplication::applicationDirPath().toStdString());
    Facts facts = look(scene);
    auto findings = diagnose(facts);
    if (invocation.fix) {
        ControlPort port(target);
        const LoginItem loginItem(environment, scene.loginCommand);
        if (mendAll(findings, Mender(source, loginItem, port), invocation.yes) > 0) {
            facts = look(scene);
            findings = diagnose(facts);
        }
    }
    if (!invocation.bundle.empty()) {
        if (const auto code = writeBundle(invocation.bundle, facts, findings); code != ExitCode::Ok)
            return code;
    }
    if (invocation.json)
        print(findingsJson(findings).toStdString());
    else
        print(findingsText(findings).toStdString());
    const bool problem = std::ranges::find(findings, Finding::Verdict::Problem, &Finding::verdict) != findings.end();
    return problem ? ExitCode::Unhealthy : ExitCode::Ok;
}

} // namespace drover::app
