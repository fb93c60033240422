// SPDX-License-Identifier: MIT
#pragma once

#include <QWidget>

#include <optional>
#include <vector>

namespace drover::app {

/// Draws tokens per second over the last ten minutes as an area, with a read-out under the mouse or, with the arrow
/// keys, at a cursor. Its accessible description is one sentence that says what the picture shows.
class TimeChart : public QWidget {
    Q_OBJECT

public:
    explicit TimeChart(QWidget* parent = nullptr);

    /// One value a second, the oldest first, ending at present; at most ten minutes of them are shown.
    void show(const std::vector<float>& tokensPerSecond);

    /// "Up to 84 tok/s in the last ten minutes, 36 tok/s on average while busy, 41 tok/s at present."
    static QString summary(const std::vector<float>& tokensPerSecond);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRectF plot() const;
    qreal xOf(qreal secondsAgo) const;
    qreal yOf(double value) const;
    void paintAxes(QPainter& painter) const;
    void paintArea(QPainter& painter) const;
    void paintReadOut(QPainter& painter) const;
    void moveCursor(int secondsAgo);

    std::vector<float> m_values;
    double m_top = 10;
    std::optional<int> m_secondsAgo; ///< where the read-out is
};

} // namespace drover::app
