// SPDX-License-Identifier: MIT
#pragma once

#include "app/settings/setting.h"
#include "app/settings/settings_edit.h"

#include <QString>
#include <QStringList>

#include <cstdint>
#include <string>

namespace drover::app {

/// How far the hosted pool reaches.
enum class HostReach {
    ThisMachine,
    MyNetwork, ///< without TLS, with keys
    Internet, ///< with a certificate of its own
    BehindProxy ///< on this machine; a reverse proxy or a tunnel brings the internet
};

/// A pool that somebody is about to host: what the dialog asks. A value; nothing happens by it.
struct HostPlan {
    QString name = {};
    HostReach reach = HostReach::ThisMachine;
    std::uint16_t port = 8080;
    QString certificate = {}; ///< of Internet
    QString key = {}; ///< of Internet
    QString publicUrl = {}; ///< of BehindProxy, and of Internet where it is known
    bool asksForKeys = true; ///< of everything but ThisMachine always
    bool localBackends = true;
    bool operator==(const HostPlan&) const = default;
};

/// What is set so far, as a plan to begin with.
HostPlan planOf(const Settings& settings);

/// Why the plan cannot be carried out, as a sentence; empty when it can.
QString planTrouble(const HostPlan& plan);

/// Whether keys for a first client and a first worker are made with it.
bool makesKeys(const HostPlan& plan);

/// What will happen, one sentence each.
QStringList planSentences(const HostPlan& plan);

/// Commands, each of which brings the internet to a pool behind a proxy; empty for another reach.
QStringList proxyCommands(const HostPlan& plan);

/// Writes the plan into the text of a settings file, in one step.
TextEdit hostEdit(const HostPlan& plan);

/// Ends hosting; what was set stays.
TextEdit stopHostingEdit();

} // namespace drover::app
