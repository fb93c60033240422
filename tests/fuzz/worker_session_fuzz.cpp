// SPDX-License-Identifier: MIT
// Whatever a worker says, line by line: each request is begun at most once, ended exactly once, and never heard of
// after that; what is told of the worker keeps the limits. "@1" in a line stands for the id of the first request.
#include "core/protocol/json_members.h"
#include "core/protocol/worker_message.h"
#include "core/protocol/worker_session.h"
#include "split.h"

#include <map>
#include <string>

using namespace drover;
using namespace std::chrono_literals;
using fuzz::require;

namespace {

constexpr const char* registrations[] = {
    R"({"type":"register","worker_id":"a","worker_key":"k","models":["m:1b"],"max_concurrency":2})",
    R"({"type":"register","worker_id":"a","client_key":"k","models":["m:1b"],"max_concurrency":2})",
    R"({"type":"register","worker_id":"a","client_key":"","models":null,"version":"v0.9.6","agent_config":{}})",
    R"({"type":"register","worker_id":"a","models":[],"agent_config":{"backend_family":"drover"}})"};

struct Owner : WorkerSession::Port {
    struct Request {
        std::string id = {};
        bool begun = false;
        bool over = false;
    };

    void send(std::string frame) override
    {
        const auto id = memberText(frame, memberText(frame, "request_id") ? "request_id" : "job_id");
        require(id && id->size() == 38, "an id in every frame");
        lastId = id->substr(1, 36);
    }
    void close(std::uint16_t, std::string_view) override { closed = true; }
    void registered() override { session->admit(); }
    void changed() override { require(!closed, "no change after the close"); }
    void head(std::uint64_t number, int status, std::vector<std::pair<std::string, std::string>> fields) override
    {
        Request& request = requests.at(number);
        require(!request.begun && !request.over && !closed, "one head, at the beginning");
        require(status >= 200 && status <= 599, "a status that ends a request");
        for (const auto& [name, value] : fields) {
            require(!name.empty() && name.find_first_of(": \r\n") == name.npos, "a header's name");
            require(value.find_first_of("\r\n") == value.npos, "a header's value");
        }
        request.begun = true;
    }
    void piece(std::uint64_t number, std::string_view bytes) override
    {
        const Request& request = requests.at(number);
        require(request.begun && !request.over && !bytes.empty(), "pieces between head and end");
    }
    void ended(std::uint64_t number, std::optional<PoolFault> fault) override
    {
        Request& request = requests.at(number);
        require(!request.over && (fault || request.begun), "one end, and none that is good without a head");
        request.over = true;
    }

    WorkerSession* session = nullptr;
    std::string lastId;
    std::map<std::uint64_t, Request> requests;
    bool closed = false;
};

std::string withIds(std::string_view line, const Owner& owner)
{
    std::string text;
    for (std::size_t at = 0; at < line.size(); ++at) {
        const auto found = line[at] == '@' && at + 1 < line.size()
            ? owner.requests.find(static_cast<std::uint64_t>(line[at + 1] - '0'))
            : owner.requests.end();
        if (found == owner.requests.end()) {
            text += line[at];
            continue;
        }
        text += found->second.id;
        ++at;
    }
    return text;
}

void check(const WorkerSession& session, const HostLimits& limits)
{
    const WorkerFacts& facts = session.facts();
    require(facts.id.size() <= limits.nameBytesMax && facts.name.size() <= limits.nameBytesMax, "short names");
    require(facts.models.size() <= limits.modelsPerWorkerMax, "few models");
    require(facts.slots >= 0 && facts.slots <= limits.slotsPerWorkerMax, "slots within the limit");
    require(!session.admitted() || !facts.name.empty(), "a name");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const fuzz::SplitInput input(bytes, size);
    HostLimits limits;
    limits.nameBytesMax = 24;
    limits.modelsPerWorkerMax = 4;
    TimePoint now{1h};
    Owner owner;
    WorkerSession session(owner, limits, now);
    owner.session = &session;
    if (input.choice() % 5 < 4)
        session.received(registrations[input.choice() % 5], now);
    std::uint64_t number = 0;
    std::string_view rest = input.text();
    while (!rest.empty()) {
        const std::string_view line = rest.substr(0, rest.find('\n'));
        rest.remove_prefix(std::min(rest.size(), line.size() + 1));
        if (line.starts_with('?')) { // a request
            const auto endpoint = static_cast<Endpoint>(static_cast<unsigned char>(line.size()) % 9);
            owner.requests[++number] = {};
            if (session.request({number, endpoint, {}, line.size() % 2 == 0, line.substr(1)}))
                owner.requests[number].id = owner.lastId;
            else
                owner.requests.erase(number);
        } else if (line.starts_with('!')) { // time, or a client that leaves
            now += 250ms * static_cast<int>(line.size());
            session.tick(now);
            const std::uint64_t left = line.size() > 1 ? static_cast<std::uint64_t>(line[1] - '0') : 0;
            if (owner.requests.count(left) != 0 && !owner.closed) {
                session.cancel(left);
                owner.requests.erase(left);
            }
        } else {
            session.received(withIds(line, owner), now);
        }
        check(session, limits);
    }
    session.closed();
    session.closed();
    require(session.underWay() == 0, "nothing is under way");
    for (const auto& [each, request] : owner.requests)
        require(request.over, "every request has its end");
    return 0;
}
