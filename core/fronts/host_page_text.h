// SPDX-License-Identifier: MIT
#pragma once

#include "core/net/exchange.h"

#include <string_view>

namespace drover {

/// `GET /state`: the pool's machines and models, kept fresh by the page itself, which asks for a key where one is
/// needed and keeps it in the browser's session only. One file, nothing from elsewhere.
std::string_view statePage();

/// `GET /j`: for somebody who opens an invitation's link in a browser: how to join with it. The code stays in the
/// browser, since it is behind the `#`.
std::string_view invitationPage();

/// Header lines of both: nothing from elsewhere runs, no page may frame them.
HeaderLines pageLines();

} // namespace drover
