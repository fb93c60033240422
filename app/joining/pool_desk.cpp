// SPDX-License-Identifier: MIT
#include "app/joining/pool_desk.h"

#include "app/joining/invitation.h"
#include "app/settings/settings_blocks.h"

#include <QCoreApplication>

#include <algorithm>

namespace drover::app {

namespace {

struct LeavingWords {
    Q_DECLARE_TR_FUNCTIONS(drover::app::LeavingWords)
};

/// Where the pool stands in the settings; nothing when it is not there.
std::optional<std::size_t> indexOf(const Settings& settings, const std::string& pool)
{
    const auto found = std::ranges::find(settings.pools, pool, [](const PoolSetting& each) { return each.pool.name; });
    if (found == settings.pools.end())
        return {};
    return static_cast<std::size_t>(found - settings.pools.begin());
}

} // namespace

std::string poolSecretName(const std::string& pool)
{
    return "pool." + pool;
}

Left leavePool(PoolDesk& desk, const std::string& pool)
{
    const Settings settings = desk.settings();
    const auto index = indexOf(settings, pool);
    if (!index)
        return {.trouble = {}, .wasThere = false, .keyRemoved = false, .keptKey = {}};
    const PoolSetting setting = settings.pools[*index];
    Left left;
    left.trouble = desk.edit([&](const std::string& text) { return removeBlock(text, "pool", *index); });
    if (left.trouble)
        return left;
    if (setting.keySecret == poolSecretName(pool)) {
        desk.forgetKey(setting.keySecret);
        left.keyRemoved = true;
    } else {
        left.keptKey = !setting.keyFile.empty() ? setting.keyFile
            : !setting.keyEnv.empty()           ? setting.keyEnv
                                                : setting.keySecret;
    }
    return left;
}

QString leftText(const Left& left, const std::string& pool)
{
    const QString name = QString::fromStdString(pool);
    if (!left.wasThere)
        return LeavingWords::tr("There is no pool called %1.").arg(name);
    if (left.trouble)
        return LeavingWords::tr("%1 is still joined: %2.").arg(name, QString::fromStdString(left.trouble->sentence));
    if (left.keyRemoved)
        return LeavingWords::tr("Left %1: its settings and its key are removed. The ledger stays.").arg(name);
    if (!left.keptKey.empty())
        return LeavingWords::tr(
            "Left %1: its settings are removed. Its key is yours and stays in %2. The ledger stays.")
            .arg(name, QString::fromStdString(left.keptKey));
    return LeavingWords::tr("Left %1: its settings are removed. The ledger stays.").arg(name);
}

std::string freePoolName(const Settings& settings, const std::string& wanted)
{
    if (!indexOf(settings, wanted))
        return wanted;
    constexpr std::size_t room = 4; // for the number
    const std::string stem = wanted.substr(0, poolNameBytesMax - room);
    for (int number = 2;; ++number) {
        if (const std::string name = stem + "-" + std::to_string(number); !indexOf(settings, name))
            return name;
    }
}

} // namespace drover::app
