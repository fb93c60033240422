// SPDX-License-Identifier: MIT
#pragma once

#include "app/desktop/drover_link.h"

#include "core/api/snapshot.h"

#include <QMessageBox>

namespace drover::app {

/// Asks the person whether to do what a link asks for. Nobody tells a program where a link was clicked, and it may be
/// any web page: so it says that, and does nothing without a click. Deletes itself once answered.
class LinkSheet : public QMessageBox {
    Q_OBJECT

public:
    /// For all links but those that open a page. `snapshot` tells what is known of the job that a link names.
    LinkSheet(const DroverLink& link, const drover::Snapshot& snapshot, QWidget* parent = nullptr);

    /// For a link that was refused; `reason` is the sentence.
    explicit LinkSheet(const QString& reason, QWidget* parent = nullptr);

Q_SIGNALS:
    /// The person agreed to do it.
    void agreed(const DroverLink& link);
    void cancelJobChosen(drover::JobId job);

private:
    void askAboutPause(const DroverLink& link);
    void askAboutJob(const DroverLink& link, const drover::Snapshot& snapshot);
    void addAgreement(const QString& text, const DroverLink& link);
};

} // namespace drover::app
