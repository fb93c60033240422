// SPDX-License-Identifier: MIT
#include "app/command/print.h"
#include "app/command/view/terminal.h"

#include <QWinEventNotifier>

#include <array>
#include <chrono>

#include <windows.h>

using namespace std::chrono_literals;

namespace drover::app {

namespace {

constexpr std::string_view enter = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"; // other screen, no cursor, empty
constexpr std::string_view leave = "\x1b[0m\x1b[?25h\x1b[?1049l";

bool isConsole(DWORD which)
{
    DWORD mode = 0;
    return GetConsoleMode(GetStdHandle(which), &mode) != 0;
}

} // namespace

struct Terminal::System {
    HANDLE input = GetStdHandle(STD_INPUT_HANDLE);
    HANDLE output = GetStdHandle(STD_OUTPUT_HANDLE);
    DWORD inputMode = 0;
    DWORD outputMode = 0;
    UINT outputCodePage = 0;
};

Terminal::Terminal(QObject* parent)
    : QObject(parent)
    , m_system(std::make_unique<System>())
{
    m_escape.setSingleShot(true);
    m_escape.setInterval(50ms);
    connect(&m_escape, &QTimer::timeout, this, [this] {
        for (const KeyPress& key : m_keys.finish())
            Q_EMIT pressed(key);
    });
    GetConsoleMode(m_system->input, &m_system->inputMode);
    GetConsoleMode(m_system->output, &m_system->outputMode);
    m_system->outputCodePage = GetConsoleOutputCP();
    SetConsoleMode(m_system->input, ENABLE_VIRTUAL_TERMINAL_INPUT | ENABLE_WINDOW_INPUT);
    SetConsoleMode(m_system->output, ENABLE_PROCESSED_OUTPUT | ENABLE_VIRTUAL_TERMINAL_PROCESSING);
    SetConsoleOutputCP(CP_UTF8);
    write(enter);
    auto* notifier = new QWinEventNotifier(m_system->input, this);
    connect(notifier, &QWinEventNotifier::activated, this, [this] {
        std::array<INPUT_RECORD, 64> records;
        DWORD count = 0;
        if (!ReadConsoleInputW(m_system->input, records.data(), static_cast<DWORD>(records.size()), &count))
            return;
        std::string bytes;
        bool sizeChanged = false;
        for (DWORD i = 0; i < count; ++i) {
            const INPUT_RECORD& record = records[i];
            if (record.EventType == WINDOW_BUFFER_SIZE_EVENT)
                sizeChanged = true;
            else if (record.EventType == KEY_EVENT && record.Event.KeyEvent.bKeyDown) {
                const WCHAR letter = record.Event.KeyEvent.uChar.UnicodeChar;
                if (letter > 0 && letter < 128)
                    bytes += static_cast<char>(letter);
            }
        }
        if (sizeChanged)
            Q_EMIT resized();
        take(bytes);
    });
}

Terminal::~Terminal()
{
    write(leave);
    SetConsoleOutputCP(m_system->outputCodePage);
    SetConsoleMode(m_system->output, m_system->outputMode);
    SetConsoleMode(m_system->input, m_system->inputMode);
}

TerminalSize Terminal::size() const
{
    CONSOLE_SCREEN_BUFFER_INFO info = {};
    if (!GetConsoleScreenBufferInfo(m_system->output, &info))
        return {};
    return {info.srWindow.Right - info.srWindow.Left + 1, info.srWindow.Bottom - info.srWindow.Top + 1};
}

void Terminal::write(std::string_view text)
{
    DWORD written = 0;
    WriteFile(m_system->output, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
}

bool Terminal::usable()
{
    return isConsole(STD_INPUT_HANDLE) && isTerminal();
}

bool isTerminal()
{
    return isConsole(STD_OUTPUT_HANDLE);
}

} // namespace drover::app
