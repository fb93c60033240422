// SPDX-License-Identifier: MIT
// The half of HttpBackend that runs jobs.
#include "core/backends/http_backend.h"
#include "core/protocol/http_head.h"

#include <charconv>

namespace drover {

Task<RelayEnd> HttpBackend::answer(BackendRun& run)
{
    const std::string head = requestHead(run.exchange.head(), run.target, run.clientKey, run.body.size());
    std::unique_ptr<BackendConnection> connection;
    run.abort = [&connection] {
        if (connection)
            connection->close();
    };
    struct Unset {
        BackendRun& run;
        ~Unset() { run.abort = nullptr; }
    } unset{run};
    for (bool anew = false;; anew = true) {
        RelayEnd end;
        connection = anew ? nullptr : takeIdle();
        if (!connection) {
            auto opened = co_await connect(Reuse::Never);
            if (!opened) {
                end.error = opened.error();
                co_return end;
            }
            connection = std::move(*opened);
        }
        if (run.order.cancelled && *run.order.cancelled) {
            end.error = fail(Errc::Cancelled);
            co_return end;
        }
        try {
            const std::size_t written = connection->writeNow(head, run.body);
            if (written < head.size())
                co_await connection->write(std::string_view(head).substr(written), run.body);
            else if (written < head.size() + run.body.size())
                co_await connection->write(run.body.substr(written - head.size()));
        } catch (const boost::system::system_error&) {
            // A backend that refuses a request early says why before it closes.
        }
        end = co_await relayAnswer(*connection, run.exchange, run.order);
        const bool cancelled = run.order.cancelled && *run.order.cancelled;
        const bool dead = end.status == 0 && connection->reused && !connection->timedOut && !cancelled;
        if (dead)
            continue;
        if (end.reusable)
            giveBack(std::move(connection));
        co_return end;
    }
}

std::string HttpBackend::requestHead(const RequestHead& request, std::string_view target,
    BackendRun::ClientKey clientKey, std::optional<std::size_t> bodyBytes) const
{
    const std::string& apiKey = m_config.apiKey;
    const bool dropKey = !apiKey.empty() || clientKey == BackendRun::ClientKey::Drop;
    const std::string connection = request.fields.list("Connection");
    std::string head;
    head.reserve(1024);
    head.append(request.method).append(" ").append(m_address.prefix).append(target).append(" HTTP/1.1\r\nHost: ");
    head.append(m_address.hostField()).append("\r\n");
    for (std::size_t i = 0; i < request.fields.size(); ++i) {
        const auto [name, value] = request.fields.at(i);
        switch (name.size()) {
        case 4:
            if (equalsIgnoringCase(name, "Host"))
                continue;
            break;
        case 6:
            if (equalsIgnoringCase(name, "Origin") || equalsIgnoringCase(name, "Expect"))
                continue;
            break;
        case 7:
            if (equalsIgnoringCase(name, "Referer"))
                continue;
            break;
        case 9:
            if (dropKey && equalsIgnoringCase(name, "X-Api-Key"))
                continue;
            break;
        case 13:
            if (dropKey && equalsIgnoringCase(name, "Authorization"))
                continue;
            break;
        case 14:
            if (equalsIgnoringCase(name, "Content-Length"))
                continue;
            break;
        default:
            break;
        }
        if (!isHopByHop(name, connection))
            head.append(name).append(": ").append(value).append("\r\n");
    }
    if (!apiKey.empty())
        head.append("Authorization: Bearer ").append(apiKey).append("\r\n");
    if (bodyBytes) {
        char digits[20];
        head.append("Content-Length: ")
            .append(digits, std::to_chars(digits, digits + sizeof digits, *bodyBytes).ptr)
            .append("\r\n");
    } else if (request.chunked) {
        head.append("Transfer-Encoding: chunked\r\n");
    }
    return head.append("\r\n");
}

} // namespace drover
