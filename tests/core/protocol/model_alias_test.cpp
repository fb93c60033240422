// SPDX-License-Identifier: MIT
#include "core/protocol/model_alias.h"
#include "core/protocol/model_name.h"

#include <QtTest>

using namespace drover;

class ModelAliasTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsTheFamilyOfAName_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("family");
        const auto row = [](const char* name, const char* family) {
            QTest::newRow(name) << QString::fromUtf8(name) << QString::fromUtf8(family);
        };
        // The table of llamapool's alias keys, on normalised names.
        row("llama3:8b-q4_0", "llama3:8b");
        row("llama3:8b", "llama3:8b");
        row("llama3", "");
        row("llama3:8b-", "");
        row("a:b:c-d-e", "a:b:c-d-e");
        row("a:b:c-q4_0", "a:b:c");
        row("hf.co/org/m-gguf:q4_k_m", "hf.co/org/m-gguf:q4_k_m");
        row("x:y z-q4_0", "");
        row(":8b-q4_0", "");
        row("m:-q4_0", "");
        row("m:8b-a\nb-q4_0", "");
        row("", "");
        row(":", "");
        // What makes a model another one stays.
        row("llama3:8b-instruct-q4_0", "llama3:8b-instruct");
        row("llama3:8b-instruct", "llama3:8b-instruct");
        row("llama3:8b-text-fp16", "llama3:8b-text");
        row("llava:7b-v1.6-vicuna-q2_k", "llava:7b-v1.6-vicuna");
        row("gemma3:4b-it-qat", "gemma3:4b-it-qat");
        row("llama3:8b-q4_0-chat", "llama3:8b-q4_0-chat");
        row("host:5000/my-team/tiny:1b-q8_0", "host:5000/my-team/tiny:1b");
        row("tiny:latest", "tiny:latest");
    }
    void knowsTheFamilyOfAName()
    {
        QFETCH(QString, name);
        QFETCH(QString, family);

        QCOMPARE(QString::fromStdString(quantFamily(name.toStdString())), family);
    }

    void tellsQuantizationsFromOtherWords()
    {
        for (const char* quantization : {"q4_0", "q4_1", "q5_0", "q8_0", "q2_k", "q3_k_s", "q3_k_m", "q4_k_l", "q6_k",
                 "q4_k_xl", "iq1_s", "iq2_xxs", "iq3_xs", "iq4_nl", "tq1_0", "q4_0_4_8", "q4_0_8_8", "f16", "fp16",
                 "bf16", "f32", "fp8", "mxfp4", "nvfp4", "int8", "4bit", "q4", "q8"})
            QVERIFY2(isQuantization(quantization), quantization);
        for (const char* word : {"", "q", "q0_0", "q9_0", "q4_", "q4__0", "q4_z", "q4_0x", "qwen", "instruct", "text",
                 "chat", "vision", "it", "qat", "8b", "f17", "fp", "iq", "i4_0", "latest", "Q4_0", "q4-0", "v1.6"})
            QVERIFY2(!isQuantization(word), word);
    }

    void neverTakesAnInstructModelForItsBase()
    {
        const auto same = [](const char* a, const char* b) {
            const std::string family = quantFamily(normaliseModel(a));
            return !family.empty() && family == quantFamily(normaliseModel(b));
        };
        QVERIFY(same("llama3:8b", "llama3:8b-q4_0"));
        QVERIFY(same("llama3:8b-q4_K_M", "Llama3:8B-Q8_0"));
        QVERIFY(same("llama3:8b-instruct-q4_0", "llama3:8b-instruct-fp16"));
        QVERIFY(!same("llama3:8b", "llama3:8b-instruct-q4_0"));
        QVERIFY(!same("llama3:8b-text-q4_0", "llama3:8b-instruct-q4_0"));
        QVERIFY(!same("llama3:8b", "llama3:70b"));
        QVERIFY(!same("llama3:8b-invented", "llama3:8b"));
        QVERIFY(!same("llama3:8b-", "llama3:8b-"));
    }
};

QTEST_GUILESS_MAIN(ModelAliasTest)
#include "model_alias_test.moc"
