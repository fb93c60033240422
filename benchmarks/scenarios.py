# SPDX-License-Identifier: MIT
"""What is done to each proxy. Every measurement returns {figure: value}; names of figures end in their unit."""
import json
import subprocess
import time

from targets import FILES_MAX, Drover, Nginx, Relay, load

IDLE = 3000
WAITING = (1_000, 10_000, 50_000)
START = {"nginx": Nginx, "drover": Drover, "relay": Relay}

# Name, and the load's settings. The paced streams last half a second each, and their pieces never come together.
LOADS = {
    "1 client": {"clients": 1},
    "32 clients": {"clients": 32},
    "idle": {"clients": 32, "idle": IDLE},
    "unpaced": {"clients": 16, "pieces": 200},
    "paced": {"clients": 16, "pieces": 100, "model": "bench-paced"},
}
SLOTS_WHEN_QUEUEING = 8


def figures(name, run):
    if name == "1 client":
        return {"cpu 1 client us": run["cpu_us_per_request"], "latency p50 us": run["whole_p50_us"],
                "latency p99 us": run["whole_p99_us"]}
    if name in ("unpaced", "paced"):
        return {f"cpu per token {name} us": run["cpu_us_per_line"], f"first token {name} p50 us": run["first_p50_us"],
                f"first token {name} p99 us": run["first_p99_us"]}
    return {f"cpu {name} us": run["cpu_us_per_request"]}


def measure_load(bench, target, name, seconds):
    """One load on one running proxy. Paced streams make few events a second, so they get more time."""
    milliseconds = int(seconds * 1000 * (2 if name == "paced" else 1))
    warm_up = 800 if name == "paced" else 300
    return figures(name, load(bench, target, time_ms=milliseconds, warm_up_ms=warm_up, **LOADS[name]))


def measure_queueing(bench, kind, backend, seconds):
    """32 clients on few slots: most requests wait their turn."""
    with START[kind](bench, backend.port, slots=SLOTS_WHEN_QUEUEING) as target:
        return {"cpu queueing us": load(bench, target, clients=32, time_ms=int(seconds * 1000))["cpu_us_per_request"]}


def measure_start(bench, kind, backend):
    """Resident memory after a second of rest."""
    extra = {"connections": 1024} if kind == "nginx" else {}
    with START[kind](bench, backend.port, **extra) as target:
        time.sleep(1)
        return {"start MB": target.resident_bytes() / 1e6}


def waiting_possible(kind, count):
    """As many requests as may wait under the limit of open files; nginx needs two for each."""
    most = (FILES_MAX - 500) // (2 if kind == "nginx" else 1)
    return min(count, most // 500 * 500)


def measure_waiting(bench, kind, backend, count):
    """Memory of one more waiting request; one slot, whose job never ends. A fresh process, warmed up."""
    possible = waiting_possible(kind, count)
    extra = {"connections": 2 * possible + 1000} if kind == "nginx" else {"slots": 1}
    with START[kind](bench, backend.port, **extra) as target:
        load(bench, target, clients=32, time_ms=200)
        run = load(bench, target, waiting=possible, model="bench-held")
    return {f"waiting {count} kB": run["bytes_per_waiting"] / 1000, f"waiting {count} count": run["waiting"],
            f"waiting {count} cpu us": run["cpu_us_per_waiting"], f"after {count} MB": run["resident_after"] / 1e6}


def measure_choosing(bench):
    """Nanoseconds that the dispatcher takes to end a job, choose the next and queue another, by number of users."""
    run = subprocess.run([bench.programs / "choosing"], capture_output=True, text=True, check=True)
    return {f"choosing {users} ns": value for users, value in json.loads(run.stdout).items()}
