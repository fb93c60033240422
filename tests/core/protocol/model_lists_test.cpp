// SPDX-License-Identifier: MIT
#include "core/protocol/model_lists.h"

#include <QtTest>

using namespace drover;

namespace {

const std::string tags =
    std::string(
        R"({"models":[{"name":"tiny:latest","model":"tiny:latest","modified_at":"2026-11-21T08:19:17.7+01:00",)")
    + R"("size":6889143,"digest":"abc","details":{"families":["llama"],"context_length":4096}},)"
    + " {\"name\":\"Big:70B\",\"size\":5e9 , \"note\":\"a \\\"quoted\\\" ]},{ text\"} ]}";
const std::string openAi =
    std::string(R"({"object":"list","data":[{"id":"qwen","object":"model","created":1700000000,"owned_by":"llamacpp",)")
    + R"("meta":{"n_ctx_train":2048,"size":99}},{"id":"TINY"}],"models":[{"name":"not this"}]})";

ModelList listOf(ModelListKind kind, std::string_view body)
{
    const auto list = parseModelList(kind, body);
    if (!list)
        qFatal("%s", list.error().detail.c_str());
    return *list;
}

QByteArray merged(ModelListKind asked, const std::vector<ModelList>& lists)
{
    return QByteArray::fromStdString(mergeModelLists(asked, lists));
}

} // namespace

class ModelListsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsWhatAnOllamaHas()
    {
        const ModelList list = listOf(ModelListKind::Tags, tags);

        QCOMPARE(list.entries.size(), 2u);
        QCOMPARE(list.entries[0].name, std::string("tiny:latest"));
        QCOMPARE(list.entries[0].bytes, 6889143u);
        QCOMPARE(list.entries[0].created, 1795245557);
        QCOMPARE(list.entries[0].contextTokens, 4096u);
        QCOMPARE(list.entries[1].bytes, 5000000000u);
        QCOMPARE(QByteArray::fromStdString(list.entries[1].rawJson),
            QByteArray("{\"name\":\"Big:70B\",\"size\":5e9 , \"note\":\"a \\\"quoted\\\" ]},{ text\"}"));
    }

    void readsWhatIsLoaded()
    {
        const ModelList list = listOf(ModelListKind::Loaded,
            R"({"models":[{"name":"tiny:latest","size":100,"size_vram":60,"expires_at":"2319-01-01T00:00:00Z","context_length":8192}]})");

        QCOMPARE(list.entries.at(0).gpuBytes, 60u);
        QCOMPARE(list.entries.at(0).contextTokens, 8192u);
    }

    void readsOpenAisList()
    {
        const ModelList list = listOf(ModelListKind::OpenAi, openAi);

        QCOMPARE(list.entries.size(), 2u);
        QCOMPARE(list.entries[0].name, std::string("qwen"));
        QCOMPARE(list.entries[0].bytes, 99u);
        QCOMPARE(list.entries[0].contextTokens, 2048u);
        QCOMPARE(list.entries[0].created, 1700000000);
    }

    void readsEmptyLists()
    {
        QVERIFY(listOf(ModelListKind::Tags, R"({"models":[]})").entries.empty());
        QVERIFY(listOf(ModelListKind::Tags, R"({"models":null})").entries.empty());
        QVERIFY(listOf(ModelListKind::OpenAi, R"( {"data" : [ ] } )").entries.empty());
    }

    void leavesOutWhatHasNoName()
    {
        const ModelList list = listOf(ModelListKind::Tags, R"({"models":[1,null,"x",[],{},{"name":7},{"model":"m"}]})");

        QCOMPARE(list.entries.size(), 1u);
        QCOMPARE(list.entries[0].rawJson, std::string(R"({"model":"m"})"));
    }

    void refusesWhatIsNoList()
    {
        for (const char* body :
            {"", "[]", "{}", "null", "<html>", R"({"models":{}})", R"({"models":[)", R"({"data":[]})"}) {
            const auto list = parseModelList(ModelListKind::Tags, body);
            QVERIFY2(!list, body);
            QCOMPARE(list.error().code, Errc::BackendFailed);
        }
    }

    void readsKeysWrittenWithEscapes()
    {
        const ModelList list = listOf(ModelListKind::Tags, R"({"mod\u0065ls":[{"n\u0061me":"m"}]})");

        QCOMPARE(list.entries.at(0).name, std::string("m"));
        QCOMPARE(list.entries.at(0).rawJson, std::string(R"({"name":"m"})"));
    }

    void takesTheLastOfEqualMembers()
    {
        const ModelList list = listOf(ModelListKind::Tags, R"({"models":[{"name":"a"}],"models":[{"name":"b"}]})");

        QCOMPARE(list.entries.at(0).name, std::string("b"));
        QCOMPARE(list.entries.at(0).rawJson, std::string(R"({"name":"b"})"));
    }

    void mergesListsAndLetsTheFirstWin()
    {
        const ModelList first = listOf(ModelListKind::Tags, R"({"models":[{"name":"a","x":1},{"name":"b","x":1}]})");
        const ModelList second =
            listOf(ModelListKind::Tags, R"({"models":[{"name":"B:latest","x":2},{"name":"c","x":2}]})");

        QCOMPARE(merged(ModelListKind::Tags, {first, second}),
            QByteArray(R"({"models":[{"name":"a","x":1},{"name":"b","x":1},{"name":"c","x":2}]})"));
        QCOMPARE(merged(ModelListKind::Tags, {}), QByteArray(R"({"models":[]})"));
        QCOMPARE(merged(ModelListKind::OpenAi, {}), QByteArray(R"({"object":"list","data":[]})"));
    }

    void makesOpenAisListFromTags()
    {
        const ModelList list = listOf(ModelListKind::Tags,
            R"({"models":[{"name":"tiny:latest","modified_at":"2026-11-21T08:19:17Z"},{"name":"host/me/x:1"}]})");

        QCOMPARE(merged(ModelListKind::OpenAi, {list}),
            QByteArray(
                QByteArray(
                    R"({"object":"list","data":[{"id":"tiny:latest","object":"model","created":1795249157,"owned_by":"library"},)")
                + R"({"id":"host/me/x:1","object":"model","created":0,"owned_by":"me"}]})"));
    }

    void makesTagsFromOpenAisList()
    {
        const QByteArray body = merged(ModelListKind::Tags, {listOf(ModelListKind::OpenAi, openAi)});
        const ModelList again = listOf(ModelListKind::Tags, body.toStdString());

        QCOMPARE(again.entries.size(), 2u);
        QCOMPARE(again.entries[0].name, std::string("qwen"));
        QCOMPARE(again.entries[0].bytes, 99u);
        QCOMPARE(again.entries[0].created, 1700000000);
        QVERIFY(body.contains(R"("modified_at":"2023-11-14T22:13:20Z")"));
        QVERIFY(body.contains(R"("modified_at":"0001-01-01T00:00:00Z")"));
        const qsizetype digest = body.indexOf("\"digest\":\"") + 10;
        QCOMPARE(body.indexOf('"', digest) - digest, 64); // `ollama list` prints the first twelve
    }

    void keepsLoadedModelsApart()
    {
        const ModelList loaded = listOf(ModelListKind::Loaded, R"({"models":[{"name":"a"}]})");

        QCOMPARE(merged(ModelListKind::Loaded, {listOf(ModelListKind::Tags, tags), loaded}),
            QByteArray(R"({"models":[{"name":"a"}]})"));
        QCOMPARE(merged(ModelListKind::Tags, {loaded}), QByteArray(R"({"models":[]})"));
    }

    void findsOneModel()
    {
        const std::vector<ModelList> lists{listOf(ModelListKind::Tags, tags), listOf(ModelListKind::OpenAi, openAi)};

        QVERIFY(findOpenAiModel("tiny", lists).starts_with(R"({"id":"tiny:latest","object":"model")"));
        QVERIFY(findOpenAiModel("qwen", lists).starts_with(R"({"id":"qwen")"));
        QVERIFY(findOpenAiModel("nope", lists).empty());
    }

    void boundsTheNumberOfModels()
    {
        std::string body = "{\"models\":[";
        for (std::size_t i = 0; i < modelsMax + 10; ++i)
            body += (i == 0 ? "{\"name\":\"m" : ",{\"name\":\"m") + std::to_string(i) + "\"}";
        body += "]}";

        QCOMPARE(listOf(ModelListKind::Tags, body).entries.size(), modelsMax);
    }
};

QTEST_GUILESS_MAIN(ModelListsTest)
#include "model_lists_test.moc"
