// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace drover {

/// True for the beginning of a prompt by which a chat app asks for a title, tags or follow-up questions, rather than a
/// person for an answer: Open WebUI, LibreChat and others with the wording of their own sources.
bool isHelperPrompt(std::string_view beginning);

} // namespace drover
