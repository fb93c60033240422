// SPDX-License-Identifier: MIT
#include "app/command/key_options.h"

#include <CLI/CLI.hpp>

#include <utility>

namespace drover::app {

namespace {

constexpr const char* keysFooter = R"(
Without --pool and --worker a key is for an app that asks the queue of this machine. A key is printed once, on standard
output; only its hash is kept. A running Drover follows each change at once.

Examples:
  drover keys add phone --weight 2
  drover keys add ann --pool --expires 30d --models 'llama3*,qwen*' --rpm 60 --tpm 100k --tpd 1M
  drover keys add attic --worker
  drover keys rotate ann --grace 1h)";

constexpr const char* inviteFooter = R"(
Prints a link, its code and, in a terminal, a QR code, once. Whoever has it joins the pool with `drover join`, and gets a
key of that machine's own.

Examples:
  drover invite
  drover invite --uses 20 --expires 7d --note 'the lab'
  drover invite withdraw 3)";

void addJson(CLI::App& to, Invocation& into)
{
    to.add_flag("--json", into.json, "Print JSON");
}

void addKinds(CLI::App& to, Invocation& into)
{
    for (const auto& [flag, kind, sentence] : {std::tuple{"--app", KeyKind::App, "Of an app of this machine's queue"},
             std::tuple{"--pool", KeyKind::Pool, "Of a client of the pool that this machine hosts"},
             std::tuple{"--worker", KeyKind::Worker, "Of a machine that joins that pool"}}) {
        const KeyKind meant = kind;
        to.add_flag_callback(
            flag,
            [&into, meant] {
                if (into.keys.kind)
                    throw CLI::ValidationError("keys", "takes one of --app, --pool and --worker");
                into.keys.kind = meant;
            },
            sentence);
    }
}

void addName(CLI::App& to, Invocation& into, const char* sentence)
{
    to.add_option("keyname", into.words, sentence)->required()->expected(1)->type_name("NAME");
}

void addText(CLI::App& to, const char* option, std::string& into, const char* type, const char* sentence)
{
    to.add_option(option, into, sentence)->type_name(type);
}

void addAllowance(CLI::App& to, KeyWords& into)
{
    addText(to, "--models", into.models, "NAMES", "Only these models, such as 'llama3*,qwen*'; all takes that back");
    addText(to, "--weight", into.weight, "N", "Share of the queue: 2 gets twice as much as others");
    addText(to, "--rpm", into.requestsPerMinute, "N", "Requests per minute, or off");
    addText(to, "--tpm", into.tokensPerMinute, "N", "Tokens per minute, such as 100k, or off");
    addText(to, "--tpd", into.tokensPerDay, "N", "Tokens per day, such as 1M, or off");
    addText(to, "--running", into.running, "N", "Requests that run at once, or off");
}

} // namespace

void KeyCommands::addTo(CLI::App& root, Invocation& into) const
{
    addKeys(root, into);
    addInvite(root, into);
}

void KeyCommands::addKeys(CLI::App& root, Invocation& into) const
{
    CLI::App& keys = add(root, "keys", "Keys of apps, and of the clients and machines of a pool that is hosted here");
    keys.require_subcommand(0, 1);
    keys.footer(keysFooter);
    CLI::App& list = add(keys, "list", "The keys, and when each was last used");
    list.add_flag("-a,--all", into.all, "Also those of the pool that were revoked or have expired");
    list.add_flag("--names", into.names, "Only the names, one a line");
    CLI::App& make = add(keys, "add", "Make a key; it is printed once");
    addName(make, into, "The app, client or machine that it is for");
    addText(make, "--expires", into.keys.expires, "TIME", "Good for so long, such as 30d; for ever otherwise");
    addText(make, "--note", into.keys.note, "TEXT", "What you want to remember about it");
    CLI::App& set = add(keys, "set", "Change what a key of the pool may do, at once");
    CLI::App& rotate = add(keys, "rotate", "Give a key of the pool to the same name anew; it is printed once");
    addText(
        rotate, "--grace", into.keys.grace, "TIME", "The old key counts for so long, such as 1h; not at all otherwise");
    CLI::App& revoke = add(keys, "revoke", "Have a key count no more, at once; its machine is dropped from the pool");
    revoke.add_flag("-y,--yes", into.yes, "Ask no question");
    for (CLI::App* each : {&set, &rotate, &revoke})
        addName(*each, into, "Its name");
    for (CLI::App* each : {&make, &set})
        addAllowance(*each, into.keys);
    CLI::App& rename = add(keys, "rename", "Give a key of an app another name");
    rename.add_option("app", into.words, "Its name, and the other")->required()->expected(2)->type_name("OLD NEW");
    CLI::App& audit = add(keys, "audit", "What was done about keys of the pool and invitations, the latest first");
    into.keys.limit = 100;
    audit.add_option("-n,--lines", into.keys.limit, "So many")->check(CLI::Range(1, 100'000))->type_name("N");
    for (CLI::App* each : {&keys, &list, &make, &set, &rotate, &revoke, &audit})
        addJson(*each, into);
    for (CLI::App* each : {&keys, &list, &make, &set, &rotate, &revoke})
        addKinds(*each, into);
}

void KeyCommands::addInvite(CLI::App& root, Invocation& into) const
{
    CLI::App& invite = add(root, "invite", "Invite a machine into the pool that this one hosts");
    invite.require_subcommand(0, 1);
    invite.footer(inviteFooter);
    addText(invite, "--uses", into.keys.uses, "N", "Machines that may use it; one otherwise");
    addText(invite, "--expires", into.keys.expires, "TIME", "Good for so long, such as 7d; 10 minutes otherwise");
    addText(invite, "--note", into.keys.note, "TEXT", "What you want to remember about it");
    addText(invite, "--models", into.keys.models, "NAMES", "Only these models, such as 'llama3*,qwen*'");
    addText(invite, "--url", into.keys.url, "URL", "Where the link leads, if not to host.public_url");
    CLI::Option* qr = invite.add_flag_callback(
        "--qr", [&into] { into.keys.qr = true; }, "With a QR code");
    invite
        .add_flag_callback(
            "--no-qr", [&into] { into.keys.qr = false; }, "Without one")
        ->excludes(qr);
    CLI::App& list = add(invite, "list", "The invitations of the last month, and how often each was used");
    CLI::App& withdraw = add(invite, "withdraw", "Have an invitation count no more; who joined by it stays");
    withdraw.add_option("number", into.words, "Its number, see drover invite list")
        ->required()
        ->expected(1)
        ->type_name("N");
    for (CLI::App* each : {&invite, &list, &withdraw})
        addJson(*each, into);
}

} // namespace drover::app
