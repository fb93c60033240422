// SPDX-License-Identifier: MIT
#include "app/window/link_sheet.h"

#include "app/window/wording.h"

#include <QPushButton>

#include <algorithm>

namespace drover::app {

namespace {

/// "90 s", "15 min", "2 h", "3 d": as the link says it, in the largest unit that leaves no rest.
QString lengthText(std::chrono::seconds length)
{
    const auto count = length.count();
    if (count % 86'400 == 0)
        return LinkSheet::tr("%1 d", "days").arg(count / 86'400);
    if (count % 3'600 == 0)
        return LinkSheet::tr("%1 h", "hours").arg(count / 3'600);
    if (count % 60 == 0)
        return LinkSheet::tr("%1 min", "minutes").arg(count / 60);
    return LinkSheet::tr("%1 s", "seconds").arg(count);
}

} // namespace

LinkSheet::LinkSheet(const DroverLink& link, const drover::Snapshot& snapshot, QWidget* parent)
    : QMessageBox(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setTextFormat(Qt::PlainText);
    setWindowTitle(tr("Link to Drover"));
    setIconPixmap(windowIcon().pixmap(48, 48));
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
    case DroverLink::Kind::Join: // has a dialog of its own
        break;
    }
    auto* cancel = addButton(tr("Cancel"), RejectRole);
    setEscapeButton(cancel);
    setDefaultButton(cancel); // a key that was meant for the web page does nothing
}

LinkSheet::LinkSheet(const QString& reason, QWidget* parent)
    : QMessageBox(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setTextFormat(Qt::PlainText);
    setWindowTitle(tr("Link to Drover"));
    setIconPixmap(windowIcon().pixmap(48, 48));
    setText(tr("Drover does not follow this link."));
    setInformativeText(reason);
    setEscapeButton(addButton(tr("Close"), RejectRole));
}

void LinkSheet::askAboutPause(const DroverLink& link)
{
    setText(link.pauseFor ? tr("A link asks to pause the queue for %1.").arg(lengthText(*link.pauseFor))
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
