// SPDX-License-Identifier: MIT
#include "app/application.h"

#include "app/desktop/drover_link.h"
#include "app/tray/tray_options.h"
#include "app/window/apps_page.h"
#include "app/window/close_question.h"
#include "app/window/page.h"
#include "app/window/quit_question.h"
#include "app/window/style.h"

#include <QApplication>
#include <QEvent>
#include <QFileOpenEvent>
#include <QSettings>

namespace drover::app {

namespace {

constexpr auto geometryKey = "window/geometry";
constexpr auto closingKey = "window/closing"; ///< what closing does where there is no tray
constexpr auto minimises = "minimises";
constexpr auto quits = "quits";

QSettings rememberedThings()
{
    return QSettings(QSettings::IniFormat, QSettings::UserScope, QStringLiteral("drover"), QStringLiteral("window"));
}

/// Which of the core's errors a trouble with settings or files is told as.
drover::Errc settingsErrorOf(ExitCode code)
{
    return code == ExitCode::BadConfig || code == ExitCode::Usage ? drover::Errc::BadConfig : drover::Errc::Io;
}

/// The particulars of the trouble, then how to mend it.
QString whatToDo(const Service::Trouble& trouble)
{
    if (trouble.code == ExitCode::PortTaken)
        return Application::tr("%1 Quit that program, or start Drover with another --port, then try again.")
            .arg(QString::fromStdString(trouble.cause->detail));
    QStringList lines;
    for (const auto& sentence : trouble.sentences)
        lines << QString::fromStdString(sentence);
    return lines.join(QLatin1Char('\n'));
}

/// Nothing for a page that this window has not.
std::optional<PageId> pageOf(DroverLink::Page page)
{
    switch (page) {
    case DroverLink::Page::Now:
        return PageId::Now;
    case DroverLink::Page::Queue:
        return PageId::Queue;
    case DroverLink::Page::History:
        return PageId::History;
    case DroverLink::Page::Apps:
        return PageId::Apps;
    case DroverLink::Page::Models:
        return PageId::Models;
    case DroverLink::Page::Logs:
        return PageId::Logs;
    case DroverLink::Page::Settings:
        return PageId::Settings;
    case DroverLink::Page::Window:
    case DroverLink::Page::Pools:
    case DroverLink::Page::Machine:
    case DroverLink::Page::Playground:
        break;
    }
    return {};
}

} // namespace

Application::Application(QApplication& application, SystemColors& colors, Needs needs)
    : m_application(application)
    , m_colors(colors)
    , m_needs(std::move(needs))
    , m_settingsFile(QString::fromStdString(m_needs.source.file()))
    , m_window(*this)
    , m_tray(m_status, m_colors)
    , m_menu(m_status, *this)
    , m_desk(m_needs.places, m_needs.source, [this] { return m_service.get(); })
{
    application.setQuitOnLastWindowClosed(false);
    application.installEventFilter(this);
    m_tray.setContextMenu(m_menu.menu());
    m_window.addPage(new AppsPage(*this, m_needs.source));
    connectViews();
    restoreWindow();
}

Application::~Application() = default;

void Application::connectViews()
{
    connect(&m_colors, &SystemColors::changed, this,
        [this] { applyTheme(m_application, m_colors.windows(), m_colors.contrast()); });
    connect(&m_settingsFile, &SettingsWatcher::changed, this, &Application::reload);
    connect(&m_window, &MainWindow::closeAsked, this, &Application::closeWindow);
    connect(&m_window, &MainWindow::quitAsked, this, &Application::askToQuit);
    connect(&m_window, &MainWindow::undrainAsked, this, &Application::takeJobsAgain);
    connect(&m_window, &MainWindow::doctorAsked, this, &Application::openDoctor);
    connect(&m_menu, &TrayMenu::windowAsked, &m_window, &MainWindow::raiseToPerson);
    connect(&m_menu, &TrayMenu::quitAsked, this, &Application::askToQuit);
    connect(&m_tray, &QSystemTrayIcon::activated, this, [this](QSystemTrayIcon::ActivationReason reason) {
        if (reason == QSystemTrayIcon::Trigger || reason == QSystemTrayIcon::DoubleClick)
            m_window.raiseToPerson();
    });
}

void Application::begin(Start start)
{
    m_tray.show();
    if (start == Start::WithWindow || !trayIsThere())
        m_window.raiseToPerson();
    startEngine();
}

void Application::startedAgain(const QStringList& arguments)
{
    std::vector<std::string> words;
    for (const QString& argument : arguments)
        words.push_back(argument.toStdString());
    const auto options = parseTrayOptions(words);
    if (options.answer)
        return; // the other one has said it
    if (options.link)
        open(*options.link);
    else if (!options.hidden)
        m_window.raiseToPerson();
}

void Application::open(const DroverLink& link)
{
    if (const auto page = pageOf(link.page))
        m_window.goToPage(*page);
    m_window.raiseToPerson();
}

void Application::startEngine()
{
    m_service = std::make_unique<Service>(m_needs.places, m_needs.source, m_needs.makeEngine);
    const auto trouble = m_service->start(LogWriter::Echo::None);
    if (trouble.code != ExitCode::Ok) {
        m_service.reset();
        return show(failedStart(trouble));
    }
    connect(m_service.get(), &Service::stopped, this, &Application::quit);
    m_bridge = std::make_unique<EngineBridge>(m_service->engine());
    connect(m_bridge.get(), &EngineBridge::changed, this, &Application::show);
}

void Application::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    m_status.show(snapshot);
    m_window.show(snapshot);
}

void Application::stop()
{
    if (!m_service)
        return quit();
    m_service->stop();
}

void Application::reload()
{
    if (m_service)
        m_service->reload();
    else
        startAgain();
}

void Application::pause(std::optional<drover::WallTime> until)
{
    if (m_service)
        m_service->engine().pause(until);
}

void Application::resume()
{
    if (m_service)
        m_service->engine().resume();
}

void Application::cancelJobs(const std::vector<drover::JobId>& jobs)
{
    if (!m_service)
        return;
    for (const auto job : jobs)
        m_service->engine().cancelJob(job);
}

void Application::startNext(drover::JobId job)
{
    if (m_service)
        m_service->engine().startNext(job);
}

void Application::startRuntime()
{
    if (m_service)
        m_service->startRuntime();
}

void Application::startAgain()
{
    if (!m_service)
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
    if (remembered == QLatin1String(quits) || !m_service)
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
    if (!m_service || jobs == 0)
        return quit();
    if (m_quitQuestion)
        return m_quitQuestion->raise();
    const auto when = m_service->ending() ? QuitQuestion::When::Finishing : QuitQuestion::When::Working;
    m_quitQuestion = new QuitQuestion(when, jobs, m_window.isVisible() ? &m_window : nullptr);
    connect(m_quitQuestion, &QuitQuestion::finishFirstChosen, this, &Application::finishFirst);
    connect(m_quitQuestion, &QuitQuestion::stopChosen, this, &Application::quit);
    connect(m_quitQuestion, &QuitQuestion::staysChosen, this, &Application::takeJobsAgain);
    m_quitQuestion->open();
}

void Application::finishFirst()
{
    if (!m_service)
        return;
    m_service->engine().resume(); // what waits in a paused queue never ends
    m_service->finish();
}

void Application::openDoctor()
{
    if (!m_doctor) {
        m_doctor = std::make_unique<DoctorDialog>(m_desk, &m_window);
        connect(m_doctor.get(), &DoctorDialog::openAsked, this, [this](const Remedy& remedy) { open(remedy); });
    }
    const bool isOpen = m_doctor->isVisible();
    m_doctor->QDialog::show();
    m_doctor->raise();
    m_doctor->activateWindow();
    if (!isOpen)
        m_doctor->look();
}

void Application::open(const Remedy& remedy)
{
    m_window.raiseToPerson();
    if (remedy.kind == Remedy::Kind::OpenModels)
        m_window.carryOut(drover::FixAction::OpenModels, {});
    else if (remedy.kind == Remedy::Kind::OpenLogs)
        m_window.carryOut(drover::FixAction::OpenLogs, {});
    else
        m_window.carryOut(drover::FixAction::OpenSetting, QString::fromStdString(remedy.target));
}

void Application::takeJobsAgain()
{
    if (m_service)
        m_service->goOn();
}

void Application::quit()
{
    rememberWindow();
    m_tray.hide();
    m_bridge.reset();
    m_service.reset();
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
    if (watched == &m_application && event->type() == QEvent::FileOpen) { // macOS brings links so
        const auto link = parseDroverLink(static_cast<QFileOpenEvent*>(event)->url().toString().toStdString());
        if (link)
            open(*link);
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

drover::Snapshot failedStart(const Service::Trouble& trouble)
{
    drover::Snapshot snapshot;
    snapshot.version = std::string(drover::versionNumber());
    snapshot.state = drover::EngineState::Error;
    const auto code = trouble.cause ? trouble.cause->code : settingsErrorOf(trouble.code);
    explain(snapshot, drover::give(code));
    snapshot.fixText = whatToDo(trouble).toStdString();
    return snapshot;
}

} // namespace drover::app
