# SPDX-License-Identifier: MIT
"""HTTP as bytes on a socket: for requests that no library would send, and answers that must not be interpreted."""
import json
import socket
import time
from dataclasses import dataclass, field

from programs import PATIENCE


@dataclass
class Answer:
    status: int
    reason: str
    fields: list
    body: bytes = b""
    whole: bool = True  # false when the connection ended before the answer did
    arrivals: list = field(default_factory=list)  # (seconds since the request, bytes) of each read

    def get(self, name):
        return next((value for key, value in self.fields if key.lower() == name.lower()), None)

    def all(self, name):
        return [value for key, value in self.fields if key.lower() == name.lower()]

    def json(self):
        return json.loads(self.body)


class Wire:
    """One connection to a server."""

    def __init__(self, port, patience=PATIENCE, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(patience)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = bytearray()
        self.arrivals = []
        self.began = time.monotonic()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def request(self, method, path, body=None, fields=()):
        """Sends a request; a Content-Length is added for a body, a Host where none is given."""
        lines = [f"{method} {path} HTTP/1.1"]
        given = {name.lower() for name, _ in fields}
        if "host" not in given:
            lines.append("Host: 127.0.0.1")
        lines += [f"{name}: {value}" for name, value in fields]
        if body is not None and not given & {"content-length", "transfer-encoding"}:
            lines.append(f"Content-Length: {len(body)}")
        self.send("\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + (body or b""))

    def more(self):
        """False when the other side has ended; a reset counts as that."""
        try:
            data = self.socket.recv(1 << 16)
        except ConnectionError:
            data = b""
        self.buffer += data
        self.arrivals.append((time.monotonic() - self.began, len(data)))
        return bool(data)

    def until(self, mark):
        while mark not in self.buffer:
            if not self.more():
                return None
        return self.take(self.buffer.index(mark) + len(mark))

    def take(self, count):
        taken = bytes(self.buffer[:count])
        del self.buffer[:count]
        return taken

    def head(self):
        """The next answer's head, without its body; interim answers (100) are answers here too."""
        text = self.until(b"\r\n\r\n")
        if text is None:
            raise EOFError(f"no answer; got {bytes(self.buffer[:500])!r}")
        lines = text.decode("latin-1").split("\r\n")
        _, status, reason = (lines[0] + "  ").split(" ", 2)
        return Answer(int(status), reason.strip(),
                      [(n, v.strip()) for n, _, v in (line.partition(":") for line in lines[1:] if line)])

    def answer(self, method="GET"):
        """The next answer whole, or as much of it as came."""
        answer = self.head()
        if answer.status == 100 or answer.status in (204, 304) or method == "HEAD":
            return answer
        if (answer.get("transfer-encoding") or "").lower() == "chunked":
            self.read_chunks(answer)
        elif answer.get("content-length") is not None:
            length = int(answer.get("content-length"))
            while len(self.buffer) < length and self.more():
                pass
            answer.body = self.take(length)
            answer.whole = len(answer.body) == length
        else:
            while self.more():
                pass
            answer.body = self.take(len(self.buffer))
        answer.arrivals = self.arrivals
        return answer

    def read_chunks(self, answer):
        pieces = []
        answer.whole = self.read_chunks_into(pieces)
        answer.body = b"".join(pieces)

    def read_chunks_into(self, pieces):
        """False when the connection ended before the last chunk."""
        while True:
            size_line = self.until(b"\r\n")
            if size_line is None:
                return False
            size = int(size_line.split(b";")[0], 16)
            while len(self.buffer) < size + 2:
                if not self.more():
                    pieces.append(self.take(size))
                    return False
            pieces.append(self.take(size))
            self.take(2)
            if size == 0:
                return True

    def is_closed(self, patience=PATIENCE):
        """True when the other side closes within that time without sending anything."""
        self.socket.settimeout(patience)
        try:
            return not self.more()
        except TimeoutError:
            return False


def call(port, method, path, body=None, fields=(), patience=PATIENCE):
    """One request on a connection of its own. A dict is sent as JSON."""
    if isinstance(body, dict):
        body = json.dumps(body).encode()
        fields = [("Content-Type", "application/json"), *fields]
    with Wire(port, patience) as wire:
        wire.request(method, path, body, [("Connection", "close"), *fields])
        return wire.answer(method)
