// SPDX-License-Identifier: MIT
#include "app/first_run/trial.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QNetworkProxy>
#include <QNetworkReply>
#include <QUuid>

namespace drover::app {

namespace {

constexpr double nanosecondsPerSecond = 1e9;

QUrl urlOf(const QString& address, const QString& path)
{
    QUrl url(QStringLiteral("http://") + address);
    url.setPath(path);
    return url;
}

/// What a server says went wrong: {"error":"..."} or {"error":{"message":"..."}}.
QString errorIn(const QJsonObject& answer)
{
    const QJsonValue error = answer.value(QLatin1String("error"));
    return error.isObject() ? error.toObject().value(QLatin1String("message")).toString() : error.toString();
}

/// Models that make vectors only: by their name, or by the family that Ollama tells.
bool canChat(const QJsonObject& model)
{
    const QJsonArray capabilities = model.value(QLatin1String("capabilities")).toArray();
    if (!capabilities.isEmpty())
        return capabilities.contains(QLatin1String("completion"));
    const QString family = model.value(QLatin1String("details")).toObject().value(QLatin1String("family")).toString();
    const QString name = model.value(QLatin1String("name")).toString();
    return !family.contains(QLatin1String("bert")) && !name.contains(QLatin1String("embed"));
}

} // namespace

QString smallestModel(const QJsonObject& tags)
{
    QString smallest;
    double bytes = 0;
    const QJsonArray models = tags.value(QLatin1String("models")).toArray();
    for (const auto& each : models) {
        const QJsonObject model = each.toObject();
        const double size = model.value(QLatin1String("size")).toDouble();
        const QString name = model.value(QLatin1String("name")).toString();
        if (name.isEmpty() || !canChat(model) || (!smallest.isEmpty() && size >= bytes))
            continue;
        smallest = name;
        bytes = size;
    }
    return smallest;
}

Trial::Trial(QObject* parent)
    : QObject(parent)
{
    m_network.setProxy(QNetworkProxy::NoProxy);
}

Trial::~Trial()
{
    drop();
}

void Trial::start(const QString& address)
{
    drop();
    m_view = {};
    m_address = address;
    m_sent.invalidate();
    m_ended = 0;
    m_isDone = false;
    m_unread.clear();
    m_bytes = 0;
    enter(TrialView::Phase::Looking);
    look();
}

void Trial::look()
{
    QNetworkRequest request(urlOf(m_address, QStringLiteral("/api/tags")));
    request.setTransferTimeout(10'000);
    m_reply = m_network.get(request);
    connect(m_reply, &QNetworkReply::finished, this, [this] {
        const auto answer = QJsonDocument::fromJson(m_reply->read(answerBytesMax)).object();
        const bool answered = m_reply->error() == QNetworkReply::NoError;
        const QString why = errorIn(answer).isEmpty() ? m_reply->errorString() : errorIn(answer);
        drop();
        if (!answered)
            return fail(why);
        m_view.model = smallestModel(answer);
        if (m_view.model.isEmpty())
            return enter(TrialView::Phase::NoModel);
        send();
    });
}

void Trial::send()
{
    m_requestId = QUuid::createUuid().toString(QUuid::WithoutBraces);
    QNetworkRequest request(urlOf(m_address, QStringLiteral("/api/chat")));
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json"));
    request.setRawHeader("X-Request-ID", m_requestId.toLatin1());
    request.setRawHeader("X-Priority", "high"); // a person sits in front of it
    request.setTransferTimeout(static_cast<int>(silenceMax.count()));
    const QJsonObject message{
        {QStringLiteral("role"), QStringLiteral("user")}, {QStringLiteral("content"), tr("Say hello in five words.")}};
    const QJsonObject body{{QStringLiteral("model"), m_view.model}, {QStringLiteral("messages"), QJsonArray{message}},
        {QStringLiteral("options"), QJsonObject{{QStringLiteral("num_predict"), 64}}},
        {QStringLiteral("stream"), true}};
    m_sent.start();
    m_reply = m_network.post(request, QJsonDocument(body).toJson(QJsonDocument::Compact));
    connect(m_reply, &QNetworkReply::readyRead, this, &Trial::read);
    connect(m_reply, &QNetworkReply::finished, this, &Trial::finished);
    enter(TrialView::Phase::Waiting);
}

void Trial::show(const drover::Snapshot& snapshot)
{
    if (m_view.phase != TrialView::Phase::Waiting && m_view.phase != TrialView::Phase::Loading)
        return;
    for (const auto& job : snapshot.jobs) {
        if (QString::fromStdString(job.requestId) != m_requestId)
            continue;
        m_view.position = static_cast<int>(job.position);
        m_view.waited = job.waited.count();
        enter(job.state == drover::JobState::Waiting ? TrialView::Phase::Waiting : TrialView::Phase::Loading);
    }
}

void Trial::read()
{
    const QByteArray bytes = m_reply->readAll();
    m_bytes += bytes.size();
    if (m_bytes > answerBytesMax)
        return fail(tr("The answer is longer than was asked for."));
    if (const QByteArray waited = m_reply->rawHeader("X-Queue-Wait-Ms"); !waited.isEmpty())
        m_view.waited = waited.toLongLong();
    m_unread += bytes;
    for (qsizetype end = m_unread.indexOf('\n'); end >= 0 && m_reply; end = m_unread.indexOf('\n')) {
        const QByteArray line = m_unread.left(end);
        m_unread.remove(0, end + 1);
        readLine(line);
    }
}

void Trial::readLine(const QByteArray& line)
{
    const QJsonObject piece = QJsonDocument::fromJson(line).object();
    if (const QString error = errorIn(piece); !error.isEmpty())
        return fail(error);
    const QJsonObject message = piece.value(QLatin1String("message")).toObject();
    const QString text = message.value(QLatin1String("content")).toString();
    const bool thinks = !message.value(QLatin1String("thinking")).toString().isEmpty();
    if (!text.isEmpty() || thinks) {
        if (!m_view.firstPiece)
            m_view.firstPiece = m_sent.elapsed();
        m_view.answer += text;
        ++m_view.pieces;
        const double seconds = double(m_sent.elapsed() - *m_view.firstPiece) / 1000;
        if (seconds > 0.1)
            m_view.tokensPerSecond = (m_view.pieces - 1) / seconds;
        enter(TrialView::Phase::Answering);
    }
    if (!piece.value(QLatin1String("done")).toBool())
        return;
    m_isDone = true;
    if (const double load = piece.value(QLatin1String("load_duration")).toDouble(); load > 0)
        m_view.loaded = static_cast<qint64>(load / 1e6);
    const double evaluated = piece.value(QLatin1String("eval_duration")).toDouble();
    const double tokens = piece.value(QLatin1String("eval_count")).toDouble();
    if (evaluated > 0 && tokens > 0)
        m_view.tokensPerSecond = tokens * nanosecondsPerSecond / evaluated;
}

void Trial::finished()
{
    read();
    if (!m_reply)
        return; // a line of it said that it failed
    const QString why = errorIn(QJsonDocument::fromJson(m_unread).object());
    const QString error = m_reply->error() == QNetworkReply::NoError ? QString() : m_reply->errorString();
    if (m_isDone)
        enter(TrialView::Phase::Done);
    else
        return fail(!why.isEmpty() ? why : !error.isEmpty() ? error : tr("The answer broke off."));
    drop();
}

void Trial::cancel()
{
    if (!m_view.runs())
        return;
    enter(TrialView::Phase::Cancelled);
    drop();
}

void Trial::enter(TrialView::Phase phase)
{
    m_view.phase = phase;
    if (!m_view.runs() && m_sent.isValid() && m_ended == 0)
        m_ended = m_sent.elapsed();
    Q_EMIT changed();
}

void Trial::fail(const QString& trouble)
{
    m_view.trouble = trouble;
    enter(TrialView::Phase::Failed);
    drop();
}

void Trial::drop()
{
    if (!m_reply)
        return;
    QNetworkReply* reply = m_reply;
    m_reply = nullptr;
    reply->disconnect(this);
    reply->abort();
    reply->deleteLater();
}

} // namespace drover::app
