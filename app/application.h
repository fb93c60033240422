// SPDX-License-Identifier: MIT
#pragma once

#include "app/command/service/service.h"
#include "app/desktop/color_scheme.h"
#include "app/desktop/login_item.h"
#include "app/doctor_desk.h"
#include "app/engine_bridge.h"
#include "app/log_collector.h"
#include "app/ollama/model_shelf.h"
#include "app/queue_control.h"
#include "app/settings/live_settings.h"
#include "app/sharing_control.h"
#include "app/tray/disk_watch.h"
#include "app/tray/tray.h"
#include "app/tray/weekly_summary.h"
#include "app/window/host_desk.h"
#include "app/window/main_window.h"
#include "app/window_desk.h"

#include <QLocale>
#include <QPointer>

#include <memory>

class QApplication;
class QMessageBox;

namespace drover::app {

class CloseQuestion;
class FirstRun;
class LinkSheet;
class QuitQuestion;
class PoolsPage;
class SettingsPage;
enum class PageId;
struct DroverLink;
struct TrayOptions;

/// The desktop application: one engine, and tray and window over it. Builds and connects; knows nothing else.
///
/// Without a system tray the window opens, and closing it asks once whether to go on minimised or to end. A tray that
/// comes late, as at login, is waited for; when it goes away the window is offered, minimised.
class Application : public QObject, private QueueControl, private SharingControl {
    Q_OBJECT

public:
    enum class Start { WithWindow, InTray };

    /// What the event loop ends with when Drover is to start anew with all of its settings.
    static constexpr int restartCode = 1000;

    /// What the engine is made of.
    struct Needs {
        Places places = {};
        SettingsSource source;
        EngineMaker makeEngine = drover::makeEngine;
        SecretStore::UseKeyring useKeyring = SecretStore::UseKeyring::Yes;
        bool offersSetup = false; ///< opens the first run by itself, for who has not been through it
    };

    /// `application` and `colors` are borrowed and live longer.
    Application(QApplication& application, SystemColors& colors, Needs needs);
    ~Application() override;

    /// Shows tray and window and starts the engine. An engine that cannot start is shown with its reason.
    void begin(Start start);

    /// What the arguments of a second start ask of this one: its window, unless they say --hidden, and the page of a
    /// link. Options of the engine count for the next start only.
    void startedAgain(const QStringList& arguments);

    /// Opens the window at the page of the link that was given, or asks whether to do what it says, or says why it is
    /// not followed. Nothing when there is no link.
    void follow(const TrayOptions& options);

    /// Opens the first run, where it was left.
    void openSetup();

    /// As Service: the first call lets jobs finish for a while, the second ends at once.
    void stop();

    /// Reads the settings again.
    void reload();

    MainWindow& window() { return m_window; }
    ModelShelf& models() { return m_shelf; }
    const TrayStatus& status() const { return m_tray.status(); }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void pause(std::optional<drover::WallTime> until) override;
    void resume() override;
    void snooze(const drover::Snooze& snooze) override;
    void cancelJobs(const std::vector<drover::JobId>& jobs) override;
    void startNext(drover::JobId job) override;
    void startRuntime() override;
    void startAgain() override;

    void connectViews();
    HostDesk hostDesk();
    void addPages();
    void paint();
    void settingsChanged();
    void showSettingsInForce();
    LoginItem loginItem() const;
    void offerSetup(Start start);
    void askToRestart();
    void restart();
    void connectModels();
    void startEngine();
    void show(const drover::Snapshot& snapshot);
    void applySettings();
    void trayCameOrWent();
    void goTo(PageId page);
    void joinPool();
    void open(const DroverLink& link);
    void ask(LinkSheet* sheet);
    void agree(const DroverLink& link);
    void act(NoticeAct act);
    void tellOfBackground();
    void closeWindow();
    void askToClose();
    void minimise();
    void askToQuit();
    void finishFirst();
    void openDoctor();
    void open(const Remedy& remedy);
    void takeJobsAgain();
    void quit();
    void rememberWindow() const;
    void restoreWindow();

    QApplication& m_application;
    SystemColors& m_colors;
    Needs m_needs;
    LiveSettings m_settings;
    SecretStore m_secrets; ///< for the pages; the service has its own view of the same
    WindowDesk m_poolDesk; ///< before the window, whose page borrows it
    ModelShelf m_shelf; ///< before the window, whose page borrows it
    MainWindow m_window;
    Tray m_tray;
    DiskWatch m_disk;
    WeeklySummary m_week;
    QTimer m_offerWindow; ///< when no panel shows the icon, and the window is hidden
    QPointer<QuitQuestion> m_quitQuestion;
    QPointer<CloseQuestion> m_closeQuestion;
    QPointer<LinkSheet> m_linkSheet;
    DoctorDesk m_desk; ///< before the dialog, which borrows it
    std::unique_ptr<DoctorDialog> m_doctor; ///< once it was asked for
    QPointer<FirstRun> m_firstRun;
    QPointer<QMessageBox> m_restartQuestion;
    PoolsPage* m_pools = nullptr; ///< in m_window
    SettingsPage* m_settingsPage = nullptr; ///< in m_window
    LogCollector m_logs; ///< longer than the service, whose lines it takes
    int m_exitCode = 0; ///< of the event loop
    drover::Snapshot m_snapshot = {}; ///< the newest that is shown
    std::unique_ptr<Service> m_service; ///< none while the engine cannot start
    std::unique_ptr<EngineBridge> m_bridge; ///< after the service: it borrows its engine
};

/// What the settings and the system say about colours, and about the language.
ColorScheme chosenColors(ThemeChoice theme, const SystemColors& system);
QLocale chosenLanguage(Language language);

/// What is shown when the engine could not start.
drover::Snapshot failedStart(const Service::Trouble& trouble);

} // namespace drover::app
