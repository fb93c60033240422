// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_log.h"

#include <QTest>

using namespace drover::app;

class OllamaLogTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void knowsHowImportantALineIs_data()
    {
        QTest::addColumn<std::string>("line");
        QTest::addColumn<int>("level");
        const auto row = [](const char* name, std::string line, drover::LogLevel level) {
            QTest::newRow(name) << std::move(line) << static_cast<int>(level);
        };
        row("info", "time=2026 level=INFO source=routes.go msg=\"Listening\"", drover::LogLevel::Info);
        row("warning", "time=2026 level=WARN source=x msg=y", drover::LogLevel::Warning);
        row("error", "time=2026 level=ERROR source=x msg=y", drover::LogLevel::Error);
        row("debug", "time=2026 level=DEBUG source=x msg=y", drover::LogLevel::Debug);
        row("request", "[GIN] 2026/11/21 - 09:40:07 | 200 |  1.2s | 127.0.0.1 | POST \"/api/chat\"",
            drover::LogLevel::Info);
        row("failed request", "[GIN] 2026/11/21 - 09:40:07 | 500 |  1.2s | 127.0.0.1 | POST \"/api/chat\"",
            drover::LogLevel::Warning);
        row("fatal", "Error: listen tcp 127.0.0.1:11434: bind: address already in use", drover::LogLevel::Error);
        row("other", "llama_model_loader: loaded meta data", drover::LogLevel::Info);
    }
    void knowsHowImportantALineIs()
    {
        QFETCH(std::string, line);
        QFETCH(int, level);
        QCOMPARE(static_cast<int>(ollamaLevel(line)), level);
    }
    void leavesSecretsOut_data()
    {
        QTest::addColumn<std::string>("line");
        QTest::addColumn<std::string>("safe");
        const auto row = [](const char* name, std::string line, std::string safe) {
            QTest::newRow(name) << std::move(line) << std::move(safe);
        };
        row("proxy", "map[HTTPS_PROXY:http://joe:pa55@proxy:3128 NO_PROXY:]",
            "map[HTTPS_PROXY:http://***@proxy:3128 NO_PROXY:]");
        row("two proxies", "http://a:b@x https://c@y/z@w", "http://***@x https://***@y/z@w");
        row("bearer", "Authorization: Bearer sk-12345 sent", "Authorization: Bearer *** sent");
        row("variable", "OLLAMA_API_KEY=abc OLLAMA_HOST=x", "OLLAMA_API_KEY=*** OLLAMA_HOST=x");
        row("json", "{\"token\": \"abc\", \"n\": 1}", "{\"token\": \"***\", \"n\": 1}");
        row("words", "tokenizer loaded, eos token id = 2", "tokenizer loaded, eos token id = 2");
        row("nothing", "http://127.0.0.1:11434/api/tags", "http://127.0.0.1:11434/api/tags");
    }
    void leavesSecretsOut()
    {
        QFETCH(std::string, line);
        QFETCH(std::string, safe);
        QCOMPARE(withoutSecrets(line), safe);
    }
};

QTEST_GUILESS_MAIN(OllamaLogTest)
#include "ollama_log_test.moc"
