#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A server that looks like Ollama from outside, misbehaves on demand, and remembers what it was asked.

    fake_ollama.py [--port 0] [--slots 64] [--openai-only] [--no-models]      prints "listening on PORT"

The model's name says how it behaves:
  tiny, other, tiny-embed   as they should
  slow       a piece each 0.2 s                hang       takes the request and never answers
  reset      resets before it answers          hang-mid   falls silent after three pieces
  garbage    answers what is not HTTP          reset-mid  resets after three pieces
  midchunk   closes inside a chunk             cut        closes between chunks, without the last one
  short      promises more than it sends       silent-end ends properly, without the dialect's last piece
  error400, error500, error503                 error-mid  ends with an error line or event
  big        a 100 MB answer                   echo       answers with the very bytes of the request
  silent-30  begins to answer after 30 s

How downloads behave is said in fake_ollama_models.py.

Anywhere in the body `[fake pieces=5 delay=0.1 first=2 tag=a]` sets the number of pieces, the seconds between them and
before the first, and a name for the log. GET /_fake/stats tells what happened; times are those of CLOCK_MONOTONIC, which
all processes of a machine share. POST /_fake/reset forgets it.
"""
import argparse
import asyncio
import hashlib
import json
import re
import sys
import time

from fake_ollama_answers import GENERATORS, compact, embeddings, error, event, line
from fake_ollama_connection import Connection, Left
from fake_ollama_models import Memory, memory_order, obey, pull

MODELS = ("tiny", "other", "tiny-embed", "slow", "hang", "hang-mid", "reset", "reset-mid", "garbage", "midchunk", "cut",
          "short", "silent-end", "error-mid", "error400", "error500", "error503", "big", "echo", "silent-30")
BIG_BYTES = 100 * 1024 * 1024
LOCAL_HOST = re.compile(r"^(localhost|127\.\d+\.\d+\.\d+|\[::1\]|::1|)(:\d+)?$")
LOCAL_ORIGIN = re.compile(r"^(https?://(localhost|127\.0\.0\.1|0\.0\.0\.0)(:\d+)?|(app|file|tauri)://.*)$")


class FakeOllama:
    """What all connections share: models, slots, the log."""

    def __init__(self, slots, openai_only=False):
        self.slots = slots
        self.openai_only = openai_only
        self.connections = 0
        self.forget()
        self.models = {f"{name}:latest": 605984 for name in MODELS}
        self.memory = Memory()
        self.parts = {}
        self.blobs = {}

    def forget(self):
        self.log = []
        self.problems = []
        self.paths = {}
        self.running = 0
        self.running_most = 0
        self.free = asyncio.Semaphore(self.slots)

    def stats(self):
        return {"requests": len(self.log), "running": self.running, "running_most": self.running_most,
                "connections": self.connections, "paths": self.paths, "log": self.log, "problems": self.problems,
                "now": time.monotonic(), "loaded": self.memory.until, "models": sorted(self.models), "parts": self.parts}

    def named(self, name):
        """The full name of a model that is here; nothing when it is not."""
        full = name.lower() if ":" in name else f"{name.lower()}:latest"
        return full if full in self.models else None

    async def handle(self, client, request):
        client.begun = False
        path = request.path
        if path == "/_fake/stats":
            return await client.answer(200, compact(self.stats()))
        if path == "/_fake/reset":
            await client.read_body(request)
            self.forget()
            return await client.answer(200, b"{}")
        self.paths[path] = self.paths.get(path, 0) + 1
        origin = request.field("origin")
        if (origin and not LOCAL_ORIGIN.match(origin)) or not LOCAL_HOST.match(request.field("host")):
            await client.read_body(request)
            return await client.answer(403, content_type=None)
        if request.method == "POST" and path.startswith("/api/blobs/"):
            return await self.upload(client, request)
        request.body = await client.read_body(request)
        if self.openai_only and not path.startswith("/v1/"):
            return await client.answer(404, compact({"error": {"message": "File Not Found", "code": 404}}))
        if request.method == "POST" and (path in GENERATORS or path in ("/api/embed", "/api/embeddings", "/v1/embeddings")):
            return await self.generate(client, request)
        return await self.manage(client, request)

    async def upload(self, client, request):
        digest = hashlib.sha256()
        await client.read_body(request, digest.update)
        name = request.path.removeprefix("/api/blobs/")
        if name != f"sha256:{digest.hexdigest()}":
            return await client.answer(400, compact({"error": "digest mismatch"}))
        status = 200 if name in self.blobs else 201
        self.blobs[name] = True
        return await client.answer(status)

    async def generate(self, client, request):
        path = request.path
        try:
            body = request.json()
            name = body.get("model", "")
        except (ValueError, AttributeError):
            problem = "unexpected EOF" if request.body else "missing request body"
            return await client.answer(400, compact(error(path, 400, problem)))
        model = self.named(name)
        if model is None:
            return await client.answer(404, compact(error(path, 404, f"model '{name}' not found")))
        if path == "/v1/messages" and "max_tokens" not in body:
            return await client.answer(400, compact(error(path, 400, "max_tokens is required and must be positive")))
        order = memory_order(path, body)
        if order:
            return await obey(order, client, self.memory, model, body)
        found = re.search(r"\[fake ([^\]]*)\]", request.body.decode("utf-8", "replace"))
        orders = dict(part.split("=", 1) for part in found.group(1).split()) if found else {}
        entry = {"n": len(self.log), "path": path, "model": name, "tag": orders.get("tag", ""), "came": time.monotonic(),
                 "started": None, "ended": None, "pieces": 0, "bytes": 0, "outcome": "waiting"}
        self.log.append(entry)
        try:
            async with self.slot(client, entry):
                await self.perform(client, request, body, model.split(":")[0], orders, entry)
            entry["outcome"] = "done"
        except (Left, ConnectionError):
            entry["outcome"] = "left"
            raise
        finally:
            entry["ended"] = time.monotonic()

    def slot(self, client, entry):
        fake = self

        class Slot:
            async def __aenter__(self):
                waiting = asyncio.ensure_future(fake.free.acquire())
                leaving = asyncio.ensure_future(client.gone.wait())
                await asyncio.wait((waiting, leaving), return_when=asyncio.FIRST_COMPLETED)
                leaving.cancel()
                if client.gone.is_set():
                    if not waiting.cancel():
                        fake.free.release()
                    raise Left
                entry["started"] = time.monotonic()
                entry["outcome"] = "running"
                fake.running += 1
                fake.running_most = max(fake.running_most, fake.running)

            async def __aexit__(self, *_):
                fake.running -= 1
                fake.free.release()

        return Slot()

    async def perform(self, client, request, body, behaviour, orders, entry):
        path = request.path
        self.memory.add(f"{behaviour}:latest")
        if behaviour == "hang":
            await client.pause(3600)
        if behaviour == "reset":
            client.reset()
        if behaviour == "garbage":
            await client.write(b"\x16\x03\x01 this is no HTTP \xff\xfe\r\n\r\n")
            client.hang_up()
        if behaviour.startswith("error") and behaviour[5:].isdigit():
            status = int(behaviour[5:])
            return await client.answer(status, compact(error(path, status, f"the fake answers {status}  as asked")))
        if behaviour == "echo":
            return await client.answer(200, request.raw_head + b"\r\n\r\n" + request.body, "application/octet-stream", (
                ("X-Odd", "one"), ("x-odd", "two"), ("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Empty", ""),
                ("Connection", "X-Hop, keep-alive"), ("X-Hop", "stays here"), ("Keep-Alive", "timeout=5")))
        await client.pause(float(orders.get("first", 30 if behaviour == "silent-30" else 0)))
        if path not in GENERATORS:
            return await client.answer(200, compact(embeddings(path, body)))
        whole, stream = GENERATORS[path](path, body, int(orders.get("pieces", 5)))
        streamed = body.get("stream", path.startswith("/api/"))
        if behaviour == "big":
            return await self.big(client, streamed, stream, entry)
        delay = float(orders.get("delay", 0.2 if behaviour == "slow" else 0))
        if not streamed:
            for _ in stream.pieces:
                await client.pause(delay)
                entry["pieces"] += 1
            return await self.answer_whole(client, behaviour, compact(whole))
        await self.stream(client, behaviour, stream, delay, entry, path)

    async def answer_whole(self, client, behaviour, body):
        broken = behaviour in ("short", "midchunk", "cut", "reset-mid", "hang-mid")
        if not broken:
            return await client.answer(200, body)
        await client.head(200, [("Content-Type", "application/json; charset=utf-8"), ("Content-Length", len(body))])
        await client.write(body[:len(body) // 2])
        await self.misbehave(client, behaviour)

    async def misbehave(self, client, behaviour):
        if behaviour == "hang-mid":
            await client.pause(3600)
        await asyncio.sleep(0.05)  # so that what was written is on its way before the connection goes
        if behaviour == "reset-mid":
            client.reset()
        if behaviour == "midchunk":
            await client.write(b"64\r\nonly these")
        client.hang_up()

    async def stream(self, client, behaviour, stream, delay, entry, path):
        fields = [("Content-Type", stream.content_type)]
        if path in ("/v1/responses", "/v1/messages"):
            fields += [("Cache-Control", "no-cache"), ("Connection", "keep-alive")]
        await client.head(200, fields + [("Transfer-Encoding", "chunked")])
        for piece in stream.before:
            await client.chunk(piece)
        for number, piece in enumerate(stream.pieces):
            if number == 3 and behaviour in ("hang-mid", "reset-mid", "midchunk", "cut", "short"):
                await self.misbehave(client, behaviour)
            if number == 3 and behaviour == "error-mid":
                problem = "an error was encountered while running the model: unexpected EOF"
                shape = error(path, 500, problem)
                await client.chunk(event(shape, "error" if path == "/v1/messages" else None) if path.startswith("/v1/") else line(shape))
                return await client.write(b"0\r\n\r\n")
            await client.pause(delay)
            await client.chunk(piece)
            entry["pieces"] += 1
            entry["bytes"] += len(piece)
        if behaviour != "silent-end":
            for piece in stream.after:
                await client.chunk(piece)
        await client.write(b"0\r\n\r\n")

    async def big(self, client, streamed, stream, entry):
        if not streamed:
            await client.head(200, [("Content-Type", "application/json"), ("Content-Length", BIG_BYTES)])
            for _ in range(BIG_BYTES // 65536):
                await client.write(b"a" * 65536)
                entry["bytes"] += 65536
            return
        await client.head(200, [("Content-Type", stream.content_type), ("Transfer-Encoding", "chunked")])
        piece = stream.pieces[0].replace(b"word0", b"a" * 65536)
        while entry["bytes"] < BIG_BYTES:
            await client.chunk(piece)
            entry["pieces"] += 1
            entry["bytes"] += len(piece)
        for last in stream.after:
            await client.chunk(last)
        await client.write(b"0\r\n\r\n")

    async def manage(self, client, request):
        """Everything that takes no slot."""
        method, path = request.method, request.path
        reading = method in ("GET", "HEAD")
        only_head = method == "HEAD"
        if reading and path == "/":
            return await client.answer(200, b"Ollama is running", "text/plain; charset=utf-8", head_only=only_head)
        if reading and path == "/api/version":
            return await client.answer(200, compact({"version": "0.33.0-fake"}), head_only=only_head)
        if reading and path == "/api/tags":
            return await client.answer(200, compact({"models": [self.described(name) for name in self.models]}), head_only=only_head)
        if reading and path == "/api/ps":
            return await client.answer(200, compact({"models": self.memory.listed(self.described)}))
        if reading and path == "/v1/models":
            return await client.answer(200, compact({"object": "list", "data": [self.listed(name) for name in self.models]}))
        if reading and path.startswith("/v1/models/"):
            name = self.named(path.removeprefix("/v1/models/"))
            if name:
                return await client.answer(200, compact(self.listed(name)))
            return await client.answer(404, compact(error(path, 404, "model not found")))
        if reading and path.startswith("/api/blobs/"):
            return await client.answer(200 if path.removeprefix("/api/blobs/") in self.blobs else 404)
        return await self.change(client, request)

    async def change(self, client, request):
        method, path = request.method, request.path
        if path not in ("/api/show", "/api/pull", "/api/push", "/api/create", "/api/copy", "/api/delete"):
            return await client.answer(404, b"404 page not found", "text/plain")
        if method != ("DELETE" if path == "/api/delete" else "POST"):
            return await client.answer(405, b"405 method not allowed", "text/plain")
        body = request.json() or {}
        name = body.get("model") or body.get("name") or body.get("source") or ""
        here = self.named(name)
        if path == "/api/pull" and body.get("stream") is not False:
            full = name if ":" in name else f"{name}:latest"
            return await pull(client, name, self.parts, lambda: self.models.update({full: 4096}))
        if path in ("/api/pull", "/api/push", "/api/create"):
            if path != "/api/push" and name != "nowhere":
                self.models[name if ":" in name else f"{name}:latest"] = 4096
            return await self.progress(client, body, name)
        if here is None:
            return await client.answer(404, compact({"error": f"model '{name}' not found"}))
        if path == "/api/show":
            return await client.answer(200, compact({"modelfile": "FROM tiny", "details": self.described(here)["details"],
                                                     "capabilities": ["completion", "tools"], "model_info": {}}))
        if path == "/api/copy":
            target = body["destination"]
            self.models[target if ":" in target else f"{target}:latest"] = self.models[here]
        else:
            del self.models[here]
            self.memory.remove(here)
        return await client.answer(200, content_type=None)

    async def progress(self, client, body, name):
        digest = "sha256:" + hashlib.sha256(name.encode()).hexdigest()
        steps = [{"status": "pulling manifest"}] + [
            {"status": f"pulling {digest[7:19]}", "digest": digest, "total": 4096, "completed": 1024 * n} for n in range(1, 4)] + [
            {"status": "verifying sha256 digest"}, {"status": "writing manifest"}, {"status": "success"}]
        if name == "nowhere":
            steps = steps[:1] + [{"error": "pull model manifest: file does not exist"}]
        if body.get("stream") is False:
            return await client.answer(500 if name == "nowhere" else 200, compact(steps[-1]))
        await client.head(200, [("Content-Type", "application/x-ndjson"), ("Transfer-Encoding", "chunked")])
        for step in steps:
            await client.chunk(line(step))
            await client.pause(0.02)
        await client.write(b"0\r\n\r\n")

    def described(self, name):
        return {"name": name, "model": name, "modified_at": "2026-11-21T08:00:00Z", "size": self.models.get(name, 0),
                "digest": hashlib.sha256(name.encode()).hexdigest(),
                "details": {"format": "gguf", "family": "llama", "families": ["llama"], "parameter_size": "0.1M",
                            "quantization_level": "F16"}}

    def listed(self, name):
        return {"id": name, "object": "model", "created": 1795249157, "owned_by": "library"}


async def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--slots", type=int, default=64)
    parser.add_argument("--openai-only", action="store_true")
    parser.add_argument("--no-models", action="store_true", help="nothing is installed at the start")
    options = parser.parse_args()
    fake = FakeOllama(options.slots, options.openai_only)
    if options.no_models:
        fake.models.clear()
    server = await asyncio.get_running_loop().create_server(lambda: Connection(fake), "127.0.0.1", options.port, backlog=4096)
    print(f"listening on {server.sockets[0].getsockname()[1]}", flush=True)
    async with server:
        await server.serve_forever()


if __name__ == "__main__":
    try:
        asyncio.run(main())
    except KeyboardInterrupt:
        sys.exit(0)
