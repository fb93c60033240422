// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/login_item.h"

#include <QWidget>

class QCheckBox;
class QLabel;

namespace drover::app {

/// Whether Drover starts at login: what the system says, and a switch for it. Keeps nothing of its own.
class LoginItemRow : public QWidget {
    Q_OBJECT

public:
    explicit LoginItemRow(LoginItem item, QWidget* parent = nullptr);

    /// Asks the system again.
    void readAgain();

    bool matches(const QStringList& words) const;

private:
    void change(bool on);

    LoginItem m_item;
    QCheckBox* m_box = nullptr;
    QLabel* m_state = nullptr;
    QString m_searched = {};
};

} // namespace drover::app
