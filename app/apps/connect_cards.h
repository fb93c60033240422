// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <string>
#include <string_view>
#include <vector>

namespace drover::app {

/// What the texts of the cards are made with.
struct ConnectFacts {
    std::string address = "127.0.0.1:11435"; ///< where the proxy listens
    std::string key = {}; ///< of this Drover, for the app; empty: any text will do
    std::string model = {}; ///< one that is there; empty when none is known
    bool operator==(const ConnectFacts&) const = default;
};

/// Address and a model of a running Drover: a loaded one, else the first.
ConnectFacts connectFacts(const drover::Snapshot& snapshot);

/// How one app is connected. A plain value.
struct ConnectCard {
    /// Text to copy, as it is.
    struct Snippet {
        std::string where = {}; ///< "~/.config/zed/settings.json", "in a terminal"; for people
        std::string text = {};
        bool operator==(const Snippet&) const = default;
    };
    std::string id = {}; ///< "zed"; of the command line
    std::string name = {}; ///< "Zed"
    std::vector<std::string> steps = {}; ///< sentences for people, in the program's language
    std::vector<Snippet> snippets = {};
    bool operator==(const ConnectCard&) const = default;
};

/// Every card, in the order of the page. Their texts name the address, the key and the model of `facts`.
std::vector<ConnectCard> connectCards(const ConnectFacts& facts);

/// "http://127.0.0.1:11435" of the address that the proxy listens on; "any address" is this machine's own.
std::string baseUrl(const std::string& address);

enum class Match {
    None, ///< another app, or not this way of asking
    Likely, ///< asks in one of the card's dialects, and its name is that of no other card
    Certain ///< known by its name
};

/// Whether a user is the app of the card called `id`.
Match matchApp(std::string_view id, std::string_view userName, drover::Dialect dialect);

} // namespace drover::app
