// SPDX-License-Identifier: MIT
#include "app/command/client/event_stream.h"

#include "core/api/status.h"

#include <QNetworkProxy>

#include <chrono>
#include <utility>

using namespace std::chrono_literals;

namespace drover::app {

namespace {

constexpr std::size_t eventBytesMax = 16 << 20;
constexpr std::string_view dataField = "data:";

} // namespace

EventStream::EventStream(Address address, QObject* parent)
    : QObject(parent)
    , m_address(std::move(address))
{
    m_retry.setSingleShot(true);
    m_retry.setInterval(1s);
    connect(&m_retry, &QTimer::timeout, this, &EventStream::connectAgain);
    m_silence.setSingleShot(true);
    m_silence.setInterval(60s);
    connect(&m_silence, &QTimer::timeout, this, &EventStream::loseLink);
}

void EventStream::start()
{
    connectAgain();
}

void EventStream::connectAgain()
{
    m_answer = {};
    m_text.clear();
    m_socket = std::make_unique<QTcpSocket>();
    m_socket->setProxy(QNetworkProxy::NoProxy);
    connect(m_socket.get(), &QTcpSocket::connected, this, [this] {
        m_socket->write(QByteArray::fromStdString(
            "GET /events HTTP/1.1\r\nHost: " + addressText(m_address) + "\r\nAccept: text/event-stream\r\n\r\n"));
    });
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &EventStream::read);
    connect(m_socket.get(), &QTcpSocket::disconnected, this, &EventStream::loseLink, Qt::QueuedConnection);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &EventStream::loseLink, Qt::QueuedConnection);
    m_socket->connectToHost(QString::fromStdString(m_address.host), m_address.port);
    m_silence.start();
}

void EventStream::read()
{
    m_silence.start();
    m_answer.feed(m_socket->readAll().toStdString());
    if (m_answer.state() == AnswerReader::State::Head)
        return;
    m_text += m_answer.takeBody();
    if (m_answer.status() != 200 || m_answer.state() != AnswerReader::State::Body || m_text.size() > eventBytesMax) {
        loseLink();
        return;
    }
    takeLines();
}

/// Only the newest whole event counts: when several came at once, the others are old.
void EventStream::takeLines()
{
    std::string newest;
    std::size_t at = 0;
    for (std::size_t end = m_text.find('\n'); end != std::string::npos; end = m_text.find('\n', at)) {
        std::string_view line = std::string_view(m_text).substr(at, end - at);
        at = end + 1;
        if (line.ends_with('\r'))
            line.remove_suffix(1);
        if (!line.starts_with(dataField))
            continue;
        line.remove_prefix(dataField.size());
        newest = line.starts_with(' ') ? line.substr(1) : line;
    }
    m_text.erase(0, at);
    if (newest.empty())
        return;
    if (const auto snapshot = drover::parseStatus(newest)) {
        m_lost = false;
        Q_EMIT changed(QByteArray::fromStdString(newest), *snapshot);
    }
}

void EventStream::loseLink()
{
    if (m_retry.isActive())
        return;
    m_silence.stop();
    m_socket->disconnect(this);
    m_socket->abort();
    m_retry.start();
    if (!std::exchange(m_lost, true))
        Q_EMIT lost();
}

} // namespace drover::app
