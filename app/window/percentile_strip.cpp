// SPDX-License-Identifier: MIT
#include "app/window/percentile_strip.h"

#include "app/window/style.h"
#include "app/window/wording.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

#include <cmath>

namespace drover::app {

namespace {

QString duration(double milliseconds)
{
    return wording::duration(std::chrono::milliseconds(std::llround(milliseconds)));
}

std::uint64_t troubled(const drover::HistorySummary& summary)
{
    using enum drover::Outcome;
    std::uint64_t count = 0;
    for (const auto outcome : {Failed, Refused, Incomplete})
        count += summary.outcomes[static_cast<std::size_t>(outcome)];
    return count;
}

} // namespace

PercentileStrip::PercentileStrip(QWidget* parent)
    : Card({}, parent)
    , m_cells(new QHBoxLayout)
{
    setAccessibleName(tr("Figures of the requests below"));
    m_cells->setSpacing(space::large);
    body()->addLayout(m_cells);
    m_requests = addCell(tr("Requests"));
    m_waited = addCell(tr("Waited"));
    m_toFirstToken = addCell(tr("First token after"));
    m_rate = addCell(tr("Speed"));
    show({});
}

PercentileStrip::Cell PercentileStrip::addCell(const QString& title)
{
    auto* heading = quiet(new QLabel(title));
    heading->setFont(textFont(TextSize::Caption, QFont::DemiBold));
    const Cell cell{.figure = new QLabel, .below = quiet(new ElidedLabel)};
    cell.figure->setFont(textFont(TextSize::Sentence, QFont::DemiBold));
    cell.below->setFont(textFont(TextSize::Caption));
    auto* rows = new QVBoxLayout;
    rows->setSpacing(1);
    rows->addWidget(heading);
    rows->addWidget(cell.figure);
    rows->addWidget(cell.below);
    m_cells->addLayout(rows, 1);
    return cell;
}

void PercentileStrip::fill(const Cell& cell, const QString& figure, const QString& below)
{
    setTextOf(cell.figure, figure);
    setTextOf(cell.below, below);
}

void PercentileStrip::show(const drover::HistorySummary& summary)
{
    const QString none = QStringLiteral("–");
    const auto slow = [](const QString& figure) { return tr("slowest 5 %: %1").arg(figure); };
    const auto trouble = troubled(summary);
    fill(m_requests, wording::count(summary.rows),
        trouble == 0
            ? tr("none failed or refused")
            : tr("%n failed or refused", nullptr, static_cast<int>(std::min<std::uint64_t>(trouble, 1u << 30))));
    const auto& [waits, waited, waitedSlow] = summary.waitedMs;
    fill(m_waited, waits == 0 ? none : duration(waited), waits == 0 ? QString() : slow(duration(waitedSlow)));
    const auto& [firsts, first, firstSlow] = summary.toFirstTokenMs;
    fill(m_toFirstToken, firsts == 0 ? none : duration(first), firsts == 0 ? QString() : slow(duration(firstSlow)));
    const auto& [rates, rate, rateSlow] = summary.tokensPerSecond;
    fill(m_rate, rates == 0 ? none : wording::rate(rate), rates == 0 ? QString() : slow(wording::rate(rateSlow)));
}

} // namespace drover::app
