// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"

#include <QTimer>
#include <QWidget>

class QComboBox;
class QDateEdit;
class QLineEdit;
class QPushButton;

namespace drover::app {

/// What of the history is shown: an app, a model, a result, a machine, a time, a text. A view without state but its
/// controls.
class HistoryFilterBar : public QWidget {
    Q_OBJECT

public:
    explicit HistoryFilterBar(QWidget* parent = nullptr);

    /// What may be chosen; a choice that is not among them any more stays.
    void offer(const drover::HistoryNames& names);

    /// Times that are relative ("last 7 days") count from `now`, milliseconds since 1970.
    drover::HistoryFilter filter(std::int64_t now) const;

    bool isEmpty() const; ///< everything is shown
    void clear();

Q_SIGNALS:
    /// A moment after the last change of the text, at once after others.
    void changed();

private:
    enum class Period { Any, Today, Day, Week, Month, Range };

    QComboBox* addChoice(const QString& all, const QString& name);
    void fill(QComboBox& box, const std::vector<std::string>& names) const;
    void makeRange();
    void tell();
    void updateRange();

    QLineEdit* m_text = nullptr;
    QComboBox* m_period = nullptr;
    QDateEdit* m_from = nullptr;
    QDateEdit* m_to = nullptr;
    QComboBox* m_user = nullptr;
    QComboBox* m_model = nullptr;
    QComboBox* m_outcome = nullptr;
    QComboBox* m_backend = nullptr;
    QPushButton* m_clear = nullptr;
    QTimer m_typed;
};

} // namespace drover::app
