// SPDX-License-Identifier: MIT
#pragma once

#include "app/doctor/facts.h"
#include "app/settings/address.h"
#include "app/settings/places.h"
#include "app/settings/settings_source.h"

#include <QNetworkAccessManager>
#include <QObject>
#include <QUrl>

#include <functional>
#include <set>

class QNetworkReply;

namespace drover::app {

/// Where the doctor looks.
struct DoctorScene {
    SettingsSource source;
    Places places = {};
    Address status = {}; ///< of the Drover that is meant
    std::string proxy = {}; ///< "127.0.0.1:11435"
    std::string tokenFile = {};
    std::string token = {}; ///< empty when it cannot be read
    std::string logFile = {};
    std::vector<std::string> loginCommand = {}; ///< what the login item is to start
    std::string historyFile = {};
};

/// Looks at this machine: files, environment, who answers where. Asks everybody at the same time and waits at most
/// some seconds. One look for each collector. Lives on a thread with an event loop and never blocks it for longer than
/// a look at files takes.
class FactCollector : public QObject {
    Q_OBJECT

public:
    explicit FactCollector(DoctorScene scene, QObject* parent = nullptr);
    ~FactCollector() override;

    /// Begins. `finished` follows once, unless it is cancelled.
    void start();

    /// Ends the look without `finished`.
    void cancel();

Q_SIGNALS:
    /// So many of all questions are answered.
    void progressed(int done, int all);
    void finished(const drover::app::Facts& facts);

private:
    using Take = std::function<void(Probe)>;

    void lookAtFiles();
    void ask(const QUrl& url, const Take& take, const QList<std::pair<QByteArray, QByteArray>>& fields = {});
    void askDrover();
    void askBackends();
    void answered(QNetworkReply* reply, const Take& take);

    DoctorScene m_scene;
    Facts m_facts = {};
    QNetworkAccessManager m_network;
    std::set<QNetworkReply*> m_open;
    int m_asked = 0;
};

} // namespace drover::app
