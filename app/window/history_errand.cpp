// SPDX-License-Identifier: MIT
#include "app/window/history_errand.h"

#include "app/window/history_source.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QFileInfo>
#include <QHBoxLayout>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTimer>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr auto lookEvery = 100ms;
constexpr int barMost = 1000;

int amount(std::uint64_t rows)
{
    return static_cast<int>(std::min<std::uint64_t>(rows, 1'000'000'000));
}

} // namespace

HistoryErrand::HistoryErrand(const std::string& file, QWidget* parent)
    : QFrame(parent)
    , m_source(std::make_unique<HistorySource>(file))
    , m_text(new QLabel)
    , m_bar(new QProgressBar)
    , m_button(new QPushButton)
    , m_watch(new QTimer(this))
{
    setObjectName(QStringLiteral("card"));
    m_text->setWordWrap(true);
    m_text->setTextFormat(Qt::PlainText);
    m_bar->setAccessibleName(tr("Progress"));
    m_bar->setTextVisible(false);
    m_bar->setFixedWidth(160);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(space::large, space::small, space::small, space::small);
    row->addWidget(m_text, 1);
    row->addWidget(m_bar);
    row->addWidget(m_button);
    m_watch->setInterval(lookEvery);
    connect(m_watch, &QTimer::timeout, this, &HistoryErrand::look);
    connect(m_button, &QPushButton::clicked, this, [this] { m_isBusy ? cancel() : hide(); });
    hide();
}

HistoryErrand::~HistoryErrand()
{
    cancel();
}

void HistoryErrand::exportRows(
    const drover::HistoryQuery& query, RowFormat format, const QString& into, std::uint64_t rows)
{
    begin(tr("Exporting to %1", "a file's name").arg(QFileInfo(into).fileName()), rows);
    using Count = std::uint64_t;
    m_source->ask<Count>(
        this,
        [query, format, into, progress = m_progress](drover::HistoryReader& reader) {
            return exportRowsToFile(reader, query, 0, format, into.toStdString(), [&](std::uint64_t soFar) {
                progress->rows = soFar;
                return !progress->isCancelled;
            });
        },
        [this, into](const drover::Result<Count>& written) {
            if (written)
                end(tr("%n request(s) are in %1", nullptr, amount(*written)).arg(into));
            else if (written.error().code == drover::Errc::Cancelled)
                end(tr("The export was cancelled; no file was written."));
            else
                end(tr("The export failed: %1").arg(wording::text(written.error().detail)));
        });
}

void HistoryErrand::deleteRows(const drover::HistoryFilter& filter, std::uint64_t rows)
{
    begin(tr("Deleting"), rows);
    using Count = std::uint64_t;
    const auto result = std::make_shared<drover::Result<Count>>(Count{0}); // written there, read here afterwards
    m_source->run(
        this,
        [file = m_source->file(), filter, result, progress = m_progress] {
            *result = drover::deleteHistory(file, filter, [&](std::uint64_t soFar) {
                progress->rows = soFar;
                return !progress->isCancelled;
            });
        },
        [this, result] {
            if (*result)
                end(tr("%n record(s) deleted. The sums per day stay.", nullptr, amount(**result)));
            else
                end(tr("Deleting failed: %1").arg(wording::text(result->error().detail)));
            Q_EMIT deleted();
        });
}

void HistoryErrand::begin(const QString& text, std::uint64_t rows)
{
    m_isBusy = true;
    m_progress = std::make_shared<Progress>();
    m_text->setText(text);
    m_bar->setProperty("rows", QVariant::fromValue<quint64>(rows));
    m_bar->setRange(0, rows == 0 ? 0 : barMost);
    m_bar->setValue(0);
    m_bar->show();
    m_button->setText(tr("Cancel"));
    m_watch->start();
    show();
    Q_EMIT busyChanged();
}

void HistoryErrand::look()
{
    const auto all = m_bar->property("rows").toULongLong();
    if (all > 0)
        m_bar->setValue(static_cast<int>(std::min<std::uint64_t>(m_progress->rows * barMost / all, barMost)));
}

void HistoryErrand::cancel()
{
    if (m_progress)
        m_progress->isCancelled = true;
}

void HistoryErrand::end(const QString& text)
{
    m_isBusy = false;
    m_watch->stop();
    m_bar->hide();
    m_text->setText(text);
    m_button->setText(tr("Close"));
    Q_EMIT busyChanged();
}

} // namespace drover::app
