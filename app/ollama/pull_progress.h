// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QString>

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>

namespace drover::app {

/// How far the download of a model is. A plain value.
struct PullProgress {
    enum class Phase {
        Asking, ///< nothing came yet, or the list of its parts is fetched
        Downloading,
        Checking, ///< silent, and long for a large model
        Writing,
        Done
    };
    Phase phase = Phase::Asking;
    std::uint64_t total = 0; ///< bytes of the parts that are known: more parts may follow. 0 while none is known
    std::uint64_t completed = 0; ///< of these, here; may go back when a part must be fetched again
    bool operator==(const PullProgress&) const = default;

    /// 0..100; nothing while no size is known.
    std::optional<int> percent() const;
    std::uint64_t missing() const { return total > completed ? total - completed : 0; }
};

/// Reads what Ollama answers to POST /api/pull: lines of JSON, in pieces of any size (protocols/ollama.md section 7).
/// Pure.
class PullReader {
public:
    static constexpr int lineBytesMax = 64 * 1024;
    static constexpr int partsMax = 1'000; ///< more are not counted

    /// Bytes as they come. False once something was wrong: see `error`; then nothing more is read.
    bool add(const QByteArray& bytes);

    const PullProgress& progress() const { return m_progress; }
    const QString& error() const { return m_error; } ///< Ollama's own words, or ours for what is no such answer
    bool done() const { return m_progress.phase == PullProgress::Phase::Done; } ///< only then it is whole

private:
    struct Part {
        std::uint64_t total = 0;
        std::uint64_t completed = 0;
    };

    bool addLine(const QByteArray& line);
    void countPart(const QString& digest, Part part);

    QByteArray m_open; ///< the line that is not ended yet
    std::map<QString, Part> m_parts; ///< by digest
    PullProgress m_progress = {};
    QString m_error = {};
};

/// Bytes a second over the last seconds, and how long the rest takes. Pure: time is an argument and never goes back.
class PullSpeed {
public:
    using TimePoint = std::chrono::steady_clock::time_point;

    void note(std::uint64_t completed, TimePoint now);

    double bytesPerSecond(TimePoint now) const; ///< 0 while nothing comes
    std::optional<std::chrono::seconds> left(std::uint64_t missing, TimePoint now) const; ///< nothing when not known

    /// How long nothing has come.
    std::chrono::milliseconds silence(TimePoint now) const;

private:
    static constexpr std::chrono::seconds window{10};
    std::map<TimePoint, std::uint64_t> m_notes; ///< within the window
    std::optional<TimePoint> m_grewAt = {};
    std::uint64_t m_last = 0;
};

} // namespace drover::app
