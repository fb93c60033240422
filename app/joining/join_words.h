// SPDX-License-Identifier: MIT
#pragma once

#include "app/joining/join_view.h"

#include <QCoreApplication>

namespace drover::app {

/// What is said about joining a pool, the same in the window and on the command line.
class JoinWords {
    Q_DECLARE_TR_FUNCTIONS(drover::app::JoinWords)

public:
    /// One sentence on the trouble; empty when there is none.
    static QString sentence(const JoinView& view);

    /// What to do about it, as a sentence; may be empty.
    static QString advice(const JoinView& view);

    static JoinFix fix(JoinTrouble trouble);

    /// Of the button; empty for JoinFix::None.
    static QString button(JoinFix fix);

    /// What goes on, or went well: "Connected to lab."
    static QString progress(const JoinView& view);

    /// What a person must know before agreeing, one sentence each.
    static QStringList asks(const JoinView& view); ///< what the pool can ask
    static QStringList sees(const JoinView& view); ///< what it can see
    static QStringList know(const JoinView& view); ///< what happens here
    static QStringList warnings(const JoinView& view); ///< plain connection, clock

    /// "4 min behind"
    static QString clockText(std::chrono::seconds ahead);
};

} // namespace drover::app
