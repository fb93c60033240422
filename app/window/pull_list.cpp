// SPDX-License-Identifier: MIT
#include "app/window/pull_list.h"

#include "app/ollama/byte_text.h"
#include "app/window/card.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QHBoxLayout>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

struct PullList::Row {
    QWidget* widget = nullptr;
    ElidedLabel* name = nullptr;
    QProgressBar* bar = nullptr;
    ElidedLabel* state = nullptr;
    QPushButton* cancel = nullptr;
    QPushButton* resume = nullptr;
    QPushButton* clear = nullptr;
};

PullList::PullList(ModelShelf& shelf, QWidget* parent)
    : QWidget(parent)
    , m_shelf(shelf)
    , m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(space::small);
}

PullList::~PullList() = default;

QString PullList::text(const ModelPull& pull)
{
    const auto& progress = pull.progress();
    switch (pull.state()) {
    case ModelPull::State::Waiting:
        return tr("waits for the one before");
    case ModelPull::State::Done:
        return tr("is here");
    case ModelPull::State::Cancelled:
        return tr("stopped; what came is kept, and it can go on from there");
    case ModelPull::State::Failed:
        return pull.trouble();
    case ModelPull::State::Running:
        break;
    }
    if (progress.phase == PullProgress::Phase::Checking)
        return tr("is checked, which takes a while for a large one");
    if (progress.phase == PullProgress::Phase::Writing)
        return tr("nearly done");
    if (progress.total == 0)
        return tr("asks for its parts");
    QStringList parts{tr("%1 %").arg(progress.percent().value_or(0)),
        tr("%1 of %2").arg(byteText(std::min(progress.completed, progress.total)), byteText(progress.total))};
    if (pull.isStalled())
        return (parts << tr("nothing comes; Ollama goes on trying")).join(QStringLiteral(", "));
    if (pull.bytesPerSecond() >= 1)
        parts << tr("%1/s").arg(byteText(static_cast<std::uint64_t>(pull.bytesPerSecond())));
    if (const auto left = pull.left())
        parts << tr("%1 left").arg(wording::duration(*left));
    return parts.join(QStringLiteral(", "));
}

std::size_t PullList::placeOf(const Row& row) const
{
    const auto found =
        std::find_if(m_rows.begin(), m_rows.end(), [&row](const auto& each) { return each.get() == &row; });
    return static_cast<std::size_t>(found - m_rows.begin());
}

void PullList::addRow()
{
    auto row = std::make_unique<Row>(Row{.widget = new QWidget,
        .name = new ElidedLabel,
        .bar = new QProgressBar,
        .state = quiet(new ElidedLabel),
        .cancel = new QPushButton(tr("Stop")),
        .resume = new QPushButton(tr("Go on")),
        .clear = new QPushButton(tr("Clear"))});
    row->name->setFont(textFont(TextSize::Body, QFont::DemiBold));
    row->state->setFont(textFont(TextSize::Caption));
    row->bar->setTextVisible(false);
    row->bar->setFixedHeight(space::small);
    auto* words = new QVBoxLayout;
    words->setSpacing(2);
    words->addWidget(row->name);
    words->addWidget(row->bar);
    words->addWidget(row->state);
    auto* line = new QHBoxLayout(row->widget);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(space::small);
    line->addLayout(words, 1);
    for (auto* button : {row->cancel, row->resume, row->clear})
        line->addWidget(button, 0, Qt::AlignVCenter);
    const Row* const raw = row.get();
    connect(row->cancel, &QPushButton::clicked, this, [this, raw] { m_shelf.cancelPull(placeOf(*raw)); });
    connect(row->resume, &QPushButton::clicked, this, [this, raw] { m_shelf.resumePull(placeOf(*raw)); });
    connect(row->clear, &QPushButton::clicked, this, [this, raw] { m_shelf.clearPull(placeOf(*raw)); });
    m_layout->addWidget(row->widget);
    m_rows.push_back(std::move(row));
}

void PullList::fill(Row& row, const ModelPull& pull)
{
    using State = ModelPull::State;
    const auto name = pull.model();
    const auto state = text(pull);
    setTextOf(row.name, name);
    setTextOf(row.state, state);
    const auto percent = pull.progress().percent();
    const bool isUnknown =
        pull.state() == State::Running && (!percent || pull.progress().phase == PullProgress::Phase::Checking);
    row.bar->setRange(0, isUnknown ? 0 : 100);
    row.bar->setValue(percent.value_or(0));
    row.bar->setAccessibleName(tr("Download of %1").arg(name));
    row.bar->setAccessibleDescription(state);
    const bool isUnderWay = pull.state() == State::Running || pull.state() == State::Waiting;
    row.cancel->setVisible(isUnderWay);
    row.resume->setVisible(pull.state() == State::Cancelled || pull.state() == State::Failed);
    row.clear->setVisible(!isUnderWay);
    row.cancel->setAccessibleName(tr("Stop the download of %1").arg(name));
    row.resume->setAccessibleName(tr("Go on with the download of %1").arg(name));
    row.clear->setAccessibleName(tr("Take %1 from the list of downloads").arg(name));
}

void PullList::show()
{
    const auto& pulls = m_shelf.pulls();
    while (m_rows.size() > pulls.size()) {
        m_rows.back()->widget->hide();
        m_rows.back()->widget->deleteLater(); // its button may be what led here
        m_rows.pop_back();
    }
    while (m_rows.size() < pulls.size())
        addRow();
    for (std::size_t at = 0; at < pulls.size(); ++at)
        fill(*m_rows[at], *pulls[at]);
}

} // namespace drover::app
