// SPDX-License-Identifier: MIT
#include "app/window/rule_panel.h"

#include "app/apps/app_rules.h"
#include "app/window/apps_model.h"
#include "app/window/card.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QFormLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>
#include <chrono>

namespace drover::app {

using namespace std::chrono_literals;

namespace {

constexpr auto settle = 300ms; ///< after the last step of a number, before it is written
constexpr int panelWidth = 280;

QString ruleWord(const drover::UserRule& rule, std::string_view word)
{
    return wording::text(ruleValue(rule, word));
}

std::string none(std::string_view word)
{
    return std::string(std::ranges::find(ruleWords(), word, &RuleWord::word)->none);
}

QSpinBox* makeNumber(int most, const QString& whenNone)
{
    auto* box = new QSpinBox;
    box->setRange(0, most);
    box->setSpecialValueText(whenNone);
    box->setKeyboardTracking(false);
    return box;
}

} // namespace

RulePanel::RulePanel(QWidget* parent)
    : QFrame(parent)
    , m_name(new ElidedLabel)
    , m_facts(quiet(new QLabel))
    , m_complaint(new QLabel)
    , m_reset(new QPushButton(tr("Reset")))
    , m_cancelAll(new QPushButton(tr("Cancel its jobs")))
{
    setObjectName(QStringLiteral("card"));
    setFixedWidth(panelWidth);
    m_name->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_facts->setWordWrap(true);
    m_complaint->setWordWrap(true);
    m_complaint->setObjectName(QStringLiteral("trouble"));
    m_complaint->hide();
    m_reset->setToolTip(tr("Take away every rule of this app"));
    m_cancelAll->setToolTip(tr("Cancel everything that this app has running and waiting"));

    auto* form = new QFormLayout;
    form->setRowWrapPolicy(QFormLayout::WrapLongRows);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setVerticalSpacing(space::small);
    addRows(*form);

    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::large, space::large, space::large, space::large);
    whole->setSpacing(space::small);
    for (QWidget* each : {static_cast<QWidget*>(m_name), static_cast<QWidget*>(m_facts)})
        whole->addWidget(each);
    whole->addLayout(form);
    whole->addWidget(m_blocked);
    whole->addWidget(m_complaint);
    whole->addStretch();
    whole->addWidget(m_cancelAll);
    whole->addWidget(m_reset);

    m_soon.setSingleShot(true);
    m_soon.setInterval(settle);
    connect(&m_soon, &QTimer::timeout, this, &RulePanel::write);
    connect(m_reset, &QPushButton::clicked, this, [this] {
        m_soon.stop();
        complain({});
        Q_EMIT resetAsked(m_app);
    });
    connect(m_cancelAll, &QPushButton::clicked, this, [this] { Q_EMIT cancelAllAsked(m_app); });
}

void RulePanel::addRows(QFormLayout& form)
{
    m_weight = new QDoubleSpinBox;
    m_weight->setRange(0.01, 100);
    m_weight->setSingleStep(0.5);
    m_weight->setKeyboardTracking(false);
    m_weight->setToolTip(tr("2 gets twice as much of the machine as others"));
    m_parallel = makeNumber(1024, tr("No limit"));
    m_parallel->setToolTip(tr("Jobs that may run at once"));
    m_waiting = makeNumber(1'000'000, tr("As others"));
    m_waiting->setToolTip(tr("Jobs that may wait; more are refused"));
    m_cap = new QLineEdit;
    m_cap->setPlaceholderText(tr("No limit"));
    m_cap->setToolTip(tr("Such as 100k; prompts and answers, until midnight"));
    m_lane = new QComboBox;
    m_lane->addItem(tr("Automatic"), QStringLiteral("automatic"));
    m_lane->addItem(tr("Interactive"), QStringLiteral("interactive"));
    m_lane->addItem(tr("Normal"), QStringLiteral("normal"));
    m_lane->addItem(tr("Batch"), QStringLiteral("batch"));
    m_models = new QLineEdit;
    m_models->setPlaceholderText(tr("All models"));
    m_models->setToolTip(tr("Names with commas between, * is any text: llama*, qwen3"));
    m_blocked = new QCheckBox(tr("Block it"));
    m_blocked->setToolTip(tr("Refuse everything that it asks for"));

    const auto add = [&form](const QString& name, QWidget* field) {
        auto* label = new QLabel(name);
        label->setBuddy(field);
        field->setAccessibleName(QString(name).remove(QLatin1Char('&')));
        form.addRow(label, field);
    };
    add(tr("&Weight"), m_weight);
    add(tr("At &once"), m_parallel);
    add(tr("W&aiting"), m_waiting);
    add(tr("&Tokens a day"), m_cap);
    add(tr("&Lane"), m_lane);
    add(tr("&Models"), m_models);

    connect(m_weight, &QDoubleSpinBox::valueChanged, this, &RulePanel::changeSoon);
    connect(m_parallel, &QSpinBox::valueChanged, this, &RulePanel::changeSoon);
    connect(m_waiting, &QSpinBox::valueChanged, this, &RulePanel::changeSoon);
    connect(m_lane, &QComboBox::currentIndexChanged, this, &RulePanel::changeSoon);
    connect(m_blocked, &QCheckBox::toggled, this, &RulePanel::write);
    connect(m_cap, &QLineEdit::editingFinished, this, &RulePanel::write);
    connect(m_models, &QLineEdit::editingFinished, this, &RulePanel::write);
}

void RulePanel::show(const drover::UserView& app)
{
    if (app.name != m_app) {
        write();
        complain({});
        m_app = app.name;
        m_rule.reset();
        m_cap->setModified(false);
        m_models->setModified(false);
        m_name->setText(wording::text(app.name));
    }
    const auto facts = app.lastSeen == drover::UserView::neverSeen
        ? tr("Has not asked since Drover's start")
        : tr("Known by: %1. API: %2. Refused: %3.")
              .arg(AppsModel::knownBy(app.source), AppsModel::api(app.dialect), wording::count(app.refused));
    setTextOf(m_facts, facts);
    m_cancelAll->setEnabled(app.running + app.waiting > 0);
    m_reset->setEnabled(!app.rule.name.empty());
    const bool typing = m_cap->isModified() || m_models->isModified() || m_soon.isActive();
    if (m_rule != app.rule && !typing)
        fill(app.rule);
}

void RulePanel::fill(const drover::UserRule& rule)
{
    m_rule = rule;
    const QSignalBlocker blockers[] = {QSignalBlocker(m_weight), QSignalBlocker(m_parallel), QSignalBlocker(m_waiting),
        QSignalBlocker(m_lane), QSignalBlocker(m_blocked)};
    m_weight->setValue(rule.weight);
    m_parallel->setValue(static_cast<int>(rule.runningMax));
    m_waiting->setValue(static_cast<int>(rule.waitingMax));
    m_cap->setText(rule.tokensPerDay > 0 ? ruleWord(rule, "cap") : QString());
    m_lane->setCurrentIndex(static_cast<int>(rule.lane));
    m_models->setText(rule.models.empty() ? QString() : ruleWord(rule, "models"));
    m_blocked->setChecked(rule.blocked);
    m_written = words();
}

void RulePanel::changeSoon()
{
    m_soon.start();
}

std::vector<std::string> RulePanel::words() const
{
    const auto number = [](std::string_view word, const QSpinBox& box) {
        return std::string(word) + "=" + (box.value() == 0 ? none(word) : std::to_string(box.value()));
    };
    const auto typed = [](std::string_view word, const QLineEdit& line) {
        const auto value = line.text().trimmed().toStdString();
        return std::string(word) + "=" + (value.empty() ? none(word) : value);
    };
    return {"weight=" + QString::number(m_weight->value(), 'g', 6).toStdString(), number("parallel", *m_parallel),
        number("waiting", *m_waiting), typed("cap", *m_cap), "lane=" + m_lane->currentData().toString().toStdString(),
        typed("models", *m_models), m_blocked->isChecked() ? "blocked=on" : "blocked=off"};
}

void RulePanel::write()
{
    m_soon.stop();
    if (m_app.empty() || !m_rule)
        return;
    const auto all = words();
    std::vector<std::string> different;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i] != m_written[i])
            different.push_back(all[i]);
    if (different.empty())
        return;
    if (const auto parsed = parseRuleWords(different); !parsed)
        return complain(wording::text(parsed.error().detail));
    complain({});
    m_cap->setModified(false);
    m_models->setModified(false);
    m_written = all;
    Q_EMIT changed(m_app, different);
}

void RulePanel::focusFirst()
{
    m_weight->setFocus(Qt::TabFocusReason);
    m_weight->selectAll();
}

void RulePanel::complain(const QString& sentence)
{
    m_complaint->setText(sentence);
    m_complaint->setVisible(!sentence.isEmpty());
}

} // namespace drover::app
