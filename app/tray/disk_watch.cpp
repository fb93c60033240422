// SPDX-License-Identifier: MIT
#include "app/tray/disk_watch.h"

#include <QStorageInfo>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 1min;

} // namespace

DiskWatch::DiskWatch(FreeSpace freeSpace, QObject* parent)
    : QObject(parent)
    , m_freeSpace(std::move(freeSpace))
{
    connect(&m_timer, &QTimer::timeout, this, &DiskWatch::look);
}

void DiskWatch::begin()
{
    m_timer.start(lookEvery);
    look();
}

void DiskWatch::look()
{
    const auto free = m_freeSpace();
    if (!free)
        return;
    if (*free >= enoughBytes)
        m_told = false;
    if (*free >= lowBytes || m_told)
        return;
    m_told = true;
    Q_EMIT low(*free);
}

DiskWatch::FreeSpace freeSpaceOf(const QString& folder)
{
    return [folder]() -> std::optional<std::uint64_t> {
        const QStorageInfo disk(folder);
        if (!disk.isValid() || !disk.isReady() || disk.bytesAvailable() < 0)
            return {};
        return static_cast<std::uint64_t>(disk.bytesAvailable());
    };
}

} // namespace drover::app
