// SPDX-License-Identifier: MIT
#include "app/settings/secret_store.h"

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr auto moveAgainAfter = 10min;

/// Why a keyring did not do what it was asked for, as the end of a sentence.
std::string reasonOf(const Keyring::Answer& answer)
{
    const std::string more = answer.detail.empty() ? "" : " (" + answer.detail + ")";
    switch (answer.outcome) {
    case Keyring::Outcome::Refused:
        return "the keyring is locked or refused" + more;
    case Keyring::Outcome::Absent:
        return "there is no keyring in this session" + more;
    case Keyring::Outcome::Done:
    case Keyring::Outcome::NotFound:
    case Keyring::Outcome::Failed:
        break;
    }
    return "the keyring failed" + more;
}

Errc codeOf(Keyring::Outcome outcome)
{
    switch (outcome) {
    case Keyring::Outcome::NotFound:
        return Errc::NotFound;
    case Keyring::Outcome::Refused:
        return Errc::Unauthorized;
    case Keyring::Outcome::Absent:
        return Errc::BackendUnreachable;
    case Keyring::Outcome::Done:
    case Keyring::Outcome::Failed:
        break;
    }
    return Errc::Io;
}

} // namespace

SecretStore::SecretStore(const Places& places, Environment environment, UseKeyring use, QObject* parent)
    : SecretStore(
        places, std::move(environment), use == UseKeyring::Yes ? std::make_unique<Keyring>() : nullptr, parent)
{
}

SecretStore::SecretStore(
    const Places& places, Environment environment, std::unique_ptr<Keyring> keyring, QObject* parent)
    : QObject(parent)
    , m_environment(std::move(environment))
    , m_file(places.stateFolder + "/secrets.json")
    , m_keyring(std::move(keyring))
{
    m_moveAgain.setSingleShot(true);
    connect(&m_moveAgain, &QTimer::timeout, this, &SecretStore::moveToKeyring);
}

SecretStore::~SecretStore() = default;

template <class Done, class Value> void SecretStore::answer(QObject* context, Done done, Value value)
{
    // Never before the call that asked has returned.
    QMetaObject::invokeMethod(
        this,
        [still = QPointer(context), done = std::move(done), value = std::move(value)] {
            if (still)
                done(value);
        },
        Qt::QueuedConnection);
}

Result<> SecretStore::checked(const std::string& name, const std::string& value) const
{
    if (!isSecretName(name))
        return fail(Errc::BadRequest,
            "a secret's name has up to " + std::to_string(secretNameBytesMax) + " letters, digits, '_', '-' and '.'");
    if (!isSecretValue(value))
        return fail(
            Errc::BadRequest, "a secret is one line of up to " + std::to_string(secretBytesMax) + " plain characters");
    return {};
}

void SecretStore::read(const std::string& name, QObject* context, ReadDone done)
{
    if (const auto variable = m_environment.find(environmentName(name));
        variable != m_environment.end() && !variable->second.empty())
        return answer(context, std::move(done), Result<std::string>(variable->second));
    const auto entries = m_file.read();
    if (!entries)
        return answer(context, std::move(done), Result<std::string>(entries.error()));
    if (m_file.wasExposed())
        Q_EMIT warned(QString::fromStdString(m_file.path()
            + ": others could read it, and may know the secrets in it; only you can read it from here on"));
    const auto entry = entries->find(name);
    if (entry != entries->end() && !entry->second.inKeyring)
        return answer(context, std::move(done), Result<std::string>(entry->second.value));
    if (m_keyring)
        return readFromKeyring(name, entry != entries->end() ? Known::Yes : Known::No, context, std::move(done));
    const bool known = entry != entries->end();
    answer(context, std::move(done),
        Result<std::string>(fail(Errc::NotFound,
            known ? "the secret \"" + name
                    + "\" is in the keyring, which only the desktop program reads; put it into "
                      "the file: drover secret set --file "
                    + name
                  : "there is no secret \"" + name + "\"; set it: drover secret set " + name)));
}

void SecretStore::readFromKeyring(const std::string& name, Known known, QObject* context, ReadDone done)
{
    m_keyring->read(name, [name, known, still = QPointer(context), done = std::move(done)](const Keyring::Answer& got) {
        if (!still)
            return;
        if (got.outcome == Keyring::Outcome::Done)
            done(got.value);
        else if (got.outcome == Keyring::Outcome::NotFound && known == Known::Yes)
            done(fail(Errc::Unauthorized, // a locked Secret Service says no more than that when nobody unlocks it
                "the secret \"" + name
                    + "\" cannot be read: the keyring is locked, or has lost it; unlock it, or set "
                      "the secret again"));
        else if (got.outcome == Keyring::Outcome::NotFound)
            done(fail(Errc::NotFound, "there is no secret \"" + name + "\"; set it: drover secret set " + name));
        else
            done(fail(codeOf(got.outcome), "the secret \"" + name + "\" cannot be read: " + reasonOf(got)));
    });
}

void SecretStore::write(const std::string& name, const std::string& value, QObject* context, WriteDone done)
{
    if (!m_keyring)
        return writeToFile(name, value, context, std::move(done));
    if (const auto fine = checked(name, value); !fine)
        return answer(context, std::move(done), Result<Written>(fine.error()));
    m_keyring->write(name, value,
        [this, name, value, still = QPointer(context), done = std::move(done)](const Keyring::Answer& got) {
            const bool kept = got.outcome == Keyring::Outcome::Done;
            const auto noted = m_file.put(name, {.inKeyring = kept, .value = kept ? std::string() : value});
            if (!still)
                return;
            if (!noted)
                done(noted.error());
            else if (kept)
                done(Written{.place = Place::Keyring});
            else
                done(Written{.place = Place::File,
                    .warning = reasonOf(got) + ", so the secret is in a file that only you can read: " + m_file.path()
                        + ". It moves into the keyring once there is one"});
        });
}

void SecretStore::writeToFile(const std::string& name, const std::string& value, QObject* context, WriteDone done)
{
    auto fine = checked(name, value);
    if (fine)
        fine = m_file.put(name, {.stays = true, .value = value});
    answer(context, std::move(done), fine ? Result<Written>(Written{.place = Place::File}) : fine.error());
}

void SecretStore::remove(const std::string& name, QObject* context, RemoveDone done)
{
    const auto entries = m_file.read();
    if (!entries)
        return answer(context, std::move(done), Result<>(entries.error()));
    const auto entry = entries->find(name);
    const bool inFile = entry != entries->end();
    const bool inKeyring = !inFile || entry->second.inKeyring;
    const auto removed = inFile ? m_file.remove(name) : Result<>();
    if (!removed || !inKeyring || !m_keyring) {
        const bool nothing = removed && !inFile;
        return answer(context, std::move(done),
            nothing ? Result<>(fail(Errc::NotFound, "there is no secret \"" + name + "\"")) : removed);
    }
    m_keyring->remove(
        name, [name, inFile, still = QPointer(context), done = std::move(done)](const Keyring::Answer& got) {
            if (!still)
                return;
            if (!inFile) // one that a lost state folder knew is gone now too
                done(fail(Errc::NotFound, "there is no secret \"" + name + "\""));
            else if (got.outcome == Keyring::Outcome::Done || got.outcome == Keyring::Outcome::NotFound)
                done({});
            else
                done(fail(codeOf(got.outcome),
                    "the secret is forgotten here, but may still be in the keyring: " + reasonOf(got)));
        });
}

Result<std::vector<SecretStore::Entry>> SecretStore::list()
{
    const auto entries = m_file.read();
    if (!entries)
        return entries.error();
    std::vector<Entry> all;
    for (const auto& [name, entry] : *entries) {
        const auto variable = m_environment.find(environmentName(name));
        const bool overruled = variable != m_environment.end() && !variable->second.empty();
        all.push_back({.name = name,
            .place = overruled    ? Place::Variable
                : entry.inKeyring ? Place::Keyring
                                  : Place::File,
            .stays = entry.stays});
    }
    return all;
}

void SecretStore::moveToKeyring()
{
    const auto entries = m_file.read();
    if (!entries || !m_keyring)
        return;
    std::vector<std::string> names;
    for (const auto& [name, entry] : *entries)
        if (!entry.inKeyring && !entry.stays)
            names.push_back(name);
    moveNext(std::move(names));
}

/// One after the other: a locked keyring asks once, not for each.
void SecretStore::moveNext(std::vector<std::string> names)
{
    if (names.empty())
        return;
    const std::string name = names.back();
    names.pop_back();
    const auto entries = m_file.read();
    const auto entry = entries ? entries->find(name) : SecretEntries::const_iterator();
    if (!entries || entry == entries->end() || entry->second.inKeyring)
        return moveNext(std::move(names));
    m_keyring->write(name, entry->second.value,
        [this, name, names = std::move(names), value = entry->second.value](const Keyring::Answer& got) {
            if (got.outcome == Keyring::Outcome::Refused)
                return; // asking again would bother
            if (got.outcome != Keyring::Outcome::Done)
                return m_moveAgain.start(moveAgainAfter);
            const auto again = m_file.read();
            const auto same = again ? again->find(name) : SecretEntries::const_iterator();
            if (again && same != again->end() && same->second.value == value && m_file.put(name, {.inKeyring = true}))
                Q_EMIT movedToKeyring(QString::fromStdString(name));
            moveNext(names);
        });
}

std::string SecretStore::environmentName(std::string_view name)
{
    std::string result = "DROVER_SECRET_";
    for (const char letter : name) {
        const bool small = letter >= 'a' && letter <= 'z';
        const bool other = letter == '.' || letter == '-';
        result += small ? static_cast<char>(letter - 'a' + 'A') : other ? '_' : letter;
    }
    return result;
}

std::string_view name(SecretStore::Place place)
{
    switch (place) {
    case SecretStore::Place::Variable:
        return "environment";
    case SecretStore::Place::File:
        return "file";
    case SecretStore::Place::Keyring:
        return "keyring";
    }
    return {};
}

} // namespace drover::app
