// SPDX-License-Identifier: MIT
#include "app/link/pool_connection.h"

#include <QCryptographicHash>
#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QNetworkProxyQuery>
#include <QNetworkRequest>
#include <QRegularExpression>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>
#include <QSslKey>
#include <QSslSocket>
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

drover::PoolDistrust distrustOf(const QList<QSslError>& errors)
{
    const auto any = [&](std::initializer_list<QSslError::SslError> kinds) {
        return std::ranges::any_of(
            errors, [&](const QSslError& error) { return std::ranges::find(kinds, error.error()) != kinds.end(); });
    };
    if (any({QSslError::CertificateExpired, QSslError::CertificateNotYetValid}))
        return drover::PoolDistrust::WrongTime;
    if (any({QSslError::HostNameMismatch}))
        return drover::PoolDistrust::WrongName;
    return drover::PoolDistrust::Unknown;
}

/// "sha256//BASE64" of the certificate's SubjectPublicKeyInfo, as RFC 7469 and curl have it.
std::string pinOf(const QSslCertificate& certificate)
{
    const QByteArray key = certificate.publicKey().toDer();
    return "sha256//" + QCryptographicHash::hash(key, QCryptographicHash::Sha256).toBase64().toStdString();
}

/// The machine itself could not send: it has no network, or nobody who looks up names.
bool isOffline(QAbstractSocket::SocketError error)
{
    return error == QAbstractSocket::NetworkError || error == QAbstractSocket::HostNotFoundError;
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
    m_toldSent = 0;
    m_tls = nullptr;
    m_distrust = drover::PoolDistrust::None;
    m_distrustWords.clear();
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
    if (url.scheme() == QLatin1String("wss"))
        watchTls(m_socket, number, address.pin);
}

/// QWebSocket sends its request, and the key in it, in the next turn of this thread's loop after the TLS handshake, so
/// that a wrong pin ends the connection before a byte of it has left.
void PoolConnection::watchTls(QWebSocket* socket, std::uint64_t number, const std::string& pin)
{
    connect(socket, &QWebSocket::sslErrors, this, [this, number](const QList<QSslError>& errors) {
        if (number != m_number || errors.isEmpty())
            return;
        m_distrust = distrustOf(errors);
        m_distrustWords = errors.first().errorString();
    });
    m_tls = socket->findChild<QSslSocket*>();
    if (m_tls)
        connect(m_tls, &QSslSocket::encryptedBytesWritten, this, [this, socket, number] { tellSent(socket, number); });
    if (pin.empty())
        return;
    const auto refuse = [this, socket](const QString& words) {
        m_distrust = drover::PoolDistrust::WrongPin;
        m_distrustWords = words;
        socket->abort();
    };
    if (!m_tls) // a Qt that is built otherwise: better no connection than one that was not checked
        return refuse(QStringLiteral("the pin cannot be checked"));
    connect(m_tls, &QSslSocket::encrypted, this, [this, refuse, pin] {
        if (const std::string its = pinOf(m_tls->peerCertificate()); its != pin)
            refuse(QStringLiteral("the server's is %1").arg(QString::fromStdString(its)));
    });
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
    const qint64 encrypted = m_tls ? m_tls->encryptedBytesToWrite() : 0;
    const auto unsent = static_cast<std::uint64_t>(std::max<qint64>(socket->bytesToWrite() + encrypted, 0));
    const std::uint64_t sent = m_given - std::min(unsent, m_given);
    if (sent < m_toldSent + sentBytesStep)
        return;
    m_toldSent = sent;
    tell(number, drover::PoolSocketSent{sent});
}

/// The socket is closed for good; told once.
void PoolConnection::ended(QWebSocket* socket, std::uint64_t number)
{
    socket->disconnect(this);
    socket->deleteLater();
    if (socket == m_socket) {
        m_socket = nullptr;
        m_tls = nullptr;
    }
    drover::PoolSocketClosed closed;
    closed.reason = socket->closeReason().toStdString();
    closed.httpStatus = httpStatusIn(socket->errorString());
    closed.error = (m_distrustWords.isEmpty() ? socket->errorString() : m_distrustWords).toStdString();
    closed.distrust = m_distrust;
    closed.offline = isOffline(socket->error());
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
    m_tls = nullptr;
    if (!socket)
        return tell(m_number, drover::PoolSocketClosed{});
    if (socket->state() != QAbstractSocket::ConnectedState)
        return socket->abort();
    QTimer::singleShot(farewellTimeMax, socket, [socket] { socket->abort(); });
    socket->close(static_cast<QWebSocketProtocol::CloseCode>(code), QString::fromStdString(reason));
}

} // namespace drover::app
