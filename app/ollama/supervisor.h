// SPDX-License-Identifier: MIT
#pragma once

#include "app/ollama/child_leash.h"
#include "app/ollama/hang_rule.h"
#include "app/ollama/models_folder.h"
#include "app/ollama/ollama_search.h"
#include "app/ollama/ollama_service.h"
#include "app/ollama/output_ring.h"
#include "app/ollama/restart_policy.h"
#include "app/ollama/sleep_watch.h"
#include "app/ollama/supervision.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QProcess>
#include <QTimer>

#include <functional>
#include <memory>
#include <optional>

namespace drover::app {

/// How long the supervisor waits for what.
struct SupervisorTimes {
    std::chrono::milliseconds lookEvery{5'000}; ///< at a server that runs, or is awaited from others
    std::chrono::milliseconds lookEveryAtStart{250};
    std::chrono::milliseconds answerMax{5'000}; ///< for one look
    std::chrono::milliseconds startMax{60'000}; ///< until ours answers
    std::chrono::milliseconds hangMax{120'000}; ///< without an answer, then ours is ended
    std::chrono::milliseconds stopMax{10'000}; ///< for ours to end by itself when told to
    RestartRules restarts = {};
};

struct SupervisorOptions {
    OllamaMode mode = OllamaMode::Adopt;
    QUrl server = {}; ///< where it answers, or shall: http, this machine
    QString program = {}; ///< as findOllamaProgram takes it
    int slotCount = 0; ///< jobs at once, given to ours as OLLAMA_NUM_PARALLEL; 0 when not known
    QStringList environment = {}; ///< "NAME=VALUE", for ours
    QStringList path = {}; ///< folders instead of PATH; empty means PATH
    SupervisorTimes times = {};
    std::function<JobSilence()> silence = {}; ///< of the jobs that run there; asked at each look. May be empty
};

/// Sees that an Ollama answers: uses the one that runs; with OllamaMode::Supervise starts one where nothing listens,
/// watches it, starts it again when it crashes or hangs, gives up when that happens too often, and says why.
///
/// Never stops or restarts what it did not start. What it started ends with it, at the latest with this process.
/// Lives on one thread with an event loop. The destructor ends its own program and may take some seconds for it.
class Supervisor : public QObject {
    Q_OBJECT

public:
    explicit Supervisor(SupervisorOptions options, QObject* parent = nullptr);
    ~Supervisor() override;
    Q_DISABLE_COPY_MOVE(Supervisor)

    /// Begins to look; call once.
    void start();

    /// Ends what it started and looks no more; then `stopped`.
    void stop();

    /// After `stop`.
    bool ending() const { return m_stopping; }

    /// Tries again after it gave up, or after somebody stopped what it had started. Else nothing.
    void tryAgain();

    /// For the next start of its own program.
    void setSlotCount(int slotCount) { m_options.slotCount = slotCount; }

    const Supervision& supervision() const { return m_known; }

    /// The last lines that its own program wrote, oldest first.
    QStringList output() const { return m_output.lines(); }

Q_SIGNALS:
    void changed(const drover::app::Supervision& known);
    /// A line of the output of its own program.
    void wrote(const QString& line);
    void stopped();

private:
    enum class Ending { Unasked, Hang, AnswerHang, SlowStart }; ///< why our program ends, if not by `stop`
    using Clock = std::chrono::steady_clock;

    void look();
    void lookLater(std::chrono::milliseconds delay) { m_nextLook.start(delay); }
    void seen(const ServerFound& found);
    void seenOurs(const ServerFound& found);
    void seenOthers(const ServerFound& found);
    void oursIsSilent();
    bool endedForHang();
    void tellOursRuns();
    ModelsFolderHints modelsHints() const;
    void adopt(const ServerFound& found);
    const std::string& noteVersion();
    void launch();
    QProcessEnvironment environment() const;
    void takeOutput();
    void oursStarted();
    void oursEnded(int exitCode, QProcess::ExitStatus status);
    void oursFailed(const std::string& how);
    void endOurs(Ending why);
    void dropOurs();
    void tell(SupervisionState state, const drover::ReasonGiven& reason);
    void tellAgain(); ///< when what is known differs from what was told
    drover::RuntimeFix fixOf(SupervisionState state) const;

    SupervisorOptions m_options;
    Supervision m_known = {};
    std::optional<Supervision> m_told = {}; ///< by the last `changed`
    QNetworkAccessManager m_network;
    QTimer m_nextLook;
    QTimer m_stopLimit;
    SleepWatch m_sleep;
    RestartPolicy m_policy;
    OutputRing m_output;
    std::unique_ptr<ChildLeash> m_leash;
    std::unique_ptr<QProcess> m_ours; ///< while our program runs or is started
    Clock::time_point m_startedAt = {};
    Clock::time_point m_answeredAt = {};
    OllamaService m_service = {}; ///< of the one that was adopted
    std::string m_lastVersion = {}; ///< of the server that answered last
    std::string m_changeText = {}; ///< what `noteVersion` says
    Ending m_ending = Ending::Unasked;
    bool m_looking = false; ///< a look is under way
    bool m_stopping = false;
    bool m_adopted = false; ///< somebody else's has answered
};

} // namespace drover::app
