// SPDX-License-Identifier: MIT
#include "app/command/doctor.h"

#include "tests/app/command/pictures.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <set>

using namespace drover::app;
using Verdict = Finding::Verdict;
using Outcome = Probe::Outcome;

namespace {

/// Everything is as it should be.
Facts soundFacts()
{
    Facts facts{.settings = resolve({}, {}, {}),
        .settingsFile = "/home/me/.config/drover/drover.toml",
        .settingsFileThere = true,
        .environment = {{"OLLAMA_HOST", "http://127.0.0.1:11435"}},
        .ownVersion = "0.1.0",
        .statusAddress = "127.0.0.1:4555",
        .status = {Outcome::Answers, 200, {}},
        .snapshot = testing::busyPicture(),
        .proxyAddress = "127.0.0.1:11435",
        .proxy = {Outcome::Answers, 200, {}},
        .proxyModels = {Outcome::Answers, 200, {}},
        .tokenFile = "/t",
        .tokenThere = true,
        .tokenTry = {Outcome::Answers, 200, {}},
        .backends = {{"http://127.0.0.1:11434", false, {Outcome::Answers, 200, {}}}},
        .stateFolder = "/s",
        .diskBytesFree = 1u << 30,
        .openFilesMax = 65'536};
    facts.snapshot->backends.pop_back(); // the one that is down
    return facts;
}

Finding find(const std::vector<Finding>& findings, const std::string& check)
{
    const auto found = std::ranges::find(findings, check, &Finding::check);
    return found == findings.end() ? Finding{} : *found;
}

} // namespace

class DoctorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsNothingWhereNothingIsWrong()
    {
        const auto findings = diagnose(soundFacts());

        QVERIFY(findings.size() >= 12);
        for (const Finding& finding : findings)
            QVERIFY2(finding.verdict == Verdict::Fine && finding.fix.empty(), finding.sentence.c_str());
        QVERIFY(findingsText(findings).ends_with("All is well.\n"));
        std::set<std::string> names;
        for (const Finding& finding : findings)
            QVERIFY(names.insert(finding.check).second);
    }

    void findsEachThingThatIsWrong_data()
    {
        QTest::addColumn<std::function<void(Facts&)>>("spoil");
        QTest::addColumn<std::string>("check");
        QTest::addColumn<int>("verdict");
        QTest::addColumn<std::string>("word");
        const auto row = [](const char* name, std::function<void(Facts&)> spoil, std::string check, Verdict verdict,
                             std::string word) {
            QTest::newRow(name) << std::move(spoil) << std::move(check) << static_cast<int>(verdict) << std::move(word);
        };
        row(
            "broken file",
            [](Facts& facts) {
                facts.settings.problems = {{"drover.toml", 3, "there is no setting"}};
            },
            "settings", Verdict::Trouble, "drover.toml:3");
        row(
            "unreadable file", [](Facts& facts) { facts.settingsFileReadable = false; }, "settings", Verdict::Trouble,
            "cannot be read");
        row(
            "misspelled variable",
            [](Facts& facts) {
                facts.settings.warnings = {{"environment", 0, "DROVER_X is no setting"}};
            },
            "settings_notes", Verdict::Note, "DROVER_X");
        row(
            "not running",
            [](Facts& facts) {
                facts.snapshot.reset();
                facts.status = {};
            },
            "running", Verdict::Trouble, "not running");
        row(
            "a stranger on the status port", [](Facts& facts) { facts.snapshot.reset(); }, "running", Verdict::Trouble,
            "is not Drover");
        row(
            "two versions", [](Facts& facts) { facts.ownVersion = "9"; }, "version", Verdict::Note, "0.1.0");
        row(
            "paused", [](Facts& facts) { facts.snapshot->paused = true; }, "state", Verdict::Note, "paused");
        row(
            "error",
            [](Facts& facts) {
                facts.snapshot->state = drover::EngineState::Error;
                facts.snapshot->fixText = "Start it.";
            },
            "state", Verdict::Trouble, "running");
        row(
            "gateway",
            [](Facts& facts) {
                facts.snapshot.reset();
                facts.gateway = {Outcome::Answers, 204, {}};
            },
            "proxy", Verdict::Trouble, "gateway");
        row(
            "proxy is deaf",
            [](Facts& facts) {
                facts.proxy = {Outcome::Silent, 0, {}};
            },
            "proxy", Verdict::Trouble, "no answer");
        row(
            "port taken", [](Facts& facts) { facts.snapshot.reset(); }, "proxy", Verdict::Trouble, "another program");
        row(
            "token readable by others", [](Facts& facts) { facts.tokenPrivate = false; }, "token", Verdict::Trouble,
            "others can read");
        row(
            "token refused", [](Facts& facts) { facts.tokenTry.status = 401; }, "token", Verdict::Trouble,
            "does not take");
        row(
            "token missing", [](Facts& facts) { facts.tokenThere = false; }, "token", Verdict::Trouble, "no token");
        row(
            "backend away", [](Facts& facts) { facts.backends[0].probe = {}; }, "backends", Verdict::Trouble,
            "nobody listens");
        row(
            "backend hangs", [](Facts& facts) { facts.backends[0].probe.outcome = Outcome::Silent; }, "backends",
            Verdict::Trouble, "no answer");
        row(
            "backend rests", [](Facts& facts) { facts.snapshot->backends[0].state = drover::BackendState::Resting; },
            "backend_health", Verdict::Trouble, "resting");
        row(
            "no model", [](Facts& facts) { facts.snapshot->backends[0].models.clear(); }, "models", Verdict::Trouble,
            "no backend has a model");
        row(
            "nothing comes through", [](Facts& facts) { facts.proxyModels.status = 502; }, "through_proxy",
            Verdict::Trouble, "does not come");
        row(
            "one slot and a queue", [](Facts& facts) { facts.snapshot->backends[0].slots = 1; }, "slots", Verdict::Note,
            "1 slot");
        row(
            "apps go past", [](Facts& facts) { facts.environment["OLLAMA_HOST"] = "127.0.0.1:11434"; }, "ollama_host",
            Verdict::Note, "past the queue");
        row(
            "v1 is missing", [](Facts& facts) { facts.environment["OPENAI_BASE_URL"] = "http://127.0.0.1:11435"; },
            "openai_base_url", Verdict::Trouble, "/v1");
        row(
            "a web proxy", [](Facts& facts) { facts.environment["HTTP_PROXY"] = "http://proxy:3128"; }, "http_proxy",
            Verdict::Note, "HTTP_PROXY");
        row(
            "open to all", [](Facts& facts) { facts.settings.settings.config.host = "0.0.0.0"; }, "exposure",
            Verdict::Trouble, "without a key");
        row(
            "disk full", [](Facts& facts) { facts.diskBytesFree = 5; }, "state_folder", Verdict::Trouble, "full");
        row(
            "folder not writable", [](Facts& facts) { facts.stateFolderWritable = false; }, "state_folder",
            Verdict::Trouble, "cannot be written");
        row(
            "few files", [](Facts& facts) { facts.openFilesMax = 256; }, "open_files", Verdict::Note, "256");
    }
    void findsEachThingThatIsWrong()
    {
        QFETCH(std::function<void(Facts&)>, spoil);
        QFETCH(std::string, check);
        QFETCH(int, verdict);
        QFETCH(std::string, word);
        Facts facts = soundFacts();
        spoil(facts);

        const Finding finding = find(diagnose(facts), check);

        QCOMPARE(static_cast<int>(finding.verdict), verdict);
        QVERIFY2(finding.sentence.find(word) != std::string::npos, finding.sentence.c_str());
        QVERIFY2(!finding.fix.empty(), finding.sentence.c_str());
    }
};

QTEST_GUILESS_MAIN(DoctorTest)
#include "doctor_test.moc"
