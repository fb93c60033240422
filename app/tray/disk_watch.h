// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>
#include <QTimer>

#include <cstdint>
#include <functional>
#include <optional>

namespace drover::app {

/// Looks once a minute how much space is left on a disk, and tells when it gets little: once, until there was clearly
/// more again. GUI thread.
class DiskWatch : public QObject {
    Q_OBJECT

public:
    /// Bytes that are free; nothing where the system does not tell.
    using FreeSpace = std::function<std::optional<std::uint64_t>()>;

    static constexpr std::uint64_t lowBytes = 1'000'000'000;
    static constexpr std::uint64_t enoughBytes = 2'000'000'000;

    explicit DiskWatch(FreeSpace freeSpace, QObject* parent = nullptr);

    void begin();
    void look();

Q_SIGNALS:
    void low(std::uint64_t freeBytes);

private:
    FreeSpace m_freeSpace;
    QTimer m_timer;
    bool m_told = false;
};

/// Of the disk that the folder is on; nothing while there is no such folder.
DiskWatch::FreeSpace freeSpaceOf(const QString& folder);

} // namespace drover::app
