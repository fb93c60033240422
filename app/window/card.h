// SPDX-License-Identifier: MIT
#pragma once

#include <QFrame>
#include <QLabel>

class QHBoxLayout;
class QVBoxLayout;

namespace drover::app {

/// One line of text that is cut with an ellipsis where it does not fit; then its tooltip has the whole.
class ElidedLabel : public QLabel {
    Q_OBJECT

public:
    explicit ElidedLabel(const QString& text = {}, QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;
    bool event(QEvent* event) override;
};

/// A rounded box with a title, for one subject of a page.
class Card : public QFrame {
    Q_OBJECT

public:
    explicit Card(const QString& title, QWidget* parent = nullptr);

    QVBoxLayout* body() { return m_body; }

    /// Right of the title.
    QHBoxLayout* corner() { return m_corner; }

private:
    QHBoxLayout* m_corner = nullptr;
    QVBoxLayout* m_body = nullptr;
};

/// Text in the quiet colour.
template <class Label> Label* quiet(Label* label)
{
    label->setProperty("quiet", true);
    return label;
}

/// Sets a label's text; costs nothing when it has it already.
void setTextOf(QLabel* label, const QString& text);

} // namespace drover::app
