// SPDX-License-Identifier: MIT
#include "app/window/host_plan.h"

#include "app/settings/address.h"
#include "app/settings/settings_table.h"
#include "app/settings/settings_text.h"
#include "app/settings/value_text.h"

#include <QCoreApplication>
#include <QFileInfo>

#include <utility>
#include <vector>

namespace drover::app {

namespace {

/// The context of the translations here.
struct HostPlanWords {
    Q_DECLARE_TR_FUNCTIONS(HostPlan)
};

bool isWebAddress(const QString& text, QLatin1String scheme)
{
    const auto url = parseUrl(text.toStdString());
    return text.startsWith(scheme) && url && url->path.empty();
}

/// "pool.example.org" of "https://pool.example.org".
QString hostOf(const QString& address)
{
    const auto url = parseUrl(address.toStdString());
    return url ? QString::fromStdString(url->host) : QStringLiteral("pool.example.org");
}

using Changes = std::vector<std::pair<std::string_view, std::string>>;

Changes changesOf(const HostPlan& plan)
{
    const bool isOpen = plan.reach == HostReach::MyNetwork || plan.reach == HostReach::Internet;
    const bool hasTls = plan.reach == HostReach::Internet;
    const bool hasUrl = hasTls || plan.reach == HostReach::BehindProxy;
    return {{"host.enabled", "true"}, {"host.name", plan.name.trimmed().toStdString()},
        {"host.listen", (isOpen ? "0.0.0.0:" : "127.0.0.1:") + std::to_string(plan.port)},
        {"host.insecure", plan.reach == HostReach::MyNetwork ? "true" : "false"},
        {"host.tls_cert", hasTls ? plan.certificate.trimmed().toStdString() : ""},
        {"host.tls_key", hasTls ? plan.key.trimmed().toStdString() : ""},
        {"host.public_url", hasUrl ? plan.publicUrl.trimmed().toStdString() : ""},
        {"host.trusted_proxies", plan.reach == HostReach::BehindProxy ? "127.0.0.1,::1" : ""},
        {"host.local_backends", plan.localBackends ? "true" : "false"}};
}

} // namespace

HostPlan planOf(const Settings& settings)
{
    const drover::HostingConfig& set = settings.config.hosting;
    HostPlan plan{.name = QString::fromStdString(set.name),
        .port = set.port,
        .certificate = QString::fromStdString(set.certificateFile),
        .key = QString::fromStdString(set.keyFile),
        .publicUrl = QString::fromStdString(set.publicUrl),
        .localBackends = set.localBackends};
    if (isLoopback(set.host))
        plan.reach = set.publicUrl.empty() ? HostReach::ThisMachine : HostReach::BehindProxy;
    else
        plan.reach = set.certificateFile.empty() ? HostReach::MyNetwork : HostReach::Internet;
    return plan;
}

QString planTrouble(const HostPlan& plan)
{
    constexpr qsizetype nameBytesMax = 64;
    if (plan.name.trimmed().toUtf8().size() > nameBytesMax)
        return HostPlanWords::tr("The name is too long.");
    if (plan.port == 0)
        return HostPlanWords::tr("The port must be between 1 and 65535.");
    if (plan.reach == HostReach::Internet) {
        for (const QString& file : {plan.certificate, plan.key})
            if (const QFileInfo info(file.trimmed()); file.trimmed().isEmpty() || !info.isFile() || !info.isReadable())
                return file.trimmed().isEmpty() ? HostPlanWords::tr("The internet needs a certificate and its key.")
                                                : HostPlanWords::tr("The file %1 cannot be read.").arg(file.trimmed());
    }
    const QString url = plan.publicUrl.trimmed();
    if (plan.reach == HostReach::BehindProxy && !isWebAddress(url, QLatin1String("https://")))
        return HostPlanWords::tr("Type the address that others will use, such as https://pool.example.org.");
    if (plan.reach == HostReach::Internet && !url.isEmpty() && !isWebAddress(url, QLatin1String("https://")))
        return HostPlanWords::tr("The address must look like https://pool.example.org.");
    return {};
}

bool makesKeys(const HostPlan& plan)
{
    return plan.asksForKeys || plan.reach != HostReach::ThisMachine;
}

QStringList planSentences(const HostPlan& plan)
{
    QStringList lines;
    switch (plan.reach) {
    case HostReach::ThisMachine:
        lines << HostPlanWords::tr("Port %1 is opened for programs on this machine alone.").arg(plan.port);
        break;
    case HostReach::MyNetwork:
        lines << HostPlanWords::tr("Port %1 is opened for every machine in your network.").arg(plan.port)
              << HostPlanWords::tr("Nothing is encrypted: choose this only where you trust the network.");
        break;
    case HostReach::Internet:
        lines << HostPlanWords::tr("Port %1 is opened for everybody who can reach this machine, encrypted by your "
                                   "certificate.")
                     .arg(plan.port);
        break;
    case HostReach::BehindProxy:
        lines << HostPlanWords::tr("Port %1 is opened for the proxy on this machine alone.").arg(plan.port);
        break;
    }
    if (makesKeys(plan))
        lines << HostPlanWords::tr("A key for a first client and one for a first machine are made and shown once.");
    lines << (plan.localBackends ? HostPlanWords::tr("This machine answers the pool, too, after its own apps.")
                                 : HostPlanWords::tr("Only the machines that join answer the pool."));
    return lines;
}

QStringList proxyCommands(const HostPlan& plan)
{
    if (plan.reach != HostReach::BehindProxy)
        return {};
    return {
        QStringLiteral("caddy reverse-proxy --from %1 --to 127.0.0.1:%2").arg(hostOf(plan.publicUrl)).arg(plan.port),
        QStringLiteral("cloudflared tunnel --url http://127.0.0.1:%1").arg(plan.port)};
}

TextEdit hostEdit(const HostPlan& plan)
{
    return [changes = changesOf(plan)](const std::string& text) -> drover::Result<std::string> {
        std::string changed = text;
        const Settings defaults;
        for (const auto& [key, value] : changes) {
            const Setting* setting = findSetting(key);
            const bool isDefault = valueText(setting->rule, setting->get(defaults)) == value;
            auto next = isDefault ? resetInFile(changed, key) : setInFile(changed, key, value);
            if (!next)
                return next;
            changed = std::move(*next);
        }
        return changed;
    };
}

TextEdit stopHostingEdit()
{
    return [](const std::string& text) { return resetInFile(text, "host.enabled"); };
}

} // namespace drover::app
