// SPDX-License-Identifier: MIT
#include "app/window/models_page.h"
#include "app/window/pull_list.h"
#include "app/window/style.h"
#include "tests/support/example_snapshot.h"
#include "tests/support/fake_ollama_process.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QDateTime>
#include <QJsonArray>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QProgressBar>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTest>

#include <memory>

using namespace drover;
using namespace drover::app;
using drover::test::FakeOllamaProcess;

namespace {

constexpr int waitMs = 20'000;
constexpr std::int64_t now = 1'795'248'000'000;

Snapshot snapshotOf(std::vector<ModelView> models, const std::string& backend = "fake")
{
    Snapshot snapshot;
    snapshot.backends = {{.name = backend, .state = BackendState::Ready}};
    snapshot.backends[0].models = std::move(models);
    return snapshot;
}

QString cell(const QAbstractItemModel& model, int row, int column)
{
    return model.index(row, column).data().toString();
}

} // namespace

class ModelsPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ColorScheme::Light); }

    void writesEachCellAsPeopleReadIt_data()
    {
        QTest::addColumn<int>("column");
        QTest::addColumn<ModelView>("model");
        QTest::addColumn<QString>("text");
        const auto row = [](const char* name, int column, const ModelView& model, const char* text) {
            QTest::newRow(name) << column << model << QString::fromUtf8(text);
        };
        using M = ModelsModel;
        row("size", M::Size, {.name = "a", .bytes = 4'700'000'000}, "4.7 GB");
        row("no size", M::Size, {.name = "a"}, "");
        row("loaded, and nothing more is told", M::Memory, {.name = "a", .loaded = true}, "loaded");
        row("kind", M::Quantization, {.name = "a", .parameterSize = "8.0B", .quantization = "Q4_K_M"}, "8.0B Q4_K_M");
        row("context", M::Context, {.name = "a", .contextTokens = 131'072}, "128k");
        row("partly on the GPU", M::Memory,
            {.name = "a", .loaded = true, .memoryBytes = 5'000'000'000, .gpuBytes = 3'000'000'000},
            "5.0 GB (60 % GPU)");
        row("all on the GPU", M::Memory, {.name = "a", .loaded = true, .memoryBytes = 5, .gpuBytes = 5},
            "5 bytes (GPU)");
        row("not in memory", M::Memory, {.name = "a", .memoryBytes = 5}, "");
        row("for ever", M::Unloads, {.name = "a", .loaded = true, .expiresAt = ModelView::expiresNever}, "never");
        row("soon", M::Unloads, {.name = "a", .loaded = true, .expiresAt = now + 20'000}, "within a minute");
        row("later", M::Unloads, {.name = "a", .loaded = true, .expiresAt = now + 240'000}, "in 4 min");
        row("much later", M::Unloads, {.name = "a", .loaded = true, .expiresAt = now + 7'200'000}, "in 2 h");
        row("while it works", M::Unloads, {.name = "a", .loaded = true, .expiresAt = now - 1}, "after its jobs");
    }

    void writesEachCellAsPeopleReadIt()
    {
        QFETCH(int, column);
        QFETCH(ModelView, model);
        QFETCH(QString, text);
        ModelsModel models({});

        models.show(snapshotOf({model}), now);

        QCOMPARE(cell(models, 0, column), text);
    }

    void changesRowsInPlace()
    {
        ModelsModel models({});
        const QAbstractItemModelTester tester(&models, QAbstractItemModelTester::FailureReportingMode::QtTest);
        models.show(snapshotOf({{.name = "a"}, {.name = "b"}, {.name = "c"}}), now);
        const QPersistentModelIndex kept = models.index(2, ModelsModel::Name);
        QSignalSpy resets(&models, &QAbstractItemModel::modelReset);
        QSignalSpy changes(&models, &QAbstractItemModel::dataChanged);

        models.show(snapshotOf({{.name = "a"}, {.name = "b"}, {.name = "c"}}), now);
        const auto changesOfNothing = changes.count();
        models.show(snapshotOf({{.name = "c", .loaded = true}, {.name = "d"}, {.name = "a"}}), now);

        QCOMPARE(changesOfNothing, 0);
        QCOMPARE(resets.count(), 0);
        QCOMPARE(kept.data().toString(), QStringLiteral("c"));
        QCOMPARE(kept.row(), 0);
        QCOMPARE(cell(models, 0, ModelsModel::Memory), QStringLiteral("loaded"));
        QCOMPARE(cell(models, 1, ModelsModel::Name), QStringLiteral("d"));
        QCOMPARE(cell(models, 2, ModelsModel::Name), QStringLiteral("a"));
        QCOMPARE(models.rowCount(), 3);
    }

    void tellsWhoUsesAModel()
    {
        ModelsModel models({});

        models.show(test::exampleSnapshot(), now);

        QCOMPARE(cell(models, 0, ModelsModel::UsedBy), QStringLiteral("Zed"));
        QVERIFY(cell(models, 1, ModelsModel::UsedBy).startsWith(QStringLiteral("Open WebUI, ")));
    }

    void isDrivenByKeyboard()
    {
        FakeOllamaProcess fake(QStringLiteral(PYTHON), QStringLiteral(FAKE_OLLAMA));
        ModelShelf shelf;
        shelf.setServers({fake.server()});
        ModelsPage page(shelf);
        page.QWidget::show();
        page.show(snapshotOf({{.name = "tiny:latest", .bytes = 1}, {.name = "other:latest", .bytes = 2}}));
        auto* table = page.findChild<QTableView*>();
        QSignalSpy done(&shelf, &ModelShelf::modelsChanged);

        table->setFocus();
        QTest::keyClick(table, Qt::Key_Down);
        QTest::keyClick(table, Qt::Key_Home, Qt::ControlModifier);
        const auto chosen = table->currentIndex().data(ModelsModel::NameRole).toString();
        QTest::keyClick(table, Qt::Key_Return);
        QTRY_COMPARE_WITH_TIMEOUT(done.count(), 1, waitMs);
        const auto loaded = fake.stats()[QLatin1String("loaded")].toObject().keys();
        QTest::keyClick(table, Qt::Key_Delete);
        auto* question = page.findChild<QMessageBox*>();
        QVERIFY(question != nullptr);
        QCOMPARE(question->text(), QStringLiteral("Delete %1 from the disk?").arg(chosen));
        QTest::keyClick(question, Qt::Key_Escape);
        const auto kept = fake.stats()[QLatin1String("models")].toArray().contains(chosen);
        QTest::keyClick(table, Qt::Key_Delete);
        question = nullptr;
        for (auto* each : page.findChildren<QMessageBox*>())
            question = each->isVisible() ? each : question;
        QVERIFY(question != nullptr);
        for (auto* button : question->buttons()) {
            if (question->buttonRole(button) == QMessageBox::DestructiveRole)
                button->click();
        }
        QTRY_COMPARE_WITH_TIMEOUT(done.count(), 2, waitMs);

        QCOMPARE(loaded, QStringList{chosen});
        QVERIFY(kept);
        QVERIFY(!fake.stats()[QLatin1String("models")].toArray().contains(chosen));
    }

    void downloadsWhatSomebodyTypes()
    {
        FakeOllamaProcess fake(QStringLiteral(PYTHON), QStringLiteral(FAKE_OLLAMA));
        ModelShelf shelf;
        shelf.setServers({fake.server()});
        ModelsPage page(shelf);
        page.QWidget::show();
        auto* name = page.findChild<QLineEdit*>();

        QTest::keyClicks(name, QStringLiteral("pull-slow"));
        QTest::keyClick(name, Qt::Key_Return);
        auto* list = page.findChild<PullList*>();
        QTRY_VERIFY_WITH_TIMEOUT(list->findChild<QProgressBar*>() != nullptr, waitMs);
        auto* bar = list->findChild<QProgressBar*>();
        QTRY_VERIFY_WITH_TIMEOUT(bar->value() > 0, waitMs);
        const auto text = PullList::text(*shelf.pulls()[0]);
        buttonNamed(*list, QStringLiteral("Stop the download of pull-slow"))->click();
        const auto stopped = PullList::text(*shelf.pulls()[0]);
        buttonNamed(*list, QStringLiteral("Go on with the download of pull-slow"))->click();
        QTRY_COMPARE_WITH_TIMEOUT(shelf.pulls()[0]->state(), ModelPull::State::Done, waitMs);
        buttonNamed(*list, QStringLiteral("Take pull-slow from the list of downloads"))->click();

        QVERIFY(name->text().isEmpty());
        QVERIFY2(text.contains(QStringLiteral(" of 40 MB")), qPrintable(text));
        QVERIFY2(stopped.startsWith(QStringLiteral("stopped")), qPrintable(stopped));
        QVERIFY(shelf.pulls().empty());
    }

    void saysWhatWentWrong()
    {
        ModelShelf shelf;
        ModelsPage page(shelf);
        page.QWidget::show();

        shelf.loadModel("elsewhere", "tiny");

        bool isShown = false;
        for (const auto* label : page.findChildren<QLabel*>())
            isShown |= label->isVisible() && label->text() == QStringLiteral("elsewhere is no Ollama of the settings.");
        QVERIFY(isShown);
    }

    void copiesNamesAndManagesOnlyWhatItMay()
    {
        ModelShelf shelf; // knows no server
        ModelsPage page(shelf);
        page.QWidget::show();
        page.show(snapshotOf({{.name = "tiny:latest"}}));
        page.findChild<QTableView*>()->selectRow(0);

        QVERIFY(!buttonWithText(page, QStringLiteral("Load"))->isEnabled());
        QVERIFY(!buttonWithText(page, QStringLiteral("Delete…"))->isEnabled());
        buttonWithText(page, QStringLiteral("Copy name"))->click();

        QCOMPARE(QApplication::clipboard()->text(), QStringLiteral("tiny:latest"));
    }

    void namesEverythingThatCanBeReached()
    {
        FakeOllamaProcess fake(QStringLiteral(PYTHON), QStringLiteral(FAKE_OLLAMA));
        ModelShelf shelf;
        shelf.setServers({fake.server(), fake.server(QStringLiteral("second"))});
        ModelsPage page(shelf);
        page.QWidget::show();
        page.show(test::exampleSnapshot());
        shelf.pullModel("fake", "pull-stall");

        const auto widgets = page.findChildren<QWidget*>();
        for (auto* widget : widgets) {
            if (!widget->isVisibleTo(&page) || (widget->focusPolicy() & Qt::TabFocus) == 0)
                continue;
            auto* accessible = QAccessible::queryAccessibleInterface(widget);
            const auto name = accessible == nullptr ? QString() : accessible->text(QAccessible::Name);
            QVERIFY2(!name.isEmpty(), widget->metaObject()->className());
        }
    }

private:
    static QPushButton* buttonNamed(const QWidget& in, const QString& name)
    {
        for (auto* button : in.findChildren<QPushButton*>()) {
            if (button->accessibleName() == name)
                return button;
        }
        return nullptr;
    }

    static QPushButton* buttonWithText(const QWidget& in, const QString& text)
    {
        for (auto* button : in.findChildren<QPushButton*>()) {
            if (button->text() == text)
                return button;
        }
        return nullptr;
    }
};

QTEST_MAIN(ModelsPageTest)
#include "models_page_test.moc"
