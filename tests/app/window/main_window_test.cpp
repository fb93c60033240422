// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"
#include "app/queue_control.h"
#include "app/window/jobs_table.h"
#include "app/window/main_window.h"
#include "app/window/now_page.h"
#include "app/window/queue_page.h"
#include "app/window/style.h"
#include "app/window/why_panel.h"
#include "app/window/wording.h"

#include "tests/support/example_snapshot.h"

#include <QAccessible>
#include <QApplication>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QStackedWidget>
#include <QTest>

using namespace drover;
using namespace drover::app;

namespace {

class NotedControl : public QueueControl {
public:
    void pause(std::optional<WallTime> until) override
    {
        calls << QStringLiteral("pause");
        pausedUntil = until;
    }
    void resume() override { calls << QStringLiteral("resume"); }
    void cancelJobs(const std::vector<JobId>& jobs) override
    {
        for (const auto job : jobs)
            calls << QStringLiteral("cancel %1").arg(job);
    }
    void startNext(JobId job) override { calls << QStringLiteral("next %1").arg(job); }
    void startRuntime() override { calls << QStringLiteral("start runtime"); }
    void startAgain() override { calls << QStringLiteral("start again"); }

    QStringList calls;
    std::optional<WallTime> pausedUntil = {};
};

Snapshot manyWaiting(int number)
{
    auto snapshot = test::exampleSnapshot();
    auto job = snapshot.jobs.back();
    for (int more = 0; more < number; ++more) {
        job.id = static_cast<JobId>(1000 + more);
        ++job.position;
        snapshot.jobs.push_back(job);
    }
    snapshot.waiting += static_cast<std::uint32_t>(number);
    return snapshot;
}

/// Text that a person can read at this moment.
QStringList visibleTexts(const QWidget& window)
{
    QStringList texts;
    const auto labels = window.findChildren<QLabel*>();
    for (const auto* label : labels)
        if (label->isVisibleTo(&window) && !label->text().isEmpty())
            texts << label->text();
    return texts;
}

QPushButton* button(const QWidget& window, const QString& text)
{
    const auto buttons = window.findChildren<QPushButton*>();
    for (auto* candidate : buttons)
        if (candidate->text() == text && candidate->isVisibleTo(&window))
            return candidate;
    return nullptr;
}

} // namespace

class MainWindowTest : public QObject {
    Q_OBJECT

private:
    NotedControl m_control;
    std::unique_ptr<MainWindow> m_window;

    JobsTable& table() const { return *m_window->findChild<JobsTable*>(); }
    void showQueue(const Snapshot& snapshot)
    {
        m_window->goToPage(PageId::Queue);
        m_window->show(snapshot);
        QApplication::processEvents();
    }

private Q_SLOTS:
    void initTestCase()
    {
        speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US")));
        applyTheme(*qApp, ColorScheme::Light);
    }
    void init()
    {
        m_control.calls.clear();
        m_window = std::make_unique<MainWindow>(m_control);
        m_window->raiseToPerson();
        QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    }

    void saysWhatGoesOn()
    {
        m_window->show(test::exampleSnapshot());

        const auto texts = visibleTexts(*m_window);
        for (const auto* wanted : {"2 running, 6 waiting (Zed, Open WebUI and 2 more).", "2 of 2", "81 tok/s", "Zed",
                 "45 tok/s", "python train.py", "and 1 more", "38 %", "184,913"})
            QVERIFY2(texts.contains(QLatin1String(wanted)), wanted);
        QVERIFY(!texts.contains(QStringLiteral("Simulated model")));
    }
    void marksASimulatedModel()
    {
        auto snapshot = test::exampleSnapshot();
        snapshot.demo = true;
        m_window->show(snapshot);
        QVERIFY(visibleTexts(*m_window).contains(QStringLiteral("Simulated model")));
    }
    void goesToPagesByKey()
    {
        auto* pages = m_window->findChild<QStackedWidget*>();
        QTest::keyClick(m_window.get(), Qt::Key_2, Qt::ControlModifier);
        QVERIFY(qobject_cast<QueuePage*>(pages->currentWidget()) != nullptr);
        QTest::keyClick(m_window.get(), Qt::Key_1, Qt::ControlModifier);
        QVERIFY(qobject_cast<NowPage*>(pages->currentWidget()) != nullptr);
    }
    void offersTheFixOfEachReason()
    {
        for (const Reason& row : reasonTable()) {
            Snapshot snapshot{.state = EngineState::Error,
                .reasonCode = std::string(row.code),
                .reasonText = std::string(row.sentence),
                .fixText = std::string(row.fix),
                .fixAction = row.action,
                .fixSetting = std::string(row.setting)};
            m_window->show(snapshot);
            auto* fix = button(*m_window, wording::button(row.action));
            const bool offered = row.action != FixAction::None && row.action != FixAction::Resume;
            QVERIFY2((fix != nullptr) == offered, row.code.data());
        }
    }
    void carriesOutEveryFix_data()
    {
        QTest::addColumn<FixAction>("action");
        QTest::addColumn<QString>("call");
        QTest::newRow("try again") << FixAction::TryAgain << QStringLiteral("start runtime start again");
        QTest::newRow("start Ollama") << FixAction::StartOllama << QStringLiteral("start runtime");
        QTest::newRow("resume") << FixAction::Resume << QStringLiteral("resume");
        QTest::newRow("undrain") << FixAction::Undrain << QStringLiteral("undrain asked");
        QTest::newRow("doctor") << FixAction::RunDoctor << QStringLiteral("doctor asked");
    }
    void carriesOutEveryFix()
    {
        QFETCH(FixAction, action);
        connect(m_window.get(), &MainWindow::undrainAsked, this,
            [this] { m_control.calls << QStringLiteral("undrain asked"); });
        connect(m_window.get(), &MainWindow::doctorAsked, this,
            [this] { m_control.calls << QStringLiteral("doctor asked"); });

        m_window->carryOut(action, {});

        QTEST(m_control.calls.join(QLatin1Char(' ')), "call");
    }
    void asksForAnotherTryWhenTheEngineCannotStart()
    {
        m_window->show({.state = EngineState::Error, .fixAction = FixAction::TryAgain});
        button(*m_window, QStringLiteral("Try again"))->click();
        QCOMPARE(m_control.calls, (QStringList{QStringLiteral("start runtime"), QStringLiteral("start again")}));

        m_window->show(test::exampleSnapshot());
        QVERIFY(button(*m_window, QStringLiteral("Try again")) == nullptr);
    }
    void opensThePanelThatExplains()
    {
        auto snapshot = test::exampleSnapshot();
        snapshot.finished = {{.job = {.user = "Zed"}, .outcome = Outcome::Refused, .reasonCode = "queue_full"}};
        m_window->show(snapshot);
        button(*m_window, QStringLiteral("Why?"))->click();

        auto* panel = m_window->findChild<WhyPanel*>();
        QVERIFY(panel != nullptr && panel->isVisible());
        QVERIFY(visibleTexts(*panel).contains(QStringLiteral("Zed: The queue is full.")));
    }
    void pausesAndResumesFromBothPages()
    {
        auto snapshot = test::exampleSnapshot();
        for (const PageId page : {PageId::Now, PageId::Queue}) {
            m_control.calls.clear();
            m_window->goToPage(page);
            snapshot.paused = false;
            m_window->show(snapshot);
            const auto choices = button(*m_window, QStringLiteral("Pause"))->menu()->actions();
            QCOMPARE(choices.size(), 4);
            choices.back()->trigger();
            QVERIFY(!m_control.pausedUntil.has_value());
            snapshot.paused = true;
            m_window->show(snapshot);
            button(*m_window, QStringLiteral("Resume"))->click();
            QCOMPARE(m_control.calls, (QStringList{QStringLiteral("pause"), QStringLiteral("resume")}));
        }
    }
    void pausesForTheTimeThatWasChosen()
    {
        using namespace std::chrono_literals;
        m_window->show(test::exampleSnapshot());
        const auto choices = button(*m_window, QStringLiteral("Pause"))->menu()->actions();
        const auto before = WallTime::clock::now();

        choices.at(0)->trigger();
        const auto quarter = *m_control.pausedUntil;
        choices.at(1)->trigger();
        const auto hour = *m_control.pausedUntil;
        choices.at(2)->trigger();
        const auto morning = *m_control.pausedUntil;

        const auto after = WallTime::clock::now();
        QVERIFY(quarter >= before + 15min && quarter <= after + 15min);
        QVERIFY(hour >= before + 1h && hour <= after + 1h);
        QVERIFY(morning > before + 7h && morning < after + 33h);
    }
    void saysUntilWhenItIsPaused()
    {
        auto snapshot = test::exampleSnapshot();
        snapshot.paused = true;
        const QDateTime end(QDate::currentDate(), QTime(23, 59));
        snapshot.pausedUntil = end.toMSecsSinceEpoch();
        showQueue(snapshot);

        const auto time = QLocale().toString(end.time(), QLocale::ShortFormat);
        QVERIFY(visibleTexts(*m_window).contains(
            QStringLiteral("The queue is paused until %1: running jobs finish, the others wait.").arg(time)));
        QVERIFY(button(*m_window, QStringLiteral("Resume"))->toolTip().contains(time));
    }
    void tellsHowToConnectWhenNobodyAsks()
    {
        Snapshot snapshot{.state = EngineState::Ready, .address = "127.0.0.1:11435"};
        showQueue(snapshot);
        QVERIFY(visibleTexts(*m_window).contains(QStringLiteral("http://127.0.0.1:11435")));
        QVERIFY(!table().isVisible());

        showQueue(test::exampleSnapshot());
        QVERIFY(table().isVisible());
    }
    void cancelsTheSelectedJobByKey()
    {
        showQueue(test::exampleSnapshot());
        table().selectRow(3);
        QTest::keyClick(&table(), Qt::Key_Delete);
        QCOMPARE(m_control.calls, QStringList{QStringLiteral("cancel 105")});
    }
    void asksBeforeItCancelsSeveral()
    {
        showQueue(test::exampleSnapshot());
        table().selectAll();
        QTest::keyClick(&table(), Qt::Key_Delete);
        QVERIFY(m_control.calls.isEmpty());

        auto* question = table().findChild<QMessageBox*>();
        QVERIFY(question != nullptr);
        QCOMPARE(question->text(), QStringLiteral("Cancel 8 jobs?"));
        button(*question, QStringLiteral("Cancel them"))->click();
        QCOMPARE(m_control.calls.size(), 8);
    }
    void letsAWaitingJobStartNext()
    {
        showQueue(test::exampleSnapshot());
        auto* next = button(*m_window, QStringLiteral("Start next"));
        table().selectRow(0);
        QVERIFY(!next->isEnabled());
        table().selectRow(5);
        next->click();
        QCOMPARE(m_control.calls, QStringList{QStringLiteral("next 109")});
    }
    void keepsSelectionAndPlaceWhileJobsComeAndGo()
    {
        auto snapshot = manyWaiting(500);
        showQueue(snapshot);
        table().selectRow(200);
        table().verticalScrollBar()->setValue(5000);
        const auto selected = table().selectedJobs();

        for (int step = 0; step < 20; ++step) {
            snapshot.jobs.erase(snapshot.jobs.begin() + 2);
            auto newest = snapshot.jobs.back();
            newest.id += 1;
            snapshot.jobs.push_back(newest);
            showQueue(snapshot);
        }

        QCOMPARE(table().selectedJobs(), selected);
        QVERIFY(table().verticalScrollBar()->value() > 4000);
    }
    void sortsByKeyboardAndBack()
    {
        showQueue(test::exampleSnapshot());
        const auto firstUser = [this] { return table().model()->index(0, JobsModel::User).data().toString(); };
        QMenu ways;
        table().addSortRows(ways);
        const auto choose = [&](const QString& way) {
            const auto rows = ways.actions();
            for (auto* row : rows)
                if (row->text() == way)
                    row->trigger();
        };

        choose(QStringLiteral("App"));
        QCOMPARE(firstUser(), QStringLiteral("Obsidian"));
        choose(QStringLiteral("App"));
        QCOMPARE(firstUser(), QStringLiteral("Zed"));
        choose(QStringLiteral("In their turn"));
        QCOMPARE(firstUser(), QStringLiteral("Zed"));
        QCOMPARE(table().model()->index(1, JobsModel::User).data().toString(), QStringLiteral("Open WebUI"));
    }
    void namesEverythingThatCanBeReached()
    {
        m_window->show(test::exampleSnapshot());
        for (const PageId page : {PageId::Now, PageId::Queue}) {
            m_window->goToPage(page);
            const auto widgets = m_window->findChildren<QWidget*>();
            for (auto* widget : widgets) {
                if (!widget->isVisibleTo(m_window.get()) || (widget->focusPolicy() & Qt::TabFocus) == 0)
                    continue;
                auto* accessible = QAccessible::queryAccessibleInterface(widget);
                const auto name = accessible == nullptr ? QString() : accessible->text(QAccessible::Name);
                QVERIFY2(!name.isEmpty(), widget->metaObject()->className());
            }
        }
    }
    void leavesClosingToTheApplication()
    {
        QSignalSpy asked(m_window.get(), &MainWindow::closeAsked);
        m_window->close();
        QVERIFY(m_window->isVisible());
        QCOMPARE(asked.count(), 1);
    }
};

QTEST_MAIN(MainWindowTest)
#include "main_window_test.moc"
