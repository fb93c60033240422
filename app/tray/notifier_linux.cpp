// SPDX-License-Identifier: MIT
#include "app/tray/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QDBusServiceWatcher>
#include <QMap>
#include <QVariantMap>

#include <deque>

namespace drover::app {

namespace {

// https://specifications.freedesktop.org/notification-spec/latest/
constexpr auto service = QLatin1String("org.freedesktop.Notifications");
constexpr auto path = QLatin1String("/org/freedesktop/Notifications");
constexpr int replyTimeMaxMs = 5'000;
constexpr int serversOwnTime = -1;
constexpr auto clicked = QLatin1String("default");
constexpr std::size_t openMax = 20; ///< notices whose buttons are remembered
constexpr uchar lowUrgency = 0;
constexpr uchar normalUrgency = 1;

} // namespace

/// Over D-Bus, with buttons.
class BusNotifier : public Notifier {
    Q_OBJECT

public:
    BusNotifier()
        : m_server(service, QDBusConnection::sessionBus(), QDBusServiceWatcher::WatchForOwnerChange)
    {
        auto bus = QDBusConnection::sessionBus();
        bus.connect(service, path, service, QStringLiteral("ActionInvoked"), this, SLOT(invoked(uint, QString)));
        bus.connect(service, path, service, QStringLiteral("NotificationClosed"), this, SLOT(closed(uint)));
        bus.connect(service, path, service, QStringLiteral("ActivationToken"), this, SLOT(activated(uint, QString)));
        bus.connect(service, path, QStringLiteral("org.freedesktop.DBus.Properties"),
            QStringLiteral("PropertiesChanged"), this, SLOT(propertiesChanged(QString, QVariantMap)));
        connect(&m_server, &QDBusServiceWatcher::serviceOwnerChanged, this, &BusNotifier::askServer);
        askServer();
    }

    void show(const Notice& notice) override
    {
        auto call = QDBusMessage::createMethodCall(service, path, service, QStringLiteral("Notify"));
        const bool answersAClick = notice.kind == NoticeKind::AddressCopied;
        QStringList actions{clicked, QString()};
        for (std::size_t i = 0; i < notice.buttons.size() && m_hasButtons; ++i)
            actions << QString::number(i) << notice.buttons[i].text;
        const QVariantMap hints{{QStringLiteral("desktop-entry"), QStringLiteral("io.github.drover.Drover")},
            {QStringLiteral("urgency"), QVariant::fromValue(answersAClick ? lowUrgency : normalUrgency)},
            {QStringLiteral("transient"), answersAClick}};
        const uint replaced = m_ids.value(notice.kind); // the newest of a kind stands for those before it
        call << QStringLiteral("Drover") << replaced << QStringLiteral("io.github.drover.Drover") << notice.title
             << (m_readsMarkup ? notice.text.toHtmlEscaped() : notice.text) << actions << hints << serversOwnTime;
        auto* sent = new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(call, replyTimeMaxMs), this);
        connect(sent, &QDBusPendingCallWatcher::finished, this, [this, sent, notice] {
            sent->deleteLater();
            const QDBusPendingReply<uint> reply = *sent;
            if (reply.isError())
                Q_EMIT failed(reply.error().message());
            else
                remember(reply.value(), notice);
        });
    }

    bool isQuiet() const override { return m_isQuiet; }

private Q_SLOTS:
    void invoked(uint id, const QString& key)
    {
        const auto open = find(id);
        if (open == m_open.end())
            return; // another program's
        const auto& notice = open->second;
        bool isNumber = false;
        const auto index = key.toUInt(&isNumber);
        if (key == clicked)
            Q_EMIT chosen(notice.onClick);
        else if (isNumber && index < notice.buttons.size())
            Q_EMIT chosen(notice.buttons[index].act);
    }
    void closed(uint id)
    {
        const auto open = find(id);
        if (open == m_open.end())
            return;
        m_ids.remove(open->second.kind);
        m_open.erase(open);
    }
    /// Comes before `ActionInvoked`: with it a window may come to the front.
    void activated(uint id, const QString& token)
    {
        if (find(id) != m_open.end())
            qputenv("XDG_ACTIVATION_TOKEN", token.toUtf8());
    }
    void propertiesChanged(const QString& interface, const QVariantMap& values)
    {
        if (interface == service && values.contains(QStringLiteral("Inhibited")))
            setQuiet(values.value(QStringLiteral("Inhibited")).toBool());
    }

private:
    using Open = std::pair<uint, Notice>;

    std::deque<Open>::iterator find(uint id)
    {
        return std::find_if(m_open.begin(), m_open.end(), [id](const Open& each) { return each.first == id; });
    }

    void remember(uint id, const Notice& notice)
    {
        if (const auto before = find(id); before != m_open.end())
            m_open.erase(before);
        m_open.emplace_back(id, notice);
        m_ids[notice.kind] = id;
        if (m_open.size() > openMax)
            m_open.pop_front();
    }

    /// What it can do, and whether it is to be quiet (KDE's property `Inhibited`; others have none).
    void askServer()
    {
        m_open.clear();
        m_ids.clear();
        ask(QDBusMessage::createMethodCall(service, path, service, QStringLiteral("GetCapabilities")),
            [this](const QVariant& answer) {
                const auto can = answer.toStringList();
                m_hasButtons = can.contains(QStringLiteral("actions"));
                m_readsMarkup = can.contains(QStringLiteral("body-markup"));
            });
        auto property = QDBusMessage::createMethodCall(
            service, path, QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("Get"));
        property << QString(service) << QStringLiteral("Inhibited");
        ask(property,
            [this](const QVariant& answer) { setQuiet(qvariant_cast<QDBusVariant>(answer).variant().toBool()); });
    }

    void ask(const QDBusMessage& question, std::function<void(const QVariant&)> taken)
    {
        auto* asked =
            new QDBusPendingCallWatcher(QDBusConnection::sessionBus().asyncCall(question, replyTimeMaxMs), this);
        connect(asked, &QDBusPendingCallWatcher::finished, this, [asked, taken = std::move(taken)] {
            asked->deleteLater();
            const auto reply = asked->reply();
            if (reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty())
                taken(reply.arguments().constFirst());
        });
    }

    void setQuiet(bool quiet)
    {
        if (quiet == m_isQuiet)
            return;
        m_isQuiet = quiet;
        Q_EMIT quietChanged();
    }

    QDBusServiceWatcher m_server;
    std::deque<Open> m_open; ///< as the server numbers them, the oldest first
    QMap<NoticeKind, uint> m_ids;
    bool m_hasButtons = false;
    bool m_readsMarkup = false;
    bool m_isQuiet = false;
};

std::unique_ptr<Notifier> makeNotifier(IconOfNow)
{
    return std::make_unique<BusNotifier>();
}

} // namespace drover::app

#include "notifier_linux.moc"
