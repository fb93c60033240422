// SPDX-License-Identifier: MIT
#include "app/first_run/try_step.h"

#include "app/ollama/byte_text.h"
#include "app/ollama/model_shelf.h"
#include "app/window/card.h"
#include "app/window/copy_address.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

QString timeText(std::optional<qint64> milliseconds)
{
    return milliseconds ? wording::duration(std::chrono::milliseconds(*milliseconds)) : QStringLiteral("–");
}

QString stateText(const TrialView& view, qint64 elapsed)
{
    using enum TrialView::Phase;
    const QString time = wording::duration(std::chrono::milliseconds(elapsed));
    switch (view.phase) {
    case Idle:
        return TryStep::tr("Sends “Say hello in five words.” to your smallest model.");
    case Looking:
        return TryStep::tr("Looking for a model…");
    case NoModel:
        return TryStep::tr("No model is installed yet. Download one first, then try again.");
    case Waiting:
        return view.position > 0 ? TryStep::tr("Waiting in the queue, place %1 (%2)…").arg(view.position).arg(time)
                                 : TryStep::tr("Waiting in the queue (%1)…").arg(time);
    case Loading:
        return TryStep::tr("%1 is loading or thinking (%2)…").arg(view.model, time);
    case Answering:
        return TryStep::tr("%1 answers (%2)…").arg(view.model, time);
    case Done:
        return TryStep::tr("%1 answered through the queue in %2. Everything works.").arg(view.model, time);
    case Failed:
        return TryStep::tr("It did not work: %1").arg(view.trouble);
    case Cancelled:
        return TryStep::tr("Cancelled.");
    }
    return {};
}

/// Whether a request for it would find a machine.
bool isHere(const drover::Snapshot& snapshot, std::string_view model)
{
    return std::ranges::any_of(snapshot.backends, [model](const drover::BackendView& backend) {
        return std::ranges::find(backend.models, model, &drover::ModelView::name) != backend.models.end();
    });
}

QString downloadText(const ModelPull& pull)
{
    const QString percent = pull.progress().percent() ? QString::number(*pull.progress().percent()) : QString();
    switch (pull.state()) {
    case ModelPull::State::Waiting:
    case ModelPull::State::Running:
        return percent.isEmpty() ? TryStep::tr("Downloading %1…").arg(pull.model())
                                 : TryStep::tr("Downloading %1: %2 %…").arg(pull.model(), percent);
    case ModelPull::State::Cancelled:
        return TryStep::tr("The download is stopped; what is here of it stays.");
    case ModelPull::State::Failed:
        return TryStep::tr("The download did not work: %1").arg(pull.trouble());
    case ModelPull::State::Done:
        return TryStep::tr("%1 is here.").arg(pull.model());
    }
    return {};
}

} // namespace

TryStep::TryStep(ModelShelf* shelf, QWidget* parent)
    : FirstRunStep(tr("Try it"), tr("A real request, through Drover's own address and its queue."), parent)
    , m_shelf(shelf)
    , m_state(new QLabel)
    , m_answer(new QLabel)
    , m_send(new QPushButton(tr("Send")))
    , m_cancel(new QPushButton(tr("Cancel")))
    , m_download(new QPushButton(tr("Download %1 (%2)").arg(QLatin1String(firstModel), byteText(firstModelBytes))))
    , m_models(new QPushButton(tr("Open Models")))
    , m_copy(new CopyAddressButton)
{
    constexpr std::chrono::milliseconds tick{100};
    for (auto* label : {m_state, m_answer}) {
        label->setWordWrap(true);
        label->setTextFormat(Qt::PlainText); // what a model or a server says
    }
    m_answer->setAccessibleName(tr("Answer"));
    m_answer->setAlignment(Qt::AlignLeading | Qt::AlignTop);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(space::small);
    for (auto* button : {m_send, m_cancel, m_download, m_models}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    buttons->addStretch();
    auto* figures = new QHBoxLayout;
    m_wait = addFigure(*figures, tr("Wait"));
    m_load = addFigure(*figures, tr("Load"));
    m_first = addFigure(*figures, tr("First words"));
    m_speed = addFigure(*figures, tr("Speed"));
    auto* card = new Card({});
    card->body()->addWidget(m_state);
    card->body()->addLayout(buttons);
    card->body()->addLayout(figures);
    card->body()->addWidget(m_answer, 1);
    body()->addWidget(card, 1);
    auto* hint = quiet(new QLabel(tr("Then give your apps the address:")));
    hint->setWordWrap(true);
    auto* foot = new QHBoxLayout;
    foot->addWidget(hint, 1);
    foot->addWidget(m_copy);
    body()->addLayout(foot);
    m_ticks.setInterval(tick);
    connect(&m_ticks, &QTimer::timeout, this, &TryStep::draw);
    connect(&m_trial, &Trial::changed, this, &TryStep::draw);
    connect(m_send, &QPushButton::clicked, this, &TryStep::start);
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        m_trial.cancel();
        if (m_downloading)
            cancelDownload();
    });
    connect(m_download, &QPushButton::clicked, this, &TryStep::download);
    if (m_shelf)
        connect(m_shelf, &ModelShelf::changed, this, &TryStep::draw);
    connect(m_models, &QPushButton::clicked, this, &TryStep::modelsAsked);
    draw();
}

QLabel* TryStep::addFigure(QLayout& row, const QString& name)
{
    auto* caption = quiet(new QLabel(name));
    caption->setFont(textFont(TextSize::Caption));
    auto* figure = new QLabel;
    figure->setFont(textFont(TextSize::Sentence, QFont::DemiBold));
    figure->setAccessibleName(name);
    auto* cell = new QVBoxLayout;
    cell->setSpacing(0);
    cell->addWidget(caption);
    cell->addWidget(figure);
    static_cast<QHBoxLayout&>(row).addLayout(cell, 1);
    return figure;
}

void TryStep::show(const drover::Snapshot& snapshot)
{
    const auto addresses = addressesOf(snapshot);
    m_proxy = QUrl(addresses.ollama).authority();
    m_copy->show(addresses);
    m_send->setEnabled(!m_proxy.isEmpty() && !m_trial.view().runs());
    m_trial.show(snapshot);
    const ModelPull* const asked = m_downloading ? pull() : nullptr;
    if (asked && asked->state() == ModelPull::State::Done && isHere(snapshot, firstModel)) {
        m_downloading = false;
        start();
    }
}

bool TryStep::leave()
{
    m_trial.cancel();
    return true;
}

void TryStep::start()
{
    m_trial.start(m_proxy);
    m_ticks.start();
}

/// The latest download of the model that is offered; nothing when there is none.
const ModelPull* TryStep::pull() const
{
    if (!m_shelf)
        return nullptr;
    const auto& pulls = m_shelf->pulls();
    const auto found = std::find_if(
        pulls.rbegin(), pulls.rend(), [](const auto& each) { return each->model() == QLatin1String(firstModel); });
    return found == pulls.rend() ? nullptr : found->get();
}

void TryStep::download()
{
    const auto servers = m_shelf->servers();
    if (servers.empty())
        return;
    m_downloading = true;
    m_shelf->pullModel(servers.front().name.toStdString(), firstModel);
    draw();
}

void TryStep::cancelDownload()
{
    const auto& pulls = m_shelf->pulls();
    for (std::size_t place = 0; place < pulls.size(); ++place)
        if (pulls[place].get() == pull())
            return m_shelf->cancelPull(place);
}

void TryStep::draw()
{
    const TrialView& view = m_trial.view();
    if (!view.runs())
        m_ticks.stop();
    const ModelPull* const asked = m_downloading ? pull() : nullptr;
    const bool pulls =
        asked && (asked->state() == ModelPull::State::Running || asked->state() == ModelPull::State::Waiting);
    const bool downloaded = asked && asked->state() == ModelPull::State::Done;
    setTextOf(m_state, asked ? downloadText(*asked) : stateText(view, m_trial.elapsed()));
    setTextOf(m_wait, timeText(view.waited));
    setTextOf(m_load, timeText(view.loaded));
    setTextOf(m_first, timeText(view.firstPiece));
    setTextOf(m_speed, view.tokensPerSecond > 0 ? wording::rate(view.tokensPerSecond) : QStringLiteral("–"));
    setTextOf(m_answer, view.answer);
    const bool again = view.phase != TrialView::Phase::Idle;
    m_send->setText(again ? tr("Send again") : tr("Send"));
    m_send->setEnabled(!view.runs() && !pulls && !downloaded && !m_proxy.isEmpty());
    m_cancel->setVisible(view.runs() || pulls);
    const bool none = view.phase == TrialView::Phase::NoModel;
    m_download->setVisible(none && !pulls && !downloaded && m_shelf && !m_shelf->servers().empty());
    m_models->setVisible(none);
}

} // namespace drover::app
