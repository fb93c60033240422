// SPDX-License-Identifier: MIT
#pragma once

#include "core/api/snapshot.h"

#include <QWidget>

class QHBoxLayout;
class QLabel;
class QPushButton;

namespace drover::app {

class Card;
class ElidedLabel;
class QueueControl;

/// Three cards side by side: the queue, what answers, and what was done today.
class FacetCards : public QWidget {
    Q_OBJECT

public:
    explicit FacetCards(QueueControl& control, QWidget* parent = nullptr);

    void show(const drover::Snapshot& snapshot);

private:
    struct Facet {
        QLabel* figure = nullptr;
        ElidedLabel* first = nullptr;
        ElidedLabel* second = nullptr;
        QHBoxLayout* corner = nullptr; ///< right of its title
    };

    Facet addFacet(const QString& title);
    static void fill(const Facet& facet, const QString& figure, const QString& first, const QString& second);
    void showQueue(const drover::Snapshot& snapshot);
    void showBackends(const drover::Snapshot& snapshot);
    void showRuntimeButton(const drover::Snapshot& snapshot);
    void showToday(const drover::Snapshot& snapshot);

    QPushButton* m_startRuntime = nullptr;
    Facet m_queue;
    Facet m_backends;
    Facet m_today;
};

} // namespace drover::app
