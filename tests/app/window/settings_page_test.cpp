// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"
#include "app/settings/settings_table.h"
#include "app/settings/settings_text.h"
#include "app/settings/value_text.h"
#include "app/window/backend_dialog.h"
#include "app/window/backends_editor.h"
#include "app/window/login_item_row.h"
#include "app/window/setting_editor.h"
#include "app/window/setting_row.h"
#include "app/window/setting_words.h"
#include "app/window/settings_page.h"
#include "app/window/style.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace drover::app;

namespace {

QPushButton* button(const QWidget& parent, const QString& text)
{
    const auto buttons = parent.findChildren<QPushButton*>();
    for (auto* each : buttons) {
        if (each->text() == text)
            return each;
    }
    return nullptr;
}

/// Answers every request with one body.
class OneAnswer : public QTcpServer {
public:
    explicit OneAnswer(QByteArray body)
    {
        listen(QHostAddress::LocalHost);
        connect(this, &QTcpServer::newConnection, this, [this, body] {
            QTcpSocket* caller = nextPendingConnection();
            connect(caller, &QTcpSocket::readyRead, this, [caller, body] {
                caller->readAll();
                caller->write("HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(body.size())
                    + "\r\nConnection: close\r\n\r\n" + body);
                caller->disconnectFromHost();
            });
        });
    }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(serverPort()); }
};

} // namespace

/// The page over a real settings file.
class SettingsPageTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<LiveSettings> m_settings;
    std::unique_ptr<SecretStore> m_secrets;
    std::unique_ptr<SettingsPage> m_page;

    QString file() const { return m_home->filePath(QStringLiteral("drover.toml")); }
    void write(const QByteArray& text) const
    {
        QFile out(file());
        QVERIFY(out.open(QIODevice::WriteOnly));
        QCOMPARE(out.write(text), text.size());
    }
    QByteArray written() const
    {
        QFile in(file());
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    void open(const QByteArray& text = {}, Environment environment = {}, const FlagTexts& flags = {})
    {
        if (!text.isEmpty())
            write(text);
        environment["DROVER_HOME"] = m_home->path().toStdString();
        environment["XDG_CONFIG_HOME"] = m_home->path().toStdString();
        m_settings = std::make_unique<LiveSettings>(SettingsSource(findPlaces(environment), environment, flags));
        m_secrets = std::make_unique<SecretStore>(findPlaces(environment), environment, SecretStore::UseKeyring::Yes);
        m_page = std::make_unique<SettingsPage>(*m_settings, *m_secrets,
            LoginItem(environment, {QCoreApplication::applicationFilePath().toStdString(), "--hidden"}));
        m_page->resize(792, 640);
        m_page->setVisible(true);
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        m_page->activateWindow();
    }
    SettingRow& row(const char* key) const { return *m_page->findChild<SettingRow*>(QLatin1String(key)); }
    template <class Widget> Widget& editor(const char* key) const { return *row(key).findChild<Widget*>(); }
    /// What stands below a row when its value is not right.
    QString trouble(const char* key) const
    {
        const auto* label = row(key).findChild<QLabel*>(QStringLiteral("trouble"));
        return label->isVisible() ? label->text() : QString();
    }
    QString banner() const
    {
        const auto* frame = m_page->findChild<QFrame*>(QStringLiteral("banner"));
        return frame->isVisible() ? frame->findChild<QLabel*>()->text() : QString();
    }
    QStringList visibleRows() const
    {
        QStringList keys;
        const auto rows = m_page->findChildren<SettingRow*>();
        for (const auto* each : rows) {
            if (each->isVisible())
                keys << each->objectName();
        }
        return keys;
    }

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere"); // no keyring, and never that of a person
        speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US")));
        applyTheme(*qApp, ColorScheme::Light);
    }
    void init() { m_home = std::make_unique<QTemporaryDir>(); }
    void cleanup()
    {
        m_page.reset();
        m_secrets.reset();
        m_settings.reset();
    }

    void hasARowForEverySettingOfTheTable()
    {
        open();
        for (const Setting& setting : settingsTable()) {
            const QString key = QString::fromUtf8(setting.key.data(), qsizetype(setting.key.size()));
            const auto* there = m_page->findChild<QWidget*>(key);
            QVERIFY2(there && there->isVisible(), qPrintable(key));
            QVERIFY2(!there->accessibleName().isEmpty(), qPrintable(key));
        }
    }
    void everySettingHasATitleForPeople()
    {
        for (const Setting& setting : settingsTable())
            QVERIFY2(setting_words::hasTitle(setting), setting.key.data());
    }
    void everyEditorGivesBackWhatItShows()
    {
        open();
        for (const Setting& setting : settingsTable()) {
            if (!setting.isScalar())
                continue;
            const auto* shown =
                m_page->findChild<SettingRow*>(QString::fromUtf8(setting.key.data(), qsizetype(setting.key.size())));
            const std::string value = shown->findChild<SettingEditor*>()->value();
            const auto parsed = parseValue(setting.rule, value);
            QVERIFY2(parsed, setting.key.data());
            QVERIFY2(*parsed == setting.get(Settings{}), setting.key.data());
        }
    }
    void writesANumberByKeyboardAndKeepsComments()
    {
        open("# mine\n[queue]\nwaiting_max = 10 # ten\n");
        auto& box = editor<QSpinBox>("queue.waiting_max");
        QCOMPARE(box.value(), 10);

        box.setFocus();
        box.selectAll();
        QTest::keyClicks(&box, QStringLiteral("25"));
        QTest::keyClick(&box, Qt::Key_Return);

        QCOMPARE(written(), QByteArray("# mine\n[queue]\nwaiting_max = 25 # ten\n"));
        QVERIFY(row("queue.waiting_max").findChildren<QLabel*>().size() > 2);
    }
    void writesAChoiceASwitchAndATimeByKeyboard()
    {
        open("[queue]\n");
        auto& fairness = editor<QComboBox>("queue.fairness");
        fairness.setFocus();
        QTest::keyClick(&fairness, Qt::Key_Down);
        QVERIFY(written().contains("fairness = \"time\""));

        auto& demo = editor<QCheckBox>("proxy.demo");
        demo.setFocus();
        QTest::keyClick(&demo, Qt::Key_Space);
        QVERIFY(written().contains("demo = true"));

        auto& wait = editor<QSpinBox>("queue.wait_max_batch");
        auto& unit = editor<QComboBox>("queue.wait_max_batch");
        unit.setCurrentIndex(unit.findData(QStringLiteral("m")));
        wait.setFocus();
        wait.selectAll();
        QTest::keyClicks(&wait, QStringLiteral("45"));
        QTest::keyClick(&wait, Qt::Key_Return);
        QVERIFY2(written().contains("wait_max_batch = \"45m\""), written());
    }
    void aWordStandsForNoLimit()
    {
        open("[queue]\nwait_max_batch = \"forever\"\n");
        QVERIFY(!editor<QSpinBox>("queue.wait_max_batch").isEnabled());
        QCOMPARE(editor<QSpinBox>("queue.concurrency").text(), QStringLiteral("auto"));
    }
    void writesAListOneEntryALine()
    {
        open("[proxy]\n");
        auto& lines = editor<QPlainTextEdit>("proxy.origins");
        lines.setFocus();
        QTest::keyClicks(&lines, QStringLiteral("https://a.example"));
        QTest::keyClick(&lines, Qt::Key_Return);
        QTest::keyClicks(&lines, QStringLiteral("https://b.example"));
        QTest::keyClick(&lines, Qt::Key_Tab);
        QVERIFY2(written().contains("origins = [\"https://a.example\", \"https://b.example\"]"), written());
    }
    void saysWhatIsWrongAndWritesNothing()
    {
        open("[proxy]\n");
        auto& line = editor<QLineEdit>("proxy.listen");
        line.setFocus();
        line.selectAll();
        QTest::keyClicks(&line, QStringLiteral("nonsense here"));
        QTest::keyClick(&line, Qt::Key_Return);

        QVERIFY(trouble("proxy.listen").contains(QStringLiteral("127.0.0.1:11435")));
        QCOMPARE(written(), QByteArray("[proxy]\n"));

        line.selectAll();
        QTest::keyClicks(&line, QStringLiteral("127.0.0.1:11500"));
        QCOMPARE(trouble("proxy.listen"), QString());
    }
    void refusesWhatDoesNotGoTogether()
    {
        open("[status]\nlisten = \"127.0.0.1:4555\"\n");
        auto& line = editor<QLineEdit>("proxy.listen");
        line.selectAll();
        QTest::keyClicks(&line, QStringLiteral("127.0.0.1:4555"));
        QTest::keyClick(&line, Qt::Key_Return);
        QVERIFY2(trouble("proxy.listen").contains(QStringLiteral("same address")), qPrintable(trouble("proxy.listen")));
        QVERIFY(!written().contains("[proxy]"));
    }
    void resetsToTheDefault()
    {
        open("[queue]\nwaiting_max = 10\n");
        auto* reset = button(row("queue.waiting_max"), QStringLiteral("Reset"));
        QVERIFY(reset->isVisible());
        reset->setFocus();
        QTest::keyClick(reset, Qt::Key_Space);

        QCOMPARE(written(), QByteArray("[queue]\n#waiting_max = 1024\n"));
        QCOMPARE(editor<QSpinBox>("queue.waiting_max").value(), 1024);
        QVERIFY(!reset->isVisible());
    }
    void copiesTheCommand()
    {
        open("[queue]\nwaiting_max = 10\n");
        button(row("queue.waiting_max"), QStringLiteral("Copy command"))->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("drover config set queue.waiting_max 10"));
        QCOMPARE(setting_words::command("a.b", "two \"words\""),
            QStringLiteral("drover config set a.b \"two \\\"words\\\"\""));
    }
    void whatTheEnvironmentDecidesCannotBeChangedHere()
    {
        open("[queue]\nwaiting_max = 10\n", {{"DROVER_QUEUE_WAITING_MAX", "7"}}, {{"--port", "11500"}});
        QCOMPARE(editor<QSpinBox>("queue.waiting_max").value(), 7);
        QVERIFY(!editor<QSpinBox>("queue.waiting_max").isEnabled());
        QVERIFY(!editor<QLineEdit>("proxy.listen").isEnabled());
        const auto says = [this](const char* key, const char* words) {
            const auto labels = row(key).findChildren<QLabel*>();
            return std::any_of(labels.begin(), labels.end(),
                [words](const QLabel* label) { return label->text().contains(QLatin1String(words)); });
        };
        QVERIFY(says("queue.waiting_max", "DROVER_QUEUE_WAITING_MAX"));
        QVERIFY(says("proxy.listen", "--port"));
    }
    void followsAnEditorOutside()
    {
        open("[queue]\nwaiting_max = 10\n");
        write("[queue]\nwaiting_max = 11\n");
        QTRY_COMPARE(editor<QSpinBox>("queue.waiting_max").value(), 11);
    }
    void namesTheLineOfABrokenFile()
    {
        open("[queue]\nwaiting_max = -3\n");
        QVERIFY2(banner().contains(QStringLiteral("drover.toml:2")), qPrintable(banner()));
        write("[queue]\nwaiting_max = 3\n");
        QTRY_COMPARE(banner(), QString());
    }
    void saysThatTheFileCannotBeWritten()
    {
        write("[queue]\nwaiting_max = 10\n");
        QFile::setPermissions(file(), QFile::ReadOwner);
        if (QFile probe(file()); probe.open(QIODevice::WriteOnly | QIODevice::Append))
            QSKIP("this user may write every file");
        open();
        QVERIFY(banner().contains(QStringLiteral("cannot be written")));
        QVERIFY(!editor<QSpinBox>("queue.waiting_max").isEnabled());
    }
    void marksWhatCountsAfterARestart()
    {
        open("[proxy]\n");
        const Settings inForce = m_settings->resolved().settings;
        m_page->showInForce(&inForce);
        QCOMPARE(banner(), QString());
        QSignalSpy asked(m_page.get(), &SettingsPage::restartAsked);

        QVERIFY(!m_settings->change("proxy.listen", "127.0.0.1:11500"));

        QVERIFY(banner().contains(QStringLiteral("restart")));
        auto* restart = button(row("proxy.listen"), QStringLiteral("Restart to apply"));
        QVERIFY(restart->isVisible());
        restart->click();
        QCOMPARE(asked.size(), 1);

        QVERIFY(!m_settings->reset("proxy.listen"));
        QCOMPARE(banner(), QString());
    }
    void findsSettingsByTheirWords_data()
    {
        QTest::addColumn<QString>("words");
        QTest::addColumn<QString>("key");
        QTest::newRow("key") << QStringLiteral("queue.fairness") << QStringLiteral("queue.fairness");
        QTest::newRow("title") << QStringLiteral("Fair by") << QStringLiteral("queue.fairness");
        QTest::newRow("sentence") << QStringLiteral("least charged") << QStringLiteral("queue.fairness");
        QTest::newRow("command") << QStringLiteral("drover config set queue.fairness")
                                 << QStringLiteral("queue.fairness");
    }
    void findsSettingsByTheirWords()
    {
        QFETCH(QString, words);
        QFETCH(QString, key);
        open();
        QTest::keyClick(m_page.get(), Qt::Key_F, Qt::ControlModifier);
        auto* search = qobject_cast<QLineEdit*>(QApplication::focusWidget());
        QVERIFY(search != nullptr);
        QTest::keyClicks(search, words);
        QVERIFY2(visibleRows() == QStringList{key}, qPrintable(visibleRows().join(QLatin1Char(' '))));
        search->clear();
        QVERIFY(visibleRows().size() > 30);
    }
    void saysThatNothingWasFound()
    {
        open();
        m_page->search(QStringLiteral("zebra"));
        QCOMPARE(visibleRows(), QStringList());
        const auto labels = m_page->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text() == QStringLiteral("No setting has these words.");
        }));
    }
    void startAtLoginIsWhatTheSystemSays()
    {
        open();
        auto* login = m_page->findChild<LoginItemRow*>();
        auto* box = login->findChild<QCheckBox*>();
        QVERIFY(!box->isChecked());
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Space);
        QVERIFY(box->isChecked());
#ifdef Q_OS_LINUX
        const auto entry = m_home->filePath(QStringLiteral("autostart/io.github.drover.Drover.desktop"));
        QVERIFY2(QFile::exists(entry), qPrintable(entry));
        QFile held(entry);
        QVERIFY(held.open(QIODevice::Append));
        held.write("Hidden=true\n");
        held.close();
        login->readAgain();
        QVERIFY(!box->isChecked());
#endif
    }
    void addsChangesAndRemovesABackend()
    {
        open("# mine\n");
        auto& backends = *m_page->findChild<BackendsEditor*>();
        button(backends, QStringLiteral("Add a backend"))->click();
        auto* dialog = backends.findChild<BackendDialog*>();
        QVERIFY(dialog != nullptr);
        const auto editors = dialog->findChildren<SettingEditor*>();
        editors[0]->show("gpu");
        editors[1]->show("nonsense://x");
        button(*dialog, QStringLiteral("Save"))->click();
        QVERIFY(dialog->isVisible());
        editors[1]->show("http://192.168.1.20:11434");
        button(*dialog, QStringLiteral("Save"))->click();
        QCOMPARE(written(),
            QByteArray("# mine\n\n[[backend]]\nurl = \"http://127.0.0.1:11434\"\n\n[[backend]]\nname = \"gpu\"\n"
                       "url = \"http://192.168.1.20:11434\"\n"));

        QCOMPARE(m_settings->resolved().settings.backends.size(), std::size_t{2});
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QPushButton* remove = nullptr;
        const auto buttons = backends.findChildren<QPushButton*>();
        for (auto* each : buttons) {
            if (each->accessibleName() == QStringLiteral("Remove the backend gpu"))
                remove = each;
        }
        QVERIFY(remove != nullptr);
        remove->click();
        auto* question = backends.findChild<QMessageBox*>();
        button(*question, QStringLiteral("Remove"))->click();
        QCOMPARE(written(), QByteArray("# mine\n\n[[backend]]\nurl = \"http://127.0.0.1:11434\"\n\n"));
    }
    void keepsTheKeyOfABackendOutOfTheSettings()
    {
        open("[[backend]]\nname = \"far gpu\"\nurl = \"http://127.0.0.1:1\"\n");
        auto& backends = *m_page->findChild<BackendsEditor*>();
        QSignalSpy changed(m_page.get(), &SettingsPage::keyChanged);
        button(backends, QStringLiteral("Edit"))->click();
        auto* dialog = backends.findChild<BackendDialog*>();
        QLineEdit* key = nullptr;
        const auto fields = dialog->findChildren<QLineEdit*>();
        for (auto* field : fields) {
            if (field->echoMode() == QLineEdit::Password)
                key = field;
        }
        QVERIFY(key != nullptr && !key->accessibleName().isEmpty());
        key->setText(QStringLiteral("sk-ümlaut"));
        button(*dialog, QStringLiteral("Save"))->click();
        QVERIFY(dialog->isVisible());
        key->setText(QStringLiteral("sk-planted"));
        button(*dialog, QStringLiteral("Save"))->click();

        QTRY_COMPARE(changed.size(), 1);
        QVERIFY2(written().contains("api_key_secret = \"api-far-gpu\""), written().constData());
        QVERIFY(!written().contains("sk-planted"));
        std::string kept;
        m_secrets->read("api-far-gpu", this, [&kept](const drover::Result<std::string>& value) { kept = *value; });
        QTRY_COMPARE(kept, std::string("sk-planted"));
        const auto labels = backends.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->isVisible() && label->text().contains(QStringLiteral("No keyring keeps these keys"));
        }));
    }
    void triesAConnection_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("words");
        QTest::newRow("Ollama") << QByteArray("{\"version\":\"0.12.3\"}")
                                << QStringLiteral("It answers: Ollama 0.12.3.");
        QTest::newRow("stranger") << QByteArray("<html>")
                                  << QStringLiteral("Something answers there that is not of this kind.");
    }
    void triesAConnection()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, words);
        OneAnswer server(body);
        open("[[backend]]\nurl = \"" + QByteArray::fromStdString(server.url()) + "\"\n");
        auto& backends = *m_page->findChild<BackendsEditor*>();
        button(backends, QStringLiteral("Test"))->click();
        const auto found = [&] {
            const auto labels = backends.findChildren<QLabel*>();
            return std::any_of(
                labels.begin(), labels.end(), [&](const QLabel* label) { return label->text() == words; });
        };
        QTRY_VERIFY(found());
    }
    void nothingIsCutAtTheSmallestUsualSize()
    {
        open();
        QApplication::processEvents();
        const auto labels = m_page->findChildren<QLabel*>();
        for (const auto* label : labels) {
            if (!label->isVisible() || label->text().isEmpty())
                continue;
            const int needed =
                label->hasHeightForWidth() ? label->heightForWidth(label->width()) : label->minimumSizeHint().height();
            QVERIFY2(label->height() >= needed, qPrintable(label->text()));
            QVERIFY2(label->width() >= label->minimumSizeHint().width(), qPrintable(label->text()));
        }
        const auto buttons = m_page->findChildren<QPushButton*>();
        for (const auto* each : buttons) {
            if (each->isVisible())
                QVERIFY2(each->width() >= each->minimumSizeHint().width(), qPrintable(each->text()));
        }
    }
};

QTEST_MAIN(SettingsPageTest)
#include "settings_page_test.moc"
