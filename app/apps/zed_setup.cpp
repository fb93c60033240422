// SPDX-License-Identifier: MIT
#include "app/apps/zed_setup.h"

#include "app/settings/settings_source.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <optional>
#include <string_view>

namespace drover::app {

namespace {

constexpr std::string_view keptSuffix = ".before-drover";

drover::Error byHand(const std::string& why)
{
    return drover::fail(drover::Errc::BadConfig, why + "; change it by hand: drover connect zed");
}

QString path(const std::string& file)
{
    return QString::fromStdString(file);
}

/// Goes over JSON as Zed reads it: with comments.
class Scan {
public:
    explicit Scan(std::string_view text)
        : m_text(text)
    {
    }

    std::size_t at() const { return m_at; }
    bool atEnd() const { return m_at >= m_text.size(); }
    char next() const { return atEnd() ? '\0' : m_text[m_at]; }
    void step() { ++m_at; }

    /// Over blanks and comments.
    void skip()
    {
        while (!atEnd()) {
            const std::string_view rest = m_text.substr(m_at);
            if (rest.starts_with("//"))
                m_at += std::min(rest.size(), rest.find('\n'));
            else if (rest.starts_with("/*"))
                m_at += std::min(rest.size(), rest.find("*/", 2) == rest.npos ? rest.size() : rest.find("*/", 2) + 2);
            else if (std::string_view(" \t\r\n\xEF\xBB\xBF").find(rest.front()) != std::string_view::npos)
                ++m_at;
            else
                break;
        }
    }

    /// Over a string, whose inner text is returned; nothing when it has no end.
    std::optional<std::string_view> string()
    {
        const std::size_t begin = ++m_at;
        for (; !atEnd(); ++m_at) {
            if (m_text[m_at] == '\\')
                ++m_at;
            else if (m_text[m_at] == '"')
                return m_text.substr(begin, m_at++ - begin);
        }
        return {};
    }

private:
    std::string_view m_text;
    std::size_t m_at = 0;
};

/// Where a member may be put into the outermost object, and what is known of it.
struct Place {
    std::size_t at = 0; ///< right after its brace
    bool empty = true;
    bool hasModels = false;
};

std::optional<Place> placeIn(const std::string& text)
{
    Scan scan(text);
    scan.skip();
    if (scan.next() != '{')
        return {};
    scan.step();
    Place place{.at = scan.at()};
    for (int depth = 1; depth > 0;) {
        scan.skip();
        if (scan.atEnd())
            return {};
        const char letter = scan.next();
        if (letter != '}' || depth > 1)
            place.empty = false;
        if (letter == '"') {
            const auto inner = scan.string();
            if (!inner)
                return {};
            place.hasModels = place.hasModels || (depth == 1 && *inner == "language_models");
            continue;
        }
        depth += letter == '{' || letter == '[' ? 1 : letter == '}' || letter == ']' ? -1 : 0;
        scan.step();
    }
    scan.skip();
    return scan.atEnd() ? std::optional(place) : std::nullopt;
}

bool writeAll(const std::string& file, const std::string& content)
{
    QSaveFile out(path(file));
    return out.open(QIODevice::WriteOnly)
        && out.write(content.data(), static_cast<qint64>(content.size())) == static_cast<qint64>(content.size())
        && out.commit();
}

std::string keptName(const std::string& file)
{
    return file + std::string(keptSuffix);
}

} // namespace

std::string zedSettingsFile(const Environment& environment)
{
    for (const auto& [variable, below] : {std::pair{"XDG_CONFIG_HOME", "/zed"}, std::pair{"APPDATA", "/Zed"},
             std::pair{"HOME", "/.config/zed"}, std::pair{"USERPROFILE", "/.config/zed"}}) {
        const auto found = environment.find(variable);
        if (found != environment.end() && !found->second.empty())
            return QDir::fromNativeSeparators(path(found->second)).toStdString() + below + "/settings.json";
    }
    return {};
}

drover::Result<std::string> withOllamaAddress(const std::string& text, const std::string& url)
{
    if (text.find_first_not_of(" \t\r\n") == text.npos)
        return "{\n  \"language_models\": {\n    \"ollama\": { \"api_url\": \"" + url + "\" }\n  }\n}\n";
    const auto place = placeIn(text);
    if (!place)
        return byHand("Zed's settings are not understood");
    if (place->hasModels)
        return byHand("Zed's settings say something of language_models already");
    const std::string member = "\n  \"language_models\": {\n    \"ollama\": { \"api_url\": \"" + url + "\" }\n  }"
        + (place->empty ? "\n" : ",");
    return std::string(text).insert(place->at, member);
}

bool isOurChange(const std::string& before, const std::string& text)
{
    static constexpr std::string_view mark = "\"api_url\": \"";
    const auto place = placeIn(before);
    const std::size_t found = text.find(mark, place ? place->at : 0);
    if (found == text.npos)
        return false;
    const std::size_t begin = found + mark.size();
    const auto ours = withOllamaAddress(before, text.substr(begin, text.find('"', begin) - begin));
    return ours && *ours == text;
}

drover::Result<> setUpZed(const std::string& file, const std::string& url)
{
    if (file.empty())
        return byHand("the folder of Zed's settings is not known");
    const bool exists = QFileInfo::exists(path(file));
    const auto before = readTextFile(file);
    if (exists && !before)
        return byHand(file + " cannot be read");
    const auto after = withOllamaAddress(before.value_or(std::string()), url);
    if (!after)
        return after.error();
    QDir().mkpath(QFileInfo(path(file)).absolutePath());
    if (exists && !writeAll(keptName(file), *before))
        return drover::fail(drover::Errc::Io, keptName(file) + " cannot be written");
    if (!writeAll(file, *after))
        return drover::fail(drover::Errc::Io, file + " cannot be written");
    return {};
}

drover::Result<> undoZed(const std::string& file)
{
    const auto text = readTextFile(file);
    const auto before = readTextFile(keptName(file));
    if (!text || !isZedSetUp(file))
        return drover::fail(drover::Errc::BadConfig, "Drover did not set up Zed, or its settings were changed since");
    if (before) {
        if (!writeAll(file, *before))
            return drover::fail(drover::Errc::Io, file + " cannot be written");
        QFile::remove(path(keptName(file)));
    } else if (!QFile::remove(path(file))) {
        return drover::fail(drover::Errc::Io, file + " cannot be removed");
    }
    return {};
}

bool isZedSetUp(const std::string& file)
{
    const auto text = readTextFile(file);
    return text && isOurChange(readTextFile(keptName(file)).value_or(std::string()), *text);
}

} // namespace drover::app
