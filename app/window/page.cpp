// SPDX-License-Identifier: MIT
#include "app/window/page.h"

namespace drover::app {

Page::Page(const PageName& name, QWidget* parent)
    : QWidget(parent)
    , m_name(name)
{
    setObjectName(QStringLiteral("page"));
    setAccessibleName(name.name);
}

void Page::search(const QString&) { }

bool Page::isOffered(const drover::Snapshot&) const
{
    return true;
}

QString Page::label(const drover::Snapshot&) const
{
    return m_name.name;
}

} // namespace drover::app
