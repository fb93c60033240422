// SPDX-License-Identifier: MIT
#include "app/window/link_sheet.h"

#include "app/window/wording.h"

#include <QPushButton>

#include <algorithm>

namespace drover::app {

LinkSheet::LinkSheet(const DroverLink& link, const drover::Snapshot& snapshot, QWidget* parent)
    : QMessageBox(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setTextFormat(Qt::PlainText);
    setWindowTitle(tr("Link to Drover"));
    setIcon(Question);
    setInformativeText(
        tr("The link came from outside Drover: from a web page, a message or another program. Go on only "
           "if you clicked it yourself."));
    switch (link.kind) {
    case DroverLink::Kind::Pause:
        askAboutPause(link);
        break;
    case DroverLink::Kind::Resume:
        setText(tr("A link asks to let waiting jobs start again."));
        addAgreement(tr("Resume"), link);
        break;
    case DroverLink::Kind::Job:
        askAboutJob(link, snapshot);
        break;
    case DroverLink::Kind::Open:
        break;
    }
    auto* cancel = addButton(Cancel);
    setEscapeButton(cancel);
    setDefaultButton(cancel); // a key that was meant for the web page does nothing
}

LinkSheet::LinkSheet(const QString& reason, QWidget* parent)
    : QMessageBox(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setTextFormat(Qt::PlainText);
    setWindowTitle(tr("Link to Drover"));
    setIcon(Warning);
    setText(tr("Drover does not follow this link."));
    setInformativeText(reason);
    addButton(Close);
}

void LinkSheet::askAboutPause(const DroverLink& link)
{
    setText(link.pauseFor ? tr("A link asks to pause the queue for %1.").arg(wording::duration(*link.pauseFor))
                          : tr("A link asks to pause the queue until you resume."));
    addAgreement(tr("Pause"), link);
}

void LinkSheet::askAboutJob(const DroverLink& link, const drover::Snapshot& snapshot)
{
    const auto job = std::ranges::find(snapshot.jobs, link.job, &drover::JobView::id);
    if (job == snapshot.jobs.end()) {
        setText(tr("A link is about job %1, which is not in the queue.").arg(link.job));
        addAgreement(tr("Show the queue"), link);
        return;
    }
    setText(tr("A link is about job %1: %2, %3 (%4).", "number, app, model, state")
                .arg(QString::number(job->id), wording::text(job->user), wording::text(job->model),
                    wording::state(job->state)));
    addAgreement(tr("Show in the queue"), link);
    const auto* cancelJob = addButton(tr("Cancel the job"), DestructiveRole);
    connect(cancelJob, &QAbstractButton::clicked, this, [this, id = job->id] { Q_EMIT cancelJobChosen(id); });
}

void LinkSheet::addAgreement(const QString& text, const DroverLink& link)
{
    const auto* agree = addButton(text, AcceptRole);
    connect(agree, &QAbstractButton::clicked, this, [this, link] { Q_EMIT agreed(link); });
}

} // namespace drover::app
