// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/why_rows.h"

#include <QDialog>

class QVBoxLayout;

namespace drover::app {

class AdviceRow;

/// Why Drover is as it is, each reason with the one button that does something about it. Stays open beside the window
/// and follows what changes; rows are made once and used again.
class WhyPanel : public QDialog {
    Q_OBJECT

public:
    explicit WhyPanel(QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot);

Q_SIGNALS:
    /// `setting` is the key for FixAction::OpenSetting.
    void fixAsked(drover::FixAction action, const QString& setting);

private:
    AdviceRow* rowAt(std::size_t at);

    QVBoxLayout* m_list = nullptr;
    std::vector<AdviceRow*> m_widgets;
    std::vector<WhyRow> m_rows;
    drover::EngineState m_state = drover::EngineState::Starting;
};

} // namespace drover::app
