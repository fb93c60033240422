// SPDX-License-Identifier: MIT
#include "core/protocol/body_model.h"

#include <boost/json.hpp>

#include <QtTest>

#include <random>

using namespace drover;

namespace {

namespace json = boost::json;

std::string changed(std::string_view body, std::string_view model = "new:1b")
{
    return withModel(body, model).value_or("nothing");
}

/// A JSON text with blanks, escapes and members called "model" anywhere.
class RandomJson {
public:
    explicit RandomJson(unsigned seed)
        : m_random(seed)
    {
    }

    std::string object(int depth)
    {
        std::string text = "{" + blanks();
        for (unsigned i = 0, count = chance(5); i < count; ++i)
            text += (i ? "," : "") + blanks() + name() + blanks() + ":" + blanks() + value(depth) + blanks();
        return text + "}";
    }

private:
    unsigned chance(unsigned below) { return unsigned(m_random() % below); }
    std::string pick(std::initializer_list<const char*> texts) { return texts.begin()[chance(unsigned(texts.size()))]; }
    std::string blanks() { return pick({"", "", " ", "\n\t", "\r\n  "}); }
    std::string name() { return pick({"\"model\"", "\"\\u006dodel\"", "\"messages\"", "\"a\\\"b\"", "\"mode\""}); }
    std::string value(int depth)
    {
        switch (depth > 0 ? chance(6) : chance(4)) {
        case 0:
            return pick({"1", "-0.5e3", "true", "null", "12345678901234567890"});
        case 1:
            return pick({"\"\"", "\"a\"", "\"\\\\\"", "\"\\\\\\\"\"", "\"}],{\\\"model\\\":\\\"x\"",
                "\"\\u00e9\\ud83d\\ude00\""});
        case 2:
            return pick({"[]", "{}", "[\"model\",\"a\"]"});
        case 3:
            return "[" + blanks() + "1," + pick({"\"x]\"", "2"}) + blanks() + "]";
        case 4:
            return "[" + value(depth - 1) + "," + value(depth - 1) + "]";
        default:
            return object(depth - 1);
        }
    }

    std::mt19937 m_random;
};

} // namespace

class BodyModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void replacesNothingButTheModel_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char* what, const char* body, const char* expected) {
            QTest::newRow(what) << QByteArray(body) << QByteArray(expected);
        };
        row("plain", "{\"model\":\"a\",\"x\":1}", "{\"model\":\"new:1b\",\"x\":1}");
        row("blanks", "{ \"x\" : [1, 2] ,\n\t\"model\" :\r\n \"a\" }\n",
            "{ \"x\" : [1, 2] ,\n\t\"model\" :\r\n \"new:1b\" }\n");
        row("an escaped name", "{\"\\u006dod\\u0065l\":\"a\"}", "{\"\\u006dod\\u0065l\":\"new:1b\"}");
        row("twice", "{\"model\":\"a\",\"model\":\"b\"}", "{\"model\":\"new:1b\",\"model\":\"new:1b\"}");
        row("in any case", "{\"Model\":\"a\",\"MODEL\":\"b\"}", "{\"Model\":\"new:1b\",\"MODEL\":\"new:1b\"}");
        row("not a text", "{\"model\":{\"model\":[1]},\"y\":2}", "{\"model\":\"new:1b\",\"y\":2}");
        row("nested ones stay", "{\"o\":{\"model\":\"a\"},\"l\":[{\"model\":\"b\"}],\"model\":\"c\"}",
            "{\"o\":{\"model\":\"a\"},\"l\":[{\"model\":\"b\"}],\"model\":\"new:1b\"}");
        row("texts that look like it", "{\"p\":\"\\\"model\\\":\\\"a\\\"\",\"q\":\"\\\\\",\"model\":\"c\"}",
            "{\"p\":\"\\\"model\\\":\\\"a\\\"\",\"q\":\"\\\\\",\"model\":\"new:1b\"}");
        row("none", "{\"models\":\"a\",\"mode\":\"b\",\"modell\":\"c\"}", "nothing");
        row("empty", "{}", "nothing");
        row("no object", "[\"model\",\"a\"]", "nothing");
        row("no text at all", "", "nothing");
        row("cut", "{\"model\":\"a", "nothing");
    }
    void replacesNothingButTheModel()
    {
        QFETCH(QByteArray, body);
        QFETCH(QByteArray, expected);

        QCOMPARE(QByteArray::fromStdString(changed(body.toStdString())), expected);
    }

    void writesAnyNameAsJson()
    {
        QCOMPARE(changed("{\"model\":\"a\"}", "a\"b\\c\n"), std::string("{\"model\":\"a\\\"b\\\\c\\n\"}"));
    }

    void agreesWithAParser()
    {
        for (unsigned seed = 0; seed < 20000; ++seed) {
            const std::string body = RandomJson(seed).object(3);
            json::value before = json::parse(body);
            const auto result = withModel(body, "new:1b");

            QCOMPARE(result.has_value(), before.get_object().contains("model"));
            if (!result)
                continue;
            before.get_object()["model"] = "new:1b";
            QVERIFY2(json::parse(*result) == before, body.c_str());
        }
    }
};

QTEST_GUILESS_MAIN(BodyModelTest)
#include "body_model_test.moc"
