// SPDX-License-Identifier: MIT
#include "core/net/open_files.h"
#include "core/net/peer_process.h"
#include "core/net/port_owner.h"
#include "core/net/socket_owners.h"
#include "core/net/socket_table_linux.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <QtCore/QFile>
#include <QtCore/QProcess>
#include <QtCore/QStandardPaths>
#include <QtCore/QTemporaryDir>
#include <QtTest/QtTest>

#include <cstring>
#include <memory>
#include <utility>
#include <vector>

using namespace drover;

namespace {

constexpr int waitMillisecondsMax = 20'000;

/// An open socket.
class Socket {
public:
    explicit Socket(int number = -1)
        : m_number(number)
    {
    }
    Socket(Socket&& other) noexcept
        : m_number(std::exchange(other.m_number, -1))
    {
    }
    Socket& operator=(Socket&&) = delete;
    ~Socket()
    {
        if (m_number >= 0)
            close(m_number);
    }
    int number() const { return m_number; }

private:
    int m_number;
};

SocketAddress addressOf(const sockaddr_storage& storage)
{
    SocketAddress result;
    if (storage.ss_family == AF_INET) {
        const auto& v4 = reinterpret_cast<const sockaddr_in&>(storage);
        result.port = ntohs(v4.sin_port);
        std::memcpy(result.bytes.data(), &v4.sin_addr, 4);
    } else {
        const auto& v6 = reinterpret_cast<const sockaddr_in6&>(storage);
        result.port = ntohs(v6.sin6_port);
        result.v6 = true;
        std::memcpy(result.bytes.data(), &v6.sin6_addr, 16);
    }
    return result;
}

/// Listens on a loopback address with any free port.
class Listener {
public:
    explicit Listener(int family = AF_INET)
        : m_socket(socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0))
    {
        sockaddr_storage address{};
        address.ss_family = static_cast<sa_family_t>(family);
        if (family == AF_INET)
            reinterpret_cast<sockaddr_in&>(address).sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        else
            reinterpret_cast<sockaddr_in6&>(address).sin6_addr = in6addr_loopback;
        m_good = bind(m_socket.number(), reinterpret_cast<const sockaddr*>(&address), sizeof(address)) == 0
            && listen(m_socket.number(), 4096) == 0;
        socklen_t size = sizeof(address);
        getsockname(m_socket.number(), reinterpret_cast<sockaddr*>(&address), &size);
        m_address = addressOf(address);
    }

    bool isGood() const { return m_good; }
    const SocketAddress& address() const { return m_address; }
    QString port() const { return QString::number(m_address.port); }

    /// The next client and its address; a closed socket when none comes.
    std::pair<Socket, SocketAddress> next() const
    {
        pollfd waiting{.fd = m_socket.number(), .events = POLLIN, .revents = 0};
        if (poll(&waiting, 1, waitMillisecondsMax) != 1)
            return {Socket(), SocketAddress()};
        sockaddr_storage address{};
        socklen_t size = sizeof(address);
        const int number = accept4(m_socket.number(), reinterpret_cast<sockaddr*>(&address), &size, SOCK_CLOEXEC);
        return {Socket(number), addressOf(address)};
    }

private:
    Socket m_socket;
    SocketAddress m_address;
    bool m_good = false;
};

/// Runs a program that is ended with this object.
class Running {
public:
    Running(const QString& program, const QStringList& arguments)
    {
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, arguments);
        m_process.waitForStarted(waitMillisecondsMax);
    }
    ~Running()
    {
        m_process.kill();
        m_process.waitForFinished(waitMillisecondsMax);
    }
    std::uint32_t pid() const { return static_cast<std::uint32_t>(m_process.processId()); }

private:
    QProcess m_process;
};

QString writeFile(const QTemporaryDir& folder, const QString& name, const char* text)
{
    QFile file(folder.filePath(name));
    if (file.open(QIODevice::WriteOnly))
        file.write(text);
    return file.fileName();
}

constexpr const char* pythonScript = R"(
import resource, socket, sys
host, port, count = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
family = socket.AF_INET6 if ':' in host else socket.AF_INET
held = []
for i in range(count):
    held.append(socket.socket(family))
    held[-1].connect((host, port))
held[0].recv(1)
)";
constexpr const char* nodeScript = "require('net').connect(+process.argv[2], '127.0.0.1')";
constexpr const char* bashScript = "exec 9<>/dev/tcp/127.0.0.1/$1; read -r line <&9";

} // namespace

class PeerProcessLinuxTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void namesProgramsWithoutAnyConfiguration_data()
    {
        QTest::addColumn<QString>("program");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("name");
        const auto row = [this](const char* program, QStringList arguments, const char* name) {
            QTest::newRow(name) << QString::fromUtf8(program) << arguments << QString::fromUtf8(name);
        };
        const QString python = writeFile(m_folder, QStringLiteral("train.py"), pythonScript);
        const QString port = QStringLiteral("PORT");
        row("python3", {python, QStringLiteral("127.0.0.1"), port, QStringLiteral("1")}, "python train.py");
        row("curl", {QStringLiteral("-s"), QStringLiteral("http://127.0.0.1:PORT/?token=secret")}, "curl");
        row("node", {writeFile(m_folder, QStringLiteral("server.js"), nodeScript), port}, "node server.js");
        row("bash", {writeFile(m_folder, QStringLiteral("ask.sh"), bashScript), port}, "bash ask.sh");
    }
    void namesProgramsWithoutAnyConfiguration()
    {
        QFETCH(QString, program);
        QFETCH(QStringList, arguments);
        QFETCH(QString, name);
        const QString path = QStandardPaths::findExecutable(program);
        if (path.isEmpty())
            QSKIP("not installed");
        const Listener listener;
        QVERIFY(listener.isGood());
        PeerProcesses peers([](std::function<void()> task) {
            QMetaObject::invokeMethod(
                qApp, [task = std::move(task)] { task(); }, Qt::QueuedConnection);
        });

        const Running client(path, arguments.replaceInStrings(QStringLiteral("PORT"), listener.port()));
        const auto [connection, address] = listener.next();
        QVERIFY(connection.number() >= 0);
        bool answered = false;
        std::optional<ProgramIdentity> found;
        peers.find(address, listener.address(), [&](std::optional<ProgramIdentity> answer) {
            found = std::move(answer);
            answered = true;
        });
        QVERIFY(!answered);

        QTRY_VERIFY_WITH_TIMEOUT(answered, waitMillisecondsMax);
        QVERIFY(found);
        QCOMPARE(QString::fromStdString(found->name), name);
        QCOMPARE(found->pid, client.pid());
    }

    void namesClientsOfEveryKindOfAddress_data()
    {
        QTest::addColumn<int>("family");
        QTest::addColumn<QString>("host");
        QTest::newRow("IPv6") << AF_INET6 << QStringLiteral("::1");
        QTest::newRow("IPv4 through an IPv6 socket") << AF_INET << QStringLiteral("::ffff:127.0.0.1");
    }
    void namesClientsOfEveryKindOfAddress()
    {
        QFETCH(int, family);
        QFETCH(QString, host);
        const Listener listener(family);
        if (!listener.isGood())
            QSKIP("no such addresses on this machine");
        const QString script = writeFile(m_folder, QStringLiteral("ask.py"), pythonScript);

        const Running client(QStandardPaths::findExecutable(QStringLiteral("python3")),
            {script, host, listener.port(), QStringLiteral("1")});
        const auto [connection, address] = listener.next();
        QVERIFY(connection.number() >= 0);

        SocketOwners owners;
        const auto found = owners.find(address, listener.address());
        QVERIFY(found);
        QCOMPARE(found->pid, client.pid());
    }

    void findsTheSameSocketsWithoutNetlink_data() { namesClientsOfEveryKindOfAddress_data(); }
    void findsTheSameSocketsWithoutNetlink()
    {
        QFETCH(int, family);
        QFETCH(QString, host);
        const Listener listener(family);
        if (!listener.isGood())
            QSKIP("no such addresses on this machine");
        const QString script = writeFile(m_folder, QStringLiteral("ask.py"), pythonScript);
        const Running client(QStandardPaths::findExecutable(QStringLiteral("python3")),
            {script, host, listener.port(), QStringLiteral("1")});
        const auto [connection, address] = listener.next();
        QVERIFY(connection.number() >= 0);
        SocketTable netlink;
        SocketTable proc(SocketTable::Source::Proc);

        const auto connected = proc.connected(address, listener.address());
        const auto listening = proc.listening(listener.address().port);

        QVERIFY(connected && listening);
        QCOMPARE(connected->inode, netlink.connected(address, listener.address()).value_or(ListedSocket()).inode);
        QCOMPARE(listening->inode, netlink.listening(listener.address().port).value_or(ListedSocket()).inode);
        QCOMPARE(connected->account, static_cast<std::uint32_t>(getuid()));
        QVERIFY(!proc.connected(listener.address(), listener.address()));
    }

    void followsAProgramThroughTwoThousandConnections()
    {
        constexpr int connections = 2'000;
        if (raiseOpenFilesLimit() < connections + 100)
            QSKIP("too few files may be open here");
        const Listener listener;
        SocketOwners owners;
        const QString script = writeFile(m_folder, QStringLiteral("burst.py"), pythonScript);

        const Running client(QStandardPaths::findExecutable(QStringLiteral("python3")),
            {script, QStringLiteral("127.0.0.1"), listener.port(), QString::number(connections)});
        std::vector<Socket> held;
        std::uint64_t firstCost = 0;
        for (int i = 0; i < connections; ++i) {
            auto [connection, address] = listener.next();
            QVERIFY(connection.number() >= 0);
            const auto found = owners.find(address, listener.address());
            QVERIFY(found);
            QCOMPARE(found->pid, client.pid());
            held.push_back(std::move(connection));
            firstCost = i == 0 ? owners.questions() : firstCost;
        }

        const double each = static_cast<double>(owners.questions() - firstCost) / (connections - 1);
        QVERIFY2(each <= 3, qPrintable(QString::number(each)));
    }

    void findsNothingForAConnectionThatIsGone()
    {
        const Listener listener;
        SocketOwners owners;
        SocketAddress nobody = listener.address();
        nobody.port = 1;

        QVERIFY(!owners.find(nobody, listener.address()));
    }

    void answersLookupsThatWaitWhenItEnds()
    {
        const Listener listener;
        int answers = 0;
        constexpr int asked = 1'000;
        {
            PeerProcesses peers([](std::function<void()> task) {
                QMetaObject::invokeMethod(
                    qApp, [task = std::move(task)] { task(); }, Qt::QueuedConnection);
            });
            for (int i = 0; i < asked; ++i)
                peers.find(listener.address(), listener.address(), [&](auto) { ++answers; });
        }

        QTRY_COMPARE_WITH_TIMEOUT(answers, asked, waitMillisecondsMax);
    }

    void tellsWhoListens_data()
    {
        QTest::addColumn<int>("family");
        QTest::newRow("IPv4") << AF_INET;
        QTest::newRow("IPv6") << AF_INET6;
    }
    void tellsWhoListens()
    {
        QFETCH(int, family);
        const Listener listener(family);
        if (!listener.isGood())
            QSKIP("no such addresses on this machine");

        const auto owner = whoListens(listener.address().port);

        QVERIFY(owner);
        QCOMPARE(owner->pid, static_cast<std::uint32_t>(getpid()));
        QCOMPARE(owner->name, std::string("peer_process_linux_test"));
    }

    void tellsThatNobodyListens()
    {
        std::uint16_t port = 0;
        {
            const Listener listener;
            port = listener.address().port;
        }

        QVERIFY(!whoListens(port));
    }

    void saysByWhomAPortIsTaken()
    {
        QCOMPARE(
            portTakenSentence(80, ProgramIdentity{"nginx", 12}), std::string("Port 80 is used by nginx (pid 12)."));
        QCOMPARE(portTakenSentence(80, ProgramIdentity{"a program of user ollama", 0}),
            std::string("Port 80 is used by a program of user ollama."));
        QCOMPARE(portTakenSentence(80, {}), std::string("Port 80 is used by another program."));
        QVERIFY(portTakenSentence(11435, ProgramIdentity{"Ollama", 12}).find("Claude Desktop") != std::string::npos);
        QVERIFY(portTakenSentence(11434, ProgramIdentity{"Ollama", 12}).find("Claude Desktop") == std::string::npos);
    }

    void raisesTheLimitOfOpenFiles()
    {
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &before), 0);
        const rlimit low{.rlim_cur = std::min<rlim_t>(before.rlim_max, 200), .rlim_max = before.rlim_max};
        QCOMPARE(setrlimit(RLIMIT_NOFILE, &low), 0);

        const std::size_t files = raiseOpenFilesLimit();

        rlimit after{};
        QCOMPARE(getrlimit(RLIMIT_NOFILE, &after), 0);
        QCOMPARE(static_cast<std::size_t>(after.rlim_cur), files);
        QVERIFY(files >= std::min<std::size_t>(before.rlim_max, 1'024));
    }

    void leavesFilesForBackends()
    {
        QCOMPARE(connectionsWithin(1'024), std::size_t(840));
        QCOMPARE(connectionsWithin(10), std::size_t(1));
    }

private:
    QTemporaryDir m_folder;
};

QTEST_GUILESS_MAIN(PeerProcessLinuxTest)
#include "peer_process_linux_test.moc"
