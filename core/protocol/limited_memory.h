// SPDX-License-Identifier: MIT
#pragma once

#include <boost/json/memory_resource.hpp>
#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>

#include <cstddef>
#include <string_view>

namespace drover {

/// Memory that ends: a text of brackets must not become a gigabyte of JSON values. Not thread-safe.
class LimitedMemory final : public boost::json::memory_resource {
public:
    explicit LimitedMemory(std::size_t bytesMax);

private:
    void* do_allocate(std::size_t bytes, std::size_t alignment) override; ///< throws std::bad_alloc over the limit
    void do_deallocate(void* memory, std::size_t bytes, std::size_t alignment) override;
    bool do_is_equal(const boost::json::memory_resource& other) const noexcept override { return this == &other; }

    std::size_t m_bytesMax;
    std::size_t m_held = 0;
};

/// Parses with that memory, for what is kept and for what is not; `memory` must outlive the value. `nestingMax` is of
/// objects and lists. Throws std::bad_alloc when the memory does not suffice.
boost::json::value parsedWithin(
    LimitedMemory& memory, std::string_view text, std::size_t nestingMax, boost::json::error_code& error);

/// The same with the values elsewhere, such as in a boost::json::monotonic_resource over `memory`.
boost::json::value parsedInto(boost::json::storage_ptr values, LimitedMemory& memory, std::string_view text,
    std::size_t nestingMax, boost::json::error_code& error);

} // namespace drover
