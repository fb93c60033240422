// SPDX-License-Identifier: MIT
// Whatever stands in X-Forwarded-For, what comes out is an address in its one form, or the peer.
#include "core/protocol/forwarded_for.h"
#include "split.h"

#include <string>

using namespace drover;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view input(reinterpret_cast<const char*>(bytes), size);
    static const auto proxies = TrustedProxies::parse({"10.0.0.0/8", "fd00::/8"});

    if (const auto address = ipAddress(input)) {
        const std::string canonical = text(*address);
        const auto again = ipAddress(canonical);
        require(again && *again == *address, "an address is what its text says");
        require(text(*again) == canonical, "one form");
    }
    const std::string client = clientAddress("10.0.0.1", *proxies, input);
    const auto found = ipAddress(client);
    require(found && text(*found) == client, "a client is an address");
    require(clientAddress("198.51.100.7", *proxies, input) == "198.51.100.7", "a stranger's word does not count");
    (void)TrustedProxies::parse({std::string(input)});
    return 0;
}
