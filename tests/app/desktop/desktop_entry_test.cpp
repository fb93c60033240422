// SPDX-License-Identifier: MIT
#include "app/desktop/desktop_entry.h"

#include <QTest>

using namespace drover;
using namespace drover::app;
using Words = std::vector<std::string>;

class DesktopEntryTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void quotesWhatTheSpecificationReserves_data()
    {
        QTest::addColumn<Words>("command");
        QTest::addColumn<std::string>("exec");
        QTest::newRow("plain") << Words{"/usr/bin/drover-tray", "--hidden"}
                               << std::string("/usr/bin/drover-tray --hidden");
        QTest::newRow("blank") << Words{"/my apps/drover"} << std::string("\"/my apps/drover\"");
        QTest::newRow("percent") << Words{"/100%/drover"} << std::string("/100%%/drover");
        QTest::newRow("dollar") << Words{"/a$b"} << std::string("\"/a\\\\$b\"");
        QTest::newRow("backslash") << Words{"/a\\b"} << std::string("\"/a\\\\\\\\b\"");
        QTest::newRow("quote") << Words{"/a\"b`c"} << std::string("\"/a\\\\\"b\\\\`c\"");
        QTest::newRow("apostrophe") << Words{"/it's"} << std::string("\"/it's\"");
        QTest::newRow("line end") << Words{"/a\nb"} << std::string("\"/a\\nb\"");
        QTest::newRow("empty") << Words{"/a", ""} << std::string("/a \"\"");
        QTest::newRow("letters") << Words{"/für/drover"} << std::string("/für/drover");
    }
    void quotesWhatTheSpecificationReserves()
    {
        QFETCH(Words, command);
        QFETCH(std::string, exec);

        const auto text = execText(command);

        QVERIFY(text);
        QCOMPARE(*text, exec);
        QCOMPARE(commandOfExec(*text), command);
    }

    void refusesWhatNoEntryCanStart()
    {
        QVERIFY(!execText({}));
        QVERIFY(!execText({"drover-tray"}));
        QVERIFY(!execText({"/a=b/drover-tray"}));
        QVERIFY(execText({"/drover-tray", "--set=a=b"}));
    }

    void leavesFieldCodesOut()
    {
        QCOMPARE(commandOfExec("/a --hidden %u"), (Words{"/a", "--hidden"}));
        QCOMPARE(commandOfExec("  \"/a b\"  %F c"), (Words{"/a b", "c"}));
    }

    void isEmptyForWhatCannotBeUnderstood()
    {
        QCOMPARE(commandOfExec("\"/a b"), Words{});
        QCOMPARE(commandOfExec(""), Words{});
        QCOMPARE(commandOfExec("\\"), Words{"\\"});
        QCOMPARE(commandOfExec("%"), Words{"%"});
    }

    void readsOnlyItsOwnGroup()
    {
        constexpr auto text = "# Exec=/no\nExec=/no\n[Desktop Entry]\r\n Exec = /yes \n#Exec=/no\nHidden=true\n"
                              "[Desktop Action x]\nExec=/no\nTerminal=true";

        QCOMPARE(entryValue(text, "Exec"), std::optional<std::string>("/yes"));
        QVERIFY(entrySays(text, "Hidden"));
        QVERIFY(!entrySays(text, "Terminal"));
        QVERIFY(!entryValue("", "Exec"));
    }
};

QTEST_GUILESS_MAIN(DesktopEntryTest)
#include "desktop_entry_test.moc"
