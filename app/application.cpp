// SPDX-License-Identifier: MIT
#include "app/application.h"

#include "app/window/close_question.h"
#include "app/window/quit_question.h"
#include "app/window/style.h"

#include <QApplication>
#include <QEvent>
#include <QSettings>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds forEver = -1ms;
constexpr std::chrono::milliseconds gentleEndMax = 60s;
constexpr auto geometryKey = "window/geometry";
constexpr auto closingKey = "window/closing"; ///< what closing does where there is no tray
constexpr auto minimises = "minimises";
constexpr auto quits = "quits";

QSettings rememberedThings()
{
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("drover"), QStringLiteral("window"));
}

} // namespace

Application::Application(QApplication& application, SystemColors& colors, Needs needs)
    : m_application(application)
    , m_colors(colors)
    , m_needs(std::move(needs))
    , m_window(*this)
    , m_tray(m_status, m_colors)
    , m_menu(m_status, *this)
{
    application.setQuitOnLastWindowClosed(false);
    application.installEventFilter(this);
    connect(&m_colors, &SystemColors::changed, this, [this] { applyTheme(m_application, m_colors.windows()); });
    connect(&m_window, &MainWindow::closeAsked, this, &Application::closeWindow);
    connect(&m_window, &MainWindow::quitAsked, this, &Application::askToQuit);
    connect(&m_menu, &TrayMenu::windowAsked, &m_window, &MainWindow::raiseToPerson);
    connect(&m_menu, &TrayMenu::quitAsked, this, &Application::askToQuit);
    connect(&m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            m_window.raiseToPerson();
    });
    m_tray.setContextMenu(m_menu.menu());
    restoreWindow();
}

Application::~Application() = default;

void Application::begin(Start start)
{
    m_tray.show();
    if (start == Start::WithWindow || !trayIsThere())
        m_window.raiseToPerson();
    startEngine();
}

void Application::startEngine()
{
    m_bridge = std::make_unique<EngineBridge>(m_needs.makeEngine, m_needs.log);
    connect(m_bridge.get(), &EngineBridge::changed, this, &Application::show);
    connect(m_bridge.get(), &EngineBridge::shutdownAsked, this, &Application::endGently);
    connect(m_bridge.get(), &EngineBridge::reloadAsked, this, &Application::reload);
    connect(m_bridge.get(), &EngineBridge::drained, this, [this] {
        if (m_finishing)
            quit();
    });
    const auto started = m_bridge->start();
    if (started)
        return;
    m_bridge.reset();
    show(failedStart(started.error()));
}

void Application::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    m_status.show(snapshot);
    m_window.show(snapshot);
}

void Application::reload()
{
    if (!m_needs.readConfig || !m_bridge)
        return;
    auto config = m_needs.readConfig();
    const auto changed = config ? m_bridge->engine().setConfig(*config) : drover::Result<>(config.error());
    if (!changed)
        m_needs.log(drover::LogLevel::Warning, "settings kept reason=" + changed.error().detail);
}

void Application::pause()
{
    if (m_bridge)
        m_bridge->engine().pause();
}

void Application::resume()
{
    if (m_bridge)
        m_bridge->engine().resume();
}

void Application::cancelJobs(const std::vector<drover::JobId>& jobs)
{
    if (!m_bridge)
        return;
    for (const auto job : jobs)
        m_bridge->engine().cancelJob(job);
}

void Application::startNext(drover::JobId job)
{
    if (m_bridge)
        m_bridge->engine().startNext(job);
}

void Application::startAgain()
{
    if (!m_bridge)
        startEngine();
}

bool Application::trayIsThere() const
{
    return QSystemTrayIcon::isSystemTrayAvailable();
}

void Application::closeWindow()
{
    rememberWindow();
    if (trayIsThere())
        m_window.hide();
    else
        askToClose();
}

void Application::askToClose()
{
    const auto remembered = rememberedThings().value(QLatin1String(closingKey)).toString();
    if (remembered == QLatin1String(minimises))
        return minimise();
    if (remembered == QLatin1String(quits) || !m_bridge)
        return askToQuit();
    if (m_closeQuestion)
        return m_closeQuestion->raise();
    m_closeQuestion = new CloseQuestion(&m_window);
    connect(m_closeQuestion, &CloseQuestion::minimiseChosen, this, [this](CloseQuestion::Answer answer) {
        if (answer == CloseQuestion::Answer::Always)
            rememberedThings().setValue(QLatin1String(closingKey), QLatin1String(minimises));
        minimise();
    });
    connect(m_closeQuestion, &CloseQuestion::quitChosen, this, [this](CloseQuestion::Answer answer) {
        if (answer == CloseQuestion::Answer::Always)
            rememberedThings().setValue(QLatin1String(closingKey), QLatin1String(quits));
        askToQuit();
    });
    m_closeQuestion->open();
}

void Application::minimise()
{
    m_window.showMinimized();
}

void Application::askToQuit()
{
    const auto jobs = static_cast<int>(m_snapshot.running + m_snapshot.waiting);
    if (!m_bridge || jobs == 0)
        return quit();
    if (m_quitQuestion)
        return m_quitQuestion->raise();
    const auto when = m_finishing ? QuitQuestion::When::Finishing : QuitQuestion::When::Working;
    m_quitQuestion = new QuitQuestion(when, jobs, m_window.isVisible() ? &m_window : nullptr);
    connect(m_quitQuestion, &QuitQuestion::finishFirstChosen, this, &Application::finishFirst);
    connect(m_quitQuestion, &QuitQuestion::stopChosen, this, &Application::quit);
    connect(m_quitQuestion, &QuitQuestion::staysChosen, this, &Application::takeJobsAgain);
    m_quitQuestion->open();
}

void Application::finishFirst()
{
    m_finishing = true;
    if (m_bridge)
        m_bridge->drain(forEver);
}

void Application::takeJobsAgain()
{
    m_finishing = false;
    if (m_bridge)
        m_bridge->engine().undrain();
}

void Application::endGently()
{
    if (!m_bridge)
        return quit();
    m_finishing = true;
    m_bridge->drain(gentleEndMax);
}

void Application::quit()
{
    rememberWindow();
    m_tray.hide();
    m_bridge.reset();
    // Not quit(): that asks the window first, which is what led here.
    QCoreApplication::exit(0);
}

bool Application::eventFilter(QObject* watched, QEvent* event)
{
    // The system's own "Quit" (macOS' menu and dock) takes the same way as ours.
    if (watched == &m_application && event->type() == QEvent::Quit) {
        askToQuit();
        return true;
    }
    return QObject::eventFilter(watched, event);
}

void Application::rememberWindow() const
{
    rememberedThings().setValue(QLatin1String(geometryKey), m_window.saveGeometry());
}

void Application::restoreWindow()
{
    m_window.restoreGeometry(rememberedThings().value(QLatin1String(geometryKey)).toByteArray());
}

drover::Snapshot failedStart(const drover::Error& error)
{
    drover::Snapshot snapshot;
    snapshot.version = std::string(drover::versionNumber());
    snapshot.state = drover::EngineState::Error;
    snapshot.reasonCode = std::string(drover::codeName(error.code));
    snapshot.reasonText = std::string(drover::describe(error.code));
    snapshot.fixText = error.detail;
    return snapshot;
}

} // namespace drover::app
