// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/log_model.h"
#include "app/window/page.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace drover::app {

/// The log of Drover and of the Ollama that it started, as it is written: filters, a search, follow, copy and save.
class LogsPage : public Page {
    Q_OBJECT

public:
    /// `folder` has the log files.
    explicit LogsPage(QString folder, QWidget* parent = nullptr);

    void add(const std::vector<drover::LogLine>& lines);

    void show(const drover::Snapshot& snapshot) override;

    /// Only the lines with this text.
    void search(const QString& words) override;

    /// Writes the lines that are shown to a file, without what others must not read. False when it cannot be written.
    bool save(const QString& file) const;

protected:
    void showEvent(QShowEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QLayout* makeTop();
    QLayout* makeFilters();
    QTableView* makeTable();
    void filter();
    void setFollowing(bool follows);
    void goToEnd();
    void copy() const;
    void askToSave();
    void count();

    QString m_folder;
    LogModel m_model;
    LogFilter m_filter;
    QTableView* m_table = nullptr;
    QComboBox* m_level = nullptr;
    QComboBox* m_source = nullptr;
    QLineEdit* m_search = nullptr;
    QPushButton* m_follow = nullptr;
    QLabel* m_count = nullptr;
};

} // namespace drover::app
