// SPDX-License-Identifier: MIT
#include "app/joining/invitation.h"
#include "app/queue_control.h"
#include "app/window/host_new_keys.h"
#include "app/window/host_page.h"
#include "app/window/host_parts.h"
#include "app/window/host_table.h"
#include "app/window/jobs_table.h"
#include "app/window/qr_picture.h"
#include "app/window/style.h"

#include "tests/support/example_snapshot.h"
#include "tests/support/memory_desk.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTableWidget>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace drover;
using namespace drover::app;
using namespace drover::test;

namespace {

class NoControl : public QueueControl {
public:
    void pause(std::optional<WallTime>) override { }
    void resume() override { }
    void cancelJobs(const std::vector<JobId>& jobs) override { cancelled = jobs; }
    void startNext(JobId) override { }
    void startRuntime() override { }
    void startAgain() override { }

    std::vector<JobId> cancelled;
};

QPushButton* button(const QWidget& within, const QString& text)
{
    const auto all = within.findChildren<QPushButton*>();
    const auto found = std::find_if(all.begin(), all.end(),
        [&](const QPushButton* each) { return each->text() == text && each->isVisibleTo(&within); });
    return found == all.end() ? nullptr : *found;
}

bool says(const QWidget& within, const QString& words)
{
    const auto all = within.findChildren<QLabel*>();
    return std::any_of(all.begin(), all.end(),
        [&](const QLabel* each) { return each->isVisibleTo(&within) && each->text().contains(words); });
}

QStringList copied(const QWidget& within)
{
    QStringList texts;
    const auto rows = within.findChildren<CopyRow*>();
    for (const CopyRow* row : rows)
        texts << row->text();
    return texts;
}

} // namespace

class HostPageTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { applyTheme(*qApp, ColorScheme::Light); }

    void init()
    {
        m_desk = std::make_unique<MemoryDesk>();
        m_folder = std::make_unique<QTemporaryDir>();
        m_file = m_folder->filePath(QStringLiteral("keys.db")).toStdString();
        m_commands.clear();
        m_control = std::make_unique<NoControl>();
        m_page = std::make_unique<HostPage>(
            HostDesk{.settings = *m_desk,
                .openKeys = [this] { return openKeyFile(m_file); },
                .command = [this](WorkerNumber worker,
                               WorkerCommand command) { m_commands.emplace_back(worker, command); }},
            *m_control, [] { return QStringList{QStringLiteral("192.168.1.5")}; });
        m_page->QWidget::show();
    }
    void cleanup() { m_page.reset(); }

    void explainsWhatHostingIsBeforeItDoesAnything()
    {
        m_page->show(exampleSnapshot());

        QVERIFY(says(*m_page, QStringLiteral("meeting point")));
        QVERIFY(!button(*m_page, QStringLiteral("Stop hosting…")));
        button(*m_page, QStringLiteral("Host a pool…"))->click();
        QVERIFY(m_page->window()->findChild<HostSetup*>());
        QVERIFY(m_desk->text.empty()); // nothing before the last button
    }

    void hostsInANetworkWithKeysThatAreShownOnce()
    {
        m_page->show(exampleSnapshot());
        HostSetup* setup = m_page->setUp();
        setup->setPlan({.name = QStringLiteral("lab"), .reach = HostReach::MyNetwork, .asksForKeys = false});
        QVERIFY(says(*setup, QStringLiteral("Nothing is encrypted")));

        button(*setup, QStringLiteral("Host the pool"))->click();

        const auto hosting = m_desk->settings().config.hosting;
        QVERIFY(hosting.enabled && hosting.insecure);
        QCOMPARE(QByteArray::fromStdString(hosting.host), QByteArray("0.0.0.0"));
        auto* sheet = m_page->window()->findChild<HostNewKeys*>();
        QVERIFY(sheet);
        QCOMPARE(copied(*sheet).size(), 2);
        const auto keys = (*openKeyFile(m_file))->keys();
        QCOMPARE(keys->size(), std::size_t(2));
        QVERIFY(m_desk->text.find(copied(*sheet).front().toStdString()) == std::string::npos);
    }

    void makesNoSecondPairOfFirstKeys()
    {
        QVERIFY((*openKeyFile(m_file))->create({.role = KeyRole::Client, .name = "Ann"}, "test"));
        HostSetup* setup = m_page->setUp();
        setup->setPlan({.reach = HostReach::MyNetwork});

        button(*setup, QStringLiteral("Host the pool"))->click();

        QCOMPARE((*openKeyFile(m_file))->keys()->size(), std::size_t(2)); // hers and a machine's
    }

    void hostsNothingWhenTheSettingsCannotBeWritten()
    {
        m_desk->refusesEdits = true;
        HostSetup* setup = m_page->setUp();
        setup->setPlan({.reach = HostReach::ThisMachine, .asksForKeys = false});

        button(*setup, QStringLiteral("Host the pool"))->click();

        QVERIFY(setup->isVisible());
        QVERIFY(says(*setup, QStringLiteral("The disk is full.")));
        QVERIFY(!m_desk->settings().config.hosting.enabled);
    }

    void showsTheAddressesToGiveAway()
    {
        m_page->show(hostingSnapshot());

        QCOMPARE(copied(*m_page).mid(0, 3),
            (QStringList{QStringLiteral("http://192.168.1.5:8080/v1"), QStringLiteral("http://192.168.1.5:8080"),
                QStringLiteral("ws://192.168.1.5:8080/api/llm/connect")}));
        QVERIFY(says(*m_page, QStringLiteral("Pool lab")));
        QVERIFY(says(*m_page, QStringLiteral("3 machine(s); 2 running, 1 waiting")));
        QCOMPARE(m_page->label(hostingSnapshot()), QStringLiteral("Host (3)"));
        m_page->findChild<CopyRow*>()->findChild<QPushButton*>()->click();
        QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("http://192.168.1.5:8080/v1"));
    }

    void showsTheRequestsOfThePoolsClientsAlone()
    {
        m_page->show(hostingSnapshot());

        QCOMPARE(m_page->jobs().rowCount(), 3);
        m_page->findChild<JobsTable*>()->selectJob(104);
        m_page->findChild<JobsTable*>()->cancelSelected();
        QVERIFY(m_control->cancelled == std::vector<JobId>{104});
    }

    void saysWhyItDoesNotListen()
    {
        Snapshot snapshot = exampleSnapshot();
        snapshot.hosting = {.enabled = true, .reason = "Port 8080 is taken.", .fix = "Choose another port."};

        m_page->show(snapshot);

        QVERIFY(says(*m_page, QStringLiteral("Port 8080 is taken.")));
        QVERIFY(says(*m_page, QStringLiteral("Choose another port.")));
        QVERIFY(!button(*m_page, QStringLiteral("Invite a machine…"))->isEnabled());
    }

    void drainsAndUndrainsTheChosenMachine()
    {
        m_page->show(hostingSnapshot());
        m_page->search(QStringLiteral("attic"));
        button(*m_page, QStringLiteral("Finish, then rest"))->click();
        m_page->search(QStringLiteral("laptop of Ann"));
        button(*m_page, QStringLiteral("Give it work again"))->click();

        QCOMPARE(m_commands.size(), std::size_t(2));
        QVERIFY(m_commands[0] == std::pair(WorkerNumber{1}, WorkerCommand::Drain));
        QVERIFY(m_commands[1] == std::pair(WorkerNumber{5}, WorkerCommand::Undrain));
        m_page->search(QStringLiteral("cellar")); // it has left
        QVERIFY(!button(*m_page, QStringLiteral("Finish, then rest"))->isEnabled());
    }

    void asksBeforeItRemovesAMachine()
    {
        m_page->show(hostingSnapshot());
        m_page->search(QStringLiteral("office"));
        QTest::keyClick(m_page->findChild<HostTable*>(), Qt::Key_Delete);
        auto* question = m_page->findChild<QMessageBox*>();
        QVERIFY(question && m_commands.empty());
        QVERIFY(question->text().contains(QStringLiteral("office")));

        button(*question, QStringLiteral("Remove it"))->click();

        QVERIFY(m_commands.size() == 1 && m_commands[0] == std::pair(WorkerNumber{2}, WorkerCommand::Remove));
    }

    void stopsHostingAfterAQuestion()
    {
        m_desk->text = "[host]\nenabled = true\n";
        m_page->show(hostingSnapshot());
        button(*m_page, QStringLiteral("Stop hosting…"))->click();
        QVERIFY(m_desk->settings().config.hosting.enabled);

        button(*m_page->findChild<QMessageBox*>(), QStringLiteral("Stop it"))->click();

        QVERIFY(!m_desk->settings().config.hosting.enabled);
    }

    void invitesAndWithdraws()
    {
        m_page->show(hostingSnapshot());
        HostInvite* dialog = m_page->invite();
        button(*dialog, QStringLiteral("Make an invitation"))->click();

        const QStringList texts = copied(*dialog);
        const auto made = (*openKeyFile(m_file))->invitations();
        QCOMPARE(made->size(), std::size_t(1));
        QVERIFY2(texts.value(0).contains(texts.value(1)), texts.value(0).toUtf8().constData());
        QVERIFY(texts.value(0).contains(QStringLiteral("192.168.1.5")));
        QVERIFY(texts.value(2).startsWith(QStringLiteral("drover join ")));
        const auto understood = parseInvitation(texts.value(0).toStdString());
        QVERIFY(understood && !understood->code.empty());
        QVERIFY(dialog->findChild<QrPicture*>()->modules() >= 21);
        QCOMPARE(dialog->findChild<QTableWidget*>()->rowCount(), 1);

        button(*dialog, QStringLiteral("Withdraw"))->click();
        QVERIFY((*openKeyFile(m_file))->invitations()->front().withdrawnAt != 0);
        QVERIFY(!button(*dialog, QStringLiteral("Withdraw"))->isEnabled());
    }

    void makesAndRevokesKeys()
    {
        m_page->show(hostingSnapshot());
        HostKeysDialog* dialog = m_page->keys();
        dialog->findChild<QComboBox*>()->setCurrentIndex(1);
        dialog->findChild<QLineEdit*>()->setText(QStringLiteral("attic"));
        button(*dialog, QStringLiteral("Create key"))->click();

        auto* sheet = dialog->findChild<HostNewKeys*>();
        QVERIFY(sheet);
        QVERIFY(copied(*sheet).front().size() > 20);
        sheet->close();
        button(*dialog, QStringLiteral("Revoke…"))->click();
        button(*dialog->findChild<QMessageBox*>(), QStringLiteral("Revoke it"))->click();

        const auto keys = (*openKeyFile(m_file))->keys();
        QCOMPARE(keys->size(), std::size_t(1));
        QVERIFY(keys->front().role == KeyRole::Worker && keys->front().revokedAt != 0);
        QVERIFY(!button(*dialog, QStringLiteral("Revoke…"))->isEnabled());
    }

    void saysWhenTheKeysCannotBeRead()
    {
        QFile plain(m_folder->filePath(QStringLiteral("plain"))); // a file, where a folder would have to be
        QVERIFY(plain.open(QIODevice::WriteOnly));
        m_file = plain.fileName().toStdString() + "/keys.db";
        m_page->show(hostingSnapshot());

        const HostKeysDialog* dialog = m_page->keys();
        const auto* complaint = dialog->findChild<QLabel*>(QStringLiteral("trouble"));
        QVERIFY(complaint && complaint->isVisibleTo(dialog) && !complaint->text().isEmpty());
        QVERIFY(!m_page->invite()->findChild<QLabel*>(QStringLiteral("trouble"))->text().isEmpty());
    }

private:
    std::unique_ptr<MemoryDesk> m_desk;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::string m_file;
    std::vector<std::pair<WorkerNumber, WorkerCommand>> m_commands;
    std::unique_ptr<NoControl> m_control;
    std::unique_ptr<HostPage> m_page;
};

QTEST_MAIN(HostPageTest)
#include "host_page_test.moc"
