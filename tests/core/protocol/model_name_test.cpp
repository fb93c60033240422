// SPDX-License-Identifier: MIT
#include "core/protocol/model_name.h"

#include <QtTest>

using namespace drover;

class ModelNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsEveryModelUnderOneName_data()
    {
        QTest::addColumn<std::string>("written");
        QTest::addColumn<std::string>("name");
        const auto row = [](const char* written, const char* name) {
            QTest::newRow(written) << std::string(written) << std::string(name);
        };
        row("tiny", "tiny:latest");
        row("Tiny:Latest", "tiny:latest");
        row("tiny:", "tiny:latest");
        row("llama3.2:3b-instruct-Q4_K_M", "llama3.2:3b-instruct-q4_k_m");
        row("library/tiny", "tiny:latest");
        row("registry.ollama.ai/library/tiny:7b", "tiny:7b");
        row("https://registry.ollama.ai/library/tiny", "tiny:latest");
        row("me/tiny", "me/tiny:latest");
        row("host:5000/me/tiny", "host:5000/me/tiny:latest");
        row("http://host:5000/me/tiny:x", "host:5000/me/tiny:x");
        row("hf.co/Maker/Model-GGUF:Q4_K_M", "hf.co/maker/model-gguf:q4_k_m");
        row("/models/tiny.gguf", "/models/tiny.gguf:latest");
        row("library/", "library/:latest");
        row("library/library/x", "x:latest");
        row("", "");
        row("Gro\xC3\x9F", "gro\xC3\x9F:latest");
    }

    void knowsEveryModelUnderOneName()
    {
        QFETCH(std::string, written);
        QFETCH(std::string, name);

        QCOMPARE(normaliseModel(written), name);
        QCOMPARE(normaliseModel(name), name);
    }

    void tellsNamesThatLeaveTheMachine()
    {
        QVERIFY(isCloudModel("gpt-oss:120b-cloud"));
        QVERIFY(isCloudModel("x:cloud"));
        QVERIFY(isCloudModel("x:CLOUD"));
        QVERIFY(!isCloudModel("cloud"));
        QVERIFY(!isCloudModel("cloud:7b"));
        QVERIFY(!isCloudModel("x:cloudy"));
        QVERIFY(!isCloudModel("cloud:80/x"));
        QVERIFY(!isCloudModel(""));
    }
};

QTEST_GUILESS_MAIN(ModelNameTest)
#include "model_name_test.moc"
