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

bool isPoolName(std::string_view name)
{
    constexpr std::size_t nameBytesMax = 64;
    return !name.empty() && name.size() <= nameBytesMax && name.front() != '.' && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-'
            || c == '_';
    });
}

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

std::string poolKeyFile(const Places& places, std::string_view name)
{
    return places.stateFolder + "/pools/" + std::string(name) + ".key";
}

drover::Result<std::string> writePoolKey(const Places& places, std::string_view name, std::string_view key)
{
    const std::string path = poolKeyFile(places, name);
    const QString qtPath = QString::fromStdString(path);
    makeStateFolder(places);
    QDir().mkpath(QFileInfo(qtPath).absolutePath());
    QFile::remove(qtPath);
    QFile file(qtPath);
    const bool written = file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFile::ReadOwner | QFile::WriteOwner)
        && file.write(QByteArray::fromStdString(std::string(key) + "\n")) > 0 && file.flush();
    if (!written)
        return drover::fail(drover::Errc::Io, "the key cannot be written to " + path);
    return path;
}

void removePoolKey(const std::string& file)
{
    if (!file.empty())
        QFile::remove(QString::fromStdString(file));
}

} // namespace drover::app
