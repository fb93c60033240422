// SPDX-License-Identifier: MIT
#pragma once

#include <QMessageBox>

namespace drover::app {

/// Asks what becomes of the jobs when Drover is to end while some wait or run. Deletes itself once answered.
class QuitQuestion : public QMessageBox {
    Q_OBJECT

public:
    /// Before anybody asked for the end, or while the last jobs finish.
    enum class When { Working, Finishing };

    QuitQuestion(When when, int jobs, QWidget* parent = nullptr);

Q_SIGNALS:
    void finishFirstChosen();
    void stopChosen();
    /// Take new jobs again; only while Finishing.
    void staysChosen();

private:
    void addChoices(When when);
};

} // namespace drover::app
