// SPDX-License-Identifier: MIT
#include "app/settings/settings_table.h"

#include "app/settings/address.h"
#include "app/settings/setting_access.h"
#include "app/settings/table_row.h"

namespace drover::app {

namespace {

using enum ValueType;

template <class Row, class Field>
RowField<Row> column(std::string_view name, const ValueRule& rule, std::string_view sentence, Field)
{
    return {.name = name,
        .rule = rule,
        .sentence = sentence,
        .get = [](const Row& from) { return toValue(Field{}(from)); },
        .set = [](Row& into, const SettingValue& value) { assign(Field{}(into), value); }};
}

template <class Enum> ValueRule choice()
{
    return {.type = Choice, .choices = choicesOf<Enum>()};
}

Setting proxyListenRow()
{
    return {.key = "proxy.listen",
        .rule = {.type = Address},
        .sentence = QT_TRANSLATE_NOOP("setting", "Address and port that apps use instead of Ollama's 127.0.0.1:11434."),
        .effect = Effect::AfterRestart,
        .environment = {{"PORT", Part::Port}},
        .flags = {{"--port", 'p', Part::Port,
                      QT_TRANSLATE_NOOP("setting", "Port that apps use instead of Ollama's 11434; 0 is any free one.")},
            {"--host", 0, Part::Host,
                QT_TRANSLATE_NOOP("setting", "Address to listen on; 0.0.0.0 lets other machines in.")}},
        .get = [](const Settings& from) -> SettingValue {
            return addressText({from.config.host, from.config.port});
        },
        .set =
            [](Settings& into, const SettingValue& value) {
                const auto address = parseAddress(std::get<std::string>(value));
                into.config.host = address->host;
                into.config.port = address->port;
            }};
}

Setting statusListenRow()
{
    return {.key = "status.listen",
        .rule = {.type = Address, .word = "off"},
        .sentence = QT_TRANSLATE_NOOP(
            "setting", "Address and port for status, metrics and the drover command; \"off\" for none."),
        .effect = Effect::AfterRestart,
        .environment = {{"STATUS_ADDR", Part::Whole}},
        .flags = {{"--status-addr", 0, Part::Whole, {}}},
        .get = [](const Settings& from) -> SettingValue {
            return from.config.statusEnabled ? addressText({from.config.statusHost, from.config.statusPort}) : "off";
        },
        .set =
            [](Settings& into, const SettingValue& value) {
                const auto& text = std::get<std::string>(value);
                into.config.statusEnabled = text != "off";
                if (!into.config.statusEnabled)
                    return;
                const auto address = parseAddress(text);
                into.config.statusHost = address->host;
                into.config.statusPort = address->port;
            }};
}

Setting metricsListenRow()
{
    return {.key = "status.metrics_listen",
        .rule = {.type = Address, .word = "off"},
        .sentence = QT_TRANSLATE_NOOP(
            "setting", "Address and port for metrics alone; they are at status.listen in any case. \"off\" for none."),
        .effect = Effect::AfterRestart,
        .environment = {{"METRICS_ADDR", Part::Whole}},
        .flags = {{"--metrics-addr", 0, Part::Whole, {}},
            {"--metrics-port", 0, Part::Port, QT_TRANSLATE_NOOP("setting", "The same on 127.0.0.1, or where it is.")}},
        .get = [](const Settings& from) -> SettingValue {
            return from.config.metricsEnabled ? addressText({from.config.metricsHost, from.config.metricsPort}) : "off";
        },
        .set =
            [](Settings& into, const SettingValue& value) {
                const auto& text = std::get<std::string>(value);
                into.config.metricsEnabled = text != "off";
                if (!into.config.metricsEnabled)
                    return;
                const auto address = parseAddress(text);
                into.config.metricsHost = address->host;
                into.config.metricsPort = address->port;
            }};
}

Setting backendsRow()
{
    return {.key = "backend",
        .rule = {.type = Backends},
        .sentence = QT_TRANSLATE_NOOP("setting", "What answers: one block per Ollama or OpenAI-compatible server."),
        .environment = {{"OLLAMA_BASE_URL", Part::Whole}, {"OLLAMA_URL", Part::Whole}},
        .flags = {{"--ollama-url", 'o', Part::Whole,
            QT_TRANSLATE_NOOP("setting", "Ollama to queue in front of; give it more than once for several.")}},
        .get = [](const Settings& from) -> SettingValue { return from.backends; },
        .set =
            [](Settings& into, const SettingValue& value) {
                into.backends = std::get<std::vector<BackendSetting>>(value);
                into.config.backends.clear();
                for (const BackendSetting& each : into.backends)
                    into.config.backends.push_back(each.backend);
            }};
}

Setting poolsRow()
{
    return {.key = "pool",
        .rule = {.type = Pools},
        .sentence = QT_TRANSLATE_NOOP(
            "setting", "Pools that this machine works for: their jobs come after the apps' own. drover join adds one."),
        .get = [](const Settings& from) -> SettingValue { return from.pools; },
        .set =
            [](Settings& into, const SettingValue& value) {
                into.pools = std::get<std::vector<PoolSetting>>(value);
                into.config.pools.clear();
                for (const PoolSetting& each : into.pools)
                    into.config.pools.push_back(each.pool);
            }};
}

std::vector<Setting> proxyRows()
{
    return {
        proxyListenRow(),
        row("proxy.timeout", ruled(Duration, second, day),
            QT_TRANSLATE_NOOP("setting",
                "Longest silence of a backend, first byte included. Never a limit on waiting or on a healthy stream."),
            [](auto& of) -> auto& { return of.config.backendSilenceMax; },
            {.environment = {{"TIMEOUT"}}, .flags = {{"--timeout", 't'}}}),
        row("proxy.demo", {.type = Bool},
            QT_TRANSLATE_NOOP(
                "setting", "Answer from a simulated model inside Drover instead of the backends, to try it out."),
            [](auto& of) -> auto& { return of.config.demo; }, {.flags = {{"--demo"}}}),
        row(
            "proxy.origins", {.type = TextList},
            QT_TRANSLATE_NOOP("setting",
                "Web pages that may use the queue besides this machine's own, such as \"https://chat.example.org\"; * "
                "is a "
                "wildcard."),
            [](auto& of) -> auto& { return of.config.origins; }),
        row(
            "proxy.manage_from_loopback", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "Let programs on this machine pull, push, create, copy and delete models."),
            [](auto& of) -> auto& { return of.config.manageFromLoopback; }),
        row(
            "proxy.recognise_programs", {.type = Bool},
            QT_TRANSLATE_NOOP(
                "setting", "Name users after the program that calls, where nothing else tells who it is."),
            [](auto& of) -> auto& { return of.config.recogniseProcesses; }),
        row(
            "proxy.keep_alive", {.type = Bool},
            QT_TRANSLATE_NOOP(
                "setting", "Send a sign of life to clients that wait, in a form that their libraries skip."),
            [](auto& of) -> auto& { return of.config.keepAlive; }),
        row(
            "proxy.keep_alive_after", ruled(Duration, second, hour),
            QT_TRANSLATE_NOOP("setting", "Silence before a waiting stream is begun and kept alive."),
            [](auto& of) -> auto& { return of.config.keepAliveAfter; }),
        row(
            "proxy.keep_alive_after_unstreamed", ruled(Duration, second, hour),
            QT_TRANSLATE_NOOP("setting", "The same for answers that are not streamed."),
            [](auto& of) -> auto& { return of.config.keepAliveAfterUnstreamed; }),
        row(
            "proxy.keep_alive_every", ruled(Duration, second, hour),
            QT_TRANSLATE_NOOP("setting", "Time between two signs of life."),
            [](auto& of) -> auto& { return of.config.keepAliveEvery; }),
    };
}

std::vector<Setting> proxyLimitRows()
{
    return {
        row(
            "proxy.body_bytes_max", ruled(Bytes, kibi, 4 * gibi),
            QT_TRANSLATE_NOOP("setting", "Largest body of one request; a 64 MB image is 86 MB in it."),
            [](auto& of) -> auto& { return of.config.limits.bodyBytesMax; }),
        row(
            "proxy.header_bytes_max", ruled(Bytes, kibi, mebi),
            QT_TRANSLATE_NOOP("setting", "Largest head of one request."),
            [](auto& of) -> auto& { return of.config.limits.headerBytesMax; }),
        row(
            "proxy.header_time_max", ruled(Duration, second, hour),
            QT_TRANSLATE_NOOP("setting", "Longest time from a request's first byte to the end of its head."),
            [](auto& of) -> auto& { return of.config.limits.headerTimeMax; }),
        row(
            "proxy.body_time_max", ruled(Duration, second, day),
            QT_TRANSLATE_NOOP("setting", "Longest time from the end of a request's head to the end of its body."),
            [](auto& of) -> auto& { return of.config.limits.bodyTimeMax; }),
        row(
            "proxy.idle_time_max", ruled(Duration, second, day),
            QT_TRANSLATE_NOOP("setting", "Longest pause between two requests of a connection."),
            [](auto& of) -> auto& { return of.config.limits.idleTimeMax; }),
        row(
            "proxy.write_time_max", ruled(Duration, second, day),
            QT_TRANSLATE_NOOP("setting", "Longest time that a client may take nothing of its answer."),
            [](auto& of) -> auto& { return of.config.limits.writeTimeMax; }),
        row(
            "proxy.connections_max", ruled(Integer, 0, 1'000'000, "auto"),
            QT_TRANSLATE_NOOP(
                "setting", "Clients connected at once; \"auto\" is what the system's limit on open files allows."),
            [](auto& of) -> auto& { return of.config.limits.connectionsMax; }),
    };
}

std::vector<Setting> queueRows()
{
    return {
        row("queue.concurrency", ruled(Integer, 0, 1024, "auto"),
            QT_TRANSLATE_NOOP("setting",
                "Jobs that run at once on each backend that names no slots; \"auto\" asks the backend, else 1."),
            [](auto& of) -> auto& { return of.config.concurrency; },
            {.environment = {{"CONCURRENCY"}, {"OLLAMA_NUM_PARALLEL"}}, .flags = {{"--concurrency"}}}),
        row(
            "queue.fairness", choice<drover::Fairness>(),
            QT_TRANSLATE_NOOP("setting",
                "What a user is charged for, the least charged being next: tokens, time (of a slot) or requests."),
            [](auto& of) -> auto& { return of.config.fairness; }),
        row(
            "queue.waiting_max", ruled(Integer, 1, 1'000'000),
            QT_TRANSLATE_NOOP("setting", "Jobs that may wait in all."),
            [](auto& of) -> auto& { return of.config.limits.queueWaitingMax; }),
        row(
            "queue.waiting_per_user_max", ruled(Integer, 1, 1'000'000),
            QT_TRANSLATE_NOOP("setting", "Jobs of one user that may wait."),
            [](auto& of) -> auto& { return of.config.limits.queueWaitingPerUserMax; }),
        row(
            "queue.waiting_bytes_max", ruled(Bytes, mebi, 1024 * gibi),
            QT_TRANSLATE_NOOP("setting", "Memory that waiting jobs may hold in all."),
            [](auto& of) -> auto& { return of.config.limits.queueBytesMax; }),
        row(
            "queue.wait_max_interactive", ruled(Duration, 0, 30 * day, "forever"),
            QT_TRANSLATE_NOOP(
                "setting", "Longest wait of interactive and normal jobs, then they are refused; \"forever\" for none."),
            [](auto& of) -> auto& { return of.config.waitMaxInteractive; }),
        row(
            "queue.wait_max_batch", ruled(Duration, 0, 30 * day, "forever"),
            QT_TRANSLATE_NOOP("setting", "Longest wait of batch jobs; \"forever\" for none."),
            [](auto& of) -> auto& { return of.config.waitMaxBatch; }),
        row(
            "queue.pool_jobs_yield", {.type = Bool},
            QT_TRANSLATE_NOOP(
                "setting", "Hand a pool's running job back to it when one of your own would have to wait."),
            [](auto& of) -> auto& { return of.config.poolJobsYield; }),
        row(
            "queue.shedding", choice<drover::Shedding>(),
            QT_TRANSLATE_NOOP("setting",
                "Refuse jobs before their wait is over: none, or codel when the queue has stood for too long."),
            [](auto& of) -> auto& { return of.config.shedding; }),
        row(
            "queue.codel_target", ruled(Duration, 1, hour),
            QT_TRANSLATE_NOOP("setting", "With codel: a wait that is fine."),
            [](auto& of) -> auto& { return of.config.codelTarget; }),
        row(
            "queue.codel_interval", ruled(Duration, 1, day),
            QT_TRANSLATE_NOOP("setting", "With codel: how long waits may all be above it."),
            [](auto& of) -> auto& { return of.config.codelInterval; }),
        row(
            "queue.lane_ageing", ruled(Duration, second, day),
            QT_TRANSLATE_NOOP("setting", "Longest time that a job waits behind each more urgent lane."),
            [](auto& of) -> auto& { return of.config.laneAgeing; }),
        row(
            "queue.users_remembered_max", ruled(Integer, 1, 1'000'000),
            QT_TRANSLATE_NOOP("setting", "Users kept with their totals after they left."),
            [](auto& of) -> auto& { return of.config.limits.usersRememberedMax; }),
    };
}

std::vector<Setting> engineRows()
{
    constexpr auto later = Effect::AfterRestart;
    return {
        row("engine.mode", choice<OllamaMode>(),
            QT_TRANSLATE_NOOP("setting",
                "The local Ollama: adopt uses the one that runs, supervise also starts one where none runs and keeps "
                "it "
                "running, remote leaves it alone."),
            [](auto& of) -> auto& { return of.ollama.mode; }, {.effect = later}),
        row("engine.binary", {.type = Text},
            QT_TRANSLATE_NOOP(
                "setting", "Program to start for it; empty is the ollama of PATH or of the usual places."),
            [](auto& of) -> auto& { return of.ollama.program; }, {.effect = later}),
        row("engine.environment", {.type = TextList},
            QT_TRANSLATE_NOOP(
                "setting", "Variables for an Ollama that Drover starts, such as \"OLLAMA_KEEP_ALIVE=30m\"."),
            [](auto& of) -> auto& { return of.ollama.environment; }, {.effect = later}),
        row("engine.hang_time_max", ruled(Duration, 10 * second, day),
            QT_TRANSLATE_NOOP("setting", "With supervise: silence after which Ollama is ended and started again."),
            [](auto& of) -> auto& { return of.ollama.hangTimeMax; }, {.effect = later}),
    };
}

Setting scheduleRow()
{
    return {.key = "sharing.schedule",
        .rule = {.type = WeekHours},
        .sentence = QT_TRANSLATE_NOOP("setting",
            "Hours of the week in which it may share, local time: \"always\", \"never\", or such as "
            "\"mon-fri 18-24,0-8; sat,sun 0-24\"."),
        .get = [](const Settings& from) -> SettingValue { return drover::weekHoursText(from.config.sharing.hours); },
        .set =
            [](Settings& into, const SettingValue& value) {
                into.config.sharing.hours =
                    drover::parseWeekHours(std::get<std::string>(value)).value_or(drover::WeekHours{});
            }};
}

std::vector<Setting> sharingRows()
{
    return {
        row(
            "sharing.manners", choice<drover::MannersPreset>(),
            QT_TRANSLATE_NOOP("setting",
                "polite leaves off while you need the machine, away shares only while nobody uses it, dedicated only "
                "looks at battery, network, hours, heat, space and the limits per day."),
            [](auto& of) -> auto& { return of.config.sharing.manners; }),
        row(
            "sharing.on_battery", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "Share nothing while the machine runs on battery."),
            [](auto& of) -> auto& { return of.config.sharing.pauseOnBattery; }),
        row(
            "sharing.full_screen", {.type = Bool},
            QT_TRANSLATE_NOOP(
                "setting", "Share nothing while a game or another app fills the screen, and free the GPU's memory."),
            [](auto& of) -> auto& { return of.config.sharing.pauseForFullScreen; }),
        row(
            "sharing.programs", {.type = TextList},
            QT_TRANSLATE_NOOP("setting",
                "Programs that get the machine to themselves while they run, such as \"blender\"; the GPU's memory is "
                "freed."),
            [](auto& of) -> auto& { return of.config.sharing.programs; }),
        row(
            "sharing.gpu_others_max", ruled(Integer, 0, 100, "off"),
            QT_TRANSLATE_NOOP("setting",
                "Percent of the GPU that others may use: above it for 20 s nothing is shared, until it was below half "
                "of it for 60 s."),
            [](auto& of) -> auto& { return of.config.sharing.gpuByOthersMax; }),
        row(
            "sharing.cpu_others_max", ruled(Integer, 0, 100, "off"),
            QT_TRANSLATE_NOOP("setting", "The same for the processor, in percent of all of its cores."),
            [](auto& of) -> auto& { return of.config.sharing.cpuByOthersMax; }),
        row(
            "sharing.idle_min", ruled(Duration, 0, day, "off"),
            QT_TRANSLATE_NOOP("setting", "With away: how long nobody must have touched keyboard and mouse."),
            [](auto& of) -> auto& { return of.config.sharing.userIdleMin; }),
        row(
            "sharing.metered", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "Share nothing on a network that is paid for by volume; local work goes on."),
            [](auto& of) -> auto& { return of.config.sharing.pauseOnMetered; }),
        scheduleRow(),
    };
}

std::vector<Setting> sharingLimitRows()
{
    return {
        row(
            "sharing.temperature_max", ruled(Integer, 0, 120, "off"),
            QT_TRANSLATE_NOOP(
                "setting", "Degrees Celsius at which it rests until the machine is 10 degrees cooler for a minute."),
            [](auto& of) -> auto& { return of.config.sharing.celsiusMax; }),
        row(
            "sharing.disk_free_min", ruled(Bytes, 0, 1024 * gibi, "off"),
            QT_TRANSLATE_NOOP("setting", "Free space on the disk below which nothing is shared."),
            [](auto& of) -> auto& { return of.config.sharing.diskFreeMin; }),
        row(
            "sharing.memory_free_min", ruled(Bytes, 0, 1024 * gibi, "off"),
            QT_TRANSLATE_NOOP("setting", "Free main memory below which nothing is shared and the models are unloaded."),
            [](auto& of) -> auto& { return of.config.sharing.memoryFreeMin; }),
        row(
            "sharing.tokens_per_day", ruled(Count, 0, 1'000'000'000'000, "unlimited"),
            QT_TRANSLATE_NOOP("setting", "Tokens of prompts and answers for all pools, from midnight to midnight."),
            [](auto& of) -> auto& { return of.config.sharing.tokensPerDay; }),
        row(
            "sharing.jobs_per_day", ruled(Integer, 0, 1'000'000'000, "unlimited"),
            QT_TRANSLATE_NOOP("setting", "Jobs for all pools, from midnight to midnight."),
            [](auto& of) -> auto& { return of.config.sharing.jobsPerDay; }),
        row(
            "sharing.time_per_day", ruled(Duration, 0, 1024 * day, "unlimited"),
            QT_TRANSLATE_NOOP("setting",
                "Time that jobs for pools may run, from midnight to midnight, such as \"4h\"; two at once "
                "count twice."),
            [](auto& of) -> auto& { return of.config.sharing.timePerDay; }),
        row(
            "sharing.own_too", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "Hold back this machine's own apps, too, while these rules share nothing."),
            [](auto& of) -> auto& { return of.config.sharing.ownToo; }),
    };
}

std::vector<Setting> generalRows()
{
    return {
        row("general.language", choice<Language>(),
            QT_TRANSLATE_NOOP("setting", "Language of the window and the tray: the system's, English or German."),
            [](auto& of) -> auto& { return of.general.language; }, {.effect = Effect::AfterRestart}),
        row(
            "general.theme", choice<ThemeChoice>(),
            QT_TRANSLATE_NOOP("setting", "Colours of the window: as the system's, light or dark."),
            [](auto& of) -> auto& { return of.general.theme; }),
        row(
            "general.start_hidden", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "Start without the window where there is a tray; at login it always does."),
            [](auto& of) -> auto& { return of.general.startHidden; }),
        row(
            "general.confirm_quit", {.type = Bool},
            QT_TRANSLATE_NOOP("setting",
                "Ask before quitting while jobs run or wait; without it they have serve.drain_timeout to finish."),
            [](auto& of) -> auto& { return of.general.confirmQuit; }),
    };
}

std::vector<Setting> historyRows()
{
    constexpr std::int64_t longest = 3650 * day;
    return {
        row(
            "history.keep", ruled(Duration, 0, longest, "off", 0),
            QT_TRANSLATE_NOOP("setting",
                "How long the record of each request is kept, such as \"30d\"; what was said is never kept. \"off\" "
                "keeps "
                "none."),
            [](auto& of) -> auto& { return of.config.history.keep; }),
        row(
            "history.keep_usage", ruled(Duration, 0, longest, "off", 0),
            QT_TRANSLATE_NOOP("setting",
                "How long the sums per day, app and model are kept; \"off\" keeps none, so that daily caps begin again "
                "with a restart."),
            [](auto& of) -> auto& { return of.config.history.keepUsage; }),
        row(
            "history.keep_ledger", ruled(Duration, 0, 10 * longest, "off", 0),
            QT_TRANSLATE_NOOP("setting",
                "How long the ledger is kept: the jobs, tokens and time that each pool was given per day. \"off\" "
                "keeps "
                "none."),
            [](auto& of) -> auto& { return of.config.history.keepLedger; }),
    };
}

std::vector<Setting> trayRows()
{
    return {
        row(
            "tray.icon_style", choice<TrayIconStyle>(),
            QT_TRANSLATE_NOOP("setting",
                "Marks in the tray: auto fits the panel, light and dark do not look at it, colour shows the state by "
                "colour too."),
            [](auto& of) -> auto& { return of.trayIconStyle; }),
        row(
            "notifications.enabled", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "Show notifications: at most three an hour, and those chosen below."),
            [](auto& of) -> auto& { return of.notifications.enabled; }),
        row(
            "notifications.ollama_gave_up", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "When Ollama ended too often and is not started again."),
            [](auto& of) -> auto& { return of.notifications.ollamaGaveUp; }),
        row(
            "notifications.ollama_restarted", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "When Ollama ended by itself and was started again."),
            [](auto& of) -> auto& { return of.notifications.ollamaRestarted; }),
        row(
            "notifications.app_limited", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "When an app is refused because of its own limits, once a day for each."),
            [](auto& of) -> auto& { return of.notifications.appLimited; }),
        row(
            "notifications.download_finished", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "When a model was downloaded."),
            [](auto& of) -> auto& { return of.notifications.downloadFinished; }),
        row(
            "notifications.disk_full", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "When less than 1 GB is left on the disk of Drover's files."),
            [](auto& of) -> auto& { return of.notifications.diskFull; }),
        row(
            "notifications.pool_lost", {.type = Bool},
            QT_TRANSLATE_NOOP(
                "setting", "When a pool refuses this machine, or has not been connected for five minutes."),
            [](auto& of) -> auto& { return of.notifications.poolLost; }),
        row(
            "notifications.queue_long", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "When the queue has been long for a while, as the next two say."),
            [](auto& of) -> auto& { return of.notifications.queueLong; }),
        row(
            "notifications.queue_long_jobs", ruled(Integer, 1, 1'000'000),
            QT_TRANSLATE_NOOP("setting", "Waiting jobs beyond which the queue is long."),
            [](auto& of) -> auto& { return of.notifications.queueLongJobs; }),
        row(
            "notifications.queue_long_time", ruled(Duration, second, day),
            QT_TRANSLATE_NOOP("setting", "How long it has to be so long."),
            [](auto& of) -> auto& { return of.notifications.queueLongTime; }),
        row(
            "notifications.pause_over", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "When a pause for a time is over."),
            [](auto& of) -> auto& { return of.notifications.pauseOver; }),
        row(
            "notifications.weekly_summary", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "Once a week, what the last one brought: requests, tokens, the busiest app."),
            [](auto& of) -> auto& { return of.notifications.weeklySummary; }),
    };
}

std::vector<Setting> otherRows()
{
    return {
        statusListenRow(),
        metricsListenRow(),
        row("status.token_file", {.type = Text, .word = "off"},
            QT_TRANSLATE_NOOP("setting",
                "File with the token for control calls, made when missing; empty is Drover's own, \"off\" for no "
                "control."),
            [](auto& of) -> auto& { return of.config.controlTokenFile; }, {.effect = Effect::AfterRestart}),
        row("log.level", choice<drover::LogLevel>(), QT_TRANSLATE_NOOP("setting", "Least important lines to write."),
            [](auto& of) -> auto& { return of.logLevel; },
            {.effect = Effect::AfterRestart, .flags = {{"--log-level"}}}),
        row("log.file", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "File to write the log to, kept below 20 MB; empty is standard error."),
            [](auto& of) -> auto& { return of.logFile; },
            {.effect = Effect::AfterRestart,
                .environment = {{"LOG_DIR", Part::Folder}},
                .flags = {{"--log-file"},
                    {"--log-dir", 0, Part::Folder, QT_TRANSLATE_NOOP("setting", "Folder to write drover.log into.")}}}),
        row("serve.drain_timeout", ruled(Duration, -1, 7 * day, "unlimited", -1),
            QT_TRANSLATE_NOOP("setting",
                "When told to stop, how long running and waiting jobs may take to finish; 0 ends them at once."),
            [](auto& of) -> auto& { return of.drainTimeout; },
            {.environment = {{"DRAIN_TIMEOUT"}}, .flags = {{"--drain-timeout"}}}),
        row(
            "user", {.type = Users},
            QT_TRANSLATE_NOOP(
                "setting", "What one user (an app) may do, and how much it gets; others have the defaults."),
            [](auto& of) -> auto& { return of.config.users; }),
        backendsRow(),
        row(
            "key", {.type = Keys},
            QT_TRANSLATE_NOOP(
                "setting", "Keys that apps may send. Only their SHA-256 is here: printf %s KEY | sha256sum"),
            [](auto& of) -> auto& { return of.config.keys; }),
        poolsRow(),
    };
}

std::vector<Setting> makeTable()
{
    std::vector<Setting> all;
    for (auto part : {generalRows(), trayRows(), proxyRows(), proxyLimitRows(), queueRows(), engineRows(),
             sharingRows(), sharingLimitRows(), hostRows(), historyRows(), otherRows()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace

std::string_view levelName(drover::LogLevel level)
{
    switch (level) {
    case drover::LogLevel::Debug:
        return "debug";
    case drover::LogLevel::Info:
        return "info";
    case drover::LogLevel::Warning:
        return "warning";
    case drover::LogLevel::Error:
        return "error";
    case drover::LogLevel::Off:
        return "off";
    }
    return {};
}

std::string_view name(OllamaMode mode)
{
    switch (mode) {
    case OllamaMode::Adopt:
        return "adopt";
    case OllamaMode::Supervise:
        return "supervise";
    case OllamaMode::Remote:
        return "remote";
    }
    return {};
}

std::string_view name(Language language)
{
    switch (language) {
    case Language::System:
        return "system";
    case Language::English:
        return "en";
    case Language::German:
        return "de";
    }
    return {};
}

std::string_view name(ThemeChoice theme)
{
    switch (theme) {
    case ThemeChoice::System:
        return "system";
    case ThemeChoice::Light:
        return "light";
    case ThemeChoice::Dark:
        return "dark";
    }
    return {};
}

std::string_view name(TrayIconStyle style)
{
    switch (style) {
    case TrayIconStyle::Auto:
        return "auto";
    case TrayIconStyle::Light:
        return "light";
    case TrayIconStyle::Dark:
        return "dark";
    case TrayIconStyle::Colour:
        return "colour";
    }
    return {};
}

std::span<const Setting> settingsTable()
{
    static const std::vector<Setting> table = makeTable();
    return table;
}

std::span<const RowField<drover::UserRule>> userFields()
{
    using Row = drover::UserRule;
    static const std::vector<RowField<Row>> fields = {
        column<Row>(
            "name", {.type = Text}, QT_TRANSLATE_NOOP("setting", "The user, as the window shows it."),
            [](auto& of) -> auto& { return of.name; }),
        column<Row>(
            "weight", ruled(Number, 1, 10'000),
            QT_TRANSLATE_NOOP("setting", "Its share: 2 gets twice as much as others."),
            [](auto& of) -> auto& { return of.weight; }),
        column<Row>(
            "running_max", ruled(Integer, 0, 1024, "unlimited"), QT_TRANSLATE_NOOP("setting", "Jobs at once."),
            [](auto& of) -> auto& { return of.runningMax; }),
        column<Row>(
            "waiting_max", ruled(Integer, 0, 1'000'000, "default"),
            QT_TRANSLATE_NOOP("setting", "Jobs that may wait; \"default\" is queue.waiting_per_user_max."),
            [](auto& of) -> auto& { return of.waitingMax; }),
        column<Row>(
            "tokens_per_day", ruled(Count, 0, 1'000'000'000'000, "unlimited"),
            QT_TRANSLATE_NOOP("setting", "Tokens of prompts and answers, from midnight to midnight."),
            [](auto& of) -> auto& { return of.tokensPerDay; }),
        column<Row>(
            "lane", choice<drover::LaneRule>(),
            QT_TRANSLATE_NOOP("setting", "How urgent its jobs are; automatic is what each request asks for."),
            [](auto& of) -> auto& { return of.lane; }),
        column<Row>(
            "models", {.type = TextList},
            QT_TRANSLATE_NOOP("setting", "Models that it may use, * is any text; empty is all."),
            [](auto& of) -> auto& { return of.models; }),
        column<Row>(
            "blocked", {.type = Bool}, QT_TRANSLATE_NOOP("setting", "Refuse all it asks for."),
            [](auto& of) -> auto& { return of.blocked; }),
    };
    return fields;
}

std::span<const RowField<BackendSetting>> backendFields()
{
    using Row = BackendSetting;
    static const std::vector<RowField<Row>> fields = {
        column<Row>(
            "name", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "Shown to people and in X-Served-By; empty is host:port."),
            [](auto& of) -> auto& { return of.backend.name; }),
        column<Row>(
            "url", {.type = Url},
            QT_TRANSLATE_NOOP("setting", "http or https; a path is put before every forwarded path."),
            [](auto& of) -> auto& { return of.backend.url; }),
        column<Row>(
            "kind", {.type = Choice, .choices = {"ollama", "openai"}},
            QT_TRANSLATE_NOOP("setting", "ollama, or openai for LM Studio, llama.cpp server and vLLM."),
            [](auto& of) -> auto& { return of.backend.kind; }),
        column<Row>(
            "slots", ruled(Integer, 0, 1024, "auto"),
            QT_TRANSLATE_NOOP("setting", "Jobs at once; \"auto\" is queue.concurrency."),
            [](auto& of) -> auto& { return of.backend.slots; }),
        column<Row>(
            "ca_file", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "PEM file of an authority to trust for https besides the system's."),
            [](auto& of) -> auto& { return of.backend.caFile; }),
        column<Row>(
            "api_key_env", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "Name of the environment variable that holds the backend's key."),
            [](auto& of) -> auto& { return of.apiKeyEnv; }),
        column<Row>(
            "api_key_file", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "Or a file that only you can read, with the key on its first line."),
            [](auto& of) -> auto& { return of.apiKeyFile; }),
        column<Row>(
            "api_key_secret", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "Or the name of a secret: drover secret set NAME keeps it in the keyring."),
            [](auto& of) -> auto& { return of.apiKeySecret; }),
    };
    return fields;
}

std::span<const RowField<drover::KeyConfig>> keyFields()
{
    using Row = drover::KeyConfig;
    static const std::vector<RowField<Row>> fields = {
        column<Row>(
            "name", {.type = Text}, QT_TRANSLATE_NOOP("setting", "The user that the key stands for."),
            [](auto& of) -> auto& { return of.name; }),
        column<Row>(
            "sha256", {.type = Text}, QT_TRANSLATE_NOOP("setting", "SHA-256 of the key, 64 hexadecimal digits."),
            [](auto& of) -> auto& { return of.sha256Hex; }),
        column<Row>(
            "prefix", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "The first characters of the key, for people; may be left out."),
            [](auto& of) -> auto& { return of.prefix; }),
        column<Row>(
            "created", {.type = Text}, QT_TRANSLATE_NOOP("setting", "The day on which it was made; may be left out."),
            [](auto& of) -> auto& { return of.created; }),
    };
    return fields;
}

std::span<const RowField<PoolSetting>> poolFields()
{
    using Row = PoolSetting;
    static const std::vector<RowField<Row>> fields = {
        column<Row>(
            "name", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "Shown to people; its jobs are of user \"pool NAME\"."),
            [](auto& of) -> auto& { return of.pool.name; }),
        column<Row>(
            "url", {.type = Text},
            QT_TRANSLATE_NOOP(
                "setting", "ws or wss address where the server takes workers; without a path it is /api/llm/connect."),
            [](auto& of) -> auto& { return of.pool.url; }),
        column<Row>(
            "key_file", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "File that only you can read, with the pool's key on its first line."),
            [](auto& of) -> auto& { return of.keyFile; }),
        column<Row>(
            "key_env", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "Or the name of the environment variable that holds it."),
            [](auto& of) -> auto& { return of.keyEnv; }),
        column<Row>(
            "key_secret", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "Or the name of a secret: drover secret set NAME keeps it in the keyring."),
            [](auto& of) -> auto& { return of.keySecret; }),
        column<Row>(
            "slots", ruled(Integer, 0, 1024, "auto"),
            QT_TRANSLATE_NOOP("setting", "Its jobs at once; \"auto\" is as many as the backends run."),
            [](auto& of) -> auto& { return of.pool.slots; }),
        column<Row>(
            "worker_name", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "What the pool is told; empty is the name of this machine."),
            [](auto& of) -> auto& { return of.pool.workerName; }),
        column<Row>(
            "ca_file", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "PEM file of an authority to trust for wss besides the system's."),
            [](auto& of) -> auto& { return of.pool.caFile; }),
        column<Row>(
            "pin", {.type = Text},
            QT_TRANSLATE_NOOP(
                "setting", "\"sha256//BASE64\" of the server's public key, if only that one may be trusted."),
            [](auto& of) -> auto& { return of.pool.pin; }),
    };
    return fields;
}

} // namespace drover::app
