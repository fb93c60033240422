// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QHostAddress>
#include <QObject>
#include <QTcpServer>
#include <QTcpSocket>

#include <map>

namespace drover::test {

/// Answers every request by its path: with that status, or with the one for all the others. Needs an event loop.
class WebAnswers {
public:
    explicit WebAnswers(std::map<QByteArray, int> statuses, int otherwise = 404, const QByteArray& headers = {})
    {
        m_server.listen(QHostAddress::LocalHost);
        QObject::connect(&m_server, &QTcpServer::newConnection, &m_server, [this, statuses, otherwise, headers] {
            auto* socket = m_server.nextPendingConnection();
            QObject::connect(socket, &QTcpSocket::readyRead, socket, [this, socket, statuses, otherwise, headers] {
                const QByteArray asked = socket->readAll();
                m_heard += asked;
                const auto found = statuses.find(asked.split(' ').value(1));
                const int status = found == statuses.end() ? otherwise : found->second;
                const QByteArray body = m_bodies[asked.split(' ').value(1)];
                socket->write("HTTP/1.1 " + QByteArray::number(status) + " No\r\n" + headers
                    + "Content-Length: " + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
                socket->disconnectFromHost();
            });
        });
    }

    /// What the answer to a path has in it.
    void say(const QByteArray& path, const QByteArray& body) { m_bodies[path] = body; }

    int port() const { return m_server.serverPort(); }
    const QByteArray& heard() const { return m_heard; }

private:
    QTcpServer m_server;
    QByteArray m_heard;
    std::map<QByteArray, QByteArray> m_bodies;
};

} // namespace drover::test
