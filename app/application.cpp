// SPDX-License-Identifier: MIT
#include "app/application.h"

#include "app/desktop/drover_link.h"
#include "app/tray/tray_options.h"
#include "app/window/apps_page.h"
#include "app/window/close_question.h"
#include "app/window/history_page.h"
#include "app/window/link_sheet.h"
#include "app/window/models_page.h"
#include "app/window/page.h"
#include "app/window/quit_question.h"
#include "app/window/remembered.h"
#include "app/window/style.h"

#include <QApplication>
#include <QEvent>
#include <QFileOpenEvent>
#include <QLocale>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr auto geometryKey = "window/geometry";
constexpr auto trayTimeMax = 10s; ///< that a panel may take to come, or to come back
constexpr auto backgroundToldKey = "tray/background_told";
constexpr auto closingKey = "window/closing"; ///< what closing does where there is no tray
constexpr auto minimises = "minimises";
constexpr auto quits = "quits";

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
    , m_tray(*this, m_colors)
    , m_disk(freeSpaceOf(QString::fromStdString(m_needs.places.stateFolder)))
    , m_desk(m_needs.places, m_needs.source, [this] { return m_service.get(); })
{
    application.setQuitOnLastWindowClosed(false);
    application.installEventFilter(this);
    m_offerWindow.setSingleShot(true);
    m_window.addPage(new AppsPage(*this, m_needs.source));
    m_window.addPage(new HistoryPage(m_needs.places.historyFile));
    m_window.addPage(new ModelsPage(m_shelf));
    connectViews();
    connectModels();
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
    connect(&m_tray, &Tray::windowAsked, &m_window, &MainWindow::raiseToPerson);
    connect(&m_tray, &Tray::settingsAsked, this, [this] { goTo(PageId::Settings); });
    connect(&m_tray, &Tray::quitAsked, this, &Application::askToQuit);
    connect(&m_tray, &Tray::chosen, this, &Application::act);
    connect(&m_tray, &Tray::cameOrWent, this, &Application::trayCameOrWent);
    connect(&m_disk, &DiskWatch::low, this, [this](std::uint64_t freeBytes) {
        m_tray.tell(NoticeKind::DiskFull,
            tr("Only %1 are left.")
                .arg(QLocale().formattedDataSize(static_cast<qint64>(freeBytes), 1, QLocale::DataSizeSIFormat)));
    });
    connect(&m_offerWindow, &QTimer::timeout, this, &Application::minimise);
}

void Application::connectModels()
{
    connect(&m_shelf, &ModelShelf::modelsChanged, this, [this] {
        if (m_service)
            m_service->engine().lookAtBackends();
    });
    connect(&m_shelf, &ModelShelf::pulled, this,
        [this](const QString& model) { m_tray.tell(NoticeKind::DownloadFinished, model); });
    connect(&m_tray, &Tray::freeMemoryAsked, &m_shelf, &ModelShelf::freeMemory);
    m_tray.offerFreeMemory();
}

void Application::begin(Start start)
{
    m_tray.begin();
    if (start == Start::WithWindow)
        m_window.raiseToPerson();
    else if (m_tray.isThere())
        tellOfBackground();
    else if (m_tray.mayCome())
        m_offerWindow.start(trayTimeMax);
    else
        m_window.raiseToPerson();
    startEngine();
    m_disk.begin();
}

void Application::startedAgain(const QStringList& arguments)
{
    std::vector<std::string> words;
    for (const QString& argument : arguments)
        words.push_back(argument.toStdString());
    const auto options = parseTrayOptions(words);
    if (options.answer)
        return; // the other one has said it
    if (options.link || !options.linkRefusal.empty())
        follow(options);
    else if (!options.hidden)
        m_window.raiseToPerson();
}

void Application::follow(const TrayOptions& options)
{
    if (options.link)
        open(*options.link);
    else if (!options.linkRefusal.empty())
        ask(new LinkSheet(wording::sentence(options.linkRefusal), &m_window));
}

void Application::open(const DroverLink& link)
{
    if (link.kind != DroverLink::Kind::Open)
        ask(new LinkSheet(link, m_snapshot, &m_window));
    else if (const auto page = pageOf(link.page))
        goTo(*page);
    else
        m_window.raiseToPerson();
}

/// One at a time: a page that sends many links gets one sheet, the latest.
void Application::ask(LinkSheet* sheet)
{
    if (m_linkSheet)
        m_linkSheet->close();
    m_linkSheet = sheet;
    connect(sheet, &LinkSheet::agreed, this, &Application::agree);
    connect(sheet, &LinkSheet::cancelJobChosen, this, [this](drover::JobId job) { cancelJobs({job}); });
    m_window.raiseToPerson();
    sheet->open();
}

void Application::agree(const DroverLink& link)
{
    switch (link.kind) {
    case DroverLink::Kind::Pause:
        if (link.pauseFor)
            return pause(drover::WallTime::clock::now() + *link.pauseFor);
        return pause({});
    case DroverLink::Kind::Resume:
        return resume();
    case DroverLink::Kind::Job:
        m_window.goToJob(link.job);
        return;
    case DroverLink::Kind::Open:
        break;
    }
}

void Application::startEngine()
{
    m_service = std::make_unique<Service>(m_needs.places, m_needs.source, m_needs.makeEngine, m_needs.useKeyring);
    const auto trouble = m_service->start(LogWriter::Echo::None);
    if (trouble.code != ExitCode::Ok) {
        m_service.reset();
        return show(failedStart(trouble));
    }
    connect(m_service.get(), &Service::stopped, this, &Application::quit);
    connect(m_service.get(), &Service::settingsChanged, this, [this] { m_shelf.setServers(m_service->ollamas()); });
    m_shelf.setServers(m_service->ollamas());
    m_bridge = std::make_unique<EngineBridge>(m_service->engine());
    connect(m_bridge.get(), &EngineBridge::changed, this, &Application::show);
    applySettings();
}

/// Those of the tray; the service has taken its own.
void Application::applySettings()
{
    if (!m_service)
        return;
    m_tray.setStyle(m_service->settings().trayIconStyle);
    m_tray.setNotifications(m_service->settings().notifications);
}

void Application::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    m_shelf.show(snapshot);
    m_tray.show(snapshot);
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
    applySettings();
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

void Application::trayCameOrWent()
{
    if (m_tray.isThere())
        m_offerWindow.stop();
    else if (!m_window.isVisible())
        m_offerWindow.start(trayTimeMax); // panels that crash come back
}

void Application::closeWindow()
{
    rememberWindow();
    if (!m_tray.isThere())
        return askToClose();
    m_window.hide();
    tellOfBackground();
}

/// Once ever: later it is known.
void Application::tellOfBackground()
{
    auto remembered = rememberedThings();
    if (remembered.value(QLatin1String(backgroundToldKey)).toBool())
        return;
    remembered.setValue(QLatin1String(backgroundToldKey), true);
    m_tray.tell(NoticeKind::InBackground);
}

void Application::goTo(PageId page)
{
    m_window.goToPage(page);
    m_window.raiseToPerson();
}

void Application::act(NoticeAct act)
{
    switch (act) {
    case NoticeAct::OpenNow:
        return goTo(PageId::Now);
    case NoticeAct::OpenQueue:
        return goTo(PageId::Queue);
    case NoticeAct::OpenLogs:
        return goTo(PageId::Logs);
    case NoticeAct::OpenApps:
        return goTo(PageId::Apps);
    case NoticeAct::OpenModels:
        return goTo(PageId::Models);
    }
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
    m_tray.end();
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
        startedAgain({static_cast<QFileOpenEvent*>(event)->url().toString()});
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
