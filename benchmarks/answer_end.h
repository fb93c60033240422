// SPDX-License-Identifier: MIT
#pragma once

#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cstddef>

namespace drover::benchmark {

/// Reads an answer without keeping any of it: knows its status, where it ends, and how many lines its body has.
class AnswerEnd : public boost::beast::http::basic_parser<false> {
public:
    AnswerEnd()
    {
        eager(true);
        body_limit(boost::none);
    }

    int status() const { return m_status; }
    std::size_t lines() const { return m_lines; }
    bool bodyBegun() const { return m_bodyBegun; }

    /// Takes what it can of `unparsed`; throws boost::system::system_error when that is not HTTP.
    void take(boost::beast::flat_buffer& unparsed)
    {
        boost::system::error_code error;
        while (!is_done() && unparsed.size() > 0 && !error)
            unparsed.consume(put(unparsed.data(), error));
        if (error && error != boost::beast::http::error::need_more)
            throw boost::system::system_error(error);
    }

private:
    using View = boost::beast::string_view;
    using Error = boost::beast::error_code;

    std::size_t body(View piece)
    {
        m_bodyBegun = true;
        m_lines += static_cast<std::size_t>(std::count(piece.begin(), piece.end(), '\n'));
        return piece.size();
    }

    void on_request_impl(boost::beast::http::verb, View, View, int, Error&) override { }
    void on_response_impl(int status, View, int, Error&) override { m_status = status; }
    void on_field_impl(boost::beast::http::field, View, View, Error&) override { }
    void on_header_impl(Error&) override { }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, Error&) override { }
    std::size_t on_body_impl(View piece, Error&) override { return body(piece); }
    void on_chunk_header_impl(std::uint64_t, View, Error&) override { }
    std::size_t on_chunk_body_impl(std::uint64_t, View piece, Error&) override { return body(piece); }
    void on_finish_impl(Error&) override { }

    int m_status = 0;
    std::size_t m_lines = 0;
    bool m_bodyBegun = false;
};

} // namespace drover::benchmark
