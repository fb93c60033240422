// SPDX-License-Identifier: MIT
#include "app/link/pool_connection.h"

#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QTimer>
#include <QUrl>

#include <algorithm>

namespace drover::app {

namespace {

/// The status of a handshake that was answered with something else than 101; 0 when there was no answer. QWebSocket
/// tells it in its sentence only.
int httpStatusIn(const QString& sentence)
{
    static const QRegularExpression pattern(QStringLiteral("status code: (\\d{3})"));
    return pattern.match(sentence).captured(1).toInt();
}

bool isThisMachine(const QString& host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

/// The proxy that the system has for such a connection.
QNetworkProxy proxyFor(const QUrl& url)
{
    if (isThisMachine(url.host()))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    QUrl asked = url; // systems know the web's schemes only
    asked.setScheme(url.scheme() == QLatin1String("wss") ? QStringLiteral("https") : QStringLiteral("http"));
    const QList<QNetworkProxy> proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(asked));
    const auto usable = std::ranges::find_if(
        proxies, [](const QNetworkProxy& proxy) { return proxy.type() != QNetworkProxy::FtpCachingProxy; });
    return usable == proxies.end() ? QNetworkProxy(QNetworkProxy::NoProxy) : *usable;
}

} // namespace

PoolConnection::PoolConnection(drover::PoolSocketTold told)
    : m_told(std::move(told))
{
}

PoolConnection::~PoolConnection() = default;

template <class What> void PoolConnection::tell(std::uint64_t number, What what)
{
    m_told({number, std::move(what)});
}

void PoolConnection::open(std::uint64_t number, const drover::PoolAddress& address)
{
    if (QWebSocket* const before = std::exchange(m_socket, nullptr)) {
        before->disconnect(this);
        before->abort();
        before->deleteLater();
    }
    m_number = number;
    m_given = 0;
    const QUrl url(QString::fromStdString(address.url));
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    if (!address.caFile.empty()) {
        const auto authorities = QSslCertificate::fromPath(QString::fromStdString(address.caFile));
        if (authorities.isEmpty())
            return tell(number, drover::PoolSocketClosed{.error = "there is no certificate in " + address.caFile});
        tls.addCaCertificates(authorities);
    }
    m_socket = new QWebSocket(QString(), QWebSocketProtocol::VersionLatest, this);
    m_socket->setMaxAllowedIncomingMessageSize(address.messageBytesMax);
    m_socket->setMaxAllowedIncomingFrameSize(address.messageBytesMax);
    m_socket->setSslConfiguration(tls);
    m_socket->setProxy(proxyFor(url));
    watch(m_socket, number);
    QNetworkRequest request(url);
    if (!address.key.empty())
        request.setRawHeader("Authorization", "Bearer " + QByteArray::fromStdString(address.key));
    m_socket->open(request);
}

void PoolConnection::watch(QWebSocket* socket, std::uint64_t number)
{
    connect(socket, &QWebSocket::connected, this, [this, number] { tell(number, drover::PoolSocketOpened{}); });
    connect(socket, &QWebSocket::textMessageReceived, this,
        [this, number](const QString& text) { tell(number, drover::PoolSocketText{text.toStdString()}); });
    connect(socket, &QWebSocket::pong, this, [this, number] { tell(number, drover::PoolSocketPong{}); });
    connect(socket, &QWebSocket::bytesWritten, this, [this, socket, number] { tellSent(socket, number); });
    // Whether a failed handshake ends in `disconnected` differs between Qt's versions; its state always changes.
    connect(socket, &QWebSocket::stateChanged, this, [this, socket, number](QAbstractSocket::SocketState state) {
        if (state == QAbstractSocket::UnconnectedState)
            QMetaObject::invokeMethod(
                socket, [this, socket, number] { ended(socket, number); }, Qt::QueuedConnection); // it is not done yet
    });
}

void PoolConnection::tellSent(QWebSocket* socket, std::uint64_t number)
{
    if (socket != m_socket)
        return;
    const auto unsent = static_cast<std::uint64_t>(std::max<qint64>(socket->bytesToWrite(), 0));
    tell(number, drover::PoolSocketSent{m_given - std::min(unsent, m_given)});
}

/// The socket is closed for good; told once.
void PoolConnection::ended(QWebSocket* socket, std::uint64_t number)
{
    socket->disconnect(this);
    socket->deleteLater();
    if (socket == m_socket)
        m_socket = nullptr;
    drover::PoolSocketClosed closed;
    closed.reason = socket->closeReason().toStdString();
    closed.httpStatus = httpStatusIn(socket->errorString());
    closed.error = socket->errorString().toStdString();
    // Without a close frame QWebSocket says 1000.
    const bool byFrame = socket->closeCode() != QWebSocketProtocol::CloseCodeNormal || !closed.reason.empty();
    closed.code = byFrame ? socket->closeCode() : 0;
    tell(number, closed);
}

void PoolConnection::send(const std::string& text)
{
    if (!m_socket)
        return;
    m_given += text.size();
    m_socket->sendTextMessage(QString::fromStdString(text));
}

void PoolConnection::ping()
{
    if (m_socket)
        m_socket->ping();
}

void PoolConnection::close(int code, const std::string& reason)
{
    QWebSocket* const socket = std::exchange(m_socket, nullptr);
    if (!socket)
        return tell(m_number, drover::PoolSocketClosed{});
    if (socket->state() != QAbstractSocket::ConnectedState)
        return socket->abort();
    QTimer::singleShot(farewellTimeMax, socket, [socket] { socket->abort(); });
    socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), QString::fromStdString(reason));
}

} // namespace drover::app
