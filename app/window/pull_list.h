// SPDX-License-Identifier: MIT
#pragma once

#include "app/ollama/model_shelf.h"

#include <QWidget>

#include <vector>

class QVBoxLayout;

namespace drover::app {

/// The downloads of a shelf, one row each: name, bar, how far and how long, and the button that fits. Rows stay where
/// they are and change in place.
class PullList : public QWidget {
    Q_OBJECT

public:
    /// `shelf` is borrowed and lives longer.
    explicit PullList(ModelShelf& shelf, QWidget* parent = nullptr);
    ~PullList() override;

    /// Draws what differs.
    void show();

    /// "63 %, 2.4 of 4.7 GB, 41 MB/s, 1 min 05 s left", or why it does not go on.
    static QString text(const ModelPull& pull);

private:
    struct Row;

    std::size_t placeOf(const Row& row) const;
    void addRow();
    static void fill(Row& row, const ModelPull& pull);

    ModelShelf& m_shelf;
    QVBoxLayout* m_layout = nullptr;
    std::vector<std::unique_ptr<Row>> m_rows; ///< as many as the shelf has downloads, in their order
};

} // namespace drover::app
