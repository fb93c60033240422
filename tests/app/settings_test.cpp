// SPDX-License-Identifier: MIT
#include "app/settings/address.h"
#include "app/settings/layer.h"
#include "app/settings/settings_table.h"
#include "app/settings/settings_text.h"
#include "app/settings/value_text.h"

#include <QTest>

#include <set>

using namespace drover::app;
using namespace std::chrono_literals;

namespace {

Resolved fromFile(const std::string& text)
{
    return resolve({readSettingsFile(text, "drover.toml")}, {}, {});
}

std::string firstProblem(const std::string& text)
{
    const Resolved resolved = fromFile(text);
    return resolved.problems.empty() ? std::string() : resolved.problems.front().text();
}

/// The default file with every default spelled out.
std::string uncommented(const std::string& text)
{
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = text.find('\n', at) + 1;
        const bool setting = text[at] == '#' && text[at + 1] >= 'a' && text[at + 1] <= 'z';
        result += text.substr(at + (setting ? 1 : 0), end - at - (setting ? 1 : 0));
        at = end;
    }
    return result;
}

/// A value that the rule allows and that is not the default.
SettingValue otherValue(const Setting& setting)
{
    const SettingValue before = setting.get(Settings{});
    switch (setting.rule.type) {
    case ValueType::Bool:
        return !std::get<bool>(before);
    case ValueType::Integer:
    case ValueType::Bytes:
    case ValueType::Count:
        return std::get<std::int64_t>(before) + 1;
    case ValueType::Duration:
        return std::get<std::chrono::milliseconds>(before)
            + (std::get<std::chrono::milliseconds>(before).count() < setting.rule.most ? 1ms : -1ms);
    case ValueType::Choice:
        return std::string(setting.rule.choices[std::get<std::string>(before) == setting.rule.choices[0] ? 1 : 0]);
    case ValueType::Text:
        return std::string("/tmp/other");
    case ValueType::Address:
        return std::string("127.0.0.9:9");
    case ValueType::Url:
        break;
    case ValueType::TextList:
        return std::vector<std::string>{"https://a.example"};
    case ValueType::Number: // none is a setting of its own
        break;
    case ValueType::WeekHours:
        return std::string("mon-fri 18-24");
    case ValueType::Users:
        return std::vector<drover::UserRule>{{.name = "Zed", .weight = 2}};
    case ValueType::Backends:
        return std::vector<BackendSetting>{{.backend = {.name = "a", .url = "http://a:1"}}};
    case ValueType::Keys:
        return std::vector<drover::KeyConfig>{{.name = "a", .sha256Hex = std::string(64, 'a')}};
    case ValueType::Pools:
        return std::vector<PoolSetting>{{.pool = {.name = "lab", .url = "wss://pool.example"}}};
    }
    return before;
}

} // namespace

class SettingsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyRowReadsWhatItWrote()
    {
        for (const Setting& setting : settingsTable()) {
            Settings settings;
            const SettingValue value = otherValue(setting);

            setting.set(settings, value);

            QVERIFY2(setting.get(settings) == value, std::string(setting.key).c_str());
            QVERIFY2(!(settings == Settings{}), std::string(setting.key).c_str());
        }
    }

    void everyFieldOfTheEngineCanBeSet()
    {
        Settings settings;
        for (const Setting& setting : settingsTable())
            setting.set(settings, otherValue(setting));

        // Each of these differs from its default only if some row reaches it. A new field belongs here and in the
        // table; the structured binding stops compiling when one is added.
        const drover::Config defaults;
        const auto& [host, port, statusHost, statusPort, statusEnabled, metricsHost, metricsPort, metricsEnabled, token,
            backends, concurrency, silence, demo, fairness, shedding, rules, waitInteractive, waitBatch, codelTarget,
            codelInterval, ageing, aliveAfter, aliveUnstreamed, aliveEvery, alive, origins, keys, pools, poolsYield,
            sharing, hosting, manage, recognise, history, limits] = settings.config;
        QVERIFY(host != defaults.host && port != defaults.port);
        QVERIFY(statusHost != defaults.statusHost && statusPort != defaults.statusPort && statusEnabled);
        QVERIFY(metricsHost != defaults.metricsHost && metricsPort != defaults.metricsPort && metricsEnabled);
        QVERIFY(token != defaults.controlTokenFile && backends != defaults.backends);
        QVERIFY(concurrency != defaults.concurrency && silence != defaults.backendSilenceMax && demo != defaults.demo);
        QVERIFY(fairness != defaults.fairness && shedding != defaults.shedding && rules != defaults.users);
        QVERIFY(pools != defaults.pools && poolsYield != defaults.poolJobsYield);
        QVERIFY(waitInteractive != defaults.waitMaxInteractive && waitBatch != defaults.waitMaxBatch);
        QVERIFY(codelTarget != defaults.codelTarget && codelInterval != defaults.codelInterval);
        QVERIFY(ageing != defaults.laneAgeing && aliveAfter != defaults.keepAliveAfter);
        QVERIFY(aliveUnstreamed != defaults.keepAliveAfterUnstreamed && aliveEvery != defaults.keepAliveEvery);
        QVERIFY(alive != defaults.keepAlive && origins != defaults.origins && keys != defaults.keys);
        QVERIFY(manage != defaults.manageFromLoopback && recognise != defaults.recogniseProcesses);
        const auto& [manners, battery, fullScreen, programs, gpu, cpu, idleMin, metered, hours, celsius, disk, memory,
            tokens, jobs, time, ownToo] = sharing;
        const drover::SharingRules polite;
        QVERIFY(manners != polite.manners && battery != polite.pauseOnBattery && programs != polite.programs);
        QVERIFY(fullScreen != polite.pauseForFullScreen && gpu != polite.gpuByOthersMax);
        QVERIFY(cpu != polite.cpuByOthersMax && idleMin != polite.userIdleMin && metered != polite.pauseOnMetered);
        QVERIFY(hours != polite.hours && celsius != polite.celsiusMax && disk != polite.diskFreeMin);
        QVERIFY(memory != polite.memoryFreeMin && tokens != polite.tokensPerDay && jobs != polite.jobsPerDay);
        QVERIFY(time != polite.timePerDay && ownToo != polite.ownToo);
        // Its file is Drover's own, not a setting.
        QVERIFY(history.keep != defaults.history.keep && history.keepUsage != defaults.history.keepUsage);
        const auto& [waiting, perUser, bytes, body, header, headerTime, bodyTime, idle, write, connections, users] =
            limits;
        const drover::Limits usual;
        QVERIFY(waiting != usual.queueWaitingMax && perUser != usual.queueWaitingPerUserMax);
        QVERIFY(bytes != usual.queueBytesMax && body != usual.bodyBytesMax && header != usual.headerBytesMax);
        QVERIFY(headerTime != usual.headerTimeMax && bodyTime != usual.bodyTimeMax && idle != usual.idleTimeMax);
        QVERIFY(write != usual.writeTimeMax && connections != usual.connectionsMax);
        QVERIFY(users != usual.usersRememberedMax && hosting != defaults.hosting);

        findSetting("status.listen")->set(settings, std::string("off"));
        QVERIFY(!settings.config.statusEnabled);
    }

    void everyFieldOfTheHostedPoolCanBeSet()
    {
        Settings settings;
        for (const Setting& setting : settingsTable())
            setting.set(settings, otherValue(setting));

        const drover::HostingConfig defaults;
        const auto& [enabled, required, name, host, port, publicUrl, certificate, keyFile, insecure, proxies, clientKey,
            workerKey, keysFile, workerPath, localBackends, ownJobs, silence, limits] = settings.config.hosting;
        QVERIFY(enabled != defaults.enabled && name != defaults.name && host != defaults.host && port != defaults.port);
        QVERIFY(publicUrl != defaults.publicUrl && certificate != defaults.certificateFile);
        QVERIFY(keyFile != defaults.keyFile && insecure != defaults.insecure && proxies != defaults.trustedProxies);
        QVERIFY(clientKey.empty() && workerKey.empty()); // secrets: no setting holds one
        QVERIFY(required); // the desktop program alone goes on without
        QVERIFY(keysFile != defaults.keysFile && workerPath != defaults.workerPath && silence != defaults.silenceMax);
        QVERIFY(localBackends != defaults.localBackends && ownJobs != defaults.ownJobs);
        const auto& [workers, models, nameBytes, slots, frame, unread, unreadOfAll, gone, labels] = limits;
        const drover::HostLimits usual;
        QVERIFY(workers != usual.workersMax && models != usual.modelsPerWorkerMax && nameBytes != usual.nameBytesMax);
        QVERIFY(slots != usual.slotsPerWorkerMax && frame != usual.frameBytesMax && unread != usual.unreadBytesMax);
        QVERIFY(unreadOfAll != usual.unreadBytesOfAllMax && gone != usual.goneWorkersMax);
        QVERIFY(labels != usual.modelLabelsMax);
    }

    void everyRowIsWellFormed()
    {
        std::set<std::string> names;
        for (const Setting& setting : settingsTable()) {
            const std::string key(setting.key);
            QVERIFY2(setting.sentence.ends_with('.') || key == "key", key.c_str());
            QVERIFY2(names.insert(environmentName(setting)).second, key.c_str());
            QVERIFY2(!setting.isScalar() || !sectionSentence(setting.section()).empty(), key.c_str());
            for (const EnvironmentName& name : setting.environment)
                QVERIFY2(names.insert(std::string(name.name)).second, key.c_str());
            for (const Flag& flag : setting.flags)
                QVERIFY2(names.insert(std::string(flag.name)).second, key.c_str());
            if (!setting.isScalar())
                continue;
            const auto again = parseValue(setting.rule, valueText(setting.rule, setting.get(Settings{})));
            QVERIFY2(again && *again == setting.get(Settings{}), key.c_str());
        }
        QCOMPARE(environmentName(*findSetting("queue.waiting_per_user_max")), "DROVER_QUEUE_WAITING_PER_USER_MAX");
    }

    void theDefaultFileMeansTheDefaults()
    {
        const Resolved commented = fromFile(defaultFileText());
        QVERIFY(commented.problems.empty());
        QVERIFY(commented.settings == Settings{});

        const Resolved spelledOut = fromFile(uncommented(defaultFileText()));
        QVERIFY2(spelledOut.problems.empty(), firstProblem(uncommented(defaultFileText())).c_str());
        QVERIFY(spelledOut.settings == Settings{});
        std::size_t scalars = 0;
        for (const Setting& setting : settingsTable())
            scalars += setting.isScalar() ? 1 : 0;
        QVERIFY(spelledOut.origins.size() >= scalars);
    }

    void readsEveryKindOfValue()
    {
        const Resolved resolved = fromFile(R"(
[proxy]
listen = "[::1]:9000"
timeout = 1.5
origins = ["https://chat.example.org", "app://*"]
keep_alive = false
[queue]
concurrency = "auto"
waiting_max = 10
waiting_bytes_max = "64MB"
wait_max_interactive = "forever"
wait_max_batch = "1h30m"
fairness = "time"
[status]
listen = "off"
[serve]
drain_timeout = -1
[[user]]
name = "Zed"
weight = 2
[[user]]
name = "Open WebUI"
weight = 0.5
running_max = 1
waiting_max = "default"
tokens_per_day = "100k"
lane = "batch"
models = ["llama*", "qwen3"]
blocked = true
[[backend]]
name = "big"
url = "https://gpu.example:8443/ollama/"
kind = "openai"
slots = 4
[[backend]]
url = "localhost:11434"
[[key]]
name = "phone"
sha256 = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
)");

        QVERIFY2(resolved.problems.empty(), resolved.problems.empty() ? "" : resolved.problems[0].text().c_str());
        const drover::Config& config = resolved.settings.config;
        QCOMPARE(config.host, "::1");
        QCOMPARE(int(config.port), 9000);
        QVERIFY(config.backendSilenceMax == 1500ms);
        QCOMPARE(config.origins.size(), std::size_t(2));
        QVERIFY(!config.keepAlive && !config.statusEnabled);
        QCOMPARE(config.concurrency, 0);
        QCOMPARE(config.limits.queueBytesMax, std::size_t(64'000'000));
        QVERIFY(config.waitMaxInteractive == 0ms && config.waitMaxBatch == 90min);
        QVERIFY(config.fairness == drover::Fairness::Time);
        QVERIFY(resolved.settings.drainTimeout == -1ms);
        QCOMPARE(config.users.size(), std::size_t(2));
        QVERIFY(config.users[0] == (drover::UserRule{.name = "Zed", .weight = 2}));
        QVERIFY(config.users[1]
            == (drover::UserRule{.name = "Open WebUI",
                .weight = 0.5,
                .runningMax = 1,
                .tokensPerDay = 100'000,
                .lane = drover::LaneRule::Batch,
                .models = {"llama*", "qwen3"},
                .blocked = true}));
        QCOMPARE(config.backends.size(), std::size_t(2));
        QCOMPARE(config.backends[0].url, "https://gpu.example:8443/ollama");
        QVERIFY(config.backends[0].kind == drover::BackendKind::OpenAi);
        QCOMPARE(config.backends[0].slots, 4);
        QCOMPARE(config.backends[1].url, "http://localhost:11434");
        QCOMPARE(config.keys[0].sha256Hex, std::string(64, 'a'));
    }

    void saysWhatIsWrongAndWhere_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::addColumn<std::string>("problem");
        const auto row = [](const char* name, std::string text, std::string problem) {
            QTest::newRow(name) << std::move(text) << std::move(problem);
        };
        row("unknown key", "[queue]\n\nwaitng_max = 3\n",
            "drover.toml:3: there is no setting \"queue.waitng_max\"; did you mean queue.waiting_max?");
        row("right name, wrong section", "[proxy]\nfairness = \"time\"\n",
            "drover.toml:2: there is no setting \"proxy.fairness\"; did you mean queue.fairness?");
        row("unknown section", "[colours]\nred = 1\n", "drover.toml:1: there is no setting \"colours\"");
        row("out of range", "[queue]\nwaiting_max = 0\n",
            "drover.toml:2: queue.waiting_max must be a whole number between 1 and 1000000, not \"0\"");
        row("wrong type", "[queue]\nwaiting_max = \"many\"\n",
            "drover.toml:2: queue.waiting_max must be a whole number between 1 and 1000000, not \"many\"");
        row("choice", "[queue]\nfairness = \"fair\"\n",
            "drover.toml:2: queue.fairness must be one of tokens, time, requests, not \"fair\"");
        row("bool", "[proxy]\nkeep_alive = 1\n", "drover.toml:2: proxy.keep_alive must be true or false, not a number");
        row("duration", "[queue]\nwait_max_batch = \"10 parsecs\"\n",
            "drover.toml:2: queue.wait_max_batch must be a time such as \"10m\" or \"1h30m\" (a plain number is "
            "seconds) "
            "between 1ms and 30d, or \"forever\", not \"10 parsecs\"");
        row("address", "[proxy]\nlisten = \"127.0.0.1:99999\"\n",
            "drover.toml:2: proxy.listen must be an address with a port between 0 and 65535, not \"127.0.0.1:99999\"");
        row("section as value", "queue = 3\n",
            "drover.toml:1: queue is a section: write [queue] and its settings below");
        row("single brackets", "[backend]\nurl = \"http://a\"\n",
            "drover.toml:1: backend may stand more than once: write [[backend]] with double brackets");
        row("backend field", "[[backend]]\nurl = \"http://a\"\nslotz = 1\n",
            "drover.toml:3: there is no setting \"backend.slotz\"; [[backend]] has name, url, kind, slots, ca_file, "
            "api_key_env, api_key_file, api_key_secret");
        row("backend url", "[[backend]]\nurl = \"ftp://a\"\n",
            "drover.toml:2: backend.url must be an http or https address, not \"ftp://a\"");
        row("weight", "[[user]]\nname = \"Zed\"\nweight = 1000\n",
            "drover.toml:3: user.weight must be a number between 0.01 and 100, not \"1000\"");
        row("tokens", "[[user]]\nname = \"Zed\"\ntokens_per_day = \"lots\"\n",
            "drover.toml:3: user.tokens_per_day must be a number such as \"100k\" between 1 and 1000000M, or "
            "\"unlimited\", not \"lots\"");
        row("user without a name", "[[user]]\nweight = 2\n", "drover.toml:1: [[user]] needs a name");
        row("two rules for one", "[[user]]\nname = \"Zed\"\n[[user]]\nname = \"Zed\"\n",
            "drover.toml:3: two blocks [[user]] are about \"Zed\"");
        row("key", "[[key]]\nname = \"a\"\nsha256 = \"secret\"\n",
            "drover.toml:1: [[key]] needs a name and a sha256 of 64 hexadecimal digits");
        row("loop", "[[backend]]\nurl = \"http://localhost:11435\"\n",
            "drover.toml:1: the backend http://localhost:11435 is Drover's own address; name the Ollama behind it");
        row("two of a name", "[[backend]]\nurl = \"http://a\"\n[[backend]]\nurl = \"http://a/\"\n",
            "drover.toml:1: two backends are called \"a:80\"; give each its name");
    }
    void saysWhatIsWrongAndWhere()
    {
        QFETCH(std::string, text);
        QFETCH(std::string, problem);

        QCOMPARE(firstProblem(text), problem);
    }

    void namesTheLineOfASyntaxError()
    {
        QVERIFY(firstProblem("[queue]\nwaiting_max = \n").starts_with("drover.toml:2: this is not TOML: "));
    }

    void listsEveryProblemInTheOrderOfTheFile()
    {
        const Resolved resolved = fromFile("[queue]\nzzz = 1\nwaiting_max = 0\n[proxy]\nport = 1\n");

        QCOMPARE(resolved.problems.size(), std::size_t(3));
        QCOMPARE(resolved.problems[0].line, 2);
        QCOMPARE(resolved.problems[1].line, 3);
        QCOMPARE(resolved.problems[2].line, 5);
    }

    void flagBeatsEnvironmentBeatsFile()
    {
        const Layer file = readSettingsFile("[queue]\nwaiting_max = 10\nconcurrency = 2\n[proxy]\ntimeout = 7\n", "f");
        const Layer environment =
            readEnvironment({{"DROVER_QUEUE_WAITING_MAX", "20"}, {"CONCURRENCY", "3"}, {"PORT", ""}});
        const Layer flags = readFlags({{"--concurrency", "4"}});

        const Resolved resolved = resolve({file, environment, flags}, {}, {});

        QCOMPARE(resolved.settings.config.limits.queueWaitingMax, std::size_t(20));
        QCOMPARE(resolved.settings.config.concurrency, 4);
        QVERIFY(resolved.settings.config.backendSilenceMax == 7s);
        QCOMPARE(resolved.origin("queue.concurrency"), "command line --concurrency");
        QCOMPARE(resolved.origin("queue.waiting_max"), "environment DROVER_QUEUE_WAITING_MAX");
        QCOMPARE(resolved.origin("proxy.timeout"), "f:5");
        QCOMPARE(resolved.origin("proxy.listen"), "default");
    }

    void understandsTheOlderNames()
    {
        const Environment variables = {{"PORT", "12000"}, {"OLLAMA_URL", "http://a:1, b:2"}, {"TIMEOUT", "90"},
            {"CONCURRENCY", "2"}, {"OLLAMA_NUM_PARALLEL", "9"}, {"LOG_DIR", "/var/log/drover"}};

        const Resolved resolved =
            resolve({readSettingsFile("[proxy]\nlisten = \"127.0.0.2:1\"\n", "f"), readEnvironment(variables)}, {}, {});

        QVERIFY(resolved.problems.empty());
        QCOMPARE(resolved.settings.config.host, "127.0.0.2"); // only the port is replaced
        QCOMPARE(int(resolved.settings.config.port), 12000);
        QCOMPARE(resolved.settings.config.backends.size(), std::size_t(2));
        QCOMPARE(resolved.settings.config.backends[1].url, "http://b:2");
        QVERIFY(resolved.settings.config.backendSilenceMax == 90s);
        QCOMPARE(resolved.settings.config.concurrency, 2); // CONCURRENCY is stronger
        QCOMPARE(resolved.settings.logFile, "/var/log/drover/drover.log");
    }

    void refusesBadVariablesAndFlagsByName()
    {
        const Resolved resolved = resolve(
            {readEnvironment({{"PORT", "http"}, {"DROVER_QUEUE_WAITNG", "1"}}), readFlags({{"--timeout", "soon"}})}, {},
            {});

        QCOMPARE(resolved.problems.size(), std::size_t(2));
        QCOMPARE(
            resolved.problems[0].text(), "environment: PORT must be a whole number between 0 and 65535, not \"http\"");
        QVERIFY(resolved.problems[1].text().starts_with("command line: --timeout must be a time"));
        QCOMPARE(
            resolved.warnings[0].text(), "environment: DROVER_QUEUE_WAITNG is no setting of Drover and is ignored");
    }

    void takesOllamaHostAsTheDefaultBackend_data()
    {
        QTest::addColumn<std::string>("host");
        QTest::addColumn<std::string>("url");
        QTest::newRow("address") << std::string("192.168.1.5:11500") << std::string("http://192.168.1.5:11500");
        QTest::newRow("bound to all") << std::string("0.0.0.0") << std::string("http://127.0.0.1:11434");
        QTest::newRow("only a port") << std::string(":9999") << std::string("http://127.0.0.1:9999");
        QTest::newRow("with a scheme") << std::string("https://gpu") << std::string("https://gpu");
        QTest::newRow("ourselves") << std::string("127.0.0.1:11435") << std::string("http://127.0.0.1:11434");
        QTest::newRow("ourselves by name") << std::string("localhost:11435") << std::string("http://127.0.0.1:11434");
        QTest::newRow("garbage") << std::string("::::") << std::string("http://127.0.0.1:11434");
    }
    void takesOllamaHostAsTheDefaultBackend()
    {
        QFETCH(std::string, host);
        QFETCH(std::string, url);

        const Resolved alone = resolve({}, {{"OLLAMA_HOST", host}}, {});
        const Resolved named = resolve({readEnvironment({{"OLLAMA_URL", "http://a:1"}})}, {{"OLLAMA_HOST", host}}, {});

        QVERIFY(alone.problems.empty());
        QCOMPARE(alone.settings.config.backends[0].url, url);
        QCOMPARE(named.settings.config.backends[0].url, "http://a:1");
    }

    void findsTheKeysOfBackendsOutsideTheFile()
    {
        const Layer file = readSettingsFile("[[backend]]\nurl = \"http://a\"\napi_key_env = \"A_KEY\"\n"
                                            "[[backend]]\nurl = \"http://b\"\napi_key_file = \"/b\"\n"
                                            "[[backend]]\nurl = \"http://c\"\napi_key_env = \"C_KEY\"\n",
            "f");

        const Resolved resolved = resolve({file}, {{"A_KEY", "one"}},
            [](const std::string& path) { return path == "/b" ? std::optional<std::string>("two\n") : std::nullopt; });

        QCOMPARE(resolved.settings.config.backends[0].apiKey, "one");
        QCOMPARE(resolved.settings.config.backends[1].apiKey, "two");
        QCOMPARE(resolved.settings.config.backends[2].apiKey, "");
        QCOMPARE(resolved.warnings.size(), std::size_t(1));
    }

    void warnsWhenOthersMayUseTheQueueWithoutAKey()
    {
        QCOMPARE(fromFile("[proxy]\nlisten = \"0.0.0.0:11435\"\n").warnings.size(), std::size_t(1));
        QCOMPARE(fromFile("[proxy]\nlisten = \"127.0.0.1:11500\"\n").warnings.size(), std::size_t(0));
    }

    void everyDefaultCanBeSetInTheDefaultFile()
    {
        for (const Setting& setting : settingsTable()) {
            if (!setting.isScalar())
                continue;
            const SettingValue value = otherValue(setting);
            const auto changed = setInFile(defaultFileText(), setting.key, valueText(setting.rule, value));

            QVERIFY2(changed, std::string(setting.key).c_str());
            QVERIFY2(setting.get(fromFile(*changed).settings) == value, std::string(setting.key).c_str());
            QCOMPARE(std::ranges::count(*changed, '\n'), std::ranges::count(defaultFileText(), '\n'));
        }
    }

    void addressesAndUrls()
    {
        QCOMPARE(addressText(*parseAddress(":80")), "127.0.0.1:80");
        QCOMPARE(addressText(*parseAddress("[fe80::1%eth0]:80")), "[fe80::1%eth0]:80");
        for (const char* bad : {"", "127.0.0.1", "a:b", "::1:80", "a b:1", "[::1]", "[::1:1", "host:", "a/b:1"})
            QVERIFY2(!parseAddress(bad), bad);
        QCOMPARE(urlText(*parseUrl("HTTP://Box:80/x//")), "http://Box/x");
        for (const char* bad : {"", "http://", "http://a:0", "http://a b", "http://u@a", "http://a?x", "//a"})
            QVERIFY2(!parseUrl(bad), bad);
    }
};

QTEST_GUILESS_MAIN(SettingsTest)
#include "settings_test.moc"
