// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"

#include <cstddef>
#include <string>
#include <string_view>

namespace drover::app {

/// What somebody was given to join a pool, understood. Holds secrets: `key` and `code` are never shown or logged.
struct Invitation {
    std::string server = {}; ///< as it was given, so possibly without scheme, port and path
    std::string key = {}; ///< what the pool asks of its workers; may be empty
    std::string code = {}; ///< of an invitation, to be exchanged for a server and a key; then `key` is empty
    std::string name = {}; ///< what to call the pool here, or empty
    std::string workerName = {}; ///< what to tell the pool, or empty
    std::string fingerprint = {}; ///< SHA-256 of the server's certificate, 64 lower-case hex digits, or empty
    int slots = 0; ///< jobs at once; 0 where nothing is said
    bool operator==(const Invitation&) const = default;
};

inline constexpr std::size_t invitationBytesMax = 16 * 1024;
inline constexpr std::size_t poolKeyBytesMax = 4096;
inline constexpr std::size_t poolNameBytesMax = 48; ///< so that the name of its secret fits too

/// True for "drover://join..." and "drover:join...", in letters of any case.
bool looksLikeJoinLink(std::string_view text);

/// Understands every form in which people hand an invitation on:
///   drover://join?s=SERVER&n=NAME&f=SHA256&c=CODE#k=KEY   (all but s may be missing; a key only behind the `#`)
///   https://pool.example.org/j#7K2M-Q9TD-4XWH             (a code; http within somebody's own network)
///   SERVER_URL=... CLIENT_KEY=... WORKER_KEY=... WORKER_NAME=... MAX_CONCURRENCY=... NAME=...  as lines of a shell,
///   of an .env file, of docker's -e, of worker.yaml, of JSON, or as --server-url and the like
///   an address alone, or with the key behind it or on the next line
/// A file called *.pooljoin holds any of these. Fails with TooLarge or BadRequest and a sentence that repeats nothing
/// of the text. Pure; no Qt.
Result<Invitation> parseInvitation(std::string_view text);

/// The text of a .pooljoin file, which parseInvitation understands.
std::string invitationText(const Invitation& invitation);

/// What may stand in a header field and in JSON as it is: printable ASCII without spaces, 1..poolKeyBytesMax.
bool isPoolKey(std::string_view key);

/// What a pool may be called here: letters, digits, `.`, `-` and `_`, 1..poolNameBytesMax, not beginning with a dot.
bool isPoolName(std::string_view name);

/// A name for a pool at this address, such as "pool.example.org".
std::string poolNameFrom(std::string_view server);

} // namespace drover::app
