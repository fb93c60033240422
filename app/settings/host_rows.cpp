// SPDX-License-Identifier: MIT
#include "app/settings/address.h"
#include "app/settings/table_row.h"

namespace drover::app {

namespace {

using enum ValueType;

Setting hostListenRow()
{
    return {.key = "host.listen",
        .rule = {.type = Address},
        .sentence = QT_TRANSLATE_NOOP("setting",
            "Address and port where workers and clients connect. Beyond 127.0.0.1 it wants TLS and keys, see "
            "host.insecure."),
        .flags = {{"--pool-port", 0, Part::Port,
                      QT_TRANSLATE_NOOP("setting", "Host a pool on this port, for this machine alone.")},
            {"--pool-listen", 0, Part::Whole,
                QT_TRANSLATE_NOOP("setting", "Host a pool on this address and port; 0.0.0.0 lets other machines in.")}},
        .get = [](const Settings& from) -> SettingValue {
            return addressText({from.config.hosting.host, from.config.hosting.port});
        },
        .set =
            [](Settings& into, const SettingValue& value) {
                const auto address = parseAddress(std::get<std::string>(value));
                into.config.hosting.host = address->host;
                into.config.hosting.port = address->port;
            }};
}

std::vector<Setting> reachRows()
{
    return {
        row(
            "host.enabled", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "Host a pool: other machines join it, clients ask it."),
            [](auto& of) -> auto& { return of.config.hosting.enabled; }),
        row("host.name", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "What the pool is called in invitations; empty is this machine's name."),
            [](auto& of) -> auto& { return of.config.hosting.name; }, {.flags = {{"--pool-name"}}}),
        hostListenRow(),
        row("host.public_url", {.type = Text},
            QT_TRANSLATE_NOOP("setting",
                "Where others reach the pool when that is not its address, such as \"https://pool.example.org\"."),
            [](auto& of) -> auto& { return of.config.hosting.publicUrl; }, {.flags = {{"--public-url"}}}),
        row("host.tls_cert", {.type = Text},
            QT_TRANSLATE_NOOP("setting",
                "PEM file of the certificate and those between it and its authority; read again when it is renewed."),
            [](auto& of) -> auto& { return of.config.hosting.certificateFile; }, {.flags = {{"--tls-cert"}}}),
        row("host.tls_key", {.type = Text}, QT_TRANSLATE_NOOP("setting", "PEM file of its private key."),
            [](auto& of) -> auto& { return of.config.hosting.keyFile; }, {.flags = {{"--tls-key"}}}),
        row("host.insecure", {.type = Bool},
            QT_TRANSLATE_NOOP("setting",
                "Let other machines in without TLS or without keys: for a network where you trust everybody."),
            [](auto& of) -> auto& { return of.config.hosting.insecure; }, {.flags = {{"--insecure"}}}),
        row("host.trusted_proxies", {.type = TextList},
            QT_TRANSLATE_NOOP("setting",
                "Reverse proxies whose X-Forwarded-For is believed: addresses, or networks such as \"10.0.0.0/8\"."),
            [](auto& of) -> auto& { return of.config.hosting.trustedProxies; }, {.flags = {{"--trusted-proxy"}}}),
        row(
            "host.worker_path", {.type = Text},
            QT_TRANSLATE_NOOP("setting",
                "One more path where workers connect, besides /workers/connect, /api/workers/connect and "
                "/api/llm/connect."),
            [](auto& of) -> auto& { return of.config.hosting.workerPath; }),
    };
}

std::vector<Setting> peopleRows()
{
    return {
        row(
            "host.keys_file", {.type = Text, .word = "off"},
            QT_TRANSLATE_NOOP("setting",
                "File of the pool's keys and invitations, made when missing; empty is Drover's own, \"off\" for none."),
            [](auto& of) -> auto& { return of.config.hosting.keysFile; }),
        row(
            "host.client_key_file", {.type = Text},
            QT_TRANSLATE_NOOP("setting",
                "File that only you can read, with one key for every client on its first line; or the variable "
                "API_KEY."),
            [](auto& of) -> auto& { return of.hostKeys.clientKeyFile; }),
        row(
            "host.client_key_secret", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "Or the name of a secret: drover secret set NAME keeps it in the keyring."),
            [](auto& of) -> auto& { return of.hostKeys.clientKeySecret; }),
        row(
            "host.worker_key_file", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "The same with one key for every worker; or the variable WORKER_KEY."),
            [](auto& of) -> auto& { return of.hostKeys.workerKeyFile; }),
        row(
            "host.worker_key_secret", {.type = Text},
            QT_TRANSLATE_NOOP("setting", "Or the name of a secret: drover secret set NAME keeps it in the keyring."),
            [](auto& of) -> auto& { return of.hostKeys.workerKeySecret; }),
        row(
            "host.local_backends", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "This machine answers the pool's clients, too, after its own apps."),
            [](auto& of) -> auto& { return of.config.hosting.localBackends; }),
        row(
            "host.own_jobs", {.type = Bool},
            QT_TRANSLATE_NOOP("setting", "The machines of the pool answer the apps of this one, too."),
            [](auto& of) -> auto& { return of.config.hosting.ownJobs; }),
    };
}

std::vector<Setting> limitRows()
{
    return {
        row(
            "host.silence_max", ruled(Duration, 0, day, "forever"),
            QT_TRANSLATE_NOOP("setting",
                "Longest silence of a worker within a request, first byte included; \"forever\" for no limit."),
            [](auto& of) -> auto& { return of.config.hosting.silenceMax; }),
        row(
            "host.workers_max", ruled(Integer, 1, 100'000), QT_TRANSLATE_NOOP("setting", "Workers connected at once."),
            [](auto& of) -> auto& { return of.config.hosting.limits.workersMax; }),
        row(
            "host.models_per_worker_max", ruled(Integer, 1, 100'000),
            QT_TRANSLATE_NOOP("setting", "Models of one worker; those beyond are left out."),
            [](auto& of) -> auto& { return of.config.hosting.limits.modelsPerWorkerMax; }),
        row(
            "host.name_bytes_max", ruled(Integer, 16, 4096),
            QT_TRANSLATE_NOOP("setting", "Bytes of a worker's name, its id, or a model."),
            [](auto& of) -> auto& { return of.config.hosting.limits.nameBytesMax; }),
        row(
            "host.slots_per_worker_max", ruled(Integer, 1, 10'000),
            QT_TRANSLATE_NOOP("setting", "Requests at once of one worker; one that claims more gets these."),
            [](auto& of) -> auto& { return of.config.hosting.limits.slotsPerWorkerMax; }),
        row(
            "host.frame_bytes_max", ruled(Bytes, 64 * kibi, gibi),
            QT_TRANSLATE_NOOP("setting", "Largest message of a worker; a larger one ends its connection."),
            [](auto& of) -> auto& { return of.config.hosting.limits.frameBytesMax; }),
        row(
            "host.unread_bytes_max", ruled(Bytes, 64 * kibi, 4 * gibi),
            QT_TRANSLATE_NOOP("setting", "Of one answer, what its client may leave unread; beyond it is cancelled."),
            [](auto& of) -> auto& { return of.config.hosting.limits.unreadBytesMax; }),
        row(
            "host.unread_bytes_of_all_max", ruled(Bytes, mebi, 1024 * gibi),
            QT_TRANSLATE_NOOP("setting", "The same of all together; beyond the one with most is cancelled."),
            [](auto& of) -> auto& { return of.config.hosting.limits.unreadBytesOfAllMax; }),
        row(
            "host.gone_workers_max", ruled(Integer, 0, 10'000),
            QT_TRANSLATE_NOOP("setting", "Workers remembered after they left."),
            [](auto& of) -> auto& { return of.config.hosting.limits.goneWorkersMax; }),
        row(
            "host.model_labels_max", ruled(Integer, 0, 10'000),
            QT_TRANSLATE_NOOP("setting", "Models told apart in the pool's metrics; the others count as one."),
            [](auto& of) -> auto& { return of.config.hosting.limits.modelLabelsMax; }),
    };
}

} // namespace

std::vector<Setting> hostRows()
{
    std::vector<Setting> all;
    for (const auto& part : {reachRows(), peopleRows(), limitRows()})
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

} // namespace drover::app
