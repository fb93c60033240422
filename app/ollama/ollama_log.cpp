// SPDX-License-Identifier: MIT
#include "app/ollama/ollama_log.h"

#include <algorithm>
#include <array>
#include <cctype>

namespace drover::app {

namespace {

constexpr std::string_view hidden = "***";

bool isBlank(char letter)
{
    return letter == ' ' || letter == '\t';
}

/// The end of a word that begins at `at`: a blank, a quote or a bracket.
std::size_t wordEnd(std::string_view text, std::size_t at)
{
    return std::min(text.size(), text.find_first_of(" \t\"'])},;", at));
}

std::string lowered(std::string_view text)
{
    std::string lower(text);
    std::ranges::transform(lower, lower.begin(), [](unsigned char letter) { return char(std::tolower(letter)); });
    return lower;
}

/// "://user:password@" becomes "://***@".
void hideUserInfo(std::string& line)
{
    for (std::size_t at = line.find("://"); at != std::string::npos; at = line.find("://", at + 3)) {
        const std::size_t begin = at + 3;
        const std::size_t end = std::min(wordEnd(line, begin), line.find('/', begin));
        const std::size_t sign = line.substr(begin, end - begin).rfind('@');
        if (sign != std::string::npos)
            line.replace(begin, sign, hidden);
    }
}

/// What follows a name that secrets have becomes "***".
void hideValues(std::string& line)
{
    constexpr std::array names = {"bearer ", "api_key", "api-key", "apikey", "token", "secret", "password", "passwd"};
    for (const std::string_view name : names) {
        for (std::size_t at = lowered(line).find(name); at != std::string::npos; at = lowered(line).find(name, at)) {
            at += name.size();
            std::size_t value = at;
            if (name.back() != ' ') {
                while (value < line.size() && (line[value] == '"' || isBlank(line[value])))
                    ++value;
                if (value == line.size() || (line[value] != '=' && line[value] != ':'))
                    continue; // the word alone, such as in "tokenizer"
                ++value;
            }
            while (value < line.size() && (line[value] == '"' || isBlank(line[value])))
                ++value;
            const std::size_t end = wordEnd(line, value);
            if (end == value)
                continue;
            line.replace(value, end - value, hidden);
            at = value + hidden.size();
        }
    }
}

} // namespace

drover::LogLevel ollamaLevel(std::string_view line)
{
    constexpr std::string_view gin = "[GIN]";
    if (line.starts_with(gin)) {
        const std::size_t status = line.find("| ");
        const bool failed = status != line.npos && status + 2 < line.size() && line[status + 2] == '5';
        return failed ? drover::LogLevel::Warning : drover::LogLevel::Info;
    }
    if (line.find("level=ERROR") != line.npos || line.starts_with("Error:") || line.starts_with("panic:"))
        return drover::LogLevel::Error;
    if (line.find("level=WARN") != line.npos)
        return drover::LogLevel::Warning;
    if (line.find("level=DEBUG") != line.npos || line.find("level=TRACE") != line.npos)
        return drover::LogLevel::Debug;
    return drover::LogLevel::Info;
}

std::string withoutSecrets(std::string_view line)
{
    std::string safe(line);
    hideUserInfo(safe);
    hideValues(safe);
    return safe;
}

} // namespace drover::app
