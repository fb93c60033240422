// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QWidget>

#include <vector>

class QLabel;

namespace drover::app {

class ElidedLabel;

/// The first few jobs of one state, a row each: who, which model, and how it goes. Rows are made once and reused,
/// and there is always room for all of them, so that nothing jumps when jobs come and go.
class JobList : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t rowsMax = 5;

    /// `whenEmpty` is shown when there is no such job.
    JobList(drover::JobState state, const QString& whenEmpty, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot);

    /// "and 3 more", for a place of the owner's choice.
    QLabel* more() { return m_more; }

private:
    struct Row {
        QWidget* whole = nullptr;
        ElidedLabel* user = nullptr;
        ElidedLabel* model = nullptr;
        QLabel* figure = nullptr; ///< speed of a running job, wait of a waiting one
        QLabel* detail = nullptr;
    };

    Row makeRow();
    void fill(const Row& row, const drover::JobView& job) const;

    drover::JobState m_state;
    QLabel* m_empty = nullptr;
    std::vector<Row> m_rows;
    QLabel* m_more = nullptr;
};

} // namespace drover::app
