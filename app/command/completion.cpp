// SPDX-License-Identifier: MIT
#include "app/command/completion.h"

#include <algorithm>
#include <functional>

namespace drover::app {

namespace {

using Visit = std::function<void(const CommandNode&, const std::string& path)>;

void walk(const CommandNode& node, const std::string& path, const Visit& visit)
{
    visit(node, path);
    for (const CommandNode& each : node.commands)
        walk(each, path + "/" + each.name, visit);
}

std::string joined(const std::vector<std::string>& words, std::string_view between = " ")
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : std::string(between)) + word;
    return text;
}

/// In single quotes for a shell; `inside` is what stands for a quote within them.
std::string quotedFor(std::string_view text, std::string_view inside)
{
    std::string result = "'";
    for (const char letter : text)
        result += letter == '\'' ? std::string(inside) : std::string(1, letter);
    return result + "'";
}

std::vector<std::string> wordsAfter(const CommandNode& node)
{
    std::vector<std::string> words;
    for (const CommandNode& each : node.commands)
        words.push_back(each.name);
    words.insert(words.end(), node.words.begin(), node.words.end());
    for (const auto& option : node.options)
        words.insert(words.end(), option.names.begin(), option.names.end());
    return words;
}

/// The cases of a shell's `case` that go down the tree: "drover/queue|drover/queue/cancel".
std::string pathsBelow(const CommandNode& root)
{
    std::vector<std::string> paths;
    walk(root, root.name, [&](const CommandNode& node, const std::string& path) {
        if (&node != &root)
            paths.push_back(path);
    });
    return joined(paths, "|");
}

/// One "path option" pattern for each name of an option.
std::string patternsOf(const CommandNode::Option& option, const std::string& path)
{
    std::vector<std::string> patterns;
    for (const std::string& name : option.names)
        patterns.push_back("'" + path + " " + name + "'");
    return joined(patterns, "|");
}

} // namespace

std::string bashCompletion(const CommandNode& root)
{
    std::string values;
    std::string words;
    walk(root, root.name, [&](const CommandNode& node, const std::string& path) {
        for (const auto& option : node.options) {
            if (!option.takesValue)
                continue;
            values += "        " + patternsOf(option, path) + ") ";
            if (!option.choices.empty())
                values += "COMPREPLY=($(compgen -W \"" + joined(option.choices) + "\" -- \"$cur\"));";
            else if (option.isFile)
                values += "COMPREPLY=($(compgen -f -- \"$cur\"));";
            values += " return ;;\n";
        }
        const std::string more = node.wordsOf.empty() ? "" : " $(" + node.wordsOf + " 2> /dev/null)";
        words += "        '" + path + "') words=\"" + joined(wordsAfter(node)) + more + "\" ;;\n";
    });
    return "# bash completion of drover: source <(drover completion bash)\n"
           "_drover() {\n"
           "    local cur=\"${COMP_WORDS[COMP_CWORD]}\" prev=\"${COMP_WORDS[COMP_CWORD-1]}\" path=drover words= i\n"
           "    COMPREPLY=()\n"
           "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
           "        if [[ $path == drover/run && ${COMP_WORDS[i]} != -* ]]; then\n"
           "            declare -F _command_offset > /dev/null && _command_offset \"$i\"\n"
           "            return\n"
           "        fi\n"
           "        case \"$path/${COMP_WORDS[i]}\" in\n"
           "            "
        + pathsBelow(root)
        + ") path=\"$path/${COMP_WORDS[i]}\" ;;\n"
          "        esac\n"
          "    done\n"
          "    case \"$path $prev\" in\n"
        + values
        + "    esac\n"
          "    case \"$path\" in\n"
        + words
        + "    esac\n"
          "    COMPREPLY=($(compgen -W \"$words\" -- \"$cur\"))\n"
          "}\n"
          "complete -F _drover drover\n";
}

std::string zshCompletion(const CommandNode& root)
{
    const auto described = [](std::string name, const std::string& sentence) {
        for (std::size_t at = name.find(':'); at != name.npos; at = name.find(':', at + 2))
            name.insert(at, "\\");
        return quotedFor(name + ":" + sentence, "'\\''");
    };
    std::string values;
    std::string offers;
    walk(root, root.name, [&](const CommandNode& node, const std::string& path) {
        offers += "        '" + path + "')\n";
        std::string commands;
        for (const CommandNode& each : node.commands)
            commands += " " + described(each.name, each.sentence);
        for (const std::string& word : node.words)
            commands += " " + quotedFor(word, "'\\''");
        if (!commands.empty())
            offers += "            offers=(" + commands.substr(1) + "); _describe -t commands command offers\n";
        if (!node.wordsOf.empty())
            offers += "            compadd -- ${(f)\"$(" + node.wordsOf + " 2> /dev/null)\"}\n";
        std::string options;
        for (const auto& option : node.options) {
            for (const std::string& name : option.names)
                options += " " + described(name, option.sentence);
            if (!option.takesValue)
                continue;
            values += "        " + patternsOf(option, path) + ") ";
            if (!option.choices.empty())
                values += "compadd -- " + joined(option.choices) + ";";
            else if (option.isFile)
                values += "_files;";
            values += " return ;;\n";
        }
        if (!options.empty())
            offers += "            offers=(" + options.substr(1) + "); _describe -o -t options option offers\n";
        offers += "            ;;\n";
    });
    return "#compdef drover\n"
           "# zsh completion of drover: source <(drover completion zsh)\n"
           "_drover() {\n"
           "    local at=drover i\n"
           "    local -a offers\n"
           "    for ((i = 2; i < CURRENT; i++)); do\n"
           "        if [[ $at == drover/run && $words[i] != -* ]]; then\n"
           "            shift $((i - 1)) words\n"
           "            (( CURRENT -= i - 1 ))\n"
           "            _normal\n"
           "            return\n"
           "        fi\n"
           "        case \"$at/$words[i]\" in\n"
           "            "
        + pathsBelow(root)
        + ") at=\"$at/$words[i]\" ;;\n"
          "        esac\n"
          "    done\n"
          "    case \"$at $words[CURRENT-1]\" in\n"
        + values
        + "    esac\n"
          "    case \"$at\" in\n"
        + offers
        + "    esac\n"
          "}\n"
          "compdef _drover drover\n";
}

std::string fishCompletion(const CommandNode& root)
{
    std::string text = "# fish completion of drover: drover completion fish | source\n"
                       "function __drover_at\n"
                       "    set -l at drover\n"
                       "    for word in (commandline -opc)[2..-1]\n"
                       "        switch $at/$word\n"
                       "            case ";
    std::string paths = pathsBelow(root);
    std::ranges::replace(paths, '|', ' ');
    text += paths
        + "\n"
          "                set at $at/$word\n"
          "        end\n"
          "    end\n"
          "    test $at = $argv[1]\n"
          "end\n"
          "complete -c drover -e\n"
          "complete -c drover -f\n";
    walk(root, root.name, [&](const CommandNode& node, const std::string& path) {
        const std::string here = "complete -c drover -n '__drover_at " + path + "'";
        for (const CommandNode& each : node.commands)
            text += here + " -a " + each.name + " -d " + quotedFor(each.sentence, "\\'") + "\n";
        if (!node.words.empty())
            text += here + " -a " + quotedFor(joined(node.words), "\\'") + "\n";
        if (!node.wordsOf.empty())
            text += here + " -a '(" + node.wordsOf + " 2> /dev/null)'\n";
        for (const auto& option : node.options) {
            text += here;
            for (const std::string& name : option.names)
                text += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
            if (option.takesValue)
                text += option.isFile        ? " -r -F"
                    : option.choices.empty() ? " -x"
                                             : " -x -a " + quotedFor(joined(option.choices), "\\'");
            text += " -d " + quotedFor(option.sentence, "\\'") + "\n";
        }
        if (node.name == "run")
            text += here + " -x -a '(__fish_complete_command)'\n";
    });
    return text;
}

} // namespace drover::app
