// SPDX-License-Identifier: MIT
#include "app/command/print.h"
#include "app/command/view/terminal.h"

#include <QSocketNotifier>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <fcntl.h>
#include <poll.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

using namespace std::chrono_literals;

namespace drover::app {

namespace {

constexpr std::string_view enter = "\x1b[?1049h\x1b[?25l\x1b[H\x1b[2J"; // other screen, no cursor, empty
constexpr std::string_view leave = "\x1b[0m\x1b[?25h\x1b[?1049l";

// A signal handler can only reach what is static.
termios before = {};
bool taken = false;
int resizeIn = -1;

void giveBack()
{
    if (!taken)
        return;
    taken = false;
    [[maybe_unused]] const auto written = ::write(STDOUT_FILENO, leave.data(), leave.size());
    ::tcsetattr(STDIN_FILENO, TCSANOW, &before);
}

void crash(int signal)
{
    giveBack();
    ::signal(signal, SIG_DFL);
    ::raise(signal);
}

void tellResize(int)
{
    const int kept = errno;
    [[maybe_unused]] const auto written = ::write(resizeIn, "r", 1);
    errno = kept;
}

void handle(int signal, void (*handler)(int))
{
    struct sigaction action = {};
    action.sa_handler = handler;
    action.sa_flags = SA_RESTART;
    sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
}

constexpr std::array crashes = {SIGSEGV, SIGABRT, SIGBUS, SIGFPE, SIGILL};

} // namespace

struct Terminal::System {
    int resizeOut = -1;
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
    ::tcgetattr(STDIN_FILENO, &before);
    termios raw = before;
    raw.c_lflag &= ~static_cast<tcflag_t>(ICANON | ECHO | ISIG | IEXTEN);
    raw.c_iflag &= ~static_cast<tcflag_t>(ICRNL | IXON);
    raw.c_cc[VMIN] = 0;
    raw.c_cc[VTIME] = 0;
    taken = true;
    ::tcsetattr(STDIN_FILENO, TCSANOW, &raw);
    for (const int signal : crashes)
        handle(signal, crash);
    write(enter);

    std::array<int, 2> ends = {-1, -1};
    if (::pipe(ends.data()) == 0) {
        for (const int end : ends) {
            ::fcntl(end, F_SETFD, FD_CLOEXEC);
            ::fcntl(end, F_SETFL, O_NONBLOCK);
        }
        m_system->resizeOut = ends[0];
        resizeIn = ends[1];
        handle(SIGWINCH, tellResize);
        auto* resize = new QSocketNotifier(ends[0], QSocketNotifier::Read, this);
        connect(resize, &QSocketNotifier::activated, this, [this] {
            std::array<char, 64> bytes;
            while (::read(m_system->resizeOut, bytes.data(), bytes.size()) > 0) { }
            Q_EMIT resized();
        });
    }
    auto* input = new QSocketNotifier(STDIN_FILENO, QSocketNotifier::Read, this);
    connect(input, &QSocketNotifier::activated, this, [this, input] {
        std::array<char, 256> bytes;
        const auto count = ::read(STDIN_FILENO, bytes.data(), bytes.size());
        if (count > 0)
            take({bytes.data(), static_cast<std::size_t>(count)});
        else if (count == 0 || (errno != EAGAIN && errno != EINTR)) {
            input->setEnabled(false);
            Q_EMIT closed();
        }
    });
}

Terminal::~Terminal()
{
    handle(SIGWINCH, SIG_DFL);
    for (const int signal : crashes)
        handle(signal, SIG_DFL);
    giveBack();
    if (m_system->resizeOut >= 0) {
        ::close(m_system->resizeOut);
        ::close(resizeIn);
        resizeIn = -1;
    }
}

TerminalSize Terminal::size() const
{
    winsize system = {};
    if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &system) != 0 || system.ws_col == 0 || system.ws_row == 0)
        return {};
    return {system.ws_col, system.ws_row};
}

void Terminal::write(std::string_view text)
{
    constexpr int patienceMs = 1'000; // a terminal that takes nothing for longer loses the picture, not the program
    while (!text.empty()) {
        const auto count = ::write(STDOUT_FILENO, text.data(), text.size());
        if (count > 0) {
            text.remove_prefix(static_cast<std::size_t>(count));
            continue;
        }
        if (count < 0 && errno == EINTR)
            continue;
        pollfd waiting = {STDOUT_FILENO, POLLOUT, 0};
        if (count < 0 && errno == EAGAIN && ::poll(&waiting, 1, patienceMs) > 0)
            continue;
        return;
    }
}

bool Terminal::usable()
{
    const char* term = std::getenv("TERM");
    return ::isatty(STDIN_FILENO) && isTerminal() && term && *term && std::string_view(term) != "dumb";
}

bool isTerminal()
{
    const char* term = std::getenv("TERM");
    return ::isatty(STDOUT_FILENO) && term && std::string_view(term) != "dumb";
}

} // namespace drover::app
