// SPDX-License-Identifier: MIT
#include "core/protocol/request_inspector.h"

#include <QtTest>

using namespace drover;

namespace {

/// The facts of a valid body; ends the test when it is not valid.
RequestFacts factsOf(std::string_view body)
{
    RequestInspector inspector;
    const auto facts = inspector.inspect(body);
    if (!facts)
        qFatal("%s", facts.error().detail.c_str());
    return *facts;
}

std::string problemOf(std::string_view body)
{
    RequestInspector inspector;
    const auto facts = inspector.inspect(body);
    return facts ? std::string("none") : facts.error().detail;
}

} // namespace

class RequestInspectorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsAnOllamaChat()
    {
        const RequestFacts facts = factsOf(R"({"model":"Tiny","stream":false,"messages":[)"
                                           R"({"role":"system","content":"You are kind."},)"
                                           R"({"role":"user","content":"Hello","images":["QUJD","REVG"]}],)"
                                           R"("options":{"temperature":0.5,"num_predict":128},"keep_alive":"5m"})");

        QVERIFY(facts.hasModel);
        QCOMPARE(facts.model, std::string("Tiny"));
        QCOMPARE(facts.stream, std::optional(false));
        QCOMPARE(facts.textBytes, 13u + 5u);
        QCOMPARE(facts.images, 2u);
        QCOMPARE(facts.maxTokens, 128u);
        QCOMPARE(facts.promptTokens(), 4u + 2u * RequestFacts::tokensPerImage);
        QVERIFY(!facts.emptyPrompt);
        QVERIFY(!facts.helperCall);
    }

    void readsAnOpenAiChatWithPartsAndTools()
    {
        const RequestFacts facts =
            factsOf(R"({"model":"m","user":"ann","max_completion_tokens":99,"messages":[)"
                    R"({"role":"user","content":[{"type":"text","text":"abcd"},)"
                    R"({"type":"image_url","image_url":{"url":"data:image/png;base64,AAAA","detail":"low"}},)"
                    R"({"type":"text","text":"efgh"}]}],)"
                    R"("tools":[{"type":"function","function":{"name":"f"}}]})");

        QCOMPARE(facts.user, std::string("ann"));
        QCOMPARE(facts.maxTokens, 99u);
        QCOMPARE(facts.images, 1u);
        QCOMPARE(facts.stream, std::optional<bool>());
        // text: type x3 + the two texts; tools: keys and strings
        QCOMPARE(facts.textBytes, (4u + 4u + 9u + 4u + 4u) + (4u + 8u + 8u + 4u + 1u));
    }

    void readsAnAnthropicMessage()
    {
        const RequestFacts facts =
            factsOf(R"({"model":"m","max_tokens":10,"stream":true,"system":"sys",)"
                    R"("metadata":{"user_id":"bob"},"messages":[{"role":"user","content":[)"
                    R"({"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAAAAAA"}},)"
                    R"({"type":"text","text":"what"}]}]})");

        QCOMPARE(facts.user, std::string("bob"));
        QCOMPARE(facts.stream, std::optional(true));
        QCOMPARE(facts.images, 1u);
        QCOMPARE(facts.maxTokens, 10u);
        QCOMPARE(facts.textBytes, 3u + 5u + 4u + 4u);
    }

    void readsResponsesAndEmbeddings()
    {
        QCOMPARE(factsOf(R"({"model":"m","input":"hello","instructions":"be kind"})").textBytes, 12u);
        QCOMPARE(factsOf(R"({"model":"m","input":["ab","cd"]})").textBytes, 4u);
        QCOMPARE(factsOf(R"({"model":"m","input":[1,2,3]})").textBytes, 12u);
        QCOMPARE(factsOf(R"({"model":"m","prompt":[[1,2],[3]]})").textBytes, 12u);
        QVERIFY(!factsOf(R"({"model":"m","input":[1]})").emptyPrompt);
        const RequestFacts image =
            factsOf(R"({"input":[{"role":"user","content":[{"type":"input_image","image_url":"data:AAAA"}]}]})");
        QCOMPARE(image.images, 1u);
        QCOMPARE(image.textBytes, 11u);
    }

    void tellsALoadFromAPrompt()
    {
        QVERIFY(factsOf(R"({"model":"m"})").emptyPrompt);
        QVERIFY(factsOf(R"({"model":"m","prompt":""})").emptyPrompt);
        QVERIFY(factsOf(R"({"model":"m","messages":[],"keep_alive":0})").emptyPrompt);
        QVERIFY(factsOf(R"({"model":"m","system":"s"})").emptyPrompt);
        QVERIFY(!factsOf(R"({"model":"m","prompt":"x"})").emptyPrompt);
        QVERIFY(!factsOf(R"({"model":"m","messages":[{}]})").emptyPrompt);
        QCOMPARE(factsOf(R"({"model":"m"})").promptTokens(), 1u);
    }

    void preferTheUserOverTheMetadata()
    {
        QCOMPARE(factsOf(R"({"metadata":{"user_id":"m"},"user":"u"})").user, std::string("u"));
        QCOMPARE(factsOf(R"({"user":"u","metadata":{"user_id":"m"}})").user, std::string("u"));
        QCOMPARE(factsOf(R"({"user":7,"metadata":{"user_id":null,"x":"y"}})").user, std::string());
        QCOMPARE(factsOf(R"({"metadata":{"deep":{"user_id":"no"}}})").user, std::string());
    }

    void takesTheLastOfEqualMembersWhateverTheirCase()
    {
        QCOMPARE(factsOf(R"({"model":"a","model":"b"})").model, std::string("b"));
        QCOMPARE(factsOf(R"({"model":"a","MODEL":"b"})").model, std::string("b"));
        QCOMPARE(factsOf(R"({"stream":true,"Stream":false})").stream, std::optional(false));
        QCOMPARE(factsOf(R"({"mo\u0064el":"a"})").model, std::string("a"));
    }

    void ignoresMembersThatAreNotAtTheTop()
    {
        const RequestFacts facts = factsOf(
            R"({"options":{"model":"x","stream":true,"user":"u","max_tokens":5},"messages":[{"model":"y","num_predict":4}]})");

        QVERIFY(!facts.hasModel);
        QVERIFY(!facts.stream);
        QVERIFY(facts.user.empty());
        QCOMPARE(facts.maxTokens, 0u);
    }

    void takesNullForNotThere()
    {
        const RequestFacts facts =
            factsOf(R"({"model":null,"stream":null,"user":null,"messages":null,"options":null})");

        QVERIFY(!facts.hasModel);
        QVERIFY(!facts.stream);
        QVERIFY(facts.emptyPrompt);
    }

    void recognisesTheHelperCallsOfChatApps_data()
    {
        QTest::addColumn<std::string>("body");
        QTest::addColumn<bool>("helper");
        const auto row = [](const char* name, const char* body, bool helper) {
            QTest::newRow(name) << std::string(body) << helper;
        };
        row("Open WebUI title",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"### Task:\\nGenerate a concise, 3-5 word title with an "
            "emoji\"}]}",
            true);
        row("Open WebUI tags",
            "{\"messages\":[{\"content\":\"### Task:\\nGenerate 1-3 broad tags\",\"role\":\"user\"}]}", true);
        row("in a part",
            "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"### Task:\\nSuggest 3-5 "
            "relevant\"}]}]}",
            true);
        row("old Open WebUI",
            R"({"messages":[{"role":"user","content":"Create a concise, 3-5 word phrase as a header for the following"}]})",
            true);
        row("Zed",
            R"({"messages":[{"role":"user","content":"hi"},{"role":"user","content":"Generate a concise 3-7 word title for this conversation, omitting punctuation."}]})",
            true);
        row("prompt", "{\"prompt\":\" \\n### Task:\\nx\"}", true);
        row("input", "{\"input\":\"### Task:\\nx\"}", true);
        row("an earlier message only",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"### "
            "Task:\\nx\"},{\"role\":\"user\",\"content\":\"hello\"}]}",
            false);
        row("of the assistant",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"},{\"role\":\"assistant\",\"content\":\"### "
            "Task:\"}]}",
            false);
        row("answered since",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"### Task: "
            "x\"},{\"role\":\"assistant\",\"content\":\"ok\"}]}",
            true);
        row("a person", R"({"messages":[{"role":"user","content":"Generate a concise summary of this"}]})", false);
        row("in the middle", "{\"messages\":[{\"role\":\"user\",\"content\":\"Why is there ### Task: in my log?\"}]}",
            false);
        row("nothing", R"({"messages":[{"role":"user","content":""}]})", false);
    }

    void recognisesTheHelperCallsOfChatApps()
    {
        QFETCH(std::string, body);
        QFETCH(bool, helper);

        QCOMPARE(factsOf(body).helperCall, helper);
    }

    void refusesWhatIsNoRequest_data()
    {
        QTest::addColumn<std::string>("body");
        QTest::addColumn<std::string>("problem");
        const auto row = [](const char* name, std::string body, const char* problem) {
            QTest::newRow(name) << std::move(body) << std::string(problem);
        };
        row("empty", "", "missing request body");
        row("blank", " \r\n\t ", "missing request body");
        row("cut in a string", "{\"model\":\"ti", "unexpected EOF");
        row("cut before the end", R"({"model":"tiny")", "unexpected EOF");
        row("array", "[1]", "the request body must be a JSON object, not of type array");
        row("string", "\"x\"", "the request body must be a JSON object, not of type string");
        row("number", "12", "the request body must be a JSON object, not of type number");
        row("null", "null", "the request body must be a JSON object, not of type null");
        row("garbage", "not json", "invalid JSON at byte 0: syntax error");
        row("after the end", R"({"model":"x"}y)", "invalid JSON at byte 13: extra data");
        row("model is a number", R"({"model":7})", "cannot read a value of type number as `model`, which is a string");
        row("model is an object", R"({"model":{}})",
            "cannot read a value of type object as `model`, which is a string");
        row("stream is a string", R"({"stream":"yes"})",
            "cannot read a value of type string as `stream`, which is a bool");
        row("stream is a number", R"({"stream":1})", "cannot read a value of type number as `stream`, which is a bool");
        row("too long a name", "{\"model\":\"" + std::string(257, 'x') + "\"}",
            "the name of the model is longer than 256 bytes");
        row("too deep", "{\"a\":" + std::string(300, '['), "the JSON is nested more than 200 levels deep");
    }

    void refusesWhatIsNoRequest()
    {
        QFETCH(std::string, body);
        QFETCH(std::string, problem);

        QCOMPARE(QByteArray::fromStdString(problemOf(body)), QByteArray::fromStdString(problem));
    }

    void makesNoDifferenceHowTheBytesAreSplit()
    {
        const std::string body =
            R"( {"model":"ti\u006ey:7b","stream":true,"user":"Z\u00e9","max_tokens":12345678,"messages":[)"
            R"({"role":"user","content":[{"type":"text","text":"a\nb\ud83d\udc11c"},{"type":"image_url","image_url":{"url":"data"}}]},)"
            "{\"content\":\"### "
            "Task:\\nGenerate\",\"role\":\"us\\u0065r\",\"images\":[\"QQ==\"]}],\"options\":{\"num_predict\":-1},"
            R"("metadata":{"user_id":"m"},"tools":[{"x":[true,false,null,1.5e3]}]} )";
        const RequestFacts whole = factsOf(body);
        RequestInspector inspector;

        for (std::size_t first = 0; first <= body.size(); ++first) {
            inspector.reset();
            QVERIFY(inspector.write(std::string_view(body).substr(0, first)));
            QVERIFY(inspector.write(std::string_view(body).substr(first)));
            QVERIFY(*inspector.finish() == whole);
        }
        inspector.reset();
        for (const char c : body)
            QVERIFY(inspector.write({&c, 1}));
        QVERIFY(*inspector.finish() == whole);
        QVERIFY(whole.helperCall);
        QCOMPARE(whole.model, std::string("tiny:7b"));
        QCOMPARE(whole.images, 2u);
    }

    void keepsFailingUntilItIsReset()
    {
        RequestInspector inspector;

        QVERIFY(!inspector.write("{]"));
        QVERIFY(!inspector.write("{}"));
        QVERIFY(!inspector.finish());
        inspector.reset();
        QVERIFY(inspector.write(R"({"model":"m"})"));

        QCOMPARE(inspector.finish()->model, std::string("m"));
    }

    void remembersNothingOfTheRequestBefore()
    {
        RequestInspector inspector;
        QVERIFY(inspector.inspect("{\"model\":\"m\",\"user\":\"u\",\"stream\":true,\"prompt\":\"### Task: "
                                  "x\",\"images\":[\"A\"],\"options\":{\"num_predict\":3}}"));

        const auto facts = inspector.inspect("{}");

        QVERIFY(*facts == RequestFacts{});
    }

    void cutsLongUsersAndTakesInvalidUtf8AsItIs()
    {
        QCOMPARE(
            factsOf("{\"user\":\"" + std::string(100'000, 'u') + "\"}").user.size(), RequestInspector::nameBytesMax);
        QCOMPARE(factsOf("{\"prompt\":\"\xFF\xFE\"}").textBytes, 2u);
    }

    void boundsItsMemoryForLargeBodies()
    {
        RequestInspector inspector;
        const std::string piece(1 << 20, 'A');

        QVERIFY(inspector.write("{\"model\":\"m\",\"images\":[\""));
        for (int i = 0; i < 100; ++i)
            QVERIFY(inspector.write(piece));
        QVERIFY(inspector.write("\"]}"));
        const auto facts = inspector.finish();

        QCOMPARE(facts->images, 1u);
        QCOMPARE(facts->textBytes, 0u);
    }
};

QTEST_GUILESS_MAIN(RequestInspectorTest)
#include "request_inspector_test.moc"
