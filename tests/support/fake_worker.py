# SPDX-License-Identifier: MIT
"""Workers as a pool's server sees them, hand-written from the protocol: every published generation, honest or not.

A worker plays its backend itself: it answers in the dialect of the call with what fake_ollama_answers.py makes. Orders
anywhere in a request's body, as the fake Ollama's: `[fake pieces=5 delay=0.1 first=2 tag=a size=200000 do=...]`, where
`do` is one of
  error500, error404   the backend's own error, passed whole        unreachable  the worker cannot reach its backend
  draining             the worker refuses because it drains         die          the connection is gone before the head
  die-after            gone after half of the pieces                stall        never a word of this request
  stall-after          silent after half of the pieces              fail-after   the backend breaks off: an end with an error
  cut-after            an end without error in the middle           no-head      chunks and an end, no head
Other lies are told by the tests, through `script` and `send`. Threads of the test's own process; all waiting has a limit.
"""
import base64
import collections
import json
import os
import re
import socket
import struct
import threading
import time
import uuid
from dataclasses import dataclass, field

from fake_ollama_answers import GENERATORS, compact, embeddings, error

TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
PATIENCE = 40.0
READ_BYTES = 32768  # of a Go worker from its backend, so the largest chunk: 43.8 kB as a message
EMBEDDINGS = ("/api/embed", "/api/embeddings", "/v1/embeddings")


@dataclass(frozen=True)
class Dialect:
    path: str
    keys: tuple  # the fields that hold the key
    message_bytes_max: int = 0  # what it can receive; 0 for any
    jobs: bool = True  # knows the job exchange
    updates: bool = True  # sends status_update
    base: str = ""  # what the base address of its backend ends with; paths are appended to it
    header: bool = False  # the key is in the handshake
    version: str = ""
    config: dict = field(default_factory=dict)
    told: str = ""  # as the host's views name it


SEED, MIDDLE, NEWEST = "/workers/connect", "/api/workers/connect", "/api/llm/connect"
DIALECTS = {
    "0.1.4": Dialect(SEED, ("worker_key",), 32768, updates=False, told="llamapool"),
    "seed": Dialect(SEED, ("worker_key",), 32768, updates=False, told="llamapool"),
    "0.2.0": Dialect(SEED, ("worker_key",), 32768, updates=False, told="llamapool"),
    "token": Dialect(SEED, ("token",), 32768, updates=False, told="llamapool"),
    "0.2.4": Dialect(MIDDLE, ("worker_key",), 32768, updates=False, told="llamapool"),
    "0.3.0": Dialect(MIDDLE, ("worker_key",), 32768, told="infero"),
    "0.4.0": Dialect(MIDDLE, ("client_key",), 32768, base="/v1", told="infero"),
    "0.5.1": Dialect(MIDDLE, ("client_key",), 32768, base="/v1", told="infero"),
    "0.7.5": Dialect(NEWEST, ("client_key",), jobs=False, base="/v1", version="v0.7.5", told="nfrx"),
    "0.9.6": Dialect(NEWEST, (), jobs=False, base="/v1", header=True, version="v0.9.6", told="nfrx",
                     config={"backend_family": "ollama", "backend_version": "0.11.4", "embedding_batch_size": "2",
                             "hostname": "vm", "os_name": "debian", "os_version": "12.11"}),
}


class Refused(Exception):
    """The handshake was answered with another status than 101."""

    def __init__(self, status, body):
        super().__init__(f"the handshake was answered with {status}: {body[:300]!r}")
        self.status = status
        self.body = body


class Request:
    """One request that the worker was given, and what it answered."""

    def __init__(self, worker, message):
        self.worker = worker
        self.message = message
        self.is_job = message["type"] == "job_request"
        self.came = time.monotonic()
        self.cancelled = threading.Event()
        self.over = threading.Event()
        self.sent = []  # the pieces of the answer's body
        self.turned_away = False  # because the worker drains
        self.came_while_draining = worker.draining
        self.counted_off = False
        if self.is_job:
            self.id = message["job_id"]
            self.path = "/api/" + message["endpoint"]
            self.method = "POST"
            self.headers = {}
            self.raw = json.dumps(message["payload"]).encode()
        else:
            self.id = message["request_id"]
            self.path = worker.dialect.base + message["path"]
            self.method = message["method"]
            self.headers = message.get("headers") or {}
            self.raw = base64.b64decode(message.get("body", ""), validate=True)
        try:
            self.body = json.loads(self.raw)
        except ValueError:
            self.body = {}
        found = re.search(r"\[fake ([^\]]*)\]", self.raw.decode("utf-8", "replace"))
        self.orders = dict(part.split("=", 1) for part in found.group(1).split()) if found else {}

    @property
    def tag(self):
        return self.orders.get("tag", "")

    @property
    def answer(self):
        """All bytes of the body that were sent."""
        return b"".join(self.sent)

    def head(self, status=200, kind="application/json", **headers):
        self.worker.send({"type": "http_proxy_response_headers", "request_id": self.id, "status": status,
                          "headers": {"Content-Type": kind, "Date": "Sat, 21 Nov 2026 07:57:29 GMT", **headers}})

    def chunk(self, data):
        self.sent.append(data)
        for at in range(0, len(data), READ_BYTES):
            self.worker.send({"type": "http_proxy_response_chunk", "request_id": self.id,
                              "data": base64.b64encode(data[at:at + READ_BYTES]).decode()})

    def count_off(self):
        """It runs no more; before the server hears of that, which may send the next at once."""
        with self.worker.changed:
            if not self.counted_off:
                self.counted_off = True
                self.worker.running -= 1
                self.worker.changed.notify_all()

    def end(self, code=None, words=""):
        self.count_off()
        self.worker.send({"type": "http_proxy_response_end", "request_id": self.id,
                          **({"error": {"code": code, "message": words}} if code else {})})

    def job(self, kind, data):
        if kind == "job_result" or data.get("done"):
            self.count_off()
        self.worker.send({"type": kind, "job_id": self.id, "data": data})

    def job_error(self, code, words):
        self.count_off()
        self.worker.send({"type": "job_error", "job_id": self.id, "code": code, "message": words})

    def pause(self, seconds):
        """True when it was cancelled, or the connection ended, meanwhile."""
        if seconds > 0:
            self.cancelled.wait(seconds)
        return self.cancelled.is_set() or self.worker.ended.is_set()


class FakeWorker:
    """One connection. Ready (registered, and read from) when the constructor returns; `ended` is set when it is over."""

    def __init__(self, port, dialect="0.9.6", models=("tiny:latest",), slots=2, name="Alpha", key="", beats=5.0, script=None,
                 worker_id=None, path=None, tls=None, headers=(), enforces=True, registers=True):
        self.dialect = DIALECTS[dialect]
        self.generation = dialect
        self.port = port
        self.models = list(models)
        self.slots = slots
        self.name = name
        self.key = key
        self.beats = beats  # seconds between heartbeats; 0 for none
        self.script = script  # called with each Request instead of answering
        self.enforces = enforces  # more at once than its slots is noted in `problems`
        self.worker_id = str(uuid.uuid4()) if worker_id is None else worker_id
        self.requests = []
        self.cancels = []  # ids
        self.problems = []  # what no server may do
        self.running = 0
        self.running_most = 0
        self.pings = 0
        self.close_code = None
        self.close_reason = ""
        self.ended = threading.Event()
        self.reads = threading.Event()  # cleared: nothing of the server is read
        self.reads.set()
        self.draining = False
        self.changed = threading.Condition()
        self.sending = threading.Lock()
        self.connection = self.connect(path or self.dialect.path, tls, headers)
        if registers:
            self.register()
        threading.Thread(target=self.read, daemon=True).start()
        threading.Thread(target=self.beat, daemon=True).start()

    # ---- what it says ----

    def connect(self, path, tls, headers):
        connection = socket.create_connection(("127.0.0.1", self.port), PATIENCE)
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls:
            connection = tls.wrap_socket(connection, server_hostname="localhost")
        nonce = base64.b64encode(os.urandom(16)).decode()
        lines = [f"GET {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "User-Agent: Go-http-client/1.1", "Upgrade: websocket",
                 "Connection: Upgrade", f"Sec-WebSocket-Key: {nonce}", "Sec-WebSocket-Version: 13", "Accept-Encoding: gzip"]
        if self.dialect.header and self.key:
            lines.append(f"Authorization: Bearer {self.key}")
        lines += [f"{name}: {value}" for name, value in headers]
        connection.sendall("\r\n".join(lines).encode() + b"\r\n\r\n")
        head = b""
        while b"\r\n\r\n" not in head:
            part = connection.recv(4096)
            if not part:
                break
            head += part
        head, _, self.received = head.partition(b"\r\n\r\n")
        status = int((head.split(b" ") + [b"0", b"0"])[1] or 0)
        if status != 101:
            connection.close()
            raise Refused(status, head + b"\r\n\r\n" + self.received)
        if b"sec-websocket-extensions" in head.lower() or b"sec-websocket-protocol" in head.lower():
            self.problems.append("the handshake offers what was not asked for")
        connection.settimeout(None)
        return connection

    def register(self, **more):
        dialect = self.dialect
        message = {"type": "register", "worker_id": self.worker_id, "worker_name": self.name,
                   **{name: self.key for name in dialect.keys}, "models": self.models, "max_concurrency": self.slots}
        if dialect.header:
            message["client_key"] = ""
        if dialect.version:
            message |= {"version": dialect.version, "build_sha": "0d49cf7", "build_date": "2026-04-21T23:46:32Z"}
        if dialect.config:
            message["agent_config"] = dialect.config
        self.send(message | more)

    def update(self, models=None, slots=None, status="idle"):
        """A status_update; without models the list stays as it is."""
        if models is not None:
            self.models = list(models)
        if slots is not None:
            self.slots = slots
        self.send({"type": "status_update", "max_concurrency": self.slots if slots is None else slots, "status": status,
                   **({"models": self.models} if models is not None else {}),
                   **({"agent_config": self.dialect.config} if self.dialect.config else {})})

    def beat(self):
        while not self.ended.wait(self.beats or 3600):
            if not self.beats:
                return
            more = {"host_cpu_percent": 99.8, "host_ram_used_percent": 7.2} if self.dialect.config else {}
            try:
                self.send({"type": "heartbeat", "ts": int(time.time()), **more})
            except OSError:
                return

    def send(self, message):
        self.write(TEXT, json.dumps(message, separators=(",", ":")).encode())

    def write(self, kind, payload, claimed=None):
        """One masked frame. `claimed`: the length that it states instead of its own."""
        size = len(payload) if claimed is None else claimed
        head = bytes([0x80 | kind])
        if size < 126:
            head += bytes([0x80 | size])
        elif size < 65536:
            head += bytes([0x80 | 126]) + struct.pack(">H", size)
        else:
            head += bytes([0x80 | 127]) + struct.pack(">Q", size)
        mask = os.urandom(4)
        with self.sending:
            self.connection.sendall(head + mask + masked(payload, mask))

    def close(self, code=1000, reason="drained"):
        try:
            self.write(CLOSE, struct.pack(">H", code) + reason.encode())
        except OSError:
            pass

    def drain(self):
        """As an agent does on SIGTERM: no new requests, the running ones to their end, then close 1000."""
        self.draining = True
        if self.dialect.updates:
            self.update(slots=0, status="draining")
        self.wait_for(lambda: all(request.over.is_set() for request in self.requests), "its requests end")
        self.close()

    def cut(self):
        """The connection is gone without a word, as by kill -9 and a reset."""
        try:
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            self.connection.shutdown(socket.SHUT_RD)
        except OSError:
            pass
        self.reads.set()

    def stop(self):
        self.beats = 0
        try:
            self.connection.shutdown(socket.SHUT_RDWR)
        except OSError:
            pass
        self.reads.set()
        self.ended.wait(PATIENCE)

    # ---- what it hears ----

    def wait_for(self, holds, what, patience=PATIENCE):
        end = time.monotonic() + patience
        with self.changed:
            while True:
                found = holds()
                if found:
                    return found
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"worker {self.name} waited {patience} s in vain: {what}")
                self.changed.wait(min(left, 0.2))

    def wait_end(self, patience=PATIENCE):
        if not self.ended.wait(patience):
            raise AssertionError(f"the connection of worker {self.name} did not end")

    def request(self, tag, patience=PATIENCE):
        """The request whose body says `[fake tag=...]`, once it has come."""
        return self.wait_for(lambda: self.given(tag), f"request {tag} comes", patience)

    def given(self, tag):
        return next((request for request in self.requests if request.tag == tag), None)

    def read(self):
        try:
            while True:
                self.reads.wait(PATIENCE * 3)
                kind, payload = self.frame()
                if kind == CLOSE:
                    self.close_code = struct.unpack(">H", payload[:2])[0] if len(payload) >= 2 else 1005
                    self.close_reason = payload[2:].decode()
                    self.write(CLOSE, payload[:2])
                    break
                if kind == PING:
                    self.pings += 1
                    self.write(PONG, payload)
                elif kind == TEXT and not self.take(payload):
                    break
        except (OSError, EOFError):
            pass
        self.connection.close()
        self.ended.set()
        for request in list(self.requests):
            request.cancelled.set()
        self.notify()

    def notify(self):
        with self.changed:
            self.changed.notify_all()

    def frame(self):
        first, second = self.exactly(2)
        if not first & 0x80 or second & 0x80:
            self.problems.append("a server's message must be one frame without a mask")
            raise EOFError
        size = second & 0x7F
        if size == 126:
            size = struct.unpack(">H", self.exactly(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.exactly(8))[0]
        return first & 0x0F, self.exactly(size)

    def exactly(self, size):
        while len(self.received) < size:
            part = self.connection.recv(1 << 18)
            if not part:
                raise EOFError
            self.received += part
            self.reads.wait(PATIENCE * 3)
        taken, self.received = self.received[:size], self.received[size:]
        return taken

    def take(self, payload):
        limit = self.dialect.message_bytes_max
        if limit and len(payload) > limit:
            self.problems.append(f"a message of {len(payload)} bytes is too large for this worker")
            self.close(1009, f"read limited at {limit + 1} bytes")
            return False
        message = json.loads(payload)
        kind = message["type"]
        if kind in ("http_proxy_cancel", "cancel_job"):
            number = message.get("request_id") or message.get("job_id")
            self.cancels.append(number)
            for request in list(self.requests):
                if request.id == number:
                    request.cancelled.set()
        elif kind in ("http_proxy_request", "job_request"):
            self.begin(Request(self, message))
        else:
            self.problems.append(f"a server does not send {kind}")
        self.notify()
        return True

    def begin(self, request):
        if request.is_job and not self.dialect.jobs:
            self.problems.append("a worker of this generation knows no jobs")
            return
        if request.path not in GENERATORS and request.path not in EMBEDDINGS:
            self.problems.append(f"its backend has no {request.method} {request.path}")
        with self.changed:
            self.requests.append(request)
            self.running += 1
            self.running_most = max(self.running_most, self.running)
            if self.enforces and self.running > max(self.slots, 1):
                self.problems.append(f"{self.running} requests at once with {self.slots} slots")
        threading.Thread(target=self.work, args=(request,), daemon=True).start()

    def work(self, request):
        try:
            (self.script or perform)(request)
        except OSError:
            pass
        request.count_off()
        request.over.set()
        with self.changed:
            self.changed.notify_all()


def masked(payload, mask):
    if not payload:
        return b""
    key = (mask * (len(payload) // 4 + 1))[:len(payload)]
    return (int.from_bytes(payload, "big") ^ int.from_bytes(key, "big")).to_bytes(len(payload), "big")


def perform(request):
    """The honest answer, or as its orders say."""
    if request.orders.get("do") == "draining" or request.came_while_draining:
        request.turned_away = True
        return refuse(request, 503, "worker_draining", "worker is draining")
    if request.pause(float(request.orders.get("first", 0))):
        return cancelled(request)
    model = request.body.get("model", "")
    known = {model, model + ":latest"} & set(request.worker.models)
    do = request.orders.get("do", "" if known else "error404")
    if do in ("error500", "error404"):
        status = int(do[5:])
        return backend_error(request, status, "as asked" if known else f"model '{model}' not found")
    if do == "unreachable":
        return refuse(request, 502, "upstream_error", 'dial tcp 127.0.0.1:11434: connect: "refused"',
                      b'{"error":"dial tcp 127.0.0.1:11434: connect: "refused""}')
    if do == "die":
        return request.worker.cut()
    if do == "stall":
        request.pause(PATIENCE * 3)
        return None
    if request.path in EMBEDDINGS:
        return whole(request, compact(embeddings(request.path, request.body)))
    answer, stream = GENERATORS[request.path](request.path, request.body, int(request.orders.get("pieces", 5)))
    streamed = request.body.get("stream", request.path in ("/api/chat", "/api/generate"))
    if not streamed:
        answer = compact(answer)
        return whole(request, answer + b" " * (int(request.orders.get("size", 0)) - len(answer)))
    return job_stream(request, stream) if request.is_job else proxy_stream(request, stream, do)


def refuse(request, status, code, words, body=b""):
    if request.is_job:
        return request.job_error(code, words)
    request.head(status)
    if body:
        request.chunk(body)
    return request.end(code, words)


def backend_error(request, status, words):
    body = compact(error(request.path, status, words))
    if not request.is_job:
        return whole(request, body, status)
    request.job("job_chunk" if request.body.get("stream") else "job_result", json.loads(body))
    if request.body.get("stream"):
        request.job("job_chunk", {"done": True})
    return None


def cancelled(request):
    """What an agent answers to a cancel, which the server has forgotten by then."""
    if request.worker.ended.is_set():
        return
    if request.is_job:
        request.job("job_chunk", {"done": True})
    else:
        request.end("upstream_error", "context canceled")


def whole(request, body, status=200):
    if request.is_job:
        request.sent.append(body)
        return request.job("job_result", json.loads(body))
    request.head(status, **{"Content-Length": str(len(body))})
    if request.orders.get("do") in ("die-after", "cut-after", "fail-after", "stall-after"):
        request.chunk(body[:len(body) // 2])
        return broken(request, request.orders["do"])
    request.chunk(body)
    return request.end()


def proxy_stream(request, stream, do):
    if do != "no-head":
        request.head(200, stream.content_type)
    pieces = [*stream.before, *stream.pieces, *stream.after]
    size = int(request.orders.get("size", 0))
    delay = float(request.orders.get("delay", 0))
    for n, piece in enumerate(pieces):
        if n == len(pieces) // 2 and do.endswith("-after"):
            return broken(request, do)
        if n and request.pause(delay):
            return cancelled(request)
        if n == 1 and size:  # a large one, of a kind that clients skip
            request.chunk((b": " + b"x" * size + b"\n\n") if stream.content_type == "text/event-stream" else b" " * size)
        request.chunk(piece)
    return request.end()


def broken(request, do):
    if do == "die-after":
        request.worker.cut()
    elif do == "fail-after":
        request.end("upstream_error", "read tcp 127.0.0.1:11434: connection reset by peer")
    elif do == "stall-after":
        request.pause(PATIENCE * 3)
    else:
        request.end()


def job_stream(request, stream):
    do = request.orders.get("do", "")
    pieces = [*stream.before, *stream.pieces, *stream.after]
    for n, piece in enumerate(pieces):
        if n == len(pieces) // 2 and do == "die-after":
            return request.worker.cut()
        if n == len(pieces) // 2 and do.endswith("-after"):
            break
        if n and request.pause(float(request.orders.get("delay", 0))):
            break
        request.sent.append(piece)
        request.job("job_chunk", json.loads(piece))
    return request.job("job_chunk", {"done": True})


def outcomes(workers):
    """How many requests of each tag these workers were given."""
    return collections.Counter(request.tag for worker in workers for request in worker.requests if request.tag)
