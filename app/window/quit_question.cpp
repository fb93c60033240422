// SPDX-License-Identifier: MIT
#include "app/window/quit_question.h"

#include <QPushButton>

namespace drover::app {

QuitQuestion::QuitQuestion(When when, int jobs, QWidget* parent)
    : QMessageBox(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setIconPixmap(windowIcon().pixmap(48, 48));
    setWindowTitle(tr("Quit Drover"));
    setText(when == When::Working ? tr("%n job(s) wait or run.", nullptr, jobs)
                                  : tr("%n job(s) are still to finish.", nullptr, jobs));
    setInformativeText(tr("If you stop now, the apps that wait for them get an error."));
    addChoices(when);
}

void QuitQuestion::addChoices(When when)
{
    if (when == When::Working) {
        auto* finish = addButton(tr("Finish first, then quit"), AcceptRole);
        connect(finish, &QAbstractButton::clicked, this, &QuitQuestion::finishFirstChosen);
        setDefaultButton(finish);
    } else {
        auto* stay = addButton(tr("Do not quit"), AcceptRole);
        connect(stay, &QAbstractButton::clicked, this, &QuitQuestion::staysChosen);
    }
    const auto* stop = addButton(tr("Stop now and quit"), DestructiveRole);
    connect(stop, &QAbstractButton::clicked, this, &QuitQuestion::stopChosen);
    auto* cancel = addButton(when == When::Working ? tr("Cancel") : tr("Keep finishing"), RejectRole);
    setEscapeButton(cancel);
}

} // namespace drover::app
