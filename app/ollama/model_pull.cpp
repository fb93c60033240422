// SPDX-License-Identifier: MIT
#include "app/ollama/model_pull.h"

#include "app/ollama/byte_text.h"

#include <utility>

namespace drover::app {

namespace {

using Clock = std::chrono::steady_clock;

constexpr int tickMs = 200;

} // namespace

ModelPull::ModelPull(const OllamaServer& server, QString model, FreeSpace freeSpace, QObject* parent)
    : QObject(parent)
    , m_client(server)
    , m_model(std::move(model))
    , m_freeSpace(std::move(freeSpace))
{
    m_tick.setInterval(tickMs);
    connect(&m_tick, &QTimer::timeout, this, [this] {
        m_speed.note(progress().completed, Clock::now());
        Q_EMIT changed();
    });
}

void ModelPull::start()
{
    if (m_state == State::Running || m_state == State::Done)
        return;
    m_reader = {};
    m_speed = {};
    m_trouble.clear();
    m_refusal.clear();
    m_checkedTotal = 0;
    m_state = State::Running;
    m_speed.note(0, Clock::now());
    m_reply = m_client.startPull(m_model);
    connect(m_reply, &QNetworkReply::readyRead, this, &ModelPull::read);
    connect(m_reply, &QNetworkReply::finished, this, &ModelPull::replied);
    m_tick.start();
    Q_EMIT changed();
}

void ModelPull::waitAgain()
{
    if (m_state != State::Cancelled && m_state != State::Failed)
        return;
    m_trouble.clear();
    m_state = State::Waiting;
    Q_EMIT changed();
}

void ModelPull::cancel()
{
    if (m_state == State::Running || m_state == State::Waiting)
        end(State::Cancelled);
}

void ModelPull::read()
{
    const int status = m_reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    if (status >= 300) {
        m_refusal += m_reply->readAll().left(PullReader::lineBytesMax);
        return;
    }
    if (!m_reader.add(m_reply->readAll()))
        return end(State::Failed,
            m_reader.error().contains(QLatin1String("file does not exist"))
                ? tr("There is no model %1 to download.").arg(m_model)
                : tr("%1 cannot be downloaded: %2").arg(m_model, m_reader.error()));
    if (m_reader.done())
        return end(State::Done);
    checkSpace();
}

void ModelPull::replied()
{
    read();
    if (m_state != State::Running)
        return;
    const QString trouble = m_client.troubleOf(*m_reply, m_refusal, m_model);
    end(State::Failed,
        trouble.isEmpty() ? tr("%1 broke off the download of %2.").arg(server().name, m_model) : trouble);
}

/// Each time another part tells its size: sizes are not known before. A download that cannot fit is ended at once, not
/// when the disk is full.
void ModelPull::checkSpace()
{
    if (progress().total == m_checkedTotal || !m_freeSpace)
        return;
    m_checkedTotal = progress().total;
    const auto free = m_freeSpace();
    const std::uint64_t missing = progress().missing();
    if (!free || missing + spareBytes <= *free)
        return;
    end(State::Failed,
        tr("%1 needs %2 more, and only %3 are free in %4, of which %5 must stay free.")
            .arg(m_model, byteText(missing), byteText(*free), server().modelsFolder, byteText(spareBytes)));
}

void ModelPull::end(State state, const QString& trouble)
{
    m_tick.stop();
    m_state = state;
    m_trouble = trouble;
    if (m_reply) {
        m_reply->disconnect(this);
        m_reply->abort();
        m_reply->deleteLater();
        m_reply = nullptr;
    }
    Q_EMIT changed();
}

double ModelPull::bytesPerSecond() const
{
    return m_state == State::Running ? m_speed.bytesPerSecond(Clock::now()) : 0;
}

std::optional<std::chrono::seconds> ModelPull::left() const
{
    if (m_state != State::Running || progress().phase != PullProgress::Phase::Downloading)
        return {};
    return m_speed.left(progress().missing(), Clock::now());
}

bool ModelPull::isStalled() const
{
    return m_state == State::Running && progress().phase == PullProgress::Phase::Downloading
        && m_speed.silence(Clock::now()) > stalledAfter;
}

} // namespace drover::app
