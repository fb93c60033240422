// SPDX-License-Identifier: MIT
#pragma once

#include "app/window/card.h"

class QPushButton;

namespace drover::app {

/// What hosting is, for who hosts nothing yet, and a button to begin.
class HostIntro : public Card {
    Q_OBJECT

public:
    explicit HostIntro(QWidget* parent = nullptr);

    QPushButton* button() { return m_button; }

private:
    QPushButton* m_button = nullptr;
};

} // namespace drover::app
