// SPDX-License-Identifier: MIT
#include "app/window/host_new_keys.h"

#include "app/window/card.h"
#include "app/window/host_parts.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

namespace drover::app {

namespace {

constexpr int usualWidth = 620;

} // namespace

HostNewKeys::HostNewKeys(const std::vector<drover::NewKey>& keys, QWidget* parent)
    : QDialog(parent)
{
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(tr("New keys"));
    auto* about = new QLabel(tr("Copy them now: Drover keeps only their hashes, and nobody can see them again."));
    about->setWordWrap(true);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addWidget(about);
    for (const drover::NewKey& each : keys) {
        const QString name = wording::text(each.record.name);
        whole->addWidget(new CopyRow(
            each.record.role == drover::KeyRole::Client ? tr("Client %1").arg(name) : tr("Machine %1").arg(name),
            wording::text(each.key)));
    }
    auto* hint =
        quiet(new QLabel(tr("A client sends its key as the API key. A machine that joins by an invitation gets "
                            "a key of its own and needs none of these.")));
    hint->setWordWrap(true);
    whole->addWidget(hint);
    auto* buttons = new QDialogButtonBox;
    auto* close = buttons->addButton(tr("I have them"), QDialogButtonBox::AcceptRole);
    close->setProperty("primary", true);
    connect(buttons, &QDialogButtonBox::accepted, this, &QDialog::accept);
    whole->addWidget(buttons);
    setMinimumWidth(usualWidth);
}

} // namespace drover::app
