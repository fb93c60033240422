#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a hosted pool costs, beside no proxy, nginx and the local queue: CPU of host and of worker, latency; memory of the
host with 1,000 workers and 10,000 requests waiting, and whether choosing a worker depends on how many are busy.

    benchmarks/host_figures.py [--rounds 5] [--seconds 2] [--placement one]

A client asks the host (`drover pool-server`), which asks the one worker that joined (`drover serve`), which asks a fake Ollama;
the load counts the CPU time of both. Linux only.
"""
import argparse
import contextlib
import json
import os
import pathlib
import platform
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time

import scenarios
from targets import FILES_MAX, PLACEMENTS, Bench, Drover, Failed, FakeOllama, Nginx, Process, free_port, load

ROOT = pathlib.Path(__file__).resolve().parent.parent
KINDS = ("direct", "nginx", "queue", "pool")
LOADS = ("1 client", "32 clients", "unpaced", "paced")
WORKERS = 1000
WAITING = 10_000
TIMES_QUEUE_MAX = 2.5
ADDED_MAX_US = 500
MEGABYTES_MAX = 60

# Of nfrx's newest host and worker, and of nginx beside them, on another machine; only their ratio compares.
NFRX = {"32 clients": (354, 11), "paced": (16.5, 6.2), "unpaced": (11.8, 0.5)}
TITLES = {"1 client": "CPU per request, 1 client", "32 clients": "CPU per request, 32 clients",
          "unpaced": "CPU per token, 16 streams at full speed", "paced": "CPU per token, 16 streams, 5 ms apart"}


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build/release", help="build folder to measure")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=2, help="of each load")
    parser.add_argument("--placement", choices=PLACEMENTS, default="one", help="see benchmarks/run")
    parser.add_argument("--only", choices=("path", "scale"), help="one half of it")
    return parser.parse_args()


def say(text):
    print(text, file=sys.stderr, flush=True)


class Host(Process):
    """`drover pool-server` without keys, with room in its queue."""

    def __init__(self, bench, **settings):
        port = free_port()
        home = home_of(bench, port)
        more = [word for name, value in settings.items() for word in ("--set", f"{name.replace('__', '.')}={value}")]
        super().__init__(bench, [*bench.drover, "pool-server", "--port", port, "--status-addr", f"127.0.0.1:{free_port(port + 1)}",
                                 "--log-level", "warning", *more], port, bench.tested, environment_of(home))

    def state(self):
        return json.loads(answer_of(self.port, "GET /api/v1/state HTTP/1.1")[1])


class PoolWorker(Process):
    """`drover serve` that works for a host and for nobody else; ready when the host answers by it."""

    def __init__(self, bench, backend, host, slots=64):
        port = free_port()
        home = home_of(bench, port)
        environment = environment_of(home) | {"SERVER_URL": f"ws://127.0.0.1:{host.port}/api/workers/connect",
                                              "WORKER_KEY": "bench", "MAX_CONCURRENCY": str(slots)}
        super().__init__(
            bench, [*bench.drover, "serve", "--port", port, "--ollama-url", f"http://127.0.0.1:{backend}", "--concurrency", slots,
                    "--status-addr", f"127.0.0.1:{free_port(port + 1)}", "--log-level", "warning",
                    "--set", "sharing.manners=dedicated"], port, bench.tested, environment)
        body = '{"model":"bench","prompt":"x","stream":false}'
        end = time.monotonic() + 30
        answer = (0, b"")
        while answer[0] != 200:
            if time.monotonic() > end:
                self.stop()
                raise Failed(f"the pool gives no answer: {answer}\n{host.log.read_text()[-2000:]}\n{self.log.read_text()[-2000:]}")
            time.sleep(0.1)
            answer = answer_of(host.port, f"POST /api/generate HTTP/1.1\r\nContent-Length: {len(body)}", body)


class FakeWorkers(Process):
    def __init__(self, bench, host, **settings):
        port = free_port(host.port + 50)
        more = [str(word) for name, value in settings.items() for word in (f"--{name}", value)]
        super().__init__(bench, [bench.programs / "fake_workers", "--port", host.port, "--ready-port", port, *more], port,
                         bench.others)


def home_of(bench, port):
    home = bench.folder / f"drover-{port}"
    home.mkdir(exist_ok=True)
    return str(home)


def environment_of(home):
    return {"DROVER_HOME": home, "HOME": home, "XDG_CONFIG_HOME": home, "DROVER_QUEUE_WAITING_MAX": "1000000",
            "DROVER_QUEUE_WAITING_PER_USER_MAX": "1000000"}


def answer_of(port, line_and_fields, body=""):
    """Status and body of a small answer."""
    with socket.create_connection(("127.0.0.1", port), timeout=30) as connection:
        connection.sendall(f"{line_and_fields}\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n\r\n{body}".encode())
        answer = b""
        while part := connection.recv(1 << 16):
            answer += part
    head, _, content = answer.partition(b"\r\n\r\n")
    return int(head[9:12] or b"0"), content


# ---- the path ----

@contextlib.contextmanager
def started(bench, backend):
    """Everything that is compared, at once, so that the rounds can go over all of it."""
    with Nginx(bench, backend.port) as nginx, Drover(bench, backend.port) as queue, Host(bench) as host:
        with PoolWorker(bench, backend.port, host) as worker:
            yield {"direct": (backend, None), "nginx": (nginx, None), "queue": (queue, None), "pool": (host, worker)}


def measure(bench, target, worker, name, seconds):
    settings = dict(scenarios.LOADS[name], time_ms=int(seconds * 1000 * (2 if name == "paced" else 1)),
                    warm_up_ms=800 if name == "paced" else 300)
    if worker:
        settings["second"] = worker.pid
    run = load(bench, target, **settings)
    events = max(run["requests"] if "client" in name else run["lines"], 1)
    figures = {f"{name} cpu": (run["cpu_us"] + run["second_cpu_us"]) / events, f"{name} host": run["cpu_us"] / events,
               f"{name} worker": run["second_cpu_us"] / events}
    if "client" in name:
        return figures | {f"{name} p50": run["whole_p50_us"], f"{name} p99": run["whole_p99_us"]}
    return figures | {f"{name} first": run["first_p50_us"]}


class Rounds:
    """All figures by round, kind and name."""

    def __init__(self):
        self.all = []

    def of(self, figure):
        """Median over the rounds of `figure(kind)`; a ratio or difference is taken within its round."""
        def value(round_):
            return figure(lambda kind, name: round_[kind][name])
        return statistics.median(value(round_) for round_ in self.all)

    def median(self, kind, name):
        return self.of(lambda get: get(kind, name))


def verdict(value, most):
    return "reached" if value <= most else "**missed**"


def number(value):
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def path_table(rounds):
    lines = ["| | direct | nginx | local queue | host + worker | of them host, worker | × queue | aim | | × nginx | nfrx × nginx |",
             "|---|---|---|---|---|---|---|---|---|---|---|"]
    for name in LOADS:
        ratio = rounds.of(lambda get: get("pool", f"{name} cpu") / get("queue", f"{name} cpu"))
        beside = rounds.of(lambda get: get("pool", f"{name} cpu") / get("nginx", f"{name} cpu"))
        nfrx = f"{NFRX[name][0] / NFRX[name][1]:.1f}" if name in NFRX else ""
        cpu = [number(rounds.median(kind, f"{name} cpu")) for kind in ("nginx", "queue", "pool")]
        parts = ", ".join(number(rounds.median("pool", f"{name} {part}")) for part in ("host", "worker"))
        lines.append(f"| {TITLES[name]} | | " + " | ".join(f"{value} µs" for value in cpu)
                     + f" | {parts} | {ratio:.2f} | ≤ {TIMES_QUEUE_MAX} | {verdict(ratio, TIMES_QUEUE_MAX)} | {beside:.1f} | {nfrx} |")
    for title, name, figure in (("Whole answer p50, 1 client", "1 client", "p50"), ("Whole answer p99, 1 client", "1 client", "p99"),
                                ("First token p50, 16 paced streams", "paced", "first")):
        lines.append(f"| {title} | " + " | ".join(f"{number(rounds.median(kind, f'{name} {figure}'))} µs" for kind in KINDS)
                     + " | | | | | | |")
    added = {kind: rounds.of(lambda get, kind=kind: get(kind, "1 client p50") - get("direct", "1 client p50")) for kind in KINDS[1:]}
    lines.append("| ... p50 added to direct, 1 client | | " + " | ".join(f"{number(value)} µs" for value in added.values())
                 + f" | | | < {ADDED_MAX_US} µs | {verdict(added['pool'], ADDED_MAX_US)} | | |")
    return "\n".join(lines)


def measure_path(bench, options):
    rounds = Rounds()
    with FakeOllama(bench) as backend, started(bench, backend) as targets:
        for number_ in range(options.rounds):
            say(f"round {number_ + 1} of {options.rounds}")
            figures = {kind: {} for kind in KINDS}
            for name in LOADS:
                for kind, (target, worker) in targets.items():
                    figures[kind] |= measure(bench, target, worker, name, options.seconds)
            rounds.all.append(figures)
    return path_table(rounds)


# ---- the scale ----

def cpu_seconds(pid):
    """Of all threads that there are, from the scheduler, which counts nanoseconds."""
    return sum(int(pathlib.Path(f"/proc/{pid}/task/{thread}/schedstat").read_text().split()[0])
               for thread in os.listdir(f"/proc/{pid}/task")) / 1e9


def request_bytes(port):
    body = '{"model":"bench","prompt":"Why is the sky blue?","stream":false}'
    return (f"POST /api/generate HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nContent-Type: application/json\r\n"
            f"Content-Length: {len(body)}\r\n\r\n{body}").encode()


def measure_workers(bench):
    """Memory, CPU at rest, memory of waiting requests; every worker holds what it gets."""
    with Host(bench) as host:
        time.sleep(1)
        before = host.resident_bytes()
        with FakeWorkers(bench, host, count=WORKERS, hold=1_000_000):
            time.sleep(6)  # all have sent a heartbeat
            after = host.resident_bytes()
            cpu = cpu_seconds(host.pid)
            time.sleep(10)
            idle = (cpu_seconds(host.pid) - cpu) / 10
            count = min(WAITING, (FILES_MAX - 500 - WORKERS) // 500 * 500)
            busy = [held(host.port) for _ in range(WORKERS)]
            run = load(bench, host, waiting=count)
            for connection in busy:
                connection.close()
    return {"before": before / 1e6, "after": after / 1e6, "per worker": (after - before) / WORKERS / 1e3, "idle": 100 * idle,
            "waiting": run["waiting"], "per waiting": run["bytes_per_waiting"] / 1e3,
            "with all": run["resident_waiting"] / 1e6}


def held(port):
    connection = socket.create_connection(("127.0.0.1", port))
    connection.sendall(request_bytes(port))
    return connection


def measure_choosing(bench, busy, seconds):
    """What one request costs the host, and how long it takes, while so many of its workers are busy."""
    with Host(bench) as host, FakeWorkers(bench, host, count=WORKERS, hold=busy):
        connections = [held(host.port) for _ in range(busy)]
        time.sleep(3)
        run = load(bench, host, clients=1, time_ms=int(seconds * 1000), warm_up_ms=500)
        for connection in connections:
            connection.close()
    return run


def dispatch_figures(bench):
    """The dispatcher alone: median of submit, start and finish, half of the workers busy."""
    run = subprocess.run([bench.programs / "dispatch"], capture_output=True, text=True, check=True)
    return [line for line in run.stdout.splitlines() if "half busy" in line]


def measure_scale(bench, options):
    say(f"{WORKERS:,} workers")
    workers = measure_workers(bench)
    choosing = {1: [], WORKERS - 1: []}
    for number_ in range(min(options.rounds, 3)):
        for busy, runs in choosing.items():
            say(f"choosing, {busy} of {WORKERS} busy")
            runs.append(measure_choosing(bench, busy, options.seconds))
    cost, whole = ({busy: statistics.median(run[figure] for run in runs) for busy, runs in choosing.items()}
                   for figure in ("cpu_us_per_request", "whole_p50_us"))
    lines = ["| | measured | aim | |", "|---|---|---|---|",
             f"| host alone, resident | {workers['before']:.1f} MB | | |",
             f"| host with {WORKERS:,} workers of 10 models | {workers['after']:.1f} MB, {workers['per worker']:.1f} kB a worker"
             f" | < {MEGABYTES_MAX} MB | {verdict(workers['after'], MEGABYTES_MAX)} |",
             f"| {workers['waiting']:,} more requests waiting | {workers['per waiting']:.1f} kB each, {workers['with all']:.0f} MB in all | | |",
             f"| idle host with {WORKERS:,} workers | {workers['idle']:.2f} % of a core | | |",
             f"| CPU of the host per request, {' / '.join(map(str, cost))} of {WORKERS:,} workers busy | "
             + " / ".join(f"{value:.1f} µs" for value in cost.values()) + " | the same | |",
             f"| ... whole answer p50 | " + " / ".join(f"{value:.0f} µs" for value in whole.values()) + " | | |"]
    return "\n".join(lines) + "\n\n" + "\n".join(dispatch_figures(bench))


def main():
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    options = arguments()
    tested, others = PLACEMENTS[options.placement](sorted(os.sched_getaffinity(0)))
    with tempfile.TemporaryDirectory(prefix="drover-benchmark-") as folder:
        programs = options.build.resolve() / "bin"
        bench = Bench(programs, [str(programs / "drover")], [], pathlib.Path(folder), frozenset(tested), frozenset(others))
        print(f"{os.cpu_count()} CPUs, Linux {platform.release()}, load average {os.getloadavg()[0]:.1f}, medians of "
              f"{options.rounds} rounds of {options.seconds} s, placement \"{options.placement}\".\n", flush=True)
        if options.only != "scale":
            print(measure_path(bench, options) + "\n", flush=True)
        if options.only != "path":
            print(measure_scale(bench, options), flush=True)


if __name__ == "__main__":
    try:
        main()
    except Failed as failure:
        sys.exit(f"benchmark: {failure}")
    except KeyboardInterrupt:
        sys.exit(130)
