// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/keyring.h"
#include "app/settings/layer.h"
#include "app/settings/places.h"
#include "app/settings/secret_file.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace drover::app {

/// The secrets that Drover keeps for somebody, such as keys of backends. Never in the settings, a log, a URL or a
/// command line.
///
/// A secret is looked for in the environment (DROVER_SECRET_NAME), then in `secrets.json`, then in the keyring. It is
/// written to the keyring; where there is none, or it stays locked, to the file, which only its owner can read, with a
/// warning, and moved into the keyring once that is there. Main thread; answers come later, never once `context` or
/// the store is gone.
class SecretStore : public QObject {
    Q_OBJECT

public:
    /// A program without a session of its own, such as `drover serve`, leaves the keyring alone.
    enum class UseKeyring { Yes, No };
    enum class Place { Variable, File, Keyring };

    struct Entry {
        std::string name = {};
        Place place = Place::File;
        bool stays = false; ///< in the file, because somebody wants it there
        bool operator==(const Entry&) const = default;
    };
    /// Where it was written; `warning` is a sentence when it did not come into the keyring.
    struct Written {
        Place place = Place::Keyring;
        std::string warning = {};
    };

    using ReadDone = std::function<void(const Result<std::string>&)>;
    using WriteDone = std::function<void(const Result<Written>&)>;
    using RemoveDone = std::function<void(const Result<>&)>;

    SecretStore(const Places& places, Environment environment, UseKeyring use, QObject* parent = nullptr);
    SecretStore(const Places& places, Environment environment, std::unique_ptr<Keyring> keyring, QObject* parent);
    ~SecretStore() override;

    /// Fails with NotFound, with Unauthorized when the keyring stays locked, BackendUnreachable when it is not there,
    /// and as SecretFile.
    void read(const std::string& name, QObject* context, ReadDone done);

    /// Fails with BadRequest for a name or value that cannot be one, and as SecretFile.
    void write(const std::string& name, const std::string& value, QObject* context, WriteDone done);

    /// Into the file, and it stays there: for programs that leave the keyring alone.
    void writeToFile(const std::string& name, const std::string& value, QObject* context, WriteDone done);

    /// From file and keyring. Fails with NotFound when it is in neither.
    void remove(const std::string& name, QObject* context, RemoveDone done);

    /// Every secret, by name. Those of the keyring are listed although it may be locked.
    Result<std::vector<Entry>> list();

    /// Tries to move what the file holds for want of a keyring; tries again later while there is none.
    void moveToKeyring();

    /// "DROVER_SECRET_MY_KEY" of "my.key".
    static std::string environmentName(std::string_view name);

Q_SIGNALS:
    /// Something that a person should know; holds no secret.
    void warned(const QString& sentence);
    void movedToKeyring(const QString& name);

private:
    template <class Done, class Value> void answer(QObject* context, Done done, Value value);
    enum class Known { No, Yes }; ///< that the keyring has it
    void readFromKeyring(const std::string& name, Known known, QObject* context, ReadDone done);
    void moveNext(std::vector<std::string> names);
    Result<> checked(const std::string& name, const std::string& value) const;

    Environment m_environment;
    SecretFile m_file;
    std::unique_ptr<Keyring> m_keyring; ///< none where it is left alone
    QTimer m_moveAgain;
};

std::string_view name(SecretStore::Place place); ///< "environment", "file", "keyring"

} // namespace drover::app
