// SPDX-License-Identifier: MIT
#include "core/store/key_file.h"

#include "core/protocol/key_text.h"
#include "core/store/key_database.h"

#include <SQLiteCpp/Column.h>

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <algorithm>
#include <set>

using namespace drover;
using namespace std::chrono_literals;
using namespace std::string_literals;

namespace {

/// A key file in a folder of its own, with a clock that stands still.
struct Place {
    QTemporaryDir folder;
    WallTime now = WallTime(std::chrono::milliseconds(1'795'262'400'000));

    std::string path() const { return folder.filePath(QStringLiteral("state/pool-keys.db")).toStdString(); }
    QString file() const { return QString::fromStdString(path()); }

    std::unique_ptr<KeyFile> open()
    {
        auto database = keyfile::openDatabase(path());
        if (!database)
            qFatal("%s", database.error().detail.c_str());
        return std::make_unique<StoredKeys>(path(), std::move(*database), [this] { return now; });
    }

    std::string trouble() const
    {
        const auto opened = openKeyFile(path());
        return opened ? "" : opened.error().detail;
    }

    void write(const QByteArray& bytes) const
    {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(bytes);
    }

    void sql(const char* text) const { SQLite::Database(path(), SQLite::OPEN_READWRITE).exec(text); }
};

std::string firstEvent(KeyFile& keys)
{
    const auto rows = keys.audit(1);
    return rows && !rows->empty() ? rows->front().event + ": " + rows->front().detail : "";
}

bool contains(const std::string& text, std::string_view part)
{
    return text.find(part) != text.npos;
}

} // namespace

class KeyFileTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void makesAFileThatOnlyItsOwnerReads()
    {
        Place place;

        place.open();

        for (const char* part : {"", "-wal"}) {
            const QFileInfo file(place.file() + QLatin1String(part));
            if (file.exists())
                QCOMPARE(int(file.permissions() & ~(QFile::ReadUser | QFile::WriteUser)),
                    int(QFile::ReadOwner | QFile::WriteOwner));
        }
    }

    void closesAFileThatOthersCouldRead()
    {
        Place place;
        place.open();
        QFile::setPermissions(place.file(), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);

        place.open();

        QVERIFY(!QFileInfo(place.file()).permission(QFile::ReadOther));
    }

    void keepsNoSecretInTheFile()
    {
        Place place;
        auto keys = place.open();

        const auto key = keys->create({.name = "zed"}, "command");
        const auto invitation = keys->invite({}, "command");
        const auto traded = keys->trade(invitation->code, "attic", "192.168.1.7");

        QVERIFY(key && invitation && traded);
        QByteArray bytes;
        for (const char* part : {"", "-wal"}) {
            QFile in(place.file() + QLatin1String(part));
            if (in.open(QIODevice::ReadOnly))
                bytes += in.readAll();
        }
        QVERIFY(bytes.contains("attic"));
        for (const std::string& secret : {key->key, traded->key, invitation->code, *readCode(invitation->code)}) {
            QVERIFY(!bytes.contains(secret.c_str()));
            QVERIFY(!bytes.contains(secret.substr(9).c_str()));
        }
    }

    void makesKeysThatTellTheirRole()
    {
        Place place;
        auto keys = place.open();

        const auto client = keys->create({.role = KeyRole::Client, .name = "zed"}, "command");
        const auto worker = keys->create({.role = KeyRole::Worker, .name = "zed"}, "command");

        QVERIFY(client && worker);
        QCOMPARE(client->key.substr(0, 4), std::string("drv_"));
        QCOMPARE(worker->key.substr(0, 4), std::string("drw_"));
        QCOMPARE(client->key.size(), std::size_t(47));
        QVERIFY(client->key.substr(4) != worker->key.substr(4));
        QCOMPARE(client->record.sha256Hex, sha256Hex(client->key));
        QCOMPARE(client->record.prefix, client->key.substr(0, 8));
    }

    void remembersEverythingOfAKey()
    {
        Place place;
        const KeyAllowance allowance{.weight = 2.5,
            .models = {"llama3*", "qwen3:4b"},
            .requestsPerMinute = 60,
            .tokensPerMinute = 100'000,
            .tokensPerDay = 1'000'000'000'000,
            .runningMax = 4};
        NewKey made;
        {
            auto keys = place.open();
            made = *keys->create(
                {.name = "Jörg's laptop", .allowance = allowance, .lifetime = 720h, .note = "désk"}, "window");
        }

        auto again = place.open()->keys();

        QCOMPARE(again->size(), std::size_t(1));
        QVERIFY(again->front() == made.record);
        QVERIFY(again->front().allowance == allowance);
        QCOMPARE(again->front().expiresAt - again->front().createdAt, std::int64_t(720) * 3600 * 1000);
    }

    void givesANameOnce()
    {
        Place place;
        auto keys = place.open();
        QVERIFY(keys->create({.name = "zed"}, "command"));

        const auto second = keys->create({.name = "zed"}, "command");

        QVERIFY(!second);
        QCOMPARE(second.error().code, Errc::BadRequest);
        QVERIFY(keys->revoke(KeyRole::Client, "zed", "command"));
        QVERIFY(keys->create({.name = "zed"}, "command"));
        QCOMPARE(keys->keys()->size(), std::size_t(2));
        QCOMPARE(keys->keys()->front().revokedAt, std::int64_t(0)); // revoked ones last
    }

    void givesTheNameOfAnExpiredKeyAway()
    {
        Place place;
        auto keys = place.open();
        QVERIFY(keys->create({.name = "zed", .lifetime = 60s}, "command"));
        place.now += 60s;

        QVERIFY(keys->create({.name = "zed"}, "command"));
    }

    void refusesWhatCannotBeAKey_data()
    {
        QTest::addColumn<QByteArray>("name");
        QTest::addColumn<double>("weight");
        QTest::addColumn<QByteArray>("model");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("no name") << QByteArray() << 1.0 << QByteArray("m") << qint64(60);
        QTest::newRow("long name") << QByteArray(65, 'a') << 1.0 << QByteArray("m") << qint64(60);
        QTest::newRow("control") << QByteArray("a\nb") << 1.0 << QByteArray("m") << qint64(60);
        QTest::newRow("escape") << QByteArray("a\x1b[2J") << 1.0 << QByteArray("m") << qint64(60);
        QTest::newRow("not utf-8") << QByteArray("a\xff") << 1.0 << QByteArray("m") << qint64(60);
        QTest::newRow("space") << QByteArray(" a") << 1.0 << QByteArray("m") << qint64(60);
        QTest::newRow("light") << QByteArray("a") << 0.001 << QByteArray("m") << qint64(60);
        QTest::newRow("heavy") << QByteArray("a") << 101.0 << QByteArray("m") << qint64(60);
        QTest::newRow("not a number") << QByteArray("a") << std::nan("") << QByteArray("m") << qint64(60);
        QTest::newRow("no model") << QByteArray("a") << 1.0 << QByteArray("") << qint64(60);
        QTest::newRow("model of two lines") << QByteArray("a") << 1.0 << QByteArray("m\nn") << qint64(60);
        QTest::newRow("over at once") << QByteArray("a") << 1.0 << QByteArray("m") << qint64(0);
        QTest::newRow("for ever") << QByteArray("a") << 1.0 << QByteArray("m") << qint64(400'000'000);
    }
    void refusesWhatCannotBeAKey()
    {
        QFETCH(QByteArray, name);
        QFETCH(double, weight);
        QFETCH(QByteArray, model);
        QFETCH(qint64, seconds);
        Place place;
        auto keys = place.open();

        const auto made = keys->create({.name = name.toStdString(),
                                           .allowance = {.weight = weight, .models = {model.toStdString()}},
                                           .lifetime = std::chrono::seconds(seconds)},
            "command");

        QVERIFY(!made);
        QCOMPARE(made.error().code, Errc::BadRequest);
        QVERIFY(keys->keys()->empty());
    }

    void rotatesWithAGrace()
    {
        Place place;
        auto keys = place.open();
        const auto old = keys->create({.name = "zed", .allowance = {.weight = 3}}, "command");

        const auto fresh = keys->rotate(KeyRole::Client, "zed", 1h, "command");

        QVERIFY(fresh);
        QVERIFY(fresh->key != old->key);
        QVERIFY(fresh->record.allowance == old->record.allowance);
        QCOMPARE(fresh->record.expiresAt, std::int64_t(0));
        const auto both = keys->keys();
        QCOMPARE(both->size(), std::size_t(2));
        QCOMPARE(both->front().number, old->record.number);
        QCOMPARE(both->front().expiresAt - old->record.createdAt, std::int64_t(3'600'000));
        QCOMPARE(both->front().revokedAt, std::int64_t(0));
    }

    void rotatesAtOnceWithoutAGrace()
    {
        Place place;
        auto keys = place.open();
        const auto old = keys->create({.name = "zed", .lifetime = 24h}, "command");

        const auto fresh = keys->rotate(KeyRole::Client, "zed", 0s, "command");

        QCOMPARE(fresh->record.expiresAt, old->record.expiresAt);
        const auto both = keys->keys();
        QCOMPARE(both->back().number, old->record.number);
        QVERIFY(both->back().revokedAt > 0);
    }

    void aRotationMakesNoKeyLastLonger()
    {
        Place place;
        auto keys = place.open();
        const auto old = keys->create({.name = "zed", .lifetime = 60s}, "command");

        QVERIFY(keys->rotate(KeyRole::Client, "zed", 1h, "command"));

        QCOMPARE(keys->keys()->front().expiresAt, old->record.expiresAt);
        place.now += 60s;
        QCOMPARE(keys->rotate(KeyRole::Client, "zed", 1h, "command").error().code, Errc::NotFound);
    }

    void revokesTheRotatedKeyToo()
    {
        Place place;
        auto keys = place.open();
        QVERIFY(keys->create({.name = "zed"}, "command"));
        QVERIFY(keys->rotate(KeyRole::Client, "zed", 1h, "command"));

        QVERIFY(keys->revoke(KeyRole::Client, "zed", "command"));

        const auto allKept = keys->keys();
        for (const KeyRecord& key : *allKept)
            QVERIFY(key.revokedAt > 0);
        QCOMPARE(keys->revoke(KeyRole::Client, "zed", "command").error().code, Errc::NotFound);
        QCOMPARE(keys->revoke(KeyRole::Worker, "zed", "command").error().code, Errc::NotFound);
    }

    void changesWhatAKeyMayDo()
    {
        Place place;
        auto keys = place.open();
        QVERIFY(keys->create({.name = "zed"}, "command"));

        QVERIFY(keys->allow(KeyRole::Client, "zed", {.weight = 7, .models = {"a"}}, "window"));

        QCOMPARE(keys->keys()->front().allowance.weight, 7.0);
        QCOMPARE(firstEvent(*keys), std::string("key_changed: client"));
        QCOMPARE(keys->allow(KeyRole::Client, "zed", {.weight = 0}, "window").error().code, Errc::BadRequest);
        QCOMPARE(keys->allow(KeyRole::Client, "yan", {}, "window").error().code, Errc::NotFound);
    }

    void tradesACodeHoweverItIsTyped_data()
    {
        QTest::addColumn<int>("way");
        QTest::newRow("as shown") << 0;
        QTest::newRow("in small letters") << 1;
        QTest::newRow("without dashes") << 2;
        QTest::newRow("with spaces") << 3;
        QTest::newRow("with O for 0 and L for 1") << 4;
    }
    void tradesACodeHoweverItIsTyped()
    {
        QFETCH(int, way);
        Place place;
        auto keys = place.open();
        QString code = QString::fromStdString(keys->invite({}, "command")->code);
        QCOMPARE(code.size(), 14);
        if (way == 1)
            code = code.toLower();
        if (way == 2)
            code.remove(QLatin1Char('-'));
        if (way == 3)
            code.replace(QLatin1Char('-'), QLatin1Char(' '));
        if (way == 4)
            code.replace(QLatin1Char('0'), QLatin1Char('o')).replace(QLatin1Char('1'), QLatin1Char('l'));

        const auto traded = keys->trade(code.toStdString(), "Attic", "192.168.1.7");

        QVERIFY(traded);
        QCOMPARE(traded->record.name, std::string("Attic"));
        QCOMPARE(traded->record.role, KeyRole::Worker);
        QCOMPARE(keys->invitations()->front().uses, 1u);
        QVERIFY(contains(firstEvent(*keys), "invitation_traded"));
    }

    void refusesEveryOtherCodeAlike_data()
    {
        QTest::addColumn<QByteArray>("why");
        for (const char* why :
            {"unknown", "no code", "another code begins like this one", "used up", "expired", "withdrawn"})
            QTest::newRow(why) << QByteArray(why);
    }
    void refusesEveryOtherCodeAlike()
    {
        QFETCH(QByteArray, why);
        Place place;
        auto keys = place.open();
        const auto invitation = keys->invite({}, "command");
        std::string code = invitation->code;
        if (why == "unknown")
            code.replace(0, 4, code.substr(0, 4) == "0000" ? "1111" : "0000");
        if (why == "no code")
            code.pop_back();
        if (why == "another code begins like this one")
            code.back() = code.back() == 'A' ? 'B' : 'A';
        if (why == "used up")
            QVERIFY(keys->trade(code, "first", "10.0.0.1"));
        if (why == "expired")
            place.now += 600s;
        if (why == "withdrawn")
            QVERIFY(keys->withdraw(invitation->record.number, "command"));

        const auto traded = keys->trade(code, "late", "10.0.0.2");

        QVERIFY(!traded);
        QVERIFY(traded.error() == fail(Errc::Unauthorized, "this invitation is not known, or over"));
        QCOMPARE(firstEvent(*keys), "trade_refused: " + why.toStdString());
        QCOMPARE(keys->audit(1)->front().from, std::string("10.0.0.2"));
    }

    void theKeyHasWhatTheInvitationAllows()
    {
        Place place;
        auto keys = place.open();
        const KeyAllowance allowance{.models = {"llama3*"}, .runningMax = 2};
        const auto invitation =
            keys->invite({.usesMax = 3, .lifetime = 24h, .allowance = allowance, .note = "office"}, "window");

        const auto traded = keys->trade(invitation->code, "Attic", "10.0.0.1");

        QVERIFY(traded->record.allowance == allowance);
        QCOMPARE(traded->record.note, std::string("office"));
    }

    void numbersNamesThatAreTaken()
    {
        Place place;
        auto keys = place.open();
        const auto invitation = keys->invite({.usesMax = 10}, "command");
        const std::string longName(64, 'n');

        std::vector<std::string> names;
        for (const std::string& wanted : {"attic"s, "attic"s, "attic"s, ""s, "\x01\xff\x02"s, longName, longName})
            names.push_back(keys->trade(invitation->code, wanted, "10.0.0.1")->record.name);

        QCOMPARE(names[0], "attic"s);
        QCOMPARE(names[1], "attic-2"s);
        QCOMPARE(names[2], "attic-3"s);
        QCOMPARE(names[3], "worker"s);
        QCOMPARE(names[4], "\uFFFD"s);
        QCOMPARE(names[5], longName);
        QCOMPARE(names[6], std::string(62, 'n') + "-2");
    }

    void refusesWhatCannotBeAnInvitation()
    {
        Place place;
        auto keys = place.open();

        for (const InvitationOrder& order :
            {InvitationOrder{.usesMax = 0}, InvitationOrder{.usesMax = 1001}, InvitationOrder{.lifetime = 59s},
                InvitationOrder{.lifetime = 24h * 32}, InvitationOrder{.note = std::string(501, 'a')}})
            QCOMPARE(keys->invite(order, "command").error().code, Errc::BadRequest);

        QCOMPARE(keys->withdraw(1, "command").error().code, Errc::NotFound);
        QVERIFY(keys->invitations()->empty());
    }

    void forgetsWhatIsLongOver()
    {
        Place place;
        auto keys = place.open();
        QVERIFY(keys->create({.name = "expired", .lifetime = 60s}, "command"));
        QVERIFY(keys->create({.name = "revoked"}, "command"));
        QVERIFY(keys->revoke(KeyRole::Client, "revoked", "command"));
        QVERIFY(keys->create({.name = "good"}, "command"));
        QVERIFY(keys->invite({}, "command"));

        place.now += 24h * 31;
        QVERIFY(keys->used({}));
        QCOMPARE(keys->keys()->size(), std::size_t(3));
        QCOMPARE(keys->invitations()->size(), std::size_t(1));
        place.now += 24h * 59 + 120s;
        QVERIFY(keys->used({}));

        QCOMPARE(keys->keys()->size(), std::size_t(1));
        QCOMPARE(keys->keys()->front().name, "good"s);
        QVERIFY(keys->invitations()->empty());
    }

    void remembersForEverThatThereWereKeys()
    {
        Place place;
        auto keys = place.open();
        for (const char* name : {"one", "two"})
            for (const KeyRole role : {KeyRole::Client, KeyRole::Worker})
                QVERIFY(keys->create({.role = role, .name = name, .lifetime = 60s}, "command"));

        place.now += 24h * 365;
        QVERIFY(keys->used({}));

        const auto left = keys->keys();
        QCOMPARE(left->size(), std::size_t(2));
        QCOMPARE(left->front().role, KeyRole::Client);
        QCOMPARE(left->back().role, KeyRole::Worker);
    }

    void saysOnceThatAKeyHasExpired()
    {
        Place place;
        auto keys = place.open();
        QVERIFY(keys->create({.name = "zed", .lifetime = 60s}, "command"));
        place.now += 59s;
        QVERIFY(keys->used({}));
        QVERIFY(!contains(firstEvent(*keys), "key_expired"));

        place.now += 1s;
        QVERIFY(keys->used({}));
        QVERIFY(keys->used({}));

        const auto rows = keys->audit(10);
        QCOMPARE(rows->size(), std::size_t(2));
        QCOMPARE(rows->front().event, "key_expired"s);
        QCOMPARE(rows->front().subject, "zed"s);
    }

    void notesWhenKeysWereUsed()
    {
        Place place;
        auto keys = place.open();
        const auto number = keys->create({.name = "zed"}, "command")->record.number;

        QVERIFY(keys->used({{number, 2'000}, {number, 1'000}, {number + 7, 1'000}}));

        QCOMPARE(keys->keys()->front().lastUsedAt, std::int64_t(2'000));
    }

    void theAuditLogNeverTellsASecretNorAControlCharacter()
    {
        Place place;
        auto keys = place.open();
        const auto key = keys->create({.name = "zed"}, "command");
        const auto invitation = keys->invite({}, "command");
        const auto traded = keys->trade(invitation->code, "attic", "10.0.0.1\r\nX: y");
        QVERIFY(keys->note("guessing_slowed", "", std::string(10'000, 'x'), "\x1b[2J"));

        std::string all;
        const auto rowsKept = keys->audit(100);
        for (const AuditRow& row : *rowsKept)
            all += row.event + row.subject + row.from + row.detail;

        QVERIFY(!contains(all, key->key.substr(8)));
        QVERIFY(!contains(all, traded->key.substr(8)));
        QVERIFY(!contains(all, invitation->code.substr(4)));
        QVERIFY(std::none_of(all.begin(), all.end(), [](unsigned char letter) { return letter < ' '; }));
        QVERIFY(all.size() < 1'500);
    }

    void guessingPushesNothingElseOutOfTheAuditLog()
    {
        Place place;
        auto keys = place.open();
        QVERIFY(keys->create({.name = "zed"}, "command"));
        // as many as fit, at once
        place.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000) "
                  "INSERT INTO audit (at, event, subject, source, detail, refusal) "
                  "SELECT i, 'trade_refused', '', '10.0.0.1', 'unknown', 1 FROM n");

        for (int i = 0; i < 256; ++i)
            QVERIFY(keys->note("trade_refused", "", "10.0.0.1", ""));

        const auto rows = keys->audit(1'000'000);
        QVERIFY(rows->size() <= StoredKeys::refusalRowsMax + 1);
        QVERIFY(rows->size() > StoredKeys::refusalRowsMax - 1'000);
        QCOMPARE(rows->back().event, "key_created"s);
    }

    void theAuditLogHasABound()
    {
        Place place;
        auto keys = place.open();
        place.sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 120000) "
                  "INSERT INTO audit (at, event, subject, source, detail, refusal) "
                  "SELECT i, 'key_changed', '', '', '', 0 FROM n");

        for (int i = 0; i < 256; ++i)
            QVERIFY(keys->note("key_changed", std::to_string(i), "", ""));

        const auto rows = keys->audit(1'000'000);
        QVERIFY(rows->size() <= StoredKeys::auditRowsMax);
        QCOMPARE(rows->front().subject, "255"s);
    }

    void tellsThatAnotherHasChangedTheFile()
    {
        Place place;
        auto mine = place.open();
        auto other = place.open();

        QVERIFY(!*mine->changedByOthers());
        QVERIFY(mine->create({.name = "mine"}, "command"));
        QVERIFY(!*mine->changedByOthers());
        QVERIFY(other->create({.name = "others"}, "command"));

        QVERIFY(*mine->changedByOthers());
        QVERIFY(!*mine->changedByOthers());
        QCOMPARE(mine->keys()->size(), std::size_t(2));
        QVERIFY(other->used({})); // writes nothing
        QVERIFY(!*mine->changedByOthers());
    }

    void refusesAnEmptyFile()
    {
        Place place;
        {
            place.open();
        }
        place.write({});

        QVERIFY(contains(place.trouble(), "is empty, so its keys are lost"));
        QCOMPARE(QFileInfo(place.file()).size(), 0);
    }

    void refusesAFileThatIsGoneWithItsLogLeft()
    {
        Place place;
        auto keys = place.open();
        QVERIFY(keys->create({.name = "zed"}, "command"));
        QVERIFY(QFile::rename(place.file(), place.file() + QStringLiteral(".moved")));

        QVERIFY(contains(place.trouble(), "is missing, but its log"));
        QVERIFY(!QFileInfo::exists(place.file()));
    }

    void refusesSomethingElse()
    {
        Place place;
        {
            place.open();
        }
        const QByteArray letter = QByteArray("Dear Aunt, ").repeated(1'000);
        place.write(letter);

        QVERIFY(contains(place.trouble(), "is damaged, or no key file"));
        QFile in(place.file());
        QVERIFY(in.open(QIODevice::ReadOnly));
        QCOMPARE(in.readAll(), letter);
    }

    void refusesAnotherDatabase()
    {
        Place place;
        {
            place.open();
        }
        QVERIFY(QFile::remove(place.file()));
        SQLite::Database(place.path(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE).exec("CREATE TABLE jobs (a)");

        QVERIFY(contains(place.trouble(), "is no key file of Drover"));
    }

    void refusesAFileOfANewerDrover()
    {
        Place place;
        {
            place.open();
        }
        place.sql("PRAGMA user_version = 99");

        QVERIFY(contains(place.trouble(), "newer Drover"));
    }

    void refusesADamagedFile()
    {
        Place place;
        {
            auto keys = place.open();
            for (int i = 0; i < 200; ++i)
                QVERIFY(keys->create({.name = "key " + std::to_string(i)}, "command"));
        }
        QFile file(place.file());
        QVERIFY(file.open(QIODevice::ReadWrite));
        QVERIFY(file.seek(3 * 4096));
        file.write(QByteArray(2 * 4096, '\xa5'));
        file.close();

        QVERIFY(contains(place.trouble(), "is damaged"));
    }

    void refusesHalfAFile()
    {
        Place place;
        {
            auto keys = place.open();
            for (int i = 0; i < 200; ++i)
                QVERIFY(keys->create({.name = "key " + std::to_string(i)}, "command"));
        }
        QVERIFY(QFile::resize(place.file(), QFileInfo(place.file()).size() / 2));

        QVERIFY(contains(place.trouble(), "is damaged"));
    }

    void saysWhenItCannotBeWritten()
    {
        Place place;
        QFile blocker(place.folder.filePath(QStringLiteral("state")));
        QVERIFY(blocker.open(QIODevice::WriteOnly)); // a file where the folder should be

        QVERIFY(!place.trouble().empty());
    }
};

QTEST_GUILESS_MAIN(KeyFileTest)
#include "key_file_test.moc"
