// SPDX-License-Identifier: MIT
#include "core/api/reason.h"

#include "app/settings/settings_table.h"
#include "core/api/snapshot.h"
#include "core/engine_summary.h"

#include <QTest>

#include <algorithm>
#include <set>

using namespace drover;

namespace {

/// A snapshot of one backend in a state.
Snapshot of(BackendKind kind, BackendState state)
{
    Snapshot snapshot;
    snapshot.address = "127.0.0.1:11435";
    snapshot.backends = {
        {.name = "cellar", .url = "http://127.0.0.1:11434", .kind = kind, .state = state, .reason = "It is dark."}};
    return snapshot;
}

Snapshot summarised(Snapshot snapshot)
{
    summarise(snapshot, WallTime::clock::now());
    return snapshot;
}

} // namespace

class ReasonTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hasEachCodeOnceAndASentenceForIt()
    {
        std::set<std::string_view> codes;
        for (const Reason& row : reasonTable()) {
            QVERIFY2(codes.insert(row.code).second, row.code.data());
            QVERIFY2(!row.sentence.empty(), row.code.data());
            QVERIFY2(std::ranges::all_of(
                         row.code, [](char letter) { return letter == '_' || (letter >= 'a' && letter <= 'z'); }),
                row.code.data());
        }
    }
    void hasARowForEveryError()
    {
        for (int code = 1; codeName(static_cast<Errc>(code)) != "unknown"; ++code) {
            const auto error = static_cast<Errc>(code);
            QVERIFY2(findReason(codeName(error)) != nullptr, codeName(error).data());
            QCOMPARE(describe(error), findReason(codeName(error))->sentence);
            QCOMPARE(give(error).code, std::string(codeName(error)));
        }
        QVERIFY(findReason("user_blocked") != nullptr);
    }
    void saysWhatToDoWhereverThereIsAButton()
    {
        for (const Reason& row : reasonTable()) {
            const bool button = row.action != FixAction::None;
            QVERIFY2(!button || !row.fix.empty() || row.code == "restarting", row.code.data());
            QVERIFY2(!name(row.action).empty(), row.code.data());
        }
    }
    void opensSettingsThatExist()
    {
        for (const Reason& row : reasonTable()) {
            QCOMPARE(row.action == FixAction::OpenSetting, !row.setting.empty());
            const auto known = [&](const app::Setting& setting) { return setting.key == row.setting; };
            QVERIFY2(row.setting.empty() || std::ranges::any_of(app::settingsTable(), known), row.code.data());
        }
    }
    void fillsParticularsIn()
    {
        const std::vector<std::string> two{"a%2", "b"};
        QCOMPARE(filled("%1, %2 and 100 %", two), std::string("a%2, b and 100 %"));
        QCOMPARE(filled("%3 stays", two), std::string("%3 stays"));
    }

    void readsWhatItSays()
    {
        for (const Reason& row : reasonTable()) {
            const std::vector<std::string> particulars{"cellar", "127.0.0.1:11434", "7"};
            const std::string text = filled(row.sentence, particulars);
            const ReasonRead read = readReason(text);
            if (row.sentence == "%1 %2" || row.sentence.starts_with("%1, w"))
                continue; // hardly a word of their own
            QVERIFY2(read.row != nullptr, text.c_str());
            QCOMPARE(filled(read.row->sentence, read.arguments), text);
            QCOMPARE(read.row->sentence, row.sentence);
        }
    }
    void readsNothingIntoOtherTexts()
    {
        for (const char* text : {"", ".", "connection refused", "127.0.0.1:11434", "a b"})
            QVERIFY2(readReason(text).row == nullptr, text);
    }
    void findsTheEarliestEndOfAParticular()
    {
        const auto read = readReason("Ollama ended with the exit code 1. It said: \"It said: no\"");
        QCOMPARE(std::string(read.row->code), std::string("ollama_said"));
        QCOMPARE(read.arguments, (std::vector<std::string>{"Ollama ended with the exit code 1.", "It said: no"}));
    }

    void summarises_data()
    {
        QTest::addColumn<Snapshot>("snapshot");
        QTest::addColumn<QString>("code");
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("action");
        const auto row = [](const char* title, const Snapshot& snapshot, const char* code, const char* text,
                             FixAction action) {
            QTest::newRow(title) << snapshot << QString::fromLatin1(code) << QString::fromLatin1(text)
                                 << static_cast<int>(action);
        };
        const auto ready = of(BackendKind::Ollama, BackendState::Ready);
        row("nothing is set up", {}, "no_machine", "No machine is set up that could answer.", FixAction::OpenSetting);
        row("Ollama is away", of(BackendKind::Ollama, BackendState::Down), "ollama_unreachable",
            "Ollama does not answer at http://127.0.0.1:11434.", FixAction::RunDoctor);
        auto startable = of(BackendKind::Ollama, BackendState::Down);
        startable.runtime = {.backend = "cellar", .fix = RuntimeFix::Start};
        row("Ollama is away and Drover can start it", startable, "ollama_unreachable",
            "Ollama does not answer at http://127.0.0.1:11434.", FixAction::StartOllama);
        startable.runtime = {.present = true,
            .backend = "cellar",
            .state = RuntimeState::Missing,
            .reasonCode = "ollama_missing",
            .reasonText = "Ollama is not installed.",
            .fixText = std::string(findReason("ollama_missing")->fix)};
        row("Ollama is missing", startable, "ollama_missing", "Ollama is not installed.", FixAction::OpenSetting);
        row("another server is away", of(BackendKind::OpenAi, BackendState::Down), "machine_unreachable",
            "cellar does not answer.", FixAction::RunDoctor);
        row("it rests", of(BackendKind::Ollama, BackendState::Resting), "machine_resting",
            "cellar failed too often and rests: It is dark.", FixAction::OpenLogs);
        row("it was not asked", of(BackendKind::Ollama, BackendState::Unknown), "starting",
            "Looking for the machines that answer.", FixAction::None);
        row("ready", ready, "ready", "Ready. Apps connect to http://127.0.0.1:11435.", FixAction::None);
        auto two = of(BackendKind::Ollama, BackendState::Down);
        two.backends.push_back(two.backends.front());
        row("both are away", two, "machines_unreachable", "None of the 2 machines answers.", FixAction::RunDoctor);
        two.backends.front().state = BackendState::Ready;
        row("one is away", two, "ready_degraded", "Ready, but 1 of 2 machines do not answer.", FixAction::RunDoctor);
        auto busy = ready;
        busy.running = 1;
        busy.users = {{.name = "Zed", .running = 1}};
        row("busy", busy, "busy", "1 running, 0 waiting (Zed).", FixAction::None);
        busy.paused = true;
        row("paused", busy, "paused", "Paused: 1 running, 0 waiting. Nothing new starts.", FixAction::Resume);
        busy.draining = true;
        row("draining", busy, "draining", "Finishing: 1 running, 0 waiting. New requests are refused.",
            FixAction::Undrain);
    }
    void summarises()
    {
        QFETCH(Snapshot, snapshot);
        const auto summary = summarised(snapshot);

        QTEST(QString::fromStdString(summary.reasonCode), "code");
        QTEST(QString::fromStdString(summary.reasonText), "text");
        QTEST(static_cast<int>(summary.fixAction), "action");
        QCOMPARE(summary.fixText, filled(findReason(summary.reasonCode)->fix, summary.reasonArguments));
    }
    void saysBeforeAllElseThatAnswersAreSimulated()
    {
        auto snapshot = of(BackendKind::Demo, BackendState::Ready);
        snapshot.demo = true;
        QCOMPARE(summarised(snapshot).reasonText,
            std::string("Demo, answers are simulated. Ready. Apps connect to http://127.0.0.1:11435."));
    }
};

QTEST_GUILESS_MAIN(ReasonTest)
#include "reason_test.moc"
