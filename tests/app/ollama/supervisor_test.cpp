// SPDX-License-Identifier: MIT
#include "app/ollama/supervisor.h"

#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <csignal>
#include <memory>
#include <vector>

using namespace drover::app;
using namespace std::chrono_literals;
using State = SupervisionState;

namespace {

constexpr int waitMs = 20'000; ///< the longest that anything here takes, on a busy machine

QString fakeProgram()
{
    return QStringLiteral(FAKE_OLLAMA_PROGRAM);
}

/// Below the ports that the system gives to clients, so that nobody gets it meanwhile.
int freePort()
{
    constexpr int first = 20'000;
    constexpr int count = 12'000;
    for (int i = 0; i < count; ++i) {
        const int port = first + static_cast<int>((QCoreApplication::applicationPid() * 7 + i) % count);
        QTcpServer server;
        if (server.listen(QHostAddress::LocalHost, static_cast<quint16>(port)))
            return port;
    }
    return 0;
}

/// True for a process that is gone, or ended and not yet collected by whoever made it.
bool isGone(qint64 pid)
{
    if (::kill(static_cast<pid_t>(pid), 0) != 0)
        return true;
    QFile stat(QStringLiteral("/proc/%1/stat").arg(pid));
    return stat.open(QIODevice::ReadOnly) && stat.readAll().contains(") Z ");
}

QUrl serverAt(int port)
{
    return QUrl(QStringLiteral("http://127.0.0.1:%1").arg(port));
}

} // namespace

class SupervisorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_log = m_home->filePath(QStringLiteral("starts"));
        m_port = freePort();
        qputenv("FAKE_OLLAMA_LOG", m_log.toUtf8());
    }

    void startsOneAndEndsIt()
    {
        auto options = supervising("slow");
        options.slotCount = 3;
        options.environment << QStringLiteral("OLLAMA_KEEP_ALIVE=30m=x");
        Supervisor supervisor(options);
        QSignalSpy stopped(&supervisor, &Supervisor::stopped);

        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);
        const Supervision running = supervisor.supervision();
        supervisor.stop();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, waitMs);

        const auto given = starts().constFirst();
        QCOMPARE(given.value(QStringLiteral("host")).toString(), QStringLiteral("127.0.0.1:%1").arg(m_port));
        QCOMPARE(given.value(QStringLiteral("parallel")).toString(), QStringLiteral("3"));
        QCOMPARE(given.value(QStringLiteral("chosen")).toString(), QStringLiteral("30m=x"));
        QCOMPARE(running.pid, given.value(QStringLiteral("pid")).toInteger());
        QCOMPARE(running.mode, OllamaMode::Supervise);
        QCOMPARE(running.version, std::string("0.0.7"));
        QCOMPARE(running.reasonCode, std::string("ollama_running"));
        QVERIFY(supervisor.output().contains(QStringLiteral("time=now level=INFO msg=starting")));
        QCOMPARE(supervisor.supervision().state, State::Stopped);
        QVERIFY(isGone(running.pid));
    }

    void usesTheOneThatRunsAndNeverStopsOrReplacesIt()
    {
        QProcess other;
        startOther(other);
        auto supervisor = std::make_unique<Supervisor>(supervising());

        supervisor->start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor->supervision().state, State::Running, waitMs);
        const Supervision adopted = supervisor->supervision();
        supervisor->stop();
        supervisor = std::make_unique<Supervisor>(supervising());
        supervisor->start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor->supervision().state, State::Running, waitMs);
        QCOMPARE(other.state(), QProcess::Running);
        other.kill();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor->supervision().state, State::Absent, waitMs);

        QCOMPARE(adopted.mode, OllamaMode::Adopt);
        QCOMPARE(adopted.reasonCode, std::string("ollama_adopted"));
        QCOMPARE(supervisor->supervision().reasonCode, std::string("ollama_adopted_ended"));
        QCOMPARE(starts().size(), 1);
    }

    void startsNoneWhenOnlyToAdopt()
    {
        auto options = supervising();
        options.mode = OllamaMode::Adopt;
        Supervisor supervisor(options);

        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Absent, waitMs);
        QProcess other;
        startOther(other);

        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);
        QCOMPARE(starts().size(), 1);
        other.kill();
        QVERIFY(other.waitForFinished(waitMs));
    }

    void startsAgainAfterACrash()
    {
        Supervisor supervisor(supervising());
        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);
        const auto first = supervisor.supervision().pid;

        ::kill(static_cast<pid_t>(first), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().restarts, 1, waitMs);
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);

        QVERIFY(supervisor.supervision().pid != first);
        QCOMPARE(starts().size(), 2);
    }

    void leavesStoppedWhatSomebodyStopped()
    {
        Supervisor supervisor(supervising());
        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);

        ::kill(static_cast<pid_t>(supervisor.supervision().pid), SIGTERM);
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Stopped, waitMs);

        QCOMPARE(supervisor.supervision().reasonCode, std::string("ollama_stopped_by_other"));
        QCOMPARE(supervisor.supervision().restarts, 0);
        supervisor.tryAgain();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);
        QCOMPARE(starts().size(), 2);
    }

    void givesUpOnACrashLoopAndSaysWhy()
    {
        auto options = supervising("crash");
        options.times.restarts = {.restartsMax = 2, .delayFirst = 1ms};
        Supervisor supervisor(options);

        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::GaveUp, waitMs);

        QCOMPARE(starts().size(), 3);
        QCOMPARE(supervisor.supervision().restarts, 2);
        const QString text = QString::fromStdString(supervisor.supervision().reasonText);
        QVERIFY2(text.contains(QStringLiteral("exit code 3. It said: \"Error: no such luck\"")), qPrintable(text));
        QVERIFY2(text.contains(QStringLiteral("3 times within 10 min")), qPrintable(text));
        QVERIFY(!supervisor.supervision().fixText.empty());
    }

    void endsOneThatHangsAndStartsItAgain()
    {
        auto options = supervising("hang");
        options.times.answerMax = 500ms;
        options.times.hangMax = 700ms;
        Supervisor supervisor(options);
        std::vector<Supervision> told;
        connect(&supervisor, &Supervisor::changed, this, [&](const Supervision& known) { told.push_back(known); });

        supervisor.start();
        QTRY_VERIFY_WITH_TIMEOUT(supervisor.supervision().restarts > 0, waitMs);

        const auto is = [](State state, const char* text) {
            return [=](const Supervision& each) {
                return each.state == state && each.reasonText.find(text) != std::string::npos;
            };
        };
        QVERIFY(std::ranges::any_of(told, is(State::Running, "started by Drover")));
        QVERIFY(std::ranges::any_of(told, is(State::Silent, "does not answer")));
        QVERIFY(std::ranges::any_of(told, is(State::Restarting, "did not answer for too long")));
    }

    void endsOneThatStopsInTheMiddleOfAnAnswer()
    {
        auto options = supervising();
        options.times.hangMax = 300ms;
        JobSilence silence{.ofAny = 20s, .inAnswer = 0s}; // a long load
        int looks = 0;
        options.silence = [&] {
            ++looks;
            return silence;
        };
        Supervisor supervisor(options);
        QStringList told;
        connect(&supervisor, &Supervisor::changed, this,
            [&](const Supervision& known) { told << QString::fromStdString(known.reasonText); });
        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);
        QTRY_VERIFY_WITH_TIMEOUT(looks > 10, waitMs); // longer than the limit: nothing must come of it
        const int restartsWhileLoading = supervisor.supervision().restarts;

        silence.inAnswer = 20s;
        QTRY_VERIFY_WITH_TIMEOUT(supervisor.supervision().restarts > 0, waitMs);

        QCOMPARE(restartsWhileLoading, 0);
        QVERIFY2(told.join(QLatin1Char('|')).contains(QStringLiteral("in the middle of an answer")),
            qPrintable(told.join(QLatin1Char('|'))));
    }

    void saysThatAnotherVersionAnswers()
    {
        auto other = std::make_unique<QProcess>();
        startOther(*other);
        Supervisor supervisor(supervising());
        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().version, std::string("0.0.7"), waitMs);

        other->kill();
        other->waitForFinished();
        other = std::make_unique<QProcess>();
        qputenv("FAKE_OLLAMA_VERSION", "0.0.8");
        startOther(*other);
        qunsetenv("FAKE_OLLAMA_VERSION");
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().version, std::string("0.0.8"), waitMs);
        const auto known = supervisor.supervision();
        other->kill();
        other->waitForFinished();

        QCOMPARE(known.state, State::Running);
        QVERIFY2(QString::fromStdString(known.reasonText)
                     .endsWith(QStringLiteral("It was replaced: version 0.0.8 instead of 0.0.7.")),
            known.reasonText.c_str());
    }

    void startsNoneWhoseModelsAreOnADiskThatIsGone()
    {
        auto options = supervising();
        const QString folder = m_home->filePath(QStringLiteral("disk/models"));
        options.environment << QStringLiteral("OLLAMA_MODELS=") + folder;
        Supervisor supervisor(options);
        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Absent, waitMs);
        const auto known = supervisor.supervision();
        const auto before = starts().size();

        QVERIFY(QDir().mkpath(folder));
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);

        QCOMPARE(known.reasonCode, std::string("ollama_models_gone"));
        QVERIFY(known.reasonText.find(folder.toStdString()) != std::string::npos);
        QCOMPARE(before, 0);
        QVERIFY(QDir(folder).removeRecursively() && QDir(m_home->filePath(QStringLiteral("disk"))).removeRecursively());
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().reasonCode, std::string("ollama_models_lost"), waitMs);
        QCOMPARE(supervisor.supervision().state, State::Running); // it still serves what it has in memory
    }

    void saysWhoHasThePortAndStartsWhenItIsFree()
    {
        QTcpServer stranger;
        QVERIFY(stranger.listen(QHostAddress::LocalHost, static_cast<quint16>(m_port)));
        connect(&stranger, &QTcpServer::newConnection, this, [&] {
            auto* caller = stranger.nextPendingConnection();
            caller->write("220 mail.example.org\r\n");
            caller->disconnectFromHost();
        });
        Supervisor supervisor(supervising());

        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Blocked, waitMs);
        const QString text = QString::fromStdString(supervisor.supervision().reasonText);
        stranger.close();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);

        QVERIFY2(text.contains(QString::number(m_port)), qPrintable(text));
#ifdef Q_OS_LINUX
        QVERIFY2(text.contains(QStringLiteral("(pid %1)").arg(QCoreApplication::applicationPid())), qPrintable(text));
#endif
    }

    void saysThatThereIsNoProgram()
    {
        auto options = supervising();
        options.program = m_home->filePath(QStringLiteral("ollama"));
        Supervisor supervisor(options);

        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Missing, waitMs);
        QVERIFY(QFile::link(fakeProgram(), options.program));

        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);
    }

    void endsEvenOneThatDoesNotWantTo()
    {
        auto options = supervising("stubborn runner");
        options.times.stopMax = 200ms;
        Supervisor supervisor(options);
        QSignalSpy stopped(&supervisor, &Supervisor::stopped);
        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);

        supervisor.stop();
        QTRY_COMPARE_WITH_TIMEOUT(stopped.size(), 1, waitMs);

        QTRY_VERIFY_WITH_TIMEOUT(allGone(), waitMs);
    }

    void endsTheRunnersOfOneThatCrashed()
    {
        auto options = supervising("runner");
        options.times.restarts.restartsMax = 0;
        Supervisor supervisor(options);
        supervisor.start();
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::Running, waitMs);

        ::kill(static_cast<pid_t>(supervisor.supervision().pid), SIGKILL);
        QTRY_COMPARE_WITH_TIMEOUT(supervisor.supervision().state, State::GaveUp, waitMs);

        QTRY_VERIFY_WITH_TIMEOUT(allGone(), waitMs);
    }

    void leavesNoOrphanWhenKilled()
    {
        qputenv("FAKE_OLLAMA", "stubborn runner");
        QProcess drover;
        drover.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--supervise"), QString::number(m_port)});
        QVERIFY(drover.waitForStarted(waitMs));
        QByteArray said;
        connect(&drover, &QProcess::readyRead, this, [&] { said += drover.readAll(); });
        QTRY_VERIFY_WITH_TIMEOUT(said.contains("running"), waitMs);
        QVERIFY(!allGone());

        drover.kill(); // SIGKILL
        QVERIFY(drover.waitForFinished(waitMs));

        QTRY_VERIFY_WITH_TIMEOUT(allGone(), waitMs);
    }

    void findsTheProgram_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QStringList>("usual");
        QTest::addColumn<QString>("found"); ///< in the folder of this test
        const QStringList none{QStringLiteral("/nowhere")};
        const QString place = QStringLiteral("%1/usual/ollama");
        QTest::newRow("nowhere") << QString() << none << none << QString();
        QTest::newRow("in PATH") << QString() << QStringList{QStringLiteral("%1/bin")} << QStringList{place}
                                 << QStringLiteral("bin/ollama");
        QTest::newRow("in a usual place") << QString() << none << QStringList{QStringLiteral("/nowhere/ollama"), place}
                                          << QStringLiteral("usual/ollama");
        QTest::newRow("by its path") << QStringLiteral("%1/bin/other") << none << none << QStringLiteral("bin/other");
        QTest::newRow("by its name") << QStringLiteral("other") << QStringList{QStringLiteral("%1/bin")} << none
                                     << QStringLiteral("bin/other");
        QTest::newRow("named and not there: no other")
            << QStringLiteral("%1/bin/gone") << QStringList{QStringLiteral("%1/bin")} << QStringList{place}
            << QString();
        QTest::newRow("not executable") << QStringLiteral("%1/bin/text") << none << none << QString();
    }

    void findsTheProgram()
    {
        QFETCH(QString, wanted);
        QFETCH(QStringList, path);
        QFETCH(QStringList, usual);
        QFETCH(QString, found);
        QVERIFY(QDir(m_home->path()).mkpath(QStringLiteral("bin")));
        QVERIFY(QDir(m_home->path()).mkpath(QStringLiteral("usual")));
        for (const char* name : {"bin/ollama", "bin/other", "usual/ollama"})
            QVERIFY(QFile::link(fakeProgram(), m_home->filePath(QLatin1String(name))));
        QFile text(m_home->filePath(QStringLiteral("bin/text")));
        QVERIFY(text.open(QIODevice::WriteOnly));
        const auto here = [&](QString each) { return each.replace(QStringLiteral("%1"), m_home->path()); };
        std::ranges::transform(path, path.begin(), here);
        std::ranges::transform(usual, usual.begin(), here);

        const QString program = findOllamaProgram(here(wanted), path, usual);

        QCOMPARE(program, found.isEmpty() ? QString() : m_home->filePath(found));
    }

private:
    SupervisorOptions supervising(const QByteArray& behaviour = {}) const
    {
        qputenv("FAKE_OLLAMA", behaviour);
        SupervisorOptions options{
            .mode = OllamaMode::Supervise, .server = serverAt(m_port), .program = fakeProgram(), .times = {}};
        options.times.lookEvery = 100ms;
        options.times.lookEveryAtStart = 50ms;
        options.times.restarts.delayFirst = 10ms;
        return options;
    }

    void startOther(QProcess& other) const
    {
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QStringLiteral("OLLAMA_HOST"), QStringLiteral("127.0.0.1:%1").arg(m_port));
        other.setProcessEnvironment(environment);
        other.start(fakeProgram(), {QStringLiteral("serve")});
        QVERIFY(other.waitForStarted(waitMs));
        const auto answers = [this] {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress::LocalHost, static_cast<quint16>(m_port));
            return socket.waitForConnected(waitMs);
        };
        QTRY_VERIFY_WITH_TIMEOUT(answers(), waitMs);
    }

    QList<QJsonObject> starts() const
    {
        QList<QJsonObject> all;
        QFile file(m_log);
        if (file.open(QIODevice::ReadOnly)) {
            while (!file.atEnd())
                all << QJsonDocument::fromJson(file.readLine()).object();
        }
        return all;
    }

    bool allGone() const
    {
        const auto all = starts();
        return !all.isEmpty() && std::ranges::all_of(all, [](const QJsonObject& each) {
            const qint64 runner = each.value(QStringLiteral("runner")).toInteger();
            return isGone(each.value(QStringLiteral("pid")).toInteger()) && (runner == 0 || isGone(runner));
        });
    }

    std::unique_ptr<QTemporaryDir> m_home;
    QString m_log;
    int m_port = 0;
};

/// With "--supervise PORT" this is a program that supervises until it is killed.
int main(int argc, char* argv[])
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.value(1) == QStringLiteral("--supervise")) {
        Supervisor supervisor({.mode = OllamaMode::Supervise,
            .server = serverAt(arguments.value(2).toInt()),
            .program = fakeProgram(),
            .times = {}});
        QObject::connect(&supervisor, &Supervisor::changed, &application, [](const Supervision& known) {
            QFile out;
            if (out.open(1, QIODevice::WriteOnly))
                out.write(QByteArray::fromStdString(std::string(name(known.state)) + "\n"));
        });
        supervisor.start();
        return QCoreApplication::exec();
    }
    SupervisorTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "supervisor_test.moc"
