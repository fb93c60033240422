// SPDX-License-Identifier: MIT
#include "app/joining/pool_probe.h"

#include "app/settings/address.h"

#include <QDateTime>
#include <QHostAddress>
#include <QNetworkProxyFactory>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

#include <algorithm>
#include <array>

namespace drover::app {

namespace {

constexpr qint64 bodyBytesMax = 4096;
constexpr std::array<std::string_view, 3> knownPaths{"/api/llm/connect", "/workers/connect", "/api/workers/connect"};

bool isThisMachine(const QString& host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

std::chrono::seconds clockAhead(const QNetworkReply& reply)
{
    QString text = QString::fromLatin1(reply.rawHeader("Date"));
    text.replace(QLatin1String("GMT"), QLatin1String("+0000"));
    const QDateTime theirs = QDateTime::fromString(text, Qt::RFC2822Date);
    if (!theirs.isValid())
        return {};
    const std::chrono::seconds ahead(theirs.secsTo(QDateTime::currentDateTimeUtc()));
    return std::chrono::abs(ahead) > PoolProbe::clockToleranceMax ? ahead : std::chrono::seconds(0);
}

} // namespace

drover::Result<std::vector<std::string>> poolAddresses(std::string_view server)
{
    const auto wrong = [] { return drover::fail(drover::Errc::BadRequest, "the server's address is not one"); };
    std::string text(server);
    const std::size_t schemeEnd = text.find("://");
    std::string scheme = schemeEnd == text.npos ? "" : text.substr(0, schemeEnd);
    std::ranges::transform(scheme, scheme.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    if (!scheme.empty() && scheme != "ws" && scheme != "wss" && scheme != "http" && scheme != "https")
        return wrong();
    const std::string rest = scheme.empty() ? text : text.substr(schemeEnd + 3);
    const auto parsed = poolUrl("wss://" + rest);
    const auto bare = parseUrl("https://" + rest); // poolUrl fills a path in; this one does not
    if (!parsed || !bare)
        return wrong();
    std::vector<std::string> schemes{"wss", "ws"};
    if (!scheme.empty())
        schemes = {scheme == "ws" || scheme == "http" ? "ws" : "wss"};
    else if (isLoopback(bare->host))
        schemes = {"ws", "wss"};
    std::vector<std::string> paths;
    if (!bare->path.empty())
        paths.push_back(bare->path);
    for (const std::string_view path : knownPaths) {
        if (path != bare->path)
            paths.emplace_back(path);
    }
    const bool namesPort =
        rest.substr(0, rest.find('/')).find_last_of(':') != rest.npos && rest.substr(0, rest.find('/')).back() != ']';
    std::vector<std::string> addresses;
    for (const std::string& each : schemes) {
        for (const std::string& path : paths) {
            UrlParts parts = *bare;
            parts.scheme = each == "wss" ? "https" : "http";
            if (!namesPort)
                parts.port = each == "wss" ? 443 : 80;
            parts.path = path;
            const auto address = poolUrl(urlText(parts));
            if (!address)
                return wrong();
            addresses.push_back(*address);
        }
    }
    return addresses;
}

QString hostText(const std::string& url)
{
    const QUrl parsed(QString::fromStdString(url));
    const int usual = parsed.scheme() == QLatin1String("ws") ? 80 : 443;
    const QString host =
        parsed.host().contains(QLatin1Char(':')) ? QLatin1Char('[') + parsed.host() + QLatin1Char(']') : parsed.host();
    return parsed.port(usual) == usual ? host : host + QLatin1Char(':') + QString::number(parsed.port());
}

QUrl webUrl(const std::string& address)
{
    return QUrl(QString::fromStdString("http" + address.substr(2))); // ws is http, wss is https
}

QNetworkProxy proxyFor(const QUrl& url)
{
    if (isThisMachine(url.host()))
        return QNetworkProxy(QNetworkProxy::NoProxy);
    const auto proxies = QNetworkProxyFactory::systemProxyForQuery(QNetworkProxyQuery(url));
    return proxies.isEmpty() ? QNetworkProxy(QNetworkProxy::NoProxy) : proxies.first();
}

PoolProbe::PoolProbe(QObject* parent)
    : QObject(parent)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

PoolProbe::~PoolProbe()
{
    cancel();
}

void PoolProbe::start(const std::vector<std::string>& addresses, const std::string& fingerprint)
{
    cancel();
    m_addresses = addresses;
    m_fingerprint = fingerprint;
    m_at = 0;
    m_worst = {};
    tryNext();
}

void PoolProbe::cancel()
{
    if (QNetworkReply* reply = m_reply; reply != nullptr) {
        m_reply = nullptr;
        reply->disconnect(this);
        reply->deleteLater(); // ends it; `abort` may tell of two errors, which Qt complains of
    }
}

void PoolProbe::tryNext()
{
    if (m_at >= m_addresses.size()) {
        if (m_worst.trouble == JoinTrouble::None)
            m_worst.trouble = JoinTrouble::NotAPool;
        return end(m_worst);
    }
    const QUrl url = webUrl(m_addresses[m_at]);
    m_network.setProxy(proxyFor(url));
    m_tlsTroubles.clear();
    m_datesAreWrong = m_isOther = false;
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(answerTimeMax.count()));
    request.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    m_asked = std::chrono::steady_clock::now();
    m_reply = m_network.get(request);
    m_reply->setReadBufferSize(bodyBytesMax);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
        for (const QSslError& error : errors) {
            m_tlsTroubles << error.errorString();
            m_datesAreWrong = m_datesAreWrong || error.error() == QSslError::CertificateNotYetValid
                || error.error() == QSslError::CertificateExpired;
        }
    });
    const auto take = [this, reply = m_reply] {
        if (reply && reply == m_reply)
            answered(*reply);
    };
    // The head says all: a body may have no end.
    connect(m_reply, &QNetworkReply::metaDataChanged, this, take, Qt::QueuedConnection);
    connect(m_reply, &QNetworkReply::finished, this, take, Qt::QueuedConnection);
}

void PoolProbe::answered(QNetworkReply& reply)
{
    const Answer answer = judge(reply);
    const auto ahead = clockAhead(reply);
    cancel();
    if (answer == Answer::Pool)
        return end({.trouble = JoinTrouble::None,
            .detail = {},
            .url = m_addresses[m_at],
            .clockAhead = ahead,
            .latency =
                std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() - m_asked)});
    const bool mayBeReadAlong = m_worst.trouble == JoinTrouble::Tls || m_worst.trouble == JoinTrouble::ClockWrong
        || m_worst.trouble == JoinTrouble::CertificateOther;
    if (mayBeReadAlong) // the same without encryption would be worse
        return end(m_worst);
    if (answer == Answer::Ended) {
        // Another scheme may still be right; the rest of this one is not.
        const std::string scheme = m_addresses[m_at].substr(0, m_addresses[m_at].find(':'));
        while (m_at < m_addresses.size() && m_addresses[m_at].starts_with(scheme + ":"))
            ++m_at;
    } else {
        ++m_at;
    }
    tryNext();
}

PoolProbe::Answer PoolProbe::judge(QNetworkReply& reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status < 200) {
        judgeFailure(reply);
        return Answer::Ended;
    }
    if (!m_fingerprint.empty()) {
        const QByteArray theirs = reply.sslConfiguration().peerCertificate().digest(QCryptographicHash::Sha256).toHex();
        if (theirs.toStdString() != m_fingerprint) {
            m_worst = {.trouble = JoinTrouble::CertificateOther};
            return Answer::Ended;
        }
    }
    return judgeStatus(reply, status);
}

PoolProbe::Answer PoolProbe::judgeStatus(const QNetworkReply& reply, int status)
{
    constexpr int upgradeRequired = 426;
    constexpr int badRequest = 400;
    if (status == upgradeRequired || (status == badRequest && reply.hasRawHeader("Sec-WebSocket-Version")))
        return Answer::Pool;
    const QUrl target = reply.url().resolved(QUrl(QString::fromLatin1(reply.rawHeader("Location"))));
    if (status >= 300 && status < 400 && reply.hasRawHeader("Location")) {
        const bool sameHost = target.host() == reply.url().host();
        if (sameHost && target.scheme() == QLatin1String("https") && reply.url().scheme() == QLatin1String("http")) {
            // It wants encryption: so be it.
            std::string secure = target.toString(QUrl::RemoveFragment | QUrl::RemoveQuery).toStdString();
            secure.replace(0, 4, "ws");
            if (std::ranges::find(m_addresses, secure) == m_addresses.end())
                m_addresses.insert(m_addresses.begin() + static_cast<std::ptrdiff_t>(m_at) + 1, secure);
        } else if (!sameHost) {
            m_worst = {.trouble = JoinTrouble::SignInPage, .detail = target.host()};
        }
        return Answer::Elsewhere;
    }
    if (status == 503)
        m_worst = {.trouble = JoinTrouble::TakesNoWorkers};
    else if (m_worst.trouble == JoinTrouble::NoAnswer)
        m_worst = {.trouble = JoinTrouble::NotAPool};
    return Answer::Elsewhere;
}

/// No answer at all.
void PoolProbe::judgeFailure(const QNetworkReply& reply)
{
    switch (reply.error()) {
    case QNetworkReply::HostNotFoundError:
        m_worst = {.trouble = JoinTrouble::ServerNotFound};
        return;
    case QNetworkReply::SslHandshakeFailedError:
        m_worst = {.trouble = m_datesAreWrong ? JoinTrouble::ClockWrong : JoinTrouble::Tls,
            .detail = m_tlsTroubles.isEmpty() ? reply.errorString() : m_tlsTroubles.first()};
        return;
    default:
        if (m_worst.trouble == JoinTrouble::None)
            m_worst = {.trouble = JoinTrouble::NoAnswer, .detail = reply.errorString()};
    }
}

void PoolProbe::end(Outcome outcome)
{
    cancel();
    QMetaObject::invokeMethod(
        this, [this, outcome = std::move(outcome)] { Q_EMIT finished(outcome); }, Qt::QueuedConnection);
}

} // namespace drover::app
