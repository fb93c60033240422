// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"

#include <QString>
#include <QWidget>

#include <functional>

namespace drover::app {

/// What edits one value: a switch, a list of choices, a number with its unit, a text, a list of texts. Values go in and
/// out as a person writes them (valueText and parseValue). GUI thread.
class SettingEditor : public QWidget {
    Q_OBJECT

public:
    /// The editor that suits the rule. `key` names the choices; `name` is what a screen reader says.
    static SettingEditor* make(std::string_view key, const ValueRule& rule, const QString& name);

    /// Shows a value unless it is that already, so that nobody's cursor jumps.
    void show(const std::string& value);

    /// What stands there.
    std::string value() const { return m_read(); }

Q_SIGNALS:
    /// Something else stands there than before, perhaps half typed.
    void changing();
    /// The person is done with a change.
    void edited();

private:
    SettingEditor() = default;
    void makeSwitch();
    void makeChoice(std::string_view key, const ValueRule& rule);
    void makeWhole(const ValueRule& rule);
    void makeAmount(const ValueRule& rule);
    void makeText(std::string_view key, const ValueRule& rule);
    void makeList();
    void take(QWidget* control);

    std::function<std::string()> m_read;
    std::function<void(const std::string&)> m_write;
};

} // namespace drover::app
