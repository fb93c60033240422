// SPDX-License-Identifier: MIT
#include "app/history/row_text.h"

#include "tests/support/history_rows.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QtTest>

using namespace drover;
using namespace drover::app;
using namespace std::chrono_literals;

class RowTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesCellsAsRfc4180Says_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArray>("cell");
        const auto row = [](const char* name, const char* text, const char* cell) {
            QTest::newRow(name) << QByteArray(text) << QByteArray(cell);
        };
        row("plain", "Zed", "Zed");
        row("empty", "", "");
        row("comma", "a,b", "\"a,b\"");
        row("quote", "say \"hi\"", "\"say \"\"hi\"\"\"");
        row("line end", "a\nb", "\"a\nb\"");
        row("blank in front", " a", "\" a\"");
        row("not ASCII", "Größe", "Größe");
        row("formula", "=1+1", "'=1+1");
        row("formula that runs a program", "=cmd|'/C calc'!A0", "'=cmd|'/C calc'!A0");
        row("formula with a quote", "=HYPERLINK(\"http://x\",\"y\")", "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"");
        row("plus", "+49 1", "'+49 1");
        row("minus", "-2+3", "'-2+3");
        row("at", "@SUM(A1)", "'@SUM(A1)");
        row("tab", "\t=1", "'\t=1");
        row("carriage return", "\r=1", "\"'\r=1\"");
        row("harmless in the middle", "a=b", "a=b");
    }

    void quotesCellsAsRfc4180Says()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArray, cell);

        QCOMPARE(QByteArray::fromStdString(csvLine({text.toStdString(), "x"})), cell + ",x\r\n");
    }

    void writesARowForEveryColumn()
    {
        HistoryRow row{.number = 7, .finished = test::finishedJob(2), .toFirstToken = 120ms};
        row.finished.job.user = "=evil()";

        QCOMPARE(historyCsvHeader(),
            std::string("finished_at,app,model,backend,path,api,lane,streamed,outcome,status,reason_code,waited_ms,"
                        "first_token_ms,ran_ms,prompt_tokens,output_tokens,tokens_per_second,request_id,number\r\n"));
        QCOMPARE(historyCsv(row),
            std::string("2026-11-21T12:00:00.000Z,'=evil(),llama3.2:3b,ollama,/api/chat,ollama,normal,true,done,200,,2,"
                        "120,3000,100,40,22.00,req_2,7\r\n"));
    }

    void leavesOutWhatWasNotMeasured()
    {
        const HistoryRow row{.number = 1, .finished = test::refusedJob(1)};

        QVERIFY(historyCsv(row).find(",refused,503,queue_full,0,,0,0,0,,req_1,1\r\n") != std::string::npos);
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(historyJson(row))).object();
        QVERIFY(json.value(QStringLiteral("first_token_ms")).isNull());
        QCOMPARE(json.value(QStringLiteral("outcome")).toString(), QStringLiteral("refused"));
        QCOMPARE(json.value(QStringLiteral("reason_code")).toString(), QStringLiteral("queue_full"));
    }

    void writesUsage()
    {
        const UsageRow row{
            .name = "2026-11-21", .usage = {.requests = 2, .promptTokens = 30, .outputTokens = 4, .ran = 1500ms}};

        QCOMPARE(usageCsvHeader(UsageBy::Day), std::string("day,requests,prompt_tokens,output_tokens,ran_ms\r\n"));
        QCOMPARE(usageCsv(row), std::string("2026-11-21,2,30,4,1500\r\n"));
        const auto json = QJsonDocument::fromJson(QByteArray::fromStdString(usageJson(row, UsageBy::Day))).object();
        QCOMPARE(json.value(QStringLiteral("day")).toString(), QStringLiteral("2026-11-21"));
        QCOMPARE(json.value(QStringLiteral("output_tokens")).toInteger(), 4);
    }
};

QTEST_GUILESS_MAIN(RowTextTest)
#include "row_text_test.moc"
