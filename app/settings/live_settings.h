// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/settings_edit.h"
#include "app/settings/settings_watcher.h"

#include <QObject>

namespace drover::app {

/// The settings as they stand in the file and the stronger places, kept true while anybody changes the file, and the
/// way for the window to change them. GUI thread.
class LiveSettings : public QObject {
    Q_OBJECT

public:
    explicit LiveSettings(SettingsSource source, QObject* parent = nullptr);

    /// What was read last. With problems in it the values are those of the lines that are right.
    const Resolved& resolved() const { return m_reading.resolved; }
    SettingsSource::File fileState() const { return m_reading.file; }
    const SettingsSource& source() const { return m_source; }

    /// True when the file cannot be written by this person.
    bool isReadOnly() const;

    /// Changes the file; then `changed`. Nothing on success.
    std::optional<EditTrouble> change(std::string_view key, std::string_view value);
    std::optional<EditTrouble> reset(std::string_view key);
    std::optional<EditTrouble> edit(const TextEdit& edit);

Q_SIGNALS:
    /// The file has another content, by `change` and the like or by somebody else.
    void changed();

private:
    std::optional<EditTrouble> taken(std::optional<EditTrouble> trouble);
    void readAgain();

    SettingsSource m_source;
    SettingsSource::Reading m_reading;
    SettingsWatcher m_watcher;
};

} // namespace drover::app
