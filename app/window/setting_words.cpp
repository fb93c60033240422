// SPDX-License-Identifier: MIT
#include "app/window/setting_words.h"

#include "app/settings/layer.h"
#include "app/settings/number_text.h"
#include "app/settings/settings_table.h"
#include "app/settings/value_text.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>

namespace drover::app::setting_words {

namespace {

/// A key, or a key and a choice, and what people call it.
struct Word {
    std::string_view of;
    const char* english;
};

constexpr std::array titles = {
    Word{"general.language", QT_TRANSLATE_NOOP("setting", "Language")},
    Word{"general.theme", QT_TRANSLATE_NOOP("setting", "Theme")},
    Word{"general.start_hidden", QT_TRANSLATE_NOOP("setting", "Start in the tray")},
    Word{"general.confirm_quit", QT_TRANSLATE_NOOP("setting", "Ask before quitting")},
    Word{"proxy.listen", QT_TRANSLATE_NOOP("setting", "Address for apps")},
    Word{"proxy.timeout", QT_TRANSLATE_NOOP("setting", "Backend's silence at most")},
    Word{"proxy.demo", QT_TRANSLATE_NOOP("setting", "Simulated model")},
    Word{"proxy.origins", QT_TRANSLATE_NOOP("setting", "Web pages allowed")},
    Word{"proxy.manage_from_loopback", QT_TRANSLATE_NOOP("setting", "Apps may manage models")},
    Word{"proxy.recognise_programs", QT_TRANSLATE_NOOP("setting", "Recognise apps by their program")},
    Word{"proxy.keep_alive", QT_TRANSLATE_NOOP("setting", "Signs of life while waiting")},
    Word{"proxy.keep_alive_after", QT_TRANSLATE_NOOP("setting", "First sign of life after")},
    Word{"proxy.keep_alive_after_unstreamed", QT_TRANSLATE_NOOP("setting", "First sign of life, not streamed")},
    Word{"proxy.keep_alive_every", QT_TRANSLATE_NOOP("setting", "Then a sign of life every")},
    Word{"proxy.body_bytes_max", QT_TRANSLATE_NOOP("setting", "Request body at most")},
    Word{"proxy.header_bytes_max", QT_TRANSLATE_NOOP("setting", "Request head at most")},
    Word{"proxy.header_time_max", QT_TRANSLATE_NOOP("setting", "Time for a request's head")},
    Word{"proxy.body_time_max", QT_TRANSLATE_NOOP("setting", "Time for a request's body")},
    Word{"proxy.idle_time_max", QT_TRANSLATE_NOOP("setting", "Idle connections end after")},
    Word{"proxy.write_time_max", QT_TRANSLATE_NOOP("setting", "Clients that take nothing end after")},
    Word{"proxy.connections_max", QT_TRANSLATE_NOOP("setting", "Connections at most")},
    Word{"queue.concurrency", QT_TRANSLATE_NOOP("setting", "Jobs at once")},
    Word{"queue.fairness", QT_TRANSLATE_NOOP("setting", "Fair by")},
    Word{"queue.waiting_max", QT_TRANSLATE_NOOP("setting", "Jobs waiting at most")},
    Word{"queue.waiting_per_user_max", QT_TRANSLATE_NOOP("setting", "Jobs waiting at most, per app")},
    Word{"queue.waiting_bytes_max", QT_TRANSLATE_NOOP("setting", "Memory of waiting jobs at most")},
    Word{"queue.wait_max_interactive", QT_TRANSLATE_NOOP("setting", "Wait at most, interactive and normal")},
    Word{"queue.wait_max_batch", QT_TRANSLATE_NOOP("setting", "Wait at most, batch")},
    Word{"queue.shedding", QT_TRANSLATE_NOOP("setting", "Refuse early")},
    Word{"queue.codel_target", QT_TRANSLATE_NOOP("setting", "CoDel: a wait that is fine")},
    Word{"queue.codel_interval", QT_TRANSLATE_NOOP("setting", "CoDel: patience above it")},
    Word{"queue.lane_ageing", QT_TRANSLATE_NOOP("setting", "Ageing between lanes")},
    Word{"queue.users_remembered_max", QT_TRANSLATE_NOOP("setting", "Apps remembered")},
    Word{"engine.mode", QT_TRANSLATE_NOOP("setting", "Local Ollama")},
    Word{"engine.binary", QT_TRANSLATE_NOOP("setting", "Ollama's program")},
    Word{"engine.environment", QT_TRANSLATE_NOOP("setting", "Ollama's environment")},
    Word{"engine.hang_time_max", QT_TRANSLATE_NOOP("setting", "Ollama hangs after")},
    Word{"status.listen", QT_TRANSLATE_NOOP("setting", "Address for status")},
    Word{"status.metrics_listen", QT_TRANSLATE_NOOP("setting", "Address for metrics alone")},
    Word{"status.token_file", QT_TRANSLATE_NOOP("setting", "File with the control token")},
    Word{"log.level", QT_TRANSLATE_NOOP("setting", "Log level")},
    Word{"log.file", QT_TRANSLATE_NOOP("setting", "Log file")},
    Word{"serve.drain_timeout", QT_TRANSLATE_NOOP("setting", "Time to finish when stopped")},
    Word{"user", QT_TRANSLATE_NOOP("setting", "Rules of apps")},
    Word{"queue.pool_jobs_yield", QT_TRANSLATE_NOOP("setting", "Pools' jobs give way")},
    Word{"sharing.manners", QT_TRANSLATE_NOOP("setting", "Manners")},
    Word{"sharing.on_battery", QT_TRANSLATE_NOOP("setting", "Pause on battery")},
    Word{"sharing.full_screen", QT_TRANSLATE_NOOP("setting", "Pause for full-screen apps")},
    Word{"sharing.programs", QT_TRANSLATE_NOOP("setting", "Pause for these programs")},
    Word{"sharing.gpu_others_max", QT_TRANSLATE_NOOP("setting", "GPU used by others at most, %")},
    Word{"sharing.cpu_others_max", QT_TRANSLATE_NOOP("setting", "Processor used by others at most, %")},
    Word{"sharing.idle_min", QT_TRANSLATE_NOOP("setting", "You are away after")},
    Word{"sharing.metered", QT_TRANSLATE_NOOP("setting", "Pause on metered networks")},
    Word{"sharing.schedule", QT_TRANSLATE_NOOP("setting", "Hours")},
    Word{"sharing.temperature_max", QT_TRANSLATE_NOOP("setting", "Temperature at most, °C")},
    Word{"sharing.disk_free_min", QT_TRANSLATE_NOOP("setting", "Disk space that stays free")},
    Word{"sharing.memory_free_min", QT_TRANSLATE_NOOP("setting", "Memory that stays free")},
    Word{"sharing.tokens_per_day", QT_TRANSLATE_NOOP("setting", "Tokens a day at most")},
    Word{"sharing.jobs_per_day", QT_TRANSLATE_NOOP("setting", "Jobs a day at most")},
    Word{"sharing.time_per_day", QT_TRANSLATE_NOOP("setting", "Time a day at most")},
    Word{"sharing.own_too", QT_TRANSLATE_NOOP("setting", "The rules count for my apps, too")},
    Word{"host.enabled", QT_TRANSLATE_NOOP("setting", "Host a pool")},
    Word{"host.name", QT_TRANSLATE_NOOP("setting", "Name of the pool")},
    Word{"host.listen", QT_TRANSLATE_NOOP("setting", "Address of the pool")},
    Word{"host.public_url", QT_TRANSLATE_NOOP("setting", "Address for others")},
    Word{"host.tls_cert", QT_TRANSLATE_NOOP("setting", "Certificate")},
    Word{"host.tls_key", QT_TRANSLATE_NOOP("setting", "Key of the certificate")},
    Word{"host.insecure", QT_TRANSLATE_NOOP("setting", "Let others in without TLS or keys")},
    Word{"host.trusted_proxies", QT_TRANSLATE_NOOP("setting", "Reverse proxies trusted")},
    Word{"host.worker_path", QT_TRANSLATE_NOOP("setting", "One more path for workers")},
    Word{"host.keys_file", QT_TRANSLATE_NOOP("setting", "File of keys")},
    Word{"host.client_key_file", QT_TRANSLATE_NOOP("setting", "File of the clients' key")},
    Word{"host.client_key_secret", QT_TRANSLATE_NOOP("setting", "Secret of the clients' key")},
    Word{"host.worker_key_file", QT_TRANSLATE_NOOP("setting", "File of the workers' key")},
    Word{"host.worker_key_secret", QT_TRANSLATE_NOOP("setting", "Secret of the workers' key")},
    Word{"host.local_backends", QT_TRANSLATE_NOOP("setting", "This machine answers too")},
    Word{"host.own_jobs", QT_TRANSLATE_NOOP("setting", "The pool answers my apps too")},
    Word{"host.silence_max", QT_TRANSLATE_NOOP("setting", "Worker's silence at most")},
    Word{"host.workers_max", QT_TRANSLATE_NOOP("setting", "Workers at most")},
    Word{"host.models_per_worker_max", QT_TRANSLATE_NOOP("setting", "Models of a worker at most")},
    Word{"host.name_bytes_max", QT_TRANSLATE_NOOP("setting", "Names at most, bytes")},
    Word{"host.slots_per_worker_max", QT_TRANSLATE_NOOP("setting", "Requests of a worker at most")},
    Word{"host.frame_bytes_max", QT_TRANSLATE_NOOP("setting", "Message of a worker at most")},
    Word{"host.unread_bytes_max", QT_TRANSLATE_NOOP("setting", "Unread of an answer at most")},
    Word{"host.unread_bytes_of_all_max", QT_TRANSLATE_NOOP("setting", "Unread of all answers at most")},
    Word{"host.gone_workers_max", QT_TRANSLATE_NOOP("setting", "Workers remembered")},
    Word{"host.model_labels_max", QT_TRANSLATE_NOOP("setting", "Models told apart in metrics")},
    Word{"tray.icon_style", QT_TRANSLATE_NOOP("setting", "Tray icon")},
    Word{"notifications.enabled", QT_TRANSLATE_NOOP("setting", "Show notifications")},
    Word{"notifications.ollama_gave_up", QT_TRANSLATE_NOOP("setting", "Ollama was given up")},
    Word{"notifications.ollama_restarted", QT_TRANSLATE_NOOP("setting", "Ollama was started again")},
    Word{"notifications.app_limited", QT_TRANSLATE_NOOP("setting", "An app is at its limit")},
    Word{"notifications.download_finished", QT_TRANSLATE_NOOP("setting", "A download is finished")},
    Word{"notifications.disk_full", QT_TRANSLATE_NOOP("setting", "The disk is nearly full")},
    Word{"notifications.pool_lost", QT_TRANSLATE_NOOP("setting", "A pool is lost")},
    Word{"notifications.queue_long", QT_TRANSLATE_NOOP("setting", "The queue is long")},
    Word{"notifications.queue_long_jobs", QT_TRANSLATE_NOOP("setting", "Long means more jobs than")},
    Word{"notifications.queue_long_time", QT_TRANSLATE_NOOP("setting", "For at least")},
    Word{"notifications.pause_over", QT_TRANSLATE_NOOP("setting", "A pause is over")},
    Word{"notifications.weekly_summary", QT_TRANSLATE_NOOP("setting", "Summary of the week")},
    Word{"history.keep", QT_TRANSLATE_NOOP("setting", "Keep requests for")},
    Word{"history.keep_usage", QT_TRANSLATE_NOOP("setting", "Keep figures per day for")},
    Word{"history.keep_ledger", QT_TRANSLATE_NOOP("setting", "Keep the ledger of pools for")},
    Word{"backend", QT_TRANSLATE_NOOP("setting", "Backends")},
    Word{"pool", QT_TRANSLATE_NOOP("setting", "Pools")},
    Word{"key", QT_TRANSLATE_NOOP("setting", "Keys")},
    // fields of a backend
    Word{"backend.name", QT_TRANSLATE_NOOP("setting", "Name")},
    Word{"backend.url", QT_TRANSLATE_NOOP("setting", "Address")},
    Word{"backend.kind", QT_TRANSLATE_NOOP("setting", "Kind")},
    Word{"backend.slots", QT_TRANSLATE_NOOP("setting", "Jobs at once")},
    Word{"backend.ca_file", QT_TRANSLATE_NOOP("setting", "Authority file")},
    Word{"backend.api_key_env", QT_TRANSLATE_NOOP("setting", "Key from variable")},
    Word{"backend.api_key_file", QT_TRANSLATE_NOOP("setting", "Key from file")},
};

constexpr std::array groups = {
    Word{"general", QT_TRANSLATE_NOOP("setting", "General")},
    Word{"engine", QT_TRANSLATE_NOOP("setting", "Ollama")},
    Word{"backend", QT_TRANSLATE_NOOP("setting", "Backends")},
    Word{"proxy", QT_TRANSLATE_NOOP("setting", "Proxy")},
    Word{"queue", QT_TRANSLATE_NOOP("setting", "Queue")},
    Word{"status", QT_TRANSLATE_NOOP("setting", "Status")},
    Word{"log", QT_TRANSLATE_NOOP("setting", "Log")},
    Word{"serve", QT_TRANSLATE_NOOP("setting", "Without a window")},
    Word{"tray", QT_TRANSLATE_NOOP("setting", "Tray")},
    Word{"notifications", QT_TRANSLATE_NOOP("setting", "Notifications")},
    Word{"history", QT_TRANSLATE_NOOP("setting", "History")},
    Word{"sharing", QT_TRANSLATE_NOOP("setting", "Sharing")},
    Word{"host", QT_TRANSLATE_NOOP("setting", "Host")},
    Word{"user", QT_TRANSLATE_NOOP("setting", "Apps")},
    Word{"key", QT_TRANSLATE_NOOP("setting", "Apps")},
};

constexpr std::array choices = {
    Word{"general.language=system", QT_TRANSLATE_NOOP("setting", "As the system")},
    Word{"general.language=en", "English"},
    Word{"general.language=de", "Deutsch"},
    Word{"general.theme=system", QT_TRANSLATE_NOOP("setting", "As the system")},
    Word{"general.theme=light", QT_TRANSLATE_NOOP("setting", "Light")},
    Word{"general.theme=dark", QT_TRANSLATE_NOOP("setting", "Dark")},
    Word{"tray.icon_style=auto", QT_TRANSLATE_NOOP("setting", "Fits the panel")},
    Word{"tray.icon_style=light", QT_TRANSLATE_NOOP("setting", "Light")},
    Word{"tray.icon_style=dark", QT_TRANSLATE_NOOP("setting", "Dark")},
    Word{"tray.icon_style=colour", QT_TRANSLATE_NOOP("setting", "In colour")},
    Word{"engine.mode=adopt", QT_TRANSLATE_NOOP("setting", "Use the one that runs")},
    Word{"engine.mode=supervise", QT_TRANSLATE_NOOP("setting", "Start it and keep it running")},
    Word{"engine.mode=remote", QT_TRANSLATE_NOOP("setting", "Leave it alone")},
    Word{"queue.fairness=tokens", QT_TRANSLATE_NOOP("setting", "Tokens")},
    Word{"queue.fairness=time", QT_TRANSLATE_NOOP("setting", "Time")},
    Word{"queue.fairness=requests", QT_TRANSLATE_NOOP("setting", "Requests")},
    Word{"queue.shedding=none", QT_TRANSLATE_NOOP("setting", "Never")},
    Word{"queue.shedding=codel", QT_TRANSLATE_NOOP("setting", "When the queue stands (CoDel)")},
    Word{"sharing.manners=polite", QT_TRANSLATE_NOOP("setting", "Polite")},
    Word{"sharing.manners=away", QT_TRANSLATE_NOOP("setting", "Only when I am away")},
    Word{"sharing.manners=dedicated", QT_TRANSLATE_NOOP("setting", "Dedicated")},
    Word{"log.level=debug", QT_TRANSLATE_NOOP("setting", "Debug")},
    Word{"log.level=info", QT_TRANSLATE_NOOP("setting", "Info")},
    Word{"log.level=warning", QT_TRANSLATE_NOOP("setting", "Warning")},
    Word{"log.level=error", QT_TRANSLATE_NOOP("setting", "Error")},
    Word{"log.level=off", QT_TRANSLATE_NOOP("setting", "Off")},
    Word{"backend.kind=ollama", "Ollama"},
    Word{"backend.kind=openai", QT_TRANSLATE_NOOP("setting", "OpenAI-compatible")},
};

QString said(const char* english)
{
    return QCoreApplication::translate("setting", english);
}

QString textOf(std::string_view utf8)
{
    return QString::fromUtf8(utf8.data(), static_cast<qsizetype>(utf8.size()));
}

/// "Waiting max" of "waiting_max".
QString spelled(std::string_view name)
{
    QString text = textOf(name).replace(QLatin1Char('_'), QLatin1Char(' '));
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

template <std::size_t size> const Word* find(const std::array<Word, size>& words, std::string_view of)
{
    const auto found = std::ranges::find(words, of, &Word::of);
    return found == words.end() ? nullptr : &*found;
}

/// A number of a rule as people read it.
QString number(const ValueRule& rule, std::int64_t number)
{
    if (rule.type == ValueType::Number)
        return QLocale().toString(static_cast<double>(number) / 100);
    if (rule.type == ValueType::Integer || rule.type == ValueType::Count)
        return QLocale().toString(static_cast<qlonglong>(number));
    if (rule.type == ValueType::Bytes)
        return QString::fromStdString(inUnits(number, byteUnitsWritten, " "));
    return number == 0 ? QStringLiteral("0 s") : QString::fromStdString(inUnits(number, durationUnitsWritten, " "));
}

/// Of drover.toml and the like: "path:12" or "path".
QString fromFile(const QString& origin)
{
    const auto colon = origin.lastIndexOf(QLatin1Char(':'));
    bool isLine = false;
    const int line = origin.mid(colon + 1).toInt(&isLine);
    return isLine && colon > 0 ? QCoreApplication::translate("setting", "From the file, line %1").arg(line)
                               : QCoreApplication::translate("setting", "From the file");
}

} // namespace

bool hasTitle(const Setting& setting)
{
    return find(titles, setting.key) != nullptr;
}

QString title(const Setting& setting)
{
    const Word* word = find(titles, setting.key);
    return word ? said(word->english) : spelled(setting.name());
}

QString sentence(std::string_view english)
{
    return said(std::string(english).c_str());
}

QString groupTitle(std::string_view section)
{
    const Word* word = find(groups, section);
    return word ? said(word->english) : spelled(section);
}

QString choice(std::string_view key, std::string_view choice)
{
    const Word* word = find(choices, std::string(key) + "=" + std::string(choice));
    return word ? said(word->english) : spelled(choice);
}

QString whatIsAllowed(const ValueRule& rule)
{
    const auto tr = [](const char* text) { return QCoreApplication::translate("setting", text); };
    const QString word = rule.word.empty() ? QString() : textOf(rule.word);
    switch (rule.type) {
    case ValueType::Integer:
    case ValueType::Number:
    case ValueType::Count:
    case ValueType::Bytes:
    case ValueType::Duration: {
        const bool isWord = !word.isEmpty() && rule.wordValue == rule.least;
        const QString least = number(rule, isWord && rule.least < 0 ? 0 : rule.least);
        const QString most = number(rule, rule.most);
        return word.isEmpty()
            ? tr(QT_TRANSLATE_NOOP("setting", "This must be between %1 and %2.")).arg(least, most)
            : tr(QT_TRANSLATE_NOOP("setting", "This must be between %1 and %2, or “%3”.")).arg(least, most, word);
    }
    case ValueType::Address:
        return word.isEmpty()
            ? tr(QT_TRANSLATE_NOOP("setting", "This must be an address with a port, such as 127.0.0.1:11435."))
            : tr(QT_TRANSLATE_NOOP("setting", "This must be an address with a port, such as 127.0.0.1:4555, or “%1”."))
                  .arg(word);
    case ValueType::Url:
        return tr(QT_TRANSLATE_NOOP("setting", "This must be an address such as http://192.168.1.20:11434."));
    case ValueType::WeekHours:
        return tr(QT_TRANSLATE_NOOP(
            "setting", "This must be “always”, “never”, or days with hours such as: mon-fri 18-24,0-8; sat,sun 0-24"));
    case ValueType::TextList:
        return tr(QT_TRANSLATE_NOOP("setting", "Each line is one entry; none may have a comma."));
    case ValueType::Text:
        return tr(QT_TRANSLATE_NOOP("setting", "This must be plain text without control characters."));
    case ValueType::Bool:
    case ValueType::Choice:
    case ValueType::Users:
    case ValueType::Backends:
    case ValueType::Keys:
    case ValueType::Pools:
        break;
    }
    return tr(QT_TRANSLATE_NOOP("setting", "This value is not right."));
}

QString origin(const std::string& origin)
{
    const QString text = QString::fromStdString(origin);
    const auto rest = [&](const char* prefix) { return text.mid(QLatin1String(prefix).size()); };
    if (origin == "default")
        return QCoreApplication::translate("setting", "Default");
    if (origin.starts_with("environment "))
        return QCoreApplication::translate("setting", "From the variable %1").arg(rest("environment "));
    if (origin.starts_with(commandLine))
        return QCoreApplication::translate("setting", "From the command line: %1").arg(rest("command line "));
    return fromFile(text);
}

QString whyFixed(std::string_view key, const std::string& origin)
{
    const QString text = QString::fromStdString(origin);
    if (origin == "environment OLLAMA_HOST" && key == "backend")
        return {}; // counts only while nothing else names a backend
    if (origin.starts_with("environment "))
        return QCoreApplication::translate(
            "setting", "The environment variable %1 decides this and is stronger than the file.")
            .arg(text.mid(12));
    if (origin.starts_with(commandLine))
        return QCoreApplication::translate("setting", "Drover was started with %1, which is stronger than the file.")
            .arg(text.mid(static_cast<qsizetype>(commandLine.size()) + 1));
    return {};
}

QString command(std::string_view key, const std::string& value)
{
    const auto isPlain = [](char letter) {
        return letter == '.' || letter == '/' || letter == ':' || letter == '-' || letter == '_' || letter == ','
            || (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
    };
    QString text = QString::fromStdString(value);
    if (value.empty() || !std::ranges::all_of(value, isPlain))
        text = QLatin1Char('"') + text.replace(QLatin1Char('"'), QLatin1String("\\\"")) + QLatin1Char('"');
    return QStringLiteral("drover config set %1 %2").arg(textOf(key), text);
}

} // namespace drover::app::setting_words
