// SPDX-License-Identifier: MIT
#include "app/joining/code_exchange.h"

#include "app/joining/invitation.h"
#include "app/joining/pool_probe.h"
#include "app/settings/address.h"

#include <QCryptographicHash>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkReply>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslError>

namespace drover::app {

namespace {

std::string textOf(const QJsonObject& object, const char* name)
{
    return object.value(QLatin1String(name)).toString().toStdString();
}

} // namespace

CodeExchange::CodeExchange(QObject* parent)
    : QObject(parent)
{
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy); // a code is for one server alone
}

CodeExchange::~CodeExchange()
{
    cancel();
}

void CodeExchange::start(const Offer& offer)
{
    cancel();
    m_tlsTrouble.clear();
    m_isOther = false;
    QUrl url = webUrl(offer.url);
    url.setPath(QStringLiteral("/j"));
    m_network.setProxy(proxyFor(url));
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(answerTimeMax.count()));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    const QJsonObject body{{QStringLiteral("code"), QString::fromStdString(offer.code)},
        {QStringLiteral("name"), QString::fromStdString(offer.workerName)}};
    m_reply = m_network.post(request, QJsonDocument(body).toJson(QJsonDocument::Compact));
    m_reply->setReadBufferSize(static_cast<qint64>(answerBytesMax) + 1);
    connect(m_reply, &QNetworkReply::sslErrors, this, [this](const QList<QSslError>& errors) {
        if (!errors.isEmpty())
            m_tlsTrouble = errors.first().errorString();
    });
    connect(m_reply, &QNetworkReply::encrypted, this, [this, wanted = offer.fingerprint] {
        const QByteArray theirs =
            m_reply->sslConfiguration().peerCertificate().digest(QCryptographicHash::Sha256).toHex();
        m_isOther = !wanted.empty() && theirs.toStdString() != wanted;
        if (m_isOther)
            m_reply->abort();
    });
    const auto take = [this, reply = m_reply] {
        if (reply && reply == m_reply)
            answered(*reply);
    };
    connect(m_reply, &QNetworkReply::finished, this, take, Qt::QueuedConnection);
}

void CodeExchange::cancel()
{
    QNetworkReply* const reply = m_reply;
    m_reply = nullptr;
    if (reply == nullptr)
        return;
    reply->disconnect(this);
    reply->deleteLater();
}

void CodeExchange::answered(QNetworkReply& reply)
{
    const int status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    const QByteArray body = reply.read(static_cast<qint64>(answerBytesMax) + 1);
    if (m_isOther)
        return end({.trouble = JoinTrouble::CertificateOther});
    if (status > 0)
        return end(readExchange(status, body));
    if (reply.error() == QNetworkReply::SslHandshakeFailedError)
        return end(
            {.trouble = JoinTrouble::Tls, .detail = m_tlsTrouble.isEmpty() ? reply.errorString() : m_tlsTrouble});
    end({.trouble = JoinTrouble::NoAnswer, .detail = reply.errorString()});
}

void CodeExchange::end(const Outcome& outcome)
{
    cancel();
    Q_EMIT finished(outcome);
}

CodeExchange::Outcome readExchange(int status, const QByteArray& body)
{
    constexpr int forbidden = 403;
    constexpr int gone = 410;
    constexpr int tooMany = 429;
    constexpr int unavailable = 503;
    if (status == forbidden || status == gone)
        return {.trouble = JoinTrouble::CodeNotTaken};
    if (status == tooMany || status == unavailable)
        return {.trouble = JoinTrouble::TakesNoWorkers};
    const bool isWhole = body.size() <= static_cast<qsizetype>(CodeExchange::answerBytesMax);
    const QJsonObject answer = isWhole ? QJsonDocument::fromJson(body).object() : QJsonObject();
    CodeExchange::Outcome outcome{.key = textOf(answer, "key")};
    const bool isTraded = (status == 200 || status == 201) && isPoolKey(outcome.key);
    if (!isTraded)
        return {.trouble = JoinTrouble::NoExchange};
    if (const std::string server = textOf(answer, "server"); !server.empty()) {
        const auto url = poolUrl(server);
        if (!url)
            return {.trouble = JoinTrouble::NoExchange};
        outcome.url = *url;
    }
    return outcome;
}

} // namespace drover::app
