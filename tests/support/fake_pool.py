# SPDX-License-Identifier: MIT
"""A pool's server as workers see it, hand-written from the protocol: the first ones (path /workers/connect, the key in the
registration, messages of at most 32768 bytes, the job exchange too) and today's (path /api/llm/connect, the key in a header).

Runs on threads of the test's own process. Everything it waits for has a limit.
"""
import base64
import email.utils
import hashlib
import json
import queue
import socket
import struct
import threading
import time
import uuid

MAGIC = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
TEXT, CLOSE, PING, PONG = 1, 8, 9, 10
SEED, NEWEST = "/workers/connect", "/api/llm/connect"
PATIENCE = 40.0


class Worker:
    """One connection of a worker."""

    def __init__(self, pool, connection, headers):
        self.pool = pool
        self.connection = connection
        self.headers = headers
        self.frames = []  # every message, parsed, in order
        self.times = []
        self.largest = 0
        self.pings = 0
        self.close_code = None
        self.close_reason = ""
        self.ended = threading.Event()
        self.reads = threading.Event()  # cleared: nothing of the worker is read
        self.reads.set()
        self.changed = threading.Condition()
        self.sending = threading.Lock()

    @property
    def registration(self):
        return self.frames[0]

    def of_type(self, kind):
        return [frame for frame in self.frames if frame["type"] == kind]

    def wait_for(self, holds, what, patience=PATIENCE):
        end = time.monotonic() + patience
        with self.changed:
            while True:
                found = holds()
                if found:
                    return found
                left = end - time.monotonic()
                if left <= 0:
                    raise AssertionError(f"waited {patience} s in vain: {what}; frames: {self.frames[-5:]}")
                self.changed.wait(min(left, 0.2))

    def wait_end(self, patience=PATIENCE):
        if not self.ended.wait(patience):
            raise AssertionError("the worker's connection did not end")

    # ---- what the server says ----

    def send(self, message):
        self.write(TEXT, json.dumps(message, separators=(",", ":")).encode())

    def write(self, kind, payload):
        size = len(payload)
        head = bytes([0x80 | kind])
        if size < 126:
            head += bytes([size])
        elif size < 65536:
            head += bytes([126]) + struct.pack(">H", size)
        else:
            head += bytes([127]) + struct.pack(">Q", size)
        with self.sending:
            self.connection.sendall(head + payload)

    def ask(self, body, path=None, method="POST", headers=None, request_id=None):
        """Sends a request of the proxy exchange; its Answer."""
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        answer = Answer(self, request_id or str(uuid.uuid4()))
        if path is None:
            path = "/v1/chat/completions" if self.pool.path == SEED else "/chat/completions"
        message = {"type": "http_proxy_request", "request_id": answer.id, "method": method, "path": path,
                   "headers": {"Content-Type": "application/json", "Cache-Control": "no-store", "X-Request-Id": "",
                               **(headers or {})},
                   "body": base64.b64encode(raw).decode()}
        if isinstance(body, dict) and body.get("stream"):
            message["stream"] = True
        self.send(message)
        return answer

    def ask_generate(self, model, prompt, stream):
        """Sends a request of the job exchange; its JobAnswer."""
        answer = JobAnswer(self, str(uuid.uuid4()))
        self.send({"type": "job_request", "job_id": answer.id, "endpoint": "generate",
                   "payload": {"model": model, "prompt": prompt, "stream": stream}})
        return answer

    def close(self, code, reason=""):
        self.write(CLOSE, struct.pack(">H", code) + reason.encode())

    def cut(self):
        """The connection is gone without a word: the reader's close sends a reset."""
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.connection.shutdown(socket.SHUT_RD)

    # ---- what the worker says ----

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
                    with self.changed:
                        self.pings += 1
                    if self.pool.answers_pings:
                        self.write(PONG, payload)
                elif kind == TEXT and not self.take(payload):
                    break
        except (OSError, EOFError):
            pass
        except (ValueError, KeyError, AssertionError, struct.error):
            if self.pool.trusts_frames:
                raise
        self.connection.close()
        self.ended.set()
        with self.changed:
            self.changed.notify_all()

    def take(self, payload):
        self.largest = max(self.largest, len(payload))
        if self.pool.message_bytes_max and len(payload) > self.pool.message_bytes_max:
            self.close(1009, f"read limited at {self.pool.message_bytes_max + 1} bytes")
            return False
        message = json.loads(payload)
        with self.changed:
            self.frames.append(message)
            self.times.append(time.monotonic())
            self.changed.notify_all()
        if len(self.frames) == 1:
            if message["type"] != "register":
                self.close(1008, "expected register")
                return False
            if not self.pool.admits(self):
                self.close(1008, "unauthorized")
                return False
            self.pool.arrived.put(self)
        return True

    def frame(self):
        first, second = self.exactly(2)
        if not first & 0x80:
            raise AssertionError("a fragmented message")
        if not second & 0x80:
            raise AssertionError("a frame of a client that is not masked")
        size = second & 0x7F
        if size == 126:
            size = struct.unpack(">H", self.exactly(2))[0]
        elif size == 127:
            size = struct.unpack(">Q", self.exactly(8))[0]
        mask = self.exactly(4)
        data = self.exactly(size)
        whole = (mask * (size // 4 + 1))[:size]
        return first & 0x0F, (int.from_bytes(data, "big") ^ int.from_bytes(whole, "big")).to_bytes(size, "big")

    def exactly(self, size):
        parts = []
        while size:
            part = self.connection.recv(min(size, 1 << 20))
            if not part:
                raise EOFError
            parts.append(part)
            size -= len(part)
        return b"".join(parts)


class Answer:
    """What a worker answers to one request of the proxy exchange, and that it keeps to the order."""

    def __init__(self, worker, request_id):
        self.worker = worker
        self.id = request_id

    def frames(self):
        return [frame for frame in list(self.worker.frames) if frame.get("request_id") == self.id]

    def chunks(self):
        return [base64.b64decode(frame["data"], validate=True) for frame in self.frames()
                if frame["type"] == "http_proxy_response_chunk"]

    def ended(self):
        return any(frame["type"] == "http_proxy_response_end" for frame in self.frames())

    def cancel(self):
        self.worker.send({"type": "http_proxy_cancel", "request_id": self.id})

    def whole(self, patience=PATIENCE):
        """(status, headers, body, error) once the end has come."""
        self.worker.wait_for(self.ended, f"the end of request {self.id}", patience)
        frames = self.frames()
        kinds = [frame["type"].removeprefix("http_proxy_response_") for frame in frames]
        if kinds != ["headers"] + ["chunk"] * (len(kinds) - 2) + ["end"]:
            raise AssertionError(f"an answer must be headers, chunks, one end: {kinds}")
        return frames[0]["status"], frames[0]["headers"], b"".join(self.chunks()), frames[-1].get("error")


class JobAnswer:
    def __init__(self, worker, job_id):
        self.worker = worker
        self.id = job_id

    def frames(self):
        return [frame for frame in list(self.worker.frames) if frame.get("job_id") == self.id]

    def last(self):
        frames = self.frames()
        over = [frame for frame in frames if frame["type"] != "job_chunk" or frame["data"] == {"done": True}]
        return frames if over else None

    def whole(self, patience=PATIENCE):
        return self.worker.wait_for(self.last, f"the end of job {self.id}", patience)


class FakePool:
    """Listens until `stop`. `workers` has every connection that was registered, `refuse_with` an HTTP status for all."""

    def __init__(self, path=NEWEST, key="", port=0, tls=None, host="127.0.0.1", listen="127.0.0.1"):
        self.path = path
        self.key = key
        self.tls = tls  # an ssl.SSLContext: wss
        self.heard = []  # what came before the upgrade was answered
        self.message_bytes_max = 32768 if path == SEED else 0
        self.answers_pings = True
        self.refuse_with = 0
        self.looks = 0  # requests that are no WebSocket's
        self.clock_behind = 0  # seconds, in the Date of its answers
        self.trusts_frames = True  # a malformed one is the worker's fault; else it ends the connection only
        self.answer_with = None  # bytes instead of an answer to the upgrade
        self.dialled = 0
        self.arrived = queue.Queue()
        self.workers = []
        self.connections = []
        self.listener = socket.create_server((listen, port))
        self.port = self.listener.getsockname()[1]
        self.codes = None  # a set, for a pool that trades codes
        self.traded = []
        self.url = f"{'wss' if tls else 'ws'}://{host}:{self.port}{path}"
        threading.Thread(target=self.listen, daemon=True).start()

    def admits(self, worker):
        """As each kind of server does: the key in the registration, or in the header only."""
        if not self.key:
            return True
        if self.path == SEED:
            return self.key == (worker.registration.get("worker_key") or worker.registration.get("token"))
        return worker.headers.get("authorization") == f"Bearer {self.key}"

    def worker(self, patience=PATIENCE):
        """The next worker that registers and is admitted."""
        try:
            worker = self.arrived.get(timeout=patience)
        except queue.Empty:
            raise AssertionError(f"no worker came in {patience} s; {self.dialled} connections") from None
        self.workers.append(worker)
        return worker

    def listen(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            self.dialled += 1
            self.connections.append(connection)
            threading.Thread(target=self.serve, args=(connection,), daemon=True).start()

    def serve(self, connection):
        try:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            if self.tls:
                connection = self.tls.wrap_socket(connection, server_side=True)
                self.connections.append(connection)
            head = b""
            while b"\r\n\r\n" not in head:
                part = connection.recv(4096)
                if not part:
                    return connection.close()
                head += part
                self.heard.append(part)
            if self.answer_with is not None:
                connection.sendall(self.answer_with)
                return connection.close()
            lines = head.decode().split("\r\n")
            headers = {name.strip().lower(): value.strip() for name, _, value in
                       (line.partition(":") for line in lines[1:] if line)}
            target = lines[0].split(" ")[1]
            if lines[0].startswith("POST /j ") and self.codes is not None:
                return self.trade(connection, head, int(headers["content-length"]))
            status = self.refuse_with or (404 if target != self.path else 403 if "origin" in headers else 0)
            if status:
                connection.sendall(f"HTTP/1.1 {status} No\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
                return connection.close()
            if "sec-websocket-key" not in headers:  # somebody looks whether this is a pool
                self.looks += 1
                now = email.utils.formatdate(time.time() - self.clock_behind, usegmt=True)
                connection.sendall(("HTTP/1.1 426 Upgrade Required\r\nContent-Type: text/plain\r\nContent-Length: 0\r\n"
                                    f"Date: {now}\r\nConnection: close\r\n\r\n").encode())
                return connection.close()
            accept = base64.b64encode(hashlib.sha1(headers["sec-websocket-key"].encode() + MAGIC).digest()).decode()
            connection.sendall(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                f"Sec-WebSocket-Accept: {accept}\r\n\r\n").encode())
        except OSError:
            return connection.close()
        return Worker(self, connection, headers).read()

    def trade(self, connection, head, length):
        """An invitation's code for the pool's key, once: docs/joining.md."""
        body = head.split(b"\r\n\r\n", 1)[1]
        while len(body) < length:
            body += connection.recv(4096)
        asked = json.loads(body)
        self.traded.append(asked)
        known = asked["code"] in self.codes
        self.codes.discard(asked["code"])
        answer = json.dumps({"key": self.key}).encode() if known else b'{"error":"the code was used already"}'
        connection.sendall(f"HTTP/1.1 {200 if known else 410} So\r\nContent-Type: application/json\r\n"
                           f"Content-Length: {len(answer)}\r\nConnection: close\r\n\r\n".encode() + answer)
        connection.close()

    def proxied(self):
        """The port of an HTTP proxy that brings every CONNECT here; `asked_for` has their targets."""
        listener = socket.create_server(("127.0.0.1", 0))
        self.connections.append(listener)
        self.asked_for = []

        def carry(source, sink):
            try:
                while part := source.recv(65536):
                    sink.sendall(part)
                sink.shutdown(socket.SHUT_WR)
            except OSError:
                pass

        def serve():
            while True:
                try:
                    client, _ = listener.accept()
                except OSError:
                    return
                head = b""
                while b"\r\n\r\n" not in head:
                    head += client.recv(4096)
                self.asked_for.append(head.decode().split("\r\n")[0])
                server = socket.create_connection(("127.0.0.1", self.port))
                self.connections += [client, server]
                client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
                threading.Thread(target=carry, args=(client, server), daemon=True).start()
                threading.Thread(target=carry, args=(server, client), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        return listener.getsockname()[1]

    def stop(self):
        for each in (self.listener, *self.connections):
            try:
                each.shutdown(socket.SHUT_RDWR)  # a thread that waits on it goes on
            except OSError:
                pass
            each.close()
