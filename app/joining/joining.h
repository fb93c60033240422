// SPDX-License-Identifier: MIT
#pragma once

#include "app/first_run/trial.h"
#include "app/joining/code_exchange.h"
#include "app/joining/invitation.h"
#include "app/joining/join_view.h"
#include "app/joining/pool_desk.h"
#include "app/joining/pool_probe.h"

#include "core/api/snapshot.h"

#include <QObject>
#include <QTimer>

namespace drover::app {

/// Joins a pool, step by step: looks for it, waits for the person's word, keeps key and settings, connects, and runs a
/// small request on this machine. What it changed before a pool refused is taken back.
///
/// Decides and waits; draws nothing. Main thread; needs an event loop. Whoever has it gives it each snapshot.
class Joining : public QObject {
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds connectTimeMax{20'000};
    static constexpr std::chrono::milliseconds testTimeMax{180'000}; ///< a large model may load for minutes

    /// `desk` is borrowed and lives longer.
    explicit Joining(PoolDesk& desk, QObject* parent = nullptr);
    ~Joining() override;

    /// Looks for the pool. What ran before is cancelled.
    void begin(const Invitation& invitation);

    /// Understands a text first; it may be wrong.
    void begin(std::string_view text);

    /// The person agrees. Fails at once, and stays with the question, for a name that is taken or cannot be one.
    void agree(const std::string& name, const std::string& workerName);

    /// What a trouble's button does where it goes on from there.
    void tryAgain();

    /// Ends it. Before it is connected nothing is kept; later it stays joined.
    void cancel();

    void show(const drover::Snapshot& snapshot);

    const JoinView& view() const { return m_view; }
    const Invitation& invitation() const { return m_invitation; } ///< holds the key

Q_SIGNALS:
    void changed();

private:
    using Phase = JoinView::Phase;
    void look();
    void looked(const PoolProbe::Outcome& outcome);
    void exchange();
    void exchanged(const CodeExchange::Outcome& outcome);
    void keepKey();
    void writeSettings();
    void watch(const drover::PoolView& pool);
    void test();
    void tested();
    void takeBack();
    void enter(Phase phase);
    void fail(JoinTrouble trouble, const QString& detail = {});
    void share(JoinTrouble trouble = JoinTrouble::None, const QString& detail = {});

    PoolDesk& m_desk;
    PoolProbe m_probe;
    CodeExchange m_exchange;
    Trial m_trial;
    QTimer m_patience; ///< of the step that runs
    Invitation m_invitation;
    JoinView m_view;
    drover::Snapshot m_snapshot;
    quint64 m_round = 0; ///< answers to an older one mean nothing
    bool m_keyKept = false;
    bool m_written = false; ///< the settings have it
};

/// The name of this machine, as pools may be told.
QString machineName();

} // namespace drover::app
