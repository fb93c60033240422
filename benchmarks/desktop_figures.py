#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What the desktop application costs: desktop_figures.py [BUILD_FOLDER]. Needs Xvfb, dbus-run-session, trayer and xwininfo; Linux.

Starts drover-tray with a closed window over the tests' fake Ollama on a display and a bus of its own, and prints its
CPU time, memory and start as a table in Markdown, with what the program `desktop` measures of the GUI thread.
"""
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
sys.path.insert(0, os.path.join(ROOT, "tests/end_to_end"))
from programs import free_port, is_open, wait_until  # noqa: E402

SECONDS = 30  # of watching a program that does nothing


def cpu_seconds(pid):
    with open(f"/proc/{pid}/stat", encoding="ascii") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def memory_mib(pid):
    """Resident memory and, of it, what no other program shares."""
    found = {}
    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as file:
        for line in file:
            name, _, rest = line.partition(":")
            if name in ("Rss", "Pss", "Private_Dirty"):
                found[name] = int(rest.split()[0]) / 1024
    return found


def has_icon():
    """Whether the panel has taken a window of drover-tray in."""
    tree = subprocess.run(["xwininfo", "-root", "-tree"], capture_output=True, text=True, check=False).stdout
    panel = tree.find('"trayer"')
    return panel >= 0 and any('("drover-tray" "Drover")' in line and "1x1" not in line for line in tree[panel:].splitlines())


def start(build, environment, port, status):
    """A drover-tray without its window, and the seconds until its icon was seen and until it answered."""
    began = time.monotonic()
    program = subprocess.Popen([os.path.join(build, "bin/drover-tray"), "--hidden", "--port", str(port), "--status-addr",
                                f"127.0.0.1:{status}"], env=environment, stderr=subprocess.DEVNULL)
    wait_until(has_icon, "its icon is in the panel")
    icon = time.monotonic() - began
    wait_until(lambda: is_open(status), "drover-tray answers")
    return program, icon, time.monotonic() - began


def closed_window(build, environment):
    port, status = free_port(), free_port()
    starts, icons = [], []
    for _ in range(3):
        program, icon, seconds = start(build, environment, port, status)
        starts.append(seconds)
        icons.append(icon)
        if len(starts) < 3:
            program.kill()
            program.wait()
    time.sleep(5)  # what follows a start is over
    before = cpu_seconds(program.pid)
    time.sleep(SECONDS)
    percent = (cpu_seconds(program.pid) - before) / SECONDS * 100
    memory = memory_mib(program.pid)
    with urllib.request.urlopen(f"http://127.0.0.1:{status}/status", timeout=10) as answer:
        state = json.load(answer)["engine"]
    program.kill()
    program.wait()
    return {"cpu": percent, "memory": memory, "start": min(starts), "icon": min(icons), "state": state}


def measure(build, home):
    environment = {**os.environ, "DROVER_HOME": home, "HOME": home, "QT_LOGGING_RULES": "qt.qpa.*=false"}
    backend = free_port()
    ollama = subprocess.Popen([sys.executable, os.path.join(ROOT, "tests/support/fake_ollama.py"), "--port", str(backend)],
                              stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    panel = subprocess.Popen(["trayer"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until(lambda: is_open(backend), "the fake Ollama listens")
        environment["OLLAMA_URL"] = f"http://127.0.0.1:{backend}"
        time.sleep(1)  # for the panel
        closed = closed_window(build, environment)
    finally:
        ollama.kill()
        panel.kill()
    program = os.path.join(build, "bin/desktop")
    if not os.path.exists(program):  # built with -DDROVER_BENCHMARKS=ON
        return closed, None
    drawn = subprocess.run([program], env=environment, check=True, timeout=300, capture_output=True, text=True).stdout
    return closed, json.loads(drawn)


def print_table(closed, drawn):
    rows = [
        ("Window closed: CPU, % of a core", f"{closed['cpu']:.2f}", "0.5"),
        ("Window closed: resident memory, MiB (of it its own)", f"{closed['memory']['Rss']:.0f} ({closed['memory']['Private_Dirty']:.0f})", "90"),
        ("Start until the icon is in the panel, s", f"{closed['icon']:.2f}", "1"),
        ("Start until it answers, s", f"{closed['start']:.2f}", "1"),
    ]
    if drawn:
        rows += drawn_rows(drawn)
    print("| | measured | target |\n|---|---|---|")
    for row in rows:
        print("| " + " | ".join(row) + " |")


def drawn_rows(drawn):
    alone, under = drawn["stream_bytes_per_s"]
    return [
        ("Menu opens with 1,000 waiting, ms: median, worst", "{:.1f}, {:.1f}".format(*drawn["menu_ms"]), "50"),
        ("GUI thread, snapshot of 1,000 jobs and 50 users, Now, ms: median, worst", "{:.1f}, {:.1f}".format(*drawn["now_ms"]), "16"),
        ("The same, Queue", "{:.1f}, {:.1f}".format(*drawn["queue_ms"]), "16"),
        ("A stream under a modal dialog, % of its speed without", f"{under / alone * 100 if alone else 0:.0f}", "100"),
    ]


def main():
    build = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else os.path.join(ROOT, "build/release"))
    if "DROVER_FIGURES_INSIDE" not in os.environ:
        display = f":{free_port() % 400 + 100}"
        xvfb = subprocess.Popen(["Xvfb", display, "-screen", "0", "1280x800x24"], stderr=subprocess.DEVNULL)
        try:
            wait_until(lambda: os.path.exists(f"/tmp/.X11-unix/X{display[1:]}"), "the display is there")
            inside = {**os.environ, "DISPLAY": display, "DROVER_FIGURES_INSIDE": "1", "QT_QPA_PLATFORM": "xcb"}
            sys.exit(subprocess.run(["dbus-run-session", "--", sys.executable, __file__, build], env=inside, check=False).returncode)
        finally:
            xvfb.kill()
    with tempfile.TemporaryDirectory() as home:
        print_table(*measure(build, home))


if __name__ == "__main__":
    main()
