// SPDX-License-Identifier: MIT
#pragma once

#include <QString>
#include <QStringList>

#include <chrono>

namespace drover::app {

/// Why a pool cannot be joined. Each has one sentence and one thing to do about it, see join_words.h.
enum class JoinTrouble {
    None,
    BadInvitation, ///< `detail` says what is wrong with it
    NameTaken, ///< a pool of that name is there already; `detail` is a free one
    BadName,
    BadKey,
    ServerNotFound, ///< its name is unknown
    NoAnswer, ///< nobody listens, or nothing comes back; `detail` is the system's word for it
    NotAPool, ///< something answers, but nothing that takes workers
    SignInPage, ///< the answer leads to another host: a network that wants a login first
    TakesNoWorkers, ///< it is a pool that is full or ends
    Tls, ///< its certificate is not trusted; `detail` says why
    ClockWrong, ///< its certificate is not valid at the time that this machine's clock has
    CertificateOther, ///< it is not the one that the invitation names
    CodeNotTaken, ///< expired, used, or never given out
    NoExchange, ///< the server does not trade codes
    KeyNotKept, ///< `detail` says why
    SettingsNotWritten, ///< `detail` says why
    KeyRefused, ///< the pool does not take the key
    PoolRefused, ///< for another reason, which `detail` is
    NotConnected, ///< it was joined, and is not connected yet; `detail` is what the link says
    NoModel, ///< it was joined, and there is nothing to offer
    TestFailed ///< it is connected, but a request on this machine fails; `detail` says how
};

/// What the button beside a trouble does.
enum class JoinFix {
    None,
    TryAgain,
    EditAddress,
    EditKey,
    EditName,
    OpenModels,
    StartOllama,
    AskForAnother,
    KeepTrying
};

/// Joining a pool as far as it is. A value without the key.
struct JoinView {
    enum class Phase {
        Idle,
        Looking, ///< whether a pool is there
        Asking, ///< the person
        Exchanging, ///< the code for a server and a key
        Keeping, ///< key and settings
        Connecting,
        Testing,
        Sharing, ///< all is done; `trouble` may still be NoModel or TestFailed
        Failed
    };

    Phase phase = Phase::Idle;
    QString host = {}; ///< with its port where that is not the usual one
    QString url = {}; ///< where workers connect; empty until it was found
    QString name = {}; ///< of the pool here
    QString workerName = {}; ///< what the pool is told
    QStringList models = {}; ///< that would be offered
    int slots = 0; ///< jobs at once, 0 means as many as the backends run
    bool hasKey = false;
    bool hasCode = false;
    bool isPlain = false; ///< not encrypted, and not within this machine
    std::chrono::seconds clockAhead{0}; ///< of this machine's clock, against the server's; 0 when not known or small
    QString warning = {}; ///< about where the key is kept
    QString testModel = {};
    double tokensPerSecond = 0; ///< of the self-test
    std::chrono::milliseconds latency{0};
    bool engineRuns = true; ///< else the pool is connected when Drover is started
    JoinTrouble trouble = JoinTrouble::None;
    QString detail = {};
    bool operator==(const JoinView&) const = default;

    /// Something is under way that a person waits for.
    bool runs() const { return phase == Phase::Looking || (phase > Phase::Asking && phase < Phase::Sharing); }
};

} // namespace drover::app
