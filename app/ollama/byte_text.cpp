// SPDX-License-Identifier: MIT
#include "app/ollama/byte_text.h"

#include <QLocale>

#include <algorithm>
#include <limits>

namespace drover::app {

QString byteText(std::uint64_t bytes)
{
    constexpr std::uint64_t most = std::numeric_limits<qint64>::max();
    const auto number = static_cast<qint64>(std::min(bytes, most));
    const int decimals = number >= 1'000'000'000 ? 1 : 0; // a tenth of a megabyte is nobody's trouble
    return QLocale().formattedDataSize(number, decimals, QLocale::DataSizeSIFormat);
}

} // namespace drover::app
