// SPDX-License-Identifier: MIT
#include "core/protocol/script_name.h"

#include "core/protocol/known_programs.h"

#include <algorithm>
#include <cctype>
#include <initializer_list>
#include <iterator>

namespace drover {

namespace {

using Words = std::initializer_list<std::string_view>;

/// How an interpreter's command line is read up to its script.
struct Interpreter {
    std::string_view name;
    Words executables; ///< lower case, without version
    Words takeValue; ///< options whose value is the next argument
    Words holdCode; ///< options after which comes code: there is no script
    Words nameModule; ///< options after which comes a module's name
    Words subcommands; ///< words before the script that are not it
};

const Interpreter interpreters[] = {
    {"python", {"python", "pythonw", "pypy"}, {"-W", "-X", "--check-hash-based-pycs"}, {"-c"}, {"-m"}, {}},
    {"node", {"node", "nodejs"},
        {"-r", "--require", "--import", "--loader", "--experimental-loader", "-C", "--conditions", "--env-file",
            "--env-file-if-exists", "--title", "--input-type", "--icu-data-dir", "--openssl-config", "--cpu-prof-dir",
            "--watch-path", "--test-name-pattern", "--run"},
        {"-e", "--eval", "-p", "--print", "-pe"}, {}, {}},
    {"deno", {"deno"}, {"-c", "--config", "--import-map", "--lock", "--cert", "--preload", "-L", "--log-level"},
        {"eval", "repl", "task", "compile", "install"}, {}, {"run", "serve", "test", "bench"}},
    {"bun", {"bun", "bunx"}, {"-r", "--preload", "--cwd", "-c", "--config", "--env-file"}, {"-e", "--eval", "-p"}, {},
        {"run", "test", "x"}},
    {"ruby", {"ruby", "jruby", "truffleruby"}, {"-I", "-r", "-C", "-E", "--encoding"}, {"-e"}, {}, {}},
    {"perl", {"perl"}, {"-I"}, {"-e", "-E"}, {}, {}},
    {"php", {"php", "php-cgi"}, {"-d", "-c", "-z", "-S", "-t"}, {"-r", "-R", "-B"}, {}, {}},
    {"java", {"java", "javaw"},
        {"-cp", "-classpath", "--class-path", "-p", "--module-path", "--upgrade-module-path", "--add-modules",
            "--add-opens", "--add-exports", "--add-reads", "--source", "--enable-native-access", "--limit-modules"},
        {}, {"-m", "--module"}, {}},
    {"dotnet", {"dotnet"}, {"--additionalprobingpath", "--depsfile", "--runtimeconfig", "--fx-version"}, {}, {},
        {"exec"}},
    {"R", {"r", "rscript"}, {"-f"}, {"-e"}, {}, {}},
    {"julia", {"julia"}, {"-L", "--load", "-p", "--procs", "-t", "--threads", "-C", "-J"}, {"-e", "-E"}, {}, {}},
    {"lua", {"lua", "luajit"}, {"-l"}, {"-e"}, {}, {}},
    {"tclsh", {"tclsh", "wish"}, {"-encoding"}, {}, {}, {}},
    {"bash", {"bash"}, {"-o", "-O", "+O", "--rcfile", "--init-file"}, {"-c", "-lc", "-ic", "-ec"}, {}, {}},
    {"zsh", {"zsh"}, {"-o"}, {"-c", "-lc", "-ic"}, {}, {}},
    {"fish", {"fish"}, {"-C", "-d"}, {"-c"}, {}, {}},
    {"sh", {"sh", "dash", "ash", "ksh"}, {"-o"}, {"-c", "-ec"}, {}, {}},
    {"pwsh", {"pwsh", "powershell"}, {"-ExecutionPolicy", "-ep", "-WorkingDirectory", "-Version", "-ConfigurationName"},
        {"-Command", "-c", "-EncodedCommand", "-e", "-enc"}, {}, {"-File", "-f"}},
    {"electron", {"electron"}, {"-r", "--require"}, {"-e", "--eval", "-i"}, {}, {}},
};

bool has(const Words& words, std::string_view word)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

std::string lower(std::string_view text)
{
    std::string result(text);
    for (char& c : result)
        c = c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    return result;
}

const Interpreter* interpreterOf(std::string_view executable)
{
    std::string name = lower(executable);
    while (!name.empty() && (std::isdigit(static_cast<unsigned char>(name.back())) || name.back() == '.'))
        name.pop_back(); // python3.11, php8.2, lua5.4
    if (!name.empty() && name.back() == '-')
        name.pop_back();
    const auto found = std::find_if(std::begin(interpreters), std::end(interpreters),
        [&](const Interpreter& each) { return has(each.executables, name); });
    return found == std::end(interpreters) ? nullptr : found;
}

const Interpreter* interpreterCalled(std::string_view name)
{
    const auto found = std::find_if(
        std::begin(interpreters), std::end(interpreters), [&](const Interpreter& each) { return each.name == name; });
    return found == std::end(interpreters) ? nullptr : found;
}

/// Letters, digits and the few signs that file names of programs have. What else there is may be a secret or a query.
bool isPlainName(std::string_view name)
{
    constexpr std::size_t plainNameBytesMax = 80;
    return !name.empty() && name.size() <= plainNameBytesMax && name.front() != '-'
        && std::all_of(name.begin(), name.end(), [](char c) {
               const auto byte = static_cast<unsigned char>(c);
               return byte >= 0x80 || std::isalnum(byte)
                   || std::string_view("._-+ ()[]").find(c) != std::string_view::npos;
           });
}

bool isDottedName(std::string_view name)
{
    return !name.empty() && !std::isdigit(static_cast<unsigned char>(name.front()))
        && std::all_of(name.begin(), name.end(), [](char c) {
               return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '$' || c == '-';
           });
}

std::string knownOr(std::string_view name, std::string otherwise)
{
    const std::string_view known = knownProgram(name);
    return known.empty() ? std::move(otherwise) : std::string(known);
}

std::string join(std::string_view first, std::string_view second)
{
    return std::string(first).append(" ").append(second);
}

/// The path's part after the last folder of that name; empty when there is none.
std::string_view partAfter(std::string_view path, std::string_view folder)
{
    for (std::size_t from = path.rfind(folder); from != std::string_view::npos && from > 0;
         from = path.rfind(folder, from - 1)) {
        const std::size_t end = from + folder.size();
        const auto isSlash = [&](std::size_t at) { return at < path.size() && (path[at] == '/' || path[at] == '\\'); };
        if (isSlash(from - 1) && isSlash(end))
            return path.substr(end + 1);
    }
    return {};
}

std::string_view firstPart(std::string_view path)
{
    return path.substr(0, path.find_first_of("/\\"));
}

/// The installed package that a script belongs to ("claude-code"), by the folders of npm and pip; empty when to none.
std::string_view packageOf(std::string_view path)
{
    if (std::string_view rest = partAfter(path, "node_modules"); !rest.empty()) {
        std::string_view package = firstPart(rest);
        if (package == ".bin" || package.starts_with('@'))
            package = firstPart(rest.substr(std::min(rest.size(), package.size() + 1)));
        return package;
    }
    for (const std::string_view folder : {"site-packages", "dist-packages"}) {
        if (const std::string_view rest = partAfter(path, folder); !rest.empty() && firstPart(rest) != rest)
            return firstPart(rest);
    }
    return {};
}

bool isInstalledProgram(std::string_view path)
{
    const std::string_view base = baseName(path);
    if (base.size() == path.size() || base.find('.') != std::string_view::npos)
        return false;
    const std::string folder = lower(baseName(path.substr(0, path.size() - base.size() - 1)));
    return folder == "bin" || folder == "sbin" || folder == "scripts" || folder == "libexec";
}

/// Web servers whose first argument is the program that they serve, as `module:variable`.
bool servesModules(std::string_view program)
{
    return program == "uvicorn" || program == "gunicorn" || program == "hypercorn" || program == "granian";
}

std::string servedName(std::string_view server, std::span<const std::string> arguments)
{
    for (const std::string_view argument : arguments) {
        const std::size_t colon = argument.find(':');
        if (colon == std::string_view::npos || argument.starts_with('-'))
            continue;
        const std::string_view module = argument.substr(0, colon);
        if (isDottedName(module) && isDottedName(argument.substr(colon + 1)))
            return knownOr(module.substr(0, module.find('.')), join(server, module));
    }
    return std::string(server);
}

std::string moduleName(const Interpreter& interpreter, std::string_view module, std::span<const std::string> rest)
{
    if (!isDottedName(module))
        return std::string(interpreter.name);
    if (servesModules(module))
        return servedName(module, rest);
    return knownOr(module.substr(0, module.find('.')), join(join(interpreter.name, "-m"), module));
}

std::string javaName(std::string_view argument)
{
    const std::string_view base = baseName(argument);
    if (lower(base).ends_with(".jar") || lower(base).ends_with(".java"))
        return isPlainName(base) ? join("java", base) : "java";
    if (!isDottedName(argument))
        return "java";
    return knownOr(argument, join("java", argument.substr(argument.rfind('.') + 1)));
}

/// Electron itself runs the folder or archive of an application: `/usr/lib/obsidian/app.asar`.
std::string electronName(std::string_view argument)
{
    while (argument.size() > 1 && (argument.back() == '/' || argument.back() == '\\'))
        argument.remove_suffix(1);
    std::string_view base = baseName(argument);
    while (base.size() < argument.size() && (base == "app" || base == "resources" || base.ends_with(".asar"))) {
        argument.remove_suffix(base.size() + 1);
        base = baseName(argument);
    }
    return isPlainName(base) && base != "." ? knownOr(base, std::string(base)) : "electron";
}

std::string fileName(const Interpreter& interpreter, std::string_view path, std::span<const std::string> rest)
{
    if (interpreter.name == "java")
        return javaName(path);
    if (interpreter.name == "electron")
        return electronName(path);
    std::string_view script = path;
    if (script.find("://") != std::string_view::npos)
        script = script.substr(0, script.find_first_of("?#"));
    const std::string_view base = baseName(script);
    if (!isPlainName(base))
        return std::string(interpreter.name);
    if (servesModules(base))
        return servedName(base, rest);
    if (const std::string_view package = packageOf(script); isPlainName(package))
        return knownOr(package, std::string(package));
    if (isInstalledProgram(script))
        return knownOr(base, std::string(base));
    return join(interpreter.name, base);
}

/// A value of an option that names the script: `--file=train.R`, `--user-data-dir=/home/ann/.config/obsidian`.
std::string_view scriptInOption(const Interpreter& interpreter, std::string_view option)
{
    const std::string_view prefix = interpreter.name == "R" ? "--file="
        : interpreter.name == "electron"                    ? "--user-data-dir="
                                                            : std::string_view();
    return !prefix.empty() && option.starts_with(prefix) ? option.substr(prefix.size()) : std::string_view();
}

} // namespace

std::string_view baseName(std::string_view path)
{
    const std::size_t slash = path.find_last_of("/\\");
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string_view interpreterName(std::string_view executable)
{
    const Interpreter* found = interpreterOf(executable);
    return found ? found->name : std::string_view();
}

std::string scriptName(std::string_view interpreter, std::span<const std::string> arguments)
{
    const Interpreter* found = interpreterCalled(interpreter);
    if (!found)
        return std::string(interpreter);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        const std::string_view argument = arguments[i];
        const std::span<const std::string> rest = arguments.subspan(i + 1);
        if (argument == "-" || has(found->holdCode, argument))
            break;
        if (has(found->nameModule, argument) && !rest.empty())
            return interpreter == "java" ? javaName(rest.front()) : moduleName(*found, rest.front(), rest.subspan(1));
        if (const std::string_view script = scriptInOption(*found, argument); !script.empty())
            return fileName(*found, script, rest);
        if (has(found->takeValue, argument))
            ++i;
        else if (!argument.empty() && !argument.starts_with('-') && !argument.starts_with('@')
            && !has(found->subcommands, argument))
            return fileName(*found, argument, rest);
    }
    return std::string(interpreter);
}

} // namespace drover
