// SPDX-License-Identifier: MIT
#include "app/window/jobs_model.h"

#include <QAbstractItemModelTester>
#include <QPersistentModelIndex>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

#include <algorithm>
#include <random>

using namespace drover;
using namespace drover::app;
using namespace std::chrono_literals;

namespace {

JobView job(JobId id, JobState state = JobState::Waiting)
{
    JobView view;
    view.id = id;
    view.requestId = "req_" + std::to_string(id);
    view.user = "user" + std::to_string(id % 5);
    view.model = "llama3.2";
    view.state = state;
    return view;
}

Snapshot of(std::vector<JobView> jobs)
{
    Snapshot snapshot;
    std::uint32_t position = 0;
    for (auto& view : jobs)
        view.position = view.state == JobState::Waiting ? ++position : 0;
    snapshot.jobs = std::move(jobs);
    return snapshot;
}

/// The next of a sequence of pictures: some jobs end, some start, some come, some change their turn.
std::vector<JobView> later(std::vector<JobView> jobs, std::mt19937& random)
{
    static JobId newest = 1000;
    const auto chance = [&](double probability) { return std::bernoulli_distribution(probability)(random); };
    const double ends = chance(0.1) ? 0.9 : 0.1;
    std::erase_if(jobs, [&](const JobView&) { return chance(ends); });
    for (int arrivals = std::uniform_int_distribution(0, chance(0.1) ? 200 : 6)(random); arrivals > 0; --arrivals) {
        const auto place = std::uniform_int_distribution<std::ptrdiff_t>(0, std::ssize(jobs))(random);
        jobs.insert(jobs.begin() + place, job(++newest, chance(0.2) ? JobState::Running : JobState::Waiting));
    }
    if (chance(0.15))
        std::shuffle(jobs.begin(), jobs.end(), random);
    else if (jobs.size() > 3 && chance(0.5))
        std::swap(jobs[1], jobs[jobs.size() - 1]);
    for (auto& view : jobs) {
        view.waited += 100ms;
        if (chance(0.2))
            view.outputTokens += 3;
    }
    return jobs;
}

} // namespace

class JobsModelTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void equalsEverySnapshotOfARandomSequence()
    {
        JobsModel model;
        const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
        QSortFilterProxyModel sorted;
        sorted.setSourceModel(&model);
        sorted.setSortRole(JobsModel::SortRole);
        sorted.sort(JobsModel::User);
        const QAbstractItemModelTester sortedTester(&sorted, QAbstractItemModelTester::FailureReportingMode::QtTest);
        std::mt19937 random(20261121);
        std::vector<JobView> jobs;

        for (int step = 0; step < 120; ++step) {
            jobs = later(std::move(jobs), random);
            const auto snapshot = of(jobs);
            model.show(snapshot);

            QVERIFY2(model.jobs() == snapshot.jobs, qPrintable(QStringLiteral("step %1").arg(step)));
            QCOMPARE(model.rowCount(), static_cast<int>(snapshot.jobs.size()));
            QCOMPARE(sorted.rowCount(), model.rowCount());
        }
    }
    void followsAJobThroughEveryChangeOfPlace()
    {
        JobsModel model;
        QSignalSpy resets(&model, &QAbstractItemModel::modelReset);
        std::mt19937 random(7);
        auto jobs = std::vector<JobView>{job(1), job(2), job(3)};
        model.show(of(jobs));
        const QPersistentModelIndex second = model.index(1, JobsModel::User);

        for (int step = 0; step < 200; ++step) {
            jobs = later(std::move(jobs), random);
            if (std::none_of(jobs.begin(), jobs.end(), [](const JobView& view) { return view.id == 2; }))
                jobs.insert(jobs.begin() + std::ssize(jobs) / 2, job(2));
            model.show(of(jobs));

            QVERIFY(second.isValid());
            QCOMPARE(second.data(JobsModel::JobIdRole).toULongLong(), 2u);
        }
        QCOMPARE(resets.count(), 0);
    }
    void saysNothingWhenNoCellLooksDifferent()
    {
        JobsModel model;
        auto first = job(1);
        first.waited = 2100ms;
        model.show(of({first}));
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);

        first.waited = 2900ms;
        model.show(of({first}));
        QCOMPARE(changes.count(), 0);

        first.waited = 3000ms;
        model.show(of({first}));
        QCOMPARE(changes.count(), 1);
        QCOMPARE(model.jobs().front().waited, 3000ms);
    }
    void tellsOnlyTheRowsThatChanged()
    {
        JobsModel model;
        auto jobs = std::vector<JobView>{job(1), job(2), job(3), job(4)};
        model.show(of(jobs));
        QSignalSpy changes(&model, &QAbstractItemModel::dataChanged);

        jobs[1].outputTokens = 5;
        jobs[2].outputTokens = 9;
        model.show(of(jobs));

        QCOMPARE(changes.count(), 1);
        QCOMPARE(changes.front().at(0).toModelIndex().row(), 1);
        QCOMPARE(changes.front().at(1).toModelIndex().row(), 2);
    }
    void movesARowInsteadOfRemovingIt()
    {
        JobsModel model;
        model.show(of({job(1), job(2), job(3), job(4)}));
        QSignalSpy moves(&model, &QAbstractItemModel::rowsMoved);
        QSignalSpy removals(&model, &QAbstractItemModel::rowsRemoved);

        model.show(of({job(1), job(4), job(2), job(3)}));

        QCOMPARE(moves.count(), 1);
        QCOMPARE(removals.count(), 0);
    }
    void showsWhatPeopleWantToKnow()
    {
        QLocale::setDefault(QLocale(QStringLiteral("en_US")));
        auto running = job(1, JobState::Running);
        running.user = "Zed";
        running.backend = "ollama";
        running.ran = 9200ms;
        running.promptTokens = 2140;
        running.outputTokens = 312;
        running.tokensPerSecond = 36.44;
        auto waiting = job(2);
        waiting.waited = 65s;
        waiting.lane = Lane::Batch;
        JobsModel model;
        model.show(of({running, waiting}));
        const auto row = [&](int number) {
            QStringList texts;
            for (int column = 0; column < model.columnCount(); ++column)
                texts << model.index(number, column).data().toString();
            return texts.join(QLatin1Char('|'));
        };

        QCOMPARE(row(0), QStringLiteral("Running|Zed|llama3.2|9 s||2,140 + 312|36 tok/s|ollama"));
        QCOMPARE(row(1), QStringLiteral("Batch|user2|llama3.2|1 min 05 s|1|0||"));
        QCOMPARE(model.index(1, 0).data(Qt::AccessibleTextRole).toString(),
            QStringLiteral("user2, waiting for llama3.2, place 1 in the queue, batch: others go first"));
    }
};

QTEST_GUILESS_MAIN(JobsModelTest)
#include "jobs_model_test.moc"
