// SPDX-License-Identifier: MIT
// Answers of backends in any splitting are read the same, whatever they send.
#include "core/protocol/head_parser.h"
#include "split.h"

#include <string>

using namespace drover;
using fuzz::require;

namespace {

class Gatherer : public BodySink {
public:
    void body(std::string_view bytes) override { text += bytes; }
    std::string text;
};

std::string described(const AnswerHead& head)
{
    std::string text = std::to_string(head.status) + " " + head.reason + " " + std::to_string(head.version) + "\n";
    for (std::size_t i = 0; i < head.fields.size(); ++i)
        text += std::string(head.fields.at(i).name) + ":" + std::string(head.fields.at(i).value) + "\n";
    return text + std::to_string(head.chunked) + std::to_string(head.hasLength) + std::to_string(head.keepAlive) + " "
        + std::to_string(head.contentLength) + "\n";
}

/// What was read of one answer, as text.
class Reading {
public:
    explicit Reading(bool answersHead) { m_parser.reset(answersHead); }

    /// False after an error.
    bool feed(std::string_view piece)
    {
        m_unread += piece;
        while (!m_unread.empty() && !m_parser.done()) {
            const bool headDone = m_parser.headDone();
            const auto used = m_parser.feed(m_unread);
            if (!used) {
                m_failed = true;
                return false;
            }
            require(*used <= m_unread.size(), "it uses what is there");
            m_unread.erase(0, *used);
            if (*used == 0 && m_parser.headDone() == headDone)
                break;
        }
        return true;
    }

    std::string end()
    {
        require(m_parser.headDone() || m_body.text.empty(), "no body before its head");
        // The parser may look at a line only when it is whole, so an error in a half one may be told later.
        if (!m_failed)
            feed("\r\n\r\n\r\n\r\n");
        if (!m_parser.headDone())
            return m_failed ? "error" : "no head";
        const std::string text = described(m_parser.head()) + m_body.text;
        if (m_failed)
            return text + "error";
        if (m_parser.done())
            return text + "done";
        return text + (m_parser.close() ? "closed" : "broken");
    }

private:
    Gatherer m_body;
    AnswerParser m_parser{m_body};
    std::string m_unread;
    bool m_failed = false;
};

std::string readAnswer(const std::vector<std::string_view>& pieces, bool answersHead)
{
    Reading reading(answersHead);
    for (const std::string_view piece : pieces) {
        if (!reading.feed(piece))
            break;
    }
    return reading.end();
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const fuzz::SplitInput input(bytes, size);
    const bool answersHead = (input.choice() & 0x80) != 0;
    require(readAnswer({input.text()}, answersHead) == readAnswer(input.pieces(), answersHead),
        "splitting makes no difference");
    return 0;
}
