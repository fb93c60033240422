# SPDX-License-Identifier: MIT
"""What Ollama answers, as values: the shapes of its own API and of the OpenAI, Responses and Anthropic ones beside it.

A stream is a list of byte strings: the pieces that carry tokens, and what comes before and after them.
"""
import base64
import json
import struct
from dataclasses import dataclass, field

CREATED = "2026-11-21T08:19:17.712583376Z"
PROMPT_TOKENS = 23


@dataclass
class Stream:
    content_type: str
    before: list = field(default_factory=list)
    pieces: list = field(default_factory=list)
    after: list = field(default_factory=list)


def compact(value):
    return json.dumps(value, separators=(",", ":")).encode()


def line(value):
    return compact(value) + b"\n"


def event(value, name=None):
    return (f"event: {name}\n".encode() if name else b"") + b"data: " + compact(value) + b"\n\n"


def instance(schema):
    """A small value that a JSON schema allows; enough for the schemas that tests use."""
    if "enum" in schema:
        return schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        return {name: instance(part) for name, part in schema.get("properties", {}).items()}
    return {"string": "Ada", "integer": 36, "number": 1.5, "boolean": True, "array": [], "null": None}[kind]


def schema_of(body):
    """The JSON schema the answer must follow, in whichever dialect it was asked; nothing when in none."""
    wanted = body.get("format") or body.get("response_format") or body.get("text", {}).get("format") \
        or body.get("output_config", {}).get("format") or body.get("output_format")
    if not wanted:
        return None
    if isinstance(wanted, dict):
        if "json_schema" in wanted:
            return wanted["json_schema"]["schema"]
        if wanted.get("type") == "text":
            return None
        return wanted.get("schema", wanted if "properties" in wanted else {})
    return {}


def words(body, count):
    """The answer's text in pieces: what the schema asks for, else `count` numbered words."""
    schema = schema_of(body)
    if schema is None:
        return [f" word{n}" for n in range(count)]
    text = json.dumps(instance(schema))
    return [text[at:at + 7] for at in range(0, len(text), 7)]


def tool_of(body):
    """Name and arguments of a call to the first tool offered; nothing when none is."""
    if not body.get("tools"):
        return None
    tool = body["tools"][0]
    function = tool.get("function", tool)
    schema = function.get("parameters") or function.get("input_schema") or {}
    return function["name"], instance(schema)


def ollama_end(body, count):
    return {"done": True, "done_reason": "stop", "total_duration": 450469311, "load_duration": 779829,
            "prompt_eval_count": PROMPT_TOKENS, "prompt_eval_duration": 177053000,
            "eval_count": count, "eval_duration": 265575000}


def ollama(path, body, count):
    """/api/chat and /api/generate: (whole answer, stream)."""
    start = {"model": body["model"], "created_at": CREATED}
    texts = words(body, count)
    tool = tool_of(body) if path == "/api/chat" else None

    def part(text, calls=None):
        if path == "/api/generate":
            return {"response": text}
        message = {"role": "assistant", "content": text}
        if calls:
            message["tool_calls"] = calls
        return {"message": message}

    calls = tool and [{"id": "call_1", "function": {"index": 0, "name": tool[0], "arguments": tool[1]}}]
    if calls:
        pieces = [line({**start, **part("", calls), "done": False})]
        whole = part("", calls)
    else:
        pieces = [line({**start, **part(text), "done": False}) for text in texts]
        whole = part("".join(texts))
    end = ollama_end(body, len(pieces))
    return {**start, **whole, **end}, Stream("application/x-ndjson", [], pieces, [line({**start, **part(""), **end})])


def openai(path, body, count):
    """/v1/chat/completions and /v1/completions."""
    chat = path == "/v1/chat/completions"
    texts = words(body, count)
    tool = tool_of(body) if chat else None
    identity = {"id": "chatcmpl-862" if chat else "cmpl-862", "created": 1795249157, "model": body["model"],
                "system_fingerprint": "fp_ollama"}
    usage = {"prompt_tokens": PROMPT_TOKENS, "completion_tokens": len(texts), "total_tokens": PROMPT_TOKENS + len(texts)}
    reason = "tool_calls" if tool else "stop"
    calls = tool and [{"index": 0, "id": "call_1", "type": "function",
                       "function": {"name": tool[0], "arguments": json.dumps(tool[1])}}]

    def chunk(choice):
        kind = "chat.completion.chunk" if chat else "text_completion"
        return event({**identity, "object": kind, "choices": [{"index": 0, "finish_reason": None, **choice}]})

    if chat:
        message = {"role": "assistant", "content": "" if tool else "".join(texts)}
        if tool:
            message["tool_calls"] = calls
        whole = {**identity, "object": "chat.completion", "usage": usage,
                 "choices": [{"index": 0, "message": message, "finish_reason": reason}]}
        deltas = [{"tool_calls": calls}] if tool else [{"content": text} for text in texts]
        stream = Stream("text/event-stream", [chunk({"delta": {"role": "assistant", "content": ""}})],
                        [chunk({"delta": delta}) for delta in deltas], [chunk({"delta": {}, "finish_reason": reason})])
    else:
        whole = {**identity, "object": "text_completion", "usage": usage,
                 "choices": [{"index": 0, "text": "".join(texts), "finish_reason": "stop"}]}
        stream = Stream("text/event-stream", [], [chunk({"text": text}) for text in texts],
                        [chunk({"text": "", "finish_reason": "stop"})])
    if (body.get("stream_options") or {}).get("include_usage"):
        kind = "chat.completion.chunk" if chat else "text_completion"
        stream.after.append(event({**identity, "object": kind, "choices": [], "usage": usage}))
    stream.after.append(b"data: [DONE]\n\n")
    return whole, stream


def responses(_path, body, count):
    """/v1/responses."""
    texts = words(body, count)
    text = "".join(texts)
    usage = {"input_tokens": PROMPT_TOKENS, "output_tokens": len(texts), "total_tokens": PROMPT_TOKENS + len(texts),
             "input_tokens_details": {"cached_tokens": 0}, "output_tokens_details": {"reasoning_tokens": 0}}
    tool = tool_of(body)
    if tool:
        item = {"id": "fc_1", "type": "function_call", "status": "completed", "call_id": "call_1", "name": tool[0],
                "arguments": json.dumps(tool[1])}
    else:
        item = {"id": "msg_1", "type": "message", "status": "completed", "role": "assistant",
                "content": [{"type": "output_text", "text": text, "annotations": [], "logprobs": []}]}
    base = {"id": "resp_862", "object": "response", "created_at": 1795249157, "model": body["model"], "error": None,
            "incomplete_details": None, "instructions": None, "metadata": {}, "parallel_tool_calls": True,
            "temperature": 1.0, "top_p": 1.0, "tool_choice": "auto", "tools": body.get("tools", []), "store": False}
    whole = {**base, "status": "completed", "output": [item], "usage": usage}
    events = []

    def add(kind, **more):
        events.append(event({"type": kind, "sequence_number": len(events), **more}, kind))

    began = {**base, "status": "in_progress", "output": [], "usage": None}
    add("response.created", response=began)
    add("response.in_progress", response=began)
    add("response.output_item.added", output_index=0, item={**item, "status": "in_progress",
                                                            **({"arguments": ""} if tool else {"content": []})})
    place = {"item_id": item["id"], "output_index": 0}
    if not tool:
        place["content_index"] = 0
        add("response.content_part.added", **place, part={"type": "output_text", "text": "", "annotations": []})
    before = len(events)
    if tool:
        add("response.function_call_arguments.delta", **place, delta=item["arguments"])
        after = len(events)
        add("response.function_call_arguments.done", **place, arguments=item["arguments"], name=item["name"])
    else:
        for part in texts:
            add("response.output_text.delta", **place, delta=part, logprobs=[])
        after = len(events)
        add("response.output_text.done", **place, text=text, logprobs=[])
        add("response.content_part.done", **place, part=item["content"][0])
    add("response.output_item.done", output_index=0, item=item)
    add("response.completed", response=whole)
    return whole, Stream("text/event-stream", events[:before], events[before:after], events[after:])


def anthropic(_path, body, count):
    """/v1/messages."""
    texts = words(body, count)
    tool = tool_of(body)
    reason = "tool_use" if tool else "end_turn"
    base = {"id": "msg_862", "type": "message", "role": "assistant", "model": body["model"]}
    content = {"type": "tool_use", "id": "toolu_1", "name": tool[0], "input": tool[1]} if tool \
        else {"type": "text", "text": "".join(texts)}
    whole = {**base, "content": [content], "stop_reason": reason, "stop_sequence": None,
             "usage": {"input_tokens": PROMPT_TOKENS, "output_tokens": len(texts)}}

    def named(kind, **more):
        return event({"type": kind, **more}, kind)

    empty = {**content, "input": {}} if tool else {"type": "text", "text": ""}
    deltas = [{"type": "input_json_delta", "partial_json": json.dumps(tool[1])}] if tool \
        else [{"type": "text_delta", "text": text} for text in texts]
    return whole, Stream(
        "text/event-stream",
        [named("message_start", message={**base, "content": [], "stop_reason": None, "stop_sequence": None,
                                         "usage": {"input_tokens": 2, "output_tokens": 0}}),
         named("content_block_start", index=0, content_block=empty)],
        [named("content_block_delta", index=0, delta=delta) for delta in deltas],
        [named("content_block_stop", index=0),
         named("message_delta", delta={"stop_reason": reason, "stop_sequence": None},
               usage={"input_tokens": PROMPT_TOKENS, "output_tokens": len(texts)}),
         named("message_stop")])


GENERATORS = {
    "/api/chat": ollama, "/api/generate": ollama, "/v1/chat/completions": openai, "/v1/completions": openai,
    "/v1/responses": responses, "/v1/messages": anthropic,
}


def embedding(text):
    """Four numbers that depend on the text, so that answers that were mixed up are seen."""
    return [float(len(text)), float(sum(text.encode()) % 997), 0.5, -1.25]


def embeddings(path, body):
    """/api/embed, /api/embeddings and /v1/embeddings."""
    if path == "/api/embeddings":
        return {"embedding": embedding(body.get("prompt", ""))}
    texts = body.get("input", "")
    vectors = [embedding(text) for text in ([texts] if isinstance(texts, str) else texts)]
    if path == "/api/embed":
        return {"model": body["model"], "embeddings": vectors, "total_duration": 14143917, "load_duration": 1019500,
                "prompt_eval_count": 8 * len(vectors)}
    if body.get("encoding_format") == "base64":
        vectors = [base64.b64encode(struct.pack(f"<{len(v)}f", *v)).decode() for v in vectors]
    return {"object": "list", "model": body["model"], "usage": {"prompt_tokens": 8, "total_tokens": 8},
            "data": [{"object": "embedding", "index": n, "embedding": v} for n, v in enumerate(vectors)]}


def error(path, status, message):
    """The body of an error in the shape of the path's dialect."""
    if path.startswith("/v1/messages"):
        kind = {400: "invalid_request_error", 404: "not_found_error", 503: "overloaded_error"}.get(status, "api_error")
        return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_862"}
    if path.startswith("/v1/"):
        kind = {400: "invalid_request_error", 404: "not_found_error"}.get(status, "api_error")
        return {"error": {"message": message, "type": kind, "param": None, "code": None}}
    return {"error": message}
