// SPDX-License-Identifier: MIT
#pragma once

#include <QByteArray>
#include <QFileSystemWatcher>
#include <QObject>
#include <QString>
#include <QTimer>

namespace drover::app {

/// Tells when a file has another content, however it was written: in place, or replaced by a new file as editors do.
///
/// Also tells when the file comes to be or goes, and when its folder does. Waits a quarter of a second after the last
/// sign of a change, so that it is not read half written.
class SettingsWatcher : public QObject {
    Q_OBJECT

public:
    explicit SettingsWatcher(const QString& file, QObject* parent = nullptr);

    /// The content of this moment is no change: who calls this has written it.
    void takeAsKnown();

Q_SIGNALS:
    void changed();

private:
    void watch();
    void compare();
    QByteArray fingerprint() const;

    QString m_file;
    QFileSystemWatcher m_watcher;
    QTimer m_settled;
    QByteArray m_known;
};

} // namespace drover::app
