// SPDX-License-Identifier: MIT
#include "core/fronts/control_token.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QtTest>

#include <vector>

using namespace drover;

class ControlTokenTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init() { QVERIFY(m_folder.emplace().isValid()); }

    void makesATokenOnceThatOnlyItsOwnerMayRead()
    {
        const QString path = file("below/control-token");

        const auto first = controlToken(path.toStdString(), {});
        const auto second = controlToken(path.toStdString(), {});

        QVERIFY(first);
        QCOMPARE(first->size(), std::size_t{64});
        QVERIFY(first->find_first_not_of("0123456789abcdef") == std::string::npos);
        QVERIFY(second);
        QCOMPARE(*second, *first);
        QVERIFY(isPrivate(path));
        QCOMPARE(QFileInfo(path).dir().entryList(QDir::Files).size(), 1);
    }

    void makesADifferentTokenEachTime()
    {
        QVERIFY(*controlToken(file("a").toStdString(), {}) != *controlToken(file("b").toStdString(), {}));
    }

    void takesATokenThatSomebodyChose()
    {
        write("token", QByteArray(40, 'x') + "\r\n", QFile::ReadOwner | QFile::WriteOwner);

        const auto token = controlToken(file("token").toStdString(), {});

        QVERIFY(token);
        QCOMPARE(*token, std::string(40, 'x'));
    }

    void replacesATokenThatOthersCouldRead()
    {
#ifdef Q_OS_WIN
        QSKIP("files in a temporary folder are private there");
#endif
        write("token", QByteArray(64, 'a'), QFile::ReadOwner | QFile::WriteOwner | QFile::ReadOther);
        std::vector<std::string> logged;
        const Log log{LogLevel::Info, [&](LogLevel, std::string_view line) { logged.emplace_back(line); }};

        const auto token = controlToken(file("token").toStdString(), log);

        QVERIFY(token);
        QVERIFY(*token != std::string(64, 'a'));
        QVERIFY(isPrivate(file("token")));
        QCOMPARE(logged.size(), std::size_t{1});
        QVERIFY(logged[0].find(*token) == std::string::npos);
        QCOMPARE(*controlToken(file("token").toStdString(), log), *token);
    }

    void refusesWhatIsNoToken_data()
    {
        QTest::addColumn<QByteArray>("content");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("short") << QByteArray(31, 'a');
        QTest::newRow("two words") << QByteArray(32, 'a') + " b";
        QTest::newRow("not plain") << QByteArray(40, '\xe4');
        QTest::newRow("too large") << QByteArray(5000, 'a');
    }

    void refusesWhatIsNoToken()
    {
        QFETCH(QByteArray, content);
        write("token", content, QFile::ReadOwner | QFile::WriteOwner);

        const auto token = controlToken(file("token").toStdString(), {});

        QVERIFY(!token);
        QVERIFY(!token.error().detail.empty());
    }

    void refusesWhatIsNoFile()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("folder")));
        QVERIFY(QFile::link(file("elsewhere"), file("link")));

        QCOMPARE(controlToken(file("folder").toStdString(), {}).error().code, Errc::Io);
        QCOMPARE(controlToken(file("link").toStdString(), {}).error().code, Errc::Io);
        QVERIFY(!QFile::exists(file("elsewhere")));
    }

    void comparesWholeTokens()
    {
        QVERIFY(sameToken("abc", "abc"));
        QVERIFY(!sameToken("abd", "abc"));
        QVERIFY(!sameToken("ab", "abc"));
        QVERIFY(!sameToken("", "abc"));
    }

private:
    QString file(const char* name) const
    {
        return m_folder->filePath(QString::fromLatin1(name));
    }

    void write(const char* name, const QByteArray& content, QFile::Permissions permissions)
    {
        QFile made(file(name));
        QVERIFY(made.open(QFile::WriteOnly));
        made.write(content);
        made.setPermissions(permissions);
    }

    static bool isPrivate(const QString& path)
    {
        constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        return (QFile::permissions(path) & others) == 0;
    }

    std::optional<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(ControlTokenTest)
#include "control_token_test.moc"
