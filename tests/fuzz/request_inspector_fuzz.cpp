// SPDX-License-Identifier: MIT
// Request bodies in any splitting give the same facts, and only those that are JSON objects give any.
#include "core/protocol/request_inspector.h"
#include "split.h"

#include <boost/json/parse.hpp>
#include <boost/json/value.hpp>

using namespace drover;
using fuzz::require;
namespace json = boost::json;

namespace {

bool isObject(std::string_view text)
{
    json::error_code failed;
    json::parse_options options;
    options.max_depth = RequestInspector::depthMax;
    options.allow_invalid_utf8 = true;
    const json::value value = json::parse(text, failed, {}, options);
    return !failed && value.is_object();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    static RequestInspector inspector; // used again and again, as the proxy does
    const fuzz::SplitInput input(bytes, size);

    const auto whole = inspector.inspect(input.text());
    inspector.reset();
    for (const std::string_view piece : input.pieces())
        (void)inspector.write(piece);
    const auto split = inspector.finish();

    require(static_cast<bool>(whole) == static_cast<bool>(split), "splitting makes no difference to an error");
    if (!whole) {
        require(whole.error().code == Errc::BadRequest && !whole.error().detail.empty(), "errors are told");
        return 0;
    }
    require(*whole == *split, "splitting makes no difference to the facts");
    require(isObject(input.text()), "only objects have facts");
    require(whole->model.size() <= RequestInspector::nameBytesMax, "names are bounded");
    require(whole->user.size() <= RequestInspector::nameBytesMax, "users are bounded");
    require(whole->promptTokens() >= 1, "every prompt costs something");
    return 0;
}
