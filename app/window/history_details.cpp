// SPDX-License-Identifier: MIT
#include "app/window/history_details.h"

#include "app/window/history_model.h"
#include "app/window/style.h"
#include "app/window/symbol.h"
#include "app/window/wording.h"

#include <QEvent>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace drover::app {

HistoryDetails::HistoryDetails(QWidget* parent)
    : Card({}, parent)
    , m_facts(new QGridLayout)
    , m_title(new ElidedLabel)
    , m_reason(new QLabel)
    , m_curl(new QPushButton(tr("Copy as curl")))
    , m_close(new QPushButton(tr("Close")))
{
    setAccessibleName(tr("Details of the request"));
    m_title->setFont(textFont(TextSize::Title, QFont::DemiBold));
    m_curl->setToolTip(
        tr("A command that sends such a request again. What it said is not kept: put your own text in."));
    m_close->setToolTip(tr("Close the details (Escape)"));
    m_reason->setWordWrap(true);
    for (auto* button : {m_curl, m_close})
        button->setProperty("flat", true);
    auto* top = new QHBoxLayout;
    top->setSpacing(space::small);
    top->addWidget(m_title, 1);
    top->addWidget(m_curl);
    top->addWidget(m_close);
    body()->addLayout(top);

    m_facts->setHorizontalSpacing(space::medium);
    m_facts->setVerticalSpacing(space::tight);
    m_path = addFact(0, 0, tr("Path"));
    m_requestId = addFact(1, 0, tr("Request id"));
    m_status = addFact(2, 0, tr("Result"));
    m_times = addFact(0, 2, tr("Times"));
    m_tokens = addFact(1, 2, tr("Tokens"));
    m_lane = addFact(2, 2, tr("Lane"));
    m_facts->setColumnStretch(1, 2);
    m_facts->setColumnStretch(3, 3); // the times are the longest
    body()->addLayout(m_facts);
    body()->addWidget(m_reason);
    connect(m_curl, &QPushButton::clicked, this, &HistoryDetails::curlAsked);
    connect(m_close, &QPushButton::clicked, this, &HistoryDetails::closeAsked);
    drawSymbols();
}

QLabel* HistoryDetails::addFact(int row, int column, const QString& name)
{
    auto* heading = quiet(new QLabel(name));
    auto* value = new QLabel;
    value->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    value->setTextFormat(Qt::PlainText);
    value->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    value->setAccessibleName(name);
    heading->setBuddy(value);
    m_facts->addWidget(heading, row, column);
    m_facts->addWidget(value, row, column + 1);
    return value;
}

void HistoryDetails::show(const drover::HistoryRow& row)
{
    const auto& finished = row.finished;
    const auto& job = finished.job;
    const bool ran = job.state == drover::JobState::Running;
    setTextOf(
        m_title, tr("%1, %2", "app, time").arg(wording::text(job.user), HistoryModel::timeText(finished.finishedAt)));
    setTextOf(m_path, wording::text(job.path));
    setTextOf(m_requestId, wording::text(job.requestId));
    setTextOf(m_status,
        finished.status > 0 ? tr("%1, status %2").arg(HistoryModel::outcomeText(finished.outcome)).arg(finished.status)
                            : HistoryModel::outcomeText(finished.outcome));
    const auto waited = tr("waited %1").arg(wording::duration(job.waited));
    const auto took = ran ? tr("%1, took %2").arg(waited, wording::duration(job.ran)) : waited;
    setTextOf(m_times,
        row.toFirstToken.count() < 0 ? took
                                     : tr("%1, first token after %2").arg(took, wording::duration(row.toFirstToken)));
    setTextOf(m_tokens,
        ran ? tr("%1 in the prompt, %2 in the answer")
                  .arg(wording::count(job.promptTokens), wording::count(job.outputTokens))
            : tr("none: it never ran"));
    const auto lane = HistoryModel::laneText(job.lane);
    setTextOf(m_lane, job.streamed ? tr("%1, streamed").arg(lane) : lane);
    setTextOf(m_reason, wording::text(finished.reason));
    m_reason->setVisible(!finished.reason.empty());
    for (auto* each : {m_path, m_requestId, m_times})
        each->setToolTip(each->text());
}

void HistoryDetails::drawSymbols()
{
    setSymbol(*m_curl, Symbol::Copy, currentTheme().accent);
}

void HistoryDetails::changeEvent(QEvent* event)
{
    Card::changeEvent(event);
    if (event->type() == QEvent::PaletteChange && m_curl != nullptr)
        drawSymbols();
}

} // namespace drover::app
