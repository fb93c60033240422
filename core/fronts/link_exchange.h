// SPDX-License-Identifier: MIT
#pragma once

#include "core/fronts/pool_link.h"
#include "core/net/exchange.h"
#include "core/protocol/head_parser.h"

#include <memory>
#include <optional>
#include <string>

namespace drover {

/// A pool's request as the proxy sees every other: what is answered becomes messages over the link. Core thread.
///
/// It says that it speaks HTTP/1.0, so that an answer comes without the framing of chunks. An answer waits while the
/// link has more unsent than it may hold. Of an answer's header fields the pool gets those that describe the body.
class LinkExchange final : public Exchange, private BodySink {
public:
    LinkExchange(std::shared_ptr<PoolLink> link, PoolWork work);

    std::uint64_t number() const { return m_number; }

    /// The pool, or its link, does not want the answer any more, or it was handed back.
    void leave();

    /// Why the answer is not whole; nothing when it is. For its last message.
    std::optional<PoolFault> fault() const;

    const RequestHead& head() const override { return m_head; }
    const Tcp::endpoint& client() const override { return m_nobody; }
    const Tcp::endpoint& local() const override { return m_nobody; }
    std::uint64_t connectionId() const override { return 0; }
    std::optional<std::string>& callerName() override { return m_callerName; }
    Task<Result<std::string>> body(std::size_t bytesMax) override;
    Task<Result<std::string>> bodyPiece() override;
    Task<> answer(int status, std::string_view contentType, std::string_view body, HeaderLines more) override;
    Task<> begin(int status, std::string_view contentType, HeaderLines more) override;
    Task<> piece(std::string_view bytes) override;
    Task<> end() override;
    Task<> raw(std::string_view bytes) override;
    std::string_view tryRaw(std::string_view bytes) override;
    void rawEnd() override { m_whole = true; }
    std::string_view connectionLine() const override { return {}; }
    void closeAfter() override { }
    void cut() override { m_cut = true; }
    bool answerBegun() const override { return m_begun; }
    void onLeave(std::function<void()> left) override { m_onLeave = std::move(left); }
    bool clientLeft() const override { return m_left; }
    const std::string* pool() const override { return &m_link->name(); }
    void handBack(const std::string& reason) override;
    std::string_view whyLeft() const override;

private:
    void body(std::string_view bytes) override;
    void tellHead(int status, const HeaderFields& fields);
    void takeRaw(std::string_view bytes);
    Task<> room();

    std::shared_ptr<PoolLink> m_link; ///< shared with all that it has under way
    std::uint64_t m_number;
    RequestHead m_head;
    std::string m_body;
    AnswerParser m_parser; ///< of what comes by `raw`
    Tcp::endpoint m_nobody;
    std::optional<std::string> m_callerName;
    std::function<void()> m_onLeave;
    bool m_begun = false;
    bool m_headTold = false;
    bool m_whole = false;
    bool m_cut = false;
    bool m_left = false;
    bool m_handedBack = false;
};

} // namespace drover
