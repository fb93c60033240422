// SPDX-License-Identifier: MIT
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace drover {

/// The place of an element that stands in no heap.
inline constexpr std::uint32_t nowhere = UINT32_MAX;

/// A binary heap of borrowed elements, least first, in which any element can be moved or taken out in O(log n), since
/// each knows its own place (`Place`, a member that only the heap writes; `nowhere` outside).
///
/// Elements outlive their stay. The key of one element at a time may change, followed at once by `moved`.
template <class T, std::uint32_t T::*Place, class Less> class IndexedHeap {
public:
    bool empty() const { return m_items.empty(); }
    std::size_t size() const { return m_items.size(); }
    T* top() const { return m_items.empty() ? nullptr : m_items.front(); }

    /// The element at `index`; its children are at 2 index + 1 and 2 index + 2, and not less. Null past the end.
    T* at(std::size_t index) const { return index < m_items.size() ? m_items[index] : nullptr; }

    void insert(T& item)
    {
        assert(item.*Place == nowhere);
        m_items.push_back(&item);
        rise(m_items.size() - 1);
    }

    void remove(T& item)
    {
        const std::size_t index = item.*Place;
        assert(at(index) == &item);
        T* last = m_items.back();
        m_items.pop_back();
        item.*Place = nowhere;
        if (last == &item)
            return;
        // The hole goes down to a leaf and the last one up from there: it seldom has far to go.
        std::size_t hole = index;
        for (std::size_t child = 2 * hole + 1; child < m_items.size(); child = 2 * hole + 1) {
            if (child + 1 < m_items.size() && Less{}(*m_items[child + 1], *m_items[child]))
                ++child;
            put(hole, m_items[child]);
            hole = child;
        }
        m_items[hole] = last;
        rise(hole);
    }

    /// Puts `item` right after its key has changed.
    void moved(T& item)
    {
        assert(at(item.*Place) == &item);
        rise(item.*Place);
        sink(item.*Place);
    }

    /// Forgets all elements.
    void clear()
    {
        for (T* item : m_items)
            item->*Place = nowhere;
        m_items.clear();
    }

    /// All elements, in no particular order.
    const std::vector<T*>& items() const { return m_items; }

private:
    void put(std::size_t index, T* item)
    {
        m_items[index] = item;
        item->*Place = static_cast<std::uint32_t>(index);
    }

    void rise(std::size_t index)
    {
        T* item = m_items[index];
        for (; index > 0; index = (index - 1) / 2) {
            T* parent = m_items[(index - 1) / 2];
            if (!Less{}(*item, *parent))
                break;
            put(index, parent);
        }
        put(index, item);
    }

    void sink(std::size_t index)
    {
        T* item = m_items[index];
        for (std::size_t child = 2 * index + 1; child < m_items.size(); child = 2 * index + 1) {
            if (child + 1 < m_items.size() && Less{}(*m_items[child + 1], *m_items[child]))
                ++child;
            if (!Less{}(*m_items[child], *item))
                break;
            put(index, m_items[child]);
            index = child;
        }
        put(index, item);
    }

    std::vector<T*> m_items;
};

} // namespace drover
