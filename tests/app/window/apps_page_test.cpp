// SPDX-License-Identifier: MIT
#include "app/apps/app_keys.h"
#include "app/apps/app_rules.h"
#include "app/queue_control.h"
#include "app/window/apps_page.h"
#include "app/window/connect_dialog.h"
#include "app/window/keys_dialog.h"
#include "app/window/rule_panel.h"
#include "app/window/style.h"

#include <QAccessible>
#include <QAccessibleInterface>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMenu>
#include <QMessageBox>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;
using namespace std::chrono_literals;

namespace {

class NotedControl : public QueueControl {
public:
    void pause(std::optional<WallTime>) override { }
    void resume() override { }
    void cancelJobs(const std::vector<JobId>& jobs) override { cancelled = jobs; }
    void startNext(JobId) override { }
    void startAgain() override { }
    void startRuntime() override { }

    std::vector<JobId> cancelled;
};

Snapshot example(int apps = 3)
{
    Snapshot snapshot;
    snapshot.address = "127.0.0.1:4711";
    for (int i = 0; i < apps; ++i) {
        UserView user{.name = "app " + std::to_string(i), .source = IdentitySource::Process};
        user.requests = static_cast<std::uint64_t>(10 - i);
        user.lastSeen = std::chrono::minutes(i + 1);
        user.share = 1.0 / apps;
        snapshot.users.push_back(user);
    }
    return snapshot;
}

template <class Widget> Widget* named(const QWidget& in, const QString& name)
{
    for (auto* each : in.findChildren<Widget*>())
        if (each->accessibleName() == name)
            return each;
    return nullptr;
}

QPushButton* button(const QWidget& in, const QString& text)
{
    for (auto* each : in.findChildren<QPushButton*>())
        if (each->text() == text && each->isVisibleTo(&in))
            return each;
    return nullptr;
}

} // namespace

class AppsPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ColorScheme::Light); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("drover.toml")).toStdString();
        m_control.cancelled.clear();
        m_page = std::make_unique<AppsPage>(m_control, SettingsSource({}, {}, {}, m_file));
        m_page->resize(792, 640);
        m_page->QWidget::show();
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
    }
    void cleanup() { m_page.reset(); }

    void rowsChangeInPlaceAndKeepTheSelection()
    {
        m_page->show(example(60));
        table()->selectRow(7);
        const auto chosen = table()->currentIndex().data(AppsModel::NameRole).toString();
        QSignalSpy resets(table()->model(), &QAbstractItemModel::modelReset);
        QSignalSpy changes(table()->model(), &QAbstractItemModel::dataChanged);

        auto later = example(60);
        later.users[3].requests = 99;
        later.users.erase(later.users.begin() + 40);
        later.users.push_back({.name = "new one"});
        m_page->show(later);

        QCOMPARE(resets.count(), 0);
        QCOMPARE(changes.count(), 1);
        QCOMPARE(table()->model()->rowCount(), 60);
        QCOMPARE(table()->currentIndex().data(AppsModel::NameRole).toString(), chosen);
    }

    void aRuleIsSetByKeyboardAndReset()
    {
        m_page->show(example());
        table()->setFocus();
        QTest::keyClick(table(), Qt::Key_Down);
        auto* panel = m_page->findChild<RulePanel*>();
        QVERIFY(panel->isVisible());
        const auto app = panel->app();

        QTest::keyClick(table(), Qt::Key_Return);
        QTest::keyClicks(QApplication::focusWidget(), QStringLiteral("3"));
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Tab);

        QTRY_VERIFY(ruleOf(app).weight == 3);
        auto changed = example();
        for (auto& user : changed.users)
            if (user.name == app)
                user.rule = ruleOf(app);
        m_page->show(changed);
        QTest::mouseClick(button(*panel, QStringLiteral("Reset")), Qt::LeftButton);
        QCOMPARE(rulesIn(text())->size(), std::size_t(0));
    }

    void whatIsTypedWrongIsSaidAndNotWritten()
    {
        m_page->show(example());
        table()->selectRow(0);
        auto* cap = named<QLineEdit>(*m_page, QStringLiteral("Tokens a day"));

        cap->setFocus();
        QTest::keyClicks(cap, QStringLiteral("lots"));
        QTest::keyClick(cap, Qt::Key_Return);

        const auto troubles = m_page->findChildren<QLabel*>(QStringLiteral("trouble"));
        QVERIFY(std::ranges::any_of(
            troubles, [](const QLabel* label) { return label->text().startsWith(QStringLiteral("cap must be")); }));
        QVERIFY(text().empty());
        m_page->show(example()); // what is being typed stays
        QCOMPARE(cap->text(), QStringLiteral("lots"));
    }

    void blocksAndUnblocks()
    {
        m_page->show(example());
        table()->selectRow(0);
        const auto app = m_page->findChild<RulePanel*>()->app();
        auto* block = m_page->findChild<QCheckBox*>();

        block->setFocus();
        QTest::keyClick(block, Qt::Key_Space);
        QVERIFY(ruleOf(app).blocked);
        QTest::keyClick(block, Qt::Key_Space);

        QVERIFY(!ruleOf(app).blocked);
    }

    void theRuleOfAnotherAppIsNotMixedUp()
    {
        m_page->show(example());
        table()->selectRow(0);
        const auto first = m_page->findChild<RulePanel*>()->app();
        auto* models = named<QLineEdit>(*m_page, QStringLiteral("Models"));
        models->setFocus();
        QTest::keyClicks(models, QStringLiteral("llama*"));

        table()->selectRow(1);

        const auto rules = rulesIn(text());
        QCOMPARE(rules->size(), std::size_t(1));
        QCOMPARE(rules->front().name, first);
        QVERIFY(models->text().isEmpty());
    }

    void cancelsEveryJobOfAnApp()
    {
        auto snapshot = example();
        snapshot.users[0].running = 1;
        snapshot.jobs = {{.id = 4, .user = "app 0"}, {.id = 5, .user = "app 1"}, {.id = 6, .user = "app 0"}};
        m_page->show(snapshot);
        selectApp(QStringLiteral("app 0"));

        QTest::keyClick(table(), Qt::Key_Delete);
        auto* question = m_page->findChild<QMessageBox*>();
        QVERIFY(question);
        QTest::mouseClick(button(*question, QStringLiteral("Cancel them")), Qt::LeftButton);

        QVERIFY((m_control.cancelled == std::vector<JobId>{4, 6}));
    }

    void sortsByKeyboard()
    {
        m_page->show(example());
        auto* menu = button(*m_page, QStringLiteral("Sort by"))->menu();

        for (auto* action : menu->actions())
            if (action->text() == QStringLiteral("Requests"))
                action->trigger();

        QCOMPARE(table()->model()->index(0, 0).data(AppsModel::NameRole).toString(), QStringLiteral("app 0"));
        QCOMPARE(table()->model()->index(2, 0).data(AppsModel::NameRole).toString(), QStringLiteral("app 2"));
    }

    void aKeyIsShownOnceAndKeptAsAHash()
    {
        m_page->openKeys();
        auto* dialog = m_page->window()->findChild<KeysDialog*>();
        auto* name = named<QLineEdit>(*dialog, QStringLiteral("Name of the app or machine"));
        name->setFocus();

        QTest::keyClicks(name, QStringLiteral("phone"));
        QTest::keyClick(name, Qt::Key_Return);

        const auto key = named<QLineEdit>(*dialog, QStringLiteral("The new key"))->text().toStdString();
        QCOMPARE(key.size(), std::size_t(47));
        QVERIFY(text().find(key) == std::string::npos);
        QCOMPARE(keysIn(text())->front().sha256Hex, describeKey(key, {}, {}).sha256Hex);
        auto* list = dialog->findChild<QTableWidget*>();
        QCOMPARE(list->rowCount(), 1);
        QTest::mouseClick(named<QPushButton>(*dialog, QStringLiteral("Copy the new key")), Qt::LeftButton);
        QCOMPARE(QApplication::clipboard()->text().toStdString(), key);

        list->item(0, 0)->setText(QStringLiteral("tablet"));
        QTRY_COMPARE(keysIn(text())->front().name, std::string("tablet"));
        QTest::mouseClick(button(*dialog, QStringLiteral("Revoke")), Qt::LeftButton);
        QTest::mouseClick(button(*dialog->findChild<QMessageBox*>(), QStringLiteral("Revoke it")), Qt::LeftButton);
        QVERIFY(keysIn(text())->empty());
        QCOMPARE(list->rowCount(), 0);
        delete dialog;
    }

    void aCardHasTheRunningAddressAndTurnsGreen()
    {
        m_page->show(example());
        m_page->openConnect();
        auto* dialog = m_page->window()->findChild<ConnectDialog*>();
        auto* list = dialog->findChild<QListWidget*>();
        list->setFocus();
        while (list->currentItem()->text() != QStringLiteral("Zed"))
            QTest::keyClick(list, Qt::Key_Down);
        const auto boxes = dialog->findChildren<QPlainTextEdit*>();
        QVERIFY(std::ranges::any_of(boxes, [](const QPlainTextEdit* box) {
            return box->toPlainText().contains(QStringLiteral("http://127.0.0.1:4711"));
        }));

        QTest::mouseClick(button(*dialog, QStringLiteral("Test it")), Qt::LeftButton);
        m_page->show(example());
        QVERIFY(dialog->isTesting());
        auto asked = example();
        asked.users.push_back({.name = "Zed", .requests = 1});
        asked.jobs = {{.id = 1, .user = "Zed", .model = "llama3.2"}};
        m_page->show(asked);

        QVERIFY(!dialog->isTesting());
        const auto labels = dialog->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels,
            [](const QLabel* label) { return label->text().contains(QStringLiteral("Zed asked for llama3.2")); }));
        const auto cards = dialog->findChildren<QFrame*>(QStringLiteral("card"));
        QVERIFY(std::ranges::any_of(cards, [](const QFrame* card) { return card->property("good").toBool(); }));
        delete dialog;
    }

    void setsZedUpAndUndoesIt()
    {
        const auto file = m_folder->filePath(QStringLiteral("zed/settings.json"));
        ConnectDialog dialog(file.toStdString());
        dialog.show(example());
        dialog.choose("zed");

        QTest::mouseClick(button(dialog, QStringLiteral("Set it up for me")), Qt::LeftButton);
        const auto written = readTextFile(file.toStdString());
        QTest::mouseClick(button(dialog, QStringLiteral("Undo")), Qt::LeftButton);

        QVERIFY(written && written->find("http://127.0.0.1:4711") != std::string::npos);
        QVERIFY(!QFile::exists(file));
        QVERIFY(button(dialog, QStringLiteral("Set it up for me")));
    }

    void aTestCanBeCancelled()
    {
        m_page->show(example());
        m_page->openConnect();
        auto* dialog = m_page->window()->findChild<ConnectDialog*>();
        QTest::mouseClick(button(*dialog, QStringLiteral("Test it")), Qt::LeftButton);

        QTest::mouseClick(button(*dialog, QStringLiteral("Cancel")), Qt::LeftButton);

        QVERIFY(!dialog->isTesting());
        delete dialog;
    }

    void everyControlHasAName()
    {
        m_page->show(example());
        table()->selectRow(0);
        m_page->openConnect();
        m_page->openKeys();

        const QWidget* roots[] = {
            m_page.get(), m_page->window()->findChild<ConnectDialog*>(), m_page->window()->findChild<KeysDialog*>()};
        for (const QWidget* root : roots)
            for (auto* widget : root->findChildren<QWidget*>()) {
                if (!widget->isVisibleTo(root) || (widget->focusPolicy() & Qt::TabFocus) == 0
                    || widget->objectName().startsWith(QStringLiteral("qt_")))
                    continue;
                auto* accessible = QAccessible::queryAccessibleInterface(widget);
                QVERIFY2(!accessible->text(QAccessible::Name).isEmpty()
                        || widget->objectName() == QStringLiteral("pageScroll"),
                    widget->metaObject()->className());
            }
    }

private:
    QTableView* table() const { return m_page->findChild<QTableView*>(); }
    std::string text() const { return readTextFile(m_file).value_or(std::string()); }
    UserRule ruleOf(const std::string& app) const
    {
        const auto rules = rulesIn(text());
        const auto found = std::ranges::find(*rules, app, &UserRule::name);
        return found == rules->end() ? UserRule{} : *found;
    }
    void selectApp(const QString& name)
    {
        for (int row = 0; row < table()->model()->rowCount(); ++row)
            if (table()->model()->index(row, 0).data(AppsModel::NameRole).toString() == name)
                table()->selectRow(row);
    }

    NotedControl m_control;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_file;
    std::unique_ptr<AppsPage> m_page;
};

QTEST_MAIN(AppsPageTest)
#include "apps_page_test.moc"
