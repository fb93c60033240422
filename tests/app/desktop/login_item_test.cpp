// SPDX-License-Identifier: MIT
#include "app/desktop/login_item.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;
using State = LoginItemStatus::State;

/// The entry of the autostart folder, and the command over it, in a folder for each test.
class LoginItemTest : public QObject {
    Q_OBJECT

private:
    struct Ended {
        int code = -1;
        QString output = {};
        QString errors = {};
    };

    std::unique_ptr<QTemporaryDir> m_config;

    QString folder() const { return m_config->path(); }
    Environment environment() const { return {{"XDG_CONFIG_HOME", folder().toStdString()}}; }

    /// A program to start, in a folder whose name wants quotes.
    std::string program(const QString& name = QStringLiteral("drover-tray")) const
    {
        const QString path = folder() + QStringLiteral("/my %u apps/") + name;
        QDir().mkpath(QFileInfo(path).absolutePath());
        QFile file(path);
        if (!file.open(QIODevice::WriteOnly)
            || !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner))
            return {};
        return path.toStdString();
    }
    LoginItem item() const { return {environment(), {program(), "--hidden"}}; }

    QByteArray entry() const
    {
        QFile file(QString::fromStdString(item().place()));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    void writeEntry(const QByteArray& text) const
    {
        QDir().mkpath(folder() + QStringLiteral("/autostart"));
        QFile file(QString::fromStdString(item().place()));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    Ended run(const QStringList& words) const
    {
        QProcess process;
        auto variables = QProcessEnvironment::systemEnvironment();
        variables.insert(QStringLiteral("XDG_CONFIG_HOME"), folder());
        variables.remove(QStringLiteral("APPIMAGE"));
        process.setProcessEnvironment(variables);
        process.start(QStringLiteral(DROVER_PROGRAM), QStringList{QStringLiteral("login-item")} + words);
        process.waitForFinished(20'000);
        return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
    }

private Q_SLOTS:
    void init() { m_config = std::make_unique<QTemporaryDir>(); }

    void isOffUntilSwitchedOn()
    {
        QCOMPARE(*item().status(), LoginItemStatus{});
        QVERIFY(item().place() == folder().toStdString() + "/autostart/io.github.drover.Drover.desktop");
    }

    void startsTheProgramByItsWholePathWithoutWindow()
    {
        QVERIFY(item().switchOn());

        const auto status = item().status();
        QVERIFY(status);
        QVERIFY(status->state == State::On);
        QCOMPARE(status->command, (std::vector<std::string>{program(), "--hidden"}));
        QVERIFY(!status->programGone);
        QVERIFY2(entry().contains("/my %%u apps/drover-tray\" --hidden\n"), entry().constData());
    }

    void switchingOffLeavesNothing()
    {
        QVERIFY(item().switchOn());

        QVERIFY(item().switchOff());

        QVERIFY(!QFileInfo::exists(QString::fromStdString(item().place())));
        QVERIFY(item().switchOff());
        QVERIFY(item().status()->state == State::Off);
    }

    void seesWhatTheDesktopSwitchedOff_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("KDE, Xfce") << QByteArray("Hidden=true\n");
        QTest::newRow("GNOME, Cinnamon") << QByteArray("X-GNOME-Autostart-enabled=false\n");
    }
    void seesWhatTheDesktopSwitchedOff()
    {
        QFETCH(QByteArray, line);
        QVERIFY(item().switchOn());
        writeEntry(entry() + line);

        QVERIFY(item().status()->state == State::SwitchedOffBySystem);

        QVERIFY(item().switchOn());
        QVERIFY(item().status()->state == State::On);
    }

    void renewsAnEntryWhoseProgramIsGone()
    {
        QVERIFY(LoginItem(environment(), {"/no/such/drover-tray", "--hidden"}).switchOn());
        QVERIFY(item().status()->programGone);

        QVERIFY(renewLoginItem(item()));

        QCOMPARE(item().status()->command.front(), program());
    }

    void leavesAnEntryOfAnotherDroverAlone()
    {
        const std::string other = program(QStringLiteral("other"));
        QVERIFY(LoginItem(environment(), {other}).switchOn());

        QVERIFY(renewLoginItem(item()));

        QCOMPARE(item().status()->command.front(), other);
    }

    void renewingSwitchesNothingOn()
    {
        QVERIFY(renewLoginItem(item()));
        QVERIFY(item().status()->state == State::Off);

        writeEntry("[Desktop Entry]\nExec=/no/such/drover-tray\nHidden=true\n");
        QVERIFY(renewLoginItem(item()));
        QVERIFY(item().status()->state == State::SwitchedOffBySystem);
    }

    void saysWhyItCannotWrite()
    {
        QFile inTheWay(folder() + QStringLiteral("/autostart"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));

        const auto done = item().switchOn();

        QVERIFY(!done);
        QVERIFY(done.error().code == Errc::Io);
        QVERIFY(done.error().detail.starts_with(item().place()));
    }

    void saysWhyItCannotChangeAReadOnlyFolder()
    {
        const LoginItem there = item();
        QVERIFY(there.switchOn());
        const QString autostart = folder() + QStringLiteral("/autostart");
        QFile::setPermissions(autostart, QFile::ReadOwner | QFile::ExeOwner);
        const bool obeyed = !QFile(autostart + QStringLiteral("/probe")).open(QIODevice::WriteOnly);

        const auto off = there.switchOff();
        const auto on = there.switchOn();
        QFile::setPermissions(autostart, QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);

        if (!obeyed)
            QSKIP("this user may write everywhere");
        QVERIFY(!off);
        QVERIFY(!on);
        QVERIFY(there.status()->state == State::On);
    }

    void startsItsAppImageAndNoOther_data()
    {
        QTest::addColumn<Environment>("variables");
        QTest::addColumn<std::string>("started");
        QTest::newRow("own") << Environment{{"APPIMAGE", "/home/a/Drover.AppImage"}, {"APPDIR", "/tmp/.mount_x"}}
                             << std::string("/home/a/Drover.AppImage");
        QTest::newRow("terminal's") << Environment{{"APPIMAGE", "/home/a/Term.AppImage"}, {"APPDIR", "/tmp/.mount_x2"}}
                                    << std::string();
        QTest::newRow("half") << Environment{{"APPIMAGE", "/home/a/Drover.AppImage"}} << std::string();
    }
    void startsItsAppImageAndNoOther()
    {
        QFETCH(Environment, variables);
        QFETCH(std::string, started);

        const auto command = loginCommand(variables, "/tmp/.mount_x/usr/bin");

        QCOMPARE(command.empty() || !command.front().ends_with(".AppImage") ? std::string() : command.front(), started);
    }

    void bringsAHomeOfItsOwnAlong()
    {
        const Environment image{{"APPIMAGE", "/home/a/Drover.AppImage"}, {"APPDIR", "/tmp/.mount_x"},
            {"DROVER_HOME", "/home/a/second drover"}};
        const std::vector<std::string> expected{
            "/home/a/Drover.AppImage", "--hidden", "--home", "/home/a/second drover"};
        QCOMPARE(loginCommand(image, "/tmp/.mount_x/usr/bin"), expected);
    }

    void theCommandSwitchesAndTells()
    {
        QVERIFY(run({QStringLiteral("status")}).output.startsWith(QStringLiteral("Drover does not start at login;")));
        const Ended on = run({QStringLiteral("on")});
        if (on.code == 1 && on.errors.contains(QStringLiteral("no drover-tray")))
            QSKIP("drover-tray is not built");
        QCOMPARE(on.code, 0);
        QVERIFY2(on.output.startsWith(QStringLiteral("Drover starts at login: /")), qPrintable(on.output));

        const auto json =
            QJsonDocument::fromJson(run({QStringLiteral("status"), QStringLiteral("--json")}).output.toUtf8());

        QCOMPARE(json[QLatin1String("state")].toString(), QStringLiteral("on"));
        QCOMPARE(json[QLatin1String("command")].toArray().last().toString(), QStringLiteral("--hidden"));
        QCOMPARE(json[QLatin1String("command")], json[QLatin1String("own_command")]);
        QCOMPARE(run({QStringLiteral("off")}).code, 0);
        QVERIFY(item().status()->state == State::Off);
    }

    void theCommandTellsOfTrouble()
    {
        writeEntry("[Desktop Entry]\nExec=/no/such/drover-tray --hidden\n");
        const Ended gone = run({QStringLiteral("status")});
        QCOMPARE(gone.code, 5);
        QVERIFY2(gone.output.contains(QStringLiteral("/no/such/drover-tray --hidden; drover login-item on")),
            qPrintable(gone.output));

        writeEntry("[Desktop Entry]\nExec=/bin/sh\nHidden=true\n");
        const Ended held = run({QStringLiteral("status")});
        QCOMPARE(held.code, 0);
        QVERIFY2(
            held.output.contains(QStringLiteral("switched off in the desktop's settings")), qPrintable(held.output));

        writeEntry("[Desktop Entry]\nExec=/bin/sh\n");
        QVERIFY(run({QStringLiteral("status")}).output.contains(QStringLiteral("not this one: /bin/sh")));

        QVERIFY(QDir(folder() + QStringLiteral("/autostart")).removeRecursively());
        QVERIFY(QFile(folder() + QStringLiteral("/autostart")).open(QIODevice::WriteOnly));
        QVERIFY(run({QStringLiteral("off")}).code == 0);
    }

    void theCommandWantsToKnowWhat()
    {
        QCOMPARE(run({}).code, 2);
        QCOMPARE(run({QStringLiteral("perhaps")}).code, 2);
    }
};

QTEST_GUILESS_MAIN(LoginItemTest)
#include "login_item_test.moc"
