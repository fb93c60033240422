// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/protocol/routes.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace drover {

/// What a client waits for: which call, and whether its answer comes in pieces.
struct AnswerForm {
    Endpoint endpoint = Endpoint::OllamaChat;
    bool streamed = false;
};

/// The form of an answer to a request with this `stream` member: generate and chat stream unless told not to, the
/// others do not unless told to, embeddings never.
AnswerForm answerForm(Endpoint endpoint, std::optional<bool> stream);
bool streamedByDefault(Endpoint endpoint);

/// The Content-Type that Ollama gives to that form.
std::string_view answerContentType(AnswerForm form);

/// HTTP status of an error. Ollama's dialect has 503 for every full queue, as Ollama itself; the others 429 for a limit
/// of the user's own.
int statusFor(Errc code, Dialect dialect);

/// An error as this dialect's clients read it: JSON on one line, without a newline. Invalid UTF-8 is replaced.
std::string errorBody(Dialect dialect, int status, std::string_view message, std::string_view requestId);

/// What a waiting client is told.
struct WaitingNote {
    std::string_view model;
    std::uint32_t position = 0; ///< 1 is next; 0 means not known, or that its model is at work already
    std::string_view createdAt; ///< RFC 3339, "2026-11-21T08:19:17.712583376Z"
};

/// Something harmless to keep a begun answer alive (design.md D5): an NDJSON line with empty content, an SSE comment, a
/// ping event; a blank before JSON that is not streamed.
std::string keepAlivePiece(AnswerForm form, const WaitingNote& note);

/// What was sent of an answer that must end with an error.
struct BrokenAnswer {
    std::string_view message;
    std::string_view requestId;
    int status = 502; ///< that it would have had
    char lastByte = 0; ///< the last byte sent; 0 when none was
};

/// An error in a begun stream, with what is needed to end a half line or event. Empty for answers that are not
/// streamed once a byte of their JSON was sent: cut the connection then.
std::string streamErrorPiece(AnswerForm form, const BrokenAnswer& broken);

/// A backend's error body as a piece of a stream that we began with status 200 and keep-alives. An unreadable body is
/// told as text.
std::string errorAsStreamPiece(AnswerForm form, int status, std::string_view backendBody, std::string_view requestId);

/// The sentence in an error body of any dialect, also when it is JSON inside a string; the body's first bytes when
/// there is none.
std::string errorMessageIn(std::string_view body);

/// "next in line", "2nd in line", "23rd in line".
std::string positionInWords(std::uint32_t position);

} // namespace drover
