// SPDX-License-Identifier: MIT
#pragma once

#include "app/history/row_export.h"

#include <QFrame>

#include <atomic>
#include <memory>

class QLabel;
class QProgressBar;
class QPushButton;
class QTimer;

namespace drover::app {

class HistorySource;

/// Exports or deletes records, one errand at a time, on a thread of its own; a strip with progress and "Cancel" while
/// it lasts, then what came of it. Hidden when there is nothing to say.
class HistoryErrand : public QFrame {
    Q_OBJECT

public:
    explicit HistoryErrand(const std::string& file, QWidget* parent = nullptr);
    ~HistoryErrand() override;

    bool isBusy() const { return m_isBusy; }

    /// `rows` is how many there will be, about; 0 when that is not known. Call neither while it is busy.
    void exportRows(const drover::HistoryQuery& query, RowFormat format, const QString& into, std::uint64_t rows);
    void deleteRows(const drover::HistoryFilter& filter, std::uint64_t rows);

Q_SIGNALS:
    void deleted();
    void busyChanged();

private:
    /// What both threads touch.
    struct Progress {
        std::atomic<std::uint64_t> rows{0};
        std::atomic<bool> isCancelled{false};
    };

    void begin(const QString& text, std::uint64_t rows);
    void end(const QString& text);
    void look();
    void cancel();

    std::unique_ptr<HistorySource> m_source;
    std::shared_ptr<Progress> m_progress; ///< of the errand that is under way; shared with its thread
    QLabel* m_text = nullptr;
    QProgressBar* m_bar = nullptr;
    QPushButton* m_button = nullptr; ///< "Cancel", then "Close"
    QTimer* m_watch = nullptr;
    bool m_isBusy = false;
};

} // namespace drover::app
