# SPDX-License-Identifier: MIT
"""What every end-to-end test begins with. Run a file alone with `python3 tests/end_to_end/queue_test.py [Class.test]`.

With DROVER_TEST_DIRECT=1 the clients talk to the fake Ollama itself: a test that fails then is itself wrong.
"""
import os
import sys
import threading
import unittest

from programs import CLIENTS, PROGRAM, ROOT, Drover, FakeOllama
from raw_http import Wire, call

SKIPPED = 77  # tells ctest that nothing could be tried


class EndToEndCase(unittest.TestCase):
    """Programs started by `fake` and `drover` end with the test; Drover's output is shown when it failed."""

    def started(self, program):
        def end():
            errors = getattr(self._outcome, "errors", None) or getattr(self._outcome.result, "errors", [])
            failures = getattr(self._outcome.result, "failures", [])
            bad = any(getattr(case, "test_case", case) is self for case, problem in list(errors) + list(failures) if problem)
            if bad and isinstance(program, Drover):
                print(f"--- output of drover in {self.id()}, ended with {program.process.poll()}\n{program.text()[-6000:]}\n---",
                      file=sys.stderr)
            program.kill()
        self.addCleanup(end)
        return program

    def fake(self, **options):
        return self.started(FakeOllama(**options))

    def drover(self, *backends, arguments=(), **options):
        """`drover serve` before these fakes (or urls)."""
        if os.environ.get("DROVER_TEST_DIRECT"):
            return backends[0]
        urls = [backend if isinstance(backend, str) else backend.url for backend in backends]
        return self.started(Drover(urls, *arguments, **options))

    def wire(self, server, **options):
        wire = Wire(server.port, **options)
        self.addCleanup(wire.close)
        return wire

    def in_background(self, work, *arguments, **named):
        """Runs it on a thread; `.result()` waits for its end and gives its value or its exception."""
        task = Background(work, arguments, named)
        self.addCleanup(task.thread.join, 60)
        return task


class Background:
    def __init__(self, work, arguments, named):
        self.value = None
        self.problem = None
        self.thread = threading.Thread(target=self.run, args=(work, arguments, named), daemon=True)
        self.thread.start()

    def run(self, work, arguments, named):
        try:
            self.value = work(*arguments, **named)
        except BaseException as problem:  # given to whoever asks for the result
            self.problem = problem

    def done(self):
        return not self.thread.is_alive()

    def result(self, patience=90):
        self.thread.join(patience)
        if self.thread.is_alive():
            raise AssertionError(f"still at work after {patience} s")
        if self.problem:
            raise self.problem
        return self.value


def chat(model="tiny", text="", stream=None, **more):
    """A body for /api/chat and /v1/chat/completions; `text` may hold a `[fake ...]` order."""
    body = {"model": model, "messages": [{"role": "user", "content": text}], **more}
    if stream is not None:
        body["stream"] = stream
    return body


def ask(server, path="/api/chat", body=None, fields=(), **options):
    return call(server.port, "POST", path, body if body is not None else chat(), fields, **options)


def in_clients_python():
    """Starts this file again in the Python that has the official clients, when this one has not."""
    python = os.path.join(CLIENTS, "python/bin/python")
    if os.environ.get("DROVER_TEST_PYTHON") == python or not os.path.exists(python):
        return
    os.environ["DROVER_TEST_PYTHON"] = python
    os.execv(python, [python, *sys.argv])


def run():
    """Runs the calling file's tests. Ends with 77 when none could be tried."""
    if not os.path.exists(PROGRAM) and not os.environ.get("DROVER_TEST_DIRECT"):
        print(f"skipped: there is no {PROGRAM}; build the release preset first")
        sys.exit(SKIPPED)
    sys.path.insert(0, os.path.join(ROOT, "tests/support"))
    program = unittest.main(module="__main__", exit=False, verbosity=2, warnings="ignore")
    result = program.result
    if not result.wasSuccessful():
        sys.exit(1)
    sys.exit(SKIPPED if result.testsRun and result.testsRun == len(result.skipped) else 0)
