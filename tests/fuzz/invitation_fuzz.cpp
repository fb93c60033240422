// SPDX-License-Identifier: MIT
// Invitations to pools, which come by links, mails and files.
#include "app/joining/invitation.h"
#include "split.h"

#include <algorithm>

using namespace drover::app;
using drover::fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text(reinterpret_cast<const char*>(bytes), size);
    const auto invitation = parseInvitation(text);
    if (!invitation) {
        require(!invitation.error().detail.empty(), "a refusal has a sentence");
        return 0;
    }
    require(text.size() <= invitationBytesMax, "only short texts are accepted");
    require(!invitation->server.empty(), "an invitation has a server");
    require(std::ranges::all_of(invitation->server, [](char c) { return c > ' ' && c < 127 && c != '@'; }),
        "an address is plain");
    require(invitation->key.empty() || isPoolKey(invitation->key), "a key fits into a header");
    require(invitation->key.empty() || invitation->code.empty(), "a key or a code");
    require(invitation->name.empty() || isPoolName(invitation->name), "a name is safe as a file's");
    require(isPoolName(poolNameFrom(invitation->server)), "a name can be made of every server");
    if (invitation->code.empty()) {
        const auto again = parseInvitation(invitationText(*invitation));
        require(again && again->key == invitation->key, "what was understood can be handed on");
    }
    return 0;
}
