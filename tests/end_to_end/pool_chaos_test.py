# SPDX-License-Identifier: MIT
"""A link that is cut, held up and corrupted at random with 50 jobs in flight: every job ends exactly once on both sides.

20 seconds; DROVER_CHAOS_SECONDS=300 for longer. The seed is printed, DROVER_CHAOS_SEED gives one.
"""
import collections
import os
import random
import sys
import time
import zlib

sys.path.insert(0, os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "support"))

import case
from case import chat
from chaos_relay import ChaosRelay
from fake_pool import FakePool
from programs import wait_until

SECONDS = float(os.environ.get("DROVER_CHAOS_SECONDS", "20"))
SEED = int(os.environ.get("DROVER_CHAOS_SEED", random.SystemRandom().randrange(1 << 32)))
IN_FLIGHT = 50


class Chaos(case.EndToEndCase):
    def setUp(self):
        print(f"seed {SEED}, {SECONDS:g} s", file=sys.stderr)
        self.random = random.Random(SEED)
        self.pool = FakePool()
        self.pool.trusts_frames = False
        self.addCleanup(self.pool.stop)
        self.relay = ChaosRelay(self.pool.port, SEED, mean_seconds=1.2)
        self.addCleanup(self.relay.stop)
        self.fake = self.fake()
        url = self.pool.url.replace(str(self.pool.port), str(self.relay.port))
        self.drover = self.drover(self.fake, config=f'\n[[pool]]\nname = "lab"\nurl = "{url}"\n',
                                  arguments=("--concurrency", "64"))
        self.asked = 0
        self.open = {}  # tag: Answer, on the worker's present connection
        self.ends = collections.Counter()  # of each tag, at the pool

    @staticmethod
    def tag(number):
        """A changed bit does not make it another's."""
        return f"job{number}-{zlib.crc32(str(number).encode()):08x}"

    def ask_until_full(self, worker):
        while len(self.open) < IN_FLIGHT and not worker.ended.is_set():
            self.asked += 1
            tag = self.tag(self.asked)
            pieces = self.random.choice([1, 5, 20, 60])
            order = f"[fake tag={tag} pieces={pieces} delay={self.random.choice([0, 0.01, 0.05])}]"
            answer = worker.ask(chat(text=order, stream=self.random.random() < 0.8))
            self.open[tag] = answer
            if self.random.random() < 0.1:
                answer.cancel()

    def take_ended(self, worker):
        """Jobs whose end has come, by the worker's word or with its connection."""
        gone = worker.ended.is_set()
        for tag, answer in list(self.open.items()):
            if answer.ended() or gone:
                self.ends[tag] += 1
                del self.open[tag]

    def one_connection(self, worker, until):
        while time.monotonic() < until and not worker.ended.is_set():
            try:
                self.ask_until_full(worker)
            except OSError:
                break
            self.take_ended(worker)
            time.sleep(0.02)
        if time.monotonic() >= until:  # the rest may end in peace
            self.relay.calm.set()
            try:
                worker.wait_for(lambda: worker.ended.is_set() or all(answer.ended() for answer in self.open.values()),
                                "the last jobs end")
            except OSError:
                pass
        else:
            worker.wait_end()
        self.take_ended(worker)

    def check_order(self, worker):
        """On one connection: per request a head, chunks, one end, nothing after it."""
        over = set()
        for frame in list(worker.frames):
            number = frame.get("request_id")
            if number is None:
                continue
            self.assertNotIn(number, over, "something came after the end")
            if frame["type"].endswith("_end"):
                over.add(number)

    def test_every_job_ends_exactly_once_on_both_sides(self):
        until = time.monotonic() + SECONDS
        workers = []
        while time.monotonic() < until or self.open:
            worker = self.pool.worker(60)
            workers.append(worker)
            self.one_connection(worker, until)
            self.check_order(worker)

        self.relay.calm.set()
        asked = {self.tag(i + 1) for i in range(self.asked)}
        self.assertEqual(set(self.ends), asked)
        self.assertEqual(set(self.ends.values()), {1})
        self.assertEqual(len({worker.registration["worker_id"] for worker in workers}), len(workers))
        status = self.drover.wait_for(lambda told: told["queue"]["running"] == told["queue"]["waiting"] == 0
                                      and told["pools"][0]["running"] == told["pools"][0]["waiting"] == 0, "all is over")
        totals, pool = status["totals"], status["pools"][0]
        self.assertEqual(totals["requests"], totals["done"] + totals["failed"] + totals["refused"] + totals["cancelled"])
        self.assertLessEqual(totals["requests"], pool["jobs"])  # one whose body was corrupted may be no job
        entries = [entry for entry in self.fake.stats()["log"] if entry["tag"] in asked]
        again = [tag for tag, times in collections.Counter(entry["tag"] for entry in entries).items() if times > 1]
        self.assertFalse(again, "a job ran twice")
        wait_until(lambda: self.fake.stats()["running"] == 0, "Ollama is at rest")
        self.assertEqual(case.ask(self.drover, body=chat(stream=False)).status, 200)
        last = workers[-1] if not workers[-1].ended.is_set() else self.pool.worker(60)
        self.assertEqual(last.ask(chat(stream=True)).whole()[0], 200)
        print(f"{self.asked} jobs over {len(workers)} connections, {totals['done']} whole; {self.relay.done}", file=sys.stderr)
        self.assertGreater(totals["done"], 0)
        self.assertGreater(sum(self.relay.done.values()), 0)


if __name__ == "__main__":
    case.run()
