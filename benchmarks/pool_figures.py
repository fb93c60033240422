#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What working for a pool costs: CPU per relayed token beside the local queue's, streams over one link, memory, reconnecting.

    benchmarks/pool_figures.py [--program build/release/bin/drover] [--seconds 8]

The pool and Ollama are the tests' own fakes, in Python: they are slower than the worker, so the figures are its CPU time (all
threads, user and system), never wall time. Linux only.
"""
import argparse
import json
import os
import pathlib
import resource
import statistics
import sys
import threading
import time
import uuid

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT / "tests/end_to_end"), str(ROOT / "tests/support")]

STREAMS = 16


def arguments():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/release/bin/drover")
    parser.add_argument("--seconds", type=float, default=8, help="of each load")
    return parser.parse_args()


def cpu_seconds(pid):
    """Of all threads that there are, from the scheduler, which counts nanoseconds."""
    total = 0
    for thread in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{thread}/schedstat", encoding="ascii") as file:
            total += int(file.read().split()[0])
    return total / 1e9


class Bench:
    def __init__(self):
        from fake_pool import FakePool
        from programs import Drover, FakeOllama
        self.pool = FakePool()
        self.fake = FakeOllama(slots=2048)
        self.drover = Drover([self.fake.url], "--concurrency", "1024",
                             config=f'[log]\nlevel = "error"\n[[pool]]\nname = "lab"\nurl = "{self.pool.url}"\n')
        self.ends = {}  # by id of a request that is under way
        self.worker = self.pool.worker()
        self.worker.take = self.take_fast

    def take_fast(self, payload):
        """Looks at ends only: reading all JSON would make Python the narrowest place by far."""
        if payload.startswith(b'{"type":"http_proxy_response_end"'):
            end = json.loads(payload)
            over = self.ends.pop(end["request_id"], None)
            if over:
                over[:1] = [end.get("error")]
                over[1].set()
        return True

    def whole(self, answer_of):
        """Asks, and waits for the end, which must be without an error."""
        over = [None, threading.Event()]
        number = str(uuid.uuid4())
        self.ends[number] = over
        answer_of(number)
        assert over[1].wait(180) and over[0] is None, over
        return number

    def close(self):
        self.drover.kill()
        self.fake.kill()
        self.pool.stop()

    def tokens(self):
        return self.drover.status()["totals"]["output_tokens"]

    def order(self, paced):
        from case import chat
        return chat(text="[fake pieces=300 delay=0.005]" if paced else "[fake pieces=3000]", stream=True)

    def local_stream(self, paced):
        from raw_http import call
        answer = call(self.drover.port, "POST", "/v1/chat/completions", self.order(paced))
        assert answer.status == 200, answer

    def pool_stream(self, paced):
        self.whole(lambda number: self.worker.ask(self.order(paced), request_id=number))

    def microseconds_per_token(self, stream, paced, seconds):
        over = threading.Event()

        def client():
            while not over.is_set():
                stream(paced)

        threads = [threading.Thread(target=client) for _ in range(STREAMS if paced else 4)]
        tokens, cpu = self.tokens(), cpu_seconds(self.drover.pid)
        for thread in threads:
            thread.start()
        time.sleep(seconds)
        over.set()
        for thread in threads:
            thread.join()
        return (cpu_seconds(self.drover.pid) - cpu) / (self.tokens() - tokens) * 1e6


def compare(bench, seconds):
    for paced in (True, False):
        rounds = []
        for _ in range(3):
            local = bench.microseconds_per_token(bench.local_stream, paced, seconds)
            link = bench.microseconds_per_token(bench.pool_stream, paced, seconds)
            rounds.append((local, link))
        local, link = (statistics.median(values) for values in zip(*rounds))
        ratio = statistics.median(link / local for local, link in rounds)
        print(f"{'paced at 5 ms' if paced else 'unpaced'}: queue {local:.1f} us, link {link:.1f} us a token: {ratio:.2f} times")


def idle(bench, seconds=20):
    time.sleep(2)
    cpu = cpu_seconds(bench.drover.pid)
    time.sleep(seconds)
    print(f"idle with a link: {(cpu_seconds(bench.drover.pid) - cpu) / seconds * 100:.3f} % of a core")


def many_streams(bench, count=1000):
    from case import chat
    del bench.worker.take  # every frame is looked at
    begun = time.monotonic()
    answers = [bench.worker.ask(chat(text="[fake pieces=40 delay=0.05]", stream=True)) for _ in range(count)]
    numbers = {answer.id: [] for answer in answers}
    bench.worker.wait_for(lambda: sum(f["type"].endswith("_end") for f in list(bench.worker.frames)) >= count, "all ends", 120)
    for frame, at in zip(list(bench.worker.frames), list(bench.worker.times)):
        if frame.get("request_id") in numbers and frame["type"].endswith("_end"):
            numbers[frame["request_id"]].append(at - begun)
    assert all(len(ends) == 1 for ends in numbers.values())
    for answer in answers[::50]:
        status, _, body, error = answer.whole()
        assert (status, error) == (200, None) and body.endswith(b"data: [DONE]\n\n")
    ends = sorted(end[0] for end in numbers.values())
    print(f"{count} streams over one link: first ends after {ends[0]:.2f} s, median {ends[len(ends) // 2]:.2f} s, "
          f"last {ends[-1]:.2f} s; memory peak {bench.drover.memory_peak_bytes() >> 20} MiB")


def large_answer(bench):
    from case import chat
    before = bench.drover.memory_bytes()
    peak_before = bench.drover.memory_peak_bytes()
    begun = time.monotonic()
    bench.whole(lambda number: bench.worker.ask(chat(model="big", stream=False), request_id=number))
    grown = max(bench.drover.memory_peak_bytes() - max(peak_before, before), 0)
    print(f"an answer of 100 MiB: {time.monotonic() - begun:.1f} s, the peak of memory grew by {grown >> 10} KiB")


def cancelling(bench, times=20):
    """From the pool's message to the end at Ollama; both clocks are CLOCK_MONOTONIC."""
    from case import chat
    from programs import wait_until
    took = []
    for number in range(times):
        answer = bench.worker.ask(chat(text=f"[fake tag=c{number} pieces=2000 delay=0.02]", stream=True))
        bench.worker.wait_for(answer.chunks, "the first piece")
        begun = time.monotonic()
        answer.cancel()
        wait_until(lambda tag=f"c{number}": bench.fake.entry(tag)["ended"], "Ollama is told")
        took.append(bench.fake.entry(f"c{number}")["ended"] - begun)
    print(f"a cancel reaches Ollama after {statistics.median(took) * 1000:.0f} ms (most {max(took) * 1000:.0f} ms)")


def reconnecting(bench):
    begun = time.monotonic()
    bench.worker.cut()
    bench.worker = bench.pool.worker()
    print(f"back after a cut connection: {time.monotonic() - begun:.2f} s")


def main():
    options = arguments()
    os.environ["DROVER_PROGRAM"] = str(options.program.resolve())
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    bench = Bench()
    try:
        print(f"memory with a link: {bench.drover.memory_bytes() >> 20} MiB")
        large_answer(bench)
        idle(bench)
        compare(bench, options.seconds)
        many_streams(bench)
        reconnecting(bench)
        cancelling(bench)
    finally:
        bench.close()


if __name__ == "__main__":
    main()
