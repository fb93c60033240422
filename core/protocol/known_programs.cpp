// SPDX-License-Identifier: MIT
#include "core/protocol/known_programs.h"

#include <algorithm>
#include <iterator>
#include <string>

namespace drover {

namespace {

struct Row {
    std::string_view key; ///< lower case, words joined by `-`
    std::string_view name;
};

// Programs whose file name is not what a person would say.
constexpr Row rows[] = {
    {"alacritty", "Alacritty"},
    {"alpaca", "Alpaca"},
    {"anaconda-navigator", "Anaconda"},
    {"android-studio", "Android Studio"},
    {"anything-llm", "AnythingLLM"},
    {"anythingllm", "AnythingLLM"},
    {"anythingllm-desktop", "AnythingLLM"},
    {"anythingllmdesktop", "AnythingLLM"},
    {"big-agi", "big-AGI"},
    {"brave", "Brave"},
    {"brave-browser", "Brave"},
    {"cherry-studio", "Cherry Studio"},
    {"cherrystudio", "Cherry Studio"},
    {"chrome", "Chrome"},
    {"chromium", "Chromium"},
    {"chromium-browser", "Chromium"},
    {"claude", "Claude"},
    {"claude-code", "Claude Code"},
    {"clion", "CLion"},
    {"code", "VS Code"},
    {"code-insiders", "VS Code Insiders"},
    {"code-oss", "VS Code"},
    {"code-tunnel", "VS Code"},
    {"codex", "Codex"},
    {"codium", "VSCodium"},
    {"com.intellij.idea.main", "JetBrains IDE"},
    {"comfyui", "ComfyUI"},
    {"cursor", "Cursor"},
    {"datagrip", "DataGrip"},
    {"discord", "Discord"},
    {"element-desktop", "Element"},
    {"emacs", "Emacs"},
    {"emacs-gtk", "Emacs"},
    {"enchanted", "Enchanted"},
    {"epiphany", "GNOME Web"},
    {"firefox", "Firefox"},
    {"firefox-bin", "Firefox"},
    {"firefox-developer-edition", "Firefox"},
    {"firefox-esr", "Firefox"},
    {"gimp", "GIMP"},
    {"gnome-terminal-server", "GNOME Terminal"},
    {"goland", "GoLand"},
    {"google-chrome", "Chrome"},
    {"gpt4all", "GPT4All"},
    {"home-assistant", "Home Assistant"},
    {"homeassistant", "Home Assistant"},
    {"hass", "Home Assistant"},
    {"idea", "IntelliJ IDEA"},
    {"idea64", "IntelliJ IDEA"},
    {"insomnia", "Insomnia"},
    {"ipykernel", "Jupyter"},
    {"ipykernel-launcher", "Jupyter"},
    {"iterm2", "iTerm"},
    {"jan", "Jan"},
    {"joplin", "Joplin"},
    {"joplin-desktop", "Joplin"},
    {"jupyter-lab", "Jupyter"},
    {"jupyter-notebook", "Jupyter"},
    {"jupyterlab", "Jupyter"},
    {"kate", "Kate"},
    {"kilo-code", "Kilo Code"},
    {"kitty", "kitty"},
    {"konsole", "Konsole"},
    {"langflow", "Langflow"},
    {"librechat", "LibreChat"},
    {"librewolf", "LibreWolf"},
    {"lm-studio", "LM Studio"},
    {"lmstudio", "LM Studio"},
    {"lobehub", "LobeHub"},
    {"logseq", "Logseq"},
    {"microsoft-edge", "Edge"},
    {"microsoft-edge-dev", "Edge"},
    {"msedge", "Edge"},
    {"msedgewebview2", "Edge WebView"},
    {"msty", "Msty"},
    {"n8n", "n8n"},
    {"neovim", "Neovim"},
    {"notion", "Notion"},
    {"nvim", "Neovim"},
    {"obsidian", "Obsidian"},
    {"ollama-app", "Ollama"},
    {"onlyoffice-desktopeditors", "ONLYOFFICE"},
    {"open-webui", "Open WebUI"},
    {"opencode", "opencode"},
    {"opera", "Opera"},
    {"page-assist", "Page Assist"},
    {"perplexica", "Perplexica"},
    {"phpstorm", "PhpStorm"},
    {"plasmashell", "Plasma"},
    {"postman", "Postman"},
    {"powershell-ise", "PowerShell"},
    {"privategpt", "PrivateGPT"},
    {"pycharm", "PyCharm"},
    {"pycharm64", "PyCharm"},
    {"qutebrowser", "qutebrowser"},
    {"rider", "Rider"},
    {"rider64", "Rider"},
    {"rustrover", "RustRover"},
    {"safari", "Safari"},
    {"sillytavern", "SillyTavern"},
    {"slack", "Slack"},
    {"soffice", "LibreOffice"},
    {"soffice.bin", "LibreOffice"},
    {"sublime-text", "Sublime Text"},
    {"tabby", "Tabby"},
    {"thunderbird", "Thunderbird"},
    {"thunderbird-bin", "Thunderbird"},
    {"vesktop", "Vesktop"},
    {"visual-studio-code", "VS Code"},
    {"vivaldi", "Vivaldi"},
    {"vivaldi-bin", "Vivaldi"},
    {"vscodium", "VSCodium"},
    {"warp", "Warp"},
    {"warp-terminal", "Warp"},
    {"webstorm", "WebStorm"},
    {"webstorm64", "WebStorm"},
    {"wezterm-gui", "WezTerm"},
    {"windsurf", "Windsurf"},
    {"windsurf-next", "Windsurf"},
    {"witsy", "Witsy"},
    {"zed", "Zed"},
    {"zed-editor", "Zed"},
    {"zeditor", "Zed"},
    {"zen", "Zen"},
    {"zen-bin", "Zen"},
    {"zotero", "Zotero"},
    {"zotero-bin", "Zotero"},
};

std::string keyOf(std::string_view name)
{
    std::string key(name);
    for (char& c : key) {
        if (c == '_' || c == ' ')
            c = '-';
        else if (c >= 'A' && c <= 'Z')
            c = static_cast<char>(c - 'A' + 'a');
    }
    return key;
}

} // namespace

std::string_view knownProgram(std::string_view name)
{
    const std::string key = keyOf(name);
    const auto row = std::find_if(std::begin(rows), std::end(rows), [&](const Row& each) { return each.key == key; });
    return row == std::end(rows) ? std::string_view() : row->name;
}

} // namespace drover
