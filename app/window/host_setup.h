// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/host_desk.h"
#include "app/window/host_plan.h"

#include <QDialog>

class QButtonGroup;
class QCheckBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QVBoxLayout;

namespace drover::app {

/// Asks how a pool is to be hosted, says what will happen, and does it: writes the settings and makes the first keys.
/// Nothing listens before its last button. Deletes itself once closed.
class HostSetup : public QDialog {
    Q_OBJECT

public:
    explicit HostSetup(HostDesk desk, QWidget* parent = nullptr);

    HostPlan plan() const;
    void setPlan(const HostPlan& plan);

Q_SIGNALS:
    void hosted(const std::vector<drover::NewKey>& keys); ///< the first keys, where there were none

private:
    QWidget* makeReach();
    QWidget* makeFiles();
    QWidget* makeRest();
    QWidget* fileRow(QLineEdit* field, const QString& name);
    void judge();
    void host();
    void complain(const QString& sentence);
    drover::Result<std::vector<drover::NewKey>> makeFirstKeys() const;

    HostDesk m_desk;
    QLineEdit* m_name = nullptr;
    QButtonGroup* m_reach = nullptr;
    QSpinBox* m_port = nullptr;
    QWidget* m_files = nullptr;
    QLineEdit* m_certificate = nullptr;
    QLineEdit* m_key = nullptr;
    QWidget* m_address = nullptr;
    QLineEdit* m_publicUrl = nullptr;
    QCheckBox* m_asksForKeys = nullptr;
    QCheckBox* m_localBackends = nullptr;
    QLabel* m_happens = nullptr;
    QWidget* m_commands = nullptr;
    QVBoxLayout* m_commandRows = nullptr;
    QLabel* m_trouble = nullptr;
    QPushButton* m_host = nullptr;
};

} // namespace drover::app
