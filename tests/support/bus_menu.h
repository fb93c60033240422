// SPDX-License-Identifier: MIT
#pragma once

#include <QCoreApplication>
#include <QDBusArgument>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCall>
#include <QDBusVariant>
#include <QVariantMap>

#include <vector>

namespace drover::test {

/// One row of a menu as a panel sees it: com.canonical.dbusmenu,
/// https://github.com/AyatanaIndicators/libdbusmenu/blob/master/libdbusmenu-glib/dbus-menu.xml
struct BusMenuRow {
    int id = 0;
    QVariantMap properties = {};
    std::vector<BusMenuRow> rows = {};

    bool isVisible() const { return properties.value(QStringLiteral("visible"), true).toBool(); }
    bool isEnabled() const { return properties.value(QStringLiteral("enabled"), true).toBool(); }
    /// Without the marks of keys; "-" for a separator.
    QString label() const
    {
        if (properties.value(QStringLiteral("type")).toString() == QLatin1String("separator"))
            return QStringLiteral("-");
        auto text = properties.value(QStringLiteral("label")).toString();
        return text.replace(QStringLiteral("__"), QStringLiteral("\n"))
            .remove(QLatin1Char('_'))
            .replace(QLatin1Char('\n'), QLatin1Char('_'));
    }
    /// The visible row with this text, below any submenu; null when there is none.
    const BusMenuRow* find(const QString& text) const
    {
        for (const auto& row : rows) {
            if (row.isVisible() && row.label() == text)
                return &row;
            if (const auto* below = row.find(text))
                return below;
        }
        return nullptr;
    }
    QStringList labels() const
    {
        QStringList texts;
        for (const auto& row : rows)
            if (row.isVisible())
                texts << row.label();
        return texts;
    }
};

inline BusMenuRow readRow(const QDBusArgument& argument)
{
    BusMenuRow row;
    argument.beginStructure();
    argument >> row.id >> row.properties;
    argument.beginArray();
    while (!argument.atEnd()) {
        QDBusVariant child;
        argument >> child;
        row.rows.push_back(readRow(child.variant().value<QDBusArgument>()));
    }
    argument.endArray();
    argument.endStructure();
    return row;
}

/// Calls an object of this very thread over the bus: events are handled until the answer is there.
inline QDBusMessage askOverBus(const QDBusConnection& bus, const QDBusMessage& call)
{
    const auto pending = bus.asyncCall(call, 10'000);
    while (!pending.isFinished())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents, 20);
    return pending.reply();
}

/// The tray item of a program: its menu, its properties.
class BusItem {
public:
    BusItem(QDBusConnection bus, QString service)
        : m_bus(std::move(bus))
        , m_service(std::move(service))
    {
    }

    QVariant property(const char* name) const
    {
        auto call = QDBusMessage::createMethodCall(m_service, QStringLiteral("/StatusNotifierItem"),
            QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
        call << QStringLiteral("org.kde.StatusNotifierItem") << QString::fromLatin1(name);
        const auto answer = askOverBus(m_bus, call);
        return answer.arguments().isEmpty() ? QVariant()
                                            : qvariant_cast<QDBusVariant>(answer.arguments().constFirst()).variant();
    }

    BusMenuRow menu() const
    {
        auto call = menuCall("GetLayout");
        call << 0 << -1 << QStringList();
        const auto answer = askOverBus(m_bus, call);
        return answer.arguments().size() < 2 ? BusMenuRow() : readRow(answer.arguments().at(1).value<QDBusArgument>());
    }

    void open() const
    {
        auto call = menuCall("AboutToShow");
        call << 0;
        askOverBus(m_bus, call);
    }

    void click(int row) const
    {
        auto call = menuCall("Event");
        call << row << QStringLiteral("clicked") << QVariant::fromValue(QDBusVariant(QString())) << 0U;
        askOverBus(m_bus, call);
    }

private:
    QDBusMessage menuCall(const char* method) const
    {
        return QDBusMessage::createMethodCall(m_service, property("Menu").value<QDBusObjectPath>().path(),
            QStringLiteral("com.canonical.dbusmenu"), QString::fromLatin1(method));
    }

    QDBusConnection m_bus;
    QString m_service;
};

} // namespace drover::test
