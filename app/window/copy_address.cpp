// SPDX-License-Identifier: MIT
#include "app/window/copy_address.h"

#include "app/window/style.h"
#include "app/window/symbol.h"

#include <QClipboard>
#include <QEvent>
#include <QGuiApplication>
#include <QMenu>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds thanksTime = 2s;

} // namespace

CopyAddressButton::CopyAddressButton(QWidget* parent)
    : QPushButton(parent)
    , m_menu(new QMenu(this))
{
    m_ollama = addRow(tr("Ollama"), &Addresses::ollama);
    m_openAi = addRow(tr("OpenAI"), &Addresses::openAi);
    m_anthropic = addRow(tr("Anthropic"), &Addresses::anthropic);
    setMenu(m_menu);
    setAccessibleName(tr("Copy address"));
    m_copied.setSingleShot(true);
    connect(&m_copied, &QTimer::timeout, this, &CopyAddressButton::rest);
    rest();
}

QAction* CopyAddressButton::addRow(const QString& name, QString Addresses::*address)
{
    auto* row = m_menu->addAction(name, this, [this, address] { copy(m_addresses.*address); });
    row->setData(name);
    return row;
}

void CopyAddressButton::show(const Addresses& addresses)
{
    if (addresses == m_addresses)
        return;
    m_addresses = addresses;
    setEnabled(!addresses.ollama.isEmpty());
    const auto name = [](QAction* row, const QString& address) {
        row->setText(tr("%1:  %2").arg(row->data().toString(), address));
    };
    name(m_ollama, addresses.ollama);
    name(m_openAi, addresses.openAi);
    name(m_anthropic, addresses.anthropic);
}

void CopyAddressButton::copy(const QString& address)
{
    QGuiApplication::clipboard()->setText(address);
    setText(tr("Copied"));
    m_copied.start(thanksTime);
}

void CopyAddressButton::rest()
{
    setText(tr("Copy address"));
    setSymbol(*this, Symbol::Copy, currentTheme().text);
}

void CopyAddressButton::changeEvent(QEvent* event)
{
    QPushButton::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_menu != nullptr)
        setSymbol(*this, Symbol::Copy, currentTheme().text);
}

} // namespace drover::app
