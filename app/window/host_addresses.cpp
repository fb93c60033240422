// SPDX-License-Identifier: MIT
#include "app/window/host_addresses.h"

#include "app/window/wording.h"

#include <QNetworkInterface>

namespace drover::app {

namespace {

constexpr qsizetype addressesMax = 8;

HostAddress addressOf(const QString& base)
{
    return {.base = base,
        .openAi = base + QStringLiteral("/v1"),
        .workers = QStringLiteral("ws") + base.mid(4) + QStringLiteral("/api/llm/connect")};
}

} // namespace

std::vector<HostAddress> hostAddresses(const drover::HostView& host, const QStringList& own)
{
    if (!host.enabled || !host.listening)
        return {};
    const QString address = wording::text(host.address);
    const auto colon = address.lastIndexOf(QLatin1Char(':'));
    const QString name = address.left(colon);
    const bool everywhere = name == QLatin1String("0.0.0.0") || name == QLatin1String("[::]");
    const QString scheme = host.tls ? QStringLiteral("https://") : QStringLiteral("http://");
    QString publicUrl = wording::text(host.publicUrl);
    if (publicUrl.contains(QLatin1String("://0.0.0.0")) || publicUrl.contains(QLatin1String("://[::]")))
        publicUrl.clear(); // nobody can call that
    std::vector<HostAddress> found;
    if (!publicUrl.isEmpty())
        found.push_back(addressOf(publicUrl));
    else if (colon > 0 && !everywhere)
        found.push_back(addressOf(scheme + address));
    for (const QString& each : own) {
        if (everywhere && publicUrl.isEmpty())
            found.push_back(addressOf(scheme
                + (each.contains(QLatin1Char(':')) ? QStringLiteral("[%1]").arg(each) : each) + address.mid(colon)));
    }
    if (found.empty() && everywhere) // no network at present
        found.push_back(addressOf(scheme + QStringLiteral("127.0.0.1") + address.mid(colon)));
    return found;
}

QStringList ownAddresses()
{
    QStringList four;
    QStringList six;
    const auto interfaces = QNetworkInterface::allInterfaces();
    for (const QNetworkInterface& each : interfaces) {
        const auto flags = each.flags();
        if (!flags.testFlag(QNetworkInterface::IsRunning) || flags.testFlag(QNetworkInterface::IsLoopBack))
            continue;
        const auto entries = each.addressEntries();
        for (const QNetworkAddressEntry& entry : entries) {
            const QHostAddress address = entry.ip();
            if (address.isLoopback() || address.isLinkLocal())
                continue;
            (address.protocol() == QAbstractSocket::IPv4Protocol ? four : six) << address.toString();
        }
    }
    return (four + six).mid(0, addressesMax);
}

} // namespace drover::app
