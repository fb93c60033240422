# SPDX-License-Identifier: MIT
"""20 workers of all generations that join, die, stall, break off and lie under load: every request ends exactly once, in
order, with a truthful outcome, and the pool's books balance.

20 seconds; DROVER_CHAOS_SECONDS=300 for longer. The seed is printed, DROVER_CHAOS_SEED gives one.
"""
import collections
import json
import os
import random
import re
import sys
import threading
import time

import case
from host_case import COMPLETIONS, HostCase, ask, body_of, looks_whole, tells_of_an_error
from fake_worker import DIALECTS, FakeWorker, Refused, perform
from programs import wait_until
from raw_http import Wire

SECONDS = float(os.environ.get("DROVER_CHAOS_SECONDS", "20"))
SEED = int(os.environ.get("DROVER_CHAOS_SEED", random.SystemRandom().randrange(1 << 32)))
WORKERS = 20
CLIENTS = 24
MODELS = ("alpha:1b", "beta:1b", "gamma:1b-q4_0")
PATHS = (COMPLETIONS, COMPLETIONS, "/v1/messages", "/v1/responses", "/api/generate", "/api/chat", "/v1/embeddings")
WORDS = re.compile(rb" word(\d+)")


class Machine:
    """One worker's place: it joins, something happens to it, it comes back."""

    FATES = ("cut", "close", "drain", "stall", "deaf", "silent", "update", "lie", "nothing", "nothing", "nothing")

    def __init__(self, host, number, seed, until):
        self.host = host
        self.number = number
        self.random = random.Random(seed * 1000 + number)
        self.until = until
        self.generation = list(DIALECTS)[number % len(DIALECTS)]
        self.lives = []
        self.fates = collections.Counter()
        self.worker = None
        self.thread = threading.Thread(target=self.live, daemon=True)
        self.thread.start()

    def live(self):
        while time.monotonic() < self.until:
            try:
                self.join()
                while time.monotonic() < self.until and not self.worker.ended.is_set():
                    self.worker.ended.wait(min(self.random.expovariate(0.4), max(0.1, self.until - time.monotonic())))
                    self.meet(self.random.choice(self.FATES))
            except (OSError, Refused):
                time.sleep(0.2)

    def join(self):
        models = self.random.sample(MODELS, self.random.choice([1, 2, 3]))
        self.stalls = False
        self.worker = FakeWorker(self.host.port, self.generation, models=models, slots=self.random.choice([1, 2, 4]),
                                 name=f"machine {self.number}", script=self.answer, beats=2.0, enforces=False,
                                 worker_id=self.random.choice([None, "the same for several"]))
        self.lives.append(self.worker)

    def answer(self, request):
        if self.stalls:
            request.pause(60)
        perform(request)

    def meet(self, fate):
        worker = self.worker
        if worker.ended.is_set():
            return
        self.fates[fate] += 1
        if fate == "cut":
            worker.cut()
        elif fate == "close":
            worker.close(1001, "going away")
        elif fate == "drain":
            worker.draining = True
            if worker.dialect.updates:
                worker.update(slots=0, status="draining")
            worker.ended.wait(1.5)
            worker.close()
        elif fate == "stall":
            self.stalls = True
            worker.ended.wait(1)
            self.stalls = False
        elif fate == "deaf":
            worker.reads.clear()
            worker.ended.wait(2)
            worker.reads.set()
        elif fate == "silent":
            worker.beats = 0
            worker.reads.clear()
            worker.ended.wait(1)
            worker.cut()
        elif fate == "update" and worker.dialect.updates:
            worker.update(models=self.random.sample(MODELS, self.random.choice([0, 1, 3])), slots=self.random.choice([0, 1, 4]))
        elif fate == "lie":
            for kind in ("http_proxy_response_headers", "http_proxy_response_chunk", "http_proxy_response_end"):
                for request in worker.requests[-3:]:  # of its answered requests, and of none
                    answered = request.over.is_set() and "do" not in request.orders
                    worker.send({"type": kind, "request_id": request.id if answered else "nobody", "status": 200, "data": "bGll"})

    def end(self):
        self.thread.join(30)
        if self.worker:
            self.worker.reads.set()


class Asker:
    """One client after the other; what each was told is kept."""

    def __init__(self, host, number, seed, until):
        self.host = host
        self.random = random.Random(seed * 7919 + number)
        self.number = number
        self.until = until
        self.told = []  # (tag, verdict)
        self.lies = []
        self.longest = 0.0
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()

    def run(self):
        count = 0
        while time.monotonic() < self.until:
            count += 1
            self.one(f"c{self.number}-{count}")

    def one(self, tag):
        path = self.random.choice(PATHS)
        stream = self.random.random() < 0.7 and path != "/v1/embeddings"
        pieces = self.random.choice([1, 4, 12, 30])
        do = self.random.choice([""] * 8 + ["do=die", "do=die-after", "do=fail-after", "do=cut-after", "do=unreachable", "do=error500"])
        text = f"[fake tag={tag} pieces={pieces} delay={self.random.choice([0, 0.01, 0.05])} {do}]"
        body = body_of(path, text, self.random.choice(MODELS + ("gamma:1b",)), stream)
        began = time.monotonic()
        wire = Wire(self.host.port, patience=90)
        try:
            wire.request("POST", path, json.dumps(body).encode(), [("Content-Type", "application/json")])
            if self.random.random() < 0.1:  # it leaves
                time.sleep(self.random.choice([0, 0.02, 0.2]))
                self.told.append((tag, "left"))
                return
            try:
                answer = wire.answer()
            except EOFError:
                self.told.append((tag, "failed"))
                return
            self.judge(tag, answer, path, stream, pieces, do)
        except (OSError, TimeoutError) as problem:
            self.told.append((tag, "hung" if isinstance(problem, TimeoutError) else "failed"))
        finally:
            wire.close()
            self.longest = max(self.longest, time.monotonic() - began)

    def judge(self, tag, answer, path, stream, pieces, do):
        numbers = [int(number) for number in WORDS.findall(answer.body)]
        if path == "/v1/responses":  # tells its text again at the end
            numbers = numbers[:pieces] if stream else numbers
        if looks_whole(answer):
            wanted = list(range(pieces)) if path != "/v1/embeddings" else []
            if numbers != wanted:
                self.lies.append((tag, path, stream, do, numbers[:40], answer.body[-300:]))
            self.told.append((tag, "whole"))
            return
        numbers = numbers[:-1]  # the last may have lost a digit
        if answer.status == 200 and numbers != list(range(len(numbers))):
            self.lies.append((tag, "order", path, numbers[:40]))
        if not tells_of_an_error(answer):
            self.lies.append((tag, "neither whole nor an error", answer.status, answer.body[-300:]))
        self.told.append((tag, "failed" if answer.status in (200, 500, 502, 504) else f"refused {answer.status}"))


class Chaos(HostCase):
    def test_every_request_ends_once_and_truthfully_and_the_books_balance(self):
        print(f"seed {SEED}, {SECONDS:g} s", file=sys.stderr)
        host = self.host(arguments=("--set", "host.silence_max=10s", "--set", "host.gone_workers_max=50"))
        until = time.monotonic() + SECONDS
        machines = [Machine(host, number, SEED, until) for number in range(WORKERS)]
        for machine in machines:
            self.addCleanup(lambda machine=machine: machine.worker and machine.worker.stop())
        wait_until(lambda: len(host.models()) >= 3, "the models are there")
        before = host.memory_bytes()
        askers = [Asker(host, number, SEED, until) for number in range(CLIENTS)]

        for asker in askers:
            asker.thread.join(SECONDS + 120)
            self.assertFalse(asker.thread.is_alive(), "a request hangs")
        for machine in machines:
            machine.end()

        told = [each for asker in askers for each in asker.told]
        lies = [lie for asker in askers for lie in asker.lies]
        verdicts = collections.Counter(verdict for _, verdict in told)
        self.assertEqual(lies[:5], [], "a truncated or mixed answer was taken for a whole one")
        self.assertEqual(verdicts["hung"], 0)
        self.assertEqual(max(collections.Counter(tag for tag, _ in told).values()), 1)

        books = self.assert_balanced(host)
        self.assertLessEqual(books["accepted"], len(told))
        self.assertGreaterEqual(books["accepted"], len(told) - verdicts["left"])
        whole = verdicts["whole"]
        self.assertGreaterEqual(books["answered"], whole, "what a client has whole was answered")
        self.assertLessEqual(books["answered"], whole + verdicts["left"], "what a client has not whole was not answered")

        lives = [worker for machine in machines for worker in machine.lives]
        given = collections.Counter(request.tag for worker in lives for request in worker.requests if not request.turned_away)
        self.assertLessEqual(max(given.values()), 2, "a request was tried more than twice")
        wholes = {tag for tag, verdict in told if verdict == "whole"}
        self.assertFalse(wholes - set(given), "an answer that nobody gave")
        self.assertEqual([problem for worker in lives for problem in worker.problems if "1009" in problem or "too large" in problem
                          or "no jobs" in problem or "its backend has no" in problem or "one frame" in problem], [])
        wait_until(lambda: not any(worker.running for worker in lives if not worker.ended.is_set()), "nothing runs for nobody")
        for machine in machines:
            machine.worker.stop()
        host.wait_for(lambda status: not [each for each in status["hosting"]["workers"] if each["state"] != "gone"], "all left")
        self.assertFalse(host.ended())
        fresh = self.worker(host, models=list(MODELS))
        self.assertEqual(ask(host, model="alpha:1b").status, 200)
        self.assert_sound(fresh)
        fates = sum((machine.fates for machine in machines), collections.Counter())
        print(f"{len(told)} requests {dict(verdicts)} over {len(lives)} connections of workers, {sum(given.values()) - len(given)} retried; "
              f"fates {dict(fates)}; longest request {max(asker.longest for asker in askers):.1f} s; books "
              f"{ {name: books[name] for name in ('accepted', 'answered', 'refused', 'failed', 'cancelled')} }; memory "
              f"{before >> 20} -> {host.memory_bytes() >> 20} MiB", file=sys.stderr)
        self.assertGreater(whole, 0)


if __name__ == "__main__":
    case.run()
