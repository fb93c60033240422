// SPDX-License-Identifier: MIT
#include "app/window/why_rows.h"

#include "app/window/wording.h"

#include "tests/support/example_snapshot.h"

#include <QCoreApplication>
#include <QLocale>
#include <QTest>
#include <QTranslator>

using namespace drover;
using namespace drover::app;

namespace {

/// Answers every text of the table of reasons with itself in capital letters.
class LoudTranslator : public QTranslator {
public:
    QString translate(const char* context, const char* text, const char*, int) const override
    {
        return qstrcmp(context, "Reason") == 0 ? QString::fromUtf8(text).toUpper() : QString();
    }
    bool isEmpty() const override { return false; }
};

FinishedJob refused(const char* user, const char* code)
{
    FinishedJob finished;
    finished.job.user = user;
    finished.outcome = Outcome::Refused;
    finished.reasonCode = code;
    return finished;
}

} // namespace

class WhyRowsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void beginsWithTheState()
    {
        auto snapshot = test::exampleSnapshot();
        explain(snapshot, give("paused", {"2", "6"}));
        snapshot.state = EngineState::Paused;

        const auto rows = whyRows(snapshot);

        QCOMPARE(rows.front().sentence, QStringLiteral("Paused: 2 running, 6 waiting. Nothing new starts."));
        QCOMPARE(rows.front().action, FixAction::Resume);
        QCOMPARE(rows[1].subject, QStringLiteral("Ollama"));
    }
    void tellsTheOllamaThatDroverLooksAfter()
    {
        Snapshot snapshot;
        explain(snapshot, give("ready", {"127.0.0.1:11435"}));
        snapshot.runtime = {.present = true, .reasonCode = "ollama_gave_up", .reasonArguments = {"It fell.", "Often."}};

        QCOMPARE(whyRows(snapshot)[1].sentence, QStringLiteral("It fell. Often."));
        QCOMPARE(whyRows(snapshot)[1].action, FixAction::None);
        snapshot.runtime.fix = RuntimeFix::TryAgain;
        QCOMPARE(whyRows(snapshot)[1].action, FixAction::TryAgain);
    }
    void tellsEachRefusalOnce()
    {
        Snapshot snapshot;
        snapshot.finished = {
            refused("Zed", "queue_full"), refused("Zed", "queue_full"), refused("Emacs", "queue_full")};
        snapshot.finished.push_back({.job = {.user = "fine"}, .outcome = Outcome::Done});

        const auto rows = whyRows(snapshot);

        QCOMPARE(rows.size(), 3u);
        QCOMPARE(rows[1].subject, QStringLiteral("Zed"));
        QCOMPARE(rows[1].setting, QStringLiteral("queue.waiting_max"));
        QCOMPARE(rows[2].subject, QStringLiteral("Emacs"));
    }
    void translatesEveryReasonByItsCode()
    {
        LoudTranslator loud;
        QCoreApplication::installTranslator(&loud);
        for (const Reason& row : reasonTable()) {
            if (row.code == "busy") // is put together of translated parts
                continue;
            Snapshot snapshot;
            snapshot.reasonCode = row.code;
            snapshot.reasonArguments = {"1", "2", "3"};
            snapshot.reasonText = filled(row.sentence, snapshot.reasonArguments);
            snapshot.fixText = filled(row.fix, snapshot.reasonArguments);
            QCOMPARE(wording::reason(snapshot), wording::text(snapshot.reasonText).toUpper());
            QCOMPARE(wording::fix(snapshot), wording::text(snapshot.fixText).toUpper());
            QCOMPARE(wording::button(row.action).isEmpty(), row.action == FixAction::None);
        }
        QCoreApplication::removeTranslator(&loud);
    }
    void keepsTheEnginesWordsWhereTheTableHasOthers()
    {
        Snapshot snapshot;
        snapshot.reasonCode = "port_taken";
        snapshot.reasonText = "It is odd.";
        snapshot.fixText = "Ask somebody.";
        QCOMPARE(wording::reason(snapshot), QStringLiteral("It is odd."));
        QCOMPARE(wording::fix(snapshot), QStringLiteral("Ask somebody."));
    }
};

QTEST_GUILESS_MAIN(WhyRowsTest)
#include "why_rows_test.moc"
