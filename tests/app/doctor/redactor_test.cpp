// SPDX-License-Identifier: MIT
#include "app/doctor/redactor.h"
#include "app/doctor/spellings.h"

#include <QTest>
#include <QUrl>

using namespace drover::app;

class RedactorTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void takesOutWhatLooksPrivate_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("hidden");
        QTest::addColumn<QString>("kept");
        const auto row = [](const char* name, const char* text, const char* hidden, const char* kept) {
            QTest::newRow(name) << QString::fromLatin1(text) << QString::fromLatin1(hidden)
                                << QString::fromLatin1(kept);
        };
        row("bearer", "GET /x Authorization: Bearer abc.DEF-123", "abc.DEF-123", "GET /x");
        row("header in JSON", R"({"Authorization": "Bearer tomato42","a":1})", "tomato42", R"("a":1)");
        row("basic", "auth Basic dXNlcjpwYXNz here", "dXNlcjpwYXNz", "here");
        row("x-api-key", "x-api-key: tomato42\nnext", "tomato42", "next");
        row("cookie", "Cookie: a=b; c=tomato42", "tomato42", "Cookie");
        row("a variable", "OPENAI_API_KEY=tomato42 other=1", "tomato42", "other=1");
        row("JSON field", R"({"password":"tom ato","user":"x"})", "tom ato", R"("user")");
        row("TOML", "api_key = \"tomato42\"", "tomato42", "api_key");
        row("user in a URL", "http://ann:tomato42@gpu:11434/api", "tomato42", "@gpu:11434/api");
        row("query of a URL", "https://gpu/api?k=tomato42#tomato", "tomato", "https://gpu/api?");
        row("query of a path", "path=/api/chat?k=tomato42 status=200", "tomato42", "status=200");
        row("key by its shape", "used sk-ant-REDACTED there", "REDACTED", "there");
        row("JWT", "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln tail", "eyJzdWIiOiIxIn0", "tail");
        row("hash", "sha 0123456789abcdef0123456789abcdef0123456789abcdef tail", "0123456789abcdef", "tail");
        row("mail", "from ann.lee+x@example.org today", "ann.lee", "today");
        row("mail in a URL", "user=ann.lee%40example.org&b", "ann.lee", "b");
        row("PEM", "a\n-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----\nz", "MIIabc", "z");
    }
    void takesOutWhatLooksPrivate()
    {
        QFETCH(QString, text);
        QFETCH(QString, hidden);
        QFETCH(QString, kept);
        const auto clean = QString::fromStdString(Redactor({}).redacted(text.toStdString()));

        QVERIFY2(!clean.contains(hidden), qPrintable(clean));
        QVERIFY2(clean.contains(kept), qPrintable(clean));
    }

    void leavesWhatHelps_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"2026-11-21 10:00:00 [info] job done user=Zed model=llama3.2:3b prompt_tokens=120",
                 R"({"schema":1,"prompt_tokens":318204,"tokens_per_second":81.2})",
                 "status.token_file = /home/x/.local/state/drover/control-token   # default",
                 "http://127.0.0.1:11434/api/tags answers", "limits: queue.waiting_max = 1024",
                 "/usr/lib/x86_64-linux-gnu/qt6/plugins/platforms/libqxcb.so", "OLLAMA_NUM_PARALLEL=4",
                 "api_key_env = MY_VARIABLE_NAME"})
            QTest::newRow(text) << QString::fromLatin1(text);
    }
    void leavesWhatHelps()
    {
        QFETCH(QString, text);
        QCOMPARE(QString::fromStdString(Redactor({}).redacted(text.toStdString())), text);
    }

    void findsKnownSecretsInEverySpelling_data()
    {
        QTest::addColumn<std::string>("spelled");
        const std::string secret = "Tom/ato \"42\"+ü";
        const auto bytes = QByteArray::fromStdString(secret);
        const auto row = [](const char* name, const QByteArray& spelled) {
            QTest::newRow(name) << ("before " + spelled.toStdString() + " after");
        };
        row("plain", bytes);
        row("percent", bytes.toPercentEncoding());
        row("percent, lower case", bytes.toPercentEncoding().toLower().replace("tom", "Tom"));
        row("hexadecimal", bytes.toHex());
        row("HEXADECIMAL", bytes.toHex().toUpper());
        row("JSON", R"(Tom/ato \"42\"+ü)");
        row("JSON with slashes", R"(Tom\/ato \"42\"+ü)");
    }
    void findsKnownSecretsInEverySpelling()
    {
        QFETCH(std::string, spelled);
        const auto clean = Redactor({.secrets = {"Tom/ato \"42\"+ü"}}).redacted(spelled);
        QCOMPARE(clean, std::string("before [redacted] after"));
    }
    void findsKnownSecretsInsideBase64()
    {
        const Redactor redactor({.secrets = {"tomato soup"}});
        for (const QByteArray before : {"", "a", "ab", "abc", "user:"}) {
            for (const QByteArray after : {"", "z", "zy"}) {
                for (const auto alphabet : {QByteArray::Base64Encoding, QByteArray::Base64UrlEncoding}) {
                    const auto coded = (before + "tomato soup" + after).toBase64(alphabet).toStdString();
                    const auto clean = redactor.redacted("x " + coded + " y");
                    const auto rest = QByteArray::fromStdString(clean).replace("[redacted]", "");
                    QVERIFY2(!QByteArray::fromBase64(rest).contains("tomato"), clean.c_str());
                    QVERIFY2(clean.find("[redacted]") != clean.npos, coded.c_str());
                }
            }
        }
    }
    void namesNobody()
    {
        const Redactor redactor({.homeFolder = "/home/ann", .userName = "ann", .hostName = "annsbox"});
        QCOMPARE(redactor.redacted("/home/ann/.config planned by ann@ on annsbox"),
            std::string("~/.config planned by user@ on host"));
        QCOMPARE(redactor.redacted("/home/annabel"), std::string("/home/annabel"));
    }
    void namesNobodyOnWindows()
    {
        const Redactor redactor({.homeFolder = "C:/Users/ann"});
        QCOMPARE(redactor.redacted(R"(C:\Users\ann\x "C:\\Users\\ann\\x" C:/Users/ann/x)"),
            std::string(R"(~\x "~\\x" ~/x)"));
    }
    void doesNotChangeWhatIsCleanAlready()
    {
        const Redactor redactor({.secrets = {"tomato42"}});
        const auto once = redactor.redacted("Authorization: Bearer tomato42; http://a:b@c/?d=e; OPENAI_API_KEY=x123");
        QCOMPARE(redactor.redacted(once), once);
    }
};

QTEST_GUILESS_MAIN(RedactorTest)
#include "redactor_test.moc"
