// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/symbol.h"

#include <QFrame>
#include <QLabel>
#include <QPushButton>

namespace drover::app {

/// One thing that somebody should know: a mark whose shape says how bad it is, a sentence, what to do, and one button
/// that does it.
class AdviceRow : public QFrame {
    Q_OBJECT

public:
    enum class Mark { Bad, Odd, Good, None };

    explicit AdviceRow(QWidget* parent = nullptr);

    /// An empty `button` shows none.
    void show(Mark mark, const QString& sentence, const QString& fix, const QString& button);

    QPushButton* button() { return m_button; }

protected:
    void changeEvent(QEvent* event) override;

private:
    void drawMark();

    Mark m_shape = Mark::None;
    QLabel* m_mark = nullptr;
    QLabel* m_sentence = nullptr;
    QLabel* m_fix = nullptr;
    QPushButton* m_button = nullptr;
};

} // namespace drover::app
