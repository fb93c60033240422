// SPDX-License-Identifier: MIT
#include "app/command/service/log_writer.h"
#include "app/command/service/pause_note.h"
#include "app/command/service/service.h"
#include "app/settings/settings_watcher.h"

#include "tests/support/fake_engine.h"

#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace drover::app;
using namespace std::chrono_literals;

namespace {

void writeInPlace(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

/// As editors do: a new file takes the old one's name.
void replaceFile(const QString& path, const QByteArray& text)
{
    QSaveFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
    QVERIFY(file.commit());
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class ServiceTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_environment = {{"DROVER_HOME", m_home->path().toStdString()}};
        m_places = findPlaces(m_environment);
        m_log = m_home->filePath(QStringLiteral("log"));
    }

    void startsAndEnds()
    {
        auto service = make();
        QVERIFY(service->start(LogWriter::Echo::None).code == ExitCode::Ok);
        QSignalSpy stopped(service.get(), &Service::stopped);

        const std::string greeting = service->greeting();
        const bool noteWritten = QFileInfo::exists(QString::fromStdString(m_places.runningFile));
        service->stop();
        QTRY_COMPARE(stopped.size(), 1);
        service.reset();

        QVERIFY(greeting.find("SIMULATED") != std::string::npos);
        QVERIFY(noteWritten);
        QVERIFY(!QFileInfo::exists(QString::fromStdString(m_places.runningFile)));
    }

    void takesChangedSettingsAndKeepsOldOnesWhenTheyAreBad()
    {
        auto service = make();
        QVERIFY(service->start(LogWriter::Echo::None).code == ExitCode::Ok);
        const QString file = QString::fromStdString(m_places.settingsFile);

        writeInPlace(file, "[queue]\nwaiting_max = 7\n");
        service->reload();
        const auto first = service->settings().config.limits.queueWaitingMax;
        writeInPlace(file, "[queue]\n\nwaiting_max = 0\n");
        service->reload();
        const auto second = service->settings().config.limits.queueWaitingMax;
        writeInPlace(file, "[status]\nlisten = \"127.0.0.1:1\"\n[queue]\nwaiting_max = 9\n");
        service->reload();

        QCOMPARE(first, std::size_t(7));
        QCOMPARE(second, std::size_t(7));
        QCOMPARE(service->settings().config.limits.queueWaitingMax, std::size_t(9));
        const QByteArray log = contentOf(m_log);
        QVERIFY2(log.contains("drover.toml:3: queue.waiting_max must be"), log.constData());
        QVERIFY(log.contains("the old settings stay in force"));
    }

    /// A pool whose shared key is in a keyring that is locked must not be open meanwhile.
    void hostsNoPoolBeforeItsSharedKeyIsThere()
    {
        writeInPlace(
            QString::fromStdString(m_places.settingsFile), "[host]\nenabled = true\nclient_key_secret = \"clients\"\n");
        drover::FakeEngine* engine = nullptr;
        drover::Config first;
        const auto make = [&](drover::Config config, drover::EngineHooks) {
            first = std::move(config);
            auto made = std::make_unique<drover::FakeEngine>();
            engine = made.get();
            return made;
        };
        Environment environment = m_environment;
        const auto start = [&] {
            auto service = std::make_unique<Service>(
                m_places, SettingsSource(m_places, environment, {{"--log-file", m_log.toStdString()}}), make);
            service->start(LogWriter::Echo::None);
            return service;
        };

        auto without = start();
        QTRY_VERIFY(contentOf(m_log).contains("a key is missing"));
        QVERIFY(!first.hosting.enabled && first.hosting.clientKey.empty());
        QVERIFY(!engine->config.hosting.enabled);
        without.reset();
        environment["DROVER_SECRET_CLIENTS"] = "very-secret";
        const auto with = start();

        QTRY_VERIFY(first.hosting.enabled || engine->config.hosting.enabled);
        QCOMPARE(QByteArray::fromStdString(engine->config.hosting.clientKey), QByteArray("very-secret"));
        QVERIFY(!contentOf(m_log).contains("very-secret"));
    }

    void saysWhichKindOfTroubleItHas()
    {
        writeInPlace(QString::fromStdString(m_places.settingsFile), "[queue]\nfoo = 1\n[nonsense]\n");
        const auto bad = make()->start(LogWriter::Echo::None);
        QVERIFY(bad.code == ExitCode::BadConfig);
        QCOMPARE(bad.sentences.size(), std::size_t(2));

        const auto missing = make("/nowhere/drover.toml")->start(LogWriter::Echo::None);
        QVERIFY(missing.code == ExitCode::Unreadable);

        QVERIFY(QFile::remove(QString::fromStdString(m_places.settingsFile)));
        m_log = m_home->filePath(QStringLiteral("at/all/log"));
        const auto nowhere = make()->start(LogWriter::Echo::None);
        QVERIFY2(nowhere.code == ExitCode::CannotWrite, nowhere.sentences.empty() ? "" : nowhere.sentences[0].c_str());
        QVERIFY(!QFileInfo::exists(m_home->filePath(QStringLiteral("at"))));
    }

    void saysThatThePortIsTaken()
    {
        auto first = make();
        QVERIFY(first->start(LogWriter::Echo::None).code == ExitCode::Ok);
        const std::string address = first->engine().snapshot().address;

        const auto trouble = make({}, address.substr(address.rfind(':') + 1))->start(LogWriter::Echo::None);

        QVERIFY(trouble.code == ExitCode::PortTaken);
        QCOMPARE(trouble.sentences.size(), std::size_t(1));
    }

    void keepsAPauseOverARestart()
    {
        const QString note = QString::fromStdString(m_places.stateFolder + "/pause.json");
        const auto now = drover::WallTime::clock::now();
        auto service = make();
        QVERIFY(service->start(LogWriter::Echo::None).code == ExitCode::Ok);
        service->engine().pause(now + 1h);
        QTRY_VERIFY(QFileInfo::exists(note));
        service.reset();

        service = make();
        QVERIFY(service->start(LogWriter::Echo::None).code == ExitCode::Ok);
        const auto again = service->engine().snapshot();
        service->engine().resume();
        QTRY_VERIFY(!QFileInfo::exists(note));

        QVERIFY(again.paused);
        const auto until = std::chrono::floor<std::chrono::milliseconds>(now + 1h).time_since_epoch().count();
        QCOMPARE(again.pausedUntil, until);
    }
    void forgetsAPauseThatIsOver_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("paused");
        QTest::newRow("over") << QByteArray("{\"until_ms\":1000}") << false;
        QTest::newRow("too far away") << QByteArray("{\"until_ms\":9000000000000000}") << false;
        QTest::newRow("no number") << QByteArray("{\"until_ms\":\"soon\"}") << false;
        QTest::newRow("broken") << QByteArray("{\"until_ms\":") << false;
        QTest::newRow("no file") << QByteArray() << false;
        QTest::newRow("without an end") << QByteArray("{}") << true;
    }
    void forgetsAPauseThatIsOver()
    {
        QFETCH(QByteArray, text);
        QVERIFY(makeStateFolder(m_places));
        if (!text.isEmpty())
            writeInPlace(QString::fromStdString(m_places.stateFolder + "/pause.json"), text);
        QTEST(readPauseNote(m_places, PauseOf::Queue, drover::WallTime::clock::now()).paused, "paused");
    }

    void seesEveryWayOfChangingAFile()
    {
        const QString file = m_home->filePath(QStringLiteral("deep/er/drover.toml"));
        SettingsWatcher watcher(file);
        QSignalSpy changed(&watcher, &SettingsWatcher::changed);

        QVERIFY(QDir().mkpath(QFileInfo(file).path()));
        writeInPlace(file, "a");
        QTRY_COMPARE(changed.size(), 1);
        writeInPlace(file, "b");
        QTRY_COMPARE(changed.size(), 2);
        replaceFile(file, "c");
        QTRY_COMPARE(changed.size(), 3);
        replaceFile(file, "d");
        QTRY_COMPARE(changed.size(), 4);
        QVERIFY(QFile::remove(file));
        QTRY_COMPARE(changed.size(), 5);
    }

    void writesLinesWithTimeAndLevel()
    {
        const auto writer = LogWriter::open(m_log.toStdString(), LogWriter::Echo::None, drover::LogLevel::Info);
        QVERIFY(writer);

        (*writer)->write(drover::LogLevel::Debug, "not this");
        (*writer)->write(drover::LogLevel::Warning, "user=\"{}\x1b[2J\" n=1");

        const QByteArray log = contentOf(m_log);
        QVERIFY2(log.endsWith("warning user=\"{}\uFFFD[2J\" n=1\n"), log.constData());
        QVERIFY(log.startsWith("20"));
        QCOMPARE(log.count('\n'), 1);
    }

    void survivesAFullDisk()
    {
        if (!QFileInfo::exists(QStringLiteral("/dev/full")))
            QSKIP("this system has no /dev/full");
        QVERIFY(QFile::link(QStringLiteral("/dev/full"), m_log));
        const auto writer = LogWriter::open(m_log.toStdString(), LogWriter::Echo::None, drover::LogLevel::Info);
        QVERIFY(writer);

        for (int i = 0; i < 100; ++i)
            (*writer)->write(drover::LogLevel::Info, std::string(10'000, 'x'));
    }

private:
    std::unique_ptr<Service> make(const std::string& file = {}, const std::string& port = "0")
    {
        return std::make_unique<Service>(m_places,
            SettingsSource(m_places, m_environment,
                {{"--demo", "true"}, {"--port", port}, {"--status-addr", "127.0.0.1:0"},
                    {"--log-file", m_log.toStdString()}},
                file));
    }

    std::unique_ptr<QTemporaryDir> m_home;
    Environment m_environment;
    Places m_places;
    QString m_log;
};

QTEST_GUILESS_MAIN(ServiceTest)
#include "service_test.moc"
