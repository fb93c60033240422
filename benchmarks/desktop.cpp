// SPDX-License-Identifier: MIT
// How long the GUI thread is busy with snapshots, how long the tray's menu takes to open, and what an open dialog does
// to streams. Prints JSON. Needs a display, real or QT_QPA_PLATFORM=offscreen.
#include "app/engine_bridge.h"
#include "app/queue_control.h"
#include "app/tray/tray_menu.h"
#include "app/tray/tray_status.h"
#include "app/window/main_window.h"
#include "app/window/page.h"
#include "app/window/quit_question.h"
#include "app/window/style.h"

#include "core/api/engine.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QHostAddress>
#include <QMenu>
#include <QTcpSocket>
#include <QThread>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <memory>
#include <vector>

namespace {

using namespace drover::app;
using namespace std::chrono_literals;

constexpr int jobsShown = 1000;
constexpr int usersShown = 50;

class NoControl : public QueueControl {
public:
    void pause(std::optional<drover::WallTime>) override { }
    void resume() override { }
    void cancelJobs(const std::vector<drover::JobId>&) override { }
    void startNext(drover::JobId) override { }
    void startRuntime() override { }
    void startAgain() override { }
};

drover::JobView job(drover::JobId id)
{
    drover::JobView view;
    view.id = id;
    view.requestId = "req_" + std::to_string(id);
    view.user = "app " + std::to_string(id % usersShown);
    view.model = "llama3.2:3b";
    view.path = "/api/chat";
    view.state = drover::JobState::Waiting;
    return view;
}

/// A full queue in which all waits grow, four jobs make tokens and one ends and one comes at each step.
class Crowd {
public:
    Crowd()
    {
        m_snapshot.version = "0.1.0";
        m_snapshot.address = "127.0.0.1:11435";
        m_snapshot.slots = 4;
        m_snapshot.tokensHistory.assign(600, 40);
        for (; m_next <= jobsShown; ++m_next)
            m_snapshot.jobs.push_back(job(m_next));
        for (int user = 0; user < usersShown; ++user)
            m_snapshot.users.push_back({.name = "app " + std::to_string(user), .waiting = 20, .share = 0.02});
        m_snapshot.backends = {
            {.name = "Ollama", .url = "http://127.0.0.1:11434", .state = drover::BackendState::Ready, .slots = 4}};
    }

    const drover::Snapshot& step()
    {
        auto& jobs = m_snapshot.jobs;
        jobs.erase(jobs.begin());
        jobs.push_back(job(m_next++));
        for (std::size_t at = 0; at < jobs.size(); ++at) {
            const bool runs = at < 4;
            jobs[at].state = runs ? drover::JobState::Running : drover::JobState::Waiting;
            jobs[at].position = runs ? 0 : static_cast<std::uint32_t>(at - 3);
            (runs ? jobs[at].ran : jobs[at].waited) += 1s;
            jobs[at].outputTokens += runs ? 40 : 0;
        }
        m_snapshot.running = 4;
        m_snapshot.waiting = jobsShown - 4;
        std::rotate(
            m_snapshot.tokensHistory.begin(), m_snapshot.tokensHistory.begin() + 1, m_snapshot.tokensHistory.end());
        m_snapshot.tokensHistory.back() = static_cast<float>(m_next % 90);
        m_snapshot.state = drover::EngineState::Busy;
        explain(
            m_snapshot, drover::give("busy", {"4", std::to_string(m_snapshot.waiting), " (app 1, app 2 and 48 more)"}));
        ++m_snapshot.sequence;
        return m_snapshot;
    }

private:
    drover::Snapshot m_snapshot = {};
    drover::JobId m_next = 1;
};

double milliseconds(const QElapsedTimer& since)
{
    return static_cast<double>(since.nsecsElapsed()) / 1e6;
}

struct Times {
    double median = 0;
    double most = 0;
};

Times timesOf(std::vector<double> all)
{
    std::ranges::sort(all);
    return {all[all.size() / 2], all.back()};
}

/// The GUI thread's time for one snapshot: models, views and painting.
Times block(PageId page)
{
    NoControl control;
    MainWindow window(control);
    window.goToPage(page);
    Crowd crowd;
    window.show(crowd.step());
    window.raiseToPerson();
    QApplication::processEvents();
    std::vector<double> all;
    constexpr int steps = 100;
    for (int step = 0; step < steps; ++step) {
        const drover::Snapshot copy = crowd.step(); // as the bridge delivers it
        QElapsedTimer time;
        time.start();
        window.show(copy);
        QApplication::processEvents();
        all.push_back(milliseconds(time));
    }
    return timesOf(all);
}

Times menu()
{
    NoControl control;
    TrayStatus status;
    TrayMenu menu(status, control);
    Crowd crowd;
    std::vector<double> all;
    constexpr int openings = 30;
    for (int opening = 0; opening < openings; ++opening) {
        QElapsedTimer time;
        time.start();
        status.show(crowd.step());
        menu.menu()->popup(QPoint(100, 100));
        QApplication::processEvents();
        all.push_back(milliseconds(time));
        menu.menu()->hide();
        QApplication::processEvents();
    }
    return timesOf(all);
}

/// Bytes of streams that clients of a thread of their own get in some time.
class Streams {
public:
    explicit Streams(quint16 port)
        : m_thread(QThread::create([this, port] { run(port); }))
    {
        m_thread->start();
    }
    ~Streams()
    {
        m_ends = true;
        m_thread->wait();
    }
    std::uint64_t bytes() const { return m_bytes; }

private:
    void run(quint16 port)
    {
        const QByteArray body =
            R"({"model":"demo","prompt":"tell me a very long story","options":{"num_predict":100000}})";
        while (!m_ends) {
            QTcpSocket socket;
            socket.connectToHost(QHostAddress(QHostAddress::LocalHost), port);
            if (!socket.waitForConnected(1000))
                continue;
            socket.write("POST /api/generate HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: "
                + QByteArray::number(body.size()) + "\r\nConnection: close\r\n\r\n" + body);
            while (!m_ends && socket.waitForReadyRead(1000))
                m_bytes += static_cast<std::uint64_t>(socket.readAll().size());
        }
    }

    std::atomic<bool> m_ends = false;
    std::atomic<std::uint64_t> m_bytes = 0;
    std::unique_ptr<QThread> m_thread;
};

/// Bytes a second while the event loop runs for so long.
double rate(const Streams& streams, std::chrono::milliseconds duration)
{
    QElapsedTimer time;
    time.start();
    const auto before = streams.bytes();
    while (time.elapsed() < duration.count())
        QApplication::processEvents(QEventLoop::WaitForMoreEvents | QEventLoop::AllEvents, 20);
    return static_cast<double>(streams.bytes() - before) * 1000 / static_cast<double>(time.elapsed());
}

struct StreamRates {
    double alone = 0;
    double underDialog = 0;
};

StreamRates streams()
{
    drover::Config config;
    config.port = 0;
    config.statusPort = 0;
    config.demo = true;
    const auto engine = drover::makeEngine(config, {});
    if (!engine->start())
        return {};
    NoControl control;
    MainWindow window(control);
    EngineBridge bridge(*engine);
    QObject::connect(
        &bridge, &EngineBridge::changed, &window, [&window](const drover::Snapshot& shown) { window.show(shown); });
    window.raiseToPerson();
    const auto address = QString::fromStdString(engine->snapshot().address);
    Streams clients(address.section(QLatin1Char(':'), -1).toUShort());
    rate(clients, 1s);
    StreamRates rates;
    rates.alone = rate(clients, 5s);
    QuitQuestion question(QuitQuestion::When::Working, 1, &window);
    question.setAttribute(Qt::WA_DeleteOnClose, false);
    question.open();
    rates.underDialog = rate(clients, 5s);
    question.hide();
    return rates;
}

} // namespace

int main(int count, char** words)
{
    QApplication application(count, words);
    applyTheme(application, ColorScheme::Light);
    const Times now = block(PageId::Now);
    const Times queue = block(PageId::Queue);
    const Times opening = menu();
    const StreamRates flow = streams();
    std::printf("{\"now_ms\": [%.2f, %.2f], \"queue_ms\": [%.2f, %.2f], \"menu_ms\": [%.2f, %.2f], "
                "\"stream_bytes_per_s\": [%.0f, %.0f]}\n",
        now.median, now.most, queue.median, queue.most, opening.median, opening.most, flow.alone, flow.underDialog);
    return 0;
}
