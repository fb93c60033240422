// SPDX-License-Identifier: MIT
#include "app/window/wording.h"

#include <QCoreApplication>
#include <QLocale>
#include <QStringList>

#include <algorithm>
#include <iterator>

namespace drover::app {

namespace {

/// Gives the texts of this file their context.
struct Wording {
    Q_DECLARE_TR_FUNCTIONS(Wording)
};

QString hostOf(const QString& host)
{
    if (host == QLatin1String("0.0.0.0"))
        return QStringLiteral("127.0.0.1");
    if (host == QLatin1String("[::]") || host == QLatin1String("::"))
        return QStringLiteral("[::1]");
    return host;
}

QString loadedModels(const drover::BackendView& backend)
{
    const auto loaded = [](const drover::ModelView& model) { return model.loaded; };
    const auto number = std::count_if(backend.models.begin(), backend.models.end(), loaded);
    if (number == 0)
        return Wording::tr("no model loaded");
    if (number > 1)
        return Wording::tr("%n model(s) loaded", nullptr, static_cast<int>(number));
    const auto model = std::find_if(backend.models.begin(), backend.models.end(), loaded);
    return Wording::tr("%1 loaded").arg(wording::text(model->name));
}

QString oneBackend(const drover::BackendView& backend)
{
    const auto name = wording::text(backend.name);
    if (backend.state == drover::BackendState::Ready)
        return Wording::tr("%1: ready, %2").arg(name, loadedModels(backend));
    const auto why = backend.reason.empty() ? wording::state(backend.state) : wording::told(backend.reason);
    return Wording::tr("%1: %2").arg(name, why);
}

} // namespace

QString wording::text(const std::string& utf8)
{
    return QString::fromStdString(utf8);
}

QString wording::duration(std::chrono::milliseconds duration)
{
    using namespace std::chrono;
    const auto ms = std::max<milliseconds::rep>(duration.count(), 0);
    const auto seconds = ms / 1000;
    if (ms < 950 && ms > 0)
        return Wording::tr("%1 s").arg(QLocale().toString(std::max(0.1, static_cast<double>(ms) / 1000), 'f', 1));
    if (seconds < 60)
        return Wording::tr("%1 s").arg(ms < 1000 && ms > 0 ? 1 : seconds);
    if (seconds < 3600)
        return Wording::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return Wording::tr("%1 h %2 min").arg(seconds / 3600).arg(seconds / 60 % 60, 2, 10, QLatin1Char('0'));
}

QString wording::clock(qint64 millisecondsSince1970, const QDateTime& now)
{
    constexpr qint64 minute = 60'000;
    constexpr int daysNamed = 6; // from the seventh on, the name is today's
    const auto rounded = (millisecondsSince1970 + minute - 1) / minute * minute;
    auto when = now;
    when.setMSecsSinceEpoch(rounded);
    auto format = QLocale().timeFormat(QLocale::ShortFormat);
    const auto time = QLocale().toString(when.time(), format.remove(QStringLiteral(":ss"))); // in the locale C
    const auto daysLater = now.date().daysTo(when.date());
    if (daysLater == 0)
        return time;
    if (daysLater == 1)
        return Wording::tr("tomorrow %1").arg(time);
    const auto day = daysLater > 1 && daysLater <= daysNamed ? QLocale().dayName(when.date().dayOfWeek())
                                                             : QLocale().toString(when.date(), QLocale::ShortFormat);
    return Wording::tr("%1 %2", "day, time").arg(day, time);
}

QString wording::count(std::uint64_t number)
{
    if (number < 1'000'000)
        return QLocale().toString(static_cast<qulonglong>(number));
    return Wording::tr("%1 M").arg(QLocale().toString(static_cast<double>(number) / 1'000'000, 'f', 1));
}

QString wording::rate(double tokensPerSecond)
{
    const int decimals = tokensPerSecond > 0 && tokensPerSecond < 9.95 ? 1 : 0;
    return Wording::tr("%1 tok/s").arg(QLocale().toString(tokensPerSecond, 'f', decimals));
}

QString wording::jobs(const drover::Snapshot& snapshot)
{
    const auto running = Wording::tr("%n running", nullptr, static_cast<int>(snapshot.running));
    const auto waiting = Wording::tr("%n waiting", nullptr, static_cast<int>(snapshot.waiting));
    if (snapshot.running == 0 && snapshot.waiting == 0)
        return Wording::tr("Nothing to do");
    if (snapshot.waiting == 0)
        return running;
    if (snapshot.running == 0)
        return waiting;
    return Wording::tr("%1, %2").arg(running, waiting);
}

QString wording::busyUsers(const drover::Snapshot& snapshot)
{
    constexpr int namesMax = 2;
    QStringList names;
    int more = 0;
    for (const auto& user : snapshot.users) {
        if (user.running == 0 && user.waiting == 0)
            continue;
        if (names.size() < namesMax)
            names << text(user.name);
        else
            ++more;
    }
    const auto list = names.join(QStringLiteral(", "));
    return more == 0 ? list : Wording::tr("%1 and %n more", nullptr, more).arg(list);
}

QString wording::backends(const drover::Snapshot& snapshot)
{
    if (snapshot.backends.empty())
        return {};
    if (snapshot.backends.size() == 1)
        return oneBackend(snapshot.backends.front());
    const auto ready = std::count_if(snapshot.backends.begin(), snapshot.backends.end(),
        [](const auto& backend) { return backend.state == drover::BackendState::Ready; });
    return Wording::tr("%1 of %2 machines ready").arg(ready).arg(snapshot.backends.size());
}

QString wording::translated(std::string_view pattern, const std::vector<std::string>& arguments)
{
    const auto translation = QCoreApplication::translate("Reason", std::string(pattern).c_str()).toStdString();
    std::vector<std::string> parts;
    std::ranges::transform(
        arguments, std::back_inserter(parts), [](const std::string& each) { return told(each).toStdString(); });
    return text(drover::filled(translation, parts));
}

QString wording::told(const std::string& english)
{
    if (english.starts_with(' '))
        return QLatin1Char(' ') + told(english.substr(1));
    if (const auto read = drover::readReason(english); read.row != nullptr)
        return translated(read.row->sentence, read.arguments);
    for (auto end = english.find(". "); end != std::string::npos; end = english.find(". ", end + 1)) {
        const auto begin = english.substr(0, end + 1);
        if (const auto read = drover::readReason(begin); read.row != nullptr)
            return translated(read.row->sentence, read.arguments) + told(english.substr(end + 1));
    }
    return text(english);
}

QString wording::reason(const drover::Snapshot& snapshot)
{
    const auto* row = drover::findReason(snapshot.reasonCode);
    if (row == nullptr || !snapshot.reasonText.ends_with(drover::filled(row->sentence, snapshot.reasonArguments)))
        return text(snapshot.reasonText);
    if (row->code != "busy")
        return translated(row->sentence, snapshot.reasonArguments);
    const auto users = busyUsers(snapshot);
    return users.isEmpty() ? Wording::tr("%1.").arg(jobs(snapshot))
                           : Wording::tr("%1 (%2).").arg(jobs(snapshot), users);
}

QString wording::fix(const drover::Snapshot& snapshot)
{
    const auto* row = drover::findReason(snapshot.reasonCode);
    if (row == nullptr || snapshot.fixText != drover::filled(row->fix, snapshot.reasonArguments))
        return text(snapshot.fixText);
    return row->fix.empty() ? QString() : translated(row->fix, snapshot.reasonArguments);
}

QString wording::button(drover::FixAction action)
{
    switch (action) {
    case drover::FixAction::None:
        return {};
    case drover::FixAction::TryAgain:
        return Wording::tr("Try again");
    case drover::FixAction::StartOllama:
        return Wording::tr("Start Ollama");
    case drover::FixAction::Resume:
        return Wording::tr("Resume");
    case drover::FixAction::Undrain:
        return Wording::tr("Take new requests");
    case drover::FixAction::OpenSetting:
        return Wording::tr("Open the setting");
    case drover::FixAction::OpenLogs:
        return Wording::tr("Open the log");
    case drover::FixAction::OpenModels:
        return Wording::tr("Open Models");
    case drover::FixAction::OpenApps:
        return Wording::tr("Open Apps");
    case drover::FixAction::RunDoctor:
        return Wording::tr("Run the doctor");
    }
    return {};
}

QString wording::sentence(const std::string& detail)
{
    auto result = text(detail);
    if (result.isEmpty())
        return result;
    result[0] = result[0].toUpper();
    return result.endsWith(QLatin1Char('.')) ? result : result + QLatin1Char('.');
}

QString wording::state(drover::JobState state)
{
    switch (state) {
    case drover::JobState::Waiting:
        return Wording::tr("Waiting");
    case drover::JobState::Running:
        return Wording::tr("Running");
    }
    return {};
}

QString wording::state(drover::BackendState state)
{
    switch (state) {
    case drover::BackendState::Unknown:
        return Wording::tr("not asked yet");
    case drover::BackendState::Ready:
        return Wording::tr("ready");
    case drover::BackendState::Resting:
        return Wording::tr("resting after failures");
    case drover::BackendState::Down:
        return Wording::tr("not answering");
    }
    return {};
}

QString wording::state(drover::RuntimeState state)
{
    switch (state) {
    case drover::RuntimeState::Searching:
        return Wording::tr("looking for it");
    case drover::RuntimeState::Starting:
        return Wording::tr("starting");
    case drover::RuntimeState::Running:
        return Wording::tr("running");
    case drover::RuntimeState::Silent:
        return Wording::tr("not answering");
    case drover::RuntimeState::Restarting:
        return Wording::tr("starting again");
    case drover::RuntimeState::Stopping:
        return Wording::tr("ending");
    case drover::RuntimeState::Stopped:
        return Wording::tr("stopped");
    case drover::RuntimeState::Absent:
        return Wording::tr("not running");
    case drover::RuntimeState::Missing:
        return Wording::tr("not installed");
    case drover::RuntimeState::Blocked:
        return Wording::tr("its port is taken");
    case drover::RuntimeState::GaveUp:
        return Wording::tr("stopped working");
    }
    return {};
}

Addresses addressesOf(const drover::Snapshot& snapshot)
{
    const auto address = wording::text(snapshot.address);
    const auto colon = address.lastIndexOf(QLatin1Char(':'));
    if (colon <= 0)
        return {};
    const auto base = QStringLiteral("http://%1%2").arg(hostOf(address.left(colon)), address.mid(colon));
    return {.ollama = base, .openAi = base + QStringLiteral("/v1"), .anthropic = base};
}

} // namespace drover::app
