// SPDX-License-Identifier: MIT
#include "app/desktop/one_instance.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QLocalSocket>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <vector>

using namespace drover;
using namespace drover::app;
using Role = OneInstance::Role;

namespace {

constexpr int waitMaxMs = 20'000;
constexpr auto homeVariable = "DROVER_HOME";
constexpr auto anotherVariable = "DROVER_TEST_IS_ANOTHER"; ///< set for the processes that a test starts

/// This program as another Drover: it is the first and stays, or says what else it is.
int beAnotherDrover()
{
    OneInstance instance(findPlaces(processEnvironment()));
    const auto role = instance.begin({QCoreApplication::arguments().mid(1), "token"});
    const bool first = role && *role == Role::First;
    std::puts(first ? "first" : role && *role == Role::HandedOver ? "handed over" : "no");
    std::fflush(stdout);
    return first ? QCoreApplication::exec() : 0;
}

} // namespace

/// Real processes and objects of this one, over a state folder for each test.
class OneInstanceTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;

    Places places() const { return findPlaces({{homeVariable, m_home->path().toStdString()}}); }

    std::unique_ptr<QProcess> startAnother(const QStringList& arguments = {}) const
    {
        auto process = std::make_unique<QProcess>();
        auto environment = QProcessEnvironment::systemEnvironment();
        environment.insert(QString::fromLatin1(homeVariable), m_home->path());
        environment.insert(QString::fromLatin1(anotherVariable), QStringLiteral("1"));
        process->setProcessEnvironment(environment);
        process->start(QCoreApplication::applicationFilePath(), arguments);
        return process;
    }

    /// What a process says first, while this one goes on with its events.
    static QByteArray said(QProcess& process)
    {
        (void)QTest::qWaitFor([&] { return process.canReadLine(); }, waitMaxMs);
        return process.readLine().trimmed();
    }

    static bool ended(QProcess& process)
    {
        return QTest::qWaitFor([&] { return process.state() == QProcess::NotRunning; }, waitMaxMs);
    }

    /// Sends bytes to the first one and waits until it hangs up.
    static bool isHungUpOn(const OneInstance& first, const QByteArray& bytes)
    {
        QLocalSocket caller;
        caller.connectToServer(first.socketName());
        caller.write(bytes);
        return QTest::qWaitFor([&] { return caller.state() == QLocalSocket::UnconnectedState; }, waitMaxMs)
            && !caller.readAll().contains("taken");
    }

private Q_SLOTS:
    void init() { m_home = std::make_unique<QTemporaryDir>(); }

    void theSecondHandsItsArgumentsOver()
    {
        OneInstance first(places());
        QSignalSpy told(&first, &OneInstance::startedAgain);
        QVERIFY(*first.begin({}) == Role::First);

        const auto second = startAnother({QStringLiteral("--hidden"), QStringLiteral("drover://open/queue ü\n")});

        QCOMPARE(said(*second), QByteArray("handed over"));
        QVERIFY(told.count() == 1 || told.wait(waitMaxMs));
        const auto start = told.at(0).at(0).value<OneInstance::Start>();
        QCOMPARE(start.activationToken, QByteArray("token"));
        QCOMPARE(
            start.arguments, (QStringList{QStringLiteral("--hidden"), QString::fromUtf8("drover://open/queue ü\n")}));
        QVERIFY(ended(*second));
    }

    void anotherHomeIsAnotherDrover()
    {
        OneInstance first(places());
        QVERIFY(*first.begin({}) == Role::First);
        QTemporaryDir elsewhere;
        OneInstance other(findPlaces({{homeVariable, elsewhere.path().toStdString()}}));

        QVERIFY(*other.begin({}) == Role::First);
        QVERIFY(first.socketName() != other.socketName());
    }

    void theNextIsFirstAfterAnEnd()
    {
        auto first = std::make_unique<OneInstance>(places());
        QVERIFY(*first->begin({}) == Role::First);
        first.reset();

        OneInstance next(places());

        QVERIFY(*next.begin({}) == Role::First);
    }

    void theNextIsFirstAfterAKill()
    {
        const auto killed = startAnother();
        QCOMPARE(said(*killed), QByteArray("first"));
        killed->kill();
        QVERIFY(ended(*killed));

        OneInstance next(places());
        QSignalSpy told(&next, &OneInstance::startedAgain);
        QVERIFY(*next.begin({}) == Role::First);

        const auto second = startAnother({QStringLiteral("x")});
        QCOMPARE(said(*second), QByteArray("handed over"));
        QVERIFY(told.count() == 1 || told.wait(waitMaxMs));
        QVERIFY(ended(*second));
    }

    void saysWhenTheFirstIsSilent()
    {
        OneInstance first(places());
        QVERIFY(*first.begin({}) == Role::First);

        OneInstance second(places());

        QVERIFY(*second.begin({}) == Role::FirstIsSilent); // its events stand still meanwhile
        QCOMPARE(second.firstProcess(), QCoreApplication::applicationPid());
    }

    void onlyItsOwnerMayCall()
    {
        OneInstance first(places());
        QVERIFY(*first.begin({}) == Role::First);

        constexpr auto others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
        const QFileInfo socket(first.socketName());
        QVERIFY(!socket.exists() || !(socket.permissions() & others)); // no file on Windows
    }

    void garbageHarmsNothing_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("no JSON") << QByteArray("garbage\n");
        QTest::newRow("no object") << QByteArray("[1,2]\n");
        QTest::newRow("no arguments") << QByteArray("{}\n");
        QTest::newRow("no list") << QByteArray("{\"arguments\":\"--hidden\"}\n");
        QTest::newRow("no text") << QByteArray("{\"arguments\":[1]}\n");
        QTest::newRow("zeros") << QByteArray(100, '\0') + '\n';
        QTest::newRow("no line end") << QByteArray(OneInstance::messageBytesMax + 1, 'x');
        QTest::newRow("far too long") << QByteArray(1'000'000, '[') + '\n';
    }
    void garbageHarmsNothing()
    {
        QFETCH(QByteArray, bytes);
        OneInstance first(places());
        QSignalSpy told(&first, &OneInstance::startedAgain);
        QVERIFY(*first.begin({}) == Role::First);

        QVERIFY(isHungUpOn(first, bytes));

        QCOMPARE(told.count(), 0);
        const auto second = startAnother();
        QCOMPARE(said(*second), QByteArray("handed over"));
        QVERIFY(ended(*second));
    }

    void manyWhoSayNothingHarmNothing()
    {
        OneInstance first(places());
        QVERIFY(*first.begin({}) == Role::First);
        std::vector<std::unique_ptr<QLocalSocket>> callers;
        for (int i = 0; i < OneInstance::callersMax * 3; ++i) {
            callers.push_back(std::make_unique<QLocalSocket>());
            callers.back()->connectToServer(first.socketName());
        }

        const auto connected = [&] {
            return std::ranges::count_if(
                callers, [](const auto& each) { return each->state() == QLocalSocket::ConnectedState; });
        };
        QVERIFY(QTest::qWaitFor([&] { return connected() <= OneInstance::callersMax; }, waitMaxMs));
        callers.clear();

        const auto second = startAnother();
        QCOMPARE(said(*second), QByteArray("handed over"));
        QVERIFY(ended(*second));
    }

    void refusesArgumentsThatAreTooLong()
    {
        OneInstance instance(places());

        const auto role = instance.begin({QStringList{QString(OneInstance::messageBytesMax, QLatin1Char('x'))}});

        QVERIFY(!role);
        QVERIFY(role.error().code == Errc::TooLarge);
    }

    void worksInAFolderWithALongName()
    {
        const QString deep = m_home->path() + QLatin1Char('/') + QString(120, QLatin1Char('d'));
        OneInstance first(findPlaces({{homeVariable, deep.toStdString()}}));

        const auto role = first.begin({});

        QVERIFY2(role.has_value(), role ? "" : role.error().detail.c_str());
        QVERIFY(*role == Role::First);
    }

    void saysWhenThereCanBeNoLock()
    {
        QFile inTheWay(m_home->path() + QStringLiteral("/state"));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        OneInstance instance(places());

        const auto role = instance.begin({});

        QVERIFY(!role);
        QVERIFY(role.error().code == Errc::Io);
    }
};

int main(int count, char** words)
{
    QCoreApplication application(count, words);
    if (qEnvironmentVariableIsSet(anotherVariable))
        return beAnotherDrover();
    OneInstanceTest test;
    return QTest::qExec(&test, count, words);
}

#include "one_instance_test.moc"
