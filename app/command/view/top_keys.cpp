// SPDX-License-Identifier: MIT
#include "app/command/view/top_view.h"

#include <algorithm>

namespace drover::app {

namespace {

using Key = KeyPress::Key;
using Front = TopState::Front;
using Pane = TopState::Pane;
using Kind = TopRequest::Kind;

/// How far a key moves in a list; nothing when it is no such key.
std::optional<int> movement(const KeyPress& key, int page)
{
    constexpr int far = 1'000'000;
    switch (key.key) {
    case Key::Up:
        return -1;
    case Key::Down:
        return 1;
    case Key::PageUp:
        return -page;
    case Key::PageDown:
        return page;
    case Key::Home:
        return -far;
    case Key::End:
        return far;
    case Key::Letter:
        if (key.letter == 'j')
            return 1;
        if (key.letter == 'k')
            return -1;
        if (key.letter == 'g')
            return -far;
        if (key.letter == 'G')
            return far;
        return {};
    case Key::Tab:
    case Key::Enter:
    case Key::Escape:
        return {};
    }
    return {};
}

std::size_t moved(std::size_t from, int by, std::size_t size)
{
    const auto last = static_cast<std::int64_t>(size) - 1;
    return static_cast<std::size_t>(std::clamp<std::int64_t>(static_cast<std::int64_t>(from) + by, 0, last));
}

const drover::JobView* selectedJob(const TopState& state, const drover::Snapshot& snapshot)
{
    const auto found = std::ranges::find(snapshot.jobs, state.job, &drover::JobView::id);
    if (found != snapshot.jobs.end())
        return &*found;
    return snapshot.jobs.empty() ? nullptr : &snapshot.jobs.front();
}

void move(TopState& state, const drover::Snapshot& snapshot, int by)
{
    if (state.pane == Pane::Jobs) {
        if (const auto* job = selectedJob(state, snapshot))
            state.job =
                snapshot.jobs[moved(static_cast<std::size_t>(job - snapshot.jobs.data()), by, snapshot.jobs.size())].id;
        return;
    }
    if (snapshot.users.empty())
        return;
    const auto found = std::ranges::find(snapshot.users, state.user, &drover::UserView::name);
    const std::size_t at = found == snapshot.users.end() ? 0 : static_cast<std::size_t>(found - snapshot.users.begin());
    state.user = snapshot.users[moved(at, by, snapshot.users.size())].name;
}

/// A letter while the lists, or a job's details, are in front.
TopRequest command(TopState& state, const drover::Snapshot& snapshot, char letter)
{
    const bool detail = state.front == Front::Detail;
    const drover::JobView* job = nullptr;
    if (detail) {
        const auto found = std::ranges::find(snapshot.jobs, state.asked, &drover::JobView::id);
        job = found == snapshot.jobs.end() ? nullptr : &*found;
    } else
        job = selectedJob(state, snapshot);
    switch (letter) {
    case 'q':
        return {Kind::Quit};
    case 'h':
    case '?':
        state.front = Front::Help;
        return {};
    case 'c':
        if (job) {
            state.asked = job->id;
            state.front = Front::AskCancel;
        } else
            state.message = "No job is selected.";
        return {};
    case 'n':
        if (job && job->state == drover::JobState::Waiting)
            return {Kind::Next, job->id};
        state.message = job ? "This job runs already." : "No job is selected.";
        return {};
    case 'p':
        return {snapshot.paused ? Kind::Resume : Kind::Pause};
    default:
        return {};
    }
}

} // namespace

TopStep pressKey(TopState state, const drover::Snapshot& snapshot, const KeyPress& key, TerminalSize size)
{
    state.message.clear();
    const bool isLetter = key.key == Key::Letter;
    if (state.front == Front::AskCancel) {
        const bool yes = isLetter && (key.letter == 'y' || key.letter == 'Y');
        const drover::JobId job = state.asked;
        state.front = Front::Lists;
        if (!yes)
            return {std::move(state), {}};
        return {std::move(state), {Kind::Cancel, job}};
    }
    if (state.front == Front::Help) {
        state.front = Front::Lists; // any key
        return {std::move(state), {}};
    }
    if (key.key == Key::Escape || key.key == Key::Enter) {
        if (state.front == Front::Detail)
            state.front = Front::Lists;
        else if (key.key == Key::Escape)
            return {std::move(state), {Kind::Quit}};
        else if (const auto* job = selectedJob(state, snapshot); job && state.pane == Pane::Jobs) {
            state.asked = job->id;
            state.front = Front::Detail;
        }
        return {std::move(state), {}};
    }
    if (key.key == Key::Tab)
        state.pane = state.pane == Pane::Jobs ? Pane::Users : Pane::Jobs;
    else if (const auto by = movement(key, std::max(1, size.rows / 2)); by && state.front == Front::Lists)
        move(state, snapshot, *by);
    else if (isLetter) {
        const TopRequest request = command(state, snapshot, key.letter);
        return {std::move(state), request};
    }
    return {std::move(state), {}};
}

} // namespace drover::app
