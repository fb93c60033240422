// SPDX-License-Identifier: MIT
#include "core/protocol/web_socket_handshake.h"

#include "core/protocol/base64.h"

namespace drover {
namespace {

constexpr std::size_t keyBytes = 16;

/// `list` is what HeaderFields::list gives: "keep-alive, Upgrade".
bool hasToken(std::string_view list, std::string_view token)
{
    while (!list.empty()) {
        const auto comma = list.find(',');
        std::string_view one = list.substr(0, comma);
        while (!one.empty() && (one.front() == ' ' || one.front() == '\t'))
            one.remove_prefix(1);
        while (!one.empty() && (one.back() == ' ' || one.back() == '\t'))
            one.remove_suffix(1);
        if (equalsIgnoringCase(one, token))
            return true;
        list = comma == std::string_view::npos ? std::string_view{} : list.substr(comma + 1);
    }
    return false;
}

} // namespace

Result<std::string_view> webSocketKey(const RequestHead& head)
{
    if (head.method != "GET")
        return fail(Errc::BadRequest, "a WebSocket is asked for with GET");
    if (head.version < 11)
        return fail(Errc::BadRequest, "a WebSocket needs HTTP/1.1");
    if (!hasToken(head.fields.list("Upgrade"), "websocket"))
        return fail(Errc::BadRequest, "a WebSocket is expected here: \"Upgrade: websocket\" is missing");
    if (!hasToken(head.fields.list("Connection"), "upgrade"))
        return fail(Errc::BadRequest, "\"Connection: Upgrade\" is missing");
    if (head.fields.count("Sec-WebSocket-Version") != 1 || head.fields.get("Sec-WebSocket-Version") != "13")
        return fail(Errc::BadRequest, "\"Sec-WebSocket-Version: 13\" is missing");
    if (head.chunked || head.contentLength > 0)
        return fail(Errc::BadRequest, "a request for a WebSocket has no body");
    const std::string_view key = head.fields.get("Sec-WebSocket-Key");
    const auto bytes = fromBase64(key);
    if (head.fields.count("Sec-WebSocket-Key") != 1 || !bytes || bytes->size() != keyBytes)
        return fail(Errc::BadRequest, "\"Sec-WebSocket-Key\" must be 16 bytes in base64");
    return key;
}

} // namespace drover
