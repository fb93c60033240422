// SPDX-License-Identifier: MIT
#include "app/window/close_question.h"

#include <QCheckBox>
#include <QPushButton>

namespace drover::app {

CloseQuestion::CloseQuestion(QWidget* parent)
    : QMessageBox(parent)
    , m_remember(new QCheckBox(tr("Do the same next time")))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setIconPixmap(windowIcon().pixmap(48, 48));
    setWindowTitle(tr("Close Drover"));
    setText(tr("Keep the queue running?"));
    setInformativeText(
        tr("This desktop has no tray for Drover's icon. Minimised, it goes on serving your apps; when it "
           "quits, they cannot reach it."));
    setCheckBox(m_remember);
    auto* minimise = addButton(tr("Keep running, minimised"), AcceptRole);
    connect(minimise, &QAbstractButton::clicked, this, [this] { Q_EMIT minimiseChosen(answer()); });
    setDefaultButton(minimise);
    auto* quit = addButton(tr("Quit"), DestructiveRole);
    connect(quit, &QAbstractButton::clicked, this, [this] { Q_EMIT quitChosen(answer()); });
    setEscapeButton(addButton(tr("Cancel"), RejectRole));
}

CloseQuestion::Answer CloseQuestion::answer() const
{
    return m_remember->isChecked() ? Answer::Always : Answer::Once;
}

} // namespace drover::app
