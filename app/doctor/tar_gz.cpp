// SPDX-License-Identifier: MIT
#include "app/doctor/tar_gz.h"

#include <QByteArray>

#include <array>
#include <cassert>
#include <cstddef>

namespace drover::app {

namespace {

constexpr std::size_t blockBytes = 512;

/// A number as ustar has it: octal digits, filling the field but its last byte.
void putOctal(std::string& header, std::size_t at, std::size_t width, std::uint64_t number)
{
    for (std::size_t digit = width - 1; digit-- > 0; number /= 8)
        header[at + digit] = static_cast<char>('0' + number % 8);
}

void putText(std::string& header, std::size_t at, const std::string& text)
{
    header.replace(at, text.size(), text);
}

std::string headerOf(const ArchiveFile& file, std::int64_t seconds)
{
    [[maybe_unused]] constexpr std::size_t nameBytesMax = 99; // what ustar has room for, without its end
    constexpr std::size_t checksumAt = 148;
    assert(file.name.size() <= nameBytesMax);
    std::string header(blockBytes, '\0');
    putText(header, 0, file.name);
    putOctal(header, 100, 8, 0600);
    putOctal(header, 108, 8, 0); // owner and group: nobody's business
    putOctal(header, 116, 8, 0);
    putOctal(header, 124, 12, file.text.size());
    putOctal(header, 136, 12, static_cast<std::uint64_t>(seconds));
    header.replace(checksumAt, 8, 8, ' ');
    header[156] = '0'; // a plain file
    putText(header, 257, std::string("ustar\0", 6) + "00");
    std::uint64_t sum = 0;
    for (const char byte : header)
        sum += static_cast<unsigned char>(byte);
    putOctal(header, checksumAt, 7, sum);
    header[checksumAt + 6] = '\0';
    return header;
}

std::uint32_t crc32(const std::string& bytes)
{
    static const auto table = [] {
        std::array<std::uint32_t, 256> made{};
        for (std::uint32_t byte = 0; byte < made.size(); ++byte) {
            std::uint32_t rest = byte;
            for (int bit = 0; bit < 8; ++bit)
                rest = (rest & 1) != 0 ? 0xEDB88320u ^ (rest >> 1) : rest >> 1;
            made[byte] = rest;
        }
        return made;
    }();
    std::uint32_t sum = 0xFFFFFFFFu;
    for (const char byte : bytes)
        sum = table[(sum ^ static_cast<unsigned char>(byte)) & 0xFFu] ^ (sum >> 8);
    return sum ^ 0xFFFFFFFFu;
}

std::string littleEndian(std::uint32_t number)
{
    std::string bytes;
    for (int byte = 0; byte < 4; ++byte)
        bytes += static_cast<char>(number >> (8 * byte) & 0xFFu);
    return bytes;
}

std::string gzip(const std::string& plain)
{
    // qCompress gives a length of four bytes, a zlib head of two, the deflated bytes and a checksum of four (RFC 1950).
    const QByteArray zlib =
        qCompress(reinterpret_cast<const uchar*>(plain.data()), static_cast<qsizetype>(plain.size()), 9);
    const QByteArray deflated = zlib.mid(6, zlib.size() - 10);
    const std::string head("\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff", 10);
    return head + deflated.toStdString() + littleEndian(crc32(plain))
        + littleEndian(static_cast<std::uint32_t>(plain.size()));
}

} // namespace

std::string tarGz(const std::vector<ArchiveFile>& files, std::int64_t seconds)
{
    std::string tar;
    for (const ArchiveFile& file : files) {
        tar += headerOf(file, seconds) + file.text;
        tar.resize((tar.size() + blockBytes - 1) / blockBytes * blockBytes, '\0');
    }
    tar.resize(tar.size() + 2 * blockBytes, '\0');
    return gzip(tar);
}

} // namespace drover::app
