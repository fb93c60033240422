// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"
#include "app/sharing_control.h"
#include "app/window/hours_grid.h"
#include "app/window/machine_page.h"
#include "app/window/main_window.h"

#include "tests/app/window/window_scenes.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;
using namespace drover::test;

namespace {

class NotedSharing : public SharingControl {
public:
    void snooze(const Snooze& snooze) override { asked.push_back(snooze); }

    std::vector<Snooze> asked;
};

QPushButton* button(const QWidget& parent, const QString& text)
{
    const auto buttons = parent.findChildren<QPushButton*>();
    for (auto* each : buttons) {
        if (each->text() == text)
            return each;
    }
    return nullptr;
}

} // namespace

/// The page over a real settings file.
class MachinePageTest : public QObject {
    Q_OBJECT

private:
    std::unique_ptr<QTemporaryDir> m_home;
    std::unique_ptr<LiveSettings> m_settings;
    std::unique_ptr<NotedSharing> m_sharing;
    std::unique_ptr<MachinePage> m_page;

    QByteArray written() const
    {
        QFile in(m_home->filePath(QStringLiteral("drover.toml")));
        return in.open(QIODevice::ReadOnly) ? in.readAll() : QByteArray();
    }
    HoursGrid& grid() { return *m_page->findChild<HoursGrid*>(); }
    QTableView& rules() { return *m_page->findChild<QTableView*>(QStringLiteral("rulesTable")); }
    QString cell(int row, RulesModel::Column column) { return rules().model()->index(row, column).data().toString(); }

private Q_SLOTS:
    void init()
    {
        QLocale::setDefault(QLocale(QLocale::English));
        m_home = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<LiveSettings>(
            SettingsSource({.settingsFile = m_home->filePath(QStringLiteral("drover.toml")).toStdString()}, {}, {}));
        m_sharing = std::make_unique<NotedSharing>();
        m_page = std::make_unique<MachinePage>(*m_settings, *m_sharing);
        m_page->resize(780, 640);
        m_page->QWidget::show();
        m_page->show(sharingSnapshot());
    }
    void cleanup() { m_page.reset(); }

    void saysWhyAndWhatThatDoes()
    {
        const auto labels = m_page->findChildren<QLabel*>();
        QStringList texts;
        for (const auto* label : labels)
            texts << label->text();
        QVERIFY(texts.contains(QStringLiteral("Sharing sleeps while Baldur's Gate 3 fills the screen.")));
        QVERIFY(texts.contains(QStringLiteral("What ran for pools was handed back, and the GPU's memory freed.")));
    }
    void showsEachRuleBySignWordAndValue()
    {
        QCOMPARE(rules().model()->rowCount(), static_cast<int>(sharingRuleCount));
        QCOMPARE(cell(0, RulesModel::State), QStringLiteral("✓ Allows"));
        QCOMPARE(cell(1, RulesModel::State), QStringLiteral("✗ Holds back"));
        QCOMPARE(cell(1, RulesModel::Value), QStringLiteral("Baldur's Gate 3"));
        QCOMPARE(cell(3, RulesModel::Value), QStringLiteral("94 %"));
        QCOMPARE(cell(3, RulesModel::Limit), QStringLiteral("at most 30 %"));
        QCOMPARE(cell(5, RulesModel::State), QStringLiteral("– Off"));
        QCOMPARE(cell(6, RulesModel::State), QStringLiteral("? Not known"));
    }
    void showsAllRulesWithoutScrolling()
    {
        const auto last = rules().model()->index(rules().model()->rowCount() - 1, 0);
        QTRY_VERIFY(rules().viewport()->rect().contains(rules().visualRect(last)));
    }
    void keepsTheChosenRowWhenFiguresChange()
    {
        rules().selectRow(3);
        QSignalSpy resets(rules().model(), &QAbstractItemModel::modelReset);
        QSignalSpy changes(rules().model(), &QAbstractItemModel::dataChanged);
        auto snapshot = sharingSnapshot();
        m_page->show(snapshot);
        QVERIFY(changes.isEmpty());

        snapshot.sharing.rules[3].value = 60;
        m_page->show(snapshot);

        QCOMPARE(changes.size(), 1);
        QVERIFY(resets.isEmpty());
        QCOMPARE(rules().currentIndex().row(), 3);
        QCOMPARE(cell(3, RulesModel::Value), QStringLiteral("60 %"));
    }
    void opensTheSettingOfARule()
    {
        QSignalSpy fixes(m_page.get(), &Page::fixAsked);
        rules().setFocus();
        rules().setCurrentIndex(rules().model()->index(1, 0));
        QTest::keyClick(&rules(), Qt::Key_Return);
        QCOMPARE(fixes.size(), 1);
        QCOMPARE(fixes.front().at(1).toString(), QStringLiteral("sharing.full_screen"));
    }
    void writesTheMannersThatAreChosen()
    {
        const auto choices = m_page->findChildren<QRadioButton*>();
        QCOMPARE(choices.size(), 3);
        QVERIFY(choices.at(0)->isChecked());
        choices.at(1)->click();
        QVERIFY2(written().contains("manners = \"away\""), written());
        QVERIFY(choices.at(1)->isChecked());
    }
    void turnsHoursByKeyboard()
    {
        grid().setFocus();
        grid().setCurrentIndex(grid().model()->index(0, 3)); // Monday, 3:00
        QTest::keyClick(&grid(), Qt::Key_Space);
        QVERIFY2(written().contains("schedule = \"mon 0-3,4-24; tue-sun 0-24\""), written());
        QTest::keyClick(&grid(), Qt::Key_Right);
        QTest::keyClick(&grid(), Qt::Key_Space);
        QVERIFY2(written().contains("schedule = \"mon 0-3,5-24; tue-sun 0-24\""), written());
        QTest::keyClick(&grid(), Qt::Key_Space);
        QVERIFY2(written().contains("schedule = \"mon 0-3,4-24; tue-sun 0-24\""), written());
    }
    void drawsHoursByMouse()
    {
        QSignalSpy edits(&grid(), &HoursGrid::edited);
        const auto middle = [&](int row, int column) {
            return grid().visualRect(grid().model()->index(row, column)).center();
        };
        QTest::mousePress(grid().viewport(), Qt::LeftButton, {}, middle(5, 8));
        QTest::mouseMove(grid().viewport(), middle(6, 11));
        QVERIFY(edits.isEmpty());
        QTest::mouseRelease(grid().viewport(), Qt::LeftButton, {}, middle(6, 11));
        QCOMPARE(edits.size(), 1);
        const auto at = written().indexOf("schedule = ");
        QCOMPARE(written().mid(at, written().indexOf('\n', at) - at),
            QByteArray("schedule = \"mon-fri 0-24; sat,sun 0-8,12-24\""));
    }
    void namesEachHourForAScreenReader()
    {
        const auto said = grid().model()->index(1, 18).data(Qt::AccessibleTextRole).toString();
        QVERIFY2(
            said.startsWith(QStringLiteral("Tuesday")) && said.endsWith(QStringLiteral("shares")), qPrintable(said));
    }
    void choosesNightsAndWeekends()
    {
        button(*m_page, QStringLiteral("Nights and weekends"))->click();
        QVERIFY(grid().hours().contains(0, 3) && !grid().hours().contains(0, 12) && grid().hours().contains(6, 12));
        button(*m_page, QStringLiteral("Always"))->click();
        QVERIFY(grid().hours().always());
    }
    void followsAFileThatSomebodyElseChanges()
    {
        QVERIFY(!m_settings->change("sharing.manners", "dedicated"));
        QVERIFY(m_page->findChildren<QRadioButton*>().at(2)->isChecked());
    }
    void pausesSharing()
    {
        auto* pause = button(*m_page, QStringLiteral("Pause sharing"));
        QVERIFY(pause->isVisibleTo(m_page.get()));
        pause->menu()->actions().at(3)->trigger();
        QCOMPARE(m_sharing->asked.back().kind, SnoozeKind::PluggedIn);
        pause->menu()->actions().back()->trigger();
        QCOMPARE(m_sharing->asked.back().verdict, SharingVerdict::Finish);
    }
    void sharesAgain()
    {
        auto snapshot = sharingSnapshot();
        snapshot.sharing.snooze = SnoozeKind::Open;
        m_page->show(snapshot);
        QVERIFY(!button(*m_page, QStringLiteral("Pause sharing"))->isVisibleTo(m_page.get()));
        button(*m_page, QStringLiteral("Share again"))->click();
        QCOMPARE(m_sharing->asked.back().kind, SnoozeKind::None);
    }
    void isOfferedOnlyWhereThereIsSomethingToShare()
    {
        const auto window = windowAtMachine();
        auto& main = static_cast<MainWindow&>(*window);
        main.raiseToPerson();
        auto* row = button(main, QStringLiteral("Machine"));
        QVERIFY(row->isVisibleTo(&main));

        main.show(exampleSnapshot());

        QVERIFY(!row->isVisibleTo(&main));
        QVERIFY(!main.findChild<MachinePage*>()->isVisible());
    }
};

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication app(argc, argv);
    MachinePageTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "machine_page_test.moc"
