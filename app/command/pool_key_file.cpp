// SPDX-License-Identifier: MIT
#include "app/command/pool_key_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <iostream>
#include <optional>

namespace drover::app {

namespace {

constexpr std::size_t keyBytesMax = 4096;

/// A key goes into a header's line and a JSON text, so it is printable ASCII.
drover::Result<std::string> checkedKey(std::string text)
{
    text.resize(std::min(text.size(), text.find_first_of("\r\n")));
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t'))
        text.pop_back();
    if (text.empty())
        return drover::fail(drover::Errc::BadRequest, "the key is empty");
    if (text.size() > keyBytesMax || !std::ranges::all_of(text, [](char c) { return c > ' ' && c < 127; }))
        return drover::fail(drover::Errc::BadRequest, "the key must be one line of letters, digits and signs");
    return text;
}

} // namespace

drover::Result<std::string> givenKey(const Invocation& invocation)
{
    if (invocation.keyFromInput) {
        std::string line;
        std::getline(std::cin, line);
        return checkedKey(std::move(line));
    }
    if (invocation.keyFile.empty())
        return std::string();
    QFile file(QString::fromStdString(invocation.keyFile));
    if (QFileInfo(file).isDir() || !file.open(QIODevice::ReadOnly))
        return drover::fail(drover::Errc::Io, "the key file cannot be read: " + invocation.keyFile);
    return checkedKey(file.read(keyBytesMax + 2).toStdString());
}

} // namespace drover::app
