// SPDX-License-Identifier: MIT
#include "app/desktop/one_instance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocalSocket>
#include <QOperatingSystemVersion>
#include <QStandardPaths>
#include <QTimer>

#include <optional>

namespace drover::app {

namespace {

constexpr auto argumentsKey = QLatin1String("arguments");
constexpr auto tokenKey = QLatin1String("activation_token");
constexpr auto taken = "taken\n";
constexpr qsizetype socketPathBytesMax = 100; ///< the least of all systems is 104, with what ends it
constexpr int lockTimeMs = 100; ///< between two looks whether the first one has ended

QString nameFor(const Places& places)
{
    const auto folder = QString::fromStdString(places.stateFolder);
    const auto digest = QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(32);
    const QString name = QStringLiteral("drover-tray-") + QString::fromLatin1(digest);
    if (QOperatingSystemVersion::currentType() == QOperatingSystemVersion::Windows)
        return name;
    const QString path = folder + QStringLiteral("/drover-tray.socket");
    if (QFile::encodeName(path).size() <= socketPathBytesMax)
        return path;
    return QStandardPaths::writableLocation(QStandardPaths::RuntimeLocation) + QLatin1Char('/') + name;
}

/// One line of JSON.
QByteArray messageOf(const OneInstance::Start& start)
{
    const QJsonObject json{{argumentsKey, QJsonArray::fromStringList(start.arguments)},
        {tokenKey, QString::fromLatin1(start.activationToken)}};
    return QJsonDocument(json).toJson(QJsonDocument::Compact) + '\n';
}

std::optional<OneInstance::Start> startIn(const QByteArray& line)
{
    const auto json = QJsonDocument::fromJson(line);
    if (!json[argumentsKey].isArray())
        return {};
    OneInstance::Start start{.activationToken = json[tokenKey].toString().toLatin1()};
    const auto words = json[argumentsKey].toArray();
    for (const auto& word : words) {
        if (!word.isString())
            return {};
        start.arguments << word.toString();
    }
    return start;
}

enum class Call { Taken, NobodyThere, Silent };

/// Gives the message to the first instance and waits until it has it.
Call call(const QString& name, const QByteArray& message, const QDeadlineTimer& deadline)
{
    const auto left = [&deadline] { return static_cast<int>(deadline.remainingTime()); };
    QLocalSocket socket;
    socket.connectToServer(name);
    if (!socket.waitForConnected(left()))
        return Call::NobodyThere;
    socket.write(message);
    while (!socket.canReadLine()) {
        if (socket.state() != QLocalSocket::ConnectedState)
            return Call::NobodyThere; // it is just ending
        if (deadline.hasExpired())
            return Call::Silent;
        socket.waitForReadyRead(left());
    }
    return socket.readLine() == taken ? Call::Taken : Call::NobodyThere;
}

} // namespace

OneInstance::OneInstance(const Places& places, QObject* parent)
    : QObject(parent)
    , m_places(places)
    , m_socketName(nameFor(places))
    , m_lock(QString::fromStdString(places.stateFolder) + QStringLiteral("/drover-tray.lock"))
{
    m_lock.setStaleLockTime(0); // stale is what belongs to a process that is gone, never what is old
    connect(&m_server, &QLocalServer::newConnection, this, &OneInstance::takeCallers);
}

OneInstance::~OneInstance()
{
    m_server.close(); // before another one can have the lock
}

Result<OneInstance::Role> OneInstance::begin(const Start& start)
{
    const QByteArray message = messageOf(start);
    if (message.size() > messageBytesMax)
        return fail(Errc::TooLarge, "the arguments are too long for the Drover that runs already");
    makeStateFolder(m_places); // trouble shows at the lock
    const QDeadlineTimer deadline(answerTimeMaxMs);
    do {
        if (m_lock.tryLock(lockTimeMs)) {
            const auto listening = listen();
            return listening ? Result<Role>(Role::First) : listening.error();
        }
        if (m_lock.error() != QLockFile::LockFailedError)
            return fail(Errc::Io, m_places.stateFolder + "/drover-tray.lock: the file cannot be made");
        switch (call(m_socketName, message, deadline)) {
        case Call::Taken:
            return Role::HandedOver;
        case Call::Silent:
            return Role::FirstIsSilent;
        case Call::NobodyThere:
            break; // it begins or ends at this moment
        }
    } while (!deadline.hasExpired());
    return Role::FirstIsSilent;
}

qint64 OneInstance::firstProcess() const
{
    qint64 process = 0;
    QString host;
    QString program;
    return m_lock.getLockInfo(&process, &host, &program) ? process : 0;
}

Result<> OneInstance::listen()
{
    QLocalServer::removeServer(m_socketName); // left behind by one that was killed: whoever has the lock is alone
    m_server.setSocketOptions(QLocalServer::UserAccessOption);
    if (!m_server.listen(m_socketName))
        return fail(Errc::Io, m_socketName.toStdString() + ": " + m_server.errorString().toStdString());
    return {};
}

void OneInstance::takeCallers()
{
    while (auto* caller = m_server.nextPendingConnection()) {
        connect(caller, &QLocalSocket::disconnected, caller, &QObject::deleteLater);
        connect(caller, &QLocalSocket::readyRead, this, [this, caller] { read(*caller); });
        QTimer::singleShot(answerTimeMaxMs, caller, &QObject::deleteLater);
        caller->setReadBufferSize(messageBytesMax + 1);
        if (m_server.findChildren<QLocalSocket*>().size() > callersMax)
            caller->abort();
        else
            read(*caller);
    }
}

void OneInstance::read(QLocalSocket& caller)
{
    if (!caller.canReadLine()) {
        if (caller.bytesAvailable() > messageBytesMax)
            caller.abort();
        return;
    }
    const auto start = startIn(caller.readLine(messageBytesMax + 1));
    disconnect(&caller, &QLocalSocket::readyRead, this, nullptr); // one message each
    if (!start)
        return caller.abort();
    caller.write(taken);
    caller.flush();
    caller.disconnectFromServer();
    Q_EMIT startedAgain(*start);
}

} // namespace drover::app
