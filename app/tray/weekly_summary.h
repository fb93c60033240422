// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"

#include <QDate>
#include <QObject>
#include <QThread>
#include <QTimer>

#include <functional>
#include <memory>
#include <vector>

namespace drover::app {

/// Sums up the last week, Monday to Sunday, once in each week that Drover runs in. The first week ever only begins it.
/// GUI thread; reads the history on another.
class WeeklySummary : public QObject {
    Q_OBJECT

public:
    /// What each user had in those days, both inclusive (20261121), most tokens first. Called on a thread of its own.
    using Read = std::function<std::vector<drover::UsageRow>(int fromDate, int toDate)>;

    explicit WeeklySummary(Read read, QObject* parent = nullptr);
    ~WeeklySummary() override;

    /// Off, a week counts as told nevertheless: switched on later, it begins with the next one.
    void setWanted(bool wanted) { m_wanted = wanted; }

    /// The Monday of the week in which it told last; null when it never did.
    void begin(const QDate& lastTold);
    void look(const QDate& today);

    static constexpr std::chrono::hours lookEvery{1};

Q_SIGNALS:
    void told(const QString& sentence);
    /// To be remembered, for `begin`.
    void weekBegan(const QDate& monday);

private:
    Read m_read;
    QTimer m_timer;
    bool m_wanted = false;
    QDate m_lastTold;
    std::unique_ptr<QThread> m_reading;
};

/// "1,240 requests and 1.2 M tokens, most of them for Zed."; empty when nothing was asked. Pure.
QString weekText(const std::vector<drover::UsageRow>& byUser);

/// Reads the history in that file.
WeeklySummary::Read weekReader(std::string historyFile);

} // namespace drover::app
