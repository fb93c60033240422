// SPDX-License-Identifier: MIT
#include "app/command/client/status_client.h"

#include "app/command/client/answer_reader.h"
#include "app/command/view/text_width.h"
#include "core/api/status.h"

#include <QDeadlineTimer>
#include <QJsonDocument>
#include <QJsonObject>
#include <QNetworkProxy>
#include <QTcpSocket>

namespace drover::app {

namespace {

/// The sentence of an error body: {"error": "..."} or {"error": {"message": "..."}}.
std::string errorSentence(const std::string& body)
{
    const QJsonDocument json = QJsonDocument::fromJson(QByteArray::fromStdString(body));
    const QJsonValue error = json[QLatin1String("error")];
    const QString text = error.isObject() ? error[QLatin1String("message")].toString() : error.toString();
    constexpr std::size_t shownMax = 300;
    return printable((text.isEmpty() ? body : text.toStdString()).substr(0, shownMax));
}

std::string requestHead(
    const std::string& method, const std::string& path, const std::string& where, const std::string& token)
{
    std::string head = method + " " + path + " HTTP/1.1\r\nHost: " + where + "\r\nConnection: close\r\n";
    if (!token.empty())
        head += "X-Auth-Token: " + token + "\r\n";
    if (method != "GET")
        head += "Content-Length: 0\r\n";
    return head + "\r\n";
}

Called<HttpAnswer> refusedOr(Called<HttpAnswer> asked)
{
    if (const auto* answer = std::get_if<HttpAnswer>(&asked); answer && answer->status >= 400)
        return CallTrouble{ExitCode::Refused, "Drover refused: " + errorSentence(answer->body)};
    return asked;
}

} // namespace

StatusClient::StatusClient(Address address, std::string token, std::chrono::milliseconds limit)
    : m_address(std::move(address))
    , m_token(std::move(token))
    , m_limit(limit)
{
}

Called<HttpAnswer> StatusClient::ask(const std::string& method, const std::string& path) const
{
    return exchange(method, path, {});
}

Called<HttpAnswer> StatusClient::follow(const std::string& path, const Piece& piece) const
{
    auto asked = exchange("GET", path, piece);
    return refusedOr(std::move(asked));
}

Called<HttpAnswer> StatusClient::exchange(const std::string& method, const std::string& path, const Piece& piece) const
{
    QDeadlineTimer deadline(m_limit);
    const auto left = [&] { return deadline.isForever() ? -1 : static_cast<int>(deadline.remainingTime()); };
    const std::string where = addressText(m_address);
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(QString::fromStdString(m_address.host), m_address.port);
    if (!socket.waitForConnected(left()))
        return CallTrouble{ExitCode::NotRunning, "Drover is not running: nothing answers on " + where};
    socket.write(QByteArray::fromStdString(requestHead(method, path, where, m_token)));
    AnswerReader reader;
    HttpAnswer answer;
    while (reader.state() == AnswerReader::State::Head || reader.state() == AnswerReader::State::Body) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(left())) {
            if (deadline.hasExpired())
                return CallTrouble{ExitCode::TimedOut, "no answer from " + where + " in time"};
            reader.finish();
        }
        reader.feed(socket.readAll().toStdString());
        answer.status = reader.status();
        if (piece && answer.status == 200) {
            deadline = QDeadlineTimer(QDeadlineTimer::Forever);
            if (const std::string body = reader.takeBody(); !body.empty() && !piece(body))
                return answer;
        } else
            answer.body += reader.takeBody();
    }
    if (reader.state() == AnswerReader::State::Broken && !(piece && answer.status == 200))
        return CallTrouble{ExitCode::Failed, "what answers on " + where + " is not Drover, or it broke off"};
    return answer;
}

Called<drover::Snapshot> StatusClient::snapshot() const
{
    const auto asked = ask("GET", "/status");
    if (const auto* trouble = std::get_if<CallTrouble>(&asked))
        return *trouble;
    const auto& answer = std::get<HttpAnswer>(asked);
    if (answer.status == 401 || answer.status == 403)
        return CallTrouble{ExitCode::Refused, "Drover refused: " + errorSentence(answer.body)};
    const auto snapshot = drover::parseStatus(answer.body);
    if (answer.status == 200 && snapshot)
        return *snapshot;
    return CallTrouble{ExitCode::Failed,
        "what answers on " + addressText(m_address) + " is not a Drover of this age"
            + (snapshot ? "" : ": " + printable(snapshot.error().detail))};
}

Called<HttpAnswer> StatusClient::control(const std::string& method, const std::string& path) const
{
    return refusedOr(ask(method, path));
}

} // namespace drover::app
