// SPDX-License-Identifier: MIT
#include "app/history/curl_text.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QStandardPaths>
#include <QtTest>

using namespace drover;
using namespace drover::app;

namespace {

JobView job(const char* path, Dialect dialect = Dialect::Ollama)
{
    JobView made;
    made.path = path;
    made.dialect = dialect;
    made.model = "llama3.2:3b";
    made.streamed = true;
    return made;
}

/// The words that a shell makes of the command.
QStringList wordsOf(const std::string& command)
{
    QProcess shell;
    shell.start(QStringLiteral("sh"),
        {QStringLiteral("-c"),
            QStringLiteral("curl() { for word; do printf '%s\\n' \"$word\"; done; }\n")
                + QString::fromStdString(command)});
    shell.waitForFinished(20'000);
    auto words = QString::fromUtf8(shell.readAllStandardOutput()).split(QLatin1Char('\n'));
    words.removeLast();
    return words;
}

} // namespace

class CurlTextTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        if (QStandardPaths::findExecutable(QStringLiteral("sh")).isEmpty())
            QSKIP("there is no POSIX shell");
    }

    void asksInTheFormOfEachPath_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("field");
        for (const auto& [path, field] :
            {std::pair{"/api/chat", "messages"}, {"/api/generate", "prompt"}, {"/api/embed", "input"},
                {"/api/embeddings", "prompt"}, {"/v1/chat/completions", "messages"}, {"/v1/completions", "prompt"},
                {"/v1/embeddings", "input"}, {"/v1/responses", "input"}, {"/v1/messages", "messages"}})
            QTest::newRow(path) << QByteArray(path) << QByteArray(field);
    }

    void asksInTheFormOfEachPath()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, field);

        const auto words = wordsOf(curlText(job(path.constData()), "http://127.0.0.1:11435"));

        QVERIFY(words.contains(QStringLiteral("http://127.0.0.1:11435") + QString::fromUtf8(path)));
        const auto body = QJsonDocument::fromJson(words.last().toUtf8()).object();
        QCOMPARE(body.value(QStringLiteral("model")).toString(), QStringLiteral("llama3.2:3b"));
        QVERIFY(body.contains(QString::fromUtf8(field)));
        QVERIFY(words.last().contains(QStringLiteral("YOUR PROMPT")));
    }

    void asksAnthropicsWayWithItsVersion()
    {
        const auto words = wordsOf(curlText(job("/v1/messages", Dialect::Anthropic), "http://127.0.0.1:11435"));

        QVERIFY(words.contains(QStringLiteral("anthropic-version: 2023-06-01")));
        QVERIFY(QJsonDocument::fromJson(words.last().toUtf8()).object().contains(QStringLiteral("max_tokens")));
    }

    void letsNoNameLeaveItsWord()
    {
        auto evil = job("/api/chat");
        evil.model = "x'; touch /tmp/pwned; echo '$(id)`id`\"\\";

        const auto words = wordsOf(curlText(evil, "http://127.0.0.1:11435"));

        QCOMPARE(words.size(), 6); // --no-buffer URL -H field -d body
        QCOMPARE(QJsonDocument::fromJson(words.last().toUtf8()).object().value(QStringLiteral("model")).toString(),
            QString::fromStdString(evil.model));
    }
};

QTEST_GUILESS_MAIN(CurlTextTest)
#include "curl_text_test.moc"
