// SPDX-License-Identifier: MIT

// The Linux sensors against services and an X display of the test's own.
#include "app/desktop/sensors.h"

#include "tests/support/private_session.h"

#include <QCoreApplication>
#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusVariant>
#include <QDateTime>
#include <QSemaphore>
#include <QTest>

#include <xcb/xcb.h>

#include <atomic>
#include <functional>
#include <mutex>

using namespace drover;
using namespace drover::app;
using namespace drover::test;
using namespace std::chrono_literals;

namespace {

class FakeUPower : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.UPower")
    Q_PROPERTY(bool OnBattery READ onBattery)

public:
    bool onBattery() const { return battery; }
    std::atomic<bool> battery{false};
};

class FakeNetworkManager : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.NetworkManager")
    Q_PROPERTY(uint Metered READ metered)

public:
    uint metered() const { return value; }
    std::atomic<uint> value{0};
};

class FakeLogind : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.login1.Manager")
    Q_PROPERTY(bool IdleHint READ idleHint)
    Q_PROPERTY(qulonglong IdleSinceHint READ idleSince)

public:
    bool idleHint() const { return idle; }
    qulonglong idleSince() const { return since; }
    std::atomic<bool> idle{false};
    std::atomic<qulonglong> since{0};
};

class FakeScreenSaver : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.ScreenSaver")

public:
    std::atomic<uint> milliseconds{0};

public Q_SLOTS:
    uint GetSessionIdleTime() { return milliseconds; }
};

/// A service on a thread and a connection of its own: the sensors wait for its answers.
template <class Fake> class Served {
public:
    Served(const QString& address, const char* service, const char* path)
        : m_name(QLatin1String(service))
    {
        m_thread.start();
        m_fake.moveToThread(&m_thread);
        QMetaObject::invokeMethod(
            &m_fake,
            [&, path] {
                auto bus = QDBusConnection::connectToBus(address, m_name);
                m_works = bus.registerObject(QLatin1String(path), &m_fake,
                              QDBusConnection::ExportAllProperties | QDBusConnection::ExportAllSlots)
                    && bus.registerService(m_name);
            },
            Qt::BlockingQueuedConnection);
    }
    ~Served()
    {
        QMetaObject::invokeMethod(
            &m_fake,
            [this] {
                QDBusConnection::disconnectFromBus(m_name);
                m_fake.moveToThread(nullptr);
            },
            Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    Q_DISABLE_COPY_MOVE(Served)

    Fake* operator->() { return &m_fake; }
    bool works() const { return m_works; }

private:
    QThread m_thread;
    QString m_name;
    Fake m_fake;
    bool m_works = false;
};

/// A window manager and one window: sets what they would set.
class FakeDesktop {
public:
    FakeDesktop()
        : m_connection(xcb_connect(nullptr, nullptr))
        , m_screen(xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data)
        , m_window(xcb_generate_id(m_connection))
    {
        xcb_create_window(m_connection, XCB_COPY_FROM_PARENT, m_window, m_screen->root, 0, 0, 10, 10, 0,
            XCB_WINDOW_CLASS_INPUT_OUTPUT, m_screen->root_visual, 0, nullptr);
        const char names[] = "doom\0Doom Eternal"; // instance and class, each with its zero
        xcb_change_property(
            m_connection, XCB_PROP_MODE_REPLACE, m_window, XCB_ATOM_WM_CLASS, XCB_ATOM_STRING, 8, sizeof names, names);
        set(m_screen->root, "_NET_ACTIVE_WINDOW", XCB_ATOM_WINDOW, {m_window});
        setFullScreen(false);
    }
    ~FakeDesktop() { xcb_disconnect(m_connection); }
    Q_DISABLE_COPY_MOVE(FakeDesktop)

    void setFullScreen(bool on)
    {
        std::vector<std::uint32_t> states{atom("_NET_WM_STATE_FOCUSED")};
        if (on)
            states.push_back(atom("_NET_WM_STATE_FULLSCREEN"));
        set(m_window, "_NET_WM_STATE", XCB_ATOM_ATOM, states);
        free(xcb_get_input_focus_reply(m_connection, xcb_get_input_focus(m_connection), nullptr)); // it has happened
    }

private:
    xcb_atom_t atom(const char* name)
    {
        auto* reply = xcb_intern_atom_reply(
            m_connection, xcb_intern_atom(m_connection, 0, static_cast<std::uint16_t>(strlen(name)), name), nullptr);
        const xcb_atom_t found = reply->atom;
        free(reply);
        return found;
    }
    void set(xcb_window_t window, const char* property, xcb_atom_t type, const std::vector<std::uint32_t>& values)
    {
        xcb_change_property(m_connection, XCB_PROP_MODE_REPLACE, window, atom(property), type, 32,
            static_cast<std::uint32_t>(values.size()), values.data());
    }

    xcb_connection_t* m_connection;
    xcb_screen_t* m_screen;
    xcb_window_t m_window;
};

class CountingSource : public SensorSource {
public:
    explicit CountingSource(std::function<void(const SensorWishes&)> asked)
        : m_asked(std::move(asked))
    {
    }
    SensorReadings read(const SensorWishes& wishes) override
    {
        m_asked(wishes);
        return {.onBattery = true};
    }

private:
    std::function<void(const SensorWishes&)> m_asked;
};

} // namespace

class SensorsTest : public QObject {
    Q_OBJECT

public:
    explicit SensorsTest(const PrivateSession& session)
        : m_session(session)
    {
    }

private:
    const PrivateSession& m_session;

    SensorReadings readOnce(const SensorWishes& wishes = {}) { return makeSensorSource()->read(wishes); }

private Q_SLOTS:
    void knowsLessWhereNoServiceIs()
    {
        const SensorReadings readings = readOnce();
        QVERIFY(!readings.metered);
        QVERIFY(!readings.userIdle);
        QVERIFY(readings.memoryFreeBytes > 0u); // but this machine's own files
        QVERIFY(!readings.diskFreeBytes);
    }
    void asksUPowerForTheBattery()
    {
        Served<FakeUPower> upower(m_session.address(), "org.freedesktop.UPower", "/org/freedesktop/UPower");
        QVERIFY(upower.works());
        QCOMPARE(readOnce().onBattery, false);
        upower->battery = true;
        QCOMPARE(readOnce().onBattery, true);
    }
    void asksNetworkManagerForTheCost_data()
    {
        QTest::addColumn<uint>("answer");
        QTest::addColumn<std::optional<bool>>("metered");
        QTest::newRow("unknown") << 0u << std::optional<bool>();
        QTest::newRow("yes") << 1u << std::optional(true);
        QTest::newRow("no") << 2u << std::optional(false);
        QTest::newRow("probably") << 3u << std::optional(true);
        QTest::newRow("probably not") << 4u << std::optional(false);
        QTest::newRow("of another day") << 9u << std::optional<bool>();
    }
    void asksNetworkManagerForTheCost()
    {
        QFETCH(uint, answer);
        QFETCH(std::optional<bool>, metered);
        Served<FakeNetworkManager> network(
            m_session.address(), "org.freedesktop.NetworkManager", "/org/freedesktop/NetworkManager");
        network->value = answer;
        QCOMPARE(readOnce().metered, metered);
    }
    void asksTheScreenSaverForIdleness()
    {
        Served<FakeScreenSaver> saver(
            m_session.address(), "org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver");
        saver->milliseconds = 185'999;
        QCOMPARE(readOnce().userIdle, 185s);
    }
    void asksLogindWhereThereIsNoScreenSaver()
    {
        Served<FakeLogind> logind(m_session.address(), "org.freedesktop.login1", "/org/freedesktop/login1");
        QCOMPARE(readOnce().userIdle, 0s);
        logind->since = static_cast<qulonglong>(QDateTime::currentSecsSinceEpoch() - 600) * 1'000'000;
        logind->idle = true;
        const auto idle = readOnce().userIdle;
        QVERIFY(idle && *idle >= 600s && *idle < 660s);
    }
    void seesWhatFillsTheScreen()
    {
        const auto source = makeSensorSource();
        QVERIFY(!source->read({}).fullScreenApp); // no window manager tells it
        FakeDesktop desktop;
        QCOMPARE(source->read({}).fullScreenApp, std::string());
        desktop.setFullScreen(true);
        QCOMPARE(source->read({}).fullScreenApp, std::string("Doom Eternal"));
        desktop.setFullScreen(false);
        QCOMPARE(source->read({}).fullScreenApp, std::string());
    }
    void seesListedPrograms()
    {
        const std::string own = QCoreApplication::applicationFilePath().section(QLatin1Char('/'), -1).toStdString();
        const SensorReadings readings = readOnce({.programs = {"no such program", own}, .diskFolder = "/"});
        QCOMPARE(readings.programs, std::vector<std::string>{own});
        QVERIFY(readings.diskFreeBytes);
    }
    void readsOnItsOwnThreadWhileItIsWanted()
    {
        QSemaphore read;
        std::mutex guard;
        std::vector<SensorWishes> wishes;
        QThread* thread = nullptr;
        {
            Sensors sensors(
                [&] {
                    return std::make_unique<CountingSource>([&](const SensorWishes& asked) {
                        const std::lock_guard lock(guard);
                        wishes.push_back(asked);
                        thread = QThread::currentThread();
                    });
                },
                [&](const SensorReadings& readings) { read.release(readings.onBattery == true ? 1 : 1000); });
            QVERIFY(!read.tryAcquire(1, 50)); // nobody wants to know
            sensors.watch({.programs = {"a"}});
            QVERIFY(read.tryAcquire(2, 20'000));
            sensors.watch({.programs = {"b"}});
            QTRY_VERIFY_WITH_TIMEOUT((std::lock_guard(guard), wishes.back().programs.front() == "b"), 20'000);
            sensors.rest();
        }
        QVERIFY(thread != nullptr && thread != QThread::currentThread());
    }
};

int main(int argc, char** argv)
{
    const PrivateSession session(PrivateSession::Display::X11);
    if (!session.works(PrivateSession::Display::X11)) {
        qWarning("no dbus-daemon or no Xvfb here");
        return 1;
    }
    qputenv("DBUS_SYSTEM_BUS_ADDRESS", session.address().toUtf8());
    QCoreApplication app(argc, argv);
    SensorsTest test(session);
    return QTest::qExec(&test, argc, argv);
}

#include "sensors_test.moc"
