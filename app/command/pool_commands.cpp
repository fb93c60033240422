// SPDX-License-Identifier: MIT
#include "app/command/pool_commands.h"

#include "app/command/control_commands.h"
#include "app/command/pool_key_file.h"
#include "app/command/print.h"
#include "app/command/view/status_text.h"
#include "app/command/view/text_width.h"
#include "app/settings/address.h"
#include "app/settings/settings_blocks.h"
#include "app/settings/settings_edit.h"
#include "app/settings/settings_source.h"

#include <QDeadlineTimer>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QThread>

#include <algorithm>
#include <iostream>
#include <optional>

namespace drover::app {

using namespace std::chrono_literals;

namespace {

constexpr auto connectTimeMax = 20s;
constexpr auto pollEvery = 100ms;

ExitCode codeOf(const EditTrouble& trouble)
{
    switch (trouble.cause) {
    case EditTrouble::Cause::Unreadable:
        return ExitCode::Unreadable;
    case EditTrouble::Cause::Unwritable:
        return ExitCode::CannotWrite;
    case EditTrouble::Cause::FileIsBroken:
        return ExitCode::BadConfig;
    case EditTrouble::Cause::BadValue:
    case EditTrouble::Cause::BadTogether:
        break;
    }
    return ExitCode::Usage;
}

ExitCode endWith(const EditTrouble& trouble)
{
    complain("nothing was changed. " + printable(trouble.sentence));
    return codeOf(trouble);
}

const drover::PoolView* find(const drover::Snapshot& snapshot, const std::string& name)
{
    const auto pool = std::ranges::find(snapshot.pools, name, &drover::PoolView::name);
    return pool == snapshot.pools.end() ? nullptr : &*pool;
}

/// Where the pool stands in the settings file; nothing when it is not there.
std::optional<std::size_t> indexOf(const std::string& name, const Settings& settings)
{
    const auto& pools = settings.pools;
    const auto found = std::ranges::find(pools, name, [](const PoolSetting& each) { return each.pool.name; });
    return found == pools.end() ? std::nullopt : std::optional(static_cast<std::size_t>(found - pools.begin()));
}

/// The running Drover, told to read its settings again; nothing when none runs.
std::optional<Target> reloaded(const Invocation& invocation, const PoolCommandNeeds& needs)
{
    const auto target = findTarget(invocation, needs.environment, needs.places);
    if (!std::holds_alternative<Target>(target))
        return {};
    const auto& running = std::get<Target>(target);
    const auto called = running.client().control("POST", "/control/reload");
    if (const auto* trouble = std::get_if<CallTrouble>(&called)) {
        if (trouble->code != ExitCode::NotRunning)
            complain("the running Drover was not told: " + trouble->sentence);
        return {};
    }
    return running;
}

/// The pool's host, as far as it makes a name.
std::string nameFrom(const std::string& url)
{
    const std::size_t begin = url.find("://") + 3;
    return url.substr(begin, url.find_first_of(":/", begin) - begin);
}

std::string consentText(const std::string& name, const std::string& url)
{
    return "You are about to let the pool \"" + name + "\" (" + url
        + ") use this machine:\n"
          "  - It can send prompts to the models that are installed here; your own apps come first.\n"
          "  - It learns the names of these models, this machine's name, and when it is busy.\n"
          "  - Prompts of other people pass through this machine; Drover does not store them.\n"
          "  - It cannot pull or delete models, and no port is opened. Undo it with: drover leave "
        + name + "\n";
}

bool agrees(const Invocation& invocation, const std::string& name, const std::string& url)
{
    if (invocation.yes)
        return true;
    print(consentText(name, url) + "Join? [y/N] ");
    std::string answer;
    return std::getline(std::cin, answer) && (answer == "y" || answer == "Y" || answer == "yes");
}

/// Until the pool has us or does not want us. Nothing when it did neither in time.
std::optional<drover::PoolView> waitForPool(const Target& target, const std::string& name)
{
    using enum drover::PoolState;
    const QDeadlineTimer deadline(connectTimeMax);
    std::optional<drover::PoolView> last;
    while (!deadline.hasExpired()) {
        const auto called = target.client().snapshot();
        if (const auto* snapshot = std::get_if<drover::Snapshot>(&called)) {
            if (const drover::PoolView* pool = find(*snapshot, name)) {
                last = *pool;
                if (pool->state == Connected || pool->state == Refused || pool->state == Unready)
                    return last;
            }
        }
        QThread::msleep(static_cast<unsigned long>(pollEvery.count()));
    }
    return last;
}

struct Joining {
    const SettingsSource& source;
    std::string name;
    std::string keyFile; ///< empty for a pool without a key
};

void undo(const Joining& joining, const Invocation& invocation, const PoolCommandNeeds& needs)
{
    if (const auto index = indexOf(joining.name, joining.source.read().resolved.settings)) {
        const auto trouble =
            editSettings(joining.source, [&](const std::string& text) { return removeBlock(text, "pool", *index); });
        if (trouble)
            complain(trouble->sentence);
    }
    removePoolKey(joining.keyFile);
    reloaded(invocation, needs);
}

ExitCode tellHowItWent(const Joining& joining, const Invocation& invocation, const PoolCommandNeeds& needs)
{
    const auto running = reloaded(invocation, needs);
    if (!running) {
        print("Joined " + joining.name + ". Drover connects to it when it starts: drover serve\n");
        return ExitCode::Ok;
    }
    const auto pool = waitForPool(*running, joining.name);
    if (pool && pool->state == drover::PoolState::Connected) {
        print("Connected to " + joining.name + ": it may use " + std::to_string(pool->models.size())
            + (pool->models.size() == 1 ? " model, " : " models, ") + std::to_string(pool->slots)
            + (pool->slots == 1 ? " job at once.\n" : " jobs at once.\n"));
        return ExitCode::Ok;
    }
    if (pool && pool->state == drover::PoolState::Unready) {
        print("Joined " + joining.name + ". " + printable(pool->reason) + "\n");
        return ExitCode::Ok;
    }
    if (pool && pool->state == drover::PoolState::Refused) {
        undo(joining, invocation, needs);
        complain(printable(pool->reason) + " " + printable(pool->fix) + " Nothing was kept.");
        return ExitCode::Refused;
    }
    complain("joined " + joining.name + ", but it is not connected yet. "
        + (pool ? printable(pool->reason + " " + pool->fix) : std::string("The running Drover does not know it."))
        + " Drover goes on trying; drover pools tells.");
    return ExitCode::TimedOut;
}

} // namespace

ExitCode join(const Invocation& invocation, const PoolCommandNeeds& needs)
{
    const auto url = poolUrl(invocation.server);
    if (!url) {
        complain("--server must be " + printable(url.error().detail));
        return ExitCode::Usage;
    }
    const std::string name = invocation.name.empty() ? nameFrom(*url) : invocation.name;
    if (!isPoolName(name)) {
        complain("the name " + printable(name) + " must be letters, digits, dots, - and _; choose one with --name");
        return ExitCode::Usage;
    }
    if (invocation.keyFromInput && !invocation.yes) {
        complain("--key-stdin needs --yes too, since the question could not be answered");
        return ExitCode::Usage;
    }
    const SettingsSource source(needs.places, needs.environment, {}, invocation.settingsFile);
    if (indexOf(name, source.read().resolved.settings)) {
        complain("there is a pool called " + name + " already; leave it first, or choose another --name");
        return ExitCode::Failed;
    }
    const auto key = givenKey(invocation);
    if (!key) {
        complain(key.error().detail);
        return ExitCode::Unreadable;
    }
    if (!agrees(invocation, name, *url)) {
        complain("nothing was changed; --yes joins without the question");
        return ExitCode::Failed;
    }
    Joining joining{source, name, {}};
    if (!key->empty()) {
        const auto written = writePoolKey(needs.places, name, *key);
        if (!written) {
            complain(written.error().detail);
            return ExitCode::CannotWrite;
        }
        joining.keyFile = *written;
    }
    const BlockFields fields{{"name", name}, {"url", *url}, {"key_file", joining.keyFile},
        {"worker_name", invocation.workerName}, {"slots", invocation.slots}};
    const auto trouble = editSettings(source, [&](const std::string& text) { return addBlock(text, "pool", fields); });
    if (trouble) {
        removePoolKey(joining.keyFile);
        return endWith(*trouble);
    }
    return tellHowItWent(joining, invocation, needs);
}

ExitCode leave(const Invocation& invocation, const PoolCommandNeeds& needs)
{
    const std::string& name = invocation.words.front();
    const SettingsSource source(needs.places, needs.environment, {}, invocation.settingsFile);
    const Settings settings = source.read().resolved.settings;
    const auto index = indexOf(name, settings);
    if (!index) {
        complain("there is no pool called " + printable(name) + "; drover pools lists them");
        return ExitCode::Usage;
    }
    const std::string keyFile = settings.pools[*index].keyFile;
    const auto trouble =
        editSettings(source, [&](const std::string& text) { return removeBlock(text, "pool", *index); });
    if (trouble)
        return endWith(*trouble);
    const bool ours = keyFile == poolKeyFile(needs.places, name); // a file of the person's own stays
    const bool running = reloaded(invocation, needs).has_value();
    if (ours)
        removePoolKey(keyFile);
    print("Left " + name + ": its settings" + (ours ? " and its key are" : " are") + " removed."
        + (running ? " Jobs that it had running are finished first." : "") + "\n");
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
