// SPDX-License-Identifier: MIT
#include "core/protocol/limited_memory.h"

#include <boost/json/parser.hpp>

#include <algorithm>
#include <new>
#include <utility>

namespace drover {

namespace json = boost::json;

LimitedMemory::LimitedMemory(std::size_t bytesMax)
    : m_bytesMax(bytesMax)
{
}

void* LimitedMemory::do_allocate(std::size_t bytes, std::size_t)
{
    if (bytes > m_bytesMax - std::min(m_held, m_bytesMax))
        throw std::bad_alloc();
    void* const memory = ::operator new(bytes);
    m_held += bytes;
    return memory;
}

void LimitedMemory::do_deallocate(void* memory, std::size_t bytes, std::size_t)
{
    ::operator delete(memory);
    m_held -= bytes;
}

json::value parsedWithin(LimitedMemory& memory, std::string_view text, std::size_t nestingMax, json::error_code& error)
{
    return parsedInto(&memory, memory, text, nestingMax, error);
}

json::value parsedInto(json::storage_ptr values, LimitedMemory& memory, std::string_view text, std::size_t nestingMax,
    json::error_code& error)
{
    constexpr std::size_t unfinishedBytes = 2048; // on the stack; enough for most messages
    unsigned char unfinished[unfinishedBytes];
    json::parse_options options;
    options.max_depth = nestingMax;
    json::parser parser(&memory, options, unfinished, sizeof unfinished);
    parser.reset(std::move(values));
    parser.write(text.data(), text.size(), error);
    return error ? json::value() : parser.release();
}

} // namespace drover
