// SPDX-License-Identifier: MIT
#include "app/window/day_bars.h"
#include "app/window/pools_page.h"
#include "app/window/style.h"

#include "core/store/history_store.h"

#include "tests/support/history_rows.h"
#include "tests/support/memory_desk.h"
#include "tests/support/web_answers.h"

#include <QAbstractItemModelTester>
#include <QApplication>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;
using namespace drover::test;
using namespace std::chrono_literals;

namespace {

PoolView lab(PoolState state = PoolState::Connected, const std::string& reason = {})
{
    return {.name = "lab",
        .url = "wss://pool.example/api/llm/connect",
        .state = state,
        .reason = reason,
        .fix = reason.empty() ? "" : "Do something.",
        .workerName = "Attic",
        .models = {"tiny:latest", "big:1b"},
        .slots = 2,
        .latency = 12ms,
        .today = {.jobs = 3, .failed = 1, .promptTokens = 300, .outputTokens = 100, .ran = 9s},
        .total = {.jobs = 1234, .failed = 1, .promptTokens = 2'000'000, .outputTokens = 1, .ran = 9s}};
}

Snapshot with(std::vector<PoolView> pools)
{
    Snapshot snapshot;
    snapshot.state = EngineState::Ready;
    snapshot.address = "127.0.0.1:1";
    snapshot.pools = std::move(pools);
    return snapshot;
}

QPushButton* button(const QWidget& within, const QString& text)
{
    const auto all = within.findChildren<QPushButton*>();
    const auto found = std::find_if(all.begin(), all.end(),
        [&](const QPushButton* each) { return each->text() == text && each->isVisibleTo(&within); });
    return found == all.end() ? nullptr : *found;
}

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class PoolsPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ColorScheme::Light); }

    void init()
    {
        m_desk = std::make_unique<MemoryDesk>();
        m_desk->text =
            "[[pool]]\nname = \"lab\"\nurl = \"wss://pool.example/api/llm/connect\"\nkey_secret = \"pool.lab\"\n";
        m_desk->secrets["pool.lab"] = "secret";
        m_folder = std::make_unique<QTemporaryDir>();
        m_cancelled.clear();
        m_page = std::make_unique<PoolsPage>(*m_desk, m_folder->filePath(QStringLiteral("h.db")).toStdString(),
            [this](const std::vector<JobId>& jobs) { m_cancelled = jobs; });
        m_page->QWidget::show();
    }
    void cleanup() { m_page.reset(); }

    void offersWaysToJoinWhileThereIsNoPool()
    {
        m_desk->text.clear();

        m_page->show(with({}));

        QVERIFY(button(*m_page, QStringLiteral("Paste an invitation…")));
        QVERIFY(button(*m_page, QStringLiteral("Open a file…")));
        button(*m_page, QStringLiteral("Type an address…"))->click();
        QVERIFY(m_page->window()->findChild<JoinDialog*>());
    }

    void writesEachCellAsPeopleReadIt()
    {
        PoolsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);

        model.show(with({lab()}), {"lab", "home"});

        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(cell(model, 0, PoolsModel::State), QStringLiteral("connected"));
        QCOMPARE(cell(model, 0, PoolsModel::Latency), QStringLiteral("12 ms"));
        QCOMPARE(cell(model, 0, PoolsModel::JobsToday), QStringLiteral("3"));
        QCOMPARE(cell(model, 0, PoolsModel::TokensToday), QStringLiteral("400"));
        QCOMPARE(cell(model, 0, PoolsModel::TokensInAll), QStringLiteral("2.0 M"));
        QCOMPARE(cell(model, 1, PoolsModel::Name), QStringLiteral("home"));
        QCOMPARE(cell(model, 1, PoolsModel::State), QStringLiteral("waits for its key"));
        QVERIFY(model.index(0, 0).data(Qt::AccessibleTextRole).toString().startsWith(QStringLiteral("lab: connected")));
    }

    void changesRowsInPlace()
    {
        PoolsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        auto home = lab(PoolState::Connecting);
        home.name = "home";
        model.show(with({lab(), home}), {"lab", "home"});
        const QPersistentModelIndex second = model.index(1, 0);
        QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
        QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);

        model.show(with({lab(), home}), {"lab", "home"});
        QCOMPARE(changed.size(), 0);
        home.state = PoolState::Connected;
        model.show(with({home, lab()}), {"lab", "home"});

        QCOMPARE(reset.size(), 0);
        QCOMPARE(second.row(), 0);
        QCOMPARE(second.data().toString(), QStringLiteral("connected"));
        model.show(with({home}), {"home"});
        QCOMPARE(model.rowCount(), 1);
    }

    void offersTheFixOfTrouble()
    {
        QSignalSpy asked(m_page.get(), &Page::fixAsked);
        m_page->show(with({lab(PoolState::Unready, "No model is ready to be offered to this pool.")}));
        QVERIFY(!button(*m_page, QStringLiteral("Open Models"))); // two are offered
        auto bare = lab(PoolState::Unready, "No model is ready to be offered to this pool.");
        bare.models.clear();

        m_page->show(with({bare}));
        button(*m_page, QStringLiteral("Open Models"))->click();

        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.front().at(0).value<FixAction>(), FixAction::OpenModels);
    }

    void changesAKeyThatIsRefused()
    {
        m_page->show(with({lab(PoolState::Refused, "The pool refuses the key: it is wrong, or was withdrawn.")}));

        button(*m_page, QStringLiteral("Change the key…"))->click();
        auto* dialog = m_page->findChild<QDialog*>();
        QVERIFY(dialog != nullptr);
        auto* line = dialog->findChild<QLineEdit*>();
        QCOMPARE(line->echoMode(), QLineEdit::Password);
        line->setText(QStringLiteral("another"));
        dialog->accept();

        QTRY_COMPARE(m_desk->secrets.at("pool.lab"), std::string("another"));
        QCOMPARE(m_desk->settings().pools.at(0).keySecret, std::string("pool.lab"));
    }

    void leavesAfterAQuestionAndSaysWhatItRemoved()
    {
        auto busy = lab();
        busy.running = 1;
        auto snapshot = with({busy});
        snapshot.jobs = {{.id = 7, .pool = "lab", .state = JobState::Running}, {.id = 8, .state = JobState::Running}};
        m_page->show(snapshot);

        m_page->askToLeave("lab");
        auto* question = m_page->findChild<QMessageBox*>();
        QVERIFY(question != nullptr);
        QCOMPARE(question->defaultButton()->text(), QStringLiteral("Cancel"));
        button(*question, QStringLiteral("Stop them and leave"))->click();

        QCOMPARE(m_cancelled, std::vector<JobId>{7});
        QVERIFY(m_desk->settings().pools.empty());
        QVERIFY(m_desk->secrets.empty());
        const auto labels = m_page->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->text() == QLatin1String("Left lab: its settings and its key are removed. The ledger stays.");
        }));
    }

    void copiesDetailsWithoutTheKey()
    {
        m_page->show(with({lab()}));

        button(*m_page, QStringLiteral("Copy details"))->click();

        const auto text = QGuiApplication::clipboard()->text();
        QVERIFY(text.contains(QStringLiteral("wss://pool.example/api/llm/connect")));
        QVERIFY(text.contains(QStringLiteral("- big:1b")));
        QVERIFY(!text.contains(QStringLiteral("secret")));
    }

    void showsTheLedger()
    {
        FinishedJob job = finishedJob(1, QDateTime::currentMSecsSinceEpoch());
        job.job.pool = "lab";
        {
            HistoryStore store({.config = {.file = m_folder->filePath(QStringLiteral("h.db")).toStdString()}});
            store.add(job, 1ms);
        }

        m_page->show(with({lab()}));
        QTRY_COMPARE(m_page->ledger().rowCount(), 1);

        QCOMPARE(cell(m_page->ledger(), 0, LedgerModel::Pool), QStringLiteral("lab"));
        QCOMPARE(cell(m_page->ledger(), 0, LedgerModel::Output), QStringLiteral("40"));
        QVERIFY(
            m_page->findChild<DayBars*>()->accessibleDescription().startsWith(QStringLiteral("140 tokens in 1 jobs")));
        button(*m_page, QStringLiteral("Show as table"))->click();
        QVERIFY(button(*m_page, QStringLiteral("Show as chart")));
    }

    void drawsADayForEachDay()
    {
        const QDate today(2026, 3, 1);
        const auto days = DayBars::daysOf(
            {{20260301, "a", {.jobs = 1, .promptTokens = 1, .outputTokens = 2}},
                {20260301, "b", {.jobs = 1, .promptTokens = 10, .outputTokens = 20}},
                {20260228, "a", {.jobs = 2, .promptTokens = 5}}, {20250301, "a", {.jobs = 9, .promptTokens = 9}}},
            today);

        QCOMPARE(days.size(), std::size_t(DayBars::daysShown));
        QCOMPARE(days.back().tokens, std::uint64_t(33));
        QCOMPARE(days.back().jobs, std::uint64_t(2));
        QCOMPARE(days[days.size() - 2].tokens, std::uint64_t(5));
        QCOMPARE(days.front().date, today.addDays(1 - DayBars::daysShown));
        QCOMPARE(DayBars::summary(DayBars::daysOf({}, today)).left(12), QStringLiteral("No pool was "));
    }

    void joinsByTheDialog()
    {
        const WebAnswers server({{"/workers/connect", 426}});
        m_desk->text.clear();
        JoinDialog* dialog = m_page->join();
        auto* text = dialog->findChild<QPlainTextEdit*>();
        text->setPlainText(QStringLiteral("SERVER_URL=ws://127.0.0.1:%1\nWORKER_KEY=hush-hush").arg(server.port()));
        QVERIFY(text->toPlainText().isEmpty()); // no key is left in sight
        QSignalSpy closed(dialog, &QObject::destroyed);

        button(*dialog, QStringLiteral("Look for the pool"))->click();
        QTRY_VERIFY(button(*dialog, QStringLiteral("Join")));
        QVERIFY(m_desk->text.empty());
        QVERIFY(dialog->focusWidget() != button(*dialog, QStringLiteral("Join"))); // a stray key agrees to nothing
        const auto fields = dialog->findChildren<QLineEdit*>();
        for (auto* field : fields) {
            if (field->isVisible() && field->text() == QLatin1String("127.0.0.1"))
                field->setText(QStringLiteral("lab"));
        }
        button(*dialog, QStringLiteral("Join"))->click();
        QTRY_COMPARE(dialog->view().phase, JoinView::Phase::Connecting);
        QCOMPARE(m_desk->secrets.at("pool.lab"), std::string("hush-hush"));
        auto snapshot = with({lab(PoolState::Refused, "The pool refuses the key: it is wrong, or was withdrawn.")});
        m_page->show(snapshot);

        QTRY_VERIFY(button(*dialog, QStringLiteral("Change the key")));
        QVERIFY(m_desk->secrets.empty());
        button(*dialog, QStringLiteral("Close"))->click();
        QTRY_COMPARE(closed.size(), 1);
    }

    void asksNothingOfALinksServerBeforeAClick()
    {
        const WebAnswers server({}, 426);
        JoinDialog* dialog = m_page->join();

        dialog->takeLink("drover://join?s=ws%3A%2F%2F127.0.0.1%3A" + std::to_string(server.port()) + "#k=abc");
        QTest::qWait(100);

        QVERIFY(server.heard().isEmpty());
        const auto labels = dialog->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().contains(QLatin1String("from outside Drover"));
        }));
        button(*dialog, QStringLiteral("Look for the pool"))->click();
        QTRY_VERIFY(!server.heard().isEmpty());
        QVERIFY(!server.heard().contains("abc"));
        dialog->close();
    }

private:
    std::unique_ptr<MemoryDesk> m_desk;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<PoolsPage> m_page;
    std::vector<JobId> m_cancelled;
};

QTEST_MAIN(PoolsPageTest)
#include "pools_page_test.moc"
