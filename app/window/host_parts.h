// SPDX-License-Identifier: MIT
#pragma once

#include <QLabel>
#include <QString>

class QHBoxLayout;
class QPushButton;

namespace drover::app {

/// A label before a text that can be selected, and a button that copies it; the button says so for as long as it lives.
/// The text is one of a command, an address or a secret, so it is set in a fixed font and never translated.
class CopyRow : public QWidget {
    Q_OBJECT

public:
    /// `what` names the text for people and for screen readers: "OpenAI base URL".
    explicit CopyRow(const QString& what, const QString& text = {}, QWidget* parent = nullptr);

    void show(const QString& text);
    const QString& text() const { return m_text; }

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void elide();

    QString m_what;
    QString m_text;
    QLabel* m_shown = nullptr;
    QPushButton* m_copy = nullptr;
};

} // namespace drover::app
