// SPDX-License-Identifier: MIT
// Pieces are counted the same in any splitting; reading figures from garbage does no harm.
#include "core/protocol/piece_counter.h"
#include "core/protocol/usage.h"
#include "split.h"

#include <array>

using namespace drover;
using fuzz::require;

namespace {

constexpr std::array forms{AnswerForm{Endpoint::OllamaChat, true}, AnswerForm{Endpoint::OllamaGenerate, true},
    AnswerForm{Endpoint::OllamaEmbed, false}, AnswerForm{Endpoint::OpenAiChat, true},
    AnswerForm{Endpoint::OpenAiChat, false}, AnswerForm{Endpoint::OpenAiResponses, true},
    AnswerForm{Endpoint::AnthropicMessages, true}, AnswerForm{Endpoint::AnthropicMessages, false}};

void compare(const fuzz::SplitInput& input, AnswerForm form)
{
    PieceCounter whole(pieceKind(form));
    PieceCounter split(pieceKind(form));
    whole.feed(input.text());
    for (const std::string_view piece : input.pieces())
        split.feed(piece);

    require(whole.pieces() == split.pieces(), "the same number of pieces");
    require(whole.tail() == split.tail(), "the same tail");
    require(whole.bytes() == input.text().size() && split.bytes() == whole.bytes(), "every byte is counted");
    require(whole.lastByte() == split.lastByte(), "the same last byte");
    require(whole.pieces() <= input.text().size(), "no more pieces than bytes");
    const Usage usage = readUsage(form, whole.tail());
    require(usage == readUsage(form, split.tail()), "the same figures");
    require(!form.streamed || !usage.complete || !input.text().empty(), "nothing is not complete");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const fuzz::SplitInput input(bytes, size);
    for (const AnswerForm form : forms)
        compare(input, form);
    for (std::size_t from = 0; from < input.text().size() && from < 32; ++from) {
        for (const AnswerForm form : forms)
            (void)readUsage(form, input.text().substr(from));
    }
    return 0;
}
