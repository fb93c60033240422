# SPDX-License-Identifier: MIT
"""The programs that the tests run: Drover as it was built, and the fake Ollama. Each has an end, whatever happens."""
import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAM = os.environ.get("DROVER_PROGRAM", os.path.join(ROOT, "build/release/bin/drover"))
CLIENTS = os.environ.get("DROVER_TEST_CLIENTS", os.path.join(ROOT, "build/clients"))
PATIENCE = 40.0  # seconds that anything local may take before a test gives up; generous for loaded machines


def free_port():
    """A port that nobody listens on, below those that the system gives to outgoing connections."""
    while True:
        port = random.randrange(20000, 32000)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def wait_until(holds, what, patience=PATIENCE):
    """Asks again and again until `holds()` is true, and returns what it said; fails by name when it never is."""
    end = time.monotonic() + patience
    while True:
        found = holds()
        if found:
            return found
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience} s in vain: {what}")
        time.sleep(0.02)


def get_json(url, method="GET", body=None, headers=None, patience=PATIENCE):
    request = urllib.request.Request(url, body, headers or {}, method=method)
    with urllib.request.urlopen(request, timeout=patience) as answer:
        return json.loads(answer.read() or b"null")


def is_open(port):
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


class Program:
    """A running program whose output goes to a file; killed at the end when it has not ended by itself."""

    def __init__(self, command, environment=None, before=None):
        self.output = tempfile.TemporaryFile()
        self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=self.output, stderr=subprocess.STDOUT,
                                        env=environment, preexec_fn=before, start_new_session=True)

    @property
    def pid(self):
        return self.process.pid

    def text(self):
        # Not seek and read: the program writes where the file's position is, which it shares with this one.
        size = os.fstat(self.output.fileno()).st_size
        return os.pread(self.output.fileno(), size, 0).decode("utf-8", "replace")

    def ended(self):
        return self.process.poll() is not None

    def wait(self, patience=PATIENCE):
        return self.process.wait(patience)

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        if not self.ended():
            self.process.kill()
        self.process.wait(PATIENCE)
        self.output.close()

    def memory_bytes(self):
        """Resident memory."""
        with open(f"/proc/{self.pid}/statm", encoding="ascii") as file:
            return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE")

    def memory_peak_bytes(self):
        with open(f"/proc/{self.pid}/status", encoding="ascii") as file:
            return int(re.search(r"VmHWM:\s+(\d+)", file.read()).group(1)) * 1024


class FakeOllama(Program):
    def __init__(self, slots=64, port=None, openai_only=False):
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.base = self.url
        self.answers_with = self.url
        command = [sys.executable, os.path.join(ROOT, "tests/support/fake_ollama.py"), "--port", str(self.port),
                   "--slots", str(slots)]
        super().__init__(command + (["--openai-only"] if openai_only else []))
        try:
            wait_until(lambda: "listening on" in self.text() or self.failed(), "the fake Ollama listens")
        except AssertionError:
            self.kill()
            raise

    def failed(self):
        if self.ended():
            raise AssertionError(f"the fake Ollama ended: {self.text()}")

    def stats(self):
        return get_json(f"{self.url}/_fake/stats")

    def reset(self):
        get_json(f"{self.url}/_fake/reset", "POST", b"")

    def entry(self, tag):
        """What happened to the request whose body says `[fake tag=...]`; nothing when it never came."""
        return next((entry for entry in self.stats()["log"] if entry["tag"] == tag), None)


class Drover(Program):
    """`drover serve` with a home of its own, on ports of its own; ready when the constructor returns.

    `config` is the text of its drover.toml; None for no file at all.
    """

    def __init__(self, backends, *arguments, config="", environment=None, before=None, ready=True):
        self.home = tempfile.TemporaryDirectory(prefix="drover-test-")
        self.port = free_port()
        self.status_port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.status_url = f"http://127.0.0.1:{self.status_port}"
        self.config_file = os.path.join(self.home.name, "drover.toml")
        self.environment = isolated(self.home.name, environment)
        command = [PROGRAM, *self.beginning(), "--status-addr", f"127.0.0.1:{self.status_port}"]
        for backend in backends:
            command += ["--ollama-url", backend]
        if config is not None:
            self.write_config(config)
            command += ["--config", self.config_file]
        super().__init__(command + list(arguments), self.environment, before)
        if ready:
            wait_until(self.is_ready, "drover serve is ready")

    def beginning(self):
        """The command and what only this one has."""
        return ["serve", "--port", str(self.port)]

    def write_config(self, text):
        """Replaces the file in one step, as editors do."""
        with open(self.config_file + ".new", "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(self.config_file + ".new", self.config_file)

    def is_ready(self):
        if self.ended():
            raise AssertionError(f"drover serve ended with {self.process.returncode}:\n{self.text()}")
        try:
            return is_open(self.port) and all(backend["state"] != "unknown" for backend in self.status()["backends"])
        except (urllib.error.URLError, ConnectionError, TimeoutError):
            return False

    def status(self):
        return get_json(f"{self.status_url}/status")

    def wait_for(self, holds, what, patience=PATIENCE):
        """Until `holds(status)` is true; returns that status."""
        def ask():
            status = self.status()
            return status if holds(status) else None
        try:
            return wait_until(ask, what, patience)
        except AssertionError as problem:
            raise AssertionError(f"{problem}; the last status: {json.dumps(self.status())[:4000]}") from None

    def token(self):
        """The control token, wherever below its home it was written."""
        for place, _, names in os.walk(self.home.name):
            for name in names:
                if "token" in name:
                    with open(os.path.join(place, name), encoding="ascii") as file:
                        return file.read().strip()
        raise AssertionError("no file with a token below the home")

    def command(self, *arguments, patience=PATIENCE, environment=None):
        """Runs `drover ARGUMENTS` against this one: (exit code, stdout, stderr)."""
        done = subprocess.run([PROGRAM, *arguments], capture_output=True, text=True, timeout=patience, check=False,
                              stdin=subprocess.DEVNULL, env={**self.environment, **self.address(), **(environment or {})})
        return done.returncode, done.stdout, done.stderr

    def address(self):
        """Where `drover` commands find this one."""
        return {"DROVER_STATUS_LISTEN": f"127.0.0.1:{self.status_port}",
                "DROVER_PROXY_LISTEN": f"127.0.0.1:{self.port}"}

    def stop(self):
        if not self.ended():
            self.signal(signal.SIGTERM)
            self.wait()

    def kill(self):
        super().kill()
        self.home.cleanup()


def isolated(home, more=None):
    """This process's environment without anything that would change how Drover starts, and with a home of its own."""
    kept = {name: value for name, value in os.environ.items()
            if not re.match(r"(DROVER_|OLLAMA|OPENAI|ANTHROPIC|XDG_|PORT$|TIMEOUT$|CONCURRENCY$|CONFIG_FILE$|LOG_DIR$|DISPLAY$|WAYLAND|https?_proxy|no_proxy"
                            r"|SERVER_URL$|WORKER_|CLIENT_|MAX_CONCURRENCY$|STATUS_ADDR$|METRICS_ADDR$|DRAIN_TIMEOUT$"
                            r"|API_KEY$|METRICS_PORT$|REQUEST_TIMEOUT$|WS_PATH$)",
                            name, re.IGNORECASE)}
    kept.update({"HOME": home, "XDG_CONFIG_HOME": f"{home}/config", "XDG_STATE_HOME": f"{home}/state",
                 "XDG_DATA_HOME": f"{home}/data", "XDG_RUNTIME_DIR": f"{home}/run", "QT_QPA_PLATFORM": "offscreen",
                 "LC_ALL": "C.UTF-8"})
    # What else goes on at this machine decides nothing.
    kept.update({f"DROVER_SHARING_{rule}": "off" for rule in ("CPU_OTHERS_MAX", "GPU_OTHERS_MAX", "ON_BATTERY", "METERED",
                                                              "TEMPERATURE_MAX", "DISK_FREE_MIN", "MEMORY_FREE_MIN")})
    os.makedirs(f"{home}/run", mode=0o700, exist_ok=True)
    kept.update(more or {})
    return kept
