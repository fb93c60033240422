// SPDX-License-Identifier: MIT
// Whatever a pool's server sends, what is read of it is fit for a request's head, and answers to it fit into a message.
#include "core/protocol/base64.h"
#include "core/protocol/pool_message.h"
#include "split.h"

using namespace drover;
using fuzz::require;

namespace {

void check(const PoolProxyRequest& request)
{
    require(!request.id.empty() && request.id.size() <= poolIdBytesMax, "an id");
    require(request.headers.size() <= poolHeadersMax, "not too many headers");
    for (const auto& [name, value] : request.headers) {
        require(!name.empty() && name.find_first_of(": \r\n") == name.npos, "a header's name");
        require(value.find_first_of("\r\n") == value.npos && value.find('\0') == value.npos, "a header's value");
    }
    std::string text;
    appendBase64(text, request.body);
    require(fromBase64(text) == request.body, "base64 comes back");
    const std::string_view chunk = std::string_view(request.body).substr(0, poolChunkBytesMax);
    require(poolFrame(PoolAnswerChunk{request.id, chunk}).size() <= poolMessageBytesMax, "a chunk fits");
}

void check(const PoolJobRequest& request)
{
    const auto again = poolJobValue(request.payload, request.payload.size());
    require(again && !again->empty(), "the payload is JSON");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    if (const auto message = parsePoolMessage(text)) {
        if (const auto* request = std::get_if<PoolProxyRequest>(&*message))
            check(*request);
        if (const auto* request = std::get_if<PoolJobRequest>(&*message))
            check(*request);
    }
    if (const auto value = poolJobValue(text, 1000))
        require(value->size() <= 1000, "a value keeps its limit");
    if (const auto decoded = fromBase64(text)) {
        std::string again;
        appendBase64(again, *decoded);
        require(again == text, "base64 has one form");
    }
    return 0;
}
