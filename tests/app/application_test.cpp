// SPDX-License-Identifier: MIT
#include "app/application.h"
#include "app/desktop/language.h"
#include "app/window/close_question.h"
#include "app/window/quit_question.h"
#include "app/window/style.h"

#include "tests/support/example_snapshot.h"
#include "tests/support/fake_engine.h"

#include <QApplication>
#include <QCheckBox>
#include <QLabel>
#include <QLocale>
#include <QPushButton>
#include <QSettings>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;
using drover::test::FakeEngine;

/// The whole application over a fake engine, on a platform without a system tray.
class ApplicationTest : public QObject {
    Q_OBJECT

private:
    QTemporaryDir m_home;
    std::unique_ptr<SystemColors> m_colors;
    std::shared_ptr<FakeEngine::Notes> m_notes;
    std::unique_ptr<Application> m_application;

    void begin(Application::Start start = Application::Start::WithWindow)
    {
        m_application = std::make_unique<Application>(
            *qApp, *m_colors, Application::Needs{.makeEngine = [notes = m_notes](EngineHooks hooks) {
                return std::make_unique<FakeEngine>(notes, std::move(hooks));
            }});
        m_application->begin(start);
    }
    void publish(const Snapshot& snapshot)
    {
        m_notes->engine->publish(snapshot);
        QCoreApplication::processEvents();
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
        m_colors = std::make_unique<SystemColors>();
    }
    void init()
    {
        m_notes = std::make_shared<FakeEngine::Notes>();
        QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("drover"), QStringLiteral("window"))
            .clear();
    }
    void cleanup() { m_application.reset(); }

    void opensItsWindowWhereThereIsNoTray()
    {
        begin(Application::Start::InTray);
        QVERIFY(m_application->window().isVisible());
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

        QCOMPARE(m_notes->calls.count(QStringLiteral("start")), 2);
        QVERIFY(m_application->status().look().mark.face == Face::Busy);
    }
    void asksWhatBecomesOfRunningJobs()
    {
        begin();
        publish(test::exampleSnapshot());
        Q_EMIT m_application->window().quitAsked();
        QVERIFY(!m_notes->ended);

        answer<QuitQuestion>(QStringLiteral("Finish first, then quit"));
        QVERIFY(m_notes->calls.contains(QStringLiteral("drain -1")));
        QVERIFY(!m_notes->ended);

        m_notes->engine->finishDrain();
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
        QVERIFY(m_notes->calls.contains(QStringLiteral("undrain")));

        m_notes->engine->finishDrain();
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
    void finishesBeforeItEndsOnBehalfOfTheControlToken()
    {
        begin();
        publish(test::exampleSnapshot());
        m_notes->engine->hooks().shutdownRequested();
        QCoreApplication::processEvents();
        QVERIFY(m_notes->calls.contains(QStringLiteral("drain 60000")));
    }
};

QTEST_MAIN(ApplicationTest)
#include "application_test.moc"
