// SPDX-License-Identifier: MIT
#include "app/tray/weekly_summary.h"

#include "app/window/wording.h"

namespace drover::app {

namespace {

QDate mondayOf(const QDate& day)
{
    return day.addDays(1 - day.dayOfWeek());
}

int numberOf(const QDate& day)
{
    return day.year() * 10'000 + day.month() * 100 + day.day();
}

} // namespace

WeeklySummary::WeeklySummary(Read read, QObject* parent)
    : QObject(parent)
    , m_read(std::move(read))
{
    connect(&m_timer, &QTimer::timeout, this, [this] { look(QDate::currentDate()); });
}

WeeklySummary::~WeeklySummary()
{
    if (m_reading)
        m_reading->wait();
}

void WeeklySummary::begin(const QDate& lastTold)
{
    m_lastTold = lastTold;
    m_timer.start(lookEvery);
    look(QDate::currentDate());
}

void WeeklySummary::look(const QDate& today)
{
    const QDate monday = mondayOf(today);
    if (m_lastTold == monday || (m_reading && m_reading->isRunning()))
        return;
    const bool isFirst = !m_lastTold.isValid();
    m_lastTold = monday;
    Q_EMIT weekBegan(monday);
    if (isFirst || !m_wanted)
        return;
    const auto rows = std::make_shared<std::vector<drover::UsageRow>>();
    m_reading.reset(QThread::create(
        [read = m_read, rows, monday] { *rows = read(numberOf(monday.addDays(-7)), numberOf(monday.addDays(-1))); }));
    connect(m_reading.get(), &QThread::finished, this, [this, rows] {
        if (const QString sentence = weekText(*rows); !sentence.isEmpty())
            Q_EMIT told(sentence);
    });
    m_reading->start();
}

QString weekText(const std::vector<drover::UsageRow>& byUser)
{
    drover::UsageSum sum;
    for (const auto& each : byUser)
        sum += each.usage;
    if (sum.requests == 0)
        return {};
    const auto requests = WeeklySummary::tr("%n request(s)", nullptr, static_cast<int>(sum.requests));
    const auto tokens = wording::count(sum.promptTokens + sum.outputTokens);
    if (byUser.size() == 1)
        return WeeklySummary::tr("%1 and %2 tokens, all for %3.")
            .arg(requests, tokens, wording::text(byUser.front().name));
    return WeeklySummary::tr("%1 and %2 tokens, most of them for %3.")
        .arg(requests, tokens, wording::text(byUser.front().name));
}

WeeklySummary::Read weekReader(std::string historyFile)
{
    return [file = std::move(historyFile)](int fromDate, int toDate) -> std::vector<drover::UsageRow> {
        const auto reader = drover::makeHistoryReader(file);
        if (!reader)
            return {};
        auto rows = (*reader)->usage({.by = drover::UsageBy::User, .fromDate = fromDate, .toDate = toDate});
        return rows ? *std::move(rows) : std::vector<drover::UsageRow>();
    };
}

} // namespace drover::app
