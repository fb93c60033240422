# SPDX-License-Identifier: MIT
"""What is measured: a fake Ollama, and proxies before it. Each is a process of its own with files in a temporary folder."""
import ctypes
import dataclasses
import json
import os
import pathlib
import resource
import shutil
import signal
import socket
import subprocess
import time

LIBC = ctypes.CDLL(None)
PR_SET_PDEATHSIG = 1  # linux/prctl.h
FILES_MAX = resource.getrlimit(resource.RLIMIT_NOFILE)[1]


class Failed(Exception):
    """A program could not be started or ended with an error; the text is for people."""


@dataclasses.dataclass(frozen=True)
class Bench:
    """Where the programs are and on which CPUs they run."""
    programs: pathlib.Path  # fake_ollama, load, choosing
    drover: list            # command line of the drover program, without arguments
    relay: list             # the same of another proxy, or empty
    folder: pathlib.Path    # for files; temporary
    tested: frozenset       # CPUs of the process under test
    others: frozenset       # CPUs of the load and of the fake Ollama


PLACEMENTS = {
    "one": lambda cpus: (cpus[-1:], cpus[-1:]),
    "split": lambda cpus: (cpus[-1:], cpus[:1]),
    "free": lambda cpus: (cpus, cpus),
}


def free_port(first=21434):
    """A port that nobody listens on, below those the system gives to clients."""
    for port in range(first, 32768):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue
    raise Failed("no free port")


def prepare(cpus):
    """In the child, before its program: it ends with us, however we end."""
    LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    resource.setrlimit(resource.RLIMIT_NOFILE, (FILES_MAX, FILES_MAX))
    os.sched_setaffinity(0, cpus)


class Process:
    """One program that listens on a port; `pid` is the process whose cost counts. A context manager."""

    def __init__(self, bench, arguments, port, cpus, environment=None):
        self.port = port
        self.log = bench.folder / f"{pathlib.Path(str(arguments[0])).name}-{port}.log"
        with open(self.log, "wb") as log:
            self.popen = subprocess.Popen(
                [str(argument) for argument in arguments], stdout=log, stderr=log, stdin=subprocess.DEVNULL,
                env={**os.environ, **(environment or {})}, preexec_fn=lambda: prepare(cpus))
        self.pid = self.popen.pid
        try:
            self.wait_until_it_listens()
        except Failed:
            self.stop()
            raise

    def wait_until_it_listens(self, seconds=60):
        end = time.monotonic() + seconds
        while time.monotonic() < end and self.popen.poll() is None:
            try:
                with socket.create_connection(("127.0.0.1", self.port), timeout=1):
                    return
            except OSError:
                time.sleep(0.02)
        raise Failed(f"{self.popen.args[0]} does not listen on port {self.port}:\n{self.log.read_text()[-2000:]}")

    def resident_bytes(self):
        pages = sum(int(pathlib.Path(f"/proc/{pid}/statm").read_text().split()[1]) for pid in {self.pid, self.popen.pid})
        return pages * resource.getpagesize()

    def stop(self):
        if self.popen.poll() is None:
            self.popen.terminate()
            try:
                self.popen.wait(10)
            except subprocess.TimeoutExpired:
                self.popen.kill()
                self.popen.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class FakeOllama(Process):
    def __init__(self, bench):
        port = free_port()
        super().__init__(bench, [bench.programs / "fake_ollama", "--port", port], port, bench.others)


NGINX = """
daemon off;
{user}
worker_processes 1;
worker_rlimit_nofile {files};
pid {folder}/nginx.pid;
error_log stderr crit;
events {{ worker_connections {connections}; }}
http {{
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    scgi_temp_path {folder}/scgi;
    uwsgi_temp_path {folder}/uwsgi;
    keepalive_requests 100000000;
    keepalive_timeout 1h;
    upstream ollama {{
        server 127.0.0.1:{backend};
        keepalive 256;
        keepalive_requests 100000000;
        keepalive_timeout 1h;
    }}
    server {{
        listen 127.0.0.1:{port} backlog=4096;
        location / {{
            proxy_pass http://ollama;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_buffering off;
            proxy_read_timeout 1h;
        }}
    }}
}}
"""


class Nginx(Process):
    """Debian's nginx as a plain streaming proxy, without any queue; its one worker is what is measured."""

    def __init__(self, bench, backend, connections=8192):
        port = free_port()
        own = bench.folder / f"nginx-{port}"
        own.mkdir(exist_ok=True)
        settings = own / "nginx.conf"
        settings.write_text(NGINX.format(user="user root;" if os.getuid() == 0 else "", files=FILES_MAX, folder=own,
                                         connections=connections, port=port, backend=backend))
        super().__init__(bench, [nginx_program(), "-p", own, "-c", settings], port, bench.tested)
        self.pid = self.worker()

    def worker(self):
        """The master's child, once there is just the one."""
        children = pathlib.Path(f"/proc/{self.pid}/task/{self.pid}/children")
        end = time.monotonic() + 10
        while not (pids := children.read_text().split()):
            if time.monotonic() > end:
                self.stop()
                raise Failed("nginx started no worker")
            time.sleep(0.01)
        return int(pids[0])


def nginx_program():
    program = shutil.which("nginx", path=os.environ.get("PATH", "") + ":/usr/sbin")
    if not program:
        raise Failed("nginx is missing: apt-get install nginx-light, or give --only drover")
    return program


class Drover(Process):
    """`drover serve` with its queue on, and room in it."""

    def __init__(self, bench, backend, slots=64, wrapper=()):
        port = free_port()
        status = free_port(port + 1)
        home = bench.folder / f"drover-{port}"
        home.mkdir(exist_ok=True)
        super().__init__(
            bench, [*wrapper, *bench.drover, "serve", "--port", port, "--ollama-url", f"http://127.0.0.1:{backend}",
                    "--concurrency", slots, "--status-addr", f"127.0.0.1:{status}", "--log-level", "warning"],
            port, bench.tested,
            {"DROVER_HOME": str(home), "HOME": str(home), "XDG_CONFIG_HOME": str(home),
             "DROVER_QUEUE_WAITING_MAX": "1000000", "DROVER_QUEUE_WAITING_PER_USER_MAX": "1000000"})
        self.wait_until_it_answers()

    def wait_until_it_answers(self, seconds=30):
        """Requests are refused until the first probe of the backend is back."""
        body = '{"model":"bench","prompt":"x","stream":false}'
        request = (f"POST /api/generate HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\nContent-Length: {len(body)}\r\n"
                   f"Connection: close\r\n\r\n{body}").encode()
        answer = b""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            with socket.create_connection(("127.0.0.1", self.port), timeout=seconds) as connection:
                connection.sendall(request)
                answer = connection.recv(4096)
            if answer.startswith(b"HTTP/1.1 200"):
                return
            time.sleep(0.1)
        self.stop()
        raise Failed(f"drover gives no answer: {answer.decode()}\n{self.log.read_text()[-2000:]}")


class Relay(Process):
    """Any other proxy, started as `PROGRAM LISTEN-PORT BACKEND-PORT SLOTS`."""

    def __init__(self, bench, backend, slots=64):
        port = free_port()
        super().__init__(bench, [*bench.relay, port, backend, slots], port, bench.tested)


def load(bench, target, **settings):
    """One run of the load program; its figures. Names of settings are those of its options."""
    arguments = [str(bench.programs / "load"), "--port", str(target.port), "--process", str(target.pid)]
    for name, value in settings.items():
        arguments += ["--" + name.replace("_", "-"), str(value)]
    run = subprocess.run(arguments, capture_output=True, text=True, preexec_fn=lambda: prepare(bench.others))
    if run.returncode != 0:
        why = run.stderr.strip() or f"ended with {run.returncode}"
        raise Failed(f"{' '.join(arguments)}: {why}")
    return json.loads(run.stdout)
