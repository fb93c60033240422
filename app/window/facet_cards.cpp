// SPDX-License-Identifier: MIT
#include "app/window/facet_cards.h"

#include "app/queue_control.h"
#include "app/window/card.h"
#include "app/window/style.h"
#include "app/window/wording.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace drover::app {

namespace {

/// Since start; empty where nothing went wrong.
QString troubleOf(const drover::Totals& totals)
{
    const auto failed = FacetCards::tr("%1 failed").arg(wording::count(totals.failed));
    const auto refused = FacetCards::tr("%1 refused").arg(wording::count(totals.refused));
    if (totals.failed > 0 && totals.refused > 0)
        return FacetCards::tr("%1, %2").arg(failed, refused);
    if (totals.failed > 0)
        return failed;
    if (totals.refused > 0)
        return refused;
    return {};
}

/// True when what is known of the local Ollama says more than that this backend does not answer.
bool explains(const drover::RuntimeView& runtime, const drover::BackendView& backend)
{
    return runtime.present && runtime.backend == backend.name && runtime.state != drover::RuntimeState::Running;
}

QString stateOf(const drover::BackendView& backend, const drover::RuntimeView& runtime)
{
    return explains(runtime, backend) ? wording::state(runtime.state) : wording::state(backend.state);
}

QString troubleOf(const drover::BackendView& backend, const drover::RuntimeView& runtime)
{
    return wording::told(explains(runtime, backend) ? runtime.reasonText : backend.reason);
}

} // namespace

FacetCards::FacetCards(QueueControl& control, QWidget* parent)
    : QWidget(parent)
    , m_startRuntime(new QPushButton)
{
    auto* cards = new QHBoxLayout(this);
    cards->setContentsMargins(0, 0, 0, 0);
    cards->setSpacing(space::medium);
    m_queue = addFacet(tr("Queue"));
    m_backends = addFacet(tr("Machine"));
    m_today = addFacet(tr("Today"));
    m_startRuntime->setProperty("primary", true);
    m_startRuntime->hide();
    m_backends.corner->addWidget(m_startRuntime);
    connect(m_startRuntime, &QPushButton::clicked, this, [&control] { control.startRuntime(); });
}

FacetCards::Facet FacetCards::addFacet(const QString& title)
{
    auto* card = new Card(title);
    const Facet facet{.figure = new ElidedLabel,
        .first = new ElidedLabel,
        .second = quiet(new ElidedLabel),
        .corner = card->corner()};
    facet.figure->setFont(textFont(TextSize::Figure, QFont::DemiBold));
    facet.second->setFont(textFont(TextSize::Caption));
    card->body()->setSpacing(2);
    card->body()->addWidget(facet.figure);
    card->body()->addWidget(facet.first);
    card->body()->addWidget(facet.second);
    card->body()->addStretch();
    static_cast<QHBoxLayout*>(layout())->addWidget(card, 1);
    return facet;
}

void FacetCards::fill(const Facet& facet, const QString& figure, const QString& first, const QString& second)
{
    setTextOf(facet.figure, figure);
    setTextOf(facet.first, first);
    setTextOf(facet.second, second);
}

void FacetCards::show(const drover::Snapshot& snapshot)
{
    showQueue(snapshot);
    showBackends(snapshot);
    showRuntimeButton(snapshot);
    showToday(snapshot);
}

void FacetCards::showQueue(const drover::Snapshot& snapshot)
{
    fill(m_queue, tr("%1 of %2").arg(wording::count(snapshot.running)).arg(snapshot.slots),
        tr("running at once", "completes '2 of 4'"),
        snapshot.waiting == 0 ? tr("nobody waits") : tr("%n waiting", nullptr, static_cast<int>(snapshot.waiting)));
}

void FacetCards::showBackends(const drover::Snapshot& snapshot)
{
    if (snapshot.backends.empty())
        return fill(m_backends, tr("None"), tr("no machine answers yet"), {});
    if (snapshot.backends.size() > 1) {
        const auto ready = std::count_if(snapshot.backends.begin(), snapshot.backends.end(),
            [](const auto& backend) { return backend.state == drover::BackendState::Ready; });
        const auto silent = std::find_if(snapshot.backends.begin(), snapshot.backends.end(),
            [](const auto& backend) { return backend.state != drover::BackendState::Ready; });
        const auto why = silent == snapshot.backends.end()
            ? QString()
            : tr("%1: %2").arg(wording::text(silent->name), troubleOf(*silent, snapshot.runtime));
        return fill(m_backends, tr("%1 of %2").arg(ready).arg(snapshot.backends.size()), tr("machines ready"), why);
    }
    const auto& backend = snapshot.backends.front();
    if (backend.state != drover::BackendState::Ready)
        return fill(m_backends, wording::text(backend.name), stateOf(backend, snapshot.runtime),
            troubleOf(backend, snapshot.runtime));
    const auto loaded = static_cast<int>(
        std::count_if(backend.models.begin(), backend.models.end(), [](const auto& model) { return model.loaded; }));
    fill(m_backends, wording::text(backend.name),
        tr("ready, %1")
            .arg(tr("%1 of %n model(s) loaded", nullptr, static_cast<int>(backend.models.size())).arg(loaded)),
        wording::text(backend.slotsReason));
}

void FacetCards::showRuntimeButton(const drover::Snapshot& snapshot)
{
    const auto local = std::find_if(snapshot.backends.begin(), snapshot.backends.end(),
        [&](const auto& backend) { return backend.name == snapshot.runtime.backend; });
    const bool isReady = local == snapshot.backends.end() || local->state == drover::BackendState::Ready;
    const auto fix = isReady ? drover::RuntimeFix::None : snapshot.runtime.fix;
    const auto text = fix == drover::RuntimeFix::TryAgain ? tr("Try again") : tr("Start Ollama");
    if (m_startRuntime->text() != text)
        m_startRuntime->setText(text);
    m_startRuntime->setVisible(fix != drover::RuntimeFix::None);
}

void FacetCards::showToday(const drover::Snapshot& snapshot)
{
    const auto& today = snapshot.today.all;
    const auto requests = static_cast<int>(std::min<std::uint64_t>(today.requests, 1'000'000'000));
    const auto prompts = tr("%1 in prompts", "tokens").arg(wording::count(today.promptTokens));
    const auto trouble = troubleOf(snapshot.totals);
    fill(m_today, wording::count(today.outputTokens), tr("tokens in %n request(s)", nullptr, requests),
        trouble.isEmpty() ? prompts : tr("%1, %2").arg(prompts, trouble));
}

} // namespace drover::app
