// SPDX-License-Identifier: MIT
#include "app/ollama/model_shelf.h"
#include "tests/support/fake_ollama_process.h"

#include <QJsonArray>
#include <QSignalSpy>
#include <QTest>

#include <memory>

using namespace drover::app;
using drover::test::FakeOllamaProcess;
using State = ModelPull::State;

namespace {

constexpr int waitMs = 20'000;

} // namespace

class ModelShelfTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_fake = std::make_unique<FakeOllamaProcess>(QStringLiteral(PYTHON), QStringLiteral(FAKE_OLLAMA));
        QVERIFY(m_fake->port() > 0);
        m_shelf = std::make_unique<ModelShelf>();
        m_shelf->setServers({m_fake->server()});
    }

    void loadsAndUnloadsAndTellsWhatIsUnderWay()
    {
        QSignalSpy changed(m_shelf.get(), &ModelShelf::modelsChanged);

        m_shelf->loadModel("fake", "tiny:latest");
        const auto while1 = m_shelf->workOn("fake", "tiny:latest");
        QVERIFY(changed.wait(waitMs));
        const auto after = m_shelf->workOn("fake", "tiny:latest");
        const auto loaded = loadedThere();
        m_shelf->unloadModel("fake", "tiny:latest");
        QVERIFY(changed.wait(waitMs));

        QCOMPARE(while1, std::optional(ModelWork::Loading));
        QVERIFY(!after);
        QCOMPARE(loaded, QStringList{QStringLiteral("tiny:latest")});
        QCOMPARE(loadedThere(), QStringList());
    }

    void loadsOneThatOnlyEmbedsToo()
    {
        QSignalSpy changed(m_shelf.get(), &ModelShelf::modelsChanged);
        QSignalSpy failed(m_shelf.get(), &ModelShelf::failed);

        m_shelf->keepLoaded("fake", "tiny-embed:latest");
        QVERIFY(changed.wait(waitMs));

        QVERIFY(failed.isEmpty());
        QCOMPARE(loadedThere(), QStringList{QStringLiteral("tiny-embed:latest")});
    }

    void freesTheMemoryOfEveryModelThatIsLoaded()
    {
        QSignalSpy changed(m_shelf.get(), &ModelShelf::modelsChanged);
        m_shelf->loadModel("fake", "tiny:latest");
        m_shelf->loadModel("fake", "other:latest");
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 2, waitMs);
        drover::Snapshot snapshot;
        snapshot.backends = {{.name = "fake", .state = drover::BackendState::Ready}};
        snapshot.backends[0].models = {
            {.name = "tiny:latest", .loaded = true}, {.name = "other:latest", .loaded = true}, {.name = "big:latest"}};
        m_shelf->show(snapshot);

        m_shelf->freeMemory();
        QTRY_COMPARE_WITH_TIMEOUT(changed.count(), 4, waitMs);

        QCOMPARE(loadedThere(), QStringList());
    }

    void saysInWordsWhatCannotBeDone()
    {
        QSignalSpy failed(m_shelf.get(), &ModelShelf::failed);

        m_shelf->removeModel("fake", "nope");
        QVERIFY(failed.wait(waitMs));
        m_shelf->loadModel("elsewhere", "tiny");

        QCOMPARE(failed.at(0).at(0).toString(), QStringLiteral("There is no model nope on fake."));
        QCOMPARE(failed.at(1).at(0).toString(), QStringLiteral("elsewhere is no Ollama of the settings."));
    }

    void downloadsOneAfterTheOther()
    {
        QSignalSpy pulled(m_shelf.get(), &ModelShelf::pulled);
        m_shelf->pullModel("fake", "pull-slow");
        m_shelf->pullModel("fake", "ollama pull second");
        QCOMPARE(m_shelf->pulls().size(), std::size_t{2});

        const auto first = m_shelf->pulls()[0]->state();
        const auto second = m_shelf->pulls()[1]->state();
        QTRY_COMPARE_WITH_TIMEOUT(pulled.count(), 2, waitMs);

        QCOMPARE(first, State::Running);
        QCOMPARE(second, State::Waiting);
        QCOMPARE(pulled.at(0).at(0).toString(), QStringLiteral("pull-slow"));
        QCOMPARE(pulled.at(1).at(0).toString(), QStringLiteral("second"));
    }

    void stopsADownloadAndGoesOnFromThere()
    {
        m_shelf->pullModel("fake", "pull-slow");
        QTRY_VERIFY_WITH_TIMEOUT(m_shelf->pulls()[0]->progress().completed >= 2'000'000, waitMs);

        m_shelf->cancelPull(0);
        const auto stopped = m_shelf->pulls()[0]->state();
        const auto had = m_shelf->pulls()[0]->progress().completed;
        m_shelf->pullModel("fake", "pull-slow"); // asking again is the same as going on
        QTRY_VERIFY_WITH_TIMEOUT(m_shelf->pulls()[0]->progress().completed > 0, waitMs);
        const auto first = m_shelf->pulls()[0]->progress().completed;
        m_shelf->clearPull(0);

        QCOMPARE(stopped, State::Cancelled);
        QVERIFY(first >= had);
        QVERIFY(m_shelf->pulls().empty());
    }

    void tellsWhyADownloadFailed_data()
    {
        QTest::addColumn<QString>("model");
        QTest::addColumn<QString>("words");
        QTest::newRow("unknown") << "nowhere"
                                 << "There is no model nowhere to download.";
        QTest::newRow("Ollama says") << "pull-error"
                                     << "digest mismatch";
        QTest::newRow("cut") << "pull-cut"
                             << "broke off";
        QTest::newRow("nonsense") << "pull-garbage"
                                  << "does not answer as Ollama does";
    }

    void tellsWhyADownloadFailed()
    {
        QFETCH(QString, model);
        QFETCH(QString, words);
        m_shelf->pullModel("fake", model.toStdString());

        QTRY_COMPARE_WITH_TIMEOUT(m_shelf->pulls()[0]->state(), State::Failed, waitMs);

        QVERIFY2(m_shelf->pulls()[0]->trouble().contains(words), qPrintable(m_shelf->pulls()[0]->trouble()));
    }

    void endsADownloadThatCannotFit()
    {
        auto server = m_fake->server();
        server.modelsFolder = QStringLiteral("/models");
        ModelPull pull(server, QStringLiteral("pull-slow"), [] { return std::uint64_t{1'041'000'000}; });

        pull.start();
        QTRY_VERIFY_WITH_TIMEOUT(pull.state() != State::Running, waitMs);

        QCOMPARE(pull.state(), State::Failed);
        QVERIFY2(
            pull.trouble().contains(QStringLiteral("pull-slow needs 40 MB more, and only 1.0 GB are free in /models")),
            qPrintable(pull.trouble()));
    }

    void endsWhatIsUnderWayAtAServerThatGoes()
    {
        m_shelf->pullModel("fake", "pull-stall");
        QTRY_VERIFY_WITH_TIMEOUT(m_shelf->pulls()[0]->progress().completed > 0, waitMs);

        m_shelf->setServers({});

        QCOMPARE(m_shelf->pulls()[0]->state(), State::Cancelled);
    }

private:
    QStringList loadedThere() const { return m_fake->stats()[QLatin1String("loaded")].toObject().keys(); }

    std::unique_ptr<FakeOllamaProcess> m_fake;
    std::unique_ptr<ModelShelf> m_shelf;
};

QTEST_GUILESS_MAIN(ModelShelfTest)
#include "model_shelf_test.moc"
