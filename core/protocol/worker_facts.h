// SPDX-License-Identifier: MIT
#pragma once

#include "core/protocol/worker_message.h"

#include <boost/json/object.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace drover {

// What a worker tells of itself, out of messages that are JSON already. Only for worker_message.cpp.

/// Fails with BadRequest when `models` is no list.
Result<WorkerRegister> readRegister(const boost::json::object& message, const HostLimits& limits);
WorkerHeartbeat readHeartbeat(const boost::json::object& message);
/// Fails with BadRequest when `models` is no list.
Result<WorkerStatusUpdate> readStatusUpdate(const boost::json::object& message, const HostLimits& limits);

/// The member of that lower-case name, in any case as Go's decoder has it; null when there is none.
const boost::json::value* workerMember(const boost::json::object& object, std::string_view key);
std::string_view workerText(const boost::json::object& object, std::string_view key); ///< empty when it is no text
/// Nothing when it is no number.
std::optional<double> workerNumber(const boost::json::object& object, std::string_view key);

/// Cut to that many bytes, not within a character, with blanks for control characters.
std::string plainName(std::string_view text, std::size_t bytesMax);

} // namespace drover
