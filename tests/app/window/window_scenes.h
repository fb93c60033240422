// SPDX-License-Identifier: MIT
#pragma once

#include "app/doctor/checks.h"
#include "app/first_run/engine_step.h"
#include "app/first_run/first_run.h"
#include "app/ollama/model_shelf.h"
#include "app/queue_control.h"
#include "app/sharing_control.h"
#include "app/window/apps_page.h"
#include "app/window/backend_dialog.h"
#include "app/window/close_question.h"
#include "app/window/connect_dialog.h"
#include "app/window/doctor_dialog.h"
#include "app/window/history_model.h"
#include "app/window/history_page.h"
#include "app/window/history_table.h"
#include "app/window/host_new_keys.h"
#include "app/window/host_page.h"
#include "app/window/join_dialog.h"
#include "app/window/keys_dialog.h"
#include "app/window/link_sheet.h"
#include "app/window/logs_page.h"
#include "app/window/machine_page.h"
#include "app/window/main_window.h"
#include "app/window/models_page.h"
#include "app/window/page.h"
#include "app/window/pools_page.h"
#include "app/window/quit_question.h"
#include "app/window/settings_page.h"
#include "app/window/why_panel.h"

#include "core/store/history_store.h"
#include "tests/support/example_snapshot.h"
#include "tests/support/history_rows.h"
#include "tests/support/memory_desk.h"
#include "tests/support/web_answers.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDeadlineTimer>
#include <QFile>
#include <QPushButton>
#include <QTableView>
#include <QTemporaryDir>

#include <algorithm>
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

/// Every page, dialog and step of the wizard as it can be seen: access_test walks them, drover_screenshots draws them.
/// Whoever adds a page adds its scene here.
namespace drover::test {

using namespace drover::app;

/// What every page must fit into.
inline constexpr QSize windowSize(960, 640);

class NoControl : public QueueControl {
public:
    void pause(std::optional<WallTime>) override { }
    void resume() override { }
    void cancelJobs(const std::vector<JobId>&) override { }
    void startNext(JobId) override { }
    void startRuntime() override { }
    void startAgain() override { }
};

class NoSharing : public SharingControl {
public:
    void snooze(const Snooze&) override { }
};

class NoMachine : public DoctorDialog::Port {
public:
    DoctorScene scene() override { return {.source = SettingsSource({}, {}, {}, "/none")}; }
    BundleSources bundleSources() override { return {}; }
    Result<> mend(const Remedy&) override { return {}; }
};

/// One thing that can be opened, and what is shown in it.
struct Scene {
    const char* name;
    std::function<std::unique_ptr<QWidget>()> open;
};

inline Snapshot troubled()
{
    auto snapshot = exampleSnapshot();
    snapshot.state = EngineState::Error;
    explain(snapshot, give("ollama_unreachable", {"http://127.0.0.1:11434"}));
    snapshot.finished = {{.job = {.user = "Zed"}, .outcome = Outcome::Refused, .reasonCode = "user_queue_full"}};
    return snapshot;
}

/// A machine on which most is in order.
inline Facts exampleFacts()
{
    using enum Probe::Outcome;
    Facts facts{.settings = resolve({}, {}, {}),
        .settingsFile = "/home/ann/.config/drover/drover.toml",
        .settingsFileThere = true,
        .environment = {{"OLLAMA_HOST", "http://127.0.0.1:11434"}},
        .ownVersion = "0.1.0",
        .buildDate = "2026-11-20",
        .now = 1'795'300'000,
        .statusAddress = "127.0.0.1:4555",
        .status = {Answers, 200},
        .snapshot = exampleSnapshot(),
        .proxyAddress = "127.0.0.1:11435",
        .proxy = {Answers, 200},
        .proxyModels = {Answers, 200},
        .strangeOrigin = {Answers, 403},
        .tokenFile = "/home/ann/.local/state/drover/control-token",
        .tokenThere = true,
        .tokenPrivate = false,
        .backends = {{.url = "http://127.0.0.1:11434",
            .probe = {Answers, 200, R"({"version":"0.12.6"})"},
            .loaded = {Answers, 200,
                R"({"models":[{"name":"llama3.2:3b","size":100,"size_vram":60,"context_length":4096}]})"}}},
        .stateFolder = {.path = "/home/ann/.local/state/drover", .there = true, .bytesFree = 1ull << 38},
        .modelsFolder = {.path = "/home/ann/.ollama/models", .there = true, .bytesFree = 1ull << 38},
        .logFile = {.path = "/home/ann/.local/state/drover/drover.log", .there = true},
        .history = {.path = "/home/ann/.local/state/drover/history.db", .there = true},
        .openFilesMax = 65'536,
        .loginItem = LoginItemStatus{},
        .system = {.desktop = true, .graphicsCard = true, .tray = true, .keyring = true, .clockInStep = true}};
    return facts;
}

/// Settings of which there is no file.
inline SettingsSource noSettings()
{
    return SettingsSource({.settingsFile = "/nowhere/drover.toml"}, {}, {});
}

inline std::unique_ptr<QWidget> windowAt(PageId page, const Snapshot& snapshot)
{
    static NoControl control;
    auto window = std::make_unique<MainWindow>(control);
    window->addPage(new AppsPage(control, noSettings()));
    window->show(snapshot);
    window->goToPage(page);
    window->resize(windowSize);
    return window;
}

/// With an Ollama whose models can be managed, though nobody answers there.
inline std::unique_ptr<QWidget> windowAtModels(const Snapshot& snapshot)
{
    auto window = windowAt(PageId::Now, snapshot);
    auto* shelf = new ModelShelf(window.get());
    shelf->setServers({{.name = QStringLiteral("Ollama"), .url = QUrl(QStringLiteral("http://127.0.0.1:1"))}});
    auto& main = static_cast<MainWindow&>(*window);
    main.addPage(new ModelsPage(*shelf));
    main.goToPage(PageId::Models);
    return window;
}

/// The window at the page History, with so many jobs in its file and the first one's details open where there is one.
inline std::unique_ptr<QWidget> historyOf(int jobs)
{
    static const QTemporaryDir folder;
    const std::string file = folder.filePath(QStringLiteral("%1.db").arg(jobs)).toStdString();
    if (!QFile::exists(QString::fromStdString(file))) {
        HistoryStore store({.config = {.file = file}, .now = [] { return noon; }});
        for (int number = jobs; number > 0; --number)
            store.add(number % 7 == 1 ? refusedJob(number) : finishedJob(number), std::chrono::milliseconds(1700));
    }
    auto window = windowAt(PageId::Now, exampleSnapshot());
    auto* page = new HistoryPage(file);
    static_cast<MainWindow&>(*window).addPage(page);
    static_cast<MainWindow&>(*window).goToPage(PageId::History);
    page->show(exampleSnapshot());
    const QDeadlineTimer patience(20'000);
    while ((page->model().state() != HistoryModel::State::Shown || !page->hasFigures()) && !patience.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    if (auto* table = page->findChild<HistoryTable*>(); jobs > 0) {
        table->setCurrentIndex(page->model().index(0, 0));
        Q_EMIT table->detailsAsked();
    }
    return window;
}

inline LiveSettings& liveSettings()
{
    static LiveSettings settings(noSettings());
    return settings;
}

inline SecretStore& noSecrets()
{
    static SecretStore secrets({.stateFolder = "/nowhere"}, {}, SecretStore::UseKeyring::No);
    return secrets;
}

inline std::unique_ptr<QWidget> windowAtSettings()
{
    auto window = windowAt(PageId::Now, exampleSnapshot());
    auto& main = static_cast<MainWindow&>(*window);
    main.addPage(new SettingsPage(liveSettings(), noSecrets(), LoginItem({}, {})));
    main.goToPage(PageId::Settings);
    return window;
}

/// Several rules hold back, each in its own way.
inline Snapshot sharingSnapshot()
{
    using enum RuleState;
    Snapshot snapshot = exampleSnapshot();
    snapshot.sharing = {.present = true,
        .verdict = SharingVerdict::StopAndFree,
        .reasonCode = "sharing_full_screen",
        .reasonText = "Sharing sleeps while Baldur's Gate 3 fills the screen.",
        .reasonArguments = {"Baldur's Gate 3"},
        .fixAction = FixAction::OpenSetting,
        .fixSetting = "sharing.full_screen",
        .rules = {{.rule = SharingRule::Battery, .state = Allows},
            {.rule = SharingRule::FullScreen,
                .state = Holds,
                .verdict = SharingVerdict::StopAndFree,
                .value = 1,
                .subject = "Baldur's Gate 3"},
            {.rule = SharingRule::Programs, .state = Allows},
            {.rule = SharingRule::Gpu,
                .state = Holds,
                .verdict = SharingVerdict::StopAndFree,
                .value = 94,
                .limit = 30},
            {.rule = SharingRule::Cpu, .state = Allows, .value = 22, .limit = 50}, {.rule = SharingRule::UserActive},
            {.rule = SharingRule::Metered, .state = Unknown}, {.rule = SharingRule::Schedule, .state = Allows},
            {.rule = SharingRule::Temperature, .state = Allows, .value = 71, .limit = 87},
            {.rule = SharingRule::Disk, .state = Allows, .value = 81e9, .limit = 5.0 * (1 << 30)},
            {.rule = SharingRule::Memory, .state = Allows, .value = 9e9, .limit = 1 << 30},
            {.rule = SharingRule::Tokens, .state = Allows, .value = 412'345, .limit = 2e6}, {.rule = SharingRule::Jobs},
            {.rule = SharingRule::Time}}};
    return snapshot;
}

inline std::unique_ptr<QWidget> windowAtMachine()
{
    static NoSharing sharing;
    auto window = windowAt(PageId::Now, sharingSnapshot());
    auto& main = static_cast<MainWindow&>(*window);
    main.addPage(new MachinePage(liveSettings(), sharing));
    main.goToPage(PageId::Machine);
    return window;
}

/// With a log of Drover's own that has a few lines of each level.
inline std::unique_ptr<QWidget> windowAtLogs()
{
    auto window = windowAt(PageId::Now, exampleSnapshot());
    auto& main = static_cast<MainWindow&>(*window);
    auto* page = new LogsPage(QStringLiteral("/nowhere"));
    const auto start = std::chrono::system_clock::from_time_t(1'795'300'000);
    page->add({{.when = start, .text = "engine: listening proxy=127.0.0.1:11435 status=127.0.0.1:4555"},
        {.when = start + std::chrono::seconds(2), .level = LogLevel::Debug, .text = "queue: arrived job=1 user=Zed"},
        {.when = start + std::chrono::seconds(9),
            .level = LogLevel::Warning,
            .source = LogSource::Ollama,
            .text = "llama runner process no longer running: the model needs more memory than is free at present"},
        {.when = start + std::chrono::seconds(9), .level = LogLevel::Error, .text = "queue: failed job=1 user=Zed"}});
    main.addPage(page);
    main.goToPage(PageId::Logs);
    return window;
}

/// With a pool that is connected, one that is not, and a month of work for them; or with none.
inline std::unique_ptr<QWidget> windowAtPools(bool joined)
{
    static const QTemporaryDir folder;
    static MemoryDesk desk;
    const std::string file = folder.filePath(QStringLiteral("ledger.db")).toStdString();
    if (!QFile::exists(QString::fromStdString(file))) {
        constexpr std::int64_t day = 86'400'000;
        HistoryStore store({.config = {.file = file}});
        for (int number = 0; number < 60; ++number) {
            FinishedJob job = finishedJob(number, QDateTime::currentMSecsSinceEpoch() - number * day / 2);
            job.job.pool = number % 5 == 0 ? "home" : "lab";
            job.job.outputTokens = static_cast<std::uint64_t>(400 + number * 37 % 900);
            store.add(job, std::chrono::milliseconds(200));
        }
    }
    Snapshot snapshot = exampleSnapshot();
    if (joined)
        snapshot.pools = {{.name = "lab",
                              .url = "wss://pool.example.org/api/llm/connect",
                              .state = PoolState::Connected,
                              .workerName = "attic",
                              .models = {"llama3.2:3b", "qwen2.5-coder:7b"},
                              .slots = 2,
                              .running = 1,
                              .latency = std::chrono::milliseconds(23),
                              .lastHeartbeat = 1'795'262'400,
                              .today = {.jobs = 17, .failed = 0, .promptTokens = 9120, .outputTokens = 4410},
                              .total = {.jobs = 1204, .failed = 3, .promptTokens = 812'000, .outputTokens = 402'000}},
            {.name = "home",
                .url = "ws://10.0.0.5:8080/workers/connect",
                .state = PoolState::Connecting,
                .reason = "The pool cannot be reached: \"Connection refused\".",
                .fix = "Drover tries again by itself.",
                .workerName = "attic",
                .retryIn = std::chrono::seconds(8)}};
    auto window = windowAt(PageId::Now, snapshot);
    auto* page = new PoolsPage(desk, file, [](const std::vector<JobId>&) {});
    static_cast<MainWindow&>(*window).addPage(page);
    static_cast<MainWindow&>(*window).goToPage(PageId::Pools);
    page->show(snapshot);
    const QDeadlineTimer patience(20'000);
    while (joined && page->ledger().rowCount() == 0 && !patience.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return window;
}

inline HostDesk hostDesk()
{
    static MemoryDesk desk;
    static const QTemporaryDir folder;
    static const std::string file = folder.filePath(QStringLiteral("keys.db")).toStdString();
    if (!QFile::exists(QString::fromStdString(file))) {
        const auto keys = openKeyFile(file);
        const bool made = keys && (*keys)->create({.role = KeyRole::Client, .name = "Ann"}, "window")
            && (*keys)->create({.role = KeyRole::Client, .name = "Open WebUI"}, "window")
            && (*keys)->create({.role = KeyRole::Worker, .name = "attic"}, "window")
            && (*keys)->create({.role = KeyRole::Worker, .name = "cellar"}, "window")
            && (*keys)->revoke(KeyRole::Worker, "cellar", "window")
            && (*keys)->invite({.usesMax = 3, .lifetime = std::chrono::hours(24), .note = "the office"}, "window");
        if (!made)
            qFatal("the keys of the scenes cannot be made");
    }
    return {
        .settings = desk, .openKeys = [] { return openKeyFile(file); }, .command = [](WorkerNumber, WorkerCommand) {}};
}

inline std::unique_ptr<QWidget> windowAtHost(const Snapshot& snapshot)
{
    static NoControl control;
    auto window = windowAt(PageId::Now, snapshot);
    auto& main = static_cast<MainWindow&>(*window);
    main.addPage(new HostPage(hostDesk(), control, [] {
        return QStringList{QStringLiteral("192.168.1.5"), QStringLiteral("10.8.0.2")};
    }));
    main.goToPage(PageId::Host);
    return window;
}

inline std::unique_ptr<QWidget> hostSetup(HostReach reach)
{
    auto dialog = std::make_unique<HostSetup>(hostDesk());
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog->setPlan(
        {.name = QStringLiteral("lab"), .reach = reach, .publicUrl = QStringLiteral("https://pool.example.org")});
    return dialog;
}

inline std::unique_ptr<QWidget> hostInvite()
{
    auto dialog = std::make_unique<HostInvite>(
        hostDesk(), hostAddresses(hostingSnapshot().hosting, {QStringLiteral("192.168.1.5")}));
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    const auto buttons = dialog->findChildren<QPushButton*>();
    for (auto* button : buttons) {
        if (button->isDefault())
            button->click();
    }
    return dialog;
}

/// The dialog that joins a pool; with an address when it is to ask for agreement.
inline std::unique_ptr<QWidget> joinDialog(bool asksForAgreement)
{
    static MemoryDesk desk;
    static const WebAnswers pool({{"/api/llm/connect", 426}});
    auto dialog = std::make_unique<JoinDialog>(desk);
    dialog->setAttribute(Qt::WA_DeleteOnClose, false);
    dialog->show(exampleSnapshot());
    if (!asksForAgreement)
        return dialog;
    dialog->takeText(QStringLiteral("ws://127.0.0.1:%1 key").arg(pool.port()));
    const auto buttons = dialog->findChildren<QPushButton*>();
    for (auto* button : buttons) {
        if (button->isDefault())
            button->click();
    }
    const QDeadlineTimer patience(20'000);
    while (dialog->view().phase != JoinView::Phase::Asking && !patience.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return dialog;
}

/// A step of the wizard. Which Ollama there is has been found out.
inline std::unique_ptr<QWidget> firstRunAt(int step)
{
    auto run =
        std::make_unique<FirstRun>(FirstRun::Needs{.settings = liveSettings(), .loginItem = LoginItem({}, {})}, step);
    run->show(exampleSnapshot());
    const QDeadlineTimer patience(20'000);
    const auto looks = [&run] {
        const auto buttons = run->findChild<EngineStep*>()->findChildren<QPushButton*>();
        return std::ranges::any_of(buttons, [](const auto* each) { return !each->isEnabled(); });
    };
    while (run->step() == 1 && looks() && !patience.hasExpired())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 50);
    return run;
}

inline std::vector<Scene> scenes()
{
    static NoMachine machine;
    return {{"now", [] { return windowAt(PageId::Now, exampleSnapshot()); }},
        {"now, in trouble", [] { return windowAt(PageId::Now, troubled()); }},
        {"queue", [] { return windowAt(PageId::Queue, exampleSnapshot()); }},
        {"queue, empty",
            [] { return windowAt(PageId::Queue, {.state = EngineState::Ready, .address = "127.0.0.1:1"}); }},
        {"models", [] { return windowAtModels(exampleSnapshot()); }},
        {"models, empty", [] { return windowAtModels({.state = EngineState::Ready, .address = "127.0.0.1:1"}); }},
        {"apps", [] { return windowAt(PageId::Apps, exampleSnapshot()); }},
        {"apps, one chosen",
            [] {
                auto window = windowAt(PageId::Apps, exampleSnapshot());
                window->findChild<AppsPage*>()->findChild<QTableView*>()->selectRow(0);
                return window;
            }},
        {"connect",
            [] {
                auto dialog = std::make_unique<ConnectDialog>("/home/ann/.config/zed/settings.json");
                dialog->show(exampleSnapshot());
                dialog->choose("zed");
                return dialog;
            }},
        {"keys",
            [] {
                auto dialog = std::make_unique<KeysDialog>(noSettings());
                dialog->show(exampleSnapshot());
                return dialog;
            }},
        {"backend",
            []() -> std::unique_ptr<QWidget> {
                static BackendKeys keys(noSecrets(), {});
                const BackendSetting backend{
                    .backend = {.name = "far away", .url = "https://gpu.example.org"}, .apiKeySecret = "api-far-away"};
                return std::make_unique<BackendDialog>(backend, keys);
            }},
        {"pools", [] { return windowAtPools(true); }}, {"pools, empty", [] { return windowAtPools(false); }},
        {"host", [] { return windowAtHost(hostingSnapshot()); }},
        {"host, empty", [] { return windowAtHost(exampleSnapshot()); }},
        {"host, in trouble",
            [] {
                Snapshot snapshot = exampleSnapshot();
                snapshot.hosting = {.enabled = true,
                    .name = "lab",
                    .reason = "Port 8080 is taken by nginx (process 812).",
                    .fix = "End that program, or choose another port."};
                return windowAtHost(snapshot);
            }},
        {"host setup", [] { return hostSetup(HostReach::MyNetwork); }},
        {"host setup, internet", [] { return hostSetup(HostReach::Internet); }},
        {"host setup, proxy", [] { return hostSetup(HostReach::BehindProxy); }},
        {"host invite", [] { return hostInvite(); }},
        {"host keys", [] { return std::make_unique<HostKeysDialog>(hostDesk()); }},
        {"host new keys",
            [] {
                return std::make_unique<HostNewKeys>(
                    std::vector<NewKey>{{.key = "dk_5pWf3mXr9sVt2qLh8ZcB4nYk7JdG6aTe",
                                            .record = {.role = KeyRole::Client, .name = "first"}},
                        {.key = "wk_9sVt2qLh8ZcB4nYk7JdG6aTe5pWf3mXr",
                            .record = {.role = KeyRole::Worker, .name = "first"}}});
            }},
        {"join", [] { return joinDialog(false); }}, {"join, agreement", [] { return joinDialog(true); }},
        {"link", [] { return std::make_unique<LinkSheet>(QStringLiteral("the link is too long")); }},
        {"history", [] { return historyOf(60); }}, {"history, empty", [] { return historyOf(0); }},
        {"machine", [] { return windowAtMachine(); }}, {"settings", [] { return windowAtSettings(); }},
        {"logs", [] { return windowAtLogs(); }}, {"first run 1", [] { return firstRunAt(0); }},
        {"first run 2", [] { return firstRunAt(1); }}, {"first run 3", [] { return firstRunAt(2); }},
        {"first run 4", [] { return firstRunAt(3); }}, {"first run 5", [] { return firstRunAt(4); }},
        {"why",
            [] {
                auto panel = std::make_unique<WhyPanel>();
                panel->show(troubled());
                return panel;
            }},
        {"doctor",
            [] {
                auto dialog = std::make_unique<DoctorDialog>(machine);
                const Facts facts = exampleFacts();
                dialog->show(facts, diagnose(facts));
                return dialog;
            }},
        {"quit", [] { return std::make_unique<QuitQuestion>(QuitQuestion::When::Working, 3); }},
        {"close", [] { return std::make_unique<CloseQuestion>(); }}};
}

} // namespace drover::test
