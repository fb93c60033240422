// SPDX-License-Identifier: MIT
#include "app/window/job_list.h"

#include "app/window/card.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QGridLayout>
#include <QVBoxLayout>

namespace drover::app {

JobList::JobList(drover::JobState state, const QString& whenEmpty, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_empty(quiet(new QLabel(whenEmpty)))
    , m_more(quiet(new QLabel))
{
    m_empty->setWordWrap(true);
    m_more->setFont(textFont(TextSize::Caption));
    auto* rows = new QVBoxLayout(this);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(space::small);
    rows->addWidget(m_empty);
    for (std::size_t row = 0; row < rowsMax; ++row) {
        m_rows.push_back(makeRow());
        rows->addWidget(m_rows.back().whole);
    }
    rows->addStretch();
    const auto rowsInAll = static_cast<int>(rowsMax);
    setMinimumHeight(rowsInAll * m_rows.front().whole->sizeHint().height() + (rowsInAll - 1) * space::small);
    show({});
}

JobList::Row JobList::makeRow()
{
    Row row{.whole = new QWidget,
        .user = new ElidedLabel,
        .model = quiet(new ElidedLabel),
        .figure = new QLabel,
        .detail = quiet(new QLabel)};
    row.user->setFont(textFont(TextSize::Body, QFont::DemiBold));
    row.figure->setFont(textFont(TextSize::Body, QFont::DemiBold));
    row.model->setFont(textFont(TextSize::Caption));
    row.detail->setFont(textFont(TextSize::Caption));
    auto* cells = new QGridLayout(row.whole);
    cells->setContentsMargins(0, 0, 0, 0);
    cells->setHorizontalSpacing(space::medium);
    cells->setVerticalSpacing(1);
    cells->addWidget(row.user, 0, 0);
    cells->addWidget(row.model, 1, 0);
    cells->addWidget(row.figure, 0, 1, Qt::AlignRight);
    cells->addWidget(row.detail, 1, 1, Qt::AlignRight);
    cells->setColumnStretch(0, 1);
    return row;
}

void JobList::show(const drover::Snapshot& snapshot)
{
    std::size_t shown = 0;
    for (const auto& job : snapshot.jobs) {
        if (shown == rowsMax)
            break;
        if (job.state == m_state)
            fill(m_rows[shown++], job);
    }
    for (std::size_t row = 0; row < rowsMax; ++row)
        m_rows[row].whole->setVisible(row < shown);

    const auto all = m_state == drover::JobState::Running ? snapshot.running : snapshot.waiting;
    const auto more = all > shown ? static_cast<int>(all - shown) : 0;
    m_empty->setVisible(shown == 0);
    m_more->setVisible(more > 0);
    setTextOf(m_more, tr("and %n more", nullptr, more));
}

void JobList::fill(const Row& row, const drover::JobView& job) const
{
    setTextOf(row.user, wording::text(job.user));
    setTextOf(row.model, wording::text(job.model));
    if (m_state == drover::JobState::Running) {
        setTextOf(row.figure, job.outputTokens == 0 ? tr("reading") : wording::rate(job.tokensPerSecond));
        setTextOf(row.detail,
            tr("%n token(s), %1", nullptr, static_cast<int>(job.outputTokens)).arg(wording::duration(job.ran)));
        return;
    }
    setTextOf(row.figure, wording::duration(std::chrono::floor<std::chrono::seconds>(job.waited)));
    setTextOf(row.detail, job.position == 1 ? tr("next") : tr("place %1").arg(wording::count(job.position)));
}

} // namespace drover::app
