// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/history.h"

#include <QDate>
#include <QWidget>

#include <optional>
#include <vector>

namespace drover::app {

/// Tokens given per day as bars, the latest on the right, with a read-out under the mouse or, with the arrow keys, at a
/// cursor. Its accessible description is one sentence that says what the picture shows.
class DayBars : public QWidget {
    Q_OBJECT

public:
    static constexpr int daysShown = 30;

    explicit DayBars(QWidget* parent = nullptr);

    /// All rows count that are of the last days before `today`, with it.
    void show(const std::vector<drover::LedgerRow>& rows, const QDate& today);

    struct Day {
        QDate date = {};
        std::uint64_t jobs = 0;
        std::uint64_t tokens = 0;
        bool operator==(const Day&) const = default;
    };
    /// One for each day, also those without a job; the latest last. Pure.
    static std::vector<Day> daysOf(const std::vector<drover::LedgerRow>& rows, const QDate& today);
    static QString summary(const std::vector<Day>& days);

    QSize sizeHint() const override { return {520, 110}; }
    QSize minimumSizeHint() const override { return {240, 90}; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRectF plot() const;
    QRectF barOf(int day) const;
    void paintAxes(QPainter& painter) const;
    void paintReadOut(QPainter& painter) const;
    void moveCursor(int day);

    std::vector<Day> m_days;
    double m_top = 10;
    std::optional<int> m_cursor; ///< index of the day that is read out
};

} // namespace drover::app
