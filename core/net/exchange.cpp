// SPDX-License-Identifier: MIT
#include "core/net/exchange.h"

namespace drover {

Task<Result<std::unique_ptr<WebSocket>>> Exchange::upgrade(std::size_t)
{
    co_return fail(Errc::BadRequest, "this connection cannot become a WebSocket");
}

} // namespace drover
