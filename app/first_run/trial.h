// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QElapsedTimer>
#include <QJsonObject>
#include <QNetworkAccessManager>
#include <QObject>
#include <QPointer>
#include <QString>

#include <optional>

class QNetworkReply;

namespace drover::app {

/// How one small request through the queue goes, as far as it is known. Times in milliseconds; a value.
struct TrialView {
    enum class Phase {
        Idle,
        Looking, ///< for a model
        NoModel, ///< nothing is installed
        Waiting, ///< in the queue
        Loading, ///< it was started; nothing of the answer is here yet
        Answering,
        Done,
        Failed,
        Cancelled
    };
    Phase phase = Phase::Idle;
    QString model = {};
    int position = 0; ///< in the queue; 0 when not known
    std::optional<qint64> waited = {};
    std::optional<qint64> loaded = {}; ///< what loading the model took; from the end of the answer
    std::optional<qint64> firstPiece = {}; ///< from the sending to the first text
    double tokensPerSecond = 0; ///< 0 until known
    int pieces = 0;
    QString answer = {};
    QString trouble = {}; ///< why it failed
    bool operator==(const TrialView&) const = default;

    /// Something is under way.
    bool runs() const { return phase == Phase::Looking || (phase >= Phase::Waiting && phase <= Phase::Answering); }
};

/// Sends one tiny prompt through Drover's own address to the smallest model there is, and times what happens. GUI
/// thread. POST /api/chat, streamed: https://github.com/ollama/ollama/blob/main/docs/api.md
class Trial : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds silenceMax{180'000}; ///< a large model may load for minutes
    static constexpr qint64 answerBytesMax = 1 << 20;

    explicit Trial(QObject* parent = nullptr);
    ~Trial() override;

    /// `address` is that of the proxy, such as "127.0.0.1:11435". A trial that runs is cancelled first.
    void start(const QString& address);
    void cancel();

    /// Where the request is in the queue.
    void show(const drover::Snapshot& snapshot);

    const TrialView& view() const { return m_view; }

    /// Since the sending, until it ended.
    qint64 elapsed() const { return m_view.runs() && m_sent.isValid() ? m_sent.elapsed() : m_ended; }

Q_SIGNALS:
    void changed();

private:
    void look();
    void send();
    void read();
    void readLine(const QByteArray& line);
    void finished();
    void enter(TrialView::Phase phase);
    void fail(const QString& trouble);
    void drop();

    QNetworkAccessManager m_network;
    QPointer<QNetworkReply> m_reply;
    TrialView m_view = {};
    QString m_address = {};
    QString m_requestId = {};
    QByteArray m_unread = {}; ///< the piece of a line that has no end yet
    qint64 m_bytes = 0;
    QElapsedTimer m_sent;
    qint64 m_ended = 0;
    bool m_isDone = false; ///< the last line was there
};

/// The smallest model that can chat, of an answer to GET /api/tags; empty when there is none. Pure.
QString smallestModel(const QJsonObject& tags);

} // namespace drover::app
