// SPDX-License-Identifier: MIT
#pragma once

#include "app/ollama/ollama_client.h"
#include "app/ollama/pull_progress.h"

#include <QPointer>
#include <QTimer>

#include <functional>
#include <optional>

namespace drover::app {

/// The download of one model into one Ollama.
///
/// It goes on only while this object lives: its connection is what keeps Ollama at it. What is here of a download that
/// was cancelled or broke off stays on the disk, and the next one of the same model goes on from there.
class ModelPull : public QObject {
    Q_OBJECT

public:
    enum class State { Waiting, Running, Done, Cancelled, Failed };
    Q_ENUM(State)

    /// Bytes that are free for models; nothing where that cannot be known, as on another machine.
    using FreeSpace = std::function<std::optional<std::uint64_t>()>;

    ModelPull(const OllamaServer& server, QString model, FreeSpace freeSpace, QObject* parent = nullptr);

    /// Begins, or goes on after Cancelled and Failed. Nothing happens while it runs.
    void start();

    /// After Cancelled and Failed: as if it had not begun.
    void waitAgain();

    /// Ends it at once; `start` goes on later.
    void cancel();

    State state() const { return m_state; }
    const QString& model() const { return m_model; }
    const OllamaServer& server() const { return m_client.server(); }
    const PullProgress& progress() const { return m_reader.progress(); }
    const QString& trouble() const { return m_trouble; } ///< a sentence when Failed

    double bytesPerSecond() const;
    std::optional<std::chrono::seconds> left() const;

    /// Nothing has come for so long that people should know, although Ollama goes on trying.
    bool isStalled() const;

    static constexpr std::chrono::seconds stalledAfter{30};
    static constexpr std::uint64_t spareBytes = 1ull << 30; ///< must stay free on the disk

Q_SIGNALS:
    /// State or progress are others, at most five times a second while it runs.
    void changed();

private:
    void read();
    void replied();
    void checkSpace();
    void end(State state, const QString& trouble = {});

    OllamaClient m_client;
    QString m_model;
    FreeSpace m_freeSpace;
    QPointer<QNetworkReply> m_reply;
    PullReader m_reader;
    PullSpeed m_speed;
    QTimer m_tick;
    State m_state = State::Waiting;
    QString m_trouble;
    QByteArray m_refusal; ///< body of an answer that is an error
    std::uint64_t m_checkedTotal = 0;
};

} // namespace drover::app
