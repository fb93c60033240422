// SPDX-License-Identifier: MIT
// Frames of a client in any splitting are read the same; nothing over the limits is ever told.
#include "core/protocol/json_text.h"
#include "core/protocol/web_socket_frames.h"
#include "split.h"

#include <string>

using namespace drover;
using fuzz::require;

namespace {

constexpr std::size_t messageBytesMax = 300;

class Told : public WebSocketReader::Sink {
public:
    bool message(std::string_view text) override
    {
        require(text.size() <= messageBytesMax, "a message keeps to its limit");
        return note("message ", text);
    }
    bool pinged(std::string_view payload) override
    {
        require(payload.size() <= webSocketControlBytesMax, "a ping keeps to its limit");
        return note("ping ", payload);
    }
    bool ponged() override { return note("pong", {}); }
    bool closing(std::uint16_t code, std::string_view reason) override
    {
        require(code >= 1000 && code != 1006 && code < 5000, "a code that may be sent");
        require(validUtf8(reason) == reason, "a reason is text");
        note("close " + std::to_string(code) + ' ', reason);
        ended = true;
        return false;
    }
    void broken(std::uint16_t code, std::string_view) override
    {
        note("broken " + std::to_string(code), {});
        ended = true;
    }

    std::string all;
    bool ended = false;

private:
    bool note(std::string word, std::string_view text)
    {
        require(!ended, "nothing is told after the end");
        all.append(word).append(text).append("\n");
        return true;
    }
};

std::string readAll(const std::vector<std::string_view>& pieces)
{
    Told told;
    WebSocketReader reader(messageBytesMax, told);
    for (const std::string_view piece : pieces) {
        std::string bytes(piece);
        reader.feed(bytes.data(), bytes.size());
        if (told.ended)
            break;
    }
    return told.all;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const fuzz::SplitInput input(bytes, size);
    if (!input.text().empty())
        require(readAll({input.text()}) == readAll(input.pieces()), "splitting makes no difference");
    return 0;
}
