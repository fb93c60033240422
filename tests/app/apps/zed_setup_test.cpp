// SPDX-License-Identifier: MIT
#include "app/apps/zed_setup.h"

#include "app/settings/settings_source.h"

#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace drover::app;

namespace {

const std::string url = "http://127.0.0.1:4711";

std::string bytesOf(const std::string& file)
{
    return readTextFile(file).value_or("(none)");
}

void write(const std::string& file, const std::string& text)
{
    QFile out(QString::fromStdString(file));
    QVERIFY(out.open(QIODevice::WriteOnly));
    out.write(text.data(), static_cast<qint64>(text.size()));
}

} // namespace

class ZedSetupTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void changesAndUndoesByteForByte_data()
    {
        QTest::addColumn<std::string>("before");
        QTest::addColumn<std::string>("after");
        const auto row = [](const char* name, const char* before, const char* after) {
            QTest::newRow(name) << std::string(before) << std::string(after);
        };
        const char* inside =
            "\n  \"language_models\": {\n    \"ollama\": { \"api_url\": \"http://127.0.0.1:4711\" }\n  }";
        const std::string comma = std::string("{") + inside + ",";
        row("settings", "{\n  \"theme\": \"One\"\n}\n", (comma + "\n  \"theme\": \"One\"\n}\n").c_str());
        row("comments and commas",
            "// Zed\n{ // \"language_models\": {\n  \"a\": [1, {\"language_models\": 2},], /* } */\n}",
            ("// Zed\n" + comma + " // \"language_models\": {\n  \"a\": [1, {\"language_models\": 2},], /* } */\n}")
                .c_str());
        row("an empty object", "{}", (std::string("{") + inside + "\n}").c_str());
        row("an empty object with a comment", "{ /* x */ }", (std::string("{") + inside + "\n /* x */ }").c_str());
        row("an empty file", "", (std::string("{") + inside + "\n}\n").c_str());
        row("quotes in a string", "{\"a\\\"{\": 1}", (comma + "\"a\\\"{\": 1}").c_str());
    }
    void changesAndUndoesByteForByte()
    {
        QFETCH(std::string, before);
        QFETCH(std::string, after);
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("settings.json")).toStdString();
        write(file, before);

        QVERIFY(setUpZed(file, url));
        QCOMPARE(bytesOf(file), after);
        QVERIFY(isZedSetUp(file));
        QVERIFY(undoZed(file));

        QCOMPARE(bytesOf(file), before);
        QVERIFY(!isZedSetUp(file));
        QVERIFY(!QFileInfo::exists(QString::fromStdString(file + ".before-drover")));
    }

    void aFileThatWasNotThereIsGoneAfterwards()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("zed/settings.json")).toStdString();

        QVERIFY(setUpZed(file, url));
        QVERIFY(isZedSetUp(file));
        QVERIFY(undoZed(file));

        QVERIFY(!QFileInfo::exists(QString::fromStdString(file)));
    }

    void whatSomebodyChangedSinceIsNotLost()
    {
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("settings.json")).toStdString();
        write(file, "{}");
        QVERIFY(setUpZed(file, url));
        const std::string changed = bytesOf(file) + "// mine\n";
        write(file, changed);

        QVERIFY(!undoZed(file));

        QCOMPARE(bytesOf(file), changed);
    }

    void leavesAloneWhatItDoesNotUnderstand_data()
    {
        QTest::addColumn<std::string>("text");
        QTest::newRow("set already") << std::string("{\"language_models\": {}}");
        QTest::newRow("no object") << std::string("[]");
        QTest::newRow("no end") << std::string("{\"a\": 1");
        QTest::newRow("string without an end") << std::string("{\"a");
        QTest::newRow("more behind") << std::string("{} {}");
    }
    void leavesAloneWhatItDoesNotUnderstand()
    {
        QFETCH(std::string, text);
        const QTemporaryDir folder;
        const std::string file = folder.filePath(QStringLiteral("settings.json")).toStdString();
        write(file, text);

        QVERIFY(!setUpZed(file, url));

        QCOMPARE(bytesOf(file), text);
        QVERIFY(!undoZed(file));
    }

    void findsTheFileOfZed()
    {
        QCOMPARE(zedSettingsFile({{"HOME", "/home/ada"}}), std::string("/home/ada/.config/zed/settings.json"));
        QCOMPARE(
            zedSettingsFile({{"HOME", "/home/ada"}, {"XDG_CONFIG_HOME", "/c"}}), std::string("/c/zed/settings.json"));
        QCOMPARE(zedSettingsFile({}), std::string());
    }
};

QTEST_GUILESS_MAIN(ZedSetupTest)
#include "zed_setup_test.moc"
