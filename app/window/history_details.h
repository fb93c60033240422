// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/card.h"

#include "core/api/history.h"

#include <optional>
#include <vector>

class QGridLayout;
class QPushButton;

namespace drover::app {

/// All that is known of one request. Every text can be marked and copied.
class HistoryDetails : public Card {
    Q_OBJECT

public:
    explicit HistoryDetails(QWidget* parent = nullptr);

    void show(const drover::HistoryRow& row);

Q_SIGNALS:
    void curlAsked();
    void closeAsked();

protected:
    void changeEvent(QEvent* event) override;

private:
    QLabel* addFact(int row, int column, const QString& name);
    void drawSymbols();

    QGridLayout* m_facts = nullptr;
    QLabel* m_title = nullptr;
    QLabel* m_reason = nullptr;
    QLabel* m_path = nullptr;
    QLabel* m_requestId = nullptr;
    QLabel* m_status = nullptr;
    QLabel* m_times = nullptr;
    QLabel* m_tokens = nullptr;
    QLabel* m_lane = nullptr;
    QPushButton* m_curl = nullptr;
    QPushButton* m_close = nullptr;
};

} // namespace drover::app
