// SPDX-License-Identifier: MIT
#include "app/command/command_line.h"

#include "app/apps/app_rules.h"
#include "app/apps/connect_cards.h"
#include "app/command/key_options.h"
#include "app/settings/server_environment.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"
#include "app/settings/worker_environment.h"

#include <CLI/CLI.hpp>

#include <algorithm>

namespace drover::app {

namespace {

constexpr const char* mainDescription = R"(Drover: a fair queue in front of the local Ollama.
Apps use http://127.0.0.1:11435 instead of Ollama's 11434; nothing else changes.)";

constexpr const char* mainFooter = R"(
Examples:
  drover serve                        queue in front of the Ollama on this machine
  drover serve --supervise            the same, and start Ollama where none runs
  drover serve --demo                 the same without any Ollama, answers simulated
  drover top                          watch it live
  drover why                          what it is doing, and what to do about trouble
  drover run -- python chat.py        run a program with its model address set to Drover
  drover config set queue.fairness time

Ends with 0 when all is well, 1 failed, 2 wrong usage, 3 Drover is not running, 4 refused, 5 unhealthy, 6 timed out.)";

constexpr const char* workerGroup = "AS A LLAMAPOOL WORKER";

constexpr const char* serverGroup = "AS LLAMAPOOL'S SERVER";

constexpr const char* poolServerFooter = R"(
Takes the variables of llamapool's and nfrx's servers: PORT, METRICS_PORT, API_KEY (of clients), WORKER_KEY or CLIENT_KEY
(of workers), REQUEST_TIMEOUT, DRAIN_TIMEOUT, WS_PATH; every setting has one such as DROVER_HOST_LISTEN.
It listens on 127.0.0.1 until --pool-listen says otherwise, answers by the machines that join it, and by an Ollama only
where --ollama-url or the settings name one.
SIGTERM and Ctrl+C let requests finish for --drain-timeout, a second one ends at once; SIGHUP reads the settings again.

Examples:
  drover pool-server                                   workers and clients of this machine on port 8080
  API_KEY=... WORKER_KEY=... drover pool-server --pool-listen 0.0.0.0:443 --tls-cert pool.pem --tls-key pool.key)";

constexpr const char* serveFooter = R"(
Options beat environment variables beat the file; `drover config list` shows where each value comes from, and every
setting has a variable such as DROVER_QUEUE_WAITING_MAX.
SIGTERM and Ctrl+C let jobs finish for --drain-timeout, a second one ends at once; SIGHUP reads the settings again.

Ends with 0 after a stop, 1 failed, 2 wrong usage, 66 a file cannot be read, 69 the port is taken, 73 the log file
cannot be made, 78 a setting is wrong.)";

bool isFileSetting(const Setting& setting)
{
    return setting.key == "log.file" || setting.key == "host.tls_cert" || setting.key == "host.tls_key";
}

/// Builds the parser; what it finds goes into an Invocation.
class Parser {
public:
    Parser();
    CLI::App& root() { return m_root; }
    Invocation take();

private:
    CLI::App& command(CLI::App& parent, const std::string& name, const std::string& sentence);
    CLI::App& clientCommand(CLI::App& parent, const std::string& name, const std::string& sentence);
    void addJson(CLI::App& to) { to.add_flag("--json", m_invocation.json, "Print JSON"); }
    void addFile(CLI::App& to);
    void addSettings(CLI::App& to, const std::vector<std::string_view>& without = {});
    void addServe();
    void addPoolServer();
    void addViews();
    void addHistory();
    void addFilter(CLI::App& to);
    void addControls();
    void addApps();
    void addKeys();
    void addModels();
    void addPools();
    void addHost();
    void addConfig();
    void addRest();

    CLI::App m_root;
    Invocation m_invocation = {};
    std::string m_timeout = {};
    bool m_version = false;
};

Parser::Parser()
    : m_root(mainDescription, "drover")
{
    m_root.footer(mainFooter);
    m_root.require_subcommand(0, 1);
    m_root.set_help_flag("-h,--help", "Print this help and end");
    m_root.get_formatter()->column_width(34);
    m_root.add_flag("--version", m_version, "Print version, revision, build date, Qt and Boost versions");
    addServe();
    addPoolServer();
    addViews();
    addHistory();
    addControls();
    addApps();
    addKeys();
    addModels();
    addPools();
    addHost();
    addConfig();
    addRest();
}

CLI::App& Parser::command(CLI::App& parent, const std::string& name, const std::string& sentence)
{
    CLI::App* made = parent.add_subcommand(name, sentence);
    made->callback([this, made] {
        if (m_invocation.command.empty()) // the innermost calls first
            for (const CLI::App* each = made; each->get_parent(); each = each->get_parent())
                m_invocation.command =
                    each->get_name() + (m_invocation.command.empty() ? "" : " ") + m_invocation.command;
    });
    return *made;
}

CLI::App& Parser::clientCommand(CLI::App& parent, const std::string& name, const std::string& sentence)
{
    CLI::App& made = command(parent, name, sentence);
    made.add_option("--status-addr", m_invocation.statusAddress, "Status address of the Drover that is meant")
        ->type_name("HOST:PORT");
    return made;
}

void Parser::addFile(CLI::App& to)
{
    to.add_option("--config", m_invocation.settingsFile, "Settings file instead of the usual one")->type_name("FILE");
}

/// One option for each flag in the table of settings.
void Parser::addSettings(CLI::App& to, const std::vector<std::string_view>& without)
{
    for (const Setting& setting : settingsTable()) {
        for (const Flag& flag : setting.flags) {
            if (std::ranges::find(without, flag.name) != without.end())
                continue;
            const std::string name(flag.name);
            const std::string names = (flag.shortName ? std::string("-") + flag.shortName + "," : "") + name;
            const std::string sentence(flag.sentence.empty() ? setting.sentence : flag.sentence);
            if (setting.rule.type == ValueType::Bool) {
                to.add_flag_callback(
                    names, [this, name] { m_invocation.flags.emplace_back(name, "true"); }, sentence);
                continue;
            }
            const auto keep = [this, name](const std::vector<std::string>& texts) {
                std::string all;
                for (const std::string& text : texts)
                    all += (all.empty() ? "" : ",") + text;
                m_invocation.flags.emplace_back(name, all);
                return true;
            };
            CLI::Option* option = to.add_option(names, keep, sentence);
            const bool several = setting.rule.type == ValueType::Backends || setting.rule.type == ValueType::TextList;
            option->expected(1, several ? 1 << 10 : 1);
            option->allow_extra_args(false);
            option->multi_option_policy(several ? CLI::MultiOptionPolicy::TakeAll : CLI::MultiOptionPolicy::TakeLast);
            std::string type;
            for (const std::string_view choice : setting.rule.choices)
                type += (type.empty() ? "" : "|") + std::string(choice);
            option->type_name(!type.empty()                    ? type
                    : flag.part == Part::Port                  ? "PORT"
                    : flag.part == Part::Host                  ? "ADDRESS"
                    : setting.key == "host.trusted_proxies"    ? "NETWORK"
                    : several                                  ? "URL"
                    : isFileSetting(setting)                   ? "FILE"
                    : setting.rule.type == ValueType::Duration ? "TIME"
                    : setting.rule.type == ValueType::Address  ? "HOST:PORT"
                    : setting.rule.type == ValueType::Integer  ? "N|auto"
                                                               : "TEXT");
        }
    }
    const auto keepSet = [this](const std::vector<std::string>& texts) {
        for (const std::string& text : texts)
            m_invocation.flags.emplace_back("--set", text);
        return true;
    };
    to.add_option("--set", keepSet, "Any other setting, such as queue.fairness=time")
        ->type_name("KEY=VALUE")
        ->allow_extra_args(false)
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
}

void Parser::addServe()
{
    CLI::App& made = command(m_root, "serve", "Run the queue without a window");
    made.footer(serveFooter);
    addSettings(made);
    addFile(made);
    made.add_flag_callback(
        "--supervise", [this] { m_invocation.flags.emplace_back("--set", "engine.mode=supervise"); },
        "Start Ollama where none runs, restart it when it crashes or hangs, end it at the end");
    for (const WorkerOption& each : workerOptions()) {
        const auto keep = [this, name = std::string(each.flag)](
                              const std::string& text) { m_invocation.flags.emplace_back(name, text); };
        if (each.type.empty())
            made.add_flag_callback(
                    std::string(each.flag), [keep] { keep("true"); }, std::string(each.sentence))
                ->group(workerGroup);
        else
            made.add_option_function<std::string>(std::string(each.flag), keep, std::string(each.sentence))
                ->type_name(std::string(each.type))
                ->group(workerGroup);
    }
    made.add_flag("--tui", m_invocation.tui, "Show the view of drover top in this terminal");
}

void Parser::addPoolServer()
{
    CLI::App& made = command(m_root, "pool-server", "Run nothing but a pool that workers join and clients ask");
    made.footer(poolServerFooter);
    made.parse_complete_callback([this] { m_invocation.flags.emplace_back("--set", "host.enabled=true"); });
    addSettings(made, {"--port", "--host", "--demo"});
    addFile(made);
    for (const ServerOption& each : serverOptions()) {
        if (each.flag.empty())
            continue;
        const auto keep = [this, &each](const std::string& text) {
            if (each.setting.empty())
                throw CLI::ValidationError(std::string(each.flag),
                    "would show the key to everybody on this machine; put it into the variable "
                        + std::string(each.variable) + " or into a file, see host.client_key_file");
            if (each.part == Part::Port)
                m_invocation.flags.emplace_back("--pool-port", text);
            else
                m_invocation.flags.emplace_back("--set", std::string(each.setting) + "=" + text);
        };
        made.add_option_function<std::string>(std::string(each.flag), keep, std::string(each.sentence))
            ->type_name(std::string(each.type))
            ->group(serverGroup);
    }
}

void Parser::addViews()
{
    CLI::App& status = clientCommand(m_root, "status", "What runs and waits, and for whom");
    addJson(status);
    status.add_flag("-w,--watch", m_invocation.watch, "Print again with every change");
    clientCommand(m_root, "top", "The same live, in the whole terminal");
    CLI::App& why = clientCommand(m_root, "why", "The reason for the present state, and what to do about it");
    addJson(why);
    CLI::App& queue = clientCommand(m_root, "queue", "List the queue, cancel a job, or make one the next");
    addJson(queue);
    queue.require_subcommand(0, 1);
    addJson(clientCommand(queue, "list", "The jobs that run and wait"));
    for (const auto& [name, sentence] : {std::pair{"cancel", "End a job, running or waiting"},
             std::pair{"next", "Let a waiting job start before all others"}}) {
        clientCommand(queue, name, sentence)
            .add_option("id", m_invocation.words, "Number of the job, or its request id")
            ->required()
            ->expected(1)
            ->type_name("ID");
    }
    CLI::App& logs = clientCommand(m_root, "logs", "The last lines of Drover and of the Ollama it started");
    logs.add_flag("-f,--follow", m_invocation.follow, "Go on with new lines");
    logs.add_option("--source", m_invocation.logSource, "Only lines of drover or of ollama")
        ->check(CLI::IsMember({"drover", "ollama"}))
        ->type_name("SOURCE");
    logs.add_option("--level", m_invocation.logLevel, "Only lines as important as that: debug, info, warning, error")
        ->check(CLI::IsMember({"debug", "info", "warning", "error"}))
        ->type_name("LEVEL");
    m_invocation.lines = 50;
    addJson(logs);
    logs.add_option("-n,--lines", m_invocation.lines, "How many lines (50)")
        ->type_name("N")
        ->check(CLI::Range(0, 1'000'000));
}

/// Which requests are meant.
void Parser::addFilter(CLI::App& to)
{
    HistoryWords& words = m_invocation.history;
    to.add_option("--since", words.since, "Only since then: 7d, 12h, today, 2026-11-21")->type_name("WHEN");
    to.add_option("--until", words.until, "Only before then")->type_name("WHEN");
    to.add_option("--app", words.app, "Only of this app")->type_name("NAME");
    to.add_option("--model", words.model, "Only with this model")->type_name("NAME");
}

void Parser::addHistory()
{
    HistoryWords& words = m_invocation.history;
    CLI::App& rows =
        command(m_root, "history", "The requests that ended, the latest first; what they said is never kept");
    rows.footer("\nExample: drover history --since 7d --outcome failed --csv --output failed.csv");
    CLI::App& remove = command(rows, "delete", "Delete records for good; without options all of them");
    rows.require_subcommand(0, 1);
    for (CLI::App* each : {&rows, &remove}) {
        addFilter(*each);
        addJson(*each);
        each->add_option("--machine", words.machine, "Only those that this backend answered")->type_name("NAME");
        each->add_option("--outcome", words.outcome, "Only those that ended so")
            ->type_name("done|failed|refused|cancelled|incomplete")
            ->check(CLI::IsMember({"done", "failed", "refused", "cancelled", "incomplete"}).description(""));
        each->add_option("--text", words.text, "Only those with this in a name, path, request id or reason")
            ->type_name("TEXT");
    }
    remove.add_flag("--yes", words.yes, "Do it");
    rows.add_flag("--csv", words.csv, "Print CSV (RFC 4180, UTC)")->excludes("--json");
    rows.add_option("-n,--limit", words.limit, "At most so many; 0 is all (50, with --csv and --json all)")
        ->type_name("N");
    rows.add_option("-o,--output", words.output, "Write to a file, whole or not at all")->type_name("FILE");

    CLI::App& usage = command(m_root, "usage", "What was used per day, app or model");
    addFilter(usage);
    addJson(usage);
    usage.add_flag("--csv", words.csv, "Print CSV (RFC 4180)")->excludes("--json");
    usage
        .add_option_function<std::string>(
            "--by",
            [&words](const std::string& by) {
                words.by = by == "app" ? drover::UsageBy::User
                    : by == "model"    ? drover::UsageBy::Model
                                       : drover::UsageBy::Day;
            },
            "Sum per day (that is the default), app or model")
        ->type_name("day|app|model")
        ->check(CLI::IsMember({"day", "app", "model"}).description(""));
}

void Parser::addControls()
{
    CLI::App& pause = clientCommand(m_root, "pause", "Let nothing more start, for a time or until resume");
    pause.footer(
        "\nWith a program, pools get nothing while it runs; it ends as the program ends.\n"
        "\nExamples: drover pause 1h\n          drover pause --sharing plugged-in\n          drover pause -- make -j8");
    pause
        .add_option("until", m_invocation.words,
            "15m, 2h, 18:00 or tomorrow (8:00); with --sharing also plugged-in; without it until resume")
        ->expected(0, 1)
        ->type_name("TIME");
    pause.add_flag("--sharing", m_invocation.sharing, "Only what pools get; the apps of this machine go on");
    clientCommand(m_root, "resume", "Start waiting jobs again, and share again")
        .add_flag("--sharing", m_invocation.sharing, "Only share again");
    addJson(clientCommand(m_root, "manners", "Whether this machine shares with its pools, and how each rule stands"));
    CLI::App& drain = clientCommand(m_root, "drain", "Take no new jobs, finish those that are here");
    drain.add_flag("--wait", m_invocation.wait, "Return when none is left");
    drain.add_option("--timeout", m_timeout, "With --wait: return with 6 after this time")->type_name("TIME");
    clientCommand(m_root, "undrain", "Take new jobs again");
}

void Parser::addApps()
{
    CLI::App& apps = clientCommand(m_root, "apps", "Every app that asked, its use and its rule");
    apps.require_subcommand(0, 1);
    addJson(apps);
    CLI::App& list = clientCommand(apps, "list", "Every app that asked, its use and its rule");
    addJson(list);
    std::string words;
    for (const RuleWord& each : ruleWords())
        words += " " + std::string(each.example);
    CLI::App& set = clientCommand(apps, "set", "Change the rule of one app, at once");
    set.footer("\nRules:" + words + "\nEach goes away again with off (lane automatic, models all, waiting default).");
    set.add_option("rule", m_invocation.words, "The app, then its rule, such as Zed weight=2")
        ->required()
        ->expected(2, 1 << 10)
        ->type_name("APP RULE...");
    CLI::App& reset = clientCommand(apps, "reset", "Take away the rule of one app");
    reset.add_option("app", m_invocation.words, "The app")->required()->expected(1)->type_name("APP");

    for (CLI::App* each : {&apps, &list, &set, &reset})
        addFile(*each);

    CLI::App& connect = clientCommand(m_root, "connect", "How an app is connected: the exact text, with your address");
    addJson(connect);
    connect.add_option("card", m_invocation.words, "The app; without it all are listed")
        ->expected(0, 1)
        ->type_name("APP");
    connect.add_flag("--test", m_invocation.test, "Wait for the app's first request and say that it came");
    CLI::Option* setUp = connect.add_flag("--set-up", m_invocation.setUp, "Change the app's own settings (zed)");
    connect.add_flag("--undo", m_invocation.undo, "Take that change back")->excludes(setUp);
    connect.add_option("--timeout", m_timeout, "With --test: end with 6 after this time")->type_name("TIME");
}

void Parser::addKeys()
{
    KeyCommands commands;
    commands.add = [this](CLI::App& parent, const std::string& name, const std::string& sentence) -> CLI::App& {
        CLI::App& made = clientCommand(parent, name, sentence);
        addFile(made);
        return made;
    };
    commands.addTo(m_root, m_invocation);
}

void Parser::addModels()
{
    CLI::App& models =
        clientCommand(m_root, "models", "The models of every Ollama: list, load, unload, download, delete");
    models.require_subcommand(0, 1);
    addJson(models);
    CLI::App& list = clientCommand(models, "list", "What is installed, and what of it is in memory");
    addJson(list);
    list.add_flag("--names", m_invocation.names, "Only the names, one a line");
    CLI::App& load = clientCommand(models, "load", "Read a model into memory");
    load.add_flag("--keep", m_invocation.keep, "Until it is unloaded, not for Ollama's usual time");
    CLI::App& unload = clientCommand(models, "unload", "Take a model out of memory, after the jobs that it runs");
    unload.add_flag("-a,--all", m_invocation.all, "Every model");
    CLI::App& pull = clientCommand(models, "pull", "Download a model, or go on where that was stopped");
    pull.add_flag("--json", m_invocation.json, "Print a line of JSON for each change");
    CLI::App& remove = clientCommand(models, "rm", "Delete a model from the disk");
    remove.add_flag("-y,--yes", m_invocation.yes, "Do not ask");
    CLI::App& free = clientCommand(m_root, "free", "Free the GPU's memory: unload every model");
    for (CLI::App* each : {&load, &unload, &pull, &remove}) {
        CLI::Option* model = each->add_option("model", m_invocation.words, "Such as llama3.2:3b");
        model->expected(1)->type_name("MODEL");
        if (each != &unload)
            model->required();
    }
    for (CLI::App* each : {&models, &list, &load, &unload, &pull, &remove, &free}) {
        each->add_option("--backend", m_invocation.backend, "The Ollama that is meant, by its name")->type_name("NAME");
        addFile(*each);
    }
}

void Parser::addPools()
{
    CLI::App& join = clientCommand(m_root, "join", "Let a pool use this machine; your own apps come first");
    join.add_option("invitation", m_invocation.words, "A drover:// link, a .pooljoin file, or - for standard input")
        ->expected(0, 1)
        ->type_name("LINK|FILE");
    join.add_option("--server", m_invocation.server, "Instead: the address of the pool's server")->type_name("URL");
    CLI::Option* keyFile =
        join.add_option("--key-file", m_invocation.keyFile, "File with the pool's key on its first line");
    keyFile->type_name("FILE");
    join.add_flag("--key-stdin", m_invocation.keyFromInput, "Read the key from standard input")->excludes(keyFile);
    join.add_option("--name", m_invocation.name, "What to call the pool here; its host's name otherwise")
        ->type_name("NAME");
    join.add_option("--worker-name", m_invocation.workerName, "What the pool is told; this machine's name otherwise")
        ->type_name("TEXT");
    join.add_option("--slots", m_invocation.slots, "Its jobs at once; as many as the backends run otherwise")
        ->type_name("N|auto");
    join.add_flag("-y,--yes", m_invocation.yes, "Do not ask");
    join.footer("\nLooks for the pool, says what it may do here, asks, connects, and tries a small "
                "request.\n\nExamples: drover "
                "join lab.pooljoin\n          drover join --server wss://pool.example.org --key-file pool.key --name "
                "lab");
    CLI::App& leave = clientCommand(m_root, "leave", "Take this machine out of a pool and forget its key");
    leave.add_option("name", m_invocation.words, "The pool")->required()->expected(1)->type_name("NAME");
    leave.add_flag("--now", m_invocation.now, "End the jobs that it has running, instead of finishing them");
    addFile(join);
    addFile(leave);
    CLI::App& import = command(m_root, "import", "Take over the settings of a llamapool or nfrx worker");
    import.add_option("file", m_invocation.words, "Its worker.yaml; the usual places otherwise")
        ->expected(0, 1)
        ->type_name("FILE");
    import.add_flag("-y,--yes", m_invocation.yes, "Do not ask");
    addFile(import);
    CLI::App& pools = clientCommand(m_root, "pools", "The pools that this machine works for, and what they were given");
    addJson(pools);
    pools.require_subcommand(0, 1);
    CLI::App& ledger = command(pools, "ledger", "The jobs, tokens and time that each pool was given per day");
    ledger.add_option("pool", m_invocation.words, "Only this pool")->expected(0, 1)->type_name("NAME");
    ledger.add_option("--since", m_invocation.history.since, "Only since then: 7d, today, 2026-11-21")
        ->type_name("WHEN");
    ledger.add_option("--until", m_invocation.history.until, "Only before then")->type_name("WHEN");
    addJson(ledger);
    ledger.add_flag("--csv", m_invocation.history.csv, "Print CSV (RFC 4180)")->excludes("--json");
}

void Parser::addHost()
{
    CLI::App& host = clientCommand(m_root, "host", "The pool that this machine hosts");
    host.footer("\nBegin with: drover config set host.listen 127.0.0.1:8080, then drover host start and drover invite");
    addJson(host);
    host.require_subcommand(0, 1);
    addJson(clientCommand(host, "status", "Where it listens, who is there, and why not"));
    addJson(clientCommand(host, "workers", "The machines that joined, and what each does"));
    for (const auto& [name, sentence] : {std::pair{"start", "Host it from now on, as the settings say"},
             std::pair{"stop", "Host it no longer; keys and invitations stay"}})
        addFile(clientCommand(host, name, sentence));
    for (const auto& [name, sentence] : {std::pair{"drain", "Let a machine finish what it has and give it no more"},
             std::pair{"undrain", "Give a machine work again"},
             std::pair{"remove", "End the connection of a machine at once; it may connect again"}})
        clientCommand(host, name, sentence)
            .add_option("worker", m_invocation.words, "Its number or its name")
            ->required()
            ->expected(1)
            ->type_name("WORKER");
}

void Parser::addConfig()
{
    CLI::App& config = command(m_root, "config", "Read and change the settings");
    config.require_subcommand(1, 1);
    CLI::App& get = command(config, "get", "Print one setting; with --all every one and where it comes from");
    get.add_option("key", m_invocation.words, "Such as queue.waiting_max")->expected(0, 1)->type_name("KEY");
    get.add_flag("-a,--all", m_invocation.all, "Every setting");
    CLI::App& set = command(config, "set", "Change one setting in the file; comments and layout stay");
    set.add_option("words", m_invocation.words, "Such as queue.waiting_max 200")
        ->required()
        ->expected(2)
        ->type_name("KEY VALUE");
    CLI::App& reset = command(config, "reset", "Have the default of one setting count again");
    reset.add_option("key", m_invocation.words, "Such as queue.waiting_max")->required()->expected(1)->type_name("KEY");
    CLI::App& list = command(config, "list", "Every setting, its value and where it comes from");
    CLI::App& edit = command(config, "edit", "Open the file in your editor (VISUAL or EDITOR) and check it afterwards");
    command(config, "default", "Print a settings file that explains every setting");
    CLI::App& path = command(config, "path", "Print where the settings file is");
    CLI::App& validate = command(config, "validate", "Check the file, the environment and nothing else");
    validate.add_option("file", m_invocation.words, "Another file")->expected(0, 1)->type_name("FILE");
    for (CLI::App* each : {&get, &list})
        addJson(*each);
    for (CLI::App* each : {&get, &set, &reset, &list, &edit, &path, &validate})
        addFile(*each);
}

void Parser::addRest()
{
    CLI::App& run = clientCommand(m_root, "run", "Run a program that finds its models at Drover");
    run.footer(
        "\nSets OLLAMA_HOST, OPENAI_BASE_URL and ANTHROPIC_BASE_URL, and OPENAI_API_KEY and ANTHROPIC_API_KEY where "
        "they are not set.\nEnds as the program ends.\n\nExample: drover run -- aider --model openai/llama3.2");
    run.add_option("command", m_invocation.words, "The program and its arguments, after --")
        ->expected(0, 1 << 20)
        ->type_name("CMD...");
    CLI::App& ollama = command(m_root, "ollama", "The Ollama of this machine");
    ollama.require_subcommand(1, 1);
    addJson(clientCommand(ollama, "status", "Whether it runs, who started it, and why not"));
    clientCommand(ollama, "start", "Start it and keep it running, or try again after it failed too often");
    CLI::App& doctor =
        clientCommand(m_root, "doctor", "Check that everything is in order, and say how to mend what is not");
    addJson(doctor);
    addFile(doctor);
    doctor.add_flag("--fix", m_invocation.fix, "Mend what can be mended, asking before each");
    doctor.add_flag("-y,--yes", m_invocation.yes, "With --fix: do not ask");
    doctor.add_option("--bundle", m_invocation.bundle, "Save a .tar.gz for somebody who helps, without secrets")
        ->type_name("FILE");
    CLI::App& login = command(m_root, "login-item", "Whether Drover starts at login; off until it is switched on");
    login.require_subcommand(1, 1);
    for (const auto& [name, sentence] : {std::pair{"on", "Start Drover in the tray at login, from where it is"},
             std::pair{"off", "Do not"}, std::pair{"status", "What the system says about it"}})
        addJson(command(login, name, sentence));
    CLI::App& secret = command(m_root, "secret", "Keys that Drover keeps, in the keyring or in a file for you alone");
    secret.require_subcommand(1, 1);
    CLI::App& set = command(secret, "set", "Keep a secret, read from standard input");
    set.add_flag("--file", m_invocation.inFile, "In the file, for drover serve, which leaves the keyring alone");
    CLI::App& remove = command(secret, "rm", "Forget a secret");
    for (CLI::App* each : {&set, &remove})
        each->add_option("name", m_invocation.words, "Its name, such as one in api_key_secret")
            ->required()
            ->expected(1)
            ->type_name("NAME");
    addJson(command(secret, "list", "Names of the secrets, and where each is kept"));
    command(m_root, "completion", "Print the completion script for a shell")
        .add_option("shell", m_invocation.words, "bash, zsh or fish")
        ->required()
        ->expected(1)
        ->type_name("SHELL")
        ->check(CLI::IsMember({"bash", "zsh", "fish"}));
    command(m_root, "version", "Print version, revision, build date, Qt and Boost versions");
}

Invocation Parser::take()
{
    if (m_version)
        m_invocation.command = "version";
    if (!m_timeout.empty()) {
        constexpr std::int64_t month = 30LL * 86'400'000;
        const auto time = parseValue({.type = ValueType::Duration, .least = 1, .most = month}, m_timeout);
        if (!time)
            throw CLI::ValidationError("--timeout", "must be " + time.error().detail);
        m_invocation.timeout = std::get<std::chrono::milliseconds>(*time);
    }
    return m_invocation;
}

/// How many arguments are Drover's: with `run` and `pause`, those before the program's own, which are not ours to
/// understand.
std::size_t ownArguments(const std::vector<std::string>& arguments)
{
    if (!arguments.empty() && arguments.front() == "pause")
        return static_cast<std::size_t>(std::ranges::find(arguments, "--") - arguments.begin());
    if (arguments.empty() || arguments.front() != "run")
        return arguments.size();
    std::size_t own = 1;
    while (own < arguments.size() && arguments[own].starts_with('-') && arguments[own] != "--")
        own += arguments[own] == "--status-addr" ? 2 : 1;
    return std::min(own, arguments.size());
}

CommandNode nodeOf(const CLI::App& app)
{
    CommandNode node{.name = app.get_name(), .sentence = app.get_description()};
    for (const CLI::Option* each : app.get_options()) {
        CommandNode::Option option{.sentence = each->get_description()};
        for (const std::string& name : each->get_snames())
            option.names.push_back("-" + name);
        for (const std::string& name : each->get_lnames())
            option.names.push_back("--" + name);
        const std::string type = each->get_type_name();
        option.takesValue = each->get_type_size() != 0;
        option.isFile = type == "FILE";
        if (type.find('|') != type.npos && type != "N|auto") {
            for (std::size_t at = 0; at <= type.size();) {
                const std::size_t end = std::min(type.size(), type.find('|', at));
                option.choices.push_back(type.substr(at, end - at));
                at = end + 1;
            }
        }
        if (!option.names.empty())
            node.options.push_back(std::move(option));
        else if (each->get_name() == "model")
            node.wordsOf = "drover models list --names";
        else if (each->get_name() == "keyname")
            node.wordsOf = "drover keys list --names";
        else if (each->get_name() == "shell")
            node.words = {"bash", "zsh", "fish"};
        else if (each->get_name() == "card") {
            for (const ConnectCard& card : connectCards({}))
                node.words.push_back(card.id);
        } else if (each->get_name() == "rule") {
            for (const RuleWord& word : ruleWords())
                node.words.push_back(std::string(word.word) + "=");
        } else if (each->get_name() == "until")
            node.words = {"15m", "1h", "18:00", "tomorrow", "plugged-in"};
        else if (each->get_name() == "key" || each->get_name() == "words") {
            for (const Setting& setting : settingsTable())
                node.words.emplace_back(setting.key);
        }
    }
    for (const CLI::App* each : app.get_subcommands([](const CLI::App*) { return true; }))
        node.commands.push_back(nodeOf(*each));
    return node;
}

} // namespace

CommandLine parseCommandLine(const std::vector<std::string>& arguments)
{
    Parser parser;
    CommandLine result;
    try {
        const std::size_t own = ownArguments(arguments);
        std::vector<std::string> reversed(arguments.begin(), arguments.begin() + static_cast<std::ptrdiff_t>(own));
        std::ranges::reverse(reversed); // as CLI11 wants them
        parser.root().parse(reversed);
        result.invocation = parser.take();
        const bool dashes = own < arguments.size() && arguments[own] == "--";
        const auto rest = arguments.begin() + static_cast<std::ptrdiff_t>(own + (dashes ? 1 : 0));
        if (result.invocation.command == "run")
            result.invocation.words.assign(rest, arguments.end());
        if (result.invocation.command == "pause" && dashes) {
            result.invocation.program.assign(rest, arguments.end());
            if (result.invocation.program.empty() || !result.invocation.words.empty())
                throw CLI::ValidationError("pause", "needs a time, or a program after --, not both");
        }
    } catch (const CLI::CallForHelp&) {
        result.ended = ExitCode::Ok;
        result.output = parser.root().help();
    } catch (const CLI::ParseError& error) {
        result.ended = ExitCode::Usage;
        result.output = "drover: " + std::string(error.what()) + "\nTry: drover --help\n";
    }
    return result;
}

CommandNode commandTree()
{
    Parser parser;
    return nodeOf(parser.root());
}

} // namespace drover::app
