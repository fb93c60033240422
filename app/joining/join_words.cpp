// SPDX-License-Identifier: MIT
#include "app/joining/join_words.h"

#include <QLocale>

#include <cstdlib>

namespace drover::app {

namespace {

constexpr int modelsNamedMax = 6;

/// Ends with a full stop, once.
QString whole(QString text)
{
    text = text.trimmed();
    if (!text.isEmpty() && !text.endsWith(QLatin1Char('.')) && !text.endsWith(QLatin1Char('!')))
        text += QLatin1Char('.');
    return text;
}

} // namespace

QString JoinWords::clockText(std::chrono::seconds ahead)
{
    const auto minutes = static_cast<int>(std::chrono::round<std::chrono::minutes>(std::chrono::abs(ahead)).count());
    return (ahead.count() > 0 ? tr("%1 min ahead") : tr("%1 min behind")).arg(minutes);
}

QString JoinWords::sentence(const JoinView& view)
{
    switch (view.trouble) {
    case JoinTrouble::None:
        break;
    case JoinTrouble::BadInvitation:
        return tr("This is no invitation that Drover understands: %1.").arg(view.detail);
    case JoinTrouble::NameTaken:
        return tr("A pool called %1 is there already.").arg(view.name);
    case JoinTrouble::BadName:
        return tr("The name must be letters, digits, dots, - and _, 48 at most.");
    case JoinTrouble::BadKey:
        return tr("The key must be one line of letters, digits and signs, without spaces.");
    case JoinTrouble::ServerNotFound:
        return tr("There is no server called %1.").arg(view.host);
    case JoinTrouble::NoAnswer:
        return tr("%1 does not answer (%2).").arg(view.host, view.detail);
    case JoinTrouble::NotAPool:
        return tr("Something answers at %1, but it is no pool.").arg(view.host);
    case JoinTrouble::SignInPage:
        return tr("The answer of %1 leads to %2: this network may want you to sign in first.")
            .arg(view.host, view.detail);
    case JoinTrouble::TakesNoWorkers:
        return tr("%1 takes no machines at the moment.").arg(view.host);
    case JoinTrouble::Tls:
        return tr("The certificate of %1 is not trusted: %2").arg(view.host, whole(view.detail));
    case JoinTrouble::ClockWrong:
        return tr("The certificate of %1 is not valid today: this machine's clock may be wrong.").arg(view.host);
    case JoinTrouble::CertificateOther:
        return tr("The certificate of %1 is not the one that the invitation names.").arg(view.host);
    case JoinTrouble::CodeNotTaken:
        return tr("The code is not taken: it has expired, or was used already.");
    case JoinTrouble::NoExchange:
        return tr("%1 does not hand out keys for codes.").arg(view.host);
    case JoinTrouble::KeyNotKept:
        return tr("The key could not be kept: %1").arg(whole(view.detail));
    case JoinTrouble::SettingsNotWritten:
        return tr("The settings could not be written: %1").arg(whole(view.detail));
    case JoinTrouble::KeyRefused:
        return view.hasKey ? tr("The pool refuses the key.") : tr("The pool wants a key.");
    case JoinTrouble::PoolRefused:
        return tr("The pool does not take this machine: %1").arg(whole(view.detail));
    case JoinTrouble::NotConnected:
        return tr("%1 is joined, but not connected yet. %2").arg(view.name, whole(view.detail));
    case JoinTrouble::NoModel:
        return tr("%1 is joined, but there is no model on this machine to share.").arg(view.name);
    case JoinTrouble::TestFailed:
        return tr("%1 is connected, but a request on this machine failed: %2").arg(view.name, whole(view.detail));
    }
    return {};
}

QString JoinWords::advice(const JoinView& view)
{
    switch (view.trouble) {
    case JoinTrouble::None:
    case JoinTrouble::BadName:
    case JoinTrouble::BadKey:
        break;
    case JoinTrouble::BadInvitation:
        return tr("Paste the whole invitation, or type the server's address and the key.");
    case JoinTrouble::NameTaken:
        return tr("Choose another one, such as %1.").arg(view.detail);
    case JoinTrouble::ServerNotFound:
        return tr("Look for a slip in the address, and whether this machine is online.");
    case JoinTrouble::NoAnswer:
        return tr("Ask whoever runs the pool whether it is up, and about its port.");
    case JoinTrouble::NotAPool:
        return tr("Ask for the address where workers connect; it often ends in /workers/connect or /api/llm/connect.");
    case JoinTrouble::SignInPage:
        return tr("Open a web page in the browser, sign in, then try again.");
    case JoinTrouble::TakesNoWorkers:
        return tr("It may be about to restart. Try again in a minute.");
    case JoinTrouble::Tls:
        return tr("A program between you and the pool may be reading along. With a certificate of the pool's own, name "
                  "its authority in ca_file.");
    case JoinTrouble::ClockWrong:
        return tr("Set date and time in the system's settings, then try again.");
    case JoinTrouble::CertificateOther:
        return tr("Do not join. Ask whoever invited you whether the certificate was changed.");
    case JoinTrouble::CodeNotTaken:
        return tr("Ask for a new invitation.");
    case JoinTrouble::NoExchange:
        return tr("Ask for the server's address and a key instead.");
    case JoinTrouble::KeyNotKept:
    case JoinTrouble::SettingsNotWritten:
        return tr("Nothing was changed.");
    case JoinTrouble::KeyRefused:
        return tr("Ask for the key that the pool's workers use. Nothing was kept.");
    case JoinTrouble::PoolRefused:
        return tr("Nothing was kept.");
    case JoinTrouble::NotConnected:
        return tr("Drover goes on trying by itself.");
    case JoinTrouble::NoModel:
        return tr("Get one on the page Models; it is offered at once.");
    case JoinTrouble::TestFailed:
        return tr("The pool's requests would fail the same way.");
    }
    return {};
}

JoinFix JoinWords::fix(JoinTrouble trouble)
{
    switch (trouble) {
    case JoinTrouble::None:
    case JoinTrouble::CertificateOther:
        break;
    case JoinTrouble::BadInvitation:
    case JoinTrouble::ServerNotFound:
    case JoinTrouble::NotAPool:
        return JoinFix::EditAddress;
    case JoinTrouble::NameTaken:
    case JoinTrouble::BadName:
        return JoinFix::EditName;
    case JoinTrouble::BadKey:
    case JoinTrouble::KeyRefused:
        return JoinFix::EditKey;
    case JoinTrouble::NoAnswer:
    case JoinTrouble::SignInPage:
    case JoinTrouble::TakesNoWorkers:
    case JoinTrouble::Tls:
    case JoinTrouble::ClockWrong:
    case JoinTrouble::KeyNotKept:
    case JoinTrouble::SettingsNotWritten:
    case JoinTrouble::PoolRefused:
    case JoinTrouble::TestFailed:
        return JoinFix::TryAgain;
    case JoinTrouble::CodeNotTaken:
    case JoinTrouble::NoExchange:
        return JoinFix::AskForAnother;
    case JoinTrouble::NotConnected:
        return JoinFix::KeepTrying;
    case JoinTrouble::NoModel:
        return JoinFix::OpenModels;
    }
    return JoinFix::None;
}

QString JoinWords::button(JoinFix fix)
{
    switch (fix) {
    case JoinFix::None:
        break;
    case JoinFix::TryAgain:
        return tr("Try again");
    case JoinFix::EditAddress:
        return tr("Change the address");
    case JoinFix::EditKey:
        return tr("Change the key");
    case JoinFix::EditName:
        return tr("Change the name");
    case JoinFix::OpenModels:
        return tr("Open Models");
    case JoinFix::StartOllama:
        return tr("Start Ollama");
    case JoinFix::AskForAnother:
        return tr("Copy a message that asks for one");
    case JoinFix::KeepTrying:
        return tr("Keep trying");
    }
    return {};
}

QString JoinWords::progress(const JoinView& view)
{
    switch (view.phase) {
    case JoinView::Phase::Idle:
    case JoinView::Phase::Asking:
    case JoinView::Phase::Failed:
        break;
    case JoinView::Phase::Looking:
        return tr("Looking for a pool at %1…").arg(view.host);
    case JoinView::Phase::Exchanging:
        return tr("Trading the code for a key…");
    case JoinView::Phase::Keeping:
        return tr("Keeping the key…");
    case JoinView::Phase::Connecting:
        return tr("Connecting to %1…").arg(view.name);
    case JoinView::Phase::Testing:
        return view.testModel.isEmpty() ? tr("Connected. Running a small request on this machine…")
                                        : tr("Connected. Running a small request with %1…").arg(view.testModel);
    case JoinView::Phase::Sharing:
        if (!view.engineRuns)
            return tr("Joined %1. Drover connects to it when it starts.").arg(view.name);
        if (view.tokensPerSecond > 0)
            return tr("Sharing with %1. This machine makes %2 tokens a second with %3.")
                .arg(view.name, QLocale().toString(view.tokensPerSecond, 'f', view.tokensPerSecond < 10 ? 1 : 0),
                    view.testModel);
        return tr("Sharing with %1.").arg(view.name);
    }
    return {};
}

QStringList JoinWords::asks(const JoinView& view)
{
    QStringList lines;
    if (view.models.isEmpty()) {
        lines << tr("Answers from the models that are installed here; there is none at the moment.");
    } else {
        QString names = QLocale().createSeparatedList(view.models.mid(0, modelsNamedMax));
        if (const auto more = static_cast<int>(view.models.size()) - modelsNamedMax; more > 0)
            names = tr("%1 and %2 more", "some models and a number").arg(names).arg(more);
        lines << tr("Answers from the models that are installed here: %1.").arg(names);
    }
    lines << (view.slots > 0
            ? tr("Jobs at once: %1 at most, and only while your own apps leave room.").arg(view.slots)
            : tr("As many jobs at once as this machine runs, and only while your own apps leave room."));
    lines << tr("It cannot load, download or delete models by itself, and no port is opened.");
    return lines;
}

QStringList JoinWords::sees(const JoinView& view)
{
    return {tr("The name “%1” for this machine.").arg(view.workerName),
        tr("The names of your models, how fast the answers come, when this machine is busy, and its network address.")};
}

QStringList JoinWords::know(const JoinView&)
{
    return {tr("Prompts of other people pass through this machine; they are not stored."),
        tr("The requests of your own apps come first."),
        tr("You can pause sharing at any time, and leave the pool with one click.")};
}

QStringList JoinWords::warnings(const JoinView& view)
{
    QStringList lines;
    if (view.isPlain)
        lines << (view.hasKey || view.hasCode
                ? tr("The connection is not encrypted: the key and every prompt can be read on the way.")
                : tr("The connection is not encrypted: every prompt can be read on the way."));
    if (view.clockAhead.count() != 0)
        lines << tr("This machine's clock is %1 of the server's.").arg(clockText(view.clockAhead));
    return lines;
}

} // namespace drover::app
