// SPDX-License-Identifier: MIT
#pragma once

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QObject>
#include <QStringList>
#include <QThread>
#include <QVariantMap>

#include <memory>
#include <mutex>
#include <vector>

namespace drover::test {

/// org.kde.StatusNotifierWatcher with a host: the panel that shows tray icons. Lives on a thread of its own, since Qt
/// asks it while it waits.
/// https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/StatusNotifierWatcher/
class FakeWatcher : public QObject, protected QDBusContext {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierWatcher")
    Q_PROPERTY(bool IsStatusNotifierHostRegistered READ hasHost)
    Q_PROPERTY(QStringList RegisteredStatusNotifierItems READ items)
    Q_PROPERTY(int ProtocolVersion READ protocolVersion)

public:
    bool hasHost() const { return true; }
    int protocolVersion() const { return 0; }
    /// Their bus names, in the order in which they came.
    QStringList items() const
    {
        const std::lock_guard lock(m_mutex);
        return m_items;
    }

public Q_SLOTS:
    void RegisterStatusNotifierItem(const QString& service)
    {
        const auto name = service.startsWith(QLatin1Char('/')) ? message().service() : service;
        {
            const std::lock_guard lock(m_mutex);
            m_items << name;
        }
        Q_EMIT StatusNotifierItemRegistered(name);
    }
    void RegisterStatusNotifierHost(const QString&) { Q_EMIT StatusNotifierHostRegistered(); }

Q_SIGNALS:
    void StatusNotifierItemRegistered(const QString& service);
    void StatusNotifierItemUnregistered(const QString& service);
    void StatusNotifierHostRegistered();
    void StatusNotifierHostUnregistered();

private:
    mutable std::mutex m_mutex;
    QStringList m_items;
};

/// org.freedesktop.Notifications, as KDE's: it has buttons, and a property that tells that nobody is to be disturbed.
/// https://specifications.freedesktop.org/notification-spec/latest/
class FakeNotifications : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")
    Q_PROPERTY(bool Inhibited READ inhibited)

public:
    struct Shown {
        uint replaces = 0;
        QString title = {};
        QString text = {};
        QStringList actions = {};
        QVariantMap hints = {};
        bool whileInhibited = false;
    };

    std::vector<Shown> shown() const
    {
        const std::lock_guard lock(m_mutex);
        return m_shown;
    }
    bool inhibited() const
    {
        const std::lock_guard lock(m_mutex);
        ++m_inhibitedRead;
        return m_inhibited;
    }
    int inhibitedRead() const
    {
        const std::lock_guard lock(m_mutex);
        return m_inhibitedRead;
    }
    void setInhibited(bool inhibited)
    {
        const std::lock_guard lock(m_mutex);
        m_inhibited = inhibited;
    }

public Q_SLOTS:
    QStringList GetCapabilities() { return {QStringLiteral("actions"), QStringLiteral("body")}; }
    uint Notify(const QString&, uint replaces, const QString&, const QString& title, const QString& text,
        const QStringList& actions, const QVariantMap& hints, int)
    {
        const std::lock_guard lock(m_mutex);
        m_shown.push_back({replaces, title, text, actions, hints, m_inhibited});
        return static_cast<uint>(m_shown.size());
    }
    void CloseNotification(uint id) { Q_EMIT NotificationClosed(id, 3); }

Q_SIGNALS:
    void ActionInvoked(uint id, const QString& key);
    void NotificationClosed(uint id, uint reason);

private:
    mutable std::mutex m_mutex;
    std::vector<Shown> m_shown;
    bool m_inhibited = false;
    mutable int m_inhibitedRead = 0; ///< how often somebody asked
};

/// Puts an object on the bus under a name, from a thread of its own, until it is destroyed.
template <class Service> class OnTheBus {
public:
    OnTheBus(const QString& address, const QString& name, const QString& path)
        : m_connectionName(name + QString::number(++counter))
        , m_connection(QDBusConnection::connectToBus(address, m_connectionName))
        , m_name(name)
        , m_path(path)
    {
        m_connection.registerObject(path, &m_service,
            QDBusConnection::ExportAllSlots | QDBusConnection::ExportAllSignals | QDBusConnection::ExportAllProperties);
        m_service.moveToThread(&m_thread); // with what was made for it on the bus
        m_thread.start();
        m_registered = m_connection.registerService(name);
    }
    ~OnTheBus()
    {
        m_connection.unregisterService(m_name);
        onItsThread([this] {
            m_connection.unregisterObject(m_path, QDBusConnection::UnregisterTree);
            m_service.moveToThread(m_home);
        });
        m_thread.quit();
        m_thread.wait();
        QDBusConnection::disconnectFromBus(m_connectionName);
    }
    Q_DISABLE_COPY_MOVE(OnTheBus)

    Service* operator->() { return &m_service; }
    bool registered() const { return m_registered; }
    QDBusConnection& connection() { return m_connection; }

    /// Where signals of the service must be emitted. Waits for it.
    template <class Work> void onItsThread(Work work)
    {
        QMetaObject::invokeMethod(&m_service, work, Qt::BlockingQueuedConnection);
    }

private:
    static inline int counter = 0;

    QThread* m_home = QThread::currentThread();
    QThread m_thread;
    Service m_service;
    QString m_connectionName;
    QDBusConnection m_connection;
    QString m_name;
    QString m_path;
    bool m_registered = false;
};

} // namespace drover::test
