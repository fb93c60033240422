// SPDX-License-Identifier: MIT
#include "core/dispatch/indexed_heap.h"

#include <QTest>

#include <algorithm>
#include <memory>
#include <random>
#include <set>

using namespace drover;

namespace {

struct Item {
    int key = 0;
    std::uint32_t place = nowhere;
};

int comparisons = 0;

struct ByKey {
    bool operator()(const Item& a, const Item& b) const
    {
        ++comparisons;
        return a.key < b.key;
    }
};

using Heap = IndexedHeap<Item, &Item::place, ByKey>;

} // namespace

class IndexedHeapTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void givesTheLeastFirstWhateverHappensToTheOthers()
    {
        std::mt19937 random(1);
        std::vector<std::unique_ptr<Item>> items;
        for (int i = 0; i < 300; ++i)
            items.push_back(std::make_unique<Item>(Item{static_cast<int>(random() % 100)}));
        Heap heap;
        std::multiset<int> keys;

        for (int step = 0; step < 20'000; ++step) {
            Item& item = *items[random() % items.size()];
            if (item.place == nowhere) {
                heap.insert(item);
                keys.insert(item.key);
            } else {
                keys.erase(keys.find(item.key));
                const bool moves = random() % 2 == 0;
                if (moves) {
                    item.key = static_cast<int>(random() % 100);
                    heap.moved(item);
                    keys.insert(item.key);
                } else {
                    heap.remove(item);
                }
            }

            QCOMPARE(heap.size(), keys.size());
            QCOMPARE(heap.top() ? heap.top()->key : -1, keys.empty() ? -1 : *keys.begin());
        }
    }

    void tellsElementsThatTheyAreOut()
    {
        Item one{1};
        Item two{2};
        Heap heap;
        heap.insert(one);
        heap.insert(two);

        heap.remove(one);
        heap.clear();

        QCOMPARE(one.place, nowhere);
        QCOMPARE(two.place, nowhere);
        QVERIFY(heap.empty());
        QVERIFY(!heap.top());
        QVERIFY(!heap.at(0));
    }

    void comparesALogarithmOfItsSize()
    {
        std::vector<Item> items(100'000);
        Heap heap;
        for (std::size_t i = 0; i < items.size(); ++i) {
            items[i].key = static_cast<int>(i * 7919 % items.size());
            heap.insert(items[i]);
        }
        comparisons = 0;
        int most = 0;

        for (int i = 0; i < 1000; ++i) {
            const int before = comparisons;
            Item& least = *heap.top();
            least.key += 50'000;
            heap.moved(least);
            most = std::max(most, comparisons - before);
        }

        QVERIFY2(most <= 2 * 17 + 2, qPrintable(QString::number(most)));
    }
};

QTEST_GUILESS_MAIN(IndexedHeapTest)
#include "indexed_heap_test.moc"
