// SPDX-License-Identifier: MIT
#include "app/window/host_parts.h"

#include "app/window/card.h"
#include "app/window/style.h"

#include <QClipboard>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>

namespace drover::app {

namespace {

constexpr int labelWidth = 108;
constexpr int textWidthMin = 120;

} // namespace

CopyRow::CopyRow(const QString& what, const QString& text, QWidget* parent)
    : QWidget(parent)
    , m_what(what)
    , m_shown(new QLabel)
    , m_copy(new QPushButton(tr("Copy")))
{
    auto* label = quiet(new QLabel(what));
    label->setFixedWidth(labelWidth);
    label->setWordWrap(true);
    m_shown->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
    m_shown->setTextFormat(Qt::PlainText);
    m_shown->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_shown->setMinimumWidth(textWidthMin);
    m_shown->setAccessibleName(what);
    m_copy->setAccessibleName(tr("Copy: %1").arg(what));
    m_copy->setAutoDefault(false);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QGuiApplication::clipboard()->setText(m_text);
        m_copy->setText(tr("Copied"));
    });
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::small);
    row->addWidget(label);
    row->addWidget(m_shown, 1);
    row->addWidget(m_copy);
    show(text);
}

void CopyRow::show(const QString& text)
{
    if (text == m_text)
        return;
    m_text = text;
    m_copy->setText(tr("Copy"));
    m_copy->setEnabled(!text.isEmpty());
    m_shown->setToolTip(text);
    elide();
}

void CopyRow::elide()
{
    const QString fits = m_shown->fontMetrics().elidedText(m_text, Qt::ElideMiddle, std::max(m_shown->width(), 1));
    setTextOf(m_shown, fits);
}

void CopyRow::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    elide();
}

} // namespace drover::app
