#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""A program that behaves as `ollama serve` does, or misbehaves as FAKE_OLLAMA says; several words, separated by spaces:
slow (answers after a second), crash (ends at once), hang (answers once, then never), stubborn (ignores SIGTERM),
runner (starts a child that ignores SIGTERM), stranger (is no Ollama). Each start adds a line of JSON to the file
FAKE_OLLAMA_LOG: pid, runner's pid and what it was given."""
import http.server
import json
import os
import signal
import subprocess
import sys
import time

VERSION = os.environ.get("FAKE_OLLAMA_VERSION", "0.0.7")
WORDS = os.environ.get("FAKE_OLLAMA", "").split()
RUNNER = "import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nprint('up', flush=True)\ntime.sleep(600)\n"


class Handler(http.server.BaseHTTPRequestHandler):
    answered = 0

    def do_GET(self):
        if "hang" in WORDS and Handler.answered > 0:
            time.sleep(600)
        Handler.answered += 1
        if self.path == "/crash":
            os.abort()
        body = b"hello" if "stranger" in WORDS else json.dumps({"version": VERSION}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


def main():
    if sys.argv[1:] != ["serve"]:
        sys.exit("usage: ollama serve")
    runner = 0
    if "runner" in WORDS:
        child = subprocess.Popen([sys.executable, "-c", RUNNER], stdout=subprocess.PIPE)
        child.stdout.readline()
        runner = child.pid
    if "stubborn" in WORDS:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
    else:
        signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
    entry = {"pid": os.getpid(), "runner": runner, "host": os.environ.get("OLLAMA_HOST"),
             "parallel": os.environ.get("OLLAMA_NUM_PARALLEL"), "chosen": os.environ.get("OLLAMA_KEEP_ALIVE")}
    if os.environ.get("FAKE_OLLAMA_LOG"):
        with open(os.environ["FAKE_OLLAMA_LOG"], "a", encoding="utf-8") as file:
            file.write(json.dumps(entry) + "\n")
    print("time=now level=INFO msg=starting", flush=True)
    if "crash" in WORDS:
        print("Error: no such luck", flush=True)
        sys.exit(3)
    if "slow" in WORDS:
        time.sleep(1)
    host, port = os.environ["OLLAMA_HOST"].rsplit(":", 1)
    http.server.ThreadingHTTPServer.daemon_threads = True
    http.server.ThreadingHTTPServer((host, int(port)), Handler).serve_forever()


main()
