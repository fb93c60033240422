// SPDX-License-Identifier: MIT
#include "app/application.h"
#include "app/desktop/language.h"
#include "app/window/close_question.h"
#include "app/window/jobs_table.h"
#include "app/window/link_sheet.h"
#include "app/window/page.h"
#include "app/window/queue_page.h"
#include "app/window/quit_question.h"
#include "app/window/style.h"

#include "tests/support/example_snapshot.h"
#include "tests/support/fake_engine.h"

#include <QApplication>
#include <QCheckBox>
#include <QFile>
#include <QFileOpenEvent>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QStackedWidget>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace drover;
using namespace drover::app;

namespace {

/// An engine that the application owns, and what a test knows of it, which outlives it.
class OwnedEngine : public FakeEngine {
public:
    struct Notes {
        Result<> started = {}; ///< what `start` answers
        int starts = 0;
        bool ended = false;
        OwnedEngine* engine = nullptr; ///< the newest; dangles once it ended
        EngineHooks hooks = {};
    };

    OwnedEngine(std::shared_ptr<Notes> notes, EngineHooks hooks)
        : m_notes(std::move(notes))
    {
        m_notes->engine = this;
        m_notes->ended = false;
        m_notes->hooks = std::move(hooks);
    }
    ~OwnedEngine() override { m_notes->ended = true; }

    Result<> start() override
    {
        ++m_notes->starts;
        return m_notes->started;
    }

    bool wasTold(const std::string& command) const { return std::ranges::find(told, command) != told.end(); }

private:
    std::shared_ptr<Notes> m_notes; ///< shared with the test
};

} // namespace

/// The whole application over a fake engine, on a platform without a system tray.
class ApplicationTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;
    Places m_places;
    std::unique_ptr<SystemColors> m_colors;
    std::shared_ptr<OwnedEngine::Notes> m_notes;
    std::unique_ptr<Application> m_application;

    void begin(Application::Start start = Application::Start::WithWindow)
    {
        m_application = std::make_unique<Application>(*qApp, *m_colors,
            Application::Needs{.places = m_places,
                .source = SettingsSource(m_places, {}, {}),
                .makeEngine = [notes = m_notes](Config,
                                  EngineHooks hooks) { return std::make_unique<OwnedEngine>(notes, std::move(hooks)); },
                .useKeyring = SecretStore::UseKeyring::No});
        m_application->begin(start);
    }
    void publish(const Snapshot& snapshot)
    {
        m_notes->engine->show(snapshot);
        QCoreApplication::processEvents();
    }
    void writeSettings(const QByteArray& text)
    {
        QFile file(QString::fromStdString(m_places.settingsFile));
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(text), text.size());
    }
    template <class Question> void answer(const QString& text)
    {
        auto* question = m_application->window().findChild<Question*>();
        QVERIFY(question != nullptr);
        const auto buttons = question->buttons();
        for (auto* button : buttons)
            if (button->text() == text)
                button->click();
        QCoreApplication::processEvents();
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
    }

private Q_SLOTS:
    void initTestCase()
    {
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_home.path());
        speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US")));
        m_places = findPlaces({{"DROVER_HOME", m_home.path().toStdString()}});
        m_colors = std::make_unique<SystemColors>();
    }
    void init()
    {
        m_notes = std::make_shared<OwnedEngine::Notes>();
        QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("drover"), QStringLiteral("window"))
            .clear();
    }
    void cleanup()
    {
        m_application.reset();
        QFile::remove(QString::fromStdString(m_places.settingsFile));
    }

    void opensItsWindowWhereThereIsNoTray()
    {
        begin(Application::Start::InTray);
        QVERIFY(m_application->window().isVisible());
    }
    void aSecondStartRaisesItsWindow()
    {
        begin();
        m_application->window().hide();

        m_application->startedAgain({QStringLiteral("--hidden")});
        QVERIFY(!m_application->window().isVisible());

        m_application->startedAgain({QStringLiteral("--demo")});
        QVERIFY(m_application->window().isVisible());
    }
    void aLinkOpensItsPage()
    {
        begin();
        const auto page = [this] {
            return static_cast<Page*>(m_application->window().findChild<QStackedWidget*>()->currentWidget())->name().id;
        };
        m_application->window().hide();

        m_application->startedAgain({QStringLiteral("--hidden"), QStringLiteral("drover://open/queue")});
        QVERIFY(m_application->window().isVisible());
        QVERIFY(page() == PageId::Queue);

        m_application->startedAgain({QStringLiteral("drover://open/playground")});
        QVERIFY(page() == PageId::Queue);

        QFileOpenEvent macLink(QUrl(QStringLiteral("drover://open/now")));
        QCoreApplication::sendEvent(qApp, &macLink);
        QVERIFY(page() == PageId::Now);
    }
    void aLinkThatDoesSomethingAsksFirst()
    {
        begin();
        publish(test::exampleSnapshot());
        m_application->startedAgain({QStringLiteral("--hidden"), QStringLiteral("drover://pause?for=15m")});
        QVERIFY(m_application->window().isVisible());
        QVERIFY(!m_notes->engine->wasTold("pause"));

        auto* sheet = m_application->window().findChild<LinkSheet*>();
        QVERIFY(sheet != nullptr);
        QVERIFY(sheet->text().contains(QStringLiteral("15 min")));
        QVERIFY(sheet->informativeText().contains(QStringLiteral("web page")));
        answer<LinkSheet>(QStringLiteral("Cancel"));
        QVERIFY(!m_notes->engine->wasTold("pause"));

        m_application->startedAgain({QStringLiteral("drover://pause?for=15m")});
        const auto before = WallTime::clock::now();
        answer<LinkSheet>(QStringLiteral("Pause"));
        QVERIFY(m_notes->engine->wasTold("pause"));
        QVERIFY(*m_notes->engine->pausedUntil >= before + std::chrono::minutes(15));

        m_application->startedAgain({QStringLiteral("drover://resume")});
        answer<LinkSheet>(QStringLiteral("Resume"));
        QVERIFY(m_notes->engine->wasTold("resume"));
    }
    void aLinkShowsItsJob()
    {
        begin();
        publish(test::exampleSnapshot());
        m_application->startedAgain({QStringLiteral("drover://queue/105")});
        answer<LinkSheet>(QStringLiteral("Show in the queue"));
        QCOMPARE(m_application->window().findChild<QueuePage*>()->findChild<JobsTable*>()->selectedJobs(),
            std::vector<JobId>{105});

        m_application->startedAgain({QStringLiteral("drover://queue/105")});
        answer<LinkSheet>(QStringLiteral("Cancel the job"));
        QVERIFY(m_notes->engine->wasTold("cancelJob 105"));

        m_application->startedAgain({QStringLiteral("drover://queue/99999")});
        auto* sheet = m_application->window().findChild<LinkSheet*>();
        QVERIFY(sheet->text().contains(QStringLiteral("not in the queue")));
    }
    void saysWhyItDoesNotFollowALink()
    {
        begin();
        m_application->window().hide();
        for (const auto& link :
            {QStringLiteral("drover://join?c=1"), QStringLiteral("drover://open/") + QString(5000, QLatin1Char('x'))}) {
            m_application->startedAgain({link});
            QVERIFY(m_application->window().isVisible());
            auto* sheet = m_application->window().findChild<LinkSheet*>();
            QVERIFY(sheet != nullptr);
            QVERIFY(!sheet->informativeText().contains(QStringLiteral("xxx")));
            QVERIFY(sheet->informativeText().endsWith(QLatin1Char('.')));
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(m_application->window().findChildren<LinkSheet*>().size(), 1);
    }
    void showsWhatTheEngineTells()
    {
        begin();
        publish(test::exampleSnapshot());
        QCOMPARE(m_application->status().look().mark.filled, 2);
    }
    void showsWhyTheEngineCannotStartAndTriesAgain()
    {
        m_notes->started = fail(Errc::PortTaken, "127.0.0.1:11435 is taken by ollama.");
        begin();
        QVERIFY(m_application->status().look().mark.face == Face::Error);
        QCOMPARE(m_application->status().look().statusLine, QStringLiteral("Another program is using the port."));

        m_notes->started = {};
        QPushButton* again = nullptr;
        const auto buttons = m_application->window().findChildren<QPushButton*>();
        for (auto* button : buttons)
            if (button->text() == QStringLiteral("Try again"))
                again = button;
        again->click();
        publish(test::exampleSnapshot());

        QCOMPARE(m_notes->starts, 2);
        QTRY_VERIFY(m_application->status().look().mark.face == Face::Busy);
    }
    void asksWhatBecomesOfRunningJobs()
    {
        begin();
        publish(test::exampleSnapshot());
        Q_EMIT m_application->window().quitAsked();
        QVERIFY(!m_notes->ended);

        answer<QuitQuestion>(QStringLiteral("Finish first, then quit"));
        QCOMPARE(m_notes->engine->drainLimit, std::chrono::milliseconds(-1));
        QVERIFY(!m_notes->ended);

        m_notes->engine->drained();
        QCoreApplication::processEvents();
        QVERIFY(m_notes->ended);
    }
    void stopsAtOnceWhenToldSo()
    {
        begin();
        publish(test::exampleSnapshot());
        Q_EMIT m_application->window().quitAsked();
        answer<QuitQuestion>(QStringLiteral("Stop now and quit"));
        QVERIFY(m_notes->ended);
    }
    void goesOnWhenThePersonChangesTheirMind()
    {
        begin();
        publish(test::exampleSnapshot());
        Q_EMIT m_application->window().quitAsked();
        answer<QuitQuestion>(QStringLiteral("Finish first, then quit"));
        Q_EMIT m_application->window().quitAsked();
        answer<QuitQuestion>(QStringLiteral("Do not quit"));
        QVERIFY(m_notes->engine->wasTold("undrain"));

        m_notes->engine->drained();
        QCoreApplication::processEvents();
        QVERIFY(!m_notes->ended);
    }
    void quitsWithoutAskingWhenNothingRuns()
    {
        begin();
        publish({.state = EngineState::Ready, .address = "127.0.0.1:11435"});
        Q_EMIT m_application->window().quitAsked();
        QVERIFY(m_notes->ended);
    }
    void asksOnceWhatClosingMeansWithoutATray()
    {
        begin();
        publish({.state = EngineState::Ready, .address = "127.0.0.1:11435"});
        m_application->window().close();
        QVERIFY(!m_notes->ended);
        m_application->window().findChild<CloseQuestion*>()->checkBox()->click();
        answer<CloseQuestion>(QStringLiteral("Keep running, minimised"));
        QVERIFY(m_application->window().isMinimized());

        m_application->window().raiseToPerson();
        m_application->window().close();
        QVERIFY(m_application->window().findChild<CloseQuestion*>() == nullptr);
        QVERIFY(m_application->window().isMinimized());
        QVERIFY(!m_notes->ended);
    }
    void remembersTheWindowsSize()
    {
        begin();
        m_application->window().resize(1100, 700);
        Q_EMIT m_application->window().quitAsked();
        m_application.reset();
        begin();
        QCOMPARE(m_application->window().size(), QSize(1100, 700));
    }
    void showsALineThatIsWrongInTheSettings()
    {
        writeSettings("[proxy]\nno_such_key = 1\n");
        begin();
        QCOMPARE(m_notes->starts, 0);
        QCOMPARE(m_application->status().look().statusLine, QStringLiteral("A setting is not right."));
        const auto labels = m_application->window().findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
            [](const QLabel* label) { return label->text().contains(QStringLiteral("no_such_key")); }));
    }
    void startsOnceTheSettingsAreRight()
    {
        writeSettings("[proxy]\nno_such_key = 1\n");
        begin();
        writeSettings("");
        m_application->reload();
        QCOMPARE(m_notes->starts, 1);
    }
    void endsAtOnceWhenToldTwice()
    {
        begin();
        publish(test::exampleSnapshot());
        m_application->stop();
        QVERIFY(!m_notes->ended);
        m_application->stop();
        QVERIFY(m_notes->ended);
    }
    void finishesBeforeItEndsOnBehalfOfTheControlToken()
    {
        begin();
        publish(test::exampleSnapshot());
        m_notes->hooks.shutdownRequested();
        QCoreApplication::processEvents();
        QCOMPARE(m_notes->engine->drainLimit, std::chrono::milliseconds(60'000));
        QVERIFY(!m_notes->ended);
    }
};

QTEST_MAIN(ApplicationTest)
#include "application_test.moc"
