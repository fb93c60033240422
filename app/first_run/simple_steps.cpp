// SPDX-License-Identifier: MIT
#include "app/first_run/simple_steps.h"

#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"
#include "app/window/card.h"
#include "app/window/copy_address.h"
#include "app/window/login_item_row.h"
#include "app/window/setting_editor.h"
#include "app/window/setting_words.h"
#include "app/window/style.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace drover::app {

WelcomeStep::WelcomeStep(LiveSettings& settings, QWidget* parent)
    : FirstRunStep(tr("Welcome to Drover"),
        tr("Drover puts a fair queue in front of your local Ollama, so that several apps share it without getting in "
           "each other's way. Nothing leaves this machine."),
        parent)
    , m_settings(settings)
{
    addChoice("general.language");
    addChoice("general.theme");
    auto* note = quiet(new QLabel(tr("The language counts from the next start of Drover.")));
    note->setWordWrap(true);
    note->setFont(textFont(TextSize::Caption));
    body()->addWidget(note);
    body()->addStretch(1);
}

void WelcomeStep::addChoice(const char* key)
{
    const Setting* setting = findSetting(key);
    const QString name = setting_words::title(*setting);
    auto* editor = SettingEditor::make(setting->key, setting->rule, name);
    editor->setFixedWidth(240);
    connect(editor, &SettingEditor::edited, this, [this] { leave(); });
    auto* label = new QLabel(name);
    label->setBuddy(editor);
    auto* row = new QHBoxLayout;
    row->addWidget(label, 1);
    row->addWidget(editor);
    body()->addLayout(row);
    m_editors.emplace_back(setting, editor);
}

void WelcomeStep::enter()
{
    for (const auto& [setting, editor] : m_editors) {
        editor->show(valueText(setting->rule, setting->get(m_settings.resolved().settings)));
        const QString fixed = setting_words::whyFixed(setting->key, m_settings.resolved().origin(setting->key));
        editor->setEnabled(fixed.isEmpty());
        editor->setToolTip(fixed);
    }
}

bool WelcomeStep::leave()
{
    for (const auto& [setting, editor] : m_editors) {
        const std::string value = editor->value();
        if (value == valueText(setting->rule, setting->get(m_settings.resolved().settings)))
            continue;
        if (const auto trouble = m_settings.change(setting->key, value)) {
            say(tr("Nothing was changed: %1.").arg(QString::fromStdString(trouble->sentence)));
            return true; // nobody is kept from going on by a theme
        }
    }
    say({});
    return true;
}

PurposeStep::PurposeStep(QWidget* parent)
    : FirstRunStep(tr("One fair queue for your apps"),
        tr("Give an app Drover's address instead of Ollama's. Drover recognises it, lets it take its fair turn, and "
           "shows what runs and what waits. Nothing else about the app changes."),
        parent)
    , m_pools(quiet(new QLabel))
    , m_address(new QLabel)
    , m_copy(new CopyAddressButton)
{
    auto* card = new Card(tr("Address for your apps"));
    m_address->setFont(textFont(TextSize::Figure, QFont::DemiBold));
    m_address->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_address->setAccessibleName(tr("Address for your apps"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_address, 1);
    row->addWidget(m_copy);
    card->body()->addLayout(row);
    auto* list = quiet(new QLabel(tr("• Who had least is next, so nobody waits for one busy app.\n"
                                     "• Ollama, OpenAI and Anthropic clients all work.\n"
                                     "• Without Drover, apps can still use Ollama itself.")));
    list->setWordWrap(true);
    auto* share = new Card(tr("Share this machine with a pool?"));
    m_pools->setWordWrap(true);
    auto* join = new QPushButton(tr("Join a pool…"));
    join->setAutoDefault(false);
    connect(join, &QPushButton::clicked, this, &PurposeStep::joinAsked);
    auto* sharing = new QHBoxLayout;
    sharing->addWidget(m_pools, 1);
    sharing->addWidget(join);
    share->body()->addLayout(sharing);
    body()->addWidget(card);
    body()->addWidget(list);
    body()->addWidget(share);
    body()->addStretch(1);
}

void PurposeStep::show(const drover::Snapshot& snapshot)
{
    const auto pools = static_cast<int>(snapshot.pools.size());
    setTextOf(m_pools,
        pools == 0 ? tr("Only if you want: while your own apps leave room, a pool may ask your models.")
                   : tr("This machine works for %n pool(s).", nullptr, pools));
    const auto addresses = addressesOf(snapshot);
    setTextOf(m_address, addresses.ollama.isEmpty() ? tr("Drover does not listen yet") : addresses.ollama);
    m_copy->setEnabled(!addresses.ollama.isEmpty());
    m_copy->show(addresses);
}

LoginStep::LoginStep(LoginItem item, QWidget* parent)
    : FirstRunStep(tr("Start at login?"),
        tr("Apps that start early find the queue only when Drover runs. This is off until you switch it on, and it can "
           "be changed any time in Settings."),
        parent)
    , m_row(new LoginItemRow(std::move(item)))
{
    auto* card = new Card({});
    card->body()->addWidget(m_row);
    body()->addWidget(card);
    body()->addStretch(1);
}

void LoginStep::enter()
{
    m_row->readAgain();
}

} // namespace drover::app
