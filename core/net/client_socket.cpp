// SPDX-License-Identifier: MIT
#include "core/net/client_socket.h"

#include <algorithm>
#include <string>

namespace drover {

std::size_t ClientSocket::writeTogether(std::string_view first, std::string_view second, error_code& error)
{
    if (first.empty())
        return m_tls->write(m_socket, second, error);
    std::string record(first.substr(0, TlsSession::recordBytes));
    record.append(second.substr(0, TlsSession::recordBytes - record.size()));
    std::size_t taken = m_tls->write(m_socket, record, error);
    const std::size_t ofSecond = record.size() - std::min(first.size(), record.size());
    if (!error && taken == record.size() && ofSecond < second.size() && first.size() < record.size())
        taken += m_tls->write(m_socket, second.substr(ofSecond), error);
    if (taken > 0)
        error = {};
    return taken;
}

} // namespace drover
