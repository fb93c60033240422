// SPDX-License-Identifier: MIT
#include "app/command/view/table_text.h"

#include <algorithm>

namespace drover::app {

std::string tableText(const std::vector<Column>& columns, const std::vector<std::vector<std::string>>& rows)
{
    std::vector<int> widths;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        int width = displayWidth(columns[i].title);
        for (const auto& row : rows)
            width = std::max(width, displayWidth(printable(row[i])));
        widths.push_back(std::min(width, columns[i].most));
    }
    std::string text;
    const auto addRow = [&](const auto& cell) {
        std::string line;
        for (std::size_t i = 0; i < columns.size(); ++i)
            line += (i == 0 ? "  " : "  ") + fitted(cell(i), widths[i], columns[i].align);
        line.erase(line.find_last_not_of(' ') + 1);
        text += line + "\n";
    };
    addRow([&](std::size_t i) { return columns[i].title; });
    for (const auto& row : rows)
        addRow([&](std::size_t i) { return row[i]; });
    return text;
}

} // namespace drover::app
