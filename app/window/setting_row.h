// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/live_settings.h"

#include <QWidget>

class QLabel;
class QPushButton;

namespace drover::app {

class SettingEditor;

/// One setting on the page: what it is, its value to change, its key and command, where the value comes from.
///
/// A value that is not right is said below it and never written. GUI thread.
class SettingRow : public QWidget {
    Q_OBJECT

public:
    /// `settings` is borrowed and lives longer; `setting` is a row of the table.
    SettingRow(const Setting& setting, LiveSettings& settings, QWidget* parent = nullptr);

    const Setting& setting() const { return m_setting; }

    /// Shows what was read last. `inForce` are the settings that the engine runs with; nothing while none runs.
    void show(const Settings* inForce);

    /// True when each of these words, in small letters, is in the title, sentence, key or command.
    bool matches(const QStringList& words) const;

    /// The value in the file waits for a restart.
    bool needsRestart() const { return m_needsRestart; }

Q_SIGNALS:
    void restartAsked();
    /// Where this setting is changed is the page of the apps.
    void appsAsked();

private:
    QLayout* makeWords();
    QLayout* makeFoot();
    void copyCommand();
    void judge();
    void write();
    void reset();
    void say(const QString& trouble);

    const Setting& m_setting;
    LiveSettings& m_settings;
    SettingEditor* m_editor = nullptr; ///< none for what is changed on another page
    QLabel* m_value = nullptr; ///< instead of an editor
    QLabel* m_origin = nullptr;
    QLabel* m_trouble = nullptr;
    QPushButton* m_copy = nullptr;
    QPushButton* m_reset = nullptr;
    QPushButton* m_restart = nullptr;
    QString m_searched = {};
    bool m_needsRestart = false;
};

} // namespace drover::app
