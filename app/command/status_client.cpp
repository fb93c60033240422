// SPDX-License-Identifier: MIT
#include "app/command/status_client.h"

#include "app/command/answer_reader.h"
#include "app/command/text_width.h"
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

} // namespace

StatusClient::StatusClient(Address address, std::string token, std::chrono::milliseconds limit)
    : m_address(std::move(address))
    , m_token(std::move(token))
    , m_limit(limit)
{
}

Called<HttpAnswer> StatusClient::ask(const std::string& method, const std::string& path) const
{
    const QDeadlineTimer deadline(m_limit);
    const auto left = [&] { return static_cast<int>(deadline.remainingTime()); };
    const std::string where = addressText(m_address);
    QTcpSocket socket;
    socket.setProxy(QNetworkProxy::NoProxy);
    socket.connectToHost(QString::fromStdString(m_address.host), m_address.port);
    if (!socket.waitForConnected(left()))
        return CallTrouble{ExitCode::NotRunning, "Drover is not running: nothing answers on " + where};
    std::string head = method + " " + path + " HTTP/1.1\r\nHost: " + where + "\r\nConnection: close\r\n";
    if (!m_token.empty())
        head += "X-Auth-Token: " + m_token + "\r\n";
    if (method != "GET")
        head += "Content-Length: 0\r\n";
    socket.write(QByteArray::fromStdString(head + "\r\n"));
    AnswerReader reader;
    HttpAnswer answer;
    while (reader.state() == AnswerReader::State::Head || reader.state() == AnswerReader::State::Body) {
        if (socket.bytesAvailable() == 0 && !socket.waitForReadyRead(left())) {
            if (deadline.hasExpired())
                return CallTrouble{ExitCode::TimedOut, "no answer from " + where + " in time"};
            reader.finish();
        }
        reader.feed(socket.readAll().toStdString());
        answer.body += reader.takeBody();
    }
    if (reader.state() == AnswerReader::State::Broken)
        return CallTrouble{ExitCode::Failed, "what answers on " + where + " is not Drover, or it broke off"};
    answer.status = reader.status();
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
    auto asked = ask(method, path);
    if (const auto* answer = std::get_if<HttpAnswer>(&asked); answer && answer->status >= 400)
        return CallTrouble{ExitCode::Refused, "Drover refused: " + errorSentence(answer->body)};
    return asked;
}

} // namespace drover::app
