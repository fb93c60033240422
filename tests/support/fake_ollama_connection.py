# SPDX-License-Identifier: MIT
"""HTTP/1.1 as a server, with the means to break it: resets, half chunks, and the very bytes of a request."""
import asyncio
import json
import socket
import struct

from fake_ollama_answers import compact

REASONS = {200: "OK", 201: "Created", 204: "No Content", 400: "Bad Request", 403: "Forbidden", 404: "Not Found",
           405: "Method Not Allowed", 500: "Internal Server Error", 503: "Service Unavailable"}


class Left(Exception):
    """The client went away."""


class Request:
    """A request with the very bytes that carried it."""

    def __init__(self, raw_head):
        self.raw_head = raw_head
        self.body = b""
        lines = raw_head.decode("latin-1").split("\r\n")
        self.method, self.target, self.version = lines[0].split(" ")
        self.path = self.target.split("?")[0]
        self.fields = [(name, value.strip()) for name, _, value in (text.partition(":") for text in lines[1:] if text)]

    def field(self, name):
        return next((value for key, value in self.fields if key.lower() == name), "")

    def json(self):
        return json.loads(self.body or b"null")


class Connection(asyncio.Protocol):
    """One client. Requests are handled one after the other; `gone` is set when it leaves."""

    def __init__(self, fake):
        self.fake = fake
        self.buffer = bytearray()
        self.arrived = asyncio.Event()
        self.gone = asyncio.Event()
        self.writable = asyncio.Event()
        self.writable.set()
        self.begun = False

    def connection_made(self, transport):
        self.transport = transport
        transport.set_write_buffer_limits(high=65536)
        transport.get_extra_info("socket").setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.fake.connections += 1
        self.task = asyncio.get_running_loop().create_task(self.serve())

    def data_received(self, data):
        self.buffer += data
        if len(self.buffer) > 4 << 20:
            self.transport.pause_reading()
        self.arrived.set()

    def eof_received(self):
        self.leave()

    def connection_lost(self, _error):
        self.fake.connections -= 1
        self.leave()

    def leave(self):
        self.gone.set()
        self.arrived.set()
        self.writable.set()

    def pause_writing(self):
        self.writable.clear()

    def resume_writing(self):
        self.writable.set()

    async def more(self):
        if self.gone.is_set():
            raise Left
        self.arrived.clear()
        self.transport.resume_reading()
        await self.arrived.wait()
        if self.gone.is_set() and not self.buffer:
            raise Left

    async def until(self, mark):
        while mark not in self.buffer:
            await self.more()
        end = self.buffer.index(mark) + len(mark)
        taken = bytes(self.buffer[:end])
        del self.buffer[:end]
        return taken

    async def exactly(self, count, consume=None):
        """`count` bytes; given to `consume` as they come when it is there, so that uploads are not kept."""
        kept = bytearray()
        while count:
            if not self.buffer:
                await self.more()
            taken = bytes(self.buffer[:count])
            del self.buffer[:count]
            count -= len(taken)
            consume(taken) if consume else kept.extend(taken)
        return bytes(kept)

    async def read_body(self, request, consume=None):
        if request.field("expect").lower() == "100-continue":
            self.transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
        if request.field("transfer-encoding").lower() == "chunked":
            body = b""
            while size := int((await self.until(b"\r\n")).split(b";")[0], 16):
                body += await self.exactly(size, consume)
                await self.until(b"\r\n")
            while (await self.until(b"\r\n")) != b"\r\n":
                pass
            return body
        return await self.exactly(int(request.field("content-length") or 0), consume)

    async def write(self, data):
        if self.gone.is_set():
            raise Left
        self.transport.write(data)
        await self.writable.wait()
        if self.gone.is_set():
            raise Left

    async def pause(self, seconds):
        """Waits, unless the client leaves."""
        if seconds <= 0:
            return
        try:
            await asyncio.wait_for(self.gone.wait(), seconds)
        except asyncio.TimeoutError:
            return
        raise Left

    async def head(self, status, fields):
        self.begun = True
        text = f"HTTP/1.1 {status} {REASONS.get(status, 'Other')}\r\n" + "".join(f"{n}: {v}\r\n" for n, v in fields)
        await self.write(text.encode("latin-1") + b"\r\n")

    async def answer(self, status, body=b"", content_type="application/json; charset=utf-8", more=(), head_only=False):
        fields = ([("Content-Type", content_type)] if content_type else []) + list(more)
        await self.head(status, fields + [("Date", "Sat, 21 Nov 2026 08:19:17 GMT"), ("Content-Length", len(body))])
        if body and not head_only:
            await self.write(body)

    async def chunk(self, data):
        await self.write(b"%x\r\n%s\r\n" % (len(data), data))

    def reset(self):
        self.transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.transport.abort()
        raise Left

    def hang_up(self):
        self.transport.close()
        raise Left

    async def serve(self):
        try:
            while True:
                request = Request((await self.until(b"\r\n\r\n"))[:-4])
                await self.fake.handle(self, request)
                if request.field("connection").lower() == "close" or request.version == "HTTP/1.0":
                    break
        except (Left, ConnectionError):
            pass
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            self.fake.problems.append(repr(problem))
            if not self.begun and not self.gone.is_set():
                await self.answer(500, compact({"error": repr(problem)}))
        self.transport.close()
