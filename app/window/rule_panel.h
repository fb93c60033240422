// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QFrame>
#include <QTimer>

#include <optional>
#include <string>
#include <vector>

class QCheckBox;
class QComboBox;
class QDoubleSpinBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;

namespace drover::app {

class ElidedLabel;

/// The rule of one app, to be changed: what is set here counts a moment later.
///
/// Shows what snapshots say unless somebody is typing; asks its owner to write, by words of `drover apps set`.
class RulePanel : public QFrame {
    Q_OBJECT

public:
    explicit RulePanel(QWidget* parent = nullptr);

    /// Another app, or news of the same one. What was changed and not written yet is written first.
    void show(const drover::UserView& app);

    /// The first field gets the keyboard.
    void focusFirst();

    const std::string& app() const { return m_app; }

    /// Why the last change was not taken; empty takes the sentence away.
    void complain(const QString& sentence);

Q_SIGNALS:
    void changed(const std::string& app, const std::vector<std::string>& words);
    void resetAsked(const std::string& app);
    void cancelAllAsked(const std::string& app);

private:
    void addRows(QFormLayout& form);
    void fill(const drover::UserRule& rule);
    void changeSoon();
    void write();
    std::vector<std::string> words() const;

    std::string m_app;
    std::optional<drover::UserRule> m_rule; ///< as the last snapshot had it
    std::vector<std::string> m_written; ///< every word as it was last filled in or written
    ElidedLabel* m_name = nullptr;
    QLabel* m_facts = nullptr;
    QDoubleSpinBox* m_weight = nullptr;
    QSpinBox* m_parallel = nullptr;
    QSpinBox* m_waiting = nullptr;
    QLineEdit* m_cap = nullptr;
    QComboBox* m_lane = nullptr;
    QLineEdit* m_models = nullptr;
    QCheckBox* m_blocked = nullptr;
    QLabel* m_complaint = nullptr;
    QPushButton* m_reset = nullptr;
    QPushButton* m_cancelAll = nullptr;
    QTimer m_soon;
};

} // namespace drover::app
