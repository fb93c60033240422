// SPDX-License-Identifier: MIT
#include "app/command/view/top_view.h"

#include "app/command/view/status_text.h"
#include "app/command/view/text_width.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace drover::app {

namespace {

using Front = TopState::Front;
using Pane = TopState::Pane;

constexpr std::string_view bold = "\x1b[1m";
constexpr std::string_view dim = "\x1b[2m";
constexpr std::string_view reverse = "\x1b[7m";
constexpr std::string_view red = "\x1b[31m";
constexpr std::string_view green = "\x1b[32m";
constexpr std::string_view yellow = "\x1b[33m";
constexpr std::string_view plain = "\x1b[0m";

/// Builds the lines of a screen.
class Screen {
public:
    Screen(const TopState& state, TerminalSize size)
        : m_colour(state.colour)
        , m_size(size)
    {
    }

    int left() const { return m_size.rows - static_cast<int>(m_lines.size()); }
    int columns() const { return m_size.columns; }

    /// A line cut and filled to the width of the screen.
    void add(std::string_view text, std::string_view style = {})
    {
        if (left() <= 0)
            return;
        const std::string line = fitted(text, m_size.columns);
        m_lines.push_back(m_colour && !style.empty() ? std::string(style) + line + std::string(plain) : line);
    }

    std::vector<std::string> take()
    {
        while (left() > 0)
            add("");
        return std::move(m_lines);
    }

private:
    bool m_colour;
    TerminalSize m_size;
    std::vector<std::string> m_lines = {};
};

/// A column of a list. Those with a higher `rank` go first when the screen is narrow.
struct Column {
    std::string title;
    int width = 8; ///< at least
    int grows = 0; ///< share of the room that is left
    Align align = Align::Right;
    int rank = 0;
};

/// The widths of columns on a screen; 0 for those that have no room.
std::vector<int> widthsOf(const std::vector<Column>& columns, int room)
{
    std::vector<int> widths(columns.size());
    const auto needed = [&] {
        int sum = 0;
        for (std::size_t i = 0; i < columns.size(); ++i)
            sum += widths[i] > 0 ? widths[i] + 1 : 0;
        return sum;
    };
    int highest = 0;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        widths[i] = columns[i].width;
        highest = std::max(highest, columns[i].rank);
    }
    for (int rank = highest; rank > 0 && needed() > room; --rank) {
        for (std::size_t i = 0; i < columns.size(); ++i)
            widths[i] = columns[i].rank == rank ? 0 : widths[i];
    }
    int shares = 0;
    for (std::size_t i = 0; i < columns.size(); ++i)
        shares += widths[i] > 0 ? columns[i].grows : 0;
    const int spare = std::max(0, room - needed());
    for (std::size_t i = 0; i < columns.size() && shares > 0; ++i)
        widths[i] += widths[i] > 0 ? spare * columns[i].grows / shares : 0;
    return widths;
}

std::string rowText(
    const std::vector<Column>& columns, const std::vector<int>& widths, const std::vector<std::string>& cells)
{
    std::string text;
    for (std::size_t i = 0; i < columns.size(); ++i) {
        if (widths[i] > 0)
            text += fitted(cells[i], widths[i], columns[i].align) + " ";
    }
    return text;
}

/// A list with a title, of which the part around the selected row is shown.
struct List {
    std::vector<Column> columns;
    std::vector<std::vector<std::string>> rows;
    std::size_t selected = 0;
    bool active = false;
};

void addList(Screen& screen, const List& list, int lines)
{
    constexpr int markWidth = 2;
    if (lines <= 0)
        return;
    const auto widths = widthsOf(list.columns, screen.columns() - markWidth);
    std::vector<std::string> titles;
    for (const Column& column : list.columns)
        titles.push_back(column.title);
    screen.add((list.active ? "* " : "  ") + rowText(list.columns, widths, titles), bold);
    const auto shown = static_cast<std::size_t>(lines - 1);
    std::size_t first = 0;
    if (list.selected >= shown && shown > 0)
        first = list.selected - shown + 1;
    for (std::size_t i = first; i < first + shown; ++i) {
        const bool selected = list.active && i == list.selected && i < list.rows.size();
        screen.add(i < list.rows.size() ? (selected ? "> " : "  ") + rowText(list.columns, widths, list.rows[i]) : "",
            selected ? reverse : std::string_view());
    }
}

/// The latest values as bars, newest at the right.
std::string sparkline(const std::vector<float>& values, int width, bool unicode)
{
    static constexpr std::array<std::string_view, 9> blocks = {
        " ", "\u2581", "\u2582", "\u2583", "\u2584", "\u2585", "\u2586", "\u2587", "\u2588"};
    static constexpr std::array<std::string_view, 9> letters = {" ", ".", ".", ":", "-", "=", "+", "*", "#"};
    if (width <= 0 || values.empty())
        return {};
    const std::size_t count = std::min(values.size(), static_cast<std::size_t>(width));
    const auto begin = values.end() - static_cast<std::ptrdiff_t>(count);
    const float most = std::max(1.0F, *std::max_element(begin, values.end()));
    std::string text(static_cast<std::size_t>(width) - count, ' ');
    for (auto value = begin; value != values.end(); ++value) {
        const float part = std::isfinite(*value) ? std::clamp(*value / most, 0.0F, 1.0F) : 0.0F;
        const auto step = *value > 0 ? std::max(1L, std::lround(part * 8)) : 0L;
        text += (unicode ? blocks : letters)[static_cast<std::size_t>(step)];
    }
    return text;
}

std::string_view styleOf(const drover::Snapshot& snapshot)
{
    switch (snapshot.state) {
    case drover::EngineState::Error:
        return red;
    case drover::EngineState::Draining:
    case drover::EngineState::Paused:
    case drover::EngineState::Starting:
        return yellow;
    case drover::EngineState::Busy:
    case drover::EngineState::Ready:
        return green;
    }
    return {};
}

void addHeader(Screen& screen, const drover::Snapshot& snapshot, const TopState& state)
{
    screen.add("Drover " + snapshot.address + (snapshot.demo ? "  DEMO: answers are simulated" : "")
            + (snapshot.version.empty() ? "" : "  " + snapshot.version) + "  up " + durationText(snapshot.upTime),
        bold);
    screen.add(snapshot.reasonText.empty() ? std::string(drover::name(snapshot.state)) : snapshot.reasonText,
        styleOf(snapshot));
    const std::string numbers = "running " + std::to_string(snapshot.running) + "/" + std::to_string(snapshot.slots)
        + "  waiting " + std::to_string(snapshot.waiting) + "  " + rateText(snapshot.tokensPerSecond) + " tok/s ";
    constexpr int sparklineMost = 120;
    const int room = std::min(sparklineMost, screen.columns() - displayWidth(numbers));
    screen.add(numbers + sparkline(snapshot.tokensHistory, room, state.unicode));
}

List usersList(const drover::Snapshot& snapshot, const TopState& state)
{
    List list{.columns = {{"USER", 10, 1, Align::Left}, {"SHARE", 5, 0, Align::Right, 2}, {"RUN", 4}, {"WAIT", 5},
                  {"REQS", 6, 0, Align::Right, 4}, {"TOKENS", 7, 0, Align::Right, 3}, {"TOK/S", 6, 0, Align::Right, 1}},
        .rows = {},
        .active = state.pane == Pane::Users};
    for (const drover::UserView& user : snapshot.users) {
        double rate = 0;
        for (const drover::JobView& job : snapshot.jobs)
            rate += job.state == drover::JobState::Running && job.user == user.name ? job.tokensPerSecond : 0;
        if (user.name == state.user)
            list.selected = list.rows.size();
        list.rows.push_back({user.name, std::to_string(std::lround(user.share * 100)) + "%",
            std::to_string(user.running), std::to_string(user.waiting), countText(user.requests),
            countText(user.outputTokens), rate > 0 ? rateText(rate) : "-"});
    }
    return list;
}

List jobsList(const drover::Snapshot& snapshot, const TopState& state)
{
    List list{
        .columns = {{"JOB", 5}, {"STATE", 7, 0, Align::Left}, {"USER", 8, 2, Align::Left},
            {"MODEL", 8, 2, Align::Left, 2}, {"WAITED", 7, 0, Align::Right, 3}, {"RAN", 7, 0, Align::Right, 4},
            {"TOKENS", 6, 0, Align::Right, 5}, {"TOK/S", 6, 0, Align::Right, 1}, {"BACKEND", 9, 1, Align::Left, 6}},
        .rows = {},
        .active = state.pane == Pane::Jobs};
    for (const drover::JobView& job : snapshot.jobs) {
        const bool runs = job.state == drover::JobState::Running;
        if (job.id == state.job)
            list.selected = list.rows.size();
        list.rows.push_back(
            {std::to_string(job.id), runs ? "running" : "#" + std::to_string(job.position), job.user, job.model,
                durationText(job.waited), runs ? durationText(job.ran) : "-", runs ? countText(job.outputTokens) : "-",
                runs ? rateText(job.tokensPerSecond) : "-", runs ? job.backend : std::string(drover::name(job.lane))});
    }
    return list;
}

void addLists(Screen& screen, const drover::Snapshot& snapshot, const TopState& state)
{
    constexpr int usersLeast = 2;
    const int room = screen.left() - 1; // the last line is the footer
    const int wanted = static_cast<int>(snapshot.users.size()) + 1;
    const int users = room < 5 ? 0 : std::clamp(wanted, usersLeast, std::max(usersLeast, room * 2 / 5));
    addList(screen, usersList(snapshot, state), users);
    addList(screen, jobsList(snapshot, state), room - users);
}

void addHelp(Screen& screen)
{
    for (const std::string_view line : {"", "  j k, arrows, PgUp, PgDn, Home, End   select", "  Tab      users or jobs",
             "  Enter    details of the job", "  c        cancel the job", "  n        let the waiting job start next",
             "  p        pause, or resume", "  h ?      this help", "  q Esc    quit"})
        screen.add(screen.left() > 1 ? line : std::string_view());
}

void addDetail(Screen& screen, const drover::Snapshot& snapshot, drover::JobId id)
{
    const auto found = std::ranges::find(snapshot.jobs, id, &drover::JobView::id);
    if (found == snapshot.jobs.end()) {
        const auto ended =
            std::ranges::find_if(snapshot.finished, [&](const drover::FinishedJob& each) { return each.job.id == id; });
        screen.add(ended == snapshot.finished.end() ? "  The job has ended."
                                                    : "  The job has ended: "
                    + std::string(drover::name(ended->outcome)) + (ended->reason.empty() ? "" : ". " + ended->reason));
        return;
    }
    const drover::JobView& job = *found;
    const bool runs = job.state == drover::JobState::Running;
    const std::array<std::pair<std::string_view, std::string>, 12> facts = {
        {{"job", std::to_string(job.id)}, {"request", job.requestId}, {"user", job.user}, {"model", job.model},
            {"state", runs ? "running on " + job.backend : "waiting, place " + std::to_string(job.position)},
            {"lane", std::string(drover::name(job.lane))},
            {"asked for", job.path + (job.streamed ? " (streamed)" : "")}, {"waited", durationText(job.waited)},
            {"ran", runs ? durationText(job.ran) : "-"}, {"prompt", countText(job.promptTokens) + " tokens"},
            {"answer", countText(job.outputTokens) + " tokens"}, {"speed", rateText(job.tokensPerSecond) + " tok/s"}}};
    for (const auto& [name, value] : facts) {
        if (screen.left() > 1)
            screen.add("  " + fitted(name, 10) + " " + value);
    }
}

std::string footer(const drover::Snapshot& snapshot, const TopState& state, int columns)
{
    if (state.front == Front::AskCancel) {
        const auto job = std::ranges::find(snapshot.jobs, state.asked, &drover::JobView::id);
        return "Cancel job " + std::to_string(state.asked)
            + (job == snapshot.jobs.end() ? "" : " of " + printable(job->user)) + "? y/n";
    }
    if (!state.message.empty())
        return state.message;
    if (state.front == Front::Help)
        return "any key: back";
    if (state.front == Front::Detail)
        return "Esc back  c cancel  n next  q quit";
    constexpr int wholeWidth = 72;
    if (columns < wholeWidth)
        return std::string("q quit  h help  c cancel  n next  p ") + (snapshot.paused ? "on" : "off");
    return std::string("q quit  h help  Tab pane  Enter detail  c cancel  n next  p ")
        + (snapshot.paused ? "resume" : "pause");
}

} // namespace

std::vector<std::string> renderTop(const drover::Snapshot& snapshot, const TopState& state, TerminalSize size)
{
    Screen screen(state, {std::max(1, size.columns), std::max(1, size.rows)});
    if (!state.connected) {
        screen.add("Drover is not running.", yellow);
        screen.add("Start it: drover serve. This view goes on by itself as soon as it answers.");
        while (screen.left() > 1)
            screen.add("");
        screen.add("q quit", dim);
        return screen.take();
    }
    addHeader(screen, snapshot, state);
    if (state.front == Front::Help)
        addHelp(screen);
    else if (state.front == Front::Detail)
        addDetail(screen, snapshot, state.asked);
    else
        addLists(screen, snapshot, state);
    while (screen.left() > 1)
        screen.add("");
    screen.add(footer(snapshot, state, size.columns),
        state.front == Front::AskCancel || !state.message.empty() ? yellow : dim);
    return screen.take();
}

} // namespace drover::app
