# SPDX-License-Identifier: MIT
"""What the tests of a hosted pool begin with: Drover as the server, fake workers that join it."""
import json
import os
import sys
import time
import urllib.request

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))

import case
import programs
from case import chat
from fake_worker import FakeWorker
from programs import Drover, free_port, is_open
from raw_http import call

CLIENT_KEY = "client-key-of-the-pool-7f3a"
WORKER_KEY = "worker-key-of-the-pool-91bc"
SETTLED = 0.5  # seconds, longer than between two pictures of the state
COMPLETIONS = "/v1/chat/completions"


class Host(Drover):
    """`drover serve` with a pool port. `port` and `url` are the pool's; `own_port` is that of this machine's apps."""

    def __init__(self, backends=(), *arguments, port=None, address=None, config="", **options):
        self.pool_port = port or free_port()
        listen = ("--pool-listen", f"{address}:{self.pool_port}") if address else ("--pool-port", str(self.pool_port))
        if not backends:  # none of its own; the workers alone answer
            config = "backend = []\n" + config
        super().__init__(backends, *listen, *arguments, config=config, **options)
        self.own_port = self.port
        self.port = self.pool_port
        self.url = f"http://127.0.0.1:{self.port}"

    def is_ready(self):
        return super().is_ready() and is_open(self.pool_port)

    def hosting(self):
        return self.status()["hosting"]

    def books(self):
        """The hosted pool's, once nothing is on its way and pictures of it have become true."""
        seen = []

        def at_rest(status):
            told = status["hosting"]
            seen.append((time.monotonic(), told))
            earlier = [each for moment, each in seen if moment < time.monotonic() - SETTLED]
            return not told["running"] and not told["waiting"] and earlier and earlier[-1]["accepted"] == told["accepted"] \
                and earlier[-1]["running"] == earlier[-1]["waiting"] == 0

        return self.wait_for(at_rest, "the pool is at rest")["hosting"]

    def workers(self):
        """Those that are connected, by name."""
        return {worker["name"]: worker for worker in self.hosting()["workers"] if worker["state"] != "gone"}

    def models(self, fields=()):
        return [model["id"] for model in call(self.port, "GET", "/v1/models", fields=fields).json()["data"]]

    def series(self, port=None, headers=None):
        request = urllib.request.Request(f"http://127.0.0.1:{port or self.port}/metrics", headers=headers or {})
        with urllib.request.urlopen(request, timeout=20) as answer:
            text = answer.read().decode()
        samples = (line.rsplit(" ", 1) for line in text.splitlines() if line and line[0] != "#")
        return {series: float(value) for series, value in samples}


class PoolServer(Host):
    """`drover pool-server`, its port from the environment as llamapool's server has it."""

    def __init__(self, *arguments, port=None, environment=None, **options):
        self.pool_port = port or free_port()
        Drover.__init__(self, [], *arguments, environment={"PORT": str(self.pool_port), **(environment or {})}, **options)
        self.port = self.pool_port
        self.url = f"http://127.0.0.1:{self.port}"

    def beginning(self):
        return ["pool-server"]

    def is_ready(self):
        if self.ended():
            raise AssertionError(f"drover pool-server ended with {self.process.returncode}:\n{self.text()}")
        return is_open(self.pool_port) and is_open(self.status_port)


class HostCase(case.EndToEndCase):
    def host(self, *backends, arguments=(), **options):
        """`drover serve --pool-port` before these fakes; with none, workers alone answer."""
        urls = [backend if isinstance(backend, str) else backend.url for backend in backends]
        return self.started(Host(urls, *arguments, **options))

    def worker(self, host, dialect="0.9.6", joins=True, **options):
        """A fake worker; with `joins` it is known to the host when this returns."""
        worker = FakeWorker(host.port, dialect, **options)
        self.addCleanup(worker.stop)
        if joins:
            host.wait_for(lambda status: any(each["id"] == worker.worker_id and each["state"] not in ("gone",)
                                             for each in status["hosting"]["workers"]), f"{worker.name} has joined")
        return worker

    def assert_sound(self, *workers):
        """Nothing that a server may not do was done to them."""
        for worker in workers:
            self.assertEqual(worker.problems, [], worker.name)

    def assert_balanced(self, host):
        books = host.books()
        self.assertEqual(books["accepted"], books["answered"] + books["refused"] + books["failed"] + books["cancelled"], books)
        return books


def ask(server, text="", path=COMPLETIONS, model="tiny:latest", stream=False, fields=(), patience=programs.PATIENCE, **more):
    """A chat, or what the path calls for, with these orders in its text."""
    return call(server.port, "POST", path, body_of(path, text, model, stream, **more), fields, patience)


def body_of(path, text, model="tiny:latest", stream=False, **more):
    if path.endswith(("/generate", "/completions")) and not path.endswith("/chat/completions"):
        return {"model": model, "prompt": text or "Hi", "stream": stream, **more}
    if path.endswith(("/embeddings", "/embed")):
        return {"model": model, "input": text or ["a", "bcd"], **more}
    if path.endswith("/responses"):
        return {"model": model, "input": text, "stream": stream, **more}
    if path.endswith("/messages"):
        return {**chat(model, text, stream), "max_tokens": 100, **more}
    return {**chat(model, text, stream), **more}


def tells_of_an_error(answer):
    """True when a client cannot take this for a whole answer: a status, a cut connection, or an error as last piece."""
    if answer.status >= 400 or not answer.whole:
        return True
    last = answer.body.rstrip().split(b"\n")[-1]
    last = last[6:] if last.startswith(b"data: ") else last
    try:
        piece = json.loads(last)
    except ValueError:
        return False
    if answer.get("content-type") == "application/x-ndjson" and not piece.get("done"):
        return True  # Ollama itself may end so, and its clients know
    return bool(piece.get("error")) or piece.get("type") in ("error", "response.failed")


def looks_whole(answer):
    return answer.whole and answer.status == 200 and not tells_of_an_error(answer)


def bearer(key):
    return [("Authorization", f"Bearer {key}")]
