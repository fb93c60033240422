// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"
#include "app/log_collector.h"
#include "app/window/log_model.h"
#include "app/window/logs_page.h"
#include "app/window/style.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include <thread>

using namespace drover;
using namespace drover::app;

namespace {

LogLine line(std::string text, LogLevel level = LogLevel::Info, LogSource source = LogSource::Drover)
{
    return {std::chrono::system_clock::time_point(std::chrono::milliseconds(1'792'575'607'042)), level, source,
        std::move(text)};
}

std::vector<LogLine> numbered(int count)
{
    std::vector<LogLine> lines;
    for (int i = 0; i < count; ++i)
        lines.push_back(line("n=" + std::to_string(i)));
    return lines;
}

} // namespace

class LogsPageTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<LogsPage> m_page;

    QTableView& table() const { return *m_page->findChild<QTableView*>(); }
    QStringList shown() const
    {
        QStringList texts;
        for (int row = 0; row < table().model()->rowCount(); ++row)
            texts << table().model()->index(row, LogModel::Text).data().toString();
        return texts;
    }
    QPushButton* button(const char* text) const
    {
        const auto buttons = m_page->findChildren<QPushButton*>();
        for (auto* each : buttons) {
            if (each->text() == QLatin1String(text))
                return each;
        }
        return nullptr;
    }
    bool isAtEnd() const { return table().verticalScrollBar()->value() == table().verticalScrollBar()->maximum(); }

private Q_SLOTS:
    void initTestCase()
    {
        speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US")));
        applyTheme(*qApp, ColorScheme::Light);
    }
    void init()
    {
        m_page = std::make_unique<LogsPage>(QDir::tempPath());
        m_page->resize(792, 640);
        m_page->setVisible(true);
        QVERIFY(QTest::qWaitForWindowExposed(m_page.get()));
        m_page->activateWindow();
    }

    void showsBothSourcesInTheOrderTheyCame()
    {
        m_page->add({line("one"), line("two", LogLevel::Warning, LogSource::Ollama)});
        QCOMPARE(shown(), (QStringList{QStringLiteral("one"), QStringLiteral("two")}));
        const auto* model = table().model();
        QCOMPARE(model->index(1, LogModel::Source).data().toString(), QStringLiteral("Ollama"));
        QCOMPARE(model->index(1, LogModel::Level).data().toString(), QStringLiteral("Warning"));
        QVERIFY(
            model->index(1, LogModel::Time).data(Qt::AccessibleTextRole).toString().contains(QStringLiteral("two")));
    }
    void chooses_data()
    {
        QTest::addColumn<int>("level");
        QTest::addColumn<int>("source");
        QTest::addColumn<QString>("search");
        QTest::addColumn<QStringList>("expected");
        const auto all = QStringList{QStringLiteral("a"), QStringLiteral("job failed id=7 user=x"),
            QStringLiteral("job failed id=77 user=x"), QStringLiteral("broken")};
        QTest::newRow("all") << 0 << 0 << QString() << all;
        QTest::newRow("level") << 2 << 0 << QString() << all.mid(1);
        QTest::newRow("errors") << 3 << 0 << QString() << all.mid(3);
        QTest::newRow("drover") << 0 << 1 << QString() << all.mid(0, 3);
        QTest::newRow("ollama") << 0 << 2 << QString() << all.mid(3);
        QTest::newRow("text in any case") << 0 << 0 << QStringLiteral("FAILED") << all.mid(1, 2);
    }
    void chooses()
    {
        QFETCH(int, level);
        QFETCH(int, source);
        QFETCH(QString, search);
        QFETCH(QStringList, expected);
        m_page->add({line("a"), line("job failed id=7 user=x", LogLevel::Warning),
            line("job failed id=77 user=x", LogLevel::Warning), line("broken", LogLevel::Error, LogSource::Ollama)});

        const auto boxes = m_page->findChildren<QComboBox*>();
        boxes[0]->setCurrentIndex(level);
        boxes[1]->setCurrentIndex(source);
        QTest::keyClick(m_page.get(), Qt::Key_F, Qt::ControlModifier);
        QTest::keyClicks(QApplication::focusWidget(), search);

        QCOMPARE(shown(), expected);
    }
    void followsUntilThePersonScrollsUp()
    {
        m_page->add(numbered(300));
        QVERIFY(isAtEnd());

        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_Home);
        m_page->add(numbered(10));
        QVERIFY(!button("Follow")->isChecked());
        QVERIFY(!isAtEnd());

        QTest::keyClick(&table(), Qt::Key_End);
        m_page->add(numbered(10));
        QVERIFY(button("Follow")->isChecked());
        QVERIFY(isAtEnd());
    }
    void copiesWhatIsSelectedElseAll()
    {
        m_page->add({line("one"), line("two"), line("three", LogLevel::Error, LogSource::Ollama)});
        button("Copy")->click();
        QCOMPARE(QGuiApplication::clipboard()->text().split(QLatin1Char('\n')).size(), 3);

        table().selectRow(2);
        table().setFocus();
        QTest::keyClick(&table(), Qt::Key_C, Qt::ControlModifier);
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("2026-10-21T09:40:07.042Z error ollama: three"));
    }
    void savesWhatIsShown()
    {
        QTemporaryDir folder;
        m_page->add({line("one"), line("two", LogLevel::Error), line("api_key=sk-verysecret1234", LogLevel::Error)});
        m_page->findChildren<QComboBox*>()[0]->setCurrentIndex(3);

        QVERIFY(m_page->save(folder.filePath(QStringLiteral("x.log"))));
        QVERIFY(!m_page->save(folder.filePath(QStringLiteral("nowhere/x.log"))));

        QFile file(folder.filePath(QStringLiteral("x.log")));
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QByteArray saved = file.readAll();
        QVERIFY2(saved.startsWith("2026-10-21T09:40:07.042Z error two\n"), saved);
        QCOMPARE(saved.count('\n'), 2);
        QVERIFY2(!saved.contains("verysecret"), saved);
    }
    void holdsABoundedNumberOfLines()
    {
        LogModel model;
        for (int i = 0; i < 30; ++i)
            model.add(numbered(1'000));
        QVERIFY(model.rowCount() <= LogModel::linesMax);
        QVERIFY(model.rowCount() > LogModel::linesMax - LogModel::linesDroppedAtOnce - 1);
        QCOMPARE(model.line(model.rowCount() - 1).text, std::string("n=999"));

        model.add(numbered(LogModel::linesMax * 2));
        QCOMPARE(model.rowCount(), LogModel::linesMax);
        QCOMPARE(model.line(model.rowCount() - 1).text, "n=" + std::to_string(LogModel::linesMax * 2 - 1));
    }
    void saysHowManyLinesAreShown()
    {
        m_page->add({line("one"), line("two", LogLevel::Error)});
        m_page->findChildren<QComboBox*>()[0]->setCurrentIndex(3);
        const auto labels = m_page->findChildren<QLabel*>();
        QVERIFY(std::any_of(labels.begin(), labels.end(),
            [](const QLabel* label) { return label->text().startsWith(QStringLiteral("1 of 2")); }));
    }
    void linesOfAnotherThreadComeInOrderAndAreBounded()
    {
        LogCollector collector;
        std::vector<LogLine> got;
        connect(&collector, &LogCollector::logged, this,
            [&](const std::vector<LogLine>& lines) { got.insert(got.end(), lines.begin(), lines.end()); });

        std::thread([&] {
            for (const LogLine& each : numbered(static_cast<int>(LogCollector::pendingMax) * 2))
                collector.take(each);
        }).join();
        QTRY_VERIFY(!got.empty());

        QVERIFY(got.size() <= LogCollector::pendingMax);
        QCOMPARE(got.back().text, "n=" + std::to_string(LogCollector::pendingMax * 2 - 1));
        QVERIFY(std::ranges::is_sorted(got, {}, [](const LogLine& each) { return std::stoi(each.text.substr(2)); }));
    }
};

QTEST_MAIN(LogsPageTest)
#include "logs_page_test.moc"
