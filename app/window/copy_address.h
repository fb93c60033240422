// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/wording.h"

#include <QPushButton>
#include <QTimer>

class QAction;
class QMenu;

namespace drover::app {

/// A button with a menu: copies Drover's address in the form that an app expects, and says so on itself for a moment.
class CopyAddressButton : public QPushButton {
    Q_OBJECT

public:
    explicit CopyAddressButton(QWidget* parent = nullptr);

    void show(const Addresses& addresses);

protected:
    void changeEvent(QEvent* event) override;

private:
    QAction* addRow(const QString& name, QString Addresses::*address);
    void copy(const QString& address);
    void rest();

    Addresses m_addresses = {};
    QMenu* m_menu = nullptr;
    QAction* m_ollama = nullptr;
    QAction* m_openAi = nullptr;
    QAction* m_anthropic = nullptr;
    QTimer m_copied;
};

} // namespace drover::app
