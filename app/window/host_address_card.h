// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/card.h"
#include "app/window/host_addresses.h"

#include <QTimer>

#include <functional>

namespace drover::app {

class CopyRow;

/// The addresses of the hosted pool to give away, each with a button that copies it. Hidden while there are none.
class HostAddressCard : public Card {
    Q_OBJECT

public:
    /// `own` gives the addresses of this machine in its networks, see ownAddresses(). It is asked every ten seconds.
    explicit HostAddressCard(std::function<QStringList()> own, QWidget* parent = nullptr);

    void show(const drover::HostView& host);

    /// The best one first.
    const std::vector<HostAddress>& addresses() const { return m_addresses; }

private:
    std::function<QStringList()> m_own;
    QStringList m_ownAddresses;
    QTimer m_askOwn; ///< the networks of a machine change seldom
    std::vector<HostAddress> m_addresses;
    CopyRow* m_openAi = nullptr;
    CopyRow* m_ollama = nullptr;
    CopyRow* m_workers = nullptr;
    QLabel* m_others = nullptr;
};

} // namespace drover::app
