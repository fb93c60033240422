// SPDX-License-Identifier: MIT
#include "app/window/history_page.h"

#include "app/desktop/language.h"
#include "app/window/history_details.h"
#include "app/window/history_errand.h"
#include "app/window/history_filter_bar.h"
#include "app/window/history_model.h"
#include "app/window/history_table.h"
#include "app/window/percentile_strip.h"
#include "app/window/style.h"

#include "core/store/history_store.h"
#include "tests/support/example_snapshot.h"
#include "tests/support/history_rows.h"

#include <QAbstractButton>
#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMessageBox>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;
using namespace std::chrono_literals;

class HistoryPageTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<HistoryStore> m_store;
    std::unique_ptr<HistoryPage> m_page;

    std::string file() const { return m_folder->filePath(QStringLiteral("history.db")).toStdString(); }
    template <class Widget> Widget& part() const { return *m_page->findChild<Widget*>(); }
    int rows() const { return m_page->model().rowCount(); }

    void begin(int jobs)
    {
        m_store = std::make_unique<HistoryStore>(
            HistoryStoreOptions{.config = {.file = file()}, .now = [] { return test::noon; }});
        for (int number = 1; number <= jobs; ++number)
            m_store->add(number % 10 == 0 ? test::refusedJob(number) : test::finishedJob(number), 300ms);
        m_store->flush();
        m_page = std::make_unique<HistoryPage>(file());
        m_page->resize(792, 640);
        m_page->QWidget::show();
        QVERIFY(QTest::qWaitForWindowActive(m_page.get()));
        update();
    }

    void update()
    {
        auto snapshot = test::exampleSnapshot();
        snapshot.history = m_store ? m_store->state() : HistoryState{};
        m_page->show(snapshot);
    }

    QStringList texts() const
    {
        QStringList found;
        const auto labels = m_page->findChildren<QLabel*>();
        for (const auto* label : labels)
            if (label->isVisibleTo(m_page.get()) && !label->text().isEmpty())
                found << label->text();
        return found;
    }

    QComboBox& choice(const char* name) const
    {
        const auto boxes = m_page->findChildren<QComboBox*>();
        for (auto* box : boxes)
            if (box->accessibleName() == QLatin1String(name))
                return *box;
        qFatal("no choice %s", name);
    }

    QAbstractButton& button(const char* text) const
    {
        const auto buttons = m_page->findChildren<QAbstractButton*>();
        for (auto* each : buttons)
            if (each->text() == QLatin1String(text) && each->isVisibleTo(m_page.get()))
                return *each;
        qFatal("no button %s", text);
    }

    /// Chooses a row of a button's menu by keyboard.
    void choose(const char* buttonText, const QString& rowText)
    {
        auto* menu = static_cast<QPushButton&>(button(buttonText)).menu();
        const auto actions = menu->actions();
        for (auto* action : actions)
            if (action->text() == rowText)
                return action->trigger();
        qFatal("no row %s", qPrintable(rowText));
    }

private Q_SLOTS:
    void initTestCase()
    {
        QStandardPaths::setTestModeEnabled(true);
        speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US")));
        applyTheme(*qApp, ColorScheme::Light);
    }
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QSettings::setPath(QSettings::IniFormat, QSettings::UserScope, m_folder->path());
    }
    void cleanup()
    {
        m_page.reset();
        m_store.reset();
    }

    void listsWhatEndedWithItsFigures()
    {
        begin(50);

        QTRY_COMPARE(rows(), 50);
        QTRY_VERIFY(texts().contains(QStringLiteral("5 failed or refused")));
        QVERIFY(texts().contains(QStringLiteral("0.3 s")));
        QVERIFY(texts().contains(QStringLiteral("slowest 5 %: 21 tok/s")));
    }

    void showsNewRowsOnTopWithoutLosingThePlace()
    {
        begin(50);
        QTRY_COMPARE(rows(), 50);
        auto& table = part<HistoryTable>();
        table.setCurrentIndex(m_page->model().index(3, 0));

        m_store->add(test::finishedJob(77), 1ms);
        m_store->flush();
        update();

        QTRY_COMPARE(rows(), 51);
        QCOMPARE(table.currentRow(), 4);
    }

    void filtersByKeyboard()
    {
        begin(60);
        QTRY_COMPARE(rows(), 60);
        QTRY_COMPARE(choice("App").count(), 4);

        choice("App").setFocus();
        QTest::keyClick(&choice("App"), Qt::Key_Z); // Zed
        QTRY_COMPARE(rows(), 20);
        choice("Result").setFocus();
        QTest::keyClick(&choice("Result"), Qt::Key_R); // Refused
        QTRY_COMPARE(rows(), 2);
        auto& text = part<QLineEdit>();
        text.setFocus();
        QTest::keyClicks(&text, QStringLiteral("no such thing"));
        QTest::keyClick(&text, Qt::Key_Return);
        QTRY_VERIFY(texts().contains(QStringLiteral("No request matches")));
        button("Show all").click();

        QTRY_COMPARE(rows(), 60);
    }

    void filtersByTime()
    {
        begin(20); // on a day in November 2026
        QTRY_COMPARE(rows(), 20);
        const auto today = QDateTime::currentDateTime();
        m_store->add(test::finishedJob(1, today.toMSecsSinceEpoch()), 1ms);
        m_store->flush();
        update();
        QTRY_COMPARE(rows(), 21);

        choice("When").setCurrentIndex(1); // today

        const bool noonIsToday = QDateTime::fromMSecsSinceEpoch(test::noon).date() == today.date();
        QTRY_COMPARE(rows(), noonIsToday ? 21 : 1);
    }

    void showsAllThatIsKnownOfARow()
    {
        begin(20);
        QTRY_COMPARE(rows(), 20);
        auto& table = part<HistoryTable>();
        table.setFocus();
        table.setCurrentIndex(m_page->model().index(0, 0)); // number 20: refused

        QTest::keyClick(&table, Qt::Key_Return);

        QVERIFY(part<HistoryDetails>().isVisible());
        QVERIFY(texts().contains(QStringLiteral("req_20")));
        QVERIFY(texts().contains(QStringLiteral("Refused, status 503")));
        QVERIFY(texts().contains(QString::fromUtf8(describe(Errc::QueueFull).data())));
        QTest::keyClick(&table, Qt::Key_Down);
        QVERIFY(texts().contains(QStringLiteral("req_19")));
        QTest::keyClick(&table, Qt::Key_Escape);
        QVERIFY(!part<HistoryDetails>().isVisible());
    }

    void copiesARequestAsCurl()
    {
        begin(5);
        QTRY_COMPARE(rows(), 5);
        auto& table = part<HistoryTable>();
        table.setFocus();
        table.setCurrentIndex(m_page->model().index(0, 0));

        QTest::keyClick(&table, Qt::Key_C, Qt::ControlModifier | Qt::ShiftModifier);

        const auto copied = QGuiApplication::clipboard()->text();
        QVERIFY2(copied.startsWith(QStringLiteral("curl ")), qPrintable(copied));
        QVERIFY(copied.contains(QStringLiteral("http://127.0.0.1:11435/v1/chat/completions")));
        QVERIFY(copied.contains(QStringLiteral("qwen2.5-coder:7b")));
        QVERIFY(copied.contains(QStringLiteral("YOUR PROMPT")));
    }

    void sortsByKeyboard()
    {
        begin(30);
        QTRY_COMPARE(rows(), 30);

        auto* menu = static_cast<QPushButton&>(button("Columns")).menu();
        auto* sorts = menu->actions().first()->menu();
        sorts->actions().at(HistoryModel::Waited)->trigger();

        QTRY_COMPARE(m_page->model().row(0).finished.job.requestId, std::string("req_29"));
        sorts->actions().at(HistoryModel::Waited)->trigger();
        QTRY_COMPARE(m_page->model().row(0).finished.job.waited, 0ms);
    }

    void remembersWhichColumnsAreShown()
    {
        begin(3);
        QVERIFY(part<HistoryTable>().isColumnHidden(HistoryModel::Path));
        choose("Columns", QStringLiteral("Path"));
        choose("Columns", QStringLiteral("Model"));
        QVERIFY(!part<HistoryTable>().isColumnHidden(HistoryModel::Path));

        m_page = std::make_unique<HistoryPage>(file());

        QVERIFY(!part<HistoryTable>().isColumnHidden(HistoryModel::Path));
        QVERIFY(part<HistoryTable>().isColumnHidden(HistoryModel::Model));
    }

    void exportsWhatIsShown()
    {
        begin(60);
        QTRY_COMPARE(rows(), 60);
        choice("Result").setCurrentIndex(3); // refused
        QTRY_COMPARE(rows(), 6);
        const QString into = m_folder->filePath(QStringLiteral("export.csv"));
        m_page->setAskForFile([&](QWidget*, const QString&, const QString&,
                                  const std::function<void(const QString&)>& chosen) { chosen(into); });

        choose("Export", QStringLiteral("CSV, for spreadsheets"));

        QTRY_VERIFY(!part<HistoryErrand>().isBusy());
        QTRY_VERIFY(QFile::exists(into));
        QFile written(into);
        QVERIFY(written.open(QIODevice::ReadOnly));
        const QByteArray csv = written.readAll();
        QCOMPARE(csv.count('\n'), 7);
        QVERIFY(csv.startsWith("finished_at,"));
        QVERIFY(csv.contains(",refused,503,queue_full,"));
    }

    void deletesWhatIsShownOnlyAfterAsking()
    {
        begin(60);
        QTRY_COMPARE(rows(), 60);
        choice("Result").setCurrentIndex(3); // refused
        QTRY_COMPARE(rows(), 6);
        QTRY_VERIFY(texts().contains(QStringLiteral("6 failed or refused")));
        const auto answer = [this](QMessageBox::ButtonRole role) {
            button("Delete").click();
            auto* question = m_page->findChild<QMessageBox*>();
            QVERIFY(question != nullptr);
            QVERIFY(question->text().contains(QStringLiteral("6")));
            const auto buttons = question->buttons();
            for (auto* each : buttons)
                if (question->buttonRole(each) == role)
                    each->click();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        };

        answer(QMessageBox::RejectRole);
        QCOMPARE(rows(), 6);
        answer(QMessageBox::DestructiveRole);

        QTRY_COMPARE(rows(), 0);
        choice("Result").setCurrentIndex(0);
        QTRY_COMPARE(rows(), 54);
    }

    void saysWhenThereIsNothing()
    {
        begin(0);

        QTRY_VERIFY(texts().contains(QStringLiteral("No request yet")));
        QVERIFY(!button("Export").isEnabled());
    }

    void saysWhyTheFileCannotBeRead()
    {
        QFile other(QString::fromStdString(file()));
        QVERIFY(other.open(QIODevice::WriteOnly));
        other.write(QByteArray(5000, 'x'));
        other.close();
        m_page = std::make_unique<HistoryPage>(file());
        m_page->QWidget::show();
        update();

        QTRY_VERIFY(texts().contains(QStringLiteral("The history cannot be read")));
    }

    void saysWhyNothingIsWritten()
    {
        begin(5);
        auto snapshot = test::exampleSnapshot();
        snapshot.history = {.reasonCode = "disk_full", .reasonText = "The disk is full.", .fixText = "Make room."};

        m_page->show(snapshot);

        QTRY_VERIFY(texts().contains(QStringLiteral("The disk is full. Make room.")));
    }

    void givesEveryControlAName()
    {
        begin(5);
        QTRY_COMPARE(rows(), 5);
        const auto widgets = m_page->findChildren<QWidget*>();
        for (auto* widget : widgets) {
            if (widget->focusPolicy() == Qt::NoFocus || !widget->isVisibleTo(m_page.get())
                || widget->objectName().startsWith(QLatin1String("qt_")))
                continue;
            auto* seen = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(seen != nullptr);
            QVERIFY2(!seen->text(QAccessible::Name).isEmpty(), widget->metaObject()->className());
        }
    }
};

QTEST_MAIN(HistoryPageTest)
#include "history_page_test.moc"
