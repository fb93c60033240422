// SPDX-License-Identifier: MIT
#include "app/desktop/desktop_entry.h"

namespace drover::app {

namespace {

constexpr std::string_view reserved = " \t\n\"'\\><~|&;$*?#()`";
constexpr std::string_view escapedInQuotes = "\"`$\\";

std::string_view trimmed(std::string_view text)
{
    const auto first = text.find_first_not_of(" \t\r");
    return first == text.npos ? std::string_view() : text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::string quoted(std::string_view argument)
{
    std::string result;
    const bool quotes = argument.empty() || argument.find_first_of(reserved) != argument.npos;
    for (const char letter : argument) {
        if (quotes && escapedInQuotes.find(letter) != escapedInQuotes.npos)
            result += '\\';
        result += letter;
        if (letter == '%')
            result += '%';
    }
    return quotes ? '"' + result + '"' : result;
}

/// The escapes of every string in a desktop entry, over those of Exec.
std::string escaped(std::string_view value)
{
    std::string result;
    for (const char letter : value) {
        switch (letter) {
        case '\n':
            result += "\\n";
            break;
        case '\r':
            result += "\\r";
            break;
        case '\t':
            result += "\\t";
            break;
        case '\\':
            result += "\\\\";
            break;
        default:
            result += letter;
        }
    }
    return result;
}

std::string unescaped(std::string_view value)
{
    std::string result;
    for (std::size_t at = 0; at < value.size(); ++at) {
        if (value[at] != '\\' || at + 1 == value.size()) {
            result += value[at];
            continue;
        }
        switch (const char letter = value[++at]) {
        case 's':
            result += ' ';
            break;
        case 'n':
            result += '\n';
            break;
        case 'r':
            result += '\r';
            break;
        case 't':
            result += '\t';
            break;
        case '\\':
            result += '\\';
            break;
        default:
            result += {'\\', letter};
        }
    }
    return result;
}

/// One argument while it is read.
struct Argument {
    std::string text = {};
    bool begun = false;
    bool fieldCode = false; ///< is nothing but one
};

/// Reads one character, or two that belong together; returns how many.
std::size_t takeLetter(std::string_view rest, bool inQuotes, Argument& argument)
{
    const bool two = rest.size() > 1;
    argument.begun = true;
    if (rest[0] == '\\' && two && inQuotes && escapedInQuotes.find(rest[1]) != escapedInQuotes.npos) {
        argument.text += rest[1];
        return 2;
    }
    if (rest[0] == '%' && two) {
        if (rest[1] == '%')
            argument.text += '%';
        else
            argument.fieldCode = true;
        return 2;
    }
    argument.text += rest[0];
    return 1;
}

} // namespace

Result<std::string> execText(const std::vector<std::string>& command)
{
    if (command.empty() || !command.front().starts_with('/') || command.front().find('=') != std::string::npos)
        return fail(Errc::BadRequest, "a desktop entry cannot start a program in a folder whose name has a =");
    std::string line;
    for (const std::string& argument : command)
        line += (line.empty() ? "" : " ") + quoted(argument);
    return escaped(line);
}

std::vector<std::string> commandOfExec(std::string_view value)
{
    const std::string line = unescaped(value);
    std::vector<std::string> command;
    Argument argument;
    bool inQuotes = false;
    const auto end = [&] {
        if (argument.begun && !(argument.fieldCode && argument.text.empty()))
            command.push_back(argument.text);
        argument = {};
    };
    for (std::size_t at = 0; at < line.size();) {
        if (line[at] == '"') {
            inQuotes = !inQuotes;
            argument.begun = true;
            ++at;
        } else if (!inQuotes && (line[at] == ' ' || line[at] == '\t')) {
            end();
            ++at;
        } else {
            at += takeLetter(std::string_view(line).substr(at), inQuotes, argument);
        }
    }
    end();
    return inQuotes ? std::vector<std::string>() : command;
}

std::optional<std::string> entryValue(std::string_view text, std::string_view key)
{
    bool inGroup = false;
    while (!text.empty()) {
        const auto length = text.find('\n');
        const std::string_view line = trimmed(text.substr(0, length));
        text = length == text.npos ? std::string_view() : text.substr(length + 1);
        if (line.starts_with('[')) {
            inGroup = line == "[Desktop Entry]";
            continue;
        }
        const auto equals = line.find('=');
        if (inGroup && !line.starts_with('#') && equals != line.npos && trimmed(line.substr(0, equals)) == key)
            return std::string(trimmed(line.substr(equals + 1)));
    }
    return {};
}

bool entrySays(std::string_view text, std::string_view key)
{
    return entryValue(text, key) == "true";
}

} // namespace drover::app
