// SPDX-License-Identifier: MIT
#include "app/window/settings_page.h"

#include "app/settings/settings_table.h"
#include "app/window/backends_editor.h"
#include "app/window/card.h"
#include "app/window/login_item_row.h"
#include "app/window/setting_row.h"
#include "app/window/setting_words.h"
#include "app/window/style.h"

#include <QDesktopServices>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QShortcut>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>
#include <array>

namespace drover::app {

namespace {

/// What people look for first. Sections that are not named here come after these, in the order of the table.
constexpr std::array<std::string_view, 11> groupOrder = {
    "general", "engine", "backend", "queue", "proxy", "history", "tray", "notifications", "user", "status", "log"};

/// The section that a setting is shown in: tables of the file that belong to apps are one group.
std::string_view sectionOf(const Setting& setting)
{
    const std::string_view section = setting.section().empty() ? setting.key : setting.section();
    return section == "key" ? "user" : section;
}

std::size_t placeOf(std::string_view section)
{
    return static_cast<std::size_t>(std::ranges::find(groupOrder, section) - groupOrder.begin());
}

} // namespace

struct SettingsPage::Group {
    std::string_view section;
    Card* card = nullptr;
    std::vector<SettingRow*> rows = {};
};

SettingsPage::~SettingsPage()
{
    m_settings.disconnect(this);
    setVisible(false); // the row with the focus writes what was typed, while all of it is there
}

SettingsPage::SettingsPage(LiveSettings& settings, SecretStore& secrets, LoginItem loginItem, QWidget* parent)
    : Page({PageId::Settings, tr("Settings"), Symbol::Settings}, parent)
    , m_settings(settings)
    , m_secrets(secrets)
    , m_loginItem(std::move(loginItem))
    , m_scroll(new QScrollArea)
    , m_rows(new QVBoxLayout)
{
    auto* content = new QWidget;
    content->setObjectName(QStringLiteral("pageContent"));
    content->setLayout(m_rows);
    m_rows->setContentsMargins(0, 0, space::small, 0);
    m_rows->setSpacing(space::medium);
    m_scroll->setObjectName(QStringLiteral("pageScroll"));
    m_scroll->setWidgetResizable(true);
    m_scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    m_scroll->setWidget(content);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::medium);
    whole->addLayout(makeTop());
    whole->addWidget(makeBanner());
    whole->addWidget(m_scroll, 1);
    auto* find = new QShortcut(QKeySequence::Find, this, nullptr, nullptr, Qt::WidgetWithChildrenShortcut);
    connect(find, &QShortcut::activated, this, [this] {
        m_search->setFocus(Qt::ShortcutFocusReason);
        m_search->selectAll();
    });
    connect(&m_settings, &LiveSettings::changed, this, &SettingsPage::readAgain);
    showBanner();
}

QLayout* SettingsPage::makeTop()
{
    auto* title = new QLabel(tr("Settings"));
    title->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    m_search = new QLineEdit;
    m_search->setPlaceholderText(
        tr("Search (%1)").arg(QKeySequence(QKeySequence::Find).toString(QKeySequence::NativeText)));
    m_search->setAccessibleName(tr("Search the settings"));
    m_search->setClearButtonEnabled(true);
    m_search->setFixedWidth(230);
    connect(m_search, &QLineEdit::textChanged, this, &SettingsPage::filter);
    auto* setup = new QPushButton(tr("Set up again"));
    setup->setToolTip(tr("Go through the first steps again (drover-tray --setup)"));
    connect(setup, &QPushButton::clicked, this, &SettingsPage::setupAsked);
    auto* open = new QPushButton(tr("Open file"));
    open->setToolTip(QString::fromStdString(m_settings.source().file()));
    connect(open, &QPushButton::clicked, this, [this] {
        const QString file = QString::fromStdString(m_settings.source().file());
        const QFileInfo there(file);
        QDesktopServices::openUrl(QUrl::fromLocalFile(there.exists() ? file : there.absolutePath()));
    });
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addWidget(title, 1);
    top->addWidget(m_search);
    top->addWidget(open);
    top->addWidget(setup);
    return top;
}

QFrame* SettingsPage::makeBanner()
{
    m_banner = new QFrame;
    m_banner->setObjectName(QStringLiteral("banner"));
    m_bannerText = new QLabel;
    m_bannerText->setTextFormat(Qt::PlainText);
    m_bannerText->setWordWrap(true);
    m_restart = new QPushButton(tr("Restart Drover"));
    connect(m_restart, &QPushButton::clicked, this, &SettingsPage::restartAsked);
    auto* row = new QHBoxLayout(m_banner);
    row->setContentsMargins(space::large, space::small, space::large, space::small);
    row->addWidget(m_bannerText, 1);
    row->addWidget(m_restart, 0, Qt::AlignVCenter);
    return m_banner;
}

/// Hundreds of widgets that few starts of Drover need: made when the page is asked for.
void SettingsPage::makeGroups()
{
    if (!m_groups.empty())
        return;
    for (const Setting& setting : settingsTable())
        addRow(setting);
    std::ranges::stable_sort(m_groups, {}, [](const Group& group) { return placeOf(group.section); });
    for (const Group& group : m_groups)
        m_rows->addWidget(group.card);
    m_nothing = quiet(new QLabel(tr("No setting has these words.")));
    m_nothing->hide();
    m_rows->addWidget(m_nothing, 0, Qt::AlignHCenter);
    m_rows->addStretch(1);
}

SettingsPage::Group& SettingsPage::groupOf(std::string_view section)
{
    const auto found = std::ranges::find(m_groups, section, &Group::section);
    if (found != m_groups.end())
        return *found;
    auto* card = new Card(setting_words::groupTitle(section));
    if (section == "general") {
        m_login = new LoginItemRow(m_loginItem);
        card->body()->addWidget(m_login);
    }
    m_groups.push_back({section, card});
    return m_groups.back();
}

void SettingsPage::addRow(const Setting& setting)
{
    Group& group = groupOf(sectionOf(setting));
    if (setting.rule.type == ValueType::Backends) {
        m_backends = new BackendsEditor(m_settings, m_secrets);
        connect(m_backends, &BackendsEditor::keyChanged, this, &SettingsPage::keyChanged);
        group.card->body()->addWidget(m_backends);
        return;
    }
    if (!group.rows.empty() || setting.section() == "general") {
        auto* rule = new QFrame;
        rule->setObjectName(QStringLiteral("rule"));
        group.card->body()->addWidget(rule);
    }
    auto* row = new SettingRow(setting, m_settings);
    connect(row, &SettingRow::restartAsked, this, &SettingsPage::restartAsked);
    connect(row, &SettingRow::appsAsked, this, &SettingsPage::appsAsked);
    group.card->body()->addWidget(row);
    group.rows.push_back(row);
}

void SettingsPage::show(const drover::Snapshot&) { }

void SettingsPage::showInForce(const Settings* inForce)
{
    m_inForce = inForce ? std::optional(*inForce) : std::nullopt;
    readAgain();
}

void SettingsPage::setVisible(bool visible)
{
    if (visible)
        makeGroups(); // before it is seen, or it would be seen half laid out
    Page::setVisible(visible);
}

void SettingsPage::showEvent(QShowEvent* event)
{
    makeGroups();
    readAgain();
    m_login->readAgain();
    Page::showEvent(event);
}

void SettingsPage::readAgain()
{
    for (const Group& group : m_groups) {
        for (SettingRow* row : group.rows)
            row->show(m_inForce ? &*m_inForce : nullptr);
    }
    if (m_backends)
        m_backends->readAgain();
    showBanner();
}

void SettingsPage::showBanner()
{
    const Resolved& resolved = m_settings.resolved();
    const QString file = QString::fromStdString(m_settings.source().file());
    const bool waits = std::ranges::any_of(m_groups, [](const Group& group) {
        return std::ranges::any_of(group.rows, [](const SettingRow* row) { return row->needsRestart(); });
    });
    QString text;
    if (!resolved.problems.empty())
        text = tr("The settings are not right, so the old ones stay in force: %1")
                   .arg(QString::fromStdString(resolved.problems.front().text()));
    else if (m_settings.isReadOnly())
        text = tr("The settings file cannot be written, so nothing can be changed here: %1").arg(file);
    else if (waits)
        text = tr("Some changes count after a restart of Drover.");
    setTextOf(m_bannerText, text);
    m_restart->setVisible(waits && resolved.problems.empty());
    m_banner->setVisible(!text.isEmpty());
}

void SettingsPage::search(const QString& words)
{
    m_search->setText(words); // `filter` follows
    m_search->setFocus();
}

void SettingsPage::filter(const QString& text)
{
    makeGroups();
    const QStringList words = text.toLower().split(QLatin1Char(' '), Qt::SkipEmptyParts);
    bool any = false;
    for (const Group& group : m_groups) {
        const bool ofTitle = group.card->accessibleName().toLower() == text.trimmed().toLower();
        bool here = false;
        for (SettingRow* row : group.rows) {
            const bool found = ofTitle || row->matches(words);
            row->setVisible(found);
            here = here || found;
        }
        if (group.section == "general") {
            m_login->setVisible(ofTitle || m_login->matches(words));
            here = here || m_login->isVisibleTo(group.card);
        }
        if (group.section == "backend")
            here = ofTitle || m_backends->matches(words);
        group.card->setVisible(here);
        any = any || here;
    }
    m_nothing->setVisible(!any);
    m_scroll->ensureVisible(0, 0);
}

} // namespace drover::app
