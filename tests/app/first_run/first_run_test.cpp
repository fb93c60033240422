// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"
#include "app/engine_bridge.h"
#include "app/first_run/engine_probe.h"
#include "app/first_run/engine_step.h"
#include "app/first_run/first_run.h"
#include "app/first_run/trial.h"
#include "app/first_run/try_step.h"
#include "app/ollama/model_shelf.h"
#include "app/window/login_item_row.h"
#include "app/window/style.h"

#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPointer>
#include <QProcess>
#include <QPushButton>
#include <QRadioButton>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTcpServer>
#include <QTcpSocket>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;

namespace {

/// An Ollama to ask, in a process of its own.
class FakeOllama {
public:
    explicit FakeOllama(const QStringList& options = {})
    {
        m_process.start(QStringLiteral(PYTHON), QStringList{QStringLiteral(FAKE_OLLAMA)} + options);
        constexpr int startMaxMs = 20'000;
        while (m_port == 0 && m_process.waitForReadyRead(startMaxMs)) {
            static const QRegularExpression told(QStringLiteral("listening on (\\d+)"));
            m_port = told.match(QString::fromUtf8(m_process.readAllStandardOutput())).captured(1).toInt();
        }
    }
    ~FakeOllama()
    {
        m_process.kill();
        m_process.waitForFinished();
    }
    Q_DISABLE_COPY_MOVE(FakeOllama)

    bool runs() const { return m_port != 0; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(m_port); }

private:
    QProcess m_process;
    int m_port = 0;
};

QPushButton* button(const QWidget& parent, const QString& text)
{
    const auto buttons = parent.findChildren<QPushButton*>();
    for (auto* each : buttons) {
        if (each->text() == text && each->isVisible())
            return each;
    }
    return nullptr;
}

bool says(const QWidget& parent, const QString& words)
{
    const auto labels = parent.findChildren<QLabel*>();
    return std::any_of(labels.begin(), labels.end(),
        [&](const QLabel* label) { return label->isVisible() && label->text().contains(words); });
}

} // namespace

/// The first run over real settings and a real engine in front of a fake Ollama.
class FirstRunTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<FakeOllama> m_ollama;
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<LiveSettings> m_settings;
    std::unique_ptr<Engine> m_engine;
    std::unique_ptr<EngineBridge> m_bridge;
    std::unique_ptr<ModelShelf> m_shelf; ///< none unless a test makes one
    QPointer<FirstRun> m_run;
    int m_starts = 0; ///< of Ollama, asked for

    QByteArray written() const
    {
        QFile in(m_home->filePath(QStringLiteral("drover.toml")));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    void open(const QByteArray& text, int step = 0)
    {
        QFile out(m_home->filePath(QStringLiteral("drover.toml")));
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(text);
        out.close();
        const Environment environment{
            {"DROVER_HOME", m_home->path().toStdString()}, {"XDG_CONFIG_HOME", m_home->path().toStdString()}};
        m_settings = std::make_unique<LiveSettings>(SettingsSource(findPlaces(environment), environment, {}));
        m_run = new FirstRun(
            {*m_settings, LoginItem(environment, {"/usr/bin/true", "--hidden"}), [this] { ++m_starts; }, m_shelf.get()},
            step);
        m_run->setVisible(true);
        QVERIFY(QTest::qWaitForWindowExposed(m_run));
        m_run->activateWindow();
    }
    void startEngine()
    {
        Config config = m_settings->resolved().settings.config;
        config.port = 0;
        config.statusEnabled = false;
        m_engine = makeEngine(config, {});
        QVERIFY(m_engine->start());
        m_bridge = std::make_unique<EngineBridge>(*m_engine);
        connect(
            m_bridge.get(), &EngineBridge::changed, m_run, [this](const Snapshot& snapshot) { m_run->show(snapshot); });
    }
    void next() { QTest::keyClick(m_run, Qt::Key_Return); }
    QByteArray backend() const { return "[[backend]]\nurl = \"" + QByteArray::fromStdString(m_ollama->url()) + "\"\n"; }

private Q_SLOTS:
    void initTestCase()
    {
        speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US")));
        applyTheme(*qApp, ColorScheme::Light);
        m_ollama = std::make_unique<FakeOllama>();
        QVERIFY(m_ollama->runs());
    }
    void init()
    {
        m_home = std::make_unique<QTemporaryDir>();
        m_starts = 0;
    }
    void cleanup()
    {
        delete m_run;
        m_shelf.reset();
        m_bridge.reset();
        m_engine.reset();
        m_settings.reset();
    }

    void leadsFromTheFirstStepToARealAnswer()
    {
        open(backend());
        startEngine();
        QSignalSpy reached(m_run, &FirstRun::stepReached);
        QSignalSpy ended(m_run, &FirstRun::ended);

        QVERIFY(says(*m_run, QStringLiteral("Welcome to Drover")));
        next();
        QTRY_VERIFY(says(*m_run, QStringLiteral("Ollama 0.")));
        QVERIFY(m_run->findChild<EngineStep*>()->findChildren<QRadioButton*>()[0]->isChecked());
        next();
        QTRY_VERIFY(says(*m_run, QString::fromStdString(m_engine->snapshot().address)));
        next();
        QVERIFY(says(*m_run, QStringLiteral("Start at login?")));
        QVERIFY(!m_run->findChild<LoginItemRow*>()->findChild<QCheckBox*>()->isChecked());
        next();
        QTRY_VERIFY(button(*m_run, QStringLiteral("Send"))->isEnabled());
        QTest::mouseClick(button(*m_run, QStringLiteral("Send")), Qt::LeftButton);
        const auto& trial = m_run->findChild<TryStep*>()->trial();
        QTRY_COMPARE_WITH_TIMEOUT(trial.view().phase, TrialView::Phase::Done, 20'000);
        QCOMPARE(trial.view().model, QStringLiteral("tiny:latest"));
        QVERIFY(!trial.view().answer.isEmpty());
        QVERIFY(trial.view().firstPiece && trial.view().waited);
        QVERIFY(trial.view().tokensPerSecond > 0);
        QVERIFY(says(*m_run, QStringLiteral("Everything works")));

        QTest::mouseClick(button(*m_run, QStringLiteral("Done")), Qt::LeftButton);
        QCOMPARE(reached.size(), 4);
        QCOMPARE(ended.size(), 1);
    }
    void downloadsAModelWhereNoneIsAndAsksIt()
    {
        const FakeOllama empty({QStringLiteral("--no-models")});
        QVERIFY(empty.runs());
        m_shelf = std::make_unique<ModelShelf>();
        m_shelf->setServers({{.name = QStringLiteral("local"), .url = QUrl(QString::fromStdString(empty.url()))}});
        open("[[backend]]\nurl = \"" + QByteArray::fromStdString(empty.url()) + "\"\n", 4);
        startEngine();
        connect(m_shelf.get(), &ModelShelf::modelsChanged, m_run, [this] { m_engine->lookAtBackends(); });
        QTRY_VERIFY(button(*m_run, QStringLiteral("Send"))->isEnabled());

        QTest::mouseClick(button(*m_run, QStringLiteral("Send")), Qt::LeftButton);
        QTRY_VERIFY(says(*m_run, QStringLiteral("No model is installed yet")));
        auto* download = button(*m_run, QStringLiteral("Download llama3.2:1b (1.3 GB)"));
        QVERIFY(download);
        QTest::mouseClick(download, Qt::LeftButton);

        const auto& trial = m_run->findChild<TryStep*>()->trial();
        QTRY_COMPARE_WITH_TIMEOUT(trial.view().phase, TrialView::Phase::Done, 20'000);
        QCOMPARE(trial.view().model, QLatin1String(TryStep::firstModel));
        QVERIFY(!download->isVisible());
    }
    void canBeLeftAtEveryStep_data()
    {
        QTest::addColumn<int>("step");
        for (int step = 0; step < 4; ++step)
            QTest::addRow("step %d", step + 1) << step;
    }
    void canBeLeftAtEveryStep()
    {
        QFETCH(int, step);
        open(backend(), step);
        QCOMPARE(m_run->step(), step);
        QSignalSpy ended(m_run, &FirstRun::ended);
        QTest::mouseClick(button(*m_run, QStringLiteral("Skip setup")), Qt::LeftButton);
        QCOMPARE(ended.size(), 1);
        QCOMPARE(written(), backend());
    }
    void goesBack()
    {
        open(backend(), 2);
        QTest::mouseClick(button(*m_run, QStringLiteral("Back")), Qt::LeftButton);
        QCOMPARE(m_run->step(), 1);
    }
    void aStepThatIsNotThereIsTheFirst()
    {
        open(backend(), 99);
        QCOMPARE(m_run->step(), 0);
    }
    void takesAnotherAddress()
    {
        open("# mine\n", 1);
        auto* step = m_run->findChild<EngineStep*>();
        auto* line = step->findChild<QLineEdit*>();
        QTRY_VERIFY(button(*step, QStringLiteral("Look again"))->isEnabled());
        QTest::keyClicks(line, QStringLiteral("ftp://nonsense"));
        QVERIFY(step->findChildren<QRadioButton*>()[2]->isChecked());
        QTest::mouseClick(button(*m_run, QStringLiteral("Next")), Qt::LeftButton);
        QCOMPARE(m_run->step(), 1);
        QVERIFY(says(*step, QStringLiteral("http://192.168.1.20:11434")));

        line->clear();
        QTest::keyClicks(line, QString::fromStdString(m_ollama->url()));
        QTest::mouseClick(button(*step, QStringLiteral("Test")), Qt::LeftButton);
        QTRY_VERIFY(says(*step, QStringLiteral("It answers: Ollama")));
        QTest::mouseClick(button(*m_run, QStringLiteral("Next")), Qt::LeftButton);
        QCOMPARE(m_run->step(), 2);
        QCOMPARE(written(), "# mine\n\n" + backend());
    }
    void startsOllamaForThePersonWhoWantsIt()
    {
        open("[engine]\nbinary = \"/usr/bin/true\"\n[[backend]]\nurl = \"http://127.0.0.1:9\"\n", 1);
        auto* step = m_run->findChild<EngineStep*>();
        auto* choice = step->findChildren<QRadioButton*>()[1];
        QTRY_VERIFY(choice->isChecked());
        QTest::mouseClick(button(*m_run, QStringLiteral("Next")), Qt::LeftButton);
        QVERIFY(written().contains("mode = \"supervise\""));
        QCOMPARE(m_starts, 1);
    }
    void explainsWhoHasThePort()
    {
        QTcpServer stranger;
        QVERIFY(stranger.listen(QHostAddress::LocalHost));
        connect(&stranger, &QTcpServer::newConnection, &stranger, [&stranger] {
            auto* caller = stranger.nextPendingConnection();
            caller->write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
            caller->disconnectFromHost();
        });
        open("[[backend]]\nurl = \"http://127.0.0.1:" + QByteArray::number(stranger.serverPort()) + "\"\n", 1);
        QTRY_VERIFY(says(*m_run, QStringLiteral("Something that is no Ollama answers")));
        QVERIFY(says(*m_run, QStringLiteral("is used by")));
    }
    void cancelsARequestThatTakesLong()
    {
        open(backend());
        startEngine();
        Trial trial;
        connect(
            m_bridge.get(), &EngineBridge::changed, &trial, [&](const Snapshot& snapshot) { trial.show(snapshot); });
        QTRY_VERIFY(!m_engine->snapshot().address.empty());
        trial.start(QString::fromStdString(m_engine->snapshot().address));
        connect(&trial, &Trial::changed, this, [&trial] {
            if (trial.view().phase == TrialView::Phase::Answering)
                trial.cancel();
        });
        QTRY_COMPARE(trial.view().phase, TrialView::Phase::Cancelled);
        QTRY_COMPARE(m_engine->snapshot().jobs.size(), std::size_t{0});
    }
    void saysWhyARequestFailed()
    {
        Trial trial;
        trial.start(QStringLiteral("127.0.0.1:9"));
        QTRY_COMPARE(trial.view().phase, TrialView::Phase::Failed);
        QVERIFY(!trial.view().trouble.isEmpty());
    }
    void picksTheSmallestModelThatChats_data()
    {
        QTest::addColumn<QByteArray>("tags");
        QTest::addColumn<QString>("model");
        const auto row = [](const char* name, const char* models, const char* model) {
            QTest::newRow(name) << QByteArray("{\"models\":[") + models + "]}" << QString::fromLatin1(model);
        };
        row("none", "", "");
        row("smallest", "{\"name\":\"a\",\"size\":9},{\"name\":\"b\",\"size\":3},{\"name\":\"c\",\"size\":5}", "b");
        row("no embeddings", "{\"name\":\"nomic-embed-text\",\"size\":1},{\"name\":\"b\",\"size\":3}", "b");
        row("family", "{\"name\":\"minilm\",\"size\":1,\"details\":{\"family\":\"bert\"}},{\"name\":\"b\",\"size\":3}",
            "b");
        row("capabilities", "{\"name\":\"x\",\"size\":1,\"capabilities\":[\"embedding\"]}", "");
    }
    void picksTheSmallestModelThatChats()
    {
        QFETCH(QByteArray, tags);
        QFETCH(QString, model);
        QCOMPARE(smallestModel(QJsonDocument::fromJson(tags).object()), model);
    }
    void suggestsWhatFitsWhatWasFound_data()
    {
        QTest::addColumn<int>("outcome");
        QTest::addColumn<QString>("program");
        QTest::addColumn<int>("choice");
        using enum ServerFound::Outcome;
        const auto row = [](const char* name, ServerFound::Outcome outcome, const char* program, EngineChoice choice) {
            QTest::newRow(name) << int(outcome) << QString::fromLatin1(program) << int(choice);
        };
        row("runs", Answers, "/x", EngineChoice::Use);
        row("installed", Nobody, "/x", EngineChoice::Start);
        row("nothing", Nobody, "", EngineChoice::Use);
        row("stranger", Stranger, "/x", EngineChoice::Address);
    }
    void suggestsWhatFitsWhatWasFound()
    {
        QFETCH(int, outcome);
        QFETCH(QString, program);
        QFETCH(int, choice);
        EngineFound found;
        found.answer.outcome = static_cast<ServerFound::Outcome>(outcome);
        found.program = program;
        QCOMPARE(int(suggested(found)), choice);
    }
    void nothingIsCutOnAnyStep()
    {
        open(backend());
        for (int step = 0; step < 5; ++step) {
            m_run->findChild<QStackedWidget*>()->setCurrentIndex(step);
            QApplication::processEvents();
            const auto labels = m_run->findChildren<QLabel*>();
            for (const auto* label : labels) {
                if (!label->isVisible() || label->text().isEmpty())
                    continue;
                const int needed = label->hasHeightForWidth() ? label->heightForWidth(label->width())
                                                              : label->minimumSizeHint().height();
                QVERIFY2(label->height() >= needed, qPrintable(label->text()));
            }
        }
    }
};

QTEST_MAIN(FirstRunTest)
#include "first_run_test.moc"
