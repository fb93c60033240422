// SPDX-License-Identifier: MIT
#pragma once

#include "core/protocol/request_inspector.h"

#include <boost/json/error.hpp>
#include <boost/json/string_view.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace drover {

/// Takes the events of boost::json::basic_parser and gathers RequestFacts. Only for request_inspector.cpp.
///
/// The functions named `on_...` and the constants named `max_...` are what the parser asks of its handler.
class RequestScanner {
public:
    using Code = boost::json::error_code;
    using Text = boost::json::string_view;

    static constexpr std::size_t max_object_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_array_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_key_size = std::numeric_limits<std::size_t>::max();
    static constexpr std::size_t max_string_size = std::numeric_limits<std::size_t>::max();

    void reset();
    RequestFacts takeFacts(); ///< of a whole body
    std::string_view problem() const { return m_problem; } ///< a sentence when a function returned false

    bool on_document_begin(Code&) { return true; }
    bool on_document_end(Code&) { return true; }
    bool on_object_begin(Code& code);
    bool on_object_end(std::size_t, Code&);
    bool on_array_begin(Code& code);
    bool on_array_end(std::size_t, Code&);
    bool on_key_part(Text text, std::size_t, Code&);
    bool on_key(Text text, std::size_t size, Code&);
    bool on_string_part(Text text, std::size_t, Code& code);
    bool on_string(Text text, std::size_t, Code& code);
    bool on_number_part(Text, Code&) { return true; }
    bool on_int64(std::int64_t number, Text, Code& code);
    bool on_uint64(std::uint64_t number, Text, Code& code);
    bool on_double(double number, Text, Code& code);
    bool on_bool(bool value, Code& code);
    bool on_null(Code& code);
    bool on_comment_part(Text, Code&) { return true; }
    bool on_comment(Text, Code&) { return true; }

private:
    /// Which top-level member the parser is in.
    enum class Member {
        Other,
        Model,
        Stream,
        User,
        Metadata,
        Prompt,
        Messages,
        Input,
        Text,
        Tools,
        Images,
        MaxTokens,
        Options
    };
    /// Which member of a message, or of a part of its content.
    enum class Inner { Other, Role, Content, Text, Images, Picture };
    /// Where the bytes of a string go.
    enum class Sink { None, Count, CountAndHead, Model, User, MetadataUser, Role, Picture };

    static Member memberOf(std::string_view key);
    static Inner innerOf(std::string_view key);

    bool holdsText() const;
    bool holdsMessages() const { return m_member == Member::Messages || m_member == Member::Input; }
    bool refuse(Code& code, std::string problem);
    bool beginValue(std::string_view kind, Code& code);
    void key(std::string_view name);
    void leave();
    void endMessage();
    Sink sinkForString() const;
    Sink sinkInMessage() const;
    bool string(std::string_view text, Code& code);
    bool stringEnds();
    void number(std::uint64_t value);

    RequestFacts m_facts;
    std::string m_metadataUser;
    std::string m_problem;
    std::size_t m_depth = 0; ///< objects and arrays that are open
    Member m_member = Member::Other;
    Inner m_messageKey = Inner::Other; ///< at depth 3, in an element of messages or input
    Inner m_partKey = Inner::Other; ///< at depth 5, in a part of a message's content
    std::size_t m_pictureDepth = 0; ///< depth of the object whose member holds a picture; 0 when in none
    bool m_pictureList = false; ///< ... and each string of it is one
    bool m_wantedKey = false; ///< in options: it is num_predict; in metadata: it is user_id
    bool m_inString = false;
    Sink m_sink = Sink::None;
    std::array<char, 32> m_key{}; ///< a key that came in parts; longer ones are of no interest
    std::size_t m_keySize = 0; ///< may exceed the array's

    static constexpr std::size_t headBytesMax = 200;
    std::array<char, headBytesMax> m_head{}; ///< the first text of the message that is open
    std::size_t m_headSize = 0;
    bool m_roleIsUser = false;
    std::array<char, 8> m_role{};
    std::size_t m_roleSize = 0;
};

} // namespace drover
