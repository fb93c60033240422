// SPDX-License-Identifier: MIT
#include "core/protocol/worker_requests.h"

#include "core/protocol/base64.h"

#include <algorithm>

namespace drover {

namespace {

constexpr std::size_t bufferKeptMax = 4u << 10; ///< by a worker that does nothing

std::string_view textOf(const RequestId& id)
{
    return {id.data(), id.size()};
}

bool isOllamas(Endpoint endpoint)
{
    return dialectOf(endpoint) == Dialect::Ollama;
}

std::vector<std::pair<std::string, std::string>> typed(std::string contentType)
{
    return {{"Content-Type", std::move(contentType)}};
}

/// The older exchange carries the text of a backend's error, not its status.
int statusFor(const std::string& backendError)
{
    return backendError.find("not found") != backendError.npos ? 404 : 500;
}

PoolFault brokenOff()
{
    return {"upstream_error", "The answer broke off before its end."};
}

} // namespace

WorkerRequests::WorkerRequests(WorkerSession::Port& port)
    : m_port(port)
{
}

void WorkerRequests::setReach(WorkerReach reach, bool anySize)
{
    m_reach = reach;
    m_anySize = anySize;
}

bool WorkerRequests::takes(Endpoint endpoint) const
{
    return m_reach != WorkerReach::OpenAiBase || !isOllamas(endpoint);
}

// ---- to the worker ----

Result<> WorkerRequests::send(const WorkerRequest& request)
{
    if (!takes(request.endpoint))
        return fail(Errc::NoBackend, "This worker cannot be asked for that call.");
    const std::size_t messageMax = m_anySize ? poolFrameBytesMax : WorkerSession::oldMessageBytesMax;
    if (request.body.size() / 3 * 4 > messageMax)
        return fail(Errc::TooLarge, "The request is too large for this worker.");
    const bool job =
        m_reach == WorkerReach::Root && request.endpoint == Endpoint::OllamaGenerate && fitsJobExchange(request.body);
    const std::uint32_t at = freePlace();
    const RequestId id = m_ids.make(at);
    std::string frame;
    if (job) {
        frame = workerFrame(HostJobRequest{textOf(id), request.streamed, request.body});
    } else {
        std::string_view path = pathOf(request.endpoint);
        if (m_reach == WorkerReach::OpenAiBase)
            path.remove_prefix(std::string_view("/v1").size());
        frame = workerFrame(HostProxyRequest{textOf(id), path, request.headers, request.streamed, request.body});
    }
    if (frame.size() > messageMax)
        return fail(Errc::TooLarge, "The request is too large for this worker.");
    Place& place = m_places[at];
    place.number = request.number;
    place.id = id;
    place.form = !job ? Form::Proxy : request.streamed ? Form::JobStream : Form::Job;
    ++m_underWay;
    m_port.send(std::move(frame));
    return {};
}

std::uint32_t WorkerRequests::freePlace()
{
    auto found = std::ranges::find(m_places, Form::Free, &Place::form);
    if (found == m_places.end())
        found = m_places.emplace(m_places.end());
    return static_cast<std::uint32_t>(found - m_places.begin());
}

void WorkerRequests::free(Place& place)
{
    place = Place{};
    --m_underWay;
}

void WorkerRequests::rest()
{
    if (m_underWay == 0 && m_bytes.capacity() > bufferKeptMax)
        m_bytes = std::string();
}

void WorkerRequests::tellToStop(const Place& place)
{
    const std::string_view id = textOf(place.id);
    m_port.send(place.form == Form::Proxy ? proxyCancelFrame(id) : jobCancelFrame(id));
}

void WorkerRequests::cancel(std::uint64_t number)
{
    const auto found = std::ranges::find_if(
        m_places, [&](const Place& place) { return place.form != Form::Free && place.number == number; });
    if (found == m_places.end())
        return;
    tellToStop(*found);
    free(*found);
}

void WorkerRequests::endAll(const PoolFault& fault)
{
    for (std::size_t at = 0; at < m_places.size(); ++at) {
        if (m_places[at].form != Form::Free)
            end(m_places[at], fault);
    }
}

// ---- from the worker ----

WorkerRequests::Place* WorkerRequests::find(std::string_view id)
{
    const auto at = RequestIds::placeIn(id);
    if (!at || *at >= m_places.size())
        return nullptr;
    Place& place = m_places[*at];
    return place.form != Form::Free && textOf(place.id) == id ? &place : nullptr;
}

bool WorkerRequests::takePlain(std::string_view text)
{
    if (const auto chunk = plainChunk(text)) {
        if (!find(chunk->id))
            return true;
        m_bytes.clear();
        if (!appendFromBase64(m_bytes, chunk->base64))
            return false;
        takeBytes(chunk->id, m_bytes);
        return true;
    }
    const auto ended = plainEnd(text);
    if (ended)
        takeEnd(*ended, {});
    return ended.has_value();
}

/// An error of the server's kind is held: when the worker says that it failed, somebody else may be asked instead.
void WorkerRequests::take(WorkerAnswerHead head)
{
    Place* const place = find(head.id);
    if (!place || (place->form == Form::Proxy && place->begun))
        return;
    if (place->form != Form::Proxy || head.status == 0)
        return giveUp(*place, "The worker's answer has no usable head.");
    place->begun = true;
    if (head.status < 500)
        return m_port.head(place->number, head.status, std::move(head.fields));
    place->held = std::make_unique<Held>();
    place->held->status = head.status;
    place->held->fields = std::move(head.fields);
}

void WorkerRequests::takeBytes(std::string_view id, std::string_view bytes)
{
    Place* const place = find(id);
    if (!place)
        return;
    if (place->form != Form::Proxy || !place->begun)
        return giveUp(*place, "The worker's answer has no head.");
    if (bytes.empty())
        return;
    if (place->held && place->held->bytes.size() + bytes.size() <= WorkerSession::heldBytesMax) {
        place->held->bytes.append(bytes);
        return;
    }
    const std::uint64_t number = place->number;
    release(*place);
    m_port.piece(number, bytes);
}

void WorkerRequests::takeEnd(std::string_view id, std::optional<PoolFault> fault)
{
    Place* const place = find(id);
    if (!place)
        return;
    if (!fault && !place->begun)
        fault = PoolFault{"upstream_error", "There was no answer."};
    end(*place, std::move(fault));
}

void WorkerRequests::take(WorkerJobAnswer answer)
{
    Place* const place = find(answer.id);
    if (!place)
        return;
    if (place->form == Form::Proxy || (place->form == Form::Job && !answer.whole))
        return giveUp(*place, "The worker answered in another form than was asked for.");
    if (answer.bare && place->form == Form::JobStream) // it follows every stream, whole or not
        return end(*place, brokenOff());
    const std::uint64_t number = place->number;
    const bool streamed = place->form == Form::JobStream;
    if (!std::exchange(place->begun, true)) {
        if (answer.error)
            m_port.head(number, statusFor(*answer.error), typed("application/json"));
        else
            m_port.head(number, 200, typed(streamed ? "application/x-ndjson" : "application/json"));
    }
    if (streamed)
        answer.json += '\n';
    m_port.piece(number, answer.json);
    Place* const after = find(answer.id);
    if (!after)
        return;
    if (!streamed || answer.done || answer.error)
        end(*after, {});
    else if (answer.whole)
        end(*after, brokenOff());
}

void WorkerRequests::take(const WorkerJobError& error)
{
    if (Place* const place = find(error.id))
        end(*place, error.fault);
}

/// Tells the head that was held, and what came after it.
void WorkerRequests::release(Place& place)
{
    const std::unique_ptr<Held> held = std::move(place.held);
    if (!held)
        return;
    const std::uint64_t number = place.number;
    m_port.head(number, held->status, std::move(held->fields));
    if (!held->bytes.empty())
        m_port.piece(number, held->bytes);
}

void WorkerRequests::end(Place& place, std::optional<PoolFault> fault)
{
    const std::uint64_t number = place.number;
    const RequestId id = place.id;
    if (!fault)
        release(place);
    Place* const still = find(textOf(id));
    if (!still)
        return;
    free(*still);
    m_port.ended(number, std::move(fault));
}

void WorkerRequests::giveUp(Place& place, std::string message)
{
    tellToStop(place);
    end(place, PoolFault{"bad_answer", std::move(message)});
}

} // namespace drover
