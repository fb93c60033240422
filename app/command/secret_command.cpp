// SPDX-License-Identifier: MIT
#include "app/command/secret_command.h"

#include "app/command/client/target.h"
#include "app/command/print.h"
#include "app/command/secret_input.h"
#include "app/command/view/text_width.h"
#include "app/settings/secret_store.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

namespace drover::app {

namespace {

using UseKeyring = SecretStore::UseKeyring;

ExitCode failedWith(const drover::Error& error)
{
    complain(printable(error.detail));
    switch (error.code) {
    case drover::Errc::BadRequest:
        return ExitCode::Usage;
    case drover::Errc::NotFound:
    case drover::Errc::Unauthorized:
        return ExitCode::Refused;
    default:
        return ExitCode::Failed;
    }
}

/// One that does not run reads its secrets when it starts.
void tellRunningDrover(const Invocation& invocation, const Environment& environment, const Places& places)
{
    const auto found = findTarget(invocation, environment, places);
    if (const auto* target = std::get_if<Target>(&found))
        static_cast<void>(target->client().control("POST", "/control/reload"));
}

ExitCode set(const Invocation& invocation, SecretStore& store)
{
    const std::string& name = invocation.words.front();
    if (!isSecretName(name)) {
        complain(printable(name) + " is no name for a secret: letters, digits, '_', '-' and '.'");
        return ExitCode::Usage;
    }
    const auto value = readSecretLine("Secret " + name + ": ");
    if (!value) {
        complain("there is no secret on standard input, or it is too long");
        return ExitCode::Usage;
    }
    ExitCode code = ExitCode::Ok;
    const auto done = [&code, &name](const drover::Result<SecretStore::Written>& written) {
        if (!written)
            code = failedWith(written.error());
        else if (!written->warning.empty())
            complain("warning: " + printable(written->warning));
        else
            print(printable(name) + " is kept in the "
                + (written->place == SecretStore::Place::Keyring ? "keyring.\n" : "file that only you can read.\n"));
        QCoreApplication::quit();
    };
    if (invocation.inFile)
        store.writeToFile(name, *value, qApp, done);
    else
        store.write(name, *value, qApp, done);
    QCoreApplication::exec();
    return code;
}

ExitCode remove(const Invocation& invocation, SecretStore& store)
{
    ExitCode code = ExitCode::Ok;
    store.remove(invocation.words.front(), qApp, [&code](const drover::Result<>& removed) {
        if (!removed)
            code = failedWith(removed.error());
        QCoreApplication::quit();
    });
    QCoreApplication::exec();
    return code;
}

ExitCode list(const Invocation& invocation, SecretStore& store)
{
    const auto entries = store.list();
    if (!entries)
        return failedWith(entries.error());
    if (invocation.json) {
        QJsonArray rows;
        for (const SecretStore::Entry& entry : *entries)
            rows.append(QJsonObject{{QStringLiteral("name"), QString::fromStdString(entry.name)},
                {QStringLiteral("place"), QString::fromStdString(std::string(name(entry.place)))},
                {QStringLiteral("stays_in_file"), entry.stays}});
        print(QJsonDocument(rows).toJson(QJsonDocument::Compact).toStdString() + "\n");
        return ExitCode::Ok;
    }
    if (entries->empty())
        print("There are no secrets. Set one: drover secret set NAME\n");
    constexpr int nameWidth = 32;
    for (const SecretStore::Entry& entry : *entries) {
        const bool waits = entry.place == SecretStore::Place::File && !entry.stays;
        print(fitted(entry.name, nameWidth) + "  " + std::string(name(entry.place))
            + (waits ? ", for want of a keyring" : "") + "\n");
    }
    return ExitCode::Ok;
}

} // namespace

ExitCode secret(const Invocation& invocation, const Environment& environment, const Places& places)
{
    SecretStore store(places, environment, UseKeyring::Yes, nullptr);
    QObject::connect(&store, &SecretStore::warned, &store,
        [](const QString& sentence) { complain("warning: " + printable(sentence.toStdString())); });
    if (invocation.command == "secret list")
        return list(invocation, store);
    const ExitCode code = invocation.command == "secret set" ? set(invocation, store) : remove(invocation, store);
    if (code == ExitCode::Ok)
        tellRunningDrover(invocation, environment, places);
    return code;
}

} // namespace drover::app
