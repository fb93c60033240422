// SPDX-License-Identifier: MIT
#include "app/application.h"

#include "app/desktop/drover_link.h"
#include "app/first_run/first_run.h"
#include "app/tray/tray_options.h"
#include "app/window/apps_page.h"
#include "app/window/close_question.h"
#include "app/window/history_page.h"
#include "app/window/host_page.h"
#include "app/window/link_sheet.h"
#include "app/window/logs_page.h"
#include "app/window/machine_page.h"
#include "app/window/models_page.h"
#include "app/window/page.h"
#include "app/window/pools_page.h"
#include "app/window/quit_question.h"
#include "app/window/remembered.h"
#include "app/window/settings_page.h"
#include "app/window/style.h"

#include <QApplication>
#include <QEvent>
#include <QFileInfo>
#include <QFileOpenEvent>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr auto geometryKey = "window/geometry";
constexpr auto trayTimeMax = 10s; ///< that a panel may take to come, or to come back
constexpr auto backgroundToldKey = "tray/background_told";
constexpr auto weekToldKey = "summary/week"; ///< its Monday
constexpr auto closingKey = "window/closing"; ///< what closing does where there is no tray
constexpr auto minimises = "minimises";
constexpr auto quits = "quits";
constexpr auto setupVersionKey = "setup/version"; ///< of the first run that the person has been through
constexpr auto setupStepKey = "setup/step"; ///< that was reached

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
    case DroverLink::Page::Machine:
        return PageId::Machine;
    case DroverLink::Page::Pools:
        return PageId::Pools;
    case DroverLink::Page::Host:
        return PageId::Host;
    case DroverLink::Page::Logs:
        return PageId::Logs;
    case DroverLink::Page::Settings:
        return PageId::Settings;
    case DroverLink::Page::Window:
    case DroverLink::Page::Playground:
        break;
    }
    return {};
}

/// True for what only a page of the window can show.
bool opensThePage(drover::FixAction action)
{
    using enum drover::FixAction;
    return action == OpenSetting || action == OpenLogs || action == OpenModels || action == OpenApps;
}

} // namespace

Application::Application(QApplication& application, SystemColors& colors, Needs needs)
    : m_application(application)
    , m_colors(colors)
    , m_needs(std::move(needs))
    , m_settings(m_needs.source)
    , m_secrets(m_needs.places, m_needs.source.environment(), m_needs.useKeyring, nullptr)
    , m_poolDesk(m_settings, m_secrets, [this] { return m_service != nullptr; })
    , m_window(*this)
    , m_tray(*this, m_colors)
    , m_disk(freeSpaceOf(QString::fromStdString(m_needs.places.stateFolder)))
    , m_week(weekReader(m_needs.places.historyFile))
    , m_desk(m_needs.places, m_needs.source, [this] { return m_service.get(); })
{
    application.setQuitOnLastWindowClosed(false);
    application.installEventFilter(this);
    m_offerWindow.setSingleShot(true);
    addPages();
    connectViews();
    connectModels();
    restoreWindow();
}

Application::~Application()
{
    m_settings.disconnect(this); // the page may still write what somebody was typing
}

LoginItem Application::loginItem() const
{
    const Environment& environment = m_needs.source.environment();
    return {environment, loginCommand(environment, QApplication::applicationDirPath().toStdString())};
}

void Application::openSetup()
{
    m_window.raiseToPerson();
    if (m_firstRun) {
        m_firstRun->raise();
        return m_firstRun->activateWindow();
    }
    auto things = rememberedThings();
    things.setValue(QLatin1String(setupVersionKey), 0); // until it is ended, it is gone on with
    m_firstRun = new FirstRun({.settings = m_settings,
                                  .loginItem = loginItem(),
                                  .startOllama = [this] { startRuntime(); },
                                  .shelf = &m_shelf},
        things.value(QLatin1String(setupStepKey), 0).toInt(), &m_window);
    connect(m_firstRun, &FirstRun::stepReached, this,
        [](int step) { rememberedThings().setValue(QLatin1String(setupStepKey), step); });
    connect(m_firstRun, &FirstRun::ended, this, [] {
        rememberedThings().setValue(QLatin1String(setupVersionKey), FirstRun::version);
        rememberedThings().remove(QLatin1String(setupStepKey));
    });
    connect(m_firstRun, &FirstRun::joinAsked, this, [this] { joinPool(); });
    connect(m_firstRun, &FirstRun::modelsAsked, this, [this] { m_window.goToPage(PageId::Models); });
    m_firstRun->show(m_snapshot);
    m_firstRun->setVisible(true);
}

void Application::offerSetup(Start start)
{
    const int seen = rememberedThings().value(QLatin1String(setupVersionKey), 0).toInt();
    if (m_needs.offersSetup && start == Start::WithWindow && seen < FirstRun::version)
        openSetup();
}

HostDesk Application::hostDesk()
{
    return {.settings = m_poolDesk,
        .openKeys = [this]() -> drover::Result<std::unique_ptr<drover::KeyFile>> {
            const std::string file = keysFileOf(m_settings.resolved().settings, m_needs.places);
            if (file.empty())
                return drover::fail(drover::Errc::Io, "there is no file of keys: host.keys_file is off");
            makeStateFolder(m_needs.places);
            return drover::openKeyFile(file);
        },
        .command =
            [this](drover::WorkerNumber worker, drover::WorkerCommand command) {
                if (m_service)
                    m_service->engine().commandWorker(worker, command);
            }};
}

void Application::addPages()
{
    m_window.addPage(new ModelsPage(m_shelf));
    m_window.addPage(new AppsPage(*this, m_needs.source));
    m_window.addPage(new MachinePage(m_settings, *this));
    m_pools = new PoolsPage(
        m_poolDesk, m_needs.places.historyFile, [this](const std::vector<drover::JobId>& jobs) { cancelJobs(jobs); });
    m_window.addPage(m_pools);
    m_window.addPage(new HostPage(hostDesk(), *this));
    m_window.addPage(new HistoryPage(m_needs.places.historyFile));
    m_settingsPage = new SettingsPage(m_settings, m_secrets, loginItem());
    connect(m_settingsPage, &SettingsPage::keyChanged, this, [this] {
        if (m_service)
            m_service->reload();
    });
    connect(m_settingsPage, &SettingsPage::setupAsked, this, &Application::openSetup);
    connect(m_settingsPage, &SettingsPage::restartAsked, this, &Application::askToRestart);
    connect(m_settingsPage, &SettingsPage::appsAsked, this, [this] { m_window.goToPage(PageId::Apps); });
    m_window.addPage(m_settingsPage);
    const QFileInfo logFile(QString::fromStdString(m_needs.places.logFile));
    auto* logs = new LogsPage(logFile.absolutePath());
    connect(&m_logs, &LogCollector::logged, logs, &LogsPage::add);
    m_window.addPage(logs);
}

void Application::connectViews()
{
    connect(&m_colors, &SystemColors::changed, this, &Application::paint);
    connect(&m_settings, &LiveSettings::changed, this, &Application::settingsChanged);
    connect(&m_window, &MainWindow::closeAsked, this, &Application::closeWindow);
    connect(&m_window, &MainWindow::quitAsked, this, &Application::askToQuit);
    connect(&m_window, &MainWindow::undrainAsked, this, &Application::takeJobsAgain);
    connect(&m_window, &MainWindow::doctorAsked, this, &Application::openDoctor);
    connect(&m_tray, &Tray::windowAsked, &m_window, &MainWindow::raiseToPerson);
    connect(&m_tray, &Tray::snoozeAsked, this, &Application::snooze);
    connect(&m_tray, &Tray::joinAsked, this, &Application::joinPool);
    connect(&m_tray, &Tray::poolsAsked, this, [this] { goTo(PageId::Pools); });
    connect(&m_tray, &Tray::hostAsked, this, [this] { goTo(PageId::Host); });
    connect(&m_tray, &Tray::leaveAsked, this, [this](const QString& pool) {
        goTo(PageId::Pools);
        m_pools->askToLeave(pool.toStdString());
    });
    connect(&m_tray, &Tray::settingsAsked, this, [this] { goTo(PageId::Settings); });
    connect(&m_tray, &Tray::quitAsked, this, &Application::askToQuit);
    connect(&m_tray, &Tray::fixAsked, this, [this](drover::FixAction action, const QString& setting) {
        if (opensThePage(action))
            m_window.raiseToPerson();
        m_window.carryOut(action, setting);
    });
    connect(&m_tray, &Tray::chosen, this, &Application::act);
    connect(&m_tray, &Tray::cameOrWent, this, &Application::trayCameOrWent);
    connect(&m_disk, &DiskWatch::low, this, [this](std::uint64_t freeBytes) {
        m_tray.tell(NoticeKind::DiskFull,
            tr("Only %1 are left.")
                .arg(QLocale().formattedDataSize(static_cast<qint64>(freeBytes), 1, QLocale::DataSizeSIFormat)));
    });
    connect(&m_week, &WeeklySummary::told, this,
        [this](const QString& sentence) { m_tray.tell(NoticeKind::WeeklySummary, sentence); });
    connect(&m_week, &WeeklySummary::weekBegan, this,
        [](const QDate& monday) { rememberedThings().setValue(QLatin1String(weekToldKey), monday); });
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
    m_week.begin(rememberedThings().value(QLatin1String(weekToldKey)).toDate());
    offerSetup(start);
}

void Application::startedAgain(const QStringList& arguments)
{
    std::vector<std::string> words;
    for (const QString& argument : arguments)
        words.push_back(argument.toStdString());
    const auto options = parseTrayOptions(words);
    if (options.answer)
        return; // the other one has said it
    if (options.setup)
        openSetup();
    else if (options.link || !options.linkRefusal.empty())
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
    if (link.kind == DroverLink::Kind::Join) {
        goTo(PageId::Pools);
        m_pools->join()->takeLink(link.invitation);
    } else if (link.kind != DroverLink::Kind::Open)
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
    case DroverLink::Kind::Join:
        break;
    }
}

void Application::startEngine()
{
    // A pool that cannot listen must not keep the apps from their queue: the page Host says why.
    const auto makeEngine = [make = m_needs.makeEngine](drover::Config config, drover::EngineHooks hooks) {
        config.hosting.required = false;
        return make(std::move(config), std::move(hooks));
    };
    m_service = std::make_unique<Service>(m_needs.places, m_needs.source, makeEngine, m_needs.useKeyring);
    m_service->onLogged([this](const drover::LogLine& line) { m_logs.take(line); });
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
    showSettingsInForce();
    if (!m_service)
        return;
    m_tray.setStyle(m_service->settings().trayIconStyle);
    m_tray.setNotifications(m_service->settings().notifications);
    m_week.setWanted(m_service->settings().notifications.weeklySummary);
}

void Application::show(const drover::Snapshot& snapshot)
{
    m_snapshot = snapshot;
    m_shelf.show(snapshot);
    m_tray.show(snapshot);
    m_window.show(snapshot);
    m_pools->showToDialog(snapshot);
    if (m_firstRun)
        m_firstRun->show(snapshot);
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

void Application::settingsChanged()
{
    reload();
    paint();
}

void Application::paint()
{
    const auto wanted = chosenColors(m_settings.resolved().settings.general.theme, m_colors);
    if (&theme(wanted, m_colors.contrast()) != &currentTheme())
        applyTheme(m_application, wanted, m_colors.contrast());
}

void Application::showSettingsInForce()
{
    if (!m_service)
        return m_settingsPage->showInForce(nullptr);
    Settings inForce = m_service->settings();
    if (inForce.logFile == m_needs.places.logFile)
        inForce.logFile.clear(); // the service filled in what an empty setting means
    m_settingsPage->showInForce(&inForce);
}

void Application::askToRestart()
{
    const auto jobs = static_cast<int>(m_snapshot.running + m_snapshot.waiting);
    if (!m_service || jobs == 0)
        return restart();
    if (m_restartQuestion)
        return m_restartQuestion->raise();
    m_restartQuestion = new QMessageBox(&m_window);
    m_restartQuestion->setAttribute(Qt::WA_DeleteOnClose);
    m_restartQuestion->setWindowTitle(tr("Restart Drover"));
    m_restartQuestion->setText(tr("%n job(s) run or wait.", nullptr, jobs));
    m_restartQuestion->setInformativeText(tr("Meanwhile no further jobs are taken; apps try again by themselves."));
    auto* finish = m_restartQuestion->addButton(tr("Finish first, then restart"), QMessageBox::AcceptRole);
    auto* now = m_restartQuestion->addButton(tr("Stop now and restart"), QMessageBox::DestructiveRole);
    m_restartQuestion->setEscapeButton(m_restartQuestion->addButton(QMessageBox::Cancel));
    m_restartQuestion->setDefaultButton(finish);
    connect(finish, &QPushButton::clicked, this, [this] {
        m_exitCode = restartCode;
        finishFirst();
    });
    connect(now, &QPushButton::clicked, this, &Application::restart);
    m_restartQuestion->open();
}

void Application::restart()
{
    m_exitCode = restartCode;
    quit();
}

void Application::pause(std::optional<drover::WallTime> until)
{
    if (m_service)
        m_service->engine().pause(until);
}

void Application::snooze(const drover::Snooze& snooze)
{
    if (m_service)
        m_service->engine().snooze(snooze);
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

void Application::joinPool()
{
    goTo(PageId::Pools);
    m_pools->join()->startAt(JoinDialog::Start::Text);
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
    case NoticeAct::OpenPools:
        return goTo(PageId::Pools);
    case NoticeAct::OpenHistory:
        return goTo(PageId::History);
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
    if (!m_settings.resolved().settings.general.confirmQuit)
        return stop();
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
    m_exitCode = 0;
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
    QCoreApplication::exit(m_exitCode);
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

ColorScheme chosenColors(ThemeChoice theme, const SystemColors& system)
{
    switch (theme) {
    case ThemeChoice::System:
        break;
    case ThemeChoice::Light:
        return ColorScheme::Light;
    case ThemeChoice::Dark:
        return ColorScheme::Dark;
    }
    return system.windows();
}

QLocale chosenLanguage(Language language)
{
    switch (language) {
    case Language::System:
        break;
    case Language::English:
        return QLocale(QLocale::English);
    case Language::German:
        return QLocale(QLocale::German);
    }
    return QLocale::system();
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
