// SPDX-License-Identifier: MIT
#include "app/window/host_address_card.h"

#include "app/window/host_parts.h"
#include "app/window/style.h"

#include <QVBoxLayout>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr auto ownEvery = 10s;

} // namespace

HostAddressCard::HostAddressCard(std::function<QStringList()> own, QWidget* parent)
    : Card({}, parent)
    , m_own(std::move(own))
    , m_openAi(new CopyRow(tr("OpenAI clients")))
    , m_ollama(new CopyRow(tr("Ollama clients")))
    , m_workers(new CopyRow(tr("Machines")))
    , m_others(quiet(new ElidedLabel))
{
    m_askOwn.setSingleShot(true);
    m_others->setFont(textFont(TextSize::Caption));
    body()->setSpacing(space::tight);
    for (auto* each : {m_openAi, m_ollama, m_workers})
        body()->addWidget(each);
    body()->addWidget(m_others);
    hide();
}

void HostAddressCard::show(const drover::HostView& host)
{
    if (!m_askOwn.isActive()) {
        m_ownAddresses = m_own();
        m_askOwn.start(ownEvery);
    }
    m_addresses = hostAddresses(host, m_ownAddresses);
    setVisible(!m_addresses.empty());
    const HostAddress first = m_addresses.empty() ? HostAddress{} : m_addresses.front();
    m_openAi->show(first.openAi);
    m_ollama->show(first.base);
    m_workers->show(first.workers);
    QStringList others;
    for (std::size_t at = 1; at < m_addresses.size(); ++at)
        others << m_addresses[at].base;
    m_others->setVisible(!others.isEmpty());
    setTextOf(m_others, tr("Also reached at %1").arg(others.join(QStringLiteral(", "))));
}

} // namespace drover::app
