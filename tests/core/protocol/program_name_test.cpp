// SPDX-License-Identifier: MIT
#include "core/protocol/program_name.h"

#include <QtTest/QtTest>

using namespace drover;

namespace {

ProgramFacts factsOf(const QString& path, const QStringList& arguments, const QString& description = {})
{
    ProgramFacts facts{.path = path.toStdString(), .description = description.toStdString()};
    for (const QString& argument : arguments)
        facts.arguments.push_back(argument.toStdString());
    return facts;
}

QStringList words(const char* line)
{
    return QString::fromUtf8(line).split(QLatin1Char(' '), Qt::SkipEmptyParts);
}

} // namespace

class ProgramNameTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void saysWhatAPersonWouldSay_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QStringList>("arguments");
        QTest::addColumn<QString>("name");
        const auto row = [](const char* path, const char* arguments, const char* name) {
            QTest::addRow("%s | %s", path, arguments)
                << QString::fromUtf8(path) << words(arguments) << QString::fromUtf8(name);
        };

        row("/usr/bin/zed-editor", "zed-editor /home/ann/x", "Zed");
        row("/home/ann/.local/zed.app/libexec/zed-editor", "/home/ann/.local/zed.app/libexec/zed-editor", "Zed");
        row("/usr/share/code/code", "/usr/share/code/code --type=utility --utility-sub-type=node", "VS Code");
        row("/snap/code/123/usr/share/code/code", "code", "VS Code");
        row("/usr/bin/cursor", "cursor", "Cursor");
        row("/usr/lib/firefox-esr/firefox-esr", "firefox-esr", "Firefox");
        row("/opt/google/chrome/chrome", "/opt/google/chrome/chrome --type=utility", "Chrome");
        row("/app/obsidian", "obsidian", "Obsidian");
        row("/usr/local/bin/ollama", "ollama run tiny", "ollama");
        row("/usr/bin/curl", "curl -H Authorization:secret http://127.0.0.1:11435/", "curl");
        row("/usr/bin/curl (deleted)", "curl", "curl");
        row("/tmp/.mount_LM-StuQwErTy/lm-studio", "lm-studio --no-sandbox", "LM Studio");
        row("/tmp/.mount_ObsidiaBcDeF/AppRun.wrapped", "AppRun", "Obsidi");
        row("/nix/store/abc-zed-0.150/libexec/.zed-editor-wrapped", "zed", "Zed");
        row("/nix/store/abc-foo-1.0/bin/.foo-wrapped", "foo", "foo");
        row("/usr/bin/busybox", "wget http://127.0.0.1", "wget");
        row("/usr/bin/wine64-preloader", "C:\\Programs\\Jan\\Jan.exe --x", "Jan");
        row("/home/ann/.local/share/claude/versions/1.0.5", "claude", "Claude");
        row("/home/ann/my-tool", "my-tool --key secret", "my-tool");

        row("/usr/bin/python3.11", "python3 /x/train.py --token abc", "python train.py");
        row("/usr/bin/python3.11", "python3 -u -W ignore train.py", "python train.py");
        row("/usr/bin/python3.11", "python3 -m pkg.mod --token abc", "python -m pkg.mod");
        row("/usr/bin/python3.11", "python3 -c print('secret')", "python");
        row("/usr/bin/python3.11", "python3 -", "python");
        row("/usr/bin/python3.11", "python3", "python");
        row("/usr/bin/python3.11", "python3 -m open_webui serve", "Open WebUI");
        row("/usr/bin/python3.11", "/v/bin/python3 /v/bin/open-webui serve", "Open WebUI");
        row("/usr/bin/python3.11", "/v/bin/python /v/bin/uvicorn open_webui.main:app --port 1", "Open WebUI");
        row("/usr/bin/python3.11", "python -m uvicorn shop.main:app --port 1", "uvicorn shop.main");
        row("/usr/bin/python3.11", "/v/bin/python3 /v/bin/aider --key secret", "aider");
        row("/usr/bin/python3.11", "python3 -m ipykernel_launcher -f /run/kernel-1.json", "Jupyter");
        row("/usr/bin/python3.11", "python /v/lib/python3.11/site-packages/langflow/__main__.py", "Langflow");
        row("/usr/bin/python3.11", "python3 https://example.org/?token=abc", "python");

        row("/usr/bin/node", "node /a/b/server.js --token abc", "node server.js");
        row("/usr/bin/node", "node --require ./secret.js server.js", "node server.js");
        row("/usr/bin/node", "node -e fetch('secret')", "node");
        row("/usr/bin/node", "node /usr/lib/node_modules/@anthropic-ai/claude-code/cli.js", "Claude Code");
        row("/usr/bin/node", "node /x/node_modules/.bin/vite --host", "vite");
        row("/usr/bin/node", "node /usr/local/bin/codex", "Codex");
        row("/usr/bin/node", "claude", "Claude");
        row("/usr/bin/deno", "deno run --allow-net x.ts", "deno x.ts");
        row("/usr/bin/deno", "deno eval secret()", "deno");
        row("/usr/bin/deno", "deno run https://example.org/a/x.ts?token=abc", "deno x.ts");
        row("/usr/bin/bun", "bun run x.ts", "bun x.ts");
        row("/usr/bin/ruby3.1", "ruby -I lib x.rb", "ruby x.rb");
        row("/usr/lib/jvm/17/bin/java", "java -Xmx2g -cp /s/secret.jar org.shop.Main --key abc", "java Main");
        row("/usr/lib/jvm/17/bin/java", "java -jar /srv/x.jar", "java x.jar");
        row("/usr/bin/bash", "bash /home/ann/ask.sh secret", "bash ask.sh");
        row("/usr/bin/bash", "bash -c secret", "bash");
        row("/usr/bin/bash", "-bash", "bash");
        row("/usr/lib/R/bin/exec/R", "/usr/lib/R/bin/exec/R --no-echo --file=ask.R --args secret", "R ask.R");
        row("/usr/bin/perl", "perl -I lib ask.pl", "perl ask.pl");
        row("/usr/lib/electron25/electron", "electron /usr/lib/obsidian/app.asar", "Obsidian");
        row("/usr/lib/electron25/electron", "electron --type=utility --user-data-dir=/home/ann/.config/obsidian --x",
            "Obsidian");

        row("/Applications/Visual Studio Code.app/Contents/Frameworks/Code Helper.app/Contents/MacOS/Code Helper", "x",
            "VS Code");
        row("/Applications/Foo.app/Contents/Resources/python/bin/python3", "python3 server.py", "Foo");
        row("/opt/homebrew/Frameworks/Python.framework/Versions/3.11/Resources/Python.app/Contents/MacOS/Python",
            "Python train.py", "python train.py");

        row("C:\\Users\\ann\\AppData\\Local\\Programs\\Microsoft VS Code\\Code.exe", "Code.exe", "VS Code");
        row("C:\\Python311\\python.exe", "python.exe C:\\x\\train.py", "python train.py");
        row("", "curl -s", "curl");
        row("", "", "unknown program");
    }
    void saysWhatAPersonWouldSay()
    {
        QFETCH(QString, path);
        QFETCH(QStringList, arguments);
        QFETCH(QString, name);

        QCOMPARE(QString::fromStdString(programName(factsOf(path, arguments))), name);
    }

    void usesTheDescriptionOfAnUnknownWindowsProgram()
    {
        const ProgramFacts facts = factsOf(QStringLiteral("C:\\x\\fw32.exe"), {}, QStringLiteral("Fancy Writer"));

        QCOMPARE(programName(facts), std::string("Fancy Writer"));
    }

    void namesAreShortAndSafeToShow_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("name");
        QTest::newRow("control characters") << QByteArray("/x/a\nb\x1b[31mc\x7f") << QByteArray("ab[31mc");
        QTest::newRow("malformed UTF-8") << QByteArray("/x/a\xff\xc0\xaf\xed\xa0\x80z") << QByteArray("az");
        QTest::newRow("good UTF-8") << QByteArray("/x/m\xc3\xbcller") << QByteArray("m\xc3\xbcller");
        QTest::newRow("turned text") << QByteArray("/x/a\xe2\x80\xae"
                                                   "b")
                                     << QByteArray("ab");
        QTest::newRow("too long") << QByteArray("/x/") + QByteArray(200, 'a') << QByteArray(64, 'a');
        QTest::newRow("not cut within a character")
            << QByteArray("/x/") + QByteArray(63, 'a') + "\xc3\xbc" << QByteArray(63, 'a');
        QTest::newRow("nothing is left") << QByteArray("/x/\x01\x02") << QByteArray("unknown program");
        QTest::newRow("only blanks") << QByteArray("/x/   ") << QByteArray("unknown program");
    }
    void namesAreShortAndSafeToShow()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, name);

        QCOMPARE(QByteArray::fromStdString(programName({.path = path.toStdString()})), name);
    }

    void neverShowsAnArgumentThatIsNoScript_data()
    {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QStringList>("arguments");
        int number = 0;
        const auto row = [&](const char* path, const char* arguments) {
            QTest::addRow("%d", ++number) << QString::fromUtf8(path) << words(arguments);
        };
        row("/usr/bin/python3", "python3 -c s3cret");
        row("/usr/bin/python3", "python3 x.py s3cret --key s3cret --key=s3cret");
        row("/usr/bin/python3", "python3 -X s3cret x.py");
        row("/usr/bin/python3", "python3 -m s3cret=1");
        row("/usr/bin/node", "node --title s3cret x.js");
        row("/usr/bin/node", "node -p s3cret");
        row("/usr/bin/java", "java -Dkey=s3cret -cp s3cret a.B s3cret");
        row("/usr/bin/bash", "bash -c s3cret x");
        row("/usr/bin/php", "php -d s3cret x.php");
        row("/usr/bin/curl", "curl -u ann:s3cret");
        row("/usr/bin/deno", "deno eval s3cret");
    }
    void neverShowsAnArgumentThatIsNoScript()
    {
        QFETCH(QString, path);
        QFETCH(QStringList, arguments);

        QVERIFY(programName(factsOf(path, arguments)).find("s3cret") == std::string::npos);
    }
};

QTEST_GUILESS_MAIN(ProgramNameTest)
#include "program_name_test.moc"
