// SPDX-License-Identifier: MIT
#pragma once

// The one place where Asio's names become ours. A concrete executor instead of any_io_executor saves a virtual call and
// an allocation per operation.
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/basic_socket_acceptor.hpp>
#include <boost/asio/basic_stream_socket.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/error.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>

#include <chrono>

namespace drover {

namespace asio = boost::asio;
using boost::system::error_code;
using Executor = asio::io_context::executor_type;
using Tcp = asio::ip::tcp;
using Socket = asio::basic_stream_socket<Tcp, Executor>;
using Acceptor = asio::basic_socket_acceptor<Tcp, Executor>;
using Timer =
    asio::basic_waitable_timer<std::chrono::steady_clock, asio::wait_traits<std::chrono::steady_clock>, Executor>;
template <class T = void> using Task = asio::awaitable<T, Executor>;

/// There was nothing to read, or no room to write: no failure, wait and try again.
inline bool wouldBlock(const error_code& error)
{
    return error == asio::error::would_block || error == asio::error::try_again || error == asio::error::interrupted;
}

/// Await and throw boost::system::system_error.
inline constexpr asio::use_awaitable_t<Executor> throwing{};
/// Await and return the error code first.
inline constexpr auto quiet = asio::as_tuple(asio::use_awaitable_t<Executor>{});

} // namespace drover
