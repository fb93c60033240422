// SPDX-License-Identifier: MIT
#include "app/command/pool_commands.h"

#include "app/command/control_commands.h"
#include "app/command/pool_key_file.h"
#include "app/command/print.h"
#include "app/command/view/status_text.h"
#include "app/command/view/text_width.h"
#include "app/joining/join_words.h"
#include "app/joining/joining.h"
#include "app/settings/settings_source.h"
#include "app/settings/value_text.h"

#include <QEventLoop>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTimer>

#include <algorithm>
#include <iostream>
#include <optional>

namespace drover::app {

using namespace std::chrono_literals;

namespace {

constexpr auto pollEvery = 200ms;

/// The settings file, and the running Drover that is told of its changes. Keys go into the file of secrets, which also
/// a Drover without a session can read.
class CommandDesk : public PoolDesk {
public:
    CommandDesk(const Invocation& invocation, const PoolCommandNeeds& needs)
        : m_source(needs.places, needs.environment, {}, invocation.settingsFile)
        , m_secrets(needs.places, needs.environment, SecretStore::UseKeyring::Yes, nullptr)
    {
        const auto target = findTarget(invocation, needs.environment, needs.places);
        if (const auto* found = std::get_if<Target>(&target); found && snapshotOf(*found))
            m_running = *found;
    }

    Settings settings() const override { return m_source.read().resolved.settings; }

    std::optional<EditTrouble> edit(const TextEdit& edit) override
    {
        auto trouble = editSettings(m_source, edit);
        if (trouble || !m_running)
            return trouble;
        const auto called = m_running->client().control("POST", "/control/reload");
        if (const auto* failed = std::get_if<CallTrouble>(&called))
            complain("the running Drover was not told: " + failed->sentence);
        return {};
    }

    void keepKey(const std::string& secret, const std::string& key, QObject* context,
        std::function<void(const drover::Result<std::string>&)> done) override
    {
        m_secrets.writeToFile(secret, key, context, [done](const drover::Result<SecretStore::Written>& written) {
            written ? done(written->warning) : done(written.error());
        });
    }

    void forgetKey(const std::string& secret) override
    {
        QEventLoop wait; // the keyring answers later
        m_secrets.remove(secret, &wait, [&wait](const drover::Result<>& removed) {
            if (!removed && removed.error().code != drover::Errc::NotFound)
                complain(removed.error().detail);
            wait.quit();
        });
        wait.exec();
    }

    bool engineRuns() const override { return m_running.has_value(); }

    const std::optional<Target>& running() const { return m_running; }

    static std::optional<drover::Snapshot> snapshotOf(const Target& target)
    {
        auto called = target.client().snapshot();
        if (auto* snapshot = std::get_if<drover::Snapshot>(&called))
            return std::move(*snapshot);
        return {};
    }

private:
    SettingsSource m_source;
    SecretStore m_secrets;
    std::optional<Target> m_running;
};

/// What the words and options of `drover join` say together. Complains about what is wrong with them.
std::optional<Invitation> invitationOf(const Invocation& invocation)
{
    Invitation invitation;
    if (!invocation.words.empty()) {
        const std::string& word = invocation.words.front();
        std::string text = word;
        if (word == "-") {
            text.assign(std::istreambuf_iterator<char>(std::cin), {});
        } else if (QFileInfo(QString::fromStdString(word)).isFile()) {
            const auto read = readTextFile(word);
            if (!read) {
                complain("the invitation cannot be read: " + printable(word));
                return {};
            }
            text = *read;
        }
        auto parsed = parseInvitation(text);
        if (!parsed) {
            complain("this is no invitation: " + parsed.error().detail);
            return {};
        }
        if (text == word && !parsed->key.empty())
            complain("the link has a key in it, which other programs on this machine can see in the list of processes; "
                     "drover join - reads it from standard input");
        invitation = std::move(*parsed);
    }
    if (!invocation.server.empty())
        invitation.server = invocation.server;
    if (invitation.server.empty()) {
        complain("name a link, a file or --server");
        return {};
    }
    if (!poolAddresses(invitation.server)) {
        complain("--server must be an address such as wss://pool.example.org, not " + printable(invitation.server));
        return {};
    }
    if (!invocation.name.empty())
        invitation.name = invocation.name;
    if (!invocation.workerName.empty())
        invitation.workerName = invocation.workerName;
    if (!invocation.slots.empty() && invocation.slots != "auto") {
        const auto slots = parseValue({.type = ValueType::Integer, .least = 1, .most = 1024}, invocation.slots);
        if (!slots) {
            complain("--slots must be " + slots.error().detail);
            return {};
        }
        invitation.slots = static_cast<int>(std::get<std::int64_t>(*slots));
    }
    return invitation;
}

std::string listed(const QString& title, const QStringList& lines)
{
    std::string text = title.toStdString() + "\n";
    for (const QString& line : lines)
        text += "  - " + printable(line.toStdString()) + "\n";
    return text;
}

std::string consentText(const JoinView& view)
{
    std::string text = "You are about to let a pool use this machine: " + printable(view.name.toStdString()) + " ("
        + printable(view.url.toStdString()) + ")\n" + listed(JoinWords::tr("What it can ask"), JoinWords::asks(view))
        + listed(JoinWords::tr("What it can see"), JoinWords::sees(view))
        + listed(JoinWords::tr("What you must know"), JoinWords::know(view));
    return text;
}

bool agrees(const Invocation& invocation, const JoinView& view)
{
    if (const QStringList warnings = JoinWords::warnings(view); !warnings.isEmpty())
        complain(listed(JoinWords::tr("Mind:"), warnings));
    if (invocation.yes)
        return true;
    print(consentText(view) + "Join? [y/N] ");
    std::string answer;
    return std::getline(std::cin, answer) && (answer == "y" || answer == "Y" || answer == "yes");
}

ExitCode codeOf(JoinTrouble trouble)
{
    switch (trouble) {
    case JoinTrouble::None:
    case JoinTrouble::NoModel:
        return ExitCode::Ok;
    case JoinTrouble::BadInvitation:
    case JoinTrouble::BadName:
    case JoinTrouble::BadKey:
        return ExitCode::Usage;
    case JoinTrouble::KeyRefused:
    case JoinTrouble::PoolRefused:
    case JoinTrouble::CodeNotTaken:
    case JoinTrouble::CertificateOther:
        return ExitCode::Refused;
    case JoinTrouble::KeyNotKept:
    case JoinTrouble::SettingsNotWritten:
        return ExitCode::CannotWrite;
    case JoinTrouble::NotConnected:
        return ExitCode::TimedOut;
    case JoinTrouble::TestFailed:
        return ExitCode::Unhealthy;
    default:
        return ExitCode::Failed;
    }
}

/// Prints each step once, asks, and ends the loop.
class JoinDialogue {
public:
    JoinDialogue(const Invocation& invocation, CommandDesk& desk)
        : m_invocation(invocation)
        , m_desk(desk)
        , m_joining(desk)
    {
        QObject::connect(&m_joining, &Joining::changed, &m_joining, [this] {
            QMetaObject::invokeMethod(
                &m_joining, [this] { step(); }, Qt::QueuedConnection);
        });
        QObject::connect(&m_poll, &QTimer::timeout, &m_joining, [this] { look(); });
    }

    ExitCode run(const Invitation& invitation)
    {
        look();
        if (m_desk.running())
            m_poll.start(pollEvery);
        m_joining.begin(invitation);
        return static_cast<ExitCode>(m_loop.exec());
    }

private:
    void look()
    {
        if (!m_desk.running())
            return;
        if (const auto snapshot = CommandDesk::snapshotOf(*m_desk.running()))
            m_joining.show(*snapshot);
    }

    void step()
    {
        if (m_ended)
            return;
        const JoinView view = m_joining.view();
        if (view.phase == JoinView::Phase::Asking)
            return ask(view);
        const std::string line = printable(JoinWords::progress(view).toStdString());
        if (!line.empty() && line != m_said)
            print(line + "\n");
        m_said = line;
        if (view.phase == JoinView::Phase::Failed || view.phase == JoinView::Phase::Sharing)
            finish(view);
    }

    void ask(const JoinView& view)
    {
        const std::string name = m_invocation.name.empty() ? view.name.toStdString() : m_invocation.name;
        if (view.trouble != JoinTrouble::None || !isPoolName(name))
            return finish(view);
        if (m_asked)
            return;
        m_asked = true;
        JoinView shown = view;
        shown.name = QString::fromStdString(name);
        if (!agrees(m_invocation, shown)) {
            complain("nothing was changed; --yes joins without the question");
            return end(ExitCode::Failed);
        }
        m_joining.agree(name, view.workerName.toStdString());
    }

    void finish(const JoinView& view)
    {
        if (view.trouble != JoinTrouble::None)
            complain(printable((JoinWords::sentence(view) + QLatin1Char(' ') + JoinWords::advice(view)).toStdString()));
        end(codeOf(view.trouble));
    }

    void end(ExitCode code)
    {
        m_ended = true;
        m_poll.stop();
        m_loop.exit(static_cast<int>(code));
    }

    const Invocation& m_invocation;
    CommandDesk& m_desk;
    Joining m_joining;
    QTimer m_poll;
    QEventLoop m_loop;
    std::string m_said;
    bool m_asked = false;
    bool m_ended = false;
};

} // namespace

ExitCode join(const Invocation& invocation, const PoolCommandNeeds& needs)
{
    const bool readsInput = invocation.keyFromInput || (!invocation.words.empty() && invocation.words.front() == "-");
    if (readsInput && !invocation.yes) {
        complain("reading from standard input needs --yes too, since the question could not be answered");
        return ExitCode::Usage;
    }
    if (!invocation.name.empty() && !isPoolName(invocation.name)) {
        complain("--name must be letters, digits, dots, - and _, not " + printable(invocation.name));
        return ExitCode::Usage;
    }
    auto invitation = invitationOf(invocation);
    if (!invitation)
        return ExitCode::Usage;
    const auto key = givenKey(invocation);
    if (!key) {
        complain(key.error().detail);
        return ExitCode::Unreadable;
    }
    if (!key->empty())
        invitation->key = *key;
    CommandDesk desk(invocation, needs);
    if (!invocation.name.empty() && freePoolName(desk.settings(), invocation.name) != invocation.name) {
        complain("there is a pool called " + invocation.name + " already; leave it first, or choose another --name");
        return ExitCode::Failed;
    }
    return JoinDialogue(invocation, desk).run(*invitation);
}

namespace {

/// Ends what a pool has running here; for who cannot wait.
void stopJobsOf(const std::string& pool, const Target& target)
{
    const auto snapshot = CommandDesk::snapshotOf(target);
    for (const drover::JobView& job : snapshot ? snapshot->jobs : std::vector<drover::JobView>{}) {
        if (job.pool == pool)
            target.client().control("POST", "/control/cancel?id=" + std::to_string(job.id));
    }
}

} // namespace

ExitCode leave(const Invocation& invocation, const PoolCommandNeeds& needs)
{
    const std::string& name = invocation.words.front();
    CommandDesk desk(invocation, needs);
    const Left left = leavePool(desk, name);
    if (!left.wasThere) {
        complain("there is no pool called " + printable(name) + "; drover pools lists them");
        return ExitCode::Usage;
    }
    const std::string sentence = printable(leftText(left, name).toStdString());
    if (left.trouble) {
        complain(sentence);
        return ExitCode::CannotWrite;
    }
    if (desk.running() && invocation.now)
        stopJobsOf(name, *desk.running());
    print(sentence + (desk.running() && !invocation.now ? " Jobs that it has running are finished first.\n" : "\n"));
    return ExitCode::Ok;
}

namespace {

std::string givenText(const drover::GivenSum& given)
{
    return countText(given.jobs) + (given.jobs == 1 ? " job, " : " jobs, ")
        + countText(given.promptTokens + given.outputTokens) + " tokens, " + durationText(given.ran);
}

} // namespace

std::string poolsText(const drover::Snapshot& snapshot)
{
    if (snapshot.pools.empty())
        return "This machine works for no pool. Join one: drover join --server URL --key-file FILE\n";
    std::string text;
    for (const drover::PoolView& pool : snapshot.pools) {
        text += printable(pool.name) + ": " + std::string(drover::name(pool.state));
        if (pool.state == drover::PoolState::Connected)
            text += ", " + std::to_string(pool.latency.count()) + " ms";
        if (pool.retryIn > 0ms)
            text += ", tries again in " + durationText(pool.retryIn);
        text += "\n  server    " + printable(pool.url) + "\n";
        text += "  offers    " + std::to_string(pool.models.size())
            + (pool.models.size() == 1 ? " model, " : " models, ") + std::to_string(pool.slots)
            + (pool.slots == 1 ? " job at once" : " jobs at once") + ", as \"" + printable(pool.workerName) + "\"\n";
        text += "  jobs      " + std::to_string(pool.running) + " running, " + std::to_string(pool.waiting)
            + " waiting, " + countText(pool.jobs) + " taken, " + countText(pool.failed) + " failed\n";
        if (pool.total.jobs > 0)
            text += "  given     today " + givenText(pool.today) + "; in all " + givenText(pool.total) + "\n";
        if (!pool.reason.empty())
            text += "  " + printable(pool.reason) + (pool.fix.empty() ? "" : " " + printable(pool.fix)) + "\n";
    }
    return text;
}

ExitCode pools(const Invocation& invocation, const Target& target)
{
    const auto asked = target.client().ask("GET", "/status");
    if (const auto* trouble = std::get_if<CallTrouble>(&asked))
        return endWith(*trouble);
    const auto called = target.client().snapshot();
    if (const auto* trouble = std::get_if<CallTrouble>(&called))
        return endWith(*trouble);
    const auto& snapshot = std::get<drover::Snapshot>(called);
    if (invocation.json) {
        const auto status = QJsonDocument::fromJson(QByteArray::fromStdString(std::get<HttpAnswer>(asked).body));
        const QJsonArray array = status.object().value(QStringLiteral("pools")).toArray();
        print(QJsonDocument(array).toJson().toStdString());
    } else {
        print(poolsText(snapshot));
    }
    const bool refused = std::ranges::any_of(
        snapshot.pools, [](const drover::PoolView& pool) { return pool.state == drover::PoolState::Refused; });
    return refused ? ExitCode::Unhealthy : ExitCode::Ok;
}

} // namespace drover::app
