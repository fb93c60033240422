// SPDX-License-Identifier: MIT
#include "core/protocol/user_rules.h"

#include "core/protocol/model_name.h"

#include <QTest>

using namespace drover;
using namespace std::chrono_literals;

class UserRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void allowsTheModelsThatARuleNames_data()
    {
        QTest::addColumn<QStringList>("names");
        QTest::addColumn<QString>("model");
        QTest::addColumn<bool>("allowed");
        const auto row = [](const char* name, QStringList names, const char* model, bool allowed) {
            QTest::newRow(name) << std::move(names) << QString::fromLatin1(model) << allowed;
        };
        row("no list", {}, "qwen3", true);
        row("its name", {QStringLiteral("llama3.2")}, "llama3.2:latest", true);
        row("its name with a tag", {QStringLiteral("llama3.2:1b")}, "llama3.2", false);
        row("wildcard", {QStringLiteral("qwen*"), QStringLiteral("llama*")}, "Llama3.2:1b", true);
        row("tags of one", {QStringLiteral("llama3.2:*")}, "llama3.2:1b", true);
        row("another", {QStringLiteral("llama*")}, "qwen3", false);
        row("every one", {QStringLiteral("*")}, "hf.co/me/tiny", true);
        row("capitals in the rule", {QStringLiteral("LLaMA*")}, "llama3.2", true);
    }
    void allowsTheModelsThatARuleNames()
    {
        QFETCH(QStringList, names);
        QFETCH(QString, model);
        QFETCH(bool, allowed);
        UserRule rule;
        for (const QString& name : names)
            rule.models.push_back(name.toStdString());

        QCOMPARE(allowsModel(rule, normaliseModel(model.toStdString())), allowed);
    }

    void theLaneOfARuleReplacesTheOneAskedFor()
    {
        QVERIFY(laneBy({}, Lane::Batch) == Lane::Batch);
        QVERIFY(laneBy({.lane = LaneRule::Interactive}, Lane::Batch) == Lane::Interactive);
    }

    void refusalsSayWhoseRuleItIsAndHowToChangeIt()
    {
        const UserRule rule{.name = "Open WebUI", .tokensPerDay = 1000, .models = {"llama*", "qwen3"}};

        const std::string blocked = ruleRefusalText(rule, {Errc::UserBlocked, "Open WebUI", "m", 0, 0ms});
        const std::string model = ruleRefusalText(rule, {Errc::ModelNotAllowed, "Open WebUI", "gpt-oss", 0, 0ms});
        const std::string tokens = ruleRefusalText(rule, {Errc::DailyTokensUsed, "Open WebUI", "m", 1200, 3h});

        QVERIFY(blocked.find("drover apps set \"Open WebUI\" blocked=off") != std::string::npos);
        QVERIFY(model.find("only the models llama*, qwen3, not gpt-oss.") != std::string::npos);
        QVERIFY(tokens.find("1200 of the 1000 tokens") != std::string::npos);
        QVERIFY(tokens.find("in 3 h.") != std::string::npos);
        for (const std::string& text : {blocked, model, tokens})
            QVERIFY(text.find("the person at this machine") != std::string::npos);
    }

    void tellsWhatIsLeftOfTheTokens()
    {
        const TokenAllowance allowance{1000, 250, 1'795'219'200, 3600};

        QCOMPARE(rateLimitLines(allowance, Dialect::OpenAi),
            std::string("x-ratelimit-limit-tokens: 1000\r\nx-ratelimit-remaining-tokens: 750\r\n"
                        "x-ratelimit-reset-tokens: 3600s\r\n"));
        QVERIFY(rateLimitLines(allowance, Dialect::Anthropic).find("anthropic-ratelimit-tokens-reset: 2026-")
            != std::string::npos);
        QCOMPARE(
            rateLimitLines({1000, 1200, 0, 1}, Dialect::Ollama).find("remaining-tokens: 0\r\n") != std::string::npos,
            true);
        QCOMPARE(rateLimitLines({}, Dialect::OpenAi), std::string());
    }

    void tellsWhatIsLeftOfTheRequests()
    {
        const RateAllowance requests{60, 12, 47'100ms};

        QCOMPARE(requestLimitLines(requests, Dialect::OpenAi, 0),
            std::string("x-ratelimit-limit-requests: 60\r\nx-ratelimit-remaining-requests: 12\r\n"
                        "x-ratelimit-reset-requests: 48s\r\n"));
        QVERIFY(requestLimitLines(requests, Dialect::Anthropic, 1'795'219'200)
                    .find("anthropic-ratelimit-requests-remaining: 12\r\nanthropic-ratelimit-requests-reset: 2026-")
            != std::string::npos);
        QCOMPARE(requestLimitLines({}, Dialect::OpenAi, 0), std::string());
    }

    void tellsTheLimitThatIsReachedFirst()
    {
        const TokenAllowance day{10'000, 9'500, 0, 0};
        const TokenAllowance minute = tokenAllowance({1'000, 600, 24s}, 1'000);

        QCOMPARE(minute.used, std::uint64_t(400));
        QCOMPARE(minute.resetsAt, std::int64_t(1'024));
        QCOMPARE(tighter(day, minute).limit, std::uint64_t(10'000));
        QCOMPARE(tighter({10'000, 100, 0, 0}, minute).limit, std::uint64_t(1'000));
        QCOMPARE(tighter({}, minute).limit, std::uint64_t(1'000));
        QCOMPARE(tighter(minute, {}).limit, std::uint64_t(1'000));
    }

    void saysWhatAKeyMayUse()
    {
        QCOMPARE(rateRefusalText("zed", {{60, 0, 1min}, {}}, 900ms),
            std::string("The key zed may use 60 requests a minute; try again in 900 ms."));
        QCOMPARE(rateRefusalText("zed", {{60, 0, 1min}, {1'000, 0, 1min}}, 20s),
            std::string("The key zed may use 60 requests and 1000 tokens a minute; try again in 20 s."));
    }
};

QTEST_GUILESS_MAIN(UserRulesTest)
#include "user_rules_test.moc"
