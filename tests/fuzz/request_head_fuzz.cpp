// SPDX-License-Identifier: MIT
// Requests in any splitting are read the same, and never with two lengths.
#include "core/protocol/head_parser.h"
#include "split.h"

#include <string>

using namespace drover;
using fuzz::require;

namespace {

constexpr std::size_t headBytesMax = 1 << 20; // where exactly a limit is noticed depends on the splitting
constexpr std::size_t headBytesFew = 300;

class Gatherer : public BodySink {
public:
    void body(std::string_view bytes) override { text += bytes; }
    std::string text;
};

std::string described(const RequestHead& head)
{
    std::string text = head.method + " " + head.target + " " + std::to_string(head.version) + "\n";
    for (std::size_t i = 0; i < head.fields.size(); ++i)
        text += std::string(head.fields.at(i).name) + ":" + std::string(head.fields.at(i).value) + "\n";
    text += std::to_string(head.chunked) + std::to_string(head.hasLength) + std::to_string(head.keepAlive)
        + std::to_string(head.expectsContinue) + " " + std::to_string(head.contentLength) + "\n";
    return text;
}

void check(const RequestHead& head)
{
    require(!(head.chunked && head.hasLength), "one length");
    require(!head.method.empty() && !head.target.empty(), "a request line");
    for (std::size_t i = 0; i < head.fields.size(); ++i) {
        const auto field = head.fields.at(i);
        require(!field.name.empty(), "a field has a name");
        require(
            field.value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos, "a field is one line");
    }
}

/// Everything that was read of all requests, as text; ends with the error's code if there was one.
class Reading {
public:
    explicit Reading(std::size_t limit)
        : m_limit(limit)
    {
    }

    /// False after an error.
    bool feed(std::string_view piece)
    {
        m_unread += piece;
        while (!m_unread.empty()) {
            const bool headDone = m_parser.headDone();
            const auto used = m_parser.feed(m_unread);
            if (!used) {
                m_text += m_body.text + "error";
                m_failed = true;
                return false;
            }
            require(*used <= m_unread.size(), "it uses what is there");
            m_unread.erase(0, *used);
            if (m_parser.headDone() && !headDone) {
                check(m_parser.head());
                m_text += described(m_parser.head());
            } else if (*used == 0) {
                break;
            }
            if (m_parser.done())
                finishOne();
        }
        return true;
    }

    std::string end()
    {
        // The parser may look at a line only when it is whole, so an error in a half one may be told later.
        if (!m_failed && feed("\r\n\r\n\r\n\r\n"))
            m_text += m_body.text + (m_parser.headDone() ? "head" : "");
        return m_text;
    }

private:
    void finishOne()
    {
        m_text += m_body.text + "\ndone\n";
        m_body.text.clear();
        m_parser.reset(m_limit);
    }

    std::size_t m_limit;
    Gatherer m_body;
    RequestParser m_parser{m_limit, m_body};
    std::string m_text;
    std::string m_unread;
    bool m_failed = false;
};

std::string readAll(const std::vector<std::string_view>& pieces, std::size_t limit)
{
    Reading reading(limit);
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
    require(readAll({input.text()}, headBytesMax) == readAll(input.pieces(), headBytesMax),
        "splitting makes no difference");
    (void)readAll(input.pieces(), headBytesFew);
    return 0;
}
