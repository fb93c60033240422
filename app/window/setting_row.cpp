// SPDX-License-Identifier: MIT
#include "app/window/setting_row.h"

#include "app/settings/value_text.h"
#include "app/window/card.h"
#include "app/window/setting_editor.h"
#include "app/window/setting_words.h"
#include "app/window/style.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QTimer>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

constexpr int editorWidth = 250;

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

QPushButton* flatButton(const QString& text)
{
    auto* button = new QPushButton(text);
    button->setProperty("flat", true);
    button->setFont(textFont(TextSize::Caption));
    return button;
}

std::string valueOf(const Setting& setting, const Settings& settings)
{
    return valueText(setting.rule, setting.get(settings));
}

} // namespace

SettingRow::SettingRow(const Setting& setting, LiveSettings& settings, QWidget* parent)
    : QWidget(parent)
    , m_setting(setting)
    , m_settings(settings)
{
    const QString title = setting_words::title(setting);
    setAccessibleName(title);
    setObjectName(textOf(setting.key));
    auto* top = new QHBoxLayout;
    top->setSpacing(space::large);
    top->addLayout(makeWords(), 1);
    if (setting.isScalar()) {
        m_editor = SettingEditor::make(setting.key, setting.rule, title);
        m_editor->setFixedWidth(editorWidth);
        connect(m_editor, &SettingEditor::changing, this, &SettingRow::judge);
        connect(m_editor, &SettingEditor::edited, this, &SettingRow::write);
        top->addWidget(m_editor, 0, Qt::AlignTop);
    } else {
        m_value = new QLabel;
        m_value->setTextFormat(Qt::PlainText);
        m_value->setWordWrap(true);
        m_value->setFixedWidth(editorWidth);
        top->addWidget(m_value, 0, Qt::AlignTop);
    }
    m_trouble = new QLabel;
    m_trouble->setObjectName(QStringLiteral("trouble"));
    m_trouble->setTextFormat(Qt::PlainText);
    m_trouble->setWordWrap(true);
    m_trouble->hide();
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(0, space::small, 0, space::tight);
    whole->setSpacing(2);
    whole->addLayout(top);
    whole->addWidget(m_trouble);
    whole->addLayout(makeFoot());
    m_searched = QStringList{title, setting_words::sentence(setting.sentence), textOf(setting.sentence),
        textOf(setting.key), setting_words::command(setting.key, {})}
                     .join(QLatin1Char('\n'))
                     .toLower();
}

QLayout* SettingRow::makeWords()
{
    auto* title = new QLabel(setting_words::title(m_setting));
    title->setFont(textFont(TextSize::Body, QFont::DemiBold));
    auto* sentence = quiet(new QLabel(setting_words::sentence(m_setting.sentence)));
    sentence->setTextFormat(Qt::PlainText);
    sentence->setWordWrap(true);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(sentence);
    words->addStretch();
    return words;
}

QLayout* SettingRow::makeFoot()
{
    auto* key = quiet(new QLabel(textOf(m_setting.key)));
    key->setFont(textFont(TextSize::Caption));
    key->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_origin = quiet(new ElidedLabel);
    m_origin->setFont(textFont(TextSize::Caption));
    m_restart = flatButton(tr("Restart to apply"));
    connect(m_restart, &QPushButton::clicked, this, &SettingRow::restartAsked);
    m_reset = flatButton(tr("Reset"));
    connect(m_reset, &QPushButton::clicked, this, &SettingRow::reset);
    m_copy = flatButton(tr("Copy command"));
    connect(m_copy, &QPushButton::clicked, this, &SettingRow::copyCommand);
    auto* foot = new QHBoxLayout;
    foot->setSpacing(space::small);
    foot->addWidget(key);
    foot->addWidget(m_origin, 1);
    foot->addWidget(m_restart);
    foot->addWidget(m_reset);
    if (m_setting.isScalar()) {
        foot->addWidget(m_copy);
    } else {
        m_copy->setParent(this);
        m_copy->hide();
        auto* apps = flatButton(tr("Open Apps"));
        connect(apps, &QPushButton::clicked, this, &SettingRow::appsAsked);
        foot->addWidget(apps);
    }
    const QString title = setting_words::title(m_setting);
    m_restart->setAccessibleName(tr("%1: restart to apply").arg(title));
    m_reset->setAccessibleName(tr("%1: reset to the default").arg(title));
    m_copy->setAccessibleName(tr("%1: copy the command").arg(title));
    return foot;
}

void SettingRow::show(const Settings* inForce)
{
    const Settings& read = m_settings.resolved().settings;
    const std::string value = valueOf(m_setting, read);
    const std::string origin = m_settings.resolved().origin(m_setting.key);
    const QString fixed = setting_words::whyFixed(m_setting.key, origin);
    const bool canWrite = fixed.isEmpty() && !m_settings.isReadOnly();
    if (m_editor) {
        m_editor->show(value);
        m_editor->setEnabled(canWrite);
        m_editor->setToolTip(fixed);
        m_copy->setToolTip(setting_words::command(m_setting.key, value));
    } else {
        setTextOf(m_value, value.empty() ? tr("None") : QString::fromStdString(value));
    }
    setTextOf(m_origin, fixed.isEmpty() ? setting_words::origin(origin) : fixed);
    const std::string fallback = valueOf(m_setting, Settings{});
    m_reset->setVisible(m_editor && canWrite && origin != "default");
    m_reset->setToolTip(
        tr("The default is: %1").arg(fallback.empty() ? tr("empty") : QString::fromStdString(fallback)));
    m_needsRestart = inForce && m_setting.effect == Effect::AfterRestart && m_settings.resolved().problems.empty()
        && value != valueOf(m_setting, *inForce);
    m_restart->setVisible(m_needsRestart);
    m_trouble->hide();
}

bool SettingRow::matches(const QStringList& words) const
{
    return std::all_of(words.begin(), words.end(), [this](const QString& word) { return m_searched.contains(word); });
}

void SettingRow::copyCommand()
{
    QGuiApplication::clipboard()->setText(setting_words::command(m_setting.key, m_editor->value()));
    m_copy->setText(tr("Copied"));
    QTimer::singleShot(std::chrono::seconds(2), m_copy, [this] { m_copy->setText(tr("Copy command")); });
}

void SettingRow::judge()
{
    const bool right = parseValue(m_setting.rule, m_editor->value()).operator bool();
    say(right ? QString() : setting_words::whatIsAllowed(m_setting.rule));
}

void SettingRow::write()
{
    const std::string value = m_editor->value();
    if (!parseValue(m_setting.rule, value))
        return judge();
    if (value == valueOf(m_setting, m_settings.resolved().settings))
        return say({});
    if (const auto trouble = m_settings.change(m_setting.key, value))
        say(tr("Nothing was changed: %1.").arg(QString::fromStdString(trouble->sentence)));
}

void SettingRow::reset()
{
    if (const auto trouble = m_settings.reset(m_setting.key))
        say(tr("Nothing was changed: %1.").arg(QString::fromStdString(trouble->sentence)));
}

void SettingRow::say(const QString& trouble)
{
    if (!trouble.isEmpty() && m_trouble->text() != trouble) {
        m_trouble->setText(trouble);
        QAccessibleEvent told(m_trouble, QAccessible::Alert);
        QAccessible::updateAccessibility(&told);
    }
    m_trouble->setVisible(!trouble.isEmpty());
    if (trouble.isEmpty())
        m_trouble->clear();
}

} // namespace drover::app
