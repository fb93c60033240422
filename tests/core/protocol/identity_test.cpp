// SPDX-License-Identifier: MIT
#include "core/protocol/identity.h"

#include <QtTest>

using namespace drover;
using namespace std::chrono_literals;

namespace {

HeaderFields fieldsOf(std::initializer_list<std::pair<const char*, const char*>> list)
{
    HeaderFields fields;
    for (const auto& [name, value] : list)
        fields.add(name, value);
    return fields;
}

RequestFacts bodyOf(std::string user)
{
    RequestFacts facts;
    facts.user = std::move(user);
    return facts;
}

} // namespace

class IdentityTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesTheFirstThatIsStated()
    {
        using Source = IdentitySource;
        const auto is = [](const std::optional<StatedIdentity>& found, const char* name, Source source) {
            return found == StatedIdentity{name, source};
        };
        const RequestFacts body = bodyOf("body");

        QVERIFY(
            is(statedIdentity(fieldsOf({{"X-Title", "T"}, {"x-user-id", "ann"}, {"X-OpenWebUI-User-Id", "7"}}), body),
                "ann", Source::UserHeader));
        QVERIFY(is(statedIdentity(fieldsOf({{"X-OpenWebUI-User-Id", "7"}, {"X-OpenWebUI-User-Name", "Zo%C3%AB%20L"},
                                      {"X-Title", "T"}}),
                       body),
            "Zo\xC3\xAB L", Source::UserHeader));
        QVERIFY(is(
            statedIdentity(fieldsOf({{"X-OpenWebUI-User-Name", "Zoe"}, {"X-OpenWebUI-User-Email", "z@x.org"}}), body),
            "z@x.org", Source::UserHeader));
        QVERIFY(is(statedIdentity(fieldsOf({{"X-OpenWebUI-User-Id", "7"}}), body), "7", Source::UserHeader));
        QVERIFY(is(statedIdentity(fieldsOf({{"X-Title", "T"}}), body), "body", Source::Body));
        QVERIFY(is(statedIdentity(fieldsOf({{"HTTP-Referer", "https://a.org/x"}, {"X-Title", "My App"}}), {}), "My App",
            Source::TitleHeader));
        QVERIFY(is(statedIdentity(fieldsOf({{"HTTP-Referer", "https://me@a.org:8080/x?y"}}), {}), "a.org:8080",
            Source::TitleHeader));
        QVERIFY(!statedIdentity(fieldsOf({{"X-Title", "\x01\x02"}}), {}));
        QVERIFY(!statedIdentity({}, {}));
        QVERIFY(is(statedIdentity(fieldsOf({{"X-User-ID", "\t"}, {"X-Title", "T"}}), {}), "T", Source::TitleHeader));
    }

    void namesClaudeCodeTheSameInEverySession()
    {
        const auto nameOf = [](const char* user) { return statedIdentity({}, bodyOf(user))->name; };

        QCOMPARE(nameOf("user_5dd07c33da27_account__session_d2e70091"), std::string("Claude Code 5dd07c"));
        QCOMPARE(nameOf(R"({"device_id":"8b7e2c1d4f","account_uuid":"","session_id":"2c4e"})"),
            std::string("Claude Code 8b7e2c"));
        QCOMPARE(nameOf("user_ann"), std::string("user_ann"));
    }

    void cleansNames()
    {
        QCOMPARE(cleanUserName("  Ann\r\n\x1b[31m  "), std::string("Ann[31m"));
        QCOMPARE(cleanUserName("a\xFF\x80z"), std::string("az"));
        QCOMPARE(cleanUserName("a\xE2\x80\xAEz\xE2\x80\x8B"), std::string("az")); // turns text round; zero width
        QCOMPARE(cleanUserName("\xC2\x85\xEF\xBB\xBF"), std::string());
        QCOMPARE(cleanUserName(std::string(63, 'x') + "\xC3\xA9"), std::string(63, 'x'));
        QCOMPARE(cleanUserName(std::string(62, 'x') + "\xC3\xA9z"), std::string(62, 'x') + "\xC3\xA9");
        QCOMPARE(cleanUserName("\xE2\x82\xAC"), std::string("\xE2\x82\xAC"));
    }

    void findsTheKey()
    {
        QVERIFY(statedKey(fieldsOf({{"authorization", "Bearer  abc"}})) == "abc");
        QVERIFY(statedKey(fieldsOf({{"Authorization", "bearer abc"}, {"x-api-key", "d"}})) == "abc");
        QVERIFY(statedKey(fieldsOf({{"X-Api-Key", "d"}})) == "d");
        QVERIFY(statedKey(fieldsOf({{"Authorization", "Basic abc"}})).empty());
        QVERIFY(statedKey(fieldsOf({{"Authorization", "Bearer"}})).empty());
    }

    void namesPrograms_data()
    {
        QTest::addColumn<QByteArray>("agent");
        QTest::addColumn<QByteArray>("name");
        const auto row = [](const char* agent, const char* name) {
            QTest::newRow(agent) << QByteArray(agent) << QByteArray(name);
        };
        row("OpenAI/Python 1.2.3", "openai-python");
        row("AsyncOpenAI/Python 1.2.3", "asyncopenai-python");
        row("OpenAI/JS 5.0.0", "openai-js");
        row("Anthropic/Python 0.40", "anthropic-python");
        row("curl/8.1.2", "curl");
        row("ollama-python/0.4.1 (x86_64 linux) Python/3.11", "ollama-python");
        row("ollama/0.33.0 (amd64 linux) Go/go1.25", "ollama");
        row("Go-http-client/1.1", "go-http-client");
        row("python-httpx/0.27", "python-httpx");
        row("node", "node");
        row("tool/v1.2", "tool");
        row("Mozilla/5.0 (X11; Linux x86_64) Firefox/140", "Browser");
        row("", "");
        row("/1.2", "");
        row("\xFF\xFE/1", "");
    }

    void namesPrograms()
    {
        QFETCH(QByteArray, agent);
        QFETCH(QByteArray, name);

        QCOMPARE(QByteArray::fromStdString(userAgentName(agent.toStdString())), name);
    }

    void boundsTheNamesOfPrograms() { QVERIFY(userAgentName(std::string(10'000, 'a')).size() <= userNameBytesMax); }

    void choosesTheLane()
    {
        RequestFacts helper;
        helper.helperCall = true;
        const RequestFacts plain;
        const auto lane = [&](const char* name, const char* value, const RequestFacts& facts = {}) {
            return laneFor(fieldsOf({{name, value}}), Endpoint::OllamaChat, facts);
        };

        QCOMPARE(lane("X-Priority", "interactive"), Lane::Interactive);
        QCOMPARE(lane("x-priority", "BATCH"), Lane::Batch);
        QCOMPARE(lane("X-Queue-Priority", "high"), Lane::Interactive);
        QCOMPARE(lane("X-Queue-Priority", "normal"), Lane::Normal);
        QCOMPARE(lane("X-Queue-Priority", "low"), Lane::Batch);
        QCOMPARE(lane("X-Priority", "urgent"), Lane::Normal);
        QCOMPARE(lane("X-Priority", "normal", helper), Lane::Normal);
        QCOMPARE(laneFor({}, Endpoint::OllamaChat, helper), Lane::Batch);
        QCOMPARE(laneFor({}, Endpoint::OpenAiEmbeddings, plain), Lane::Batch);
        QCOMPARE(laneFor({}, Endpoint::AnthropicMessages, plain), Lane::Normal);
        QCOMPARE(
            laneFor(fieldsOf({{"X-Priority", "batch"}, {"X-Queue-Priority", "high"}}), Endpoint::OllamaChat, plain),
            Lane::Batch);
        QCOMPARE(laneFor(fieldsOf({{"X-Priority", "interactive"}}), Endpoint::OllamaEmbed, plain), Lane::Interactive);
    }

    void readsTheQueueTimeout()
    {
        const auto timeout = [](const char* value) { return queueTimeout(fieldsOf({{"X-Queue-Timeout", value}})); };

        QVERIFY(*timeout("30") == std::optional(30'000ms));
        QVERIFY(*timeout("0.25") == std::optional(250ms));
        QVERIFY(*timeout(".5") == std::optional(500ms));
        QVERIFY(*timeout("2.") == std::optional(2'000ms));
        QVERIFY(*timeout("1.23456") == std::optional(1'234ms));
        QVERIFY(*timeout("0") == std::optional(1ms));
        QVERIFY(*timeout("86400") == std::optional(std::chrono::milliseconds(24h)));
        QVERIFY(*queueTimeout({}) == std::nullopt);
        for (const char* bad : {"86401", "86400.5", "-1", "abc", "1s", "1,5", ".", "1.5.2", "1e3",
                 "99999999999999999999999", "+1", "0x10"}) {
            QVERIFY2(!timeout(bad), bad);
            QCOMPARE(timeout(bad).error().code, Errc::BadRequest);
        }
    }
};

QTEST_GUILESS_MAIN(IdentityTest)
#include "identity_test.moc"
