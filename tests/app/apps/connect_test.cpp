// SPDX-License-Identifier: MIT
#include "app/apps/connect_cards.h"
#include "app/apps/first_request.h"

#include <QJsonDocument>
#include <QTest>

#include <set>

#include <toml++/toml.h>

using namespace drover::app;
using namespace std::chrono_literals;
using drover::Dialect;

namespace {

drover::Snapshot snapshotWith(std::vector<drover::UserView> users)
{
    drover::Snapshot snapshot;
    snapshot.users = std::move(users);
    return snapshot;
}

} // namespace

class ConnectTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyCardNamesTheRunningAddress()
    {
        const auto cards = connectCards({.address = "127.0.0.1:4711", .key = "drv_secret", .model = "qwen3:4b"});

        std::set<std::string> ids;
        QVERIFY(cards.size() >= 10);
        for (const ConnectCard& card : cards) {
            QVERIFY2(ids.insert(card.id).second, card.id.c_str());
            QVERIFY2(!card.steps.empty() && !card.snippets.empty(), card.id.c_str());
            std::string all;
            for (const auto& snippet : card.snippets) {
                all += snippet.text;
                QVERIFY2(snippet.text.find("11435") == std::string::npos, card.id.c_str());
                for (const char* left : {"{base}", "{host}", "{key}", "{model}"})
                    QVERIFY2(snippet.text.find(left) == std::string::npos, card.id.c_str());
            }
            QVERIFY2(all.find("127.0.0.1:4711") != std::string::npos, card.id.c_str());
        }
    }

    void filesAreWrittenInTheirFormats()
    {
        for (const ConnectCard& card : connectCards({.model = "qwen3:4b"}))
            for (const auto& [where, text] : card.snippets) {
                if (where.ends_with(".json"))
                    QVERIFY2(QJsonDocument::fromJson(QByteArray::fromStdString(text)).isObject(), card.id.c_str());
                if (where.ends_with(".toml"))
                    QCOMPARE(toml::parse(text)["model"].value_or(std::string()), std::string("qwen3:4b"));
            }
    }

    void anyAddressIsThisMachine_data()
    {
        QTest::addColumn<std::string>("listens");
        QTest::addColumn<std::string>("url");
        QTest::newRow("loopback") << std::string("127.0.0.1:11435") << std::string("http://127.0.0.1:11435");
        QTest::newRow("any") << std::string("0.0.0.0:1") << std::string("http://127.0.0.1:1");
        QTest::newRow("any of IPv6") << std::string("[::]:1") << std::string("http://[::1]:1");
        QTest::newRow("one of its own") << std::string("192.168.0.2:1") << std::string("http://192.168.0.2:1");
    }
    void anyAddressIsThisMachine()
    {
        QFETCH(std::string, listens);
        QFETCH(std::string, url);

        QCOMPARE(baseUrl(listens), url);
    }

    void factsNameALoadedModelFirst()
    {
        drover::Snapshot snapshot;
        snapshot.address = "127.0.0.1:1";
        snapshot.backends = {{.models = {{.name = "a"}, {.name = "b", .loaded = true}}}};

        const auto facts = connectFacts(snapshot);

        QCOMPARE(facts.address, std::string("127.0.0.1:1"));
        QCOMPARE(facts.model, std::string("b"));
    }

    void knowsTheAppOfACard_data()
    {
        QTest::addColumn<std::string>("card");
        QTest::addColumn<std::string>("user");
        QTest::addColumn<Dialect>("dialect");
        QTest::addColumn<Match>("match");
        const auto row = [](const char* card, const char* user, Dialect dialect, Match match) {
            QTest::addRow("%s is asked by %s", card, user)
                << std::string(card) << std::string(user) << dialect << match;
        };
        row("zed", "Zed", Dialect::Ollama, Match::Certain);
        row("zed", "Obsidian", Dialect::Ollama, Match::None);
        row("zed", "192.168.0.7", Dialect::Ollama, Match::Likely);
        row("zed", "python chat.py", Dialect::OpenAi, Match::None);
        row("openai", "python chat.py", Dialect::OpenAi, Match::Likely);
        row("openai", "Codex", Dialect::OpenAi, Match::None);
        row("claude", "Claude Code 12ab34", Dialect::Anthropic, Match::Certain);
        row("continue", "VS Code", Dialect::Ollama, Match::Certain);
        row("open-webui", "ada@example.org", Dialect::Ollama, Match::Certain);
        row("none", "Zed", Dialect::Ollama, Match::None);
    }
    void knowsTheAppOfACard()
    {
        QFETCH(std::string, card);
        QFETCH(std::string, user);
        QFETCH(Dialect, dialect);
        QFETCH(Match, match);

        QVERIFY(matchApp(card, user, dialect) == match);
    }

    void turnsGreenByARequestAfterItBegan()
    {
        const FirstRequest::Time begin{1h};
        FirstRequest request("zed", snapshotWith({{.name = "Zed", .requests = 5, .lastSeen = 9s}}), begin);
        request.see(snapshotWith({{.name = "Zed", .requests = 5, .lastSeen = 12s}}), begin + 3s);
        QVERIFY(!request.found());

        auto asked = snapshotWith({{.name = "Zed", .requests = 6, .lastSeen = 1s}});
        asked.jobs = {{.id = 7, .user = "Zed", .model = "llama3.2"}, {.id = 9, .user = "curl", .model = "other"}};
        request.see(asked, begin + 13s);

        QVERIFY(request.found());
        QCOMPARE(request.found()->user, std::string("Zed"));
        QCOMPARE(request.found()->model, std::string("llama3.2"));
        QCOMPARE(request.waited(begin + 99s).count(), 12);
        QVERIFY(!request.needsHint(begin + 99s));
    }

    void remembersWhoElseAskedForTheHint()
    {
        const FirstRequest::Time begin{1h};
        FirstRequest request("zed", {}, begin);

        request.see(snapshotWith({{.name = "Obsidian", .requests = 1}}), begin + 2s);

        QVERIFY(!request.found() && !request.needsHint(begin + 59s) && request.needsHint(begin + 60s));
        QCOMPARE(request.other()->user, std::string("Obsidian"));
    }

    void goesOnWhenDroverWasStartedAgain()
    {
        const FirstRequest::Time begin{1h};
        FirstRequest request("zed", snapshotWith({{.name = "Zed", .requests = 50}}), begin);

        request.see(snapshotWith({{.name = "Zed", .requests = 1}}), begin + 2s);

        QVERIFY(request.found());
    }
};

QTEST_GUILESS_MAIN(ConnectTest)
#include "connect_test.moc"
