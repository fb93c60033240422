// SPDX-License-Identifier: MIT
#include "core/net/port_owner.h"

#include "core/api/port_holder.h"
#include "core/net/socket_owners.h"
#include "core/protocol/http_head.h"

namespace drover {

namespace {

constexpr std::uint16_t ollamaGatewayPort = 11435;

} // namespace

std::optional<ProgramIdentity> whoListens(std::uint16_t port)
{
    SocketOwners owners;
    return owners.listener(port);
}

std::optional<PortHolder> portHolder(std::uint16_t port)
{
    const auto owner = whoListens(port);
    if (!owner)
        return {};
    return PortHolder{owner->name, static_cast<std::uint32_t>(owner->pid)};
}

std::string portTakenSentence(std::uint16_t port, const std::optional<ProgramIdentity>& owner)
{
    std::string sentence = "Port " + std::to_string(port) + " is used by ";
    if (!owner)
        return sentence + "another program.";
    sentence += owner->name;
    if (owner->pid != 0)
        sentence += " (pid " + std::to_string(owner->pid) + ")";
    sentence += ".";
    if (port == ollamaGatewayPort && equalsIgnoringCase(owner->name, "ollama"))
        sentence +=
            " It is probably Ollama's gateway for Claude Desktop: disconnect Claude Desktop in Ollama's menu, or "
            "give Drover another port.";
    return sentence;
}

} // namespace drover
