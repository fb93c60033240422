// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/error.h"
#include "core/protocol/routes.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace drover {

/// What the queue must know of a request's body.
struct RequestFacts {
    std::string model = {}; ///< as the client wrote it
    bool hasModel = false;
    std::optional<bool> stream = {};
    std::string user = {}; ///< `user`, else `metadata.user_id`
    std::uint64_t textBytes = 0; ///< of every string in prompt, suffix, messages, input, system, instructions, tools
    std::uint32_t images = 0; ///< not counted in textBytes
    bool emptyPrompt = true; ///< no prompt, no messages, no input: Ollama only loads or unloads the model
    bool helperCall = false; ///< a chat app's own request for a title, tags or follow-ups
    std::uint32_t maxTokens = 0; ///< most output tokens asked for; 0 when not told
    bool operator==(const RequestFacts&) const = default;

    /// An estimate: a quarter of the text's bytes, and `tokensPerImage` an image; at least 1.
    std::uint32_t promptTokens() const;
    static constexpr std::uint32_t tokensPerImage = 600;
};

/// Reads a JSON request body as it arrives, keeps a few facts of it and none of its text.
///
/// Memory is bounded whatever comes: `depthMax` levels, `nameBytesMax` bytes of model and user. Only top-level members
/// count; of equal ones the last wins, as in Go. Meant to be used again for the next request (`reset`), which saves
/// its buffers. Not thread-safe.
class RequestInspector {
public:
    RequestInspector();
    ~RequestInspector();
    RequestInspector(const RequestInspector&) = delete;
    RequestInspector& operator=(const RequestInspector&) = delete;

    /// The next bytes of the body. Fails with BadRequest when they cannot be JSON; then only `reset` is allowed.
    Result<> write(std::string_view bytes);

    /// The body is whole. Fails with BadRequest: empty, not whole, not an object, `model` or `stream` of a wrong type.
    Result<RequestFacts> finish();

    /// All of it at once: `reset`, `write`, `finish`.
    Result<RequestFacts> inspect(std::string_view body);

    void reset();

    static constexpr std::size_t depthMax = 200;
    static constexpr std::size_t nameBytesMax = 256; ///< longer models are refused, longer users cut

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace drover
