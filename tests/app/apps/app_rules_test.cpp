// SPDX-License-Identifier: MIT
#include "app/apps/app_rules.h"

#include "app/settings/settings_text.h"

#include <QTest>

using namespace drover::app;

class AppRulesTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatPeopleSay()
    {
        const auto fields = parseRuleWords(
            {"weight=2", "parallel=1", "waiting=10", "cap=100k", "lane=batch", "models=llama*,qwen*", "blocked=on"});

        QVERIFY(fields);
        const auto text = setRule("", "Zed", *fields);
        QVERIFY(text);
        const auto rules = rulesIn(*text);
        QVERIFY(rules && rules->size() == 1);
        QVERIFY(rules->front()
            == (drover::UserRule{.name = "Zed",
                .weight = 2,
                .runningMax = 1,
                .waitingMax = 10,
                .tokensPerDay = 100'000,
                .lane = drover::LaneRule::Batch,
                .models = {"llama*", "qwen*"},
                .blocked = true}));
        QCOMPARE(ruleText(rules->front()),
            std::string("weight=2 parallel=1 waiting=10 cap=100k lane=batch models=llama*,qwen* blocked=on"));
    }

    void everyWordCanBeTakenBack_data()
    {
        QTest::addColumn<std::string>("word");
        for (const RuleWord& each : ruleWords())
            QTest::newRow(std::string(each.word).c_str()) << std::string(each.word);
    }
    void everyWordCanBeTakenBack()
    {
        QFETCH(std::string, word);
        const auto found = std::ranges::find(ruleWords(), std::string_view(word), &RuleWord::word);
        const auto given = setRule("", "Zed", *parseRuleWords({std::string(found->example)}));
        QVERIFY(given && !ruleText(rulesIn(*given)->front()).empty());

        const auto back = setRule(*given, "Zed", *parseRuleWords({word + "=" + std::string(found->none)}));

        QVERIFY(back);
        QCOMPARE(ruleText(rulesIn(*back)->front()), std::string());
    }

    void saysWhatCannotBe_data()
    {
        QTest::addColumn<std::string>("word");
        QTest::addColumn<std::string>("sentence");
        const auto row = [](const char* word, const char* sentence) {
            QTest::newRow(word) << std::string(word) << std::string(sentence);
        };
        row("weight=1000", "weight must be a number between 0.01 and 100, not \"1000\"");
        row("weight",
            "\"weight\" is no rule; there are weight=2, parallel=1, waiting=10, cap=100k, lane=batch, "
            "models=llama*,qwen*, blocked=on");
        row("share=2",
            "\"share=2\" is no rule; there are weight=2, parallel=1, waiting=10, cap=100k, lane=batch, "
            "models=llama*,qwen*, blocked=on");
        row("cap=lots", "cap must be a number such as \"100k\" between 1 and 1000000M, or \"off\", not \"lots\"");
        row("parallel=0", "parallel must be a whole number between 1 and 1024, or \"off\", not \"0\"");
        row("lane=fast", "lane must be one of automatic, interactive, normal, batch, not \"fast\"");
        row("blocked=maybe", "blocked must be on or off, not \"maybe\"");
        row("models=", "models must be names of models, such as llama*,qwen*, or all");
    }
    void saysWhatCannotBe()
    {
        QFETCH(std::string, word);
        QFETCH(std::string, sentence);

        const auto fields = parseRuleWords({word});

        QVERIFY(!fields);
        QCOMPARE(fields.error().detail, sentence);
    }

    void keepsWhatSomebodyWroteInTheFile()
    {
        const std::string text = "# mine\n[queue]\nwaiting_max = 9\n\n# the editor\n[[user]]\nname = \"Zed\" # it\n"
                                 "weight = 2   # more\n\n[[user]]\nname = \"other\"\nblocked = true\n";

        const auto changed = setRule(text, "Zed", {{"weight", "3"}, {"lane", "batch"}});
        const auto reset = resetRule(*changed, "Zed");

        QVERIFY(changed && reset);
        QCOMPARE(*changed,
            std::string("# mine\n[queue]\nwaiting_max = 9\n\n# the editor\n[[user]]\nname = \"Zed\" # it\n"
                        "weight = 3   # more\nlane = \"batch\"\n\n[[user]]\nname = \"other\"\nblocked = true\n"));
        QVERIFY(reset->find("Zed") == std::string::npos);
        QVERIFY(reset->find("waiting_max = 9") != std::string::npos);
        QCOMPARE(rulesIn(*reset)->size(), std::size_t(1));
    }

    void aRuleIsAddedToTheWrittenFile()
    {
        const auto changed = setRule(defaultFileText(), "Open WebUI", {{"running_max", "1"}});

        QVERIFY(changed);
        QCOMPARE(rulesIn(*changed)->front().name, std::string("Open WebUI"));
        QVERIFY(changed->starts_with(defaultFileText()));
    }

    void aBrokenFileIsLeftAlone()
    {
        QVERIFY(!setRule("[[user]]\nweight = 2\n", "Zed", {{"weight", "3"}}));
        QVERIFY(!setRule("[queue\n", "Zed", {{"weight", "3"}}));
        QVERIFY(!resetRule("user = [ { name = \"Zed\" } ]\n", "Zed"));
    }
};

QTEST_GUILESS_MAIN(AppRulesTest)
#include "app_rules_test.moc"
