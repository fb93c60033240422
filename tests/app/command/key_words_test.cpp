// SPDX-License-Identifier: MIT
#include "app/command/key_words.h"

#include "app/command/command_line.h"
#include "app/command/view/qr_text.h"
#include "app/joining/invitation_link.h"

#include <QTest>

using namespace drover::app;
using namespace std::chrono_literals;
using namespace std::string_literals;

class KeyWordsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void understandsWhatAKeyMayDo()
    {
        const auto line = parseCommandLine({"keys", "add", "ann", "--pool", "--models", "llama3*, qwen*", "--weight",
            "2.5", "--rpm", "60", "--tpm", "100k", "--tpd", "1M", "--running", "4", "--expires", "30d"});

        QVERIFY(!line.ended);
        QCOMPARE(line.invocation.command, "keys add"s);
        QVERIFY(line.invocation.keys.kind == KeyKind::Pool);
        QCOMPARE(line.invocation.words, std::vector{"ann"s});
        const auto allowance = allowanceOf(line.invocation.keys);
        QVERIFY(allowance);
        QCOMPARE(allowanceText(*allowance), "weight=2.5 models=llama3*,qwen* rpm=60 tpm=100k tpd=1M running=4"s);
        QCOMPARE(allowance->models.size(), std::size_t(2));
        QCOMPARE(*secondsOf(line.invocation.keys.expires, "--expires", 1s, 24h * 3650), std::chrono::seconds(24h * 30));
    }

    void changesOnlyWhatIsSaid()
    {
        const drover::KeyAllowance before{.weight = 3, .models = {"a"}, .requestsPerMinute = 7, .tokensPerDay = 9};

        QVERIFY(*allowanceOf({}, before) == before);
        const auto after = allowanceOf({.models = "all", .requestsPerMinute = "off"}, before);
        QVERIFY(after->models.empty());
        QCOMPARE(after->requestsPerMinute, 0u);
        QCOMPARE(after->weight, 3.0);
        QCOMPARE(after->tokensPerDay, std::uint64_t(9));
        QCOMPARE(allowanceText({}), ""s);
    }

    void refusesWhatIsNoLimit_data()
    {
        QTest::addColumn<QString>("option");
        QTest::addColumn<QString>("value");
        for (const char* value : {"0", "-1", "1.5.5", "ten", "1000000000000000000000", "5 apples"})
            for (const char* option : {"--rpm", "--tpm", "--tpd", "--running"})
                QTest::addRow("%s %s", option, value) << QString::fromLatin1(option) << QString::fromLatin1(value);
        for (const char* value : {"0", "-1", "101", "heavy", "1x", "nan", "inf"})
            QTest::addRow("--weight %s", value) << QStringLiteral("--weight") << QString::fromLatin1(value);
        QTest::newRow("--rpm larger than it can be") << QStringLiteral("--rpm") << QStringLiteral("5000000000");
    }
    void refusesWhatIsNoLimit()
    {
        QFETCH(QString, option);
        QFETCH(QString, value);
        const auto line =
            parseCommandLine({"keys", "add", "ann", "--pool", (option + QLatin1Char('=') + value).toStdString()});
        QVERIFY(!line.ended);

        const auto allowance = allowanceOf(line.invocation.keys);

        QVERIFY(!allowance);
        QVERIFY(QString::fromStdString(allowance.error().detail).startsWith(option + QStringLiteral(" must be ")));
    }

    void takesOneKindOfKey()
    {
        QVERIFY(parseCommandLine({"keys", "add", "x", "--worker"}).invocation.keys.kind == KeyKind::Worker);
        QVERIFY(!parseCommandLine({"keys", "add", "x"}).invocation.keys.kind);
        QVERIFY(parseCommandLine({"keys", "add", "x", "--worker", "--pool"}).ended == ExitCode::Usage);
        QVERIFY(parseCommandLine({"invite", "--qr", "--no-qr"}).ended == ExitCode::Usage);
        QVERIFY(parseCommandLine({"invite", "withdraw"}).ended == ExitCode::Usage);
        QCOMPARE(parseCommandLine({"invite", "withdraw", "3"}).invocation.command, "invite withdraw"s);
        QVERIFY(parseCommandLine({"invite", "--no-qr"}).invocation.keys.qr == false);
    }

    void knowsWhereThePoolIsFound_data()
    {
        QTest::addColumn<QByteArray>("host");
        QTest::addColumn<QByteArray>("publicUrl");
        QTest::addColumn<QByteArray>("certificate");
        QTest::addColumn<QByteArray>("running");
        QTest::addColumn<QByteArray>("base");
        const auto row = [](const char* name, const char* host, const char* publicUrl, const char* certificate,
                             const char* running, const char* base) {
            QTest::newRow(name) << QByteArray(host) << QByteArray(publicUrl) << QByteArray(certificate)
                                << QByteArray(running) << QByteArray(base);
        };
        row("as the settings say", "0.0.0.0", "https://pool.example.org", "", "", "https://pool.example.org");
        row("with a slash", "0.0.0.0", "https://pool.example.org/", "", "", "https://pool.example.org");
        row("loopback", "127.0.0.1", "", "", "", "http://127.0.0.1:8080");
        row("one address", "192.168.1.7", "", "", "", "http://192.168.1.7:8080");
        row("every address", "0.0.0.0", "", "", "", "http://10.0.0.5:8080");
        row("every address of v6", "::", "", "", "", "http://10.0.0.5:8080");
        row("with a certificate", "192.168.1.7", "", "cert.pem", "", "https://192.168.1.7:8080");
        row("one that runs elsewhere", "127.0.0.1", "", "", "192.168.1.9:9000", "http://192.168.1.9:9000");
        row("one that runs everywhere", "127.0.0.1", "", "", "0.0.0.0:80", "http://10.0.0.5");
        row("a public url that is none", "192.168.1.7", "https://0.0.0.0", "", "", "http://192.168.1.7:8080");
        row("v6", "2001:db8::1", "", "", "", "http://[2001:db8::1]:8080");
    }
    void knowsWhereThePoolIsFound()
    {
        QFETCH(QByteArray, host);
        QFETCH(QByteArray, publicUrl);
        QFETCH(QByteArray, certificate);
        QFETCH(QByteArray, running);
        QFETCH(QByteArray, base);
        drover::HostingConfig settings;
        settings.host = host.toStdString();
        settings.publicUrl = publicUrl.toStdString();
        settings.certificateFile = certificate.toStdString();
        drover::HostView view;
        view.enabled = view.listening = !running.isEmpty();
        view.address = running.toStdString();

        const std::string found = poolBase(settings, view, "10.0.0.5");

        QCOMPARE(found, base.toStdString());
        QCOMPARE(invitationLink(found, "7K2M-Q9TD-4XWH"), base.toStdString() + "/j#7K2M-Q9TD-4XWH");
    }

    void drawsAQrCodeInHalfBlocks()
    {
        QrModules code{.side = 2, .dark = {true, false, false, false}};

        const QString text = QString::fromStdString(qrText(code, QrColors::None));

        const QStringList lines = text.split(QLatin1Char('\n'));
        QCOMPARE(lines.size(), 6); // four of border, two of code, four of border, and what follows the last
        for (int i = 0; i < 5; ++i)
            QCOMPARE(lines[i].size(), 10);
        QCOMPARE(lines[0], QStringLiteral("██████████"));
        QCOMPARE(lines[2], QStringLiteral("████▄█████")); // dark above, light below
        QVERIFY(qrText(code, QrColors::Terminal).starts_with("\x1b[97;40m█"));
    }
};

QTEST_GUILESS_MAIN(KeyWordsTest)
#include "key_words_test.moc"
