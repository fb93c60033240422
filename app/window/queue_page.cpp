// SPDX-License-Identifier: MIT
#include "app/window/queue_page.h"

#include "app/queue_control.h"
#include "app/window/card.h"
#include "app/window/copy_address.h"
#include "app/window/jobs_table.h"
#include "app/window/pause_button.h"
#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/wording.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QMenu>
#include <QStackedLayout>
#include <QVBoxLayout>

namespace drover::app {

namespace {

constexpr int textWidth = 440;

} // namespace

QueuePage::QueuePage(QueueControl& control, QWidget* parent)
    : Page({PageId::Queue, tr("Queue"), Symbol::Queue}, parent)
    , m_table(new JobsTable(m_model, control))
    , m_views(new QStackedLayout)
    , m_rest(quiet(new QLabel))
{
    m_views->addWidget(makeEmpty());
    m_views->addWidget(m_table);
    auto* whole = new QVBoxLayout(this);
    whole->setContentsMargins(space::page, space::page, space::page, space::page);
    whole->setSpacing(space::large);
    whole->addLayout(makeTop(control));
    whole->addWidget(makeBanner());
    whole->addLayout(m_views, 1);
    whole->addWidget(m_rest);
    connectTable();
    drawSymbols();
    show({});
}

QString QueuePage::label(const drover::Snapshot& snapshot) const
{
    const auto jobs = snapshot.running + snapshot.waiting;
    return jobs == 0 ? name().name : tr("Queue (%1)").arg(wording::count(jobs));
}

QLayout* QueuePage::makeTop(QueueControl& control)
{
    auto* title = new QLabel(tr("Queue"));
    title->setFont(textFont(TextSize::Headline, QFont::DemiBold));
    m_summary = quiet(new QLabel);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(title);
    words->addWidget(m_summary);

    m_sort = new QPushButton(tr("Sort by"));
    m_next = new QPushButton(tr("Start next"));
    m_next->setToolTip(tr("Make the selected job the next to start"));
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setToolTip(tr("Cancel the selected jobs (Delete)"));
    m_pause = new PauseButton(control);
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addLayout(words, 1);
    for (auto* button : {m_sort, m_next, m_cancel, static_cast<QPushButton*>(m_pause)})
        top->addWidget(button, 0, Qt::AlignVCenter);
    return top;
}

QFrame* QueuePage::makeBanner()
{
    m_banner = new QFrame;
    m_banner->setObjectName(QStringLiteral("banner"));
    m_bannerText = new QLabel;
    m_bannerText->setWordWrap(true);
    auto* row = new QHBoxLayout(m_banner);
    row->setContentsMargins(space::large, space::small, space::large, space::small);
    row->addWidget(m_bannerText);
    return m_banner;
}

QWidget* QueuePage::makeEmpty()
{
    auto* empty = new Card({});
    auto* title = new QLabel(tr("Connect an app"));
    title->setFont(textFont(TextSize::Figure, QFont::DemiBold));
    auto* text = quiet(new QLabel(tr("Give an app this address instead of Ollama's own. Its requests then take their "
                                     "fair turn and show up here.")));
    text->setWordWrap(true);
    text->setAlignment(Qt::AlignCenter);
    text->setFixedWidth(textWidth);
    text->setMinimumHeight(text->heightForWidth(textWidth)); // centring it makes the layout forget how high it gets
    m_emptyAddress = new QLabel;
    m_emptyAddress->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_emptyAddress->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_copy = new CopyAddressButton;
    empty->body()->addStretch(2);
    empty->body()->addWidget(title, 0, Qt::AlignHCenter);
    empty->body()->addWidget(text, 0, Qt::AlignHCenter);
    empty->body()->addSpacing(space::small);
    empty->body()->addWidget(m_emptyAddress, 0, Qt::AlignHCenter);
    empty->body()->addSpacing(space::small);
    empty->body()->addWidget(m_copy, 0, Qt::AlignHCenter);
    empty->body()->addStretch(3);
    return empty;
}

void QueuePage::connectTable()
{
    auto* ways = new QMenu(m_sort);
    m_table->addSortRows(*ways);
    m_sort->setMenu(ways);
    connect(m_next, &QPushButton::clicked, m_table, &JobsTable::startSelectedNext);
    connect(m_cancel, &QPushButton::clicked, m_table, &JobsTable::cancelSelected);
    connect(m_table, &JobsTable::selectionChangedByAnyone, this, &QueuePage::updateActions);
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &QueuePage::updateActions);
}

void QueuePage::show(const drover::Snapshot& snapshot)
{
    m_model.show(snapshot);
    m_pause->show(snapshot);
    m_banner->setVisible(snapshot.paused);
    m_bannerText->setText(snapshot.pausedUntil > 0
            ? tr("The queue is paused until %1: running jobs finish, the others wait.")
                  .arg(wording::clock(snapshot.pausedUntil))
            : tr("The queue is paused: running jobs finish, waiting ones stay until you resume."));
    setTextOf(m_summary, wording::jobs(snapshot));
    const bool empty = snapshot.jobs.empty();
    m_views->setCurrentIndex(empty ? 0 : 1);
    m_sort->setEnabled(!empty);
    const auto addresses = addressesOf(snapshot);
    setTextOf(m_emptyAddress, addresses.ollama);
    m_copy->show(addresses);
    m_table->setAddress(addresses.ollama);
    const auto all = static_cast<std::size_t>(snapshot.running) + snapshot.waiting;
    m_rest->setVisible(all > snapshot.jobs.size());
    setTextOf(m_rest,
        tr("The first %1 of %2 jobs are shown.").arg(wording::count(snapshot.jobs.size()), wording::count(all)));
    updateActions();
}

void QueuePage::updateActions()
{
    const auto selected = static_cast<int>(m_table->selectedJobs().size());
    m_cancel->setEnabled(selected > 0);
    m_next->setEnabled(m_table->oneWaitingIsSelected());
    m_cancel->setText(selected > 1 ? tr("Cancel %n job(s)", nullptr, selected) : tr("Cancel"));
}

void QueuePage::drawSymbols()
{
    const auto& colors = currentTheme();
    setSymbol(*m_sort, Symbol::Sort, colors.text);
    setSymbol(*m_next, Symbol::Next, colors.text);
    setSymbol(*m_cancel, Symbol::Cancel, colors.text);
}

void QueuePage::changeEvent(QEvent* event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_sort != nullptr)
        drawSymbols();
}

void QueuePage::selectJob(drover::JobId job)
{
    m_table->selectJob(job);
    m_table->setFocus();
}

} // namespace drover::app
