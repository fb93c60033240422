// SPDX-License-Identifier: MIT
#pragma once

#include <QObject>

namespace drover::app {

/// What the system asks of the program: to stop, or to read its settings again. At most one exists at a time.
///
/// On Unix SIGTERM, SIGINT and SIGHUP; a broken pipe is ignored. On Windows Ctrl+C, Ctrl+Break, the closing of the
/// console, logging off and shutting down.
class StopSignals : public QObject {
    Q_OBJECT

public:
    explicit StopSignals(QObject* parent = nullptr);
    ~StopSignals() override;
    Q_DISABLE_COPY_MOVE(StopSignals)

Q_SIGNALS:
    void stopRequested();
    void reloadRequested();
};

} // namespace drover::app
