// SPDX-License-Identifier: MIT
#include "app/window/machine_page.h"

#include "app/settings/settings_table.h"
#include "app/sharing_control.h"
#include "app/window/card.h"
#include "app/window/hours_grid.h"
#include "app/window/rule_words.h"
#include "app/window/setting_row.h"
#include "app/window/setting_words.h"
#include "app/window/snooze_choices.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QButtonGroup>
#include <QHBoxLayout>
#include <QHeaderView>
#include <QLabel>
#include <QMenu>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QTableView>
#include <QVBoxLayout>

namespace drover::app {

namespace {

using drover::MannersPreset;

constexpr MannersPreset presets[] = {MannersPreset::Polite, MannersPreset::Away, MannersPreset::Dedicated};
constexpr std::string_view mannersKey = "sharing.manners";
constexpr std::string_view scheduleKey = "sharing.schedule";

QLabel* wrapped(QLabel* label)
{
    label->setWordWrap(true);
    return label;
}

} // namespace

MachinePage::MachinePage(LiveSettings& settings, SharingControl& control, QWidget* parent)
    : Page({PageId::Machine, tr("Machine"), Symbol::Machine}, parent)
    , m_settings(settings)
    , m_control(control)
{
    auto* scroll = new QScrollArea;
    scroll->setObjectName(QStringLiteral("pageScroll"));
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidget(makeContent());
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, 0, 0, 0);
    whole->addWidget(scroll);
    connect(&m_settings, &LiveSettings::changed, this, &MachinePage::showSettings);
    showSettings();
}

QWidget* MachinePage::makeContent()
{
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("pageContent"));
    auto* rows = new QVBoxLayout(content);
    rows->setContentsMargins(space::page, space::page, space::page, space::page);
    rows->setSpacing(space::medium);
    rows->addWidget(makeTop());
    m_trouble = wrapped(new QLabel);
    m_trouble->setVisible(false);
    rows->addWidget(m_trouble);
    rows->addWidget(makeManners());
    rows->addWidget(makeRules());
    rows->addWidget(makeHours());
    rows->addWidget(makeLimits());
    rows->addStretch();
    return content;
}

QWidget* MachinePage::makeTop()
{
    m_reason = wrapped(new QLabel);
    m_reason->setFont(textFont(TextSize::Sentence, QFont::DemiBold));
    m_effect = quiet(wrapped(new QLabel));
    auto* words = new QVBoxLayout;
    words->setSpacing(space::tight);
    words->addWidget(m_reason);
    words->addWidget(m_effect);
    m_pause = makePause();
    m_resume = new QPushButton(tr("Share again"));
    m_resume->setProperty("primary", true);
    m_resume->setAccessibleDescription(tr("Ends the pause of sharing"));
    connect(m_resume, &QPushButton::clicked, this, [this] { m_control.snooze({}); });
    auto* top = new QWidget;
    auto* row = new QHBoxLayout(top);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(space::medium);
    row->addLayout(words, 1);
    row->addWidget(m_pause, 0, Qt::AlignTop);
    row->addWidget(m_resume, 0, Qt::AlignTop);
    return top;
}

QPushButton* MachinePage::makePause()
{
    auto* button = new QPushButton(tr("Pause sharing"));
    button->setToolTip(tr("Pools get nothing meanwhile; the apps of this machine go on"));
    auto* menu = new QMenu(button);
    addSnoozeChoices(*menu, [this](const drover::Snooze& snooze) { m_control.snooze(snooze); });
    button->setMenu(menu);
    return button;
}

QWidget* MachinePage::makeManners()
{
    auto* card = new Card(tr("Manners"));
    m_manners = new QButtonGroup(this);
    const QString sentences[] = {tr("Leaves off while you game, work hard or run on battery."),
        tr("Shares only while nobody uses the machine."),
        tr("Always shares; only looks at battery, network, hours, heat, space and limits.")};
    auto* row = new QHBoxLayout;
    row->setSpacing(space::large);
    for (const MannersPreset preset : presets) {
        const int number = static_cast<int>(preset);
        auto* choice = new QRadioButton(setting_words::choice(mannersKey, drover::name(preset)));
        auto* sentence = quiet(wrapped(new QLabel(sentences[number])));
        choice->setAccessibleDescription(sentence->text());
        m_manners->addButton(choice, number);
        auto* column = new QVBoxLayout;
        column->setSpacing(space::tight);
        column->addWidget(choice);
        column->addWidget(sentence);
        column->addStretch();
        row->addLayout(column, 1);
    }
    connect(m_manners, &QButtonGroup::idClicked, this,
        [this](int id) { write(mannersKey, std::string(drover::name(static_cast<MannersPreset>(id)))); });
    card->body()->addLayout(row);
    return card;
}

QWidget* MachinePage::makeRules()
{
    auto* card = new Card(tr("Rules"));
    m_table = new QTableView;
    m_table->setObjectName(QStringLiteral("rulesTable"));
    m_table->setAccessibleName(tr("Rules of sharing and how each stands"));
    m_table->setModel(&m_rules);
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->setFrameShape(QFrame::NoFrame);
    m_table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(m_table->fontMetrics().height() + space::small);
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::ResizeToContents);
    m_table->horizontalHeader()->setSectionResizeMode(RulesModel::Rule, QHeaderView::Stretch);
    m_table->horizontalHeader()->setDefaultAlignment(Qt::AlignLeading | Qt::AlignVCenter);
    connect(m_table, &QTableView::activated, this, &MachinePage::openSettingOf);
    card->body()->addWidget(m_table);
    auto* all = new QPushButton(tr("Change rules…"));
    all->setToolTip(tr("The settings of sharing"));
    connect(all, &QPushButton::clicked, this,
        [this] { Q_EMIT fixAsked(drover::FixAction::OpenSetting, QStringLiteral("sharing.")); });
    card->corner()->addWidget(all);
    return card;
}

QWidget* MachinePage::makeHours()
{
    auto* card = new Card(tr("Hours"));
    m_hours = new HoursGrid;
    connect(m_hours, &HoursGrid::edited, this, [this] { write(scheduleKey, drover::weekHoursText(m_hours->hours())); });
    auto* always = new QPushButton(tr("Always"));
    connect(always, &QPushButton::clicked, this, [this] { write(scheduleKey, "always"); });
    auto* nights = new QPushButton(tr("Nights and weekends"));
    connect(nights, &QPushButton::clicked, this, [this] { write(scheduleKey, "mon-fri 0-8,20-24; sat,sun 0-24"); });
    card->corner()->addWidget(always);
    card->corner()->addWidget(nights);
    card->body()->addWidget(m_hours);
    return card;
}

QWidget* MachinePage::makeLimits()
{
    auto* card = new Card(tr("Limits of a day, for all pools"));
    for (const char* key : {"sharing.tokens_per_day", "sharing.jobs_per_day", "sharing.time_per_day"}) {
        auto* row = new SettingRow(*findSetting(key), m_settings);
        m_limits.push_back(row);
        card->body()->addWidget(row);
    }
    return card;
}

void MachinePage::write(std::string_view key, const std::string& value)
{
    const auto trouble = m_settings.change(key, value);
    m_trouble->setText(trouble ? wording::sentence(trouble->sentence) : QString());
    m_trouble->setVisible(trouble.has_value());
    showSettings(); // what was not written goes back
}

void MachinePage::showSettings()
{
    const Settings& settings = m_settings.resolved().settings;
    const drover::SharingRules& rules = settings.config.sharing;
    m_manners->button(static_cast<int>(rules.manners))->setChecked(true);
    m_hours->show(rules.hours);
    for (SettingRow* row : m_limits)
        row->show(&settings);
}

void MachinePage::openSettingOf(const QModelIndex& index)
{
    Q_EMIT fixAsked(drover::FixAction::OpenSetting, m_rules.settingAt(index.row()));
}

bool MachinePage::isOffered(const drover::Snapshot& snapshot) const
{
    return snapshot.sharing.present;
}

void MachinePage::show(const drover::Snapshot& snapshot)
{
    const drover::SharingView& sharing = snapshot.sharing;
    setTextOf(m_reason, rule_words::reason(sharing));
    QStringList more{rule_words::effect(sharing.verdict)};
    if (sharing.holdsOwn)
        more << tr("The apps of this machine wait, too.");
    if (sharing.changesAt > 0)
        more << tr("It may change at %1.").arg(wording::clock(sharing.changesAt));
    more.removeAll(QString());
    setTextOf(m_effect, more.join(QLatin1Char(' ')));
    m_effect->setVisible(!more.isEmpty());
    m_pause->setVisible(sharing.snooze == drover::SnoozeKind::None);
    m_resume->setVisible(sharing.snooze != drover::SnoozeKind::None);
    m_rules.show(sharing.rules);
    // The page scrolls, not the table in it. What is around the rows is known once the style is.
    const int around = m_table->height() - m_table->viewport()->height();
    if (const int height = around + m_table->verticalHeader()->length(); height != m_table->height())
        m_table->setFixedHeight(height);
}

} // namespace drover::app
