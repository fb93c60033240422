// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/view/text_width.h"

#include <string>
#include <vector>

namespace drover::app {

struct Column {
    std::string title;
    Align align = Align::Left;
    int most = 40; ///< columns of the terminal
};

/// Rows below their titles, each column as wide as it must be. Every row has a cell for each column.
std::string tableText(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows);

} // namespace drover::app
