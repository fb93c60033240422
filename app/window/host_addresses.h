// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/hosting.h"

#include <QString>
#include <QStringList>

#include <vector>

namespace drover::app {

/// What to give to those who are to use the hosted pool.
struct HostAddress {
    QString base = {}; ///< "http://192.168.1.7:8080": OLLAMA_HOST
    QString openAi = {}; ///< for OPENAI_BASE_URL
    QString workers = {}; ///< "ws://192.168.1.7:8080/api/llm/connect"
    bool operator==(const HostAddress&) const = default;
};

/// The addresses of a pool that listens, the best one first. Where it listens on every address, there is one for each
/// of `own`, the machine's addresses in its networks. Empty while it does not listen. Pure.
std::vector<HostAddress> hostAddresses(const drover::HostView& host, const QStringList& own);

/// The addresses of this machine that others in its networks can use, IPv4 before IPv6; at most eight.
QStringList ownAddresses();

} // namespace drover::app
