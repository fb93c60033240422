// SPDX-License-Identifier: MIT

// Against a real Secret Service, gnome-keyring in a D-Bus session of the test's own; and without one, and locked.
#include "app/settings/secret_store.h"

#include "tests/support/private_session.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusConnectionInterface>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QFile>
#include <QFileInfo>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace drover;
using namespace drover::app;
using namespace drover::test;
using namespace std::chrono_literals;

namespace {

const std::string secretText = "sk-planted-7f3a9c";
constexpr auto patience = 20s;

/// gnome-keyring with an unlocked keyring, until it is destroyed.
class SecretService {
public:
    SecretService()
    {
        m_daemon.start(QStringLiteral("gnome-keyring-daemon"),
            {QStringLiteral("--foreground"), QStringLiteral("--unlock"), QStringLiteral("--components=secrets")});
        m_daemon.write("password");
        m_daemon.closeWriteChannel();
    }
    ~SecretService()
    {
        m_daemon.kill();
        m_daemon.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(SecretService)

    bool isThere() const
    {
        return QDBusConnection::sessionBus().interface()->isServiceRegistered(
            QStringLiteral("org.freedesktop.secrets"));
    }

    /// Its keyrings; the person would have to type the password again.
    void lock() const
    {
        auto call = QDBusMessage::createMethodCall(QStringLiteral("org.freedesktop.secrets"),
            QStringLiteral("/org/freedesktop/secrets"), QStringLiteral("org.freedesktop.Secret.Service"),
            QStringLiteral("Lock"));
        call << QVariant::fromValue(
            QList<QDBusObjectPath>{QDBusObjectPath(QStringLiteral("/org/freedesktop/secrets/collection/login"))});
        const auto answer = QDBusConnection::sessionBus().call(call);
        QCOMPARE(answer.type(), QDBusMessage::ReplyMessage);
    }

private:
    QProcess m_daemon;
};

} // namespace

class SecretStoreTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;
    Places m_places;
    std::unique_ptr<SecretService> m_service;

    QString file() const { return QString::fromStdString(m_places.stateFolder + "/secrets.json"); }
    QByteArray fileText() const
    {
        QFile opened(file());
        return opened.open(QIODevice::ReadOnly) ? opened.readAll() : QByteArray();
    }
    std::unique_ptr<SecretStore> store(std::chrono::milliseconds answerTimeMax = 20s, Environment environment = {})
    {
        return std::make_unique<SecretStore>(
            m_places, std::move(environment), std::make_unique<Keyring>(answerTimeMax), nullptr);
    }
    std::unique_ptr<SecretStore> storeWithoutKeyring(Environment environment = {})
    {
        return std::make_unique<SecretStore>(m_places, std::move(environment), SecretStore::UseKeyring::No, nullptr);
    }
    /// Once: libsecret finds no other in the life of a process.
    void startService()
    {
        if (m_service)
            return;
        m_service = std::make_unique<SecretService>();
        QTRY_VERIFY_WITH_TIMEOUT(m_service->isThere(), std::chrono::milliseconds(patience).count());
    }

    /// What a call answers, once it has.
    template <class Value, class Ask> std::optional<Result<Value>> answerOf(Ask ask)
    {
        std::optional<Result<Value>> answer;
        ask([&answer](const Result<Value>& got) { answer = got; });
        if (answer)
            return {}; // never before the call returns
        static_cast<void>(QTest::qWaitFor(
            [&answer] { return answer.has_value(); }, static_cast<int>(std::chrono::milliseconds(patience).count())));
        return answer;
    }
    std::optional<Result<SecretStore::Written>> write(SecretStore& to, const std::string& name)
    {
        return answerOf<SecretStore::Written>([&](auto done) { to.write(name, secretText, this, done); });
    }
    std::optional<Result<std::string>> read(SecretStore& from, const std::string& name)
    {
        return answerOf<std::string>([&](auto done) { from.read(name, this, done); });
    }

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_places = findPlaces({{"DROVER_HOME", m_home->path().toStdString()}});
    }
    void cleanupTestCase() { m_service.reset(); }

    // Those without a keyring come first.
    void keepsItInAFileWhereThereIsNoKeyring()
    {
        QVERIFY(!m_service);
        const auto store1 = store();
        const auto written = write(*store1, "cloud");

        QVERIFY(written && *written);
        QVERIFY((*written)->place == SecretStore::Place::File);
        QVERIFY2((*written)->warning.find("secrets.json") != std::string::npos, (*written)->warning.c_str());
        QVERIFY((*written)->warning.find(secretText) == std::string::npos);
        QCOMPARE(QFileInfo(file()).permissions()
                & (QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther),
            QFile::Permissions());
        const auto value = read(*storeWithoutKeyring(), "cloud");
        QVERIFY(value && *value);
        QCOMPARE(**value, secretText);
    }
    void movesItIntoTheKeyringOnceThereIsOne()
    {
        QVERIFY(write(*store(), "cloud"));
        QVERIFY(fileText().contains(secretText.c_str()));

        startService();
        const auto later = store();
        QSignalSpy moved(later.get(), &SecretStore::movedToKeyring);
        later->moveToKeyring();

        QTRY_COMPARE_WITH_TIMEOUT(moved.size(), 1, std::chrono::milliseconds(patience).count());
        QVERIFY(!fileText().contains(secretText.c_str()));
        const auto value = read(*later, "cloud");
        QVERIFY(value && *value);
        QCOMPARE(**value, secretText);
    }
    void keepsASecretInTheKeyring()
    {
        startService();
        const auto written = write(*store(), "cloud");
        QVERIFY(written && *written);
        QVERIFY2((*written)->place == SecretStore::Place::Keyring, (*written)->warning.c_str());

        const auto again = store();
        const auto value = read(*again, "cloud");
        QVERIFY(value && *value);
        QCOMPARE(**value, secretText);
        QVERIFY(!fileText().contains(secretText.c_str()));
        QVERIFY(again->list().has_value());
        QCOMPARE(again->list()->size(), std::size_t(1));
        QVERIFY(again->list()->front().place == SecretStore::Place::Keyring);

        const auto removed = answerOf<std::monostate>([&](auto done) { again->remove("cloud", this, done); });
        QVERIFY(removed && *removed);
        const auto gone = read(*again, "cloud");
        QVERIFY(gone && !*gone);
        QCOMPARE(gone->error().code, Errc::NotFound);
        QVERIFY(again->list()->empty());
    }
    void aSecretForServicesStaysInTheFile()
    {
        startService();
        const auto desktop = store();
        const auto written =
            answerOf<SecretStore::Written>([&](auto done) { desktop->writeToFile("cloud", secretText, this, done); });
        QVERIFY(written && *written);
        desktop->moveToKeyring();

        QCOMPARE(read(*storeWithoutKeyring(), "cloud").value().has_value(), true);
        QVERIFY(desktop->list()->front().stays);
        QVERIFY(fileText().contains(secretText.c_str()));
    }
    void theEnvironmentBeatsTheRest()
    {
        const auto written = write(*storeWithoutKeyring(), "my.cloud-key");
        QVERIFY(written && *written);
        const auto value = read(*storeWithoutKeyring({{"DROVER_SECRET_MY_CLOUD_KEY", "from outside"}}), "my.cloud-key");
        QVERIFY(value && *value);
        QCOMPARE(**value, std::string("from outside"));
    }
    void saysThatAServiceCannotReadTheKeyring()
    {
        startService();
        QVERIFY(write(*store(), "cloud"));
        const auto value = read(*storeWithoutKeyring(), "cloud");
        QVERIFY(value && !*value);
        QVERIFY(value->error().detail.find("--file") != std::string::npos);
    }
    void makesAFilePrivateThatOthersCouldRead()
    {
        QVERIFY(write(*storeWithoutKeyring(), "cloud"));
        QVERIFY(
            QFile::setPermissions(file(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadGroup | QFile::ReadOther));
        const auto opened = storeWithoutKeyring();
        QSignalSpy warned(opened.get(), &SecretStore::warned);

        const auto value = read(*opened, "cloud");

        QVERIFY(value && *value);
        QCOMPARE(warned.size(), 1);
        QCOMPARE(QFileInfo(file()).permissions() & (QFile::ReadGroup | QFile::ReadOther), QFile::Permissions());
    }
    void refusesWhatIsNoSecret_data()
    {
        QTest::addColumn<std::string>("name");
        QTest::addColumn<std::string>("value");
        const std::string fine = "x";
        QTest::newRow("no name") << std::string() << fine;
        QTest::newRow("a path") << std::string("../x") << fine;
        QTest::newRow("a long name") << std::string(secretNameBytesMax + 1, 'a') << fine;
        QTest::newRow("nothing") << fine << std::string();
        QTest::newRow("two lines") << fine << std::string("a\r\nX-Other: b");
        QTest::newRow("beyond ASCII") << fine << std::string("\xC3\xBC");
        QTest::newRow("long") << fine << std::string(secretBytesMax + 1, 'a');
    }
    void refusesWhatIsNoSecret()
    {
        QFETCH(std::string, name);
        QFETCH(std::string, value);
        const auto store1 = storeWithoutKeyring();
        const auto written = answerOf<SecretStore::Written>([&](auto done) { store1->write(name, value, this, done); });
        QVERIFY(written && !*written);
        QCOMPARE(written->error().code, Errc::BadRequest);
        QVERIFY(!QFileInfo::exists(file()));
    }
    void saysThatAFileIsBroken()
    {
        QVERIFY(makeStateFolder(m_places));
        QFile broken(file());
        QVERIFY(broken.open(QIODevice::WriteOnly));
        broken.write("{\"cloud\":");
        broken.close();
        const auto value = read(*storeWithoutKeyring(), "cloud");
        QVERIFY(value && !*value);
        QCOMPARE(value->error().code, Errc::BadConfig);
        QVERIFY(write(*storeWithoutKeyring(), "other"));
        QCOMPARE(fileText(), QByteArray("{\"cloud\":"));
    }
    void answersNobodyWhoIsGone()
    {
        const auto store1 = storeWithoutKeyring();
        bool answered = false;
        auto asker = std::make_unique<QObject>();
        store1->read("cloud", asker.get(), [&answered](const Result<std::string>&) { answered = true; });
        asker.reset();
        QVERIFY(read(*store1, "cloud"));
        QVERIFY(!answered);
    }
    /// The last: nobody can unlock it again.
    void aLockedKeyringThatNobodyUnlocksIsLeftForTheFile()
    {
        startService();
        QVERIFY(write(*store(), "first"));
        m_service->lock();

        const auto locked = store(3s);
        const auto value = read(*locked, "first");
        QVERIFY(value && !*value);
        QVERIFY2(value->error().code == Errc::Unauthorized || value->error().code == Errc::Io,
            value->error().detail.c_str());
        const auto written = write(*locked, "second");

        QVERIFY(written && *written);
        QVERIFY((*written)->place == SecretStore::Place::File);
        QVERIFY(!(*written)->warning.empty());
        QVERIFY(fileText().contains(secretText.c_str()));
    }
};

int main(int count, char** words)
{
    const PrivateSession session(PrivateSession::Display::None);
    if (!session.works(PrivateSession::Display::None)) {
        std::fputs("needs dbus-daemon: scripts/install-dependencies --tests\n", stderr);
        return 1;
    }
    QCoreApplication application(count, words);
    SecretStoreTest test;
    return QTest::qExec(&test, count, words);
}

#include "secret_store_test.moc"
