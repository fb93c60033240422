// SPDX-License-Identifier: MIT
#include "app/desktop/language.h"
#include "app/doctor/checks.h"
#include "app/window/advice_row.h"
#include "app/window/doctor_dialog.h"
#include "app/window/style.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QLabel>
#include <QProgressBar>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QTest>

using namespace drover;
using namespace drover::app;

namespace {

/// A machine whose Drover is silent: who connects waits.
class SilentMachine : public DoctorDialog::Port {
public:
    SilentMachine() { m_server.listen(QHostAddress::LocalHost); }

    DoctorScene scene() override
    {
        Places places{.settingsFile = m_folder.filePath(QStringLiteral("drover.toml")).toStdString(),
            .stateFolder = m_folder.path().toStdString()};
        return {.source = SettingsSource(places, {}, {}),
            .places = places,
            .status = {"127.0.0.1", m_server.serverPort()},
            .proxy = "127.0.0.1:1"};
    }
    BundleSources bundleSources() override { return {}; }
    Result<> mend(const Remedy& remedy) override
    {
        mended.push_back(remedy);
        return refuses ? Result<>(fail(Errc::Io, "It is stuck")) : Result<>();
    }

    std::vector<Remedy> mended;
    bool refuses = false;

private:
    QTemporaryDir m_folder;
    QTcpServer m_server;
};

QPushButton* button(const QWidget& parent, const QString& text)
{
    for (auto* each : parent.findChildren<QPushButton*>())
        if (each->text() == text && each->isVisibleTo(&parent))
            return each;
    return nullptr;
}

const std::vector<Finding> findings = {
    {.check = "a", .verdict = Finding::Verdict::Ok, .sentence = QStringLiteral("fine here")},
    {.check = "b",
        .verdict = Finding::Verdict::Problem,
        .sentence = QStringLiteral("it is wrong"),
        .fix = QStringLiteral("Set it right."),
        .remedy = {Remedy::Kind::ChangeSetting, "proxy.listen", "127.0.0.1:11436"}},
    {.check = "c",
        .verdict = Finding::Verdict::Warning,
        .sentence = QStringLiteral("it is odd"),
        .fix = QStringLiteral("Look."),
        .remedy = {Remedy::Kind::OpenSetting, "backend"}}};

} // namespace

class DoctorDialogTest : public QObject {
    Q_OBJECT

private:
    SilentMachine m_machine;
    std::unique_ptr<DoctorDialog> m_dialog;

private Q_SLOTS:
    void initTestCase()
    {
        speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US")));
        applyTheme(*qApp, ColorScheme::Light);
    }
    void init()
    {
        m_machine.mended.clear();
        m_machine.refuses = false;
        m_dialog = std::make_unique<DoctorDialog>(m_machine);
        m_dialog->show({}, findings);
        m_dialog->QDialog::show();
    }

    void listsTheWorstFirst()
    {
        const auto rows = m_dialog->findChildren<AdviceRow*>();
        QCOMPARE(rows.size(), 3);
        QCOMPARE(rows[0]->accessibleName(), QStringLiteral("Problem: It is wrong"));
        QCOMPARE(rows[1]->accessibleName(), QStringLiteral("Warning: It is odd"));
        QCOMPARE(rows[2]->accessibleName(), QStringLiteral("In order: Fine here"));
    }
    void mendsAtThePressOfAButton()
    {
        button(*m_dialog, QStringLiteral("Mend"))->click();
        QCOMPARE(m_machine.mended.size(), 1u);
        QCOMPARE(m_machine.mended.front().target, std::string("proxy.listen"));
        QVERIFY(button(*m_dialog, QStringLiteral("Cancel")) != nullptr); // it looks again
    }
    void saysWhyItCouldNotMend()
    {
        m_machine.refuses = true;
        button(*m_dialog, QStringLiteral("Mend"))->click();
        const auto labels = m_dialog->findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(
            labels, [](const QLabel* label) { return label->text() == QLatin1String("It is stuck"); }));
    }
    void opensWhatAPersonMustDo()
    {
        QSignalSpy asked(m_dialog.get(), &DoctorDialog::openAsked);
        button(*m_dialog, QStringLiteral("Open the setting"))->click();
        QCOMPARE(asked.size(), 1);
        QVERIFY(m_machine.mended.empty());
    }
    void copiesTheList()
    {
        button(*m_dialog, QStringLiteral("Copy as text"))->click();
        QVERIFY(QGuiApplication::clipboard()->text().contains(QStringLiteral("PROBLEM  it is wrong")));
    }
    void canBeCancelledWhileItLooks()
    {
        m_dialog->look();
        auto* cancel = button(*m_dialog, QStringLiteral("Cancel"));
        QVERIFY(cancel != nullptr && m_dialog->findChild<QProgressBar*>()->isVisible());
        cancel->click();
        QVERIFY(button(*m_dialog, QStringLiteral("Check again")) != nullptr);
        QVERIFY(!m_dialog->findChild<QProgressBar*>()->isVisible());
    }
    void endsByItselfOnASilentMachine()
    {
        m_dialog->look();
        QTRY_VERIFY_WITH_TIMEOUT(button(*m_dialog, QStringLiteral("Check again")) != nullptr, 20'000);
        QVERIFY(m_dialog->findChildren<AdviceRow*>().size() > 25);
    }
};

QTEST_MAIN(DoctorDialogTest)
#include "doctor_dialog_test.moc"
