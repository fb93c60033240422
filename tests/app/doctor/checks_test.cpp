// SPDX-License-Identifier: MIT
#include "app/doctor/checks.h"
#include "app/doctor/mender.h"
#include "app/settings/settings_table.h"
#include "app/settings/settings_text.h"

#include "tests/app/command/pictures.h"

#include <QTest>

#include <algorithm>
#include <functional>
#include <set>

using namespace drover::app;
using Verdict = Finding::Verdict;
using Outcome = Probe::Outcome;

namespace {

/// What GET /api/ps says of one model.
std::string loadedModel(int bytes, int graphicsBytes, int context)
{
    return R"({"models":[{"name":"llama3.2","size":)" + std::to_string(bytes) + R"(,"size_vram":)"
        + std::to_string(graphicsBytes) + R"(,"context_length":)" + std::to_string(context) + "}]}";
}

/// Everything is as it should be.
Facts soundFacts()
{
    Facts facts{.settings = resolve({}, {}, {}),
        .settingsFile = "/home/me/.config/drover/drover.toml",
        .settingsFileThere = true,
        .environment = {{"OLLAMA_HOST", "http://127.0.0.1:11435"}},
        .ownVersion = "0.1.0",
        .buildDate = "2026-11-20",
        .now = 1'795'300'000,
        .statusAddress = "127.0.0.1:4555",
        .status = {Outcome::Answers, 200, {}},
        .snapshot = testing::busyPicture(),
        .proxyAddress = "127.0.0.1:11435",
        .proxy = {Outcome::Answers, 200, {}},
        .proxyModels = {Outcome::Answers, 200, {}},
        .strangeOrigin = {Outcome::Answers, 403, {}},
        .tokenFile = "/t",
        .tokenThere = true,
        .tokenTry = {Outcome::Answers, 200, {}},
        .backends = {{.url = "http://127.0.0.1:11434",
            .probe = {Outcome::Answers, 200, R"({"version":"0.12.6"})"},
            .loaded = {Outcome::Answers, 200, loadedModel(100, 100, 32'768)}}},
        .stateFolder = {.path = "/s", .there = true, .bytesFree = 1ull << 40},
        .modelsFolder = {.path = "/m", .there = true, .bytesFree = 1ull << 40},
        .logFile = {.path = "/s/drover.log", .there = true},
        .history = {.path = "/s/history.db", .there = true},
        .openFilesMax = 65'536,
        .loginItem = LoginItemStatus{},
        .system = {.desktop = true, .graphicsCard = true, .tray = true, .keyring = true, .clockInStep = true}};
    facts.snapshot->backends.pop_back(); // the one that is down
    return facts;
}

Finding find(const std::vector<Finding>& findings, const std::string& check)
{
    const auto found = std::ranges::find(findings, check, &Finding::check);
    return found == findings.end() ? Finding{} : *found;
}

} // namespace

class ChecksTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void findsNothingWhereNothingIsWrong()
    {
        const auto findings = diagnose(soundFacts());

        QVERIFY(findings.size() >= 30);
        for (const Finding& finding : findings)
            QVERIFY2(finding.verdict == Verdict::Ok && finding.fix.isEmpty(), qPrintable(finding.sentence));
        QVERIFY(findingsText(findings).endsWith(QStringLiteral("All is well.\n")));
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
            "settings", Verdict::Problem, "drover.toml:3");
        row(
            "unreadable file", [](Facts& facts) { facts.settingsFileReadable = false; }, "settings", Verdict::Problem,
            "cannot be read");
        row(
            "misspelled variable",
            [](Facts& facts) {
                facts.settings.warnings = {{"environment", 0, "DROVER_X is no setting"}};
            },
            "settings_notes", Verdict::Warning, "DROVER_X");
        row(
            "not running",
            [](Facts& facts) {
                facts.snapshot.reset();
                facts.status = {};
            },
            "running", Verdict::Problem, "not running");
        row(
            "a stranger on the status port", [](Facts& facts) { facts.snapshot.reset(); }, "running", Verdict::Problem,
            "is not Drover");
        row(
            "two versions", [](Facts& facts) { facts.ownVersion = "9"; }, "version", Verdict::Warning, "0.1.0");
        row(
            "paused", [](Facts& facts) { facts.snapshot->paused = true; }, "state", Verdict::Warning, "paused");
        row(
            "error",
            [](Facts& facts) {
                facts.snapshot->state = drover::EngineState::Error;
                facts.snapshot->fixText = "Start it.";
            },
            "state", Verdict::Problem, "running");
        row(
            "gateway",
            [](Facts& facts) {
                facts.snapshot.reset();
                facts.gateway = {Outcome::Answers, 204, {}};
            },
            "proxy", Verdict::Problem, "gateway");
        row(
            "proxy is deaf",
            [](Facts& facts) {
                facts.proxy = {Outcome::Silent, 0, {}};
            },
            "proxy", Verdict::Problem, "no answer");
        row(
            "port taken", [](Facts& facts) { facts.snapshot.reset(); }, "proxy", Verdict::Problem, "another program");
        row(
            "token readable by others", [](Facts& facts) { facts.tokenPrivate = false; }, "token", Verdict::Problem,
            "others can read");
        row(
            "token refused", [](Facts& facts) { facts.tokenTry.status = 401; }, "token", Verdict::Problem,
            "does not take");
        row(
            "token missing", [](Facts& facts) { facts.tokenThere = false; }, "token", Verdict::Problem, "no token");
        row(
            "backend away", [](Facts& facts) { facts.backends[0].probe = {}; }, "backends", Verdict::Problem,
            "nobody listens");
        row(
            "backend hangs", [](Facts& facts) { facts.backends[0].probe.outcome = Outcome::Silent; }, "backends",
            Verdict::Problem, "no answer");
        row(
            "backend rests", [](Facts& facts) { facts.snapshot->backends[0].state = drover::BackendState::Resting; },
            "backend_health", Verdict::Problem, "rests");
        row(
            "no model", [](Facts& facts) { facts.snapshot->backends[0].models.clear(); }, "models", Verdict::Problem,
            "no machine has a model");
        row(
            "nothing comes through", [](Facts& facts) { facts.proxyModels.status = 502; }, "through_proxy",
            Verdict::Problem, "does not come");
        row(
            "one slot and a queue", [](Facts& facts) { facts.snapshot->backends[0].slots = 1; }, "slots",
            Verdict::Warning, "one request at a time");
        row(
            "apps go past", [](Facts& facts) { facts.environment["OLLAMA_HOST"] = "127.0.0.1:11434"; }, "ollama_host",
            Verdict::Warning, "past the queue");
        row(
            "v1 is missing", [](Facts& facts) { facts.environment["OPENAI_BASE_URL"] = "http://127.0.0.1:11435"; },
            "openai_base_url", Verdict::Problem, "/v1");
        row(
            "a web proxy", [](Facts& facts) { facts.environment["HTTP_PROXY"] = "http://proxy:3128"; }, "http_proxy",
            Verdict::Warning, "HTTP_PROXY");
        row(
            "open to all", [](Facts& facts) { facts.settings.settings.config.host = "0.0.0.0"; }, "exposure",
            Verdict::Problem, "no key");
        row(
            "disk full", [](Facts& facts) { facts.stateFolder.bytesFree = 5; }, "disk", Verdict::Problem, "full");
        row(
            "folder not writable", [](Facts& facts) { facts.stateFolder.writable = false; }, "state_folder",
            Verdict::Problem, "cannot be written");
        row(
            "few files", [](Facts& facts) { facts.openFilesMax = 256; }, "open_files", Verdict::Warning, "256");
        addOllamaRows(row);
        addSystemRows(row);
    }

private:
    template <class Row> static void addOllamaRows(const Row& row)
    {
        row(
            "no machine", [](Facts& facts) { facts.backends.clear(); }, "backends", Verdict::Problem, "no machine");
        row(
            "old Ollama", [](Facts& facts) { facts.backends[0].probe.body = R"({"version":"0.3.1"})"; },
            "ollama_version", Verdict::Warning, "0.3.1");
        row(
            "no Ollama at all", [](Facts& facts) { facts.backends[0].probe.body = "hello"; }, "ollama_version",
            Verdict::Warning, "does not say");
        row(
            "too many at once",
            [](Facts& facts) {
                facts.settings.settings.config.concurrency = 4;
                facts.settings.settings.ollama.environment = {"OLLAMA_NUM_PARALLEL=2"};
            },
            "parallelism", Verdict::Warning, "4 requests at once, Ollama runs 2");
        row(
            "on the processor", [](Facts& facts) { facts.backends[0].loaded.body = loadedModel(100, 0, 32'768); },
            "processor", Verdict::Warning, "processor alone");
        row(
            "half on the card", [](Facts& facts) { facts.backends[0].loaded.body = loadedModel(100, 40, 32'768); },
            "processor", Verdict::Warning, "40 %");
        row(
            "little room", [](Facts& facts) { facts.backends[0].loaded.body = loadedModel(100, 100, 4096); }, "context",
            Verdict::Warning, "4096 tokens");
        row(
            "a service beside ours",
            [](Facts& facts) {
                facts.settings.settings.ollama.mode = OllamaMode::Supervise;
                facts.system.ollamaServices = {"ollama.service"};
            },
            "ollama_service", Verdict::Warning, "ollama.service");
        row(
            "every page", [](Facts& facts) { facts.settings.settings.config.origins = {"*"}; }, "cors",
            Verdict::Problem, "every web page");
        row(
            "a page came in", [](Facts& facts) { facts.strangeOrigin.status = 200; }, "cors", Verdict::Problem,
            "let in");
        row(
            "pages of Ollama", [](Facts& facts) { facts.environment["OLLAMA_ORIGINS"] = "https://a.example"; }, "cors",
            Verdict::Warning, "OLLAMA_ORIGINS");
    }
    template <class Row> static void addSystemRows(const Row& row)
    {
        row(
            "models' disk", [](Facts& facts) { facts.modelsFolder.bytesFree = 1u << 30; }, "disk", Verdict::Warning,
            "too little");
        row(
            "log not writable", [](Facts& facts) { facts.logFile.writable = false; }, "log", Verdict::Problem,
            "cannot be written");
        row(
            "log for all", [](Facts& facts) { facts.logFile.onlyOurs = false; }, "log", Verdict::Warning, "others");
        row(
            "history is damaged", [](Facts& facts) { facts.history.sound = false; }, "history", Verdict::Problem,
            "damaged");
        row(
            "history not writable", [](Facts& facts) { facts.history.writable = false; }, "history", Verdict::Problem,
            "cannot be written");
        row(
            "before it was built", [](Facts& facts) { facts.now = 1'000'000'000; }, "clock", Verdict::Problem,
            "clock is wrong");
        row(
            "clocks apart", [](Facts& facts) { facts.backends[0].probe.date = facts.now - 600; }, "clock",
            Verdict::Warning, "10 minute");
        row(
            "clock runs free", [](Facts& facts) { facts.system.clockInStep = false; }, "clock", Verdict::Warning,
            "network");
        row(
            "no keyring", [](Facts& facts) { facts.system.keyring = false; }, "keyring", Verdict::Warning, "keyring");
        row(
            "no tray", [](Facts& facts) { facts.system.tray = false; }, "tray", Verdict::Warning, "no tray");
        row(
            "held back at login",
            [](Facts& facts) { facts.loginItem->state = LoginItemStatus::State::SwitchedOffBySystem; }, "login_item",
            Verdict::Warning, "holds it back");
        row(
            "gone at login",
            [](Facts& facts) {
                facts.loginItem = LoginItemStatus{.state = LoginItemStatus::State::On, .programGone = true};
            },
            "login_item", Verdict::Problem, "not there any more");
    }

private Q_SLOTS:
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
        QVERIFY2(finding.sentence.contains(QString::fromStdString(word)), qPrintable(finding.sentence));
        QVERIFY2(!finding.fix.isEmpty(), qPrintable(finding.sentence));
        const bool setting =
            finding.remedy.kind == Remedy::Kind::ChangeSetting || finding.remedy.kind == Remedy::Kind::OpenSetting;
        QVERIFY2(!setting || findSetting(finding.remedy.target) != nullptr, finding.remedy.target.c_str());
        if (finding.remedy.kind == Remedy::Kind::ChangeSetting) {
            const auto changed = setInFile(defaultFileText(), finding.remedy.target, finding.remedy.value);
            QVERIFY2(changed.has_value(), finding.remedy.target.c_str());
        }
        QCOMPARE(mendsAlone(finding.remedy.kind), !questionOf(finding.remedy).isEmpty());
    }
    void judgesNothingThatItDidNotSee()
    {
        Facts facts{.settings = resolve({}, {}, {}), .now = 1'795'300'000};
        const auto findings = diagnose(facts);
        for (const char* check : {"state", "models", "slots", "processor", "context", "keyring", "tray", "history"})
            QCOMPARE(find(findings, check).verdict, Verdict::NotApplicable);
    }
    void putsTheWorstFirst()
    {
        const auto sorted =
            bySeverity({{.check = "a", .verdict = Verdict::Ok}, {.check = "b", .verdict = Verdict::Warning},
                {.check = "c", .verdict = Verdict::Problem}, {.check = "d", .verdict = Verdict::Warning}});
        std::string order;
        for (const Finding& finding : sorted)
            order += finding.check;
        QCOMPARE(order, std::string("cbda"));
    }
    void printsNothingThatATerminalObeys()
    {
        const auto text = findingsText({{.sentence = QStringLiteral("a\x1b]0;title\x07")}});
        QVERIFY(!text.contains(QChar(0x1b)) && !text.contains(QChar(7)));
    }
};

QTEST_GUILESS_MAIN(ChecksTest)
#include "checks_test.moc"
