// SPDX-License-Identifier: MIT
#pragma once

#include <QMessageBox>

class QCheckBox;

namespace drover::app {

/// Asks what closing the window means on a desktop without a tray: go on in the background, or end. Deletes itself.
class CloseQuestion : public QMessageBox {
    Q_OBJECT

public:
    enum class Answer { Once, Always };

    explicit CloseQuestion(QWidget* parent = nullptr);

Q_SIGNALS:
    void minimiseChosen(Answer answer);
    void quitChosen(Answer answer);

private:
    Answer answer() const;

    QCheckBox* m_remember = nullptr;
};

} // namespace drover::app
