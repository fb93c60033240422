// SPDX-License-Identifier: MIT
#include "core/protocol/program_name.h"

#include "core/protocol/known_programs.h"
#include "core/protocol/script_name.h"

#include <algorithm>
#include <array>
#include <span>

namespace drover {

namespace {

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

bool isContinuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

/// Bytes of the UTF-8 character at the front, 0 when it is malformed (RFC 3629) or not for showing: controls, and the
/// marks that turn the direction of text.
std::size_t shownCharacterBytes(std::string_view text)
{
    const auto byte = [&](std::size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(0);
    if (lead < 0x80)
        return lead >= 0x20 && lead != 0x7F ? 1 : 0;
    const std::size_t size = lead >= 0xC2 && lead <= 0xDF ? 2
        : lead >= 0xE0 && lead <= 0xEF                    ? 3
        : lead >= 0xF0 && lead <= 0xF4                    ? 4
                                                          : 0;
    if (size == 0 || text.size() < size)
        return 0;
    const std::string_view tail = text.substr(1, size - 1);
    if (!std::all_of(tail.begin(), tail.end(), isContinuation))
        return 0;
    std::uint32_t code = lead & (0x7F >> size);
    for (std::size_t i = 1; i < size; ++i)
        code = code << 6 | (byte(i) & 0x3F);
    constexpr std::array<std::uint32_t, 5> leastOfSize{0, 0, 0x80, 0x800, 0x10000};
    const bool wrong = code < leastOfSize[size] || code > 0x10FFFF || (code >= 0xD800 && code <= 0xDFFF);
    const bool hidden = code <= 0x9F || (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E)
        || (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF;
    return wrong || hidden ? 0 : size;
}

std::string shown(std::string_view name)
{
    std::string result;
    while (!name.empty()) {
        const std::size_t size = shownCharacterBytes(name);
        if (result.size() + size > programNameBytesMax)
            break;
        if (!(size == 1 && name.front() == ' ' && (result.empty() || result.back() == ' ')))
            result += name.substr(0, size);
        name.remove_prefix(std::max<std::size_t>(size, 1));
    }
    while (!result.empty() && result.back() == ' ')
        result.pop_back();
    return result;
}

/// The executable's name without what packagers and systems put around it: `.zed-wrapped` of Nix, `(deleted)` of
/// Linux after an update, `.exe` of Windows.
std::string_view executableName(std::string_view path)
{
    constexpr std::string_view deleted = " (deleted)";
    if (path.ends_with(deleted))
        path.remove_suffix(deleted.size());
    std::string_view name = baseName(path);
    for (bool again = true; again;) {
        again = false;
        for (const std::string_view end :
            {".exe", ".appimage", "-wrapped", ".real", "-x86_64", ".x86_64", "-aarch64"}) {
            if (name.size() > end.size() && lower(name.substr(name.size() - end.size())) == end) {
                name.remove_suffix(end.size());
                again = true;
            }
        }
    }
    while (name.size() > 1 && name.front() == '.')
        name.remove_prefix(1);
    return name;
}

/// "Foo" for "/Applications/Foo.app/Contents/Frameworks/Foo Helper.app/Contents/MacOS/Foo Helper": the outermost
/// bundle is the one people know. Not those that only lend their interpreter.
std::string_view bundleName(std::string_view path)
{
    const std::size_t end = path.find(".app/Contents/");
    if (end == std::string_view::npos)
        return {};
    const std::string_view name = baseName(path.substr(0, end));
    const bool lendsInterpreter = name == "Python" || name == "Xcode";
    return lendsInterpreter ? std::string_view() : name;
}

/// The type 2 AppImage runtime mounts at `/tmp/.mount_` + the first letters of the image's name + six more; useful
/// where the program inside has a name that says nothing.
std::string_view imageName(std::string_view path)
{
    constexpr std::string_view mark = "/.mount_";
    constexpr std::size_t randomLetters = 6;
    const std::size_t from = path.find(mark);
    if (from == std::string_view::npos)
        return {};
    std::string_view name = path.substr(from + mark.size());
    name = name.substr(0, name.find('/'));
    name.remove_suffix(std::min(randomLetters, name.size()));
    while (!name.empty() && (name.back() == '-' || name.back() == '_' || name.back() == '.'))
        name.remove_suffix(1);
    return name;
}

bool hasLetter(std::string_view name)
{
    return std::any_of(name.begin(), name.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80;
    });
}

std::string knownOr(std::string_view name)
{
    const std::string_view known = knownProgram(name);
    return std::string(known.empty() ? name : known);
}

/// The program that a file of many programs, or an emulator, was started as.
std::string_view calledName(std::string_view executable, std::span<const std::string> arguments)
{
    const bool manyInOne = executable == "busybox" || executable == "coreutils" || executable == "toybox";
    const bool emulator = executable.starts_with("wine") || executable.starts_with("qemu-");
    if (arguments.empty() || !(manyInOne || emulator))
        return {};
    const std::string_view name = executableName(arguments.front());
    const bool emulatorItself = name.starts_with("wine") || name.starts_with("qemu-");
    return name == executable || emulatorItself ? std::string_view() : name;
}

/// What a process calls itself instead of its interpreter's name (`claude` for a node program that set its title).
std::string_view titleOf(std::string_view interpreter, std::span<const std::string> arguments)
{
    if (arguments.empty())
        return {};
    std::string_view title = arguments.front();
    if (title.starts_with('-'))
        title.remove_prefix(1); // a login shell
    title = baseName(title.substr(0, title.find_first_of(": ")));
    const bool isWord = !title.empty()
        && title.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-")
            == std::string_view::npos;
    const std::string_view called = interpreterName(executableName(title));
    return isWord && called.empty() && title != interpreter ? title : std::string_view();
}

std::string interpretedName(std::string_view interpreter, std::span<const std::string> arguments)
{
    if (const std::string_view title = titleOf(interpreter, arguments); !title.empty())
        return knownOr(executableName(title));
    return scriptName(interpreter, arguments.empty() ? arguments : arguments.subspan(1));
}

std::string nameOf(const ProgramFacts& facts)
{
    const std::string_view first = facts.arguments.empty() ? std::string_view() : facts.arguments.front();
    const std::string_view path = facts.path.empty() ? first : facts.path;
    if (const std::string_view bundle = bundleName(path); !bundle.empty())
        return knownOr(bundle);
    std::string_view executable = executableName(path);
    if (!hasLetter(executable) && !first.empty())
        executable = executableName(first); // installed as `.../versions/1.0.5`
    if (const std::string_view interpreter = interpreterName(executable); !interpreter.empty())
        return interpretedName(interpreter, facts.arguments);
    if (const std::string_view called = calledName(executable, facts.arguments); !called.empty())
        return knownOr(called);
    if (const std::string_view known = knownProgram(executable); !known.empty())
        return std::string(known);
    if (const std::string_view image = imageName(path); !image.empty() && executable.starts_with("AppRun"))
        return knownOr(image);
    if (!shown(facts.description).empty())
        return knownOr(facts.description);
    return std::string(executable);
}

} // namespace

std::string programName(const ProgramFacts& facts)
{
    std::string name = shown(nameOf(facts));
    return name.empty() ? "unknown program" : name;
}

} // namespace drover
