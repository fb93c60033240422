// SPDX-License-Identifier: MIT
#include "app/window/history_filter_bar.h"

#include "app/window/history_model.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QComboBox>
#include <QDateEdit>
#include <QDateTime>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds typingTime = 300ms;
constexpr int lettersShown = 10; ///< of a choice; the list shows all of it
constexpr std::int64_t day = 86'400'000;

std::string chosen(const QComboBox& box)
{
    return box.currentData().toString().toStdString();
}

} // namespace

HistoryFilterBar::HistoryFilterBar(QWidget* parent)
    : QWidget(parent)
    , m_text(new QLineEdit)
    , m_period(new QComboBox)
    , m_clear(new QPushButton(tr("Show all")))
{
    m_text->setPlaceholderText(tr("Find in names, paths, request ids and reasons"));
    m_text->setAccessibleName(tr("Find"));
    m_text->setClearButtonEnabled(true);
    m_period->setAccessibleName(tr("When"));
    m_period->addItems(
        {tr("Any time"), tr("Today"), tr("Last 24 hours"), tr("Last 7 days"), tr("Last 30 days"), tr("From … to …")});
    makeRange();
    m_clear->setProperty("flat", true);
    auto place = m_clear->sizePolicy();
    place.setRetainSizeWhenHidden(true);
    m_clear->setSizePolicy(place);
    auto* first = new QHBoxLayout;
    first->setSpacing(space::small);
    first->addWidget(m_text, 1);
    for (QWidget* each : std::initializer_list<QWidget*>{m_period, m_from, m_to})
        first->addWidget(each);

    auto* second = new QHBoxLayout;
    second->setSpacing(space::small);
    m_user = addChoice(tr("All apps"), tr("App"));
    m_model = addChoice(tr("All models"), tr("Model"));
    m_outcome = addChoice(tr("All results"), tr("Result"));
    m_backend = addChoice(tr("All machines"), tr("Where"));
    for (int number = 0; !drover::name(static_cast<drover::Outcome>(number)).empty(); ++number)
        m_outcome->addItem(HistoryModel::outcomeText(static_cast<drover::Outcome>(number)), number);
    for (auto* each : {m_user, m_model, m_outcome, m_backend})
        second->addWidget(each, 1);
    second->addWidget(m_clear);

    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::small);
    rows->addLayout(first);
    rows->addLayout(second);

    m_typed.setSingleShot(true);
    m_typed.setInterval(typingTime);
    connect(m_text, &QLineEdit::textChanged, &m_typed, qOverload<>(&QTimer::start));
    connect(m_text, &QLineEdit::returnPressed, this, &HistoryFilterBar::tell);
    connect(&m_typed, &QTimer::timeout, this, &HistoryFilterBar::tell);
    for (auto* each : {m_period, m_user, m_model, m_outcome, m_backend})
        connect(each, &QComboBox::currentIndexChanged, this, &HistoryFilterBar::tell);
    connect(m_clear, &QPushButton::clicked, this, &HistoryFilterBar::clear);
    updateRange();
}

QComboBox* HistoryFilterBar::addChoice(const QString& all, const QString& name)
{
    auto* box = new QComboBox;
    box->addItem(all, QString());
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(lettersShown);
    return box;
}

void HistoryFilterBar::makeRange()
{
    const auto today = QDate::currentDate();
    m_from = new QDateEdit(today.addDays(-7));
    m_to = new QDateEdit(today);
    m_from->setAccessibleName(tr("First day"));
    m_to->setAccessibleName(tr("Last day"));
    for (auto* each : {m_from, m_to}) {
        each->setCalendarPopup(true);
        connect(each, &QDateEdit::dateChanged, this, &HistoryFilterBar::tell);
    }
}

void HistoryFilterBar::fill(QComboBox& box, const std::vector<std::string>& names) const
{
    QStringList wanted;
    for (const auto& name : names)
        wanted << wording::text(name);
    const auto current = box.currentData().toString();
    if (!current.isEmpty() && !wanted.contains(current))
        wanted << current;
    QStringList present;
    for (int row = 1; row < box.count(); ++row)
        present << box.itemData(row).toString();
    if (wanted == present)
        return;
    const QSignalBlocker quietly(box);
    while (box.count() > 1)
        box.removeItem(box.count() - 1);
    for (const auto& name : wanted)
        box.addItem(name, name);
    box.setCurrentIndex(std::max(0, box.findData(current)));
}

void HistoryFilterBar::offer(const drover::HistoryNames& names)
{
    fill(*m_user, names.users);
    fill(*m_model, names.models);
    fill(*m_backend, names.backends);
}

drover::HistoryFilter HistoryFilterBar::filter(std::int64_t now) const
{
    drover::HistoryFilter filter{.user = chosen(*m_user),
        .model = chosen(*m_model),
        .backend = chosen(*m_backend),
        .text = m_text->text().trimmed().toStdString()};
    if (m_outcome->currentIndex() > 0)
        filter.outcome = static_cast<drover::Outcome>(m_outcome->currentData().toInt());
    const auto today = QDateTime::fromMSecsSinceEpoch(now).date();
    switch (static_cast<Period>(m_period->currentIndex())) {
    case Period::Any:
        break;
    case Period::Today:
        filter.from = today.startOfDay().toMSecsSinceEpoch();
        break;
    case Period::Day:
        filter.from = now - day;
        break;
    case Period::Week:
        filter.from = now - 7 * day;
        break;
    case Period::Month:
        filter.from = now - 30 * day;
        break;
    case Period::Range:
        filter.from = m_from->date().startOfDay().toMSecsSinceEpoch();
        filter.to = m_to->date().addDays(1).startOfDay().toMSecsSinceEpoch();
        break;
    }
    return filter;
}

bool HistoryFilterBar::isEmpty() const
{
    return m_text->text().trimmed().isEmpty() && m_period->currentIndex() == 0 && m_user->currentIndex() == 0
        && m_model->currentIndex() == 0 && m_outcome->currentIndex() == 0 && m_backend->currentIndex() == 0;
}

void HistoryFilterBar::clear()
{
    {
        const QSignalBlocker quietly(m_text);
        m_text->clear();
    }
    for (auto* each : {m_period, m_user, m_model, m_outcome, m_backend}) {
        const QSignalBlocker quietly(each);
        each->setCurrentIndex(0);
    }
    tell();
}

void HistoryFilterBar::tell()
{
    m_typed.stop();
    updateRange();
    Q_EMIT changed();
}

void HistoryFilterBar::updateRange()
{
    const bool isRange = static_cast<Period>(m_period->currentIndex()) == Period::Range;
    m_from->setVisible(isRange);
    m_to->setVisible(isRange);
    m_clear->setVisible(!isEmpty());
}

} // namespace drover::app
