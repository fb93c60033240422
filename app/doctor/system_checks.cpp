// SPDX-License-Identifier: MIT
#include "app/doctor/checks.h"

#include "app/doctor/check_words.h"

#include <QDateTime>
#include <QLocale>

#include <cstdlib>

namespace drover::app {

using namespace check;

namespace {

constexpr std::uint64_t mebi = 1u << 20;

Finding stateFolder(const Facts& facts)
{
    const QString folder = text(facts.stateFolder.path);
    if (!facts.stateFolder.writable)
        return {"state_folder", Verdict::Problem, Doctor::tr("%1 cannot be written").arg(folder),
            Doctor::tr("Give yourself the right to write there, or name another place with DROVER_HOME.")};
    if (!facts.stateFolder.there)
        return {"state_folder", Verdict::Ok, Doctor::tr("%1 will be made").arg(folder)};
    return ok("state_folder", Doctor::tr("%1 can be written").arg(folder));
}

Finding disk(const Facts& facts)
{
    constexpr std::uint64_t ownMin = 100 * mebi;
    constexpr std::uint64_t modelsMin = 10'240 * mebi;
    const auto size = [](std::uint64_t bytes) { return QLocale().formattedDataSize(static_cast<qint64>(bytes)); };
    if (facts.stateFolder.bytesFree < ownMin)
        return {"disk", Verdict::Problem,
            Doctor::tr("the disk with %1 is nearly full: %2 are free")
                .arg(text(facts.stateFolder.path), size(facts.stateFolder.bytesFree)),
            Doctor::tr("Free some space; models are usually the largest files."), {Remedy::Kind::OpenModels}};
    const auto& models = facts.modelsFolder;
    if (models.there && models.bytesFree < modelsMin)
        return {"disk", Verdict::Warning,
            Doctor::tr("%1 are free where Ollama keeps its models: too little for a large one")
                .arg(size(models.bytesFree)),
            Doctor::tr("Delete models that you do not use."), {Remedy::Kind::OpenModels}};
    return ok(
        "disk", Doctor::tr("%1 are free").arg(size(models.there ? models.bytesFree : facts.stateFolder.bytesFree)));
}

Finding log(const Facts& facts)
{
    const QString file = text(facts.logFile.path);
    if (facts.logFile.path.empty())
        return notApplicable("log", Doctor::tr("the log goes to standard error"));
    if (!facts.logFile.writable)
        return {"log", Verdict::Problem, Doctor::tr("the log file %1 cannot be written").arg(file),
            Doctor::tr("Give yourself the right to write it, or name another: drover config set log.file PATH"),
            open("log.file")};
    if (facts.logFile.there && !facts.logFile.onlyOurs)
        return {"log", Verdict::Warning, Doctor::tr("others can read the log file %1").arg(file),
            Doctor::tr("Make it private: chmod 600 %1").arg(file), {Remedy::Kind::MakePrivate, facts.logFile.path, {}}};
    return ok("log", Doctor::tr("the log file %1 can be written").arg(file));
}

Finding history(const Facts& facts)
{
    if (facts.history.path.empty() || !facts.history.there)
        return notApplicable("history", Doctor::tr("there is no history yet"));
    const QString file = text(facts.history.path);
    if (!facts.history.sound)
        return {"history", Verdict::Problem, Doctor::tr("%1 is damaged: it is no history").arg(file),
            Doctor::tr("Move it away; Drover begins another.")};
    if (!facts.history.writable)
        return {"history", Verdict::Problem, Doctor::tr("the history %1 cannot be written").arg(file),
            Doctor::tr("Give yourself the right to write it.")};
    if (!facts.history.onlyOurs)
        return {"history", Verdict::Warning, Doctor::tr("others can read the history %1").arg(file),
            Doctor::tr("Make it private: chmod 600 %1").arg(file), {Remedy::Kind::MakePrivate, facts.history.path, {}}};
    return ok("history", Doctor::tr("the history is in order"));
}

Finding openFiles(const Facts& facts)
{
    constexpr std::uint64_t least = 1024;
    if (facts.openFilesMax != 0 && facts.openFilesMax < least)
        return {"open_files", Verdict::Warning,
            Doctor::tr("only %1 files may be open at once, connections included").arg(facts.openFilesMax),
            Doctor::tr("Raise the limit: ulimit -n 65536")};
    return ok("open_files", Doctor::tr("enough files may be open at once"));
}

/// By the day this program was built, by other machines' clocks, and by what the system says.
Finding clock(const Facts& facts)
{
    constexpr std::int64_t day = 86'400;
    constexpr std::int64_t skewMax = 120;
    const auto built = QDateTime::fromString(text(facts.buildDate) + QStringLiteral("T00:00:00Z"), Qt::ISODate);
    const QString step = Doctor::tr("Let the system set its clock by the network.");
    if (built.isValid() && facts.now < built.toSecsSinceEpoch() - day)
        return {"clock", Verdict::Problem, Doctor::tr("the clock is wrong: this program was built later"), step};
    for (const Facts::Backend& backend : facts.backends) {
        const std::int64_t skew = backend.probe.date == 0 ? 0 : std::abs(facts.now - backend.probe.date);
        if (skew > skewMax)
            return {"clock", Verdict::Warning,
                Doctor::tr("the clocks of this machine and of %1 are %2 minutes apart")
                    .arg(text(backend.url))
                    .arg(skew / 60),
                step};
    }
    if (facts.system.clockInStep == false)
        return {"clock", Verdict::Warning, Doctor::tr("the system has not set its clock by the network"), step};
    return ok("clock", Doctor::tr("the clock is right"));
}

Finding keyring(const Facts& facts)
{
    if (!facts.system.keyring)
        return notApplicable("keyring", Doctor::tr("there is no session that could keep secrets"));
    if (!*facts.system.keyring)
        return {"keyring", Verdict::Warning,
            Doctor::tr("no keyring runs: secrets are kept in a file that only you can read"),
            Doctor::tr("Install one, such as gnome-keyring or KWallet.")};
    return ok("keyring", Doctor::tr("the system keeps secrets"));
}

Finding tray(const Facts& facts)
{
    if (facts.system.desktop == false)
        return notApplicable("tray", Doctor::tr("there is no desktop here"));
    if (!facts.system.tray)
        return notApplicable("tray", Doctor::tr("whether there is a tray is not known"));
    if (!*facts.system.tray)
        return {"tray", Verdict::Warning, Doctor::tr("this desktop has no tray: Drover's window stands for it"),
            Doctor::tr("On GNOME, the extension AppIndicator adds one.")};
    return ok("tray", Doctor::tr("the desktop shows tray icons"));
}

Finding loginItem(const Facts& facts)
{
    if (!facts.loginItem)
        return {"login_item", Verdict::Warning, Doctor::tr("what starts at login cannot be read"),
            Doctor::tr("See drover login-item status.")};
    const LoginItemStatus& item = *facts.loginItem;
    if (item.state == LoginItemStatus::State::Off)
        return ok("login_item", Doctor::tr("Drover does not start at login"));
    if (item.programGone)
        return {"login_item", Verdict::Problem, Doctor::tr("what is to start at login is not there any more"),
            Doctor::tr("Make the entry anew: drover login-item on"), {Remedy::Kind::TurnLoginItemOn}};
    if (item.state == LoginItemStatus::State::SwitchedOffBySystem)
        return {"login_item", Verdict::Warning,
            Doctor::tr("Drover is to start at login, but the system holds it back: %1")
                .arg(text(LoginItem::heldBackIn())),
            Doctor::tr("Switch it on there.")};
    return ok("login_item", Doctor::tr("Drover starts at login"));
}

} // namespace

std::span<const Check> systemChecks()
{
    static constexpr Check all[] = {stateFolder, disk, log, history, openFiles, clock, keyring, tray, loginItem};
    return all;
}

std::vector<Finding> diagnose(const Facts& facts)
{
    std::vector<Finding> findings;
    for (const auto& part : {settingsChecks(), droverChecks(), ollamaChecks(), systemChecks()})
        for (const Check check : part)
            findings.push_back(check(facts));
    return findings;
}

} // namespace drover::app
