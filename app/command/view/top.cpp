// SPDX-License-Identifier: MIT
#include "app/command/view/top.h"

#include "app/command/client/event_stream.h"
#include "app/command/control_commands.h"
#include "app/command/print.h"
#include "app/command/service/stop_signals.h"

#include <QCoreApplication>
#include <QOperatingSystemVersion>

#include <chrono>

using namespace std::chrono_literals;

namespace drover::app {

namespace {

std::string textOf(const Environment& environment, const std::string& name)
{
    const auto found = environment.find(name);
    return found == environment.end() ? std::string() : found->second;
}

/// True when the locale's letters are UTF-8 (setlocale(3): LC_ALL, else LC_CTYPE, else LANG).
bool speaksUnicode(const Environment& environment)
{
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const std::string locale = textOf(environment, name);
        if (!locale.empty())
            return locale.find("UTF-8") != std::string::npos || locale.find("utf8") != std::string::npos
                || locale.find("UTF8") != std::string::npos || locale.find("utf-8") != std::string::npos;
    }
    return QOperatingSystemVersion::currentType() == QOperatingSystemVersion::Windows;
}

} // namespace

Top::Top(Act act, const Environment& environment, QObject* parent)
    : QObject(parent)
    , m_act(std::move(act))
{
    m_state.colour = textOf(environment, "NO_COLOR").empty();
    m_state.unicode = speaksUnicode(environment);
    m_soon.setSingleShot(true);
    m_soon.setInterval(100ms);
    connect(&m_soon, &QTimer::timeout, this, &Top::draw);
    connect(&m_terminal, &Terminal::pressed, this, &Top::press);
    connect(&m_terminal, &Terminal::resized, this, &Top::draw);
    connect(&m_terminal, &Terminal::closed, this, &Top::quit);
    draw();
}

void Top::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    m_state.connected = true;
    drawSoon();
}

void Top::showLost()
{
    m_state.connected = false;
    m_state.front = TopState::Front::Lists;
    drawSoon();
}

void Top::press(const KeyPress& key)
{
    if (!m_state.connected) {
        if (key.key == KeyPress::Key::Escape || (key.key == KeyPress::Key::Letter && key.letter == 'q'))
            Q_EMIT quit();
        return;
    }
    TopStep step = pressKey(m_state, m_snapshot, key, m_terminal.size());
    m_state = std::move(step.state);
    if (step.request.kind == TopRequest::Kind::Quit) {
        Q_EMIT quit();
        return;
    }
    if (step.request.kind != TopRequest::Kind::Nothing)
        m_state.message = m_act(step.request);
    draw();
}

void Top::drawSoon()
{
    if (!m_soon.isActive())
        m_soon.start();
}

/// Writes only lines that are different, so that a slow terminal has little to do.
void Top::draw()
{
    const TerminalSize size = m_terminal.size();
    auto lines = renderTop(m_snapshot, m_state, size);
    std::string text;
    if (size != m_drawnSize) {
        text = "\x1b[0m\x1b[2J";
        m_drawn.clear();
    }
    for (std::size_t i = 0; i < lines.size(); ++i) {
        if (i < m_drawn.size() && m_drawn[i] == lines[i])
            continue;
        text += "\x1b[" + std::to_string(i + 1) + ";1H" + lines[i];
    }
    m_terminal.write(text);
    m_drawn = std::move(lines);
    m_drawnSize = size;
}

ExitCode top(const Target& target, const Environment& environment)
{
    if (!Terminal::usable()) {
        const auto called = target.client().snapshot();
        if (const auto* trouble = std::get_if<CallTrouble>(&called))
            return endWith(*trouble);
        complain("top needs a terminal; without one: drover status --watch");
        return ExitCode::Failed;
    }
    const auto act = [&target](const TopRequest& request) -> std::string {
        using Kind = TopRequest::Kind;
        const std::string id = "?id=" + std::to_string(request.job);
        std::string path = "/control/";
        switch (request.kind) {
        case Kind::Cancel:
            path += "cancel" + id;
            break;
        case Kind::Next:
            path += "next" + id;
            break;
        case Kind::Pause:
            path += "pause";
            break;
        case Kind::Resume:
            path += "resume";
            break;
        case Kind::Nothing:
        case Kind::Quit:
            return {};
        }
        constexpr auto limit = 2s; // the picture stands still for as long
        const auto called = StatusClient(target.status, target.token, limit).control("POST", path);
        const auto* trouble = std::get_if<CallTrouble>(&called);
        return trouble ? trouble->sentence : std::string();
    };
    StopSignals signalsOfSystem;
    Top view(act, environment);
    EventStream events(target.status);
    QObject::connect(&events, &EventStream::changed, &view,
        [&view](const QByteArray&, const drover::Snapshot& snapshot) { view.show(snapshot); });
    QObject::connect(&events, &EventStream::lost, &view, &Top::showLost);
    QObject::connect(&view, &Top::quit, qApp, &QCoreApplication::quit, Qt::QueuedConnection);
    QObject::connect(&signalsOfSystem, &StopSignals::stopRequested, qApp, &QCoreApplication::quit);
    QObject::connect(&signalsOfSystem, &StopSignals::reloadRequested, qApp, &QCoreApplication::quit);
    events.start();
    QCoreApplication::exec();
    return ExitCode::Ok;
}

} // namespace drover::app
