// SPDX-License-Identifier: MIT
#include "app/history/row_export.h"

#include "app/history/row_text.h"

#include <QSaveFile>

namespace drover::app {

namespace {

constexpr std::size_t pieceBytes = 64 << 10; ///< gathered before the sink is called

/// Gathers rows to pieces.
class Pieces {
public:
    Pieces(RowFormat format, const RowSink& sink)
        : m_format(format)
        , m_sink(sink)
    {
        m_piece = format == RowFormat::Csv ? historyCsvHeader() : "[";
    }

    bool add(const drover::HistoryRow& row)
    {
        if (m_format == RowFormat::Csv)
            m_piece += historyCsv(row);
        else
            m_piece += (m_rows == 0 ? "\n" : ",\n") + historyJson(row);
        ++m_rows;
        return m_piece.size() < pieceBytes || pass();
    }

    bool end()
    {
        if (m_format == RowFormat::Json)
            m_piece += m_rows == 0 ? "]\n" : "\n]\n";
        return pass();
    }

    std::uint64_t rows() const { return m_rows; }
    bool refused() const { return m_refused; }

private:
    bool pass()
    {
        m_refused = !m_sink(m_piece, m_rows);
        m_piece.clear();
        return !m_refused;
    }

    RowFormat m_format;
    const RowSink& m_sink;
    std::string m_piece;
    std::uint64_t m_rows = 0;
    bool m_refused = false;
};

} // namespace

drover::Result<std::uint64_t> exportRows(drover::HistoryReader& reader, const drover::HistoryQuery& query,
    std::uint64_t rowsMost, RowFormat format, const RowSink& sink)
{
    Pieces pieces(format, sink);
    const auto read = reader.each(query,
        [&](const drover::HistoryRow& row) { return pieces.add(row) && (rowsMost == 0 || pieces.rows() < rowsMost); });
    if (!read)
        return read.error();
    if (pieces.refused() || !pieces.end())
        return drover::fail(drover::Errc::Cancelled);
    return pieces.rows();
}

drover::Result<std::uint64_t> exportRowsToFile(drover::HistoryReader& reader, const drover::HistoryQuery& query,
    std::uint64_t rowsMost, RowFormat format, const std::string& file,
    const std::function<bool(std::uint64_t rowsSoFar)>& progress)
{
    QSaveFile into(QString::fromStdString(file));
    if (!into.open(QIODevice::WriteOnly))
        return drover::fail(drover::Errc::Io, into.errorString().toStdString());
    const auto rows = exportRows(reader, query, rowsMost, format, [&](std::string_view piece, std::uint64_t soFar) {
        const auto size = static_cast<qint64>(piece.size());
        return into.write(piece.data(), size) == size && (!progress || progress(soFar));
    });
    if (!rows && into.error() == QFileDevice::NoError) {
        into.cancelWriting();
        return rows.error();
    }
    if (!rows || !into.commit())
        return drover::fail(drover::Errc::Io, into.errorString().toStdString());
    return rows;
}

} // namespace drover::app
