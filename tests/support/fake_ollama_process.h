// SPDX-License-Identifier: MIT
#pragma once

#include "app/ollama/ollama_server.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>

namespace drover::test {

/// tests/support/fake_ollama.py as a process of its own, ended with this object. Give its path and a Python.
class FakeOllamaProcess {
public:
    FakeOllamaProcess(const QString& python, const QString& script)
    {
        m_process.start(python, {script});
        constexpr int waitMs = 20'000;
        while (!m_process.canReadLine() && m_process.waitForReadyRead(waitMs)) { }
        m_port = m_process.readLine().trimmed().split(' ').last().toInt();
    }

    ~FakeOllamaProcess()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(FakeOllamaProcess)

    int port() const { return m_port; } ///< 0 when it did not start

    app::OllamaServer server(const QString& name = QStringLiteral("fake")) const
    {
        return {.name = name, .url = QUrl(QStringLiteral("http://127.0.0.1:%1").arg(m_port))};
    }

    /// What happened there: GET /_fake/stats.
    QJsonObject stats() const
    {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), static_cast<quint16>(m_port));
        socket.write("GET /_fake/stats HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        QByteArray all;
        constexpr int waitMs = 10'000;
        while (socket.waitForReadyRead(waitMs))
            all += socket.readAll();
        all += socket.readAll();
        return QJsonDocument::fromJson(all.mid(all.indexOf("\r\n\r\n") + 4)).object();
    }

private:
    QProcess m_process;
    int m_port = 0;
};

} // namespace drover::test
