// SPDX-License-Identifier: MIT
#pragma once

#include "core/protocol/request_ids.h"
#include "core/protocol/worker_message.h"
#include "core/protocol/worker_session.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace drover {

/// The requests that one worker has: how they are written in its dialect, and how its messages become answers. Each
/// that was sent is ended exactly once, by its worker, by `cancel` or by `endAll`. Pure; not thread-safe.
class WorkerRequests {
public:
    explicit WorkerRequests(WorkerSession::Port& port);

    /// What kind of worker it is; before the first request.
    void setReach(WorkerReach reach, bool anySize);
    bool takes(Endpoint endpoint) const;

    Result<> send(const WorkerRequest& request);
    void cancel(std::uint64_t number);
    void endAll(const PoolFault& fault);

    // Answers. Those of ids that are not under way mean nothing.
    /// True when the text was one of the plain forms, and is done with.
    bool takePlain(std::string_view text);
    void take(WorkerAnswerHead head);
    void take(const WorkerAnswerChunk& chunk) { takeBytes(chunk.id, chunk.bytes); }
    void take(const WorkerAnswerEnd& end) { takeEnd(end.id, end.fault); }
    void take(WorkerJobAnswer answer);
    void take(const WorkerJobError& error);

    /// Gives back memory when nothing is under way; now and then.
    void rest();

    std::size_t underWay() const { return m_underWay; }

private:
    enum class Form : std::uint8_t { Free, Proxy, Job, JobStream };

    /// The beginning of an answer that says the worker failed: told when it turns out to be the whole answer.
    struct Held {
        int status = 0;
        std::vector<std::pair<std::string, std::string>> fields = {};
        std::string bytes = {};
    };
    struct Place {
        std::uint64_t number = 0;
        RequestId id{};
        Form form = Form::Free;
        bool begun = false; ///< a head came
        std::unique_ptr<Held> held = {};
    };

    Place* find(std::string_view id);
    std::uint32_t freePlace();
    void free(Place& place);
    void takeBytes(std::string_view id, std::string_view bytes);
    void takeEnd(std::string_view id, std::optional<PoolFault> fault);
    void release(Place& place);
    void end(Place& place, std::optional<PoolFault> fault);
    void giveUp(Place& place, std::string message);
    void tellToStop(const Place& place);

    WorkerSession::Port& m_port;
    WorkerReach m_reach = WorkerReach::Root;
    bool m_anySize = false;
    RequestIds m_ids;
    std::vector<Place> m_places; ///< as many as were ever under way at once
    std::size_t m_underWay = 0;
    std::string m_bytes; ///< of the chunk that is read
};

} // namespace drover
