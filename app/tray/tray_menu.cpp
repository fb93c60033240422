// SPDX-License-Identifier: MIT
#include "app/tray/tray_menu.h"

#include "app/queue_control.h"
#include "app/window/pause_choices.h"
#include "app/window/snooze_choices.h"
#include "app/window/wording.h"

#include <QClipboard>
#include <QGuiApplication>

namespace drover::app {

namespace {

/// Names of apps and models may hold what a menu takes for the mark of a key.
QString rowText(QString text)
{
    return text.replace(QLatin1Char('&'), QStringLiteral("&&"));
}

} // namespace

TrayMenu::TrayMenu(const TrayStatus& status, QueueControl& control, QObject* parent)
    : QObject(parent)
    , m_status(status)
    , m_control(control)
    , m_menu(std::make_unique<QMenu>())
{
    m_statusLine = m_menu->addAction(QString());
    m_statusLine->setEnabled(false);
    m_backendsLine = m_menu->addAction(QString());
    m_backendsLine->setEnabled(false);
    m_sharingLine = m_menu->addAction(QString());
    m_sharingLine->setEnabled(false);
    m_hostLine = m_menu->addAction(QString(), this, &TrayMenu::hostAsked);
    m_fix = m_menu->addAction(
        QString(), this, [this] { Q_EMIT fixAsked(m_status.look().fix, m_status.look().fixSetting); });
    m_menu->addSeparator();
    auto* choices = m_menu->addMenu(tr("Pause the queue"));
    addPauseChoices(*choices, m_control);
    m_pause = choices->menuAction();
    m_resume = m_menu->addAction(QString(), this, [this] { m_control.resume(); });
    auto* snoozes = m_menu->addMenu(tr("Pause sharing"));
    addSnoozeChoices(*snoozes, [this](const drover::Snooze& snooze) { Q_EMIT snoozeAsked(snooze); });
    m_snooze = snoozes->menuAction();
    m_wake = m_menu->addAction(tr("Share again"), this, [this] { Q_EMIT snoozeAsked({}); });
    m_freeMemory = m_menu->addAction(QString(), this, &TrayMenu::freeMemoryAsked);
    m_join = m_menu->addAction(tr("Join a pool…"), this, &TrayMenu::joinAsked);
    m_pool = m_menu->addMenu(QString());
    m_pool->addAction(tr("Open"), this, &TrayMenu::poolsAsked);
    m_pool->addAction(tr("Join another pool…"), this, &TrayMenu::joinAsked);
    m_leave = m_pool->addAction(tr("Leave…"), this, [this] { Q_EMIT leaveAsked(m_status.look().pools.value(0)); });
    m_addresses = m_menu->addMenu(tr("Copy address"));
    fillAddresses();
    m_menu->addSeparator();
    m_menu->setDefaultAction(m_menu->addAction(tr("Open dashboard"), this, &TrayMenu::windowAsked));
    m_menu->addAction(tr("Settings…"), this, &TrayMenu::settingsAsked);
    m_menu->addAction(tr("Quit Drover…"), this, &TrayMenu::quitAsked);

    connect(&m_status, &TrayStatus::changed, this, &TrayMenu::update);
    update();
}

TrayMenu::~TrayMenu() = default;

void TrayMenu::fillAddresses()
{
    const auto add = [this](const QString& name, QString Addresses::*address) {
        return m_addresses->addAction(name, this, [this, address] {
            const auto& text = m_status.look().addresses.*address;
            QGuiApplication::clipboard()->setText(text);
            Q_EMIT addressCopied(text);
        });
    };
    m_ollama = add(tr("Ollama"), &Addresses::ollama);
    m_openAi = add(tr("OpenAI"), &Addresses::openAi);
    m_anthropic = add(tr("Anthropic"), &Addresses::anthropic);
}

void TrayMenu::offerFreeMemory()
{
    m_offersFreeMemory = true;
    update();
}

void TrayMenu::update()
{
    const auto& look = m_status.look();
    m_statusLine->setText(rowText(look.statusLine));
    m_backendsLine->setText(rowText(look.backendsLine));
    // One line besides the first, so that there are twelve rows at most; the tooltip has them all.
    const bool hosts = !look.hostLine.isEmpty();
    m_backendsLine->setVisible(!look.backendsLine.isEmpty() && look.sharingLine.isEmpty() && !hosts);
    m_hostLine->setText(rowText(look.hostLine));
    m_hostLine->setVisible(hosts && look.fix == drover::FixAction::None);
    m_fix->setText(wording::button(look.fix));
    m_fix->setVisible(look.fix != drover::FixAction::None);
    m_pause->setVisible(look.pauseOffered);
    m_resume->setVisible(look.resumeOffered);
    m_resume->setText(look.pausedUntil.isEmpty() ? tr("Resume the queue")
                                                 : tr("Resume the queue – paused until %1").arg(look.pausedUntil));
    m_sharingLine->setText(rowText(look.sharingLine));
    m_sharingLine->setVisible(!look.sharingLine.isEmpty() && !hosts && look.fix == drover::FixAction::None);
    m_snooze->setVisible(look.snoozeOffered);
    m_wake->setVisible(look.wakeOffered);
    m_freeMemory->setText(look.freeMemory);
    m_freeMemory->setVisible(m_offersFreeMemory && !look.freeMemory.isEmpty());
    const auto pools = static_cast<int>(look.pools.size());
    m_join->setVisible(pools == 0);
    m_pool->menuAction()->setVisible(pools > 0);
    m_pool->setTitle(pools == 1 ? tr("Pool %1").arg(rowText(look.pools.front())) : tr("%n pool(s)", nullptr, pools));
    m_leave->setVisible(pools == 1);
    m_addresses->setEnabled(!look.addresses.ollama.isEmpty());
    m_ollama->setToolTip(look.addresses.ollama);
    m_openAi->setToolTip(look.addresses.openAi);
    m_anthropic->setToolTip(look.addresses.anthropic);
}

} // namespace drover::app
