// SPDX-License-Identifier: MIT
#include "app/command/command_line.h"
#include "app/settings/settings_table.h"

#include <QTest>

#include <algorithm>

using namespace drover::app;
using namespace std::chrono_literals;

class CommandLineTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understandsServe()
    {
        const CommandLine line = parseCommandLine({"serve", "-p", "9000", "-o", "http://a", "-o", "http://b", "-t",
            "30", "--demo", "--set", "queue.fairness=time", "--config", "x.toml", "--tui"});

        QVERIFY2(!line.ended, line.output.c_str());
        QCOMPARE(line.invocation.command, "serve");
        QVERIFY(line.invocation.tui);
        QCOMPARE(line.invocation.settingsFile, "x.toml");
        const auto& flags = line.invocation.flags;
        const auto has = [&](const char* name, const char* text) {
            return std::ranges::find(flags, std::pair<std::string, std::string>(name, text)) != flags.end();
        };
        QVERIFY(has("--port", "9000") && has("--ollama-url", "http://a,http://b") && has("--timeout", "30"));
        QVERIFY(has("--demo", "true") && has("--set", "queue.fairness=time"));
    }

    void everyFlagOfTheTableIsAnOptionOfServe()
    {
        for (const Setting& setting : settingsTable()) {
            for (const Flag& flag : setting.flags) {
                std::vector<std::string> arguments = {"serve", std::string(flag.name)};
                if (setting.rule.type != ValueType::Bool)
                    arguments.push_back("1");
                const CommandLine line = parseCommandLine(arguments);
                QVERIFY2(!line.ended, line.output.c_str());
                QCOMPARE(line.invocation.flags.size(), std::size_t(1));
                QCOMPARE(line.invocation.flags[0].first, std::string(flag.name));
            }
        }
    }

    void takesTheOptionsOfAPoolServer()
    {
        const CommandLine line = parseCommandLine({"pool-server", "--port", "9000", "--ws-path", "/join",
            "--request-timeout", "60s", "--insecure", "--trusted-proxy", "10.0.0.1", "--trusted-proxy", "fd00::/8"});
        QVERIFY2(!line.ended, line.output.c_str());
        QCOMPARE(line.invocation.command, "pool-server");
        const auto& flags = line.invocation.flags;
        const auto has = [&](const char* name, const char* text) {
            return std::ranges::find(flags, std::pair<std::string, std::string>(name, text)) != flags.end();
        };
        QVERIFY(has("--set", "host.enabled=true") && has("--pool-port", "9000") && has("--insecure", "true"));
        QVERIFY(has("--set", "host.worker_path=/join") && has("--set", "host.silence_max=60s"));
        QVERIFY(has("--trusted-proxy", "10.0.0.1,fd00::/8"));
    }

    void takesNoKeyThatOthersCouldSee()
    {
        for (const char* flag : {"--api-key", "--worker-key", "--client-key"}) {
            const CommandLine line = parseCommandLine({"pool-server", flag, "very-secret"});
            QVERIFY(line.ended == ExitCode::Usage);
            QVERIFY(line.output.find("_KEY") != std::string::npos);
            QVERIFY2(line.output.find("very-secret") == std::string::npos, line.output.c_str());
        }
    }

    void leavesTheArgumentsOfAProgramAlone_data()
    {
        QTest::addColumn<std::vector<std::string>>("arguments");
        QTest::addColumn<std::vector<std::string>>("words");
        using Texts = std::vector<std::string>;
        QTest::newRow("dashes") << Texts{"run", "--", "sh", "-c", "echo", "--", "--help"}
                                << Texts{"sh", "-c", "echo", "--", "--help"};
        QTest::newRow("none") << Texts{"run", "ls", "--status-addr", "-h"} << Texts{"ls", "--status-addr", "-h"};
        QTest::newRow("ours before") << Texts{"run", "--status-addr", ":1", "--", "-x"} << Texts{"-x"};
        QTest::newRow("nothing") << Texts{"run"} << Texts{};
    }
    void leavesTheArgumentsOfAProgramAlone()
    {
        QFETCH(std::vector<std::string>, arguments);
        QFETCH(std::vector<std::string>, words);

        const CommandLine line = parseCommandLine(arguments);

        QVERIFY2(!line.ended, line.output.c_str());
        QCOMPARE(line.invocation.command, "run");
        QCOMPARE(line.invocation.words, words);
    }

    void understandsCommandsOfTwoWords()
    {
        const CommandLine cancel = parseCommandLine({"queue", "cancel", "17"});
        QCOMPARE(cancel.invocation.command, "queue cancel");
        QCOMPARE(cancel.invocation.words, (std::vector<std::string>{"17"}));
        QCOMPARE(parseCommandLine({"queue"}).invocation.command, "queue");
        const CommandLine set = parseCommandLine({"config", "set", "queue.fairness", "time"});
        QCOMPARE(set.invocation.command, "config set");
        QCOMPARE(set.invocation.words, (std::vector<std::string>{"queue.fairness", "time"}));
        QVERIFY(parseCommandLine({"drain", "--wait", "--timeout", "2m"}).invocation.timeout == 2min);
        QCOMPARE(parseCommandLine({"--version"}).invocation.command, "version");
        QCOMPARE(parseCommandLine({}).invocation.command, "");
    }

    void refusesWhatItDoesNotKnow_data()
    {
        QTest::addColumn<std::vector<std::string>>("arguments");
        using Texts = std::vector<std::string>;
        QTest::newRow("command") << Texts{"nonsense"};
        QTest::newRow("option") << Texts{"status", "--nonsense"};
        QTest::newRow("too few") << Texts{"queue", "cancel"};
        QTest::newRow("too many") << Texts{"config", "set", "a", "b", "c"};
        QTest::newRow("no such shell") << Texts{"completion", "tcsh"};
        QTest::newRow("bad time") << Texts{"drain", "--wait", "--timeout", "soon"};
        QTest::newRow("value missing") << Texts{"serve", "--port"};
        QTest::newRow("config alone") << Texts{"config"};
    }
    void refusesWhatItDoesNotKnow()
    {
        QFETCH(std::vector<std::string>, arguments);

        const CommandLine line = parseCommandLine(arguments);

        QVERIFY(line.ended == ExitCode::Usage);
        QVERIFY(line.output.starts_with("drover: "));
    }

    void everyCommandHasHelp()
    {
        const std::string main = parseCommandLine({"--help"}).output;
        const auto check = [&](auto&& again, const CommandNode& node, std::vector<std::string> path) -> void {
            path.push_back("--help");
            const CommandLine line = parseCommandLine(path);
            path.pop_back();
            QVERIFY2(line.ended == ExitCode::Ok, node.name.c_str());
            QVERIFY2(line.output.find(node.sentence) != std::string::npos, line.output.c_str());
            for (const CommandNode& each : node.commands) {
                path.push_back(each.name);
                again(again, each, path);
                path.pop_back();
            }
        };
        check(check, commandTree(), {});
        for (const CommandNode& each : commandTree().commands)
            QVERIFY2(main.find("  " + each.name) != std::string::npos, each.name.c_str());
        QVERIFY(parseCommandLine({"serve", "--help"}).output.find("69 the port is taken") != std::string::npos);
    }
};

QTEST_GUILESS_MAIN(CommandLineTest)
#include "command_line_test.moc"
