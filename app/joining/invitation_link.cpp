// SPDX-License-Identifier: MIT
#include "app/joining/invitation_link.h"

#include "app/settings/address.h"

#include <QNetworkInterface>

namespace drover::app {

namespace {

bool isEveryAddress(std::string_view host)
{
    return host == "0.0.0.0" || host == "::";
}

} // namespace

std::string poolBase(
    const drover::HostingConfig& settings, const drover::HostView& running, const std::string& ownAddress)
{
    const bool runs = running.enabled && running.listening;
    const std::string& publicUrl = settings.publicUrl.empty() && runs ? running.publicUrl : settings.publicUrl;
    const auto asUrl = parseUrl(publicUrl);
    if (!publicUrl.empty() && asUrl && !isEveryAddress(asUrl->host))
        return publicUrl.substr(0, publicUrl.find_last_not_of('/') + 1);
    Address address{settings.host, settings.port};
    if (runs)
        if (const auto parsed = parseAddress(running.address))
            address = *parsed;
    if (isEveryAddress(address.host))
        address.host = ownAddress.empty() ? "127.0.0.1" : ownAddress;
    const bool tls = runs ? running.tls : !settings.certificateFile.empty();
    const bool usual = address.port == (tls ? 443 : 80);
    const std::string whole = addressText(address);
    return (tls ? "https://" : "http://") + (usual ? whole.substr(0, whole.rfind(':')) : whole);
}

std::string invitationLink(std::string_view base, std::string_view code)
{
    return std::string(base) + "/j#" + std::string(code);
}

std::string ownAddress()
{
    std::string six;
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
            if (address.protocol() == QAbstractSocket::IPv4Protocol)
                return address.toString().toStdString();
            if (six.empty())
                six = address.toString().toStdString();
        }
    }
    return six;
}

} // namespace drover::app
