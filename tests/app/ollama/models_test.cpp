// SPDX-License-Identifier: MIT

// What is pure about models: answers that are read, rules that decide.
#include "app/model_actions.h"
#include "app/ollama/hang_rule.h"
#include "app/ollama/model_listing.h"
#include "app/ollama/model_shelf.h"
#include "app/ollama/models_folder.h"
#include "app/ollama/ollama_service.h"
#include "app/ollama/pull_progress.h"
#include "app/ollama/slot_choice.h"

#include <QDir>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace drover::app;
using namespace std::chrono_literals;
using Phase = PullProgress::Phase;

namespace {

QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}

PullReader readAll(const QByteArray& text, qsizetype pieceBytes)
{
    PullReader reader;
    for (qsizetype at = 0; at < text.size(); at += pieceBytes)
        reader.add(text.mid(at, pieceBytes));
    return reader;
}

} // namespace

class ModelsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void readsDownloadsInPiecesOfAnySize_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<int>("phase");
        QTest::addColumn<quint64>("total");
        QTest::addColumn<quint64>("completed");
        QTest::addColumn<QString>("error");

        const QByteArray part = R"({"status":"pulling a","digest":"sha256:a","total":1000,"completed":400})"
                                "\n";
        const QByteArray second = R"({"status":"pulling b","digest":"sha256:b","total":200})"
                                  "\n";
        const auto row = [](const char* name, const QByteArray& text, Phase phase, quint64 total, quint64 completed,
                             const char* error = "") {
            QTest::newRow(name) << text << static_cast<int>(phase) << total << completed << QString::fromLatin1(error);
        };
        row("nothing yet", "", Phase::Asking, 0, 0);
        row("the manifest", "{\"status\":\"pulling manifest\"}\n", Phase::Asking, 0, 0);
        row("a part", part, Phase::Downloading, 1000, 400);
        row("two parts", part + second, Phase::Downloading, 1200, 400);
        row("a line that is not ended", part + second.left(40), Phase::Downloading, 1000, 400);
        row("checking counts as all of it", part + "{\"status\":\"verifying sha256 digest\"}\n", Phase::Checking, 1000,
            1000);
        row("success", part + "\r\n{\"status\":\"success\"}\n", Phase::Done, 1000, 1000);
        row("more than its total",
            R"({"status":"pulling a","digest":"a","total":5,"completed":9})"
            "\n",
            Phase::Downloading, 5, 5);
        row("sizes that are none",
            R"({"status":"pulling a","digest":"a","total":-5,"completed":"x"})"
            "\n",
            Phase::Downloading, 0, 0);
        row("an error", part + "{\"error\":\"no room\"}\n{\"status\":\"success\"}\n", Phase::Downloading, 1000, 400,
            "no room");
        row("no JSON", "hello\n", Phase::Asking, 0, 0, "What answers does not answer as Ollama does.");
        row("an endless line", QByteArray(70'000, 'x'), Phase::Asking, 0, 0,
            "What answers sends lines that are too long for Ollama's.");
    }

    void readsDownloadsInPiecesOfAnySize()
    {
        QFETCH(QByteArray, text);
        QFETCH(int, phase);
        QFETCH(quint64, total);
        QFETCH(quint64, completed);
        QFETCH(QString, error);

        for (const qsizetype pieceBytes : {qsizetype(1), qsizetype(7), qsizetype(100'000)}) {
            const PullReader reader = readAll(text, pieceBytes);
            QCOMPARE(static_cast<int>(reader.progress().phase), phase);
            QCOMPARE(quint64(reader.progress().total), total);
            QCOMPARE(quint64(reader.progress().completed), completed);
            QCOMPARE(reader.error(), error);
            QCOMPARE(reader.done(), phase == static_cast<int>(Phase::Done));
        }
    }

    void countsAPartThatGoesBack()
    {
        PullReader reader;
        reader.add("{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":10,\"completed\":8}\n");
        reader.add("{\"status\":\"pulling a\",\"digest\":\"a\",\"total\":10,\"completed\":2}\n");

        QCOMPARE(reader.progress().completed, std::uint64_t{2});
        QCOMPARE(reader.progress().percent(), std::optional<int>(20));
        QCOMPARE(reader.progress().missing(), std::uint64_t{8});
    }

    void tellsSpeedAndWhatIsLeft()
    {
        PullSpeed speed;
        const PullSpeed::TimePoint start{};
        for (int second = 0; second <= 4; ++second)
            speed.note(static_cast<std::uint64_t>(second) * 1000, start + std::chrono::seconds(second));

        QCOMPARE(speed.bytesPerSecond(start + 4s), 1000.0);
        QCOMPARE(speed.left(6'000, start + 4s), std::optional(6s));
        QCOMPARE(speed.silence(start + 4s), 0ms);
        QCOMPARE(speed.silence(start + 40s), 36'000ms);
        speed.note(0, start + 41s); // it went back
        QVERIFY(!speed.left(6'000, start + 41s));
    }

    void joinsWhatIsInstalledWithWhatIsLoaded()
    {
        const auto models = listedModels(json(R"({"models":[
            {"name":"b:latest","size":20,"details":{"family":"llama","parameter_size":"8.0B","quantization_level":"Q4_K_M",
             "context_length":131072}},
            {"name":"a:latest","size":10}, {"size":3}, 7],
            "loaded":[{"name":"B","size":30,"size_vram":15,"expires_at":"2319-01-01T00:00:00Z","context_length":4096},
                      {"name":"gone:latest","size":5,"size_vram":0,"expires_at":"2026-11-21T08:00:00Z"}]})"));

        QCOMPARE(models.size(), std::size_t{3});
        QCOMPARE(models[0].name, std::string("a:latest"));
        QVERIFY(!models[0].loaded);
        QCOMPARE(models[1],
            (drover::ModelView{
                "b:latest", true, 20, "llama", "8.0B", "Q4_K_M", 4096, 30, 15, drover::ModelView::expiresNever}));
        QCOMPARE(models[2].name, std::string("gone:latest"));
        QVERIFY(models[2].loaded);
        QCOMPARE(models[2].expiresAt, std::int64_t{1'795'248'000'000});
        QVERIFY(listedModels({}).empty());
    }

    void knowsOneModelByAllItsNames_data()
    {
        QTest::addColumn<QString>("one");
        QTest::addColumn<QString>("other");
        QTest::addColumn<bool>("same");
        QTest::newRow("the same") << "a"
                                  << "a" << true;
        QTest::newRow("latest") << "Tiny"
                                << "tiny:latest" << true;
        QTest::newRow("another tag") << "tiny:1b"
                                     << "tiny" << false;
        QTest::newRow("a host with a port") << "host:5000/x/tiny"
                                            << "host:5000/x/tiny:latest" << true;
        QTest::newRow("another") << "a"
                                 << "b" << false;
    }

    void knowsOneModelByAllItsNames()
    {
        QFETCH(QString, one);
        QFETCH(QString, other);
        QFETCH(bool, same);
        QCOMPARE(isSameModel(one.toStdString(), other.toStdString()), same);
    }

    void takesNamesAsPeopleTypeThem_data()
    {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QString>("name");
        QTest::newRow("plain") << " llama3.2:3b "
                               << "llama3.2:3b";
        QTest::newRow("a command") << "ollama run llama3.2"
                                   << "llama3.2";
        QTest::newRow("another") << "ollama  pull hf.co/a/b:Q4"
                                 << "hf.co/a/b:Q4";
        QTest::newRow("nothing") << "  "
                                 << "";
        QTest::newRow("two words") << "llama 3"
                                   << "";
        QTest::newRow("an option") << "--insecure"
                                   << "";
        QTest::newRow("a quote") << "a\"b"
                                 << "";
        QTest::newRow("too long") << QString(301, QLatin1Char('a')) << "";
    }

    void takesNamesAsPeopleTypeThem()
    {
        QFETCH(QString, typed);
        QFETCH(QString, name);
        QCOMPARE(modelNameTyped(typed), name);
    }

    void findsTheServiceOfAProcess_data()
    {
        QTest::addColumn<QString>("cgroup");
        QTest::addColumn<QString>("service");
        QTest::addColumn<QString>("command");
        QTest::newRow("of the system") << "0::/system.slice/ollama.service\n"
                                       << "ollama.service"
                                       << "sudo systemctl start ollama.service";
        QTest::newRow("of the person") << "0::/user.slice/user-1000.slice/user@1000.service/app.slice/ollama.service\n"
                                       << "ollama.service"
                                       << "systemctl --user start ollama.service";
        QTest::newRow("a group below") << "0::/system.slice/ollama.service/runner\n"
                                       << "ollama.service"
                                       << "sudo systemctl start ollama.service";
        QTest::newRow("version 1") << "12:pids:/system.slice/snap.ollama.service\n0::/\n"
                                   << "snap.ollama.service"
                                   << "sudo systemctl start snap.ollama.service";
        QTest::newRow("a terminal") << "0::/user.slice/user-1000.slice/user@1000.service/app.slice/vte-1.scope\n"
                                    << ""
                                    << "";
        QTest::newRow("a desktop's app") << "0::/user.slice/user@1000.service/app.slice/app-gnome-x.service\n"
                                         << ""
                                         << "";
        QTest::newRow("nothing") << ""
                                 << ""
                                 << "";
        QTest::newRow("nonsense") << ".service\n:/.service"
                                  << ""
                                  << "";
    }

    void findsTheServiceOfAProcess()
    {
        QFETCH(QString, cgroup);
        QFETCH(QString, service);
        QFETCH(QString, command);
        const OllamaService found = serviceInCgroup(cgroup.toStdString());
        QCOMPARE(QString::fromStdString(found.name), service);
        QCOMPARE(QString::fromStdString(found.startCommand), command);
    }

    void tellsAHangFromALongLoad_data()
    {
        QTest::addColumn<int>("noAnswerS");
        QTest::addColumn<int>("anyS");
        QTest::addColumn<int>("inAnswerS");
        QTest::addColumn<int>("awakeS");
        QTest::addColumn<int>("hang");
        const auto row = [](const char* name, int noAnswer, int any, int inAnswer, int awake, Hang hang) {
            QTest::newRow(name) << noAnswer << any << inAnswer << awake << static_cast<int>(hang);
        };
        row("all is well", 5, 10, 10, 9'999, Hang::No);
        row("a large model is loaded", 5, 600, 0, 9'999, Hang::No);
        row("it stopped in the middle of an answer", 5, 130, 130, 9'999, Hang::Answer);
        row("it answers nobody", 121, 0, 0, 9'999, Hang::Server);
        row("no byte for a job, and no answer to questions", 25, 121, 0, 9'999, Hang::Server);
        row("no byte for a job, and one question unanswered", 15, 121, 0, 9'999, Hang::No);
        row("the machine slept", 5'000, 5'000, 5'000, 30, Hang::No);
        row("it woke up long ago", 5, 5'000, 5'000, 130, Hang::Answer);
    }

    void tellsAHangFromALongLoad()
    {
        QFETCH(int, noAnswerS);
        QFETCH(int, anyS);
        QFETCH(int, inAnswerS);
        QFETCH(int, awakeS);
        QFETCH(int, hang);
        const HangSigns signs{.noAnswer = std::chrono::seconds(noAnswerS),
            .jobs = {std::chrono::seconds(anyS), std::chrono::seconds(inAnswerS)},
            .awake = std::chrono::seconds(awakeS)};
        QCOMPARE(static_cast<int>(hangOf(signs, 120s, 20s)), hang);
    }

    void choosesSlotsThatFitTheMachine()
    {
        constexpr std::uint64_t gibi = 1ull << 30;
        QCOMPARE(sensibleSlots(0), 1);
        QCOMPARE(sensibleSlots(8 * gibi), 1);
        QCOMPARE(sensibleSlots(16 * gibi - 300'000'000), 2); // what 16 GB shows as
        QCOMPARE(sensibleSlots(64 * gibi - 1'000'000'000), 4);
        QCOMPARE(slotsInEnvironment({"A=1", "OLLAMA_NUM_PARALLEL=3"}), 3);
        QCOMPARE(slotsInEnvironment({"OLLAMA_NUM_PARALLEL=many"}), 0);
        QCOMPARE(slotsInEnvironment({"OLLAMA_NUM_PARALLEL=0"}), 0);
        QVERIFY(physicalMemoryBytes() > 0);
    }

    void knowsWhereModelsAreAndWhenTheirDiskIsGone()
    {
        const QTemporaryDir folder;
        const QString gone = folder.filePath(QStringLiteral("disk/models"));
        const QString canBeMade = folder.filePath(QStringLiteral("models"));
        const auto named = [](const QString& path) {
            return ModelsFolderHints{.environment = {QStringLiteral("OLLAMA_MODELS=") + path}};
        };

        QCOMPARE(modelsFolder({.home = QStringLiteral("/home/a")}), QStringLiteral("/home/a/.ollama/models"));
        QCOMPARE(
            modelsFolder({.ofSystem = QStringLiteral("/m"), .home = QStringLiteral("/home/a")}), QStringLiteral("/m"));
        QCOMPARE(modelsFolder({.ofSystem = QStringLiteral("/m"), .isService = true}),
            QStringLiteral("/usr/share/ollama/.ollama/models"));
        QCOMPARE(missingModelsFolder(named(gone)), gone);
        QCOMPARE(missingModelsFolder(named(canBeMade)), QString());
        QCOMPARE(missingModelsFolder({}), QString());
        QVERIFY(freeBytes(gone).value_or(0) > 0); // of the disk that it would be on
        QVERIFY(!freeBytes({}));
    }

    void addsUpWhatIsLoaded()
    {
        drover::Snapshot snapshot;
        snapshot.backends = {{.name = "a", .state = drover::BackendState::Ready},
            {.name = "b", .kind = drover::BackendKind::OpenAi, .state = drover::BackendState::Ready}};
        snapshot.backends[0].models = {{.name = "x", .loaded = true, .memoryBytes = 10, .gpuBytes = 8},
            {.name = "y", .loaded = true, .memoryBytes = 5, .gpuBytes = 0}, {.name = "z", .memoryBytes = 99}};
        snapshot.backends[1].models = {{.name = "server's own", .loaded = true, .memoryBytes = 7, .gpuBytes = 7}};

        QCOMPARE(loadedMemory(snapshot), (LoadedMemory{2, 8}));
        snapshot.backends[0].models[0].gpuBytes = 0;
        QCOMPARE(loadedMemory(snapshot), (LoadedMemory{2, 15}));
        snapshot.backends[0].state = drover::BackendState::Down;
        QCOMPARE(loadedMemory(snapshot), LoadedMemory{});
    }
};

QTEST_GUILESS_MAIN(ModelsTest)
#include "models_test.moc"
