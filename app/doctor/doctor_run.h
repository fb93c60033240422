// SPDX-License-Identifier: MIT
#pragma once

#include "app/doctor/fact_collector.h"
#include "app/doctor/support_bundle.h"

#include <QObject>
#include <QThread>

#include <memory>

namespace drover::app {

/// Looks at the machine and packs bundles on a thread of its own, so that a window never waits for a disk or a process
/// table. The only place where that thread and the one of its user meet: values go in, signals come out.
///
/// Lives on the GUI thread. The destructor waits until what runs has ended, which takes a moment at most.
class DoctorRun : public QObject {
    Q_OBJECT

public:
    explicit DoctorRun(QObject* parent = nullptr);
    ~DoctorRun() override;

    /// Begins to look; one that is under way is cancelled. `looked` follows unless it is cancelled.
    void look(const DoctorScene& scene);

    /// Ends a look that is under way; nothing follows.
    void cancel();

    /// Writes a redacted bundle to `path`; `bundleSaved` follows.
    void saveBundle(
        const QString& path, const Facts& facts, const std::vector<Finding>& findings, const BundleSources& sources);

Q_SIGNALS:
    void progressed(int done, int all);
    void looked(const drover::app::Facts& facts);
    /// `trouble` is empty when it is written.
    void bundleSaved(const QString& path, const QString& trouble);

private:
    QThread m_thread;
    std::unique_ptr<QObject> m_bench; ///< lives on the thread; collectors are its children
    int m_turn = 0; ///< grows with each look and each cancel: what comes from an earlier one is passed over
};

} // namespace drover::app
