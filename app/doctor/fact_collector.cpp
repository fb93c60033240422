// SPDX-License-Identifier: MIT
#include "app/doctor/fact_collector.h"

#include "app/doctor/check_words.h"
#include "app/doctor/file_facts.h"
#include "core/api/engine.h"
#include "core/api/status.h"

#include <QDateTime>
#include <QFileInfo>
#include <QNetworkProxy>
#include <QNetworkReply>

#include <chrono>
#include <utility>

namespace drover::app {

namespace {

using namespace std::chrono_literals;

constexpr std::chrono::milliseconds answerTimeMax = 2s;
constexpr qint64 answerBytesMax = 8 << 20;

QUrl urlOf(const Address& address, const QString& path)
{
    QUrl url;
    url.setScheme(QStringLiteral("http"));
    url.setHost(QString::fromStdString(address.host));
    url.setPort(address.port);
    url.setPath(path);
    return url;
}

Probe probeOf(QNetworkReply& reply)
{
    using enum Probe::Outcome;
    const auto status = reply.attribute(QNetworkRequest::HttpStatusCodeAttribute);
    if (status.isValid()) {
        const auto said = QDateTime::fromString(QString::fromLatin1(reply.rawHeader("Date")), Qt::RFC2822Date);
        return {Answers, status.toInt(), reply.readAll().toStdString(), said.isValid() ? said.toSecsSinceEpoch() : 0};
    }
    switch (reply.error()) {
    case QNetworkReply::ConnectionRefusedError:
    case QNetworkReply::HostNotFoundError:
        return {NobodyListens};
    case QNetworkReply::OperationCanceledError: // by the time limit
    case QNetworkReply::TimeoutError:
        return {Silent};
    default:
        return {Garbage};
    }
}

bool isOnlyOurs(const QString& file)
{
    return lookAtFile(file.toStdString()).onlyOurs;
}

} // namespace

FactCollector::FactCollector(DoctorScene scene, QObject* parent)
    : QObject(parent)
    , m_scene(std::move(scene))
{
    m_network.setProxy(QNetworkProxy::NoProxy);
    m_network.setRedirectPolicy(QNetworkRequest::ManualRedirectPolicy);
}

FactCollector::~FactCollector()
{
    cancel();
}

void FactCollector::start()
{
    lookAtFiles();
    askDrover();
    askBackends();
}

void FactCollector::cancel()
{
    for (QNetworkReply* reply : std::exchange(m_open, {})) {
        reply->disconnect(this);
        reply->abort();
        reply->deleteLater();
    }
}

void FactCollector::lookAtFiles()
{
    auto reading = m_scene.source.read();
    const Environment& environment = m_scene.source.environment();
    m_facts.settings = std::move(reading.resolved);
    m_facts.settingsFile = m_scene.source.file();
    m_facts.settingsFileThere = reading.file == SettingsSource::File::Read;
    m_facts.settingsFileReadable = reading.file != SettingsSource::File::Unreadable;
    m_facts.environment = environment;
    m_facts.ownVersion = std::string(drover::versionNumber());
    m_facts.buildDate = std::string(drover::buildDate());
    m_facts.now = QDateTime::currentSecsSinceEpoch();
    m_facts.statusAddress = addressText(m_scene.status);
    m_facts.proxyAddress = m_scene.proxy;
    m_facts.tokenFile = m_scene.tokenFile;
    const QString tokenFile = QString::fromStdString(m_scene.tokenFile);
    m_facts.tokenThere = QFileInfo::exists(tokenFile);
    m_facts.tokenPrivate = !m_facts.tokenThere || isOnlyOurs(tokenFile);
    m_facts.stateFolder = lookAtFolder(m_scene.places.stateFolder);
    const auto models = std::string(check::ollamaVariable(m_facts, "OLLAMA_MODELS"));
    m_facts.modelsFolder = lookAtFolder(ollamaModelsFolder(models));
    m_facts.logFile = lookAtFile(m_scene.logFile);
    m_facts.history = lookAtFile(m_scene.historyFile, "SQLite format 3");
    m_facts.openFilesMax = openFilesMax();
    if (const auto item = LoginItem(environment, m_scene.loginCommand).status())
        m_facts.loginItem = *item;
    m_facts.system = lookAtSystem(environment);
    m_facts.statusHolder = drover::portHolder(m_scene.status.port);
    if (const auto proxy = parseAddress(m_scene.proxy))
        m_facts.proxyHolder = drover::portHolder(proxy->port);
}

void FactCollector::ask(const QUrl& url, const Take& take, const QList<std::pair<QByteArray, QByteArray>>& fields)
{
    QNetworkRequest request(url);
    request.setTransferTimeout(static_cast<int>(answerTimeMax.count()));
    for (const auto& [name, value] : fields)
        request.setRawHeader(name, value);
    QNetworkReply* reply = m_network.get(request);
    m_open.insert(reply);
    ++m_asked;
    connect(reply, &QNetworkReply::downloadProgress, this, [reply](qint64 bytes) {
        if (bytes > answerBytesMax)
            reply->abort();
    });
    connect(reply, &QNetworkReply::finished, this, [this, reply, take] { answered(reply, take); });
}

void FactCollector::answered(QNetworkReply* reply, const Take& take)
{
    take(probeOf(*reply));
    reply->deleteLater();
    m_open.erase(reply);
    Q_EMIT progressed(m_asked - static_cast<int>(m_open.size()), m_asked);
    if (m_open.empty())
        Q_EMIT finished(m_facts);
}

void FactCollector::askDrover()
{
    ask(urlOf(m_scene.status, QStringLiteral("/status")), [this](Probe probe) {
        if (auto snapshot = drover::parseStatus(probe.body))
            m_facts.snapshot = std::move(*snapshot);
        m_facts.status = std::move(probe);
    });
    if (!m_scene.token.empty())
        ask(urlOf(m_scene.status, QStringLiteral("/logs")),
            [this](Probe probe) { m_facts.tokenTry = std::move(probe); },
            {{"X-Auth-Token", QByteArray::fromStdString(m_scene.token)}});
    const auto proxy = parseAddress(m_scene.proxy);
    if (!proxy)
        return;
    ask(urlOf(*proxy, QStringLiteral("/health")), [this](Probe probe) { m_facts.proxy = std::move(probe); });
    ask(urlOf(*proxy, QStringLiteral("/_ollama/health")), [this](Probe probe) { m_facts.gateway = std::move(probe); });
    ask(urlOf(*proxy, QStringLiteral("/api/tags")), [this](Probe probe) { m_facts.proxyModels = std::move(probe); });
    ask(urlOf(*proxy, QStringLiteral("/api/tags")), [this](Probe probe) { m_facts.strangeOrigin = std::move(probe); },
        {{"Origin", "https://drover-doctor.invalid"}});
}

void FactCollector::askBackends()
{
    const auto& configured = m_facts.settings.settings.config.backends;
    m_facts.backends.resize(configured.size());
    for (std::size_t at = 0; at < configured.size(); ++at) {
        Facts::Backend& found = m_facts.backends[at];
        found.url = configured[at].url;
        found.kind = configured[at].kind;
        const auto url = parseUrl(found.url);
        found.https = !url || url->scheme != "http";
        found.local = url && isLoopback(url->host);
        if (found.https)
            continue;
        const bool ollama = found.kind == drover::BackendKind::Ollama;
        const auto path = [&](const char* last) { return QString::fromStdString(url->path) + QLatin1String(last); };
        const Address where{url->host, url->port};
        ask(urlOf(where, path(ollama ? "/api/version" : "/v1/models")),
            [this, at](Probe probe) { m_facts.backends[at].probe = std::move(probe); });
        if (ollama)
            ask(urlOf(where, path("/api/ps")),
                [this, at](Probe probe) { m_facts.backends[at].loaded = std::move(probe); });
    }
}

} // namespace drover::app
