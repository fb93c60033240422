// SPDX-License-Identifier: MIT

// The tray as a panel and a notification server see it, over a D-Bus session and an X display of the test's own.
#include "app/desktop/color_scheme.h"
#include "app/desktop/language.h"
#include "app/queue_control.h"
#include "app/tray/tray.h"

#include "tests/support/bus_menu.h"
#include "tests/support/example_snapshot.h"
#include "tests/support/fake_panel.h"
#include "tests/support/private_session.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QLocale>
#include <QSignalSpy>
#include <QTest>

using namespace drover;
using namespace drover::app;
using namespace drover::test;

namespace {

class NotedControl : public QueueControl {
public:
    void pause(std::optional<WallTime> until) override
    {
        calls << QStringLiteral("pause");
        pausedUntil = until;
    }
    void resume() override { calls << QStringLiteral("resume"); }
    void cancelJobs(const std::vector<JobId>&) override { }
    void startNext(JobId) override { }
    void startAgain() override { }
    void startRuntime() override { }

    QStringList calls;
    std::optional<WallTime> pausedUntil = {};
};

using Panel = OnTheBus<FakeWatcher>;
using Server = OnTheBus<FakeNotifications>;

Snapshot waiting(int number)
{
    auto snapshot = exampleSnapshot();
    auto job = snapshot.jobs.back();
    for (int more = 0; more < number; ++more) {
        job.id = static_cast<JobId>(1000 + more);
        snapshot.jobs.push_back(job);
    }
    snapshot.waiting += static_cast<std::uint32_t>(number);
    return snapshot;
}

} // namespace

class TrayBusTest : public QObject {
    Q_OBJECT

public:
    explicit TrayBusTest(const PrivateSession& session)
        : m_session(session)
    {
    }

private:
    const PrivateSession& m_session;
    std::unique_ptr<SystemColors> m_colors;
    std::unique_ptr<NotedControl> m_control;
    std::unique_ptr<Tray> m_tray;
    std::unique_ptr<Panel> m_panel;
    std::unique_ptr<Server> m_server;

    void makePanel()
    {
        m_panel = std::make_unique<Panel>(m_session.address(), QStringLiteral("org.kde.StatusNotifierWatcher"),
            QStringLiteral("/StatusNotifierWatcher"));
        QVERIFY(m_panel->registered());
    }
    void makeServer()
    {
        m_server = std::make_unique<Server>(m_session.address(), QStringLiteral("org.freedesktop.Notifications"),
            QStringLiteral("/org/freedesktop/Notifications"));
        QVERIFY(m_server->registered());
    }
    void makeTray()
    {
        m_tray = std::make_unique<Tray>(*m_control, *m_colors);
        m_tray->begin();
    }
    BusItem item() { return {m_panel->connection(), (*m_panel)->items().back()}; }
    std::vector<FakeNotifications::Shown> shown() { return (*m_server)->shown(); }

private Q_SLOTS:
    void initTestCase()
    {
        speak(*QCoreApplication::instance(), QLocale(QStringLiteral("en_US")));
        m_colors = std::make_unique<SystemColors>();
    }
    void init() { m_control = std::make_unique<NotedControl>(); }
    void cleanup()
    {
        m_tray.reset();
        m_panel.reset();
        m_server.reset();
    }

    /// The first of all: Qt looks for a panel once in a process.
    void waitsForAPanelThatComesLate()
    {
        makeTray();
        QVERIFY(m_tray->mayCome());
        QVERIFY(!m_tray->isThere());
        QSignalSpy came(m_tray.get(), &Tray::cameOrWent);

        makePanel();

        QTRY_COMPARE((*m_panel)->items().size(), 1);
        QVERIFY(m_tray->isThere());
        QCOMPARE(came.size(), 1);
    }
    void comesBackWithItsPanel()
    {
        makePanel();
        makeTray();
        QTRY_COMPARE((*m_panel)->items().size(), 1);
        QSignalSpy changes(m_tray.get(), &Tray::cameOrWent);

        m_panel.reset();
        QTRY_VERIFY(!m_tray->isThere());
        makePanel();

        QTRY_VERIFY(m_tray->isThere());
        QTRY_VERIFY(!(*m_panel)->items().isEmpty());
        QCOMPARE(changes.size(), 2);
        m_tray->show(exampleSnapshot());
        QVERIFY(item().menu().find(QStringLiteral("Open dashboard")) != nullptr);
    }
    void showsItsStateInThePanel()
    {
        makePanel();
        makeTray();
        QTRY_COMPARE((*m_panel)->items().size(), 1);

        m_tray->show(exampleSnapshot());

        QCOMPARE(item().property("Category").toString(), QStringLiteral("ApplicationStatus"));
        QCOMPARE(item().property("Status").toString(), QStringLiteral("Active"));
        const auto tooltip = item().property("ToolTip").value<QDBusArgument>();
        QString icon;
        QString title;
        tooltip.beginStructure();
        tooltip >> icon;
        tooltip.beginArray();
        tooltip.endArray();
        tooltip >> title;
        QVERIFY2(title.startsWith(QStringLiteral("Drover: 2 running, 6 waiting")), qPrintable(title));
        QCOMPARE(title.count(QLatin1Char('\n')), 2);
    }
    void itsMenuIsReadAndClicked()
    {
        makePanel();
        makeTray();
        QTRY_COMPARE((*m_panel)->items().size(), 1);
        m_tray->show(exampleSnapshot());
        QSignalSpy window(m_tray.get(), &Tray::windowAsked);
        QSignalSpy settings(m_tray.get(), &Tray::settingsAsked);
        QSignalSpy quit(m_tray.get(), &Tray::quitAsked);
        QSignalSpy memory(m_tray.get(), &Tray::freeMemoryAsked);
        m_tray->offerFreeMemory();

        const auto menu = item().menu();
        const auto memoryText = m_tray->status().look().freeMemory;
        QVERIFY(memoryText.startsWith(QStringLiteral("Free GPU memory (9.7 GB in 2 model")));
        QCOMPARE(menu.labels(),
            (QStringList{QStringLiteral("2 running, 6 waiting (Zed, Open WebUI and 2 more)"),
                QStringLiteral("Ollama: ready, 2 models loaded"), QStringLiteral("-"),
                QStringLiteral("Pause the queue"), memoryText, QStringLiteral("Join a pool…"),
                QStringLiteral("Copy address"), QStringLiteral("-"), QStringLiteral("Open dashboard"),
                QStringLiteral("Settings…"), QStringLiteral("Quit Drover…")}));
        QVERIFY(!menu.rows.front().isEnabled());
        for (const auto& text : {QStringLiteral("For 15 minutes"), QStringLiteral("Open dashboard"),
                 QStringLiteral("Settings…"), memoryText, QStringLiteral("Quit Drover…")}) {
            const auto* row = menu.find(text);
            QVERIFY2(row != nullptr, qPrintable(text));
            item().click(row->id);
        }

        QTRY_COMPARE(quit.size(), 1);
        QCOMPARE(m_control->calls, QStringList{QStringLiteral("pause")});
        QVERIFY(m_control->pausedUntil.has_value());
        QCOMPARE(window.size(), 1);
        QCOMPARE(settings.size(), 1);
        QCOMPARE(memory.size(), 1);
    }
    void changesItsRowsInPlaceWhileTheMenuIsOpen()
    {
        makePanel();
        makeTray();
        QTRY_COMPARE((*m_panel)->items().size(), 1);
        auto snapshot = exampleSnapshot();
        m_tray->show(snapshot);
        const auto before = item().menu();
        item().open();

        snapshot.paused = true;
        snapshot.state = EngineState::Paused;
        m_tray->show(snapshot);

        const BusMenuRow* resume = nullptr;
        BusMenuRow after;
        QTRY_VERIFY((after = item().menu(), resume = after.find(QStringLiteral("Resume the queue"))));
        QVERIFY(after.find(QStringLiteral("Pause the queue")) == nullptr);
        QCOMPARE(after.rows.size(), before.rows.size());
        QCOMPARE(after.rows.front().id, before.rows.front().id);
        item().click(resume->id);
        QTRY_COMPARE(m_control->calls, QStringList{QStringLiteral("resume")});
    }
    void measuresIconAndMenuWithAThousandWaiting()
    {
        makePanel();
        makeTray();
        QTRY_COMPARE((*m_panel)->items().size(), 1);
        m_tray->show(waiting(1000));
        QElapsedTimer time;
        time.start();
        item().open();
        const auto menu = item().menu();
        qInfo("menu opened and read with 1,000 waiting: %lld ms", static_cast<long long>(time.elapsed()));
        QVERIFY(menu.find(QStringLiteral("Open dashboard")) != nullptr);

        QSignalSpy changes(&m_tray->status(), &TrayStatus::changed);
        auto snapshot = waiting(1000);
        snapshot.running = 1; // a figure, so that the state's change comes right after a redraw
        time.restart();
        m_tray->show(snapshot);
        snapshot.state = EngineState::Paused;
        snapshot.paused = true;
        m_tray->show(snapshot);
        QTRY_VERIFY(m_tray->status().look().mark.face == Face::Paused);
        qInfo("state change to icon: %lld ms", static_cast<long long>(time.elapsed()));
        QVERIFY(changes.size() >= 1);
    }

    void notifiesWithButtonsThatWork()
    {
        makeServer();
        makePanel();
        makeTray();
        QSignalSpy chosen(m_tray.get(), &Tray::chosen);
        QTRY_VERIFY(m_tray->isThere());

        QTRY_VERIFY((*m_server)->inhibitedRead() > 0); // it asked what the server can do too
        m_tray->tell(NoticeKind::InBackground);

        QTRY_COMPARE(shown().size(), std::size_t(1));
        const auto notice = shown().front();
        QCOMPARE(notice.title, QStringLiteral("Drover runs in the background"));
        QCOMPARE(notice.actions,
            (QStringList{QStringLiteral("default"), QString(), QStringLiteral("0"), QStringLiteral("Show me")}));
        QCOMPARE(
            notice.hints.value(QStringLiteral("desktop-entry")).toString(), QStringLiteral("io.github.drover.Drover"));
        m_server->onItsThread([this] {
            auto* server = m_server->operator->();
            Q_EMIT server->ActionInvoked(99, QStringLiteral("default")); // another program's
            Q_EMIT server->ActionInvoked(1, QStringLiteral("0"));
        });
        QTRY_COMPARE(chosen.size(), 1);
        QCOMPARE(chosen.front().front().value<NoticeAct>(), NoticeAct::OpenNow);
    }
    void isQuietWhileNobodyIsToBeDisturbed()
    {
        makeServer();
        (*m_server)->setInhibited(true);
        makeTray();
        QTRY_VERIFY((*m_server)->inhibitedRead() > 0);
        m_tray->tell(NoticeKind::InBackground);

        (*m_server)->setInhibited(false);
        auto changed = QDBusMessage::createSignal(QStringLiteral("/org/freedesktop/Notifications"),
            QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("PropertiesChanged"));
        changed << QStringLiteral("org.freedesktop.Notifications") << QVariantMap{{QStringLiteral("Inhibited"), false}}
                << QStringList();
        m_server->connection().send(changed);

        QTRY_COMPARE(shown().size(), std::size_t(1));
        QVERIFY(!shown().front().whileInhibited);
    }
    void tellsThatAnAddressWasCopied()
    {
        makeServer();
        makePanel();
        makeTray();
        QTRY_COMPARE((*m_panel)->items().size(), 1);
        m_tray->show(exampleSnapshot());

        const auto menu = item().menu();
        item().click(menu.find(QStringLiteral("OpenAI"))->id);

        QTRY_COMPARE(shown().size(), std::size_t(1));
        QCOMPARE(shown().front().text, QStringLiteral("http://127.0.0.1:11435/v1"));
    }
    void saysNothingWhenItIsToldSo()
    {
        makeServer();
        makePanel();
        makeTray();
        QTRY_COMPARE((*m_panel)->items().size(), 1);
        m_tray->setNotifications({.enabled = false});
        m_tray->show(exampleSnapshot());
        QSignalSpy changes(&m_tray->status(), &TrayStatus::changed);

        const auto menu = item().menu();
        item().click(menu.find(QStringLiteral("Ollama"))->id);
        item().menu(); // a round trip later

        QVERIFY(shown().empty());
    }
};

int main(int count, char** words)
{
    const PrivateSession session(PrivateSession::Display::X11);
    if (!session.works(PrivateSession::Display::X11)) {
        std::fputs("needs dbus-daemon and Xvfb: scripts/install-dependencies --tests\n", stderr);
        return 1;
    }
    QApplication application(count, words);
    TrayBusTest test(session);
    return QTest::qExec(&test, count, words);
}

#include "tray_bus_test.moc"
